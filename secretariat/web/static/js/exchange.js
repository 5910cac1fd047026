// htmx under a strict policy: no eval, no style of its own, the token in every request, and refused forms shown again.

/** Statuses whose page is shown in place: a refused form (422), two who wrote at once (409), nothing new (204). */
const ANSWERS = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409|422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

export function configure(htmx) {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    historyCacheSize: 0,
    selfRequestsOnly: true,
    responseHandling: ANSWERS,
  });
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  });
}
