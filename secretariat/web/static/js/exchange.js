// htmx under a strict policy: no eval, no style of its own, the token in every request, and refused forms shown again.
import { word } from "./words.js";

/** Statuses whose page is shown in place: a refused form (422), two who wrote at once (409), nothing new (204). */
const ANSWERS = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409|422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

/** An answer without the part that was asked for (a refusal, the page to sign in) says why; what stands on the page stays. */
function keepWhatStands(event) {
  const part = event.detail.elt.closest("[hx-select]")?.getAttribute("hx-select");
  if (!part) return;
  const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  if (page.querySelector(part)) return;
  event.detail.shouldSwap = false;
  say(page.querySelector("form[action*='/logg-inn']") ? word("signedOut") : page.querySelector("h1").textContent);
}

function say(sentence) {
  const said = document.createElement("div");
  said.className = "message";
  said.dataset.color = "danger";
  said.textContent = sentence;
  document.querySelector(".messages").replaceChildren(said);
  said.scrollIntoView({ block: "nearest" });
}

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
  document.addEventListener("htmx:beforeSwap", keepWhatStands);
  document.addEventListener("htmx:sendError", () => say(word("unanswered")));
}
