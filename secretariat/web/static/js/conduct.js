// Screen 7: what is typed about an item is saved before the page is left, and Ctrl+S saves it at any time.
import { isRefused } from "./refused.js";

const form = document.getElementById("item");

if (form) {
  form.toggleAttribute("data-dirty", isRefused(form));
  form.addEventListener("input", () => form.toggleAttribute("data-dirty", true));
  document.addEventListener("keydown", saveByKeys);
  document.addEventListener("click", saveBeforeLink);
  document.addEventListener("submit", saveBeforeForm, true);
}

function saveByKeys(event) {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  form.requestSubmit();
}

/** Another item, or another page: save first, then go. */
function saveBeforeLink(event) {
  const link = event.target.closest?.("a[href]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target;
  if (!link || elsewhere || !form.hasAttribute("data-dirty") || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  saveThen(() => location.assign(link.href));
}

/** Another form that loads a new page; the list of people is renewed in place and leaves the text alone. */
function saveBeforeForm(event) {
  const other = event.target;
  if (other === form || !form.hasAttribute("data-dirty") || other.closest("[hx-boost]")) return;
  event.preventDefault();
  event.stopPropagation();
  saveThen(() => other.requestSubmit(event.submitter));
}

/** A refused save is shown by sending the form as usual: the page then says what to mend, and nothing is lost. */
async function saveThen(goOn) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.statusText);
    takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
    goOn();
  } catch {
    form.requestSubmit();
  }
}

/** The saved form has new versions and a new key; the next save from this page must know them. */
function takeOver(page) {
  form.removeAttribute("data-dirty");
  for (const fresh of page.querySelectorAll("#item input[type=hidden]")) {
    const here = form.elements.namedItem(fresh.name);
    if (here && !fresh.name.endsWith("_json")) here.value = fresh.value;
  }
}
