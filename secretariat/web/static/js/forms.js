// Presses: ask first where a form says so, and send each form once.
import { word } from "./words.js";

/** A form with data-confirm asks its question in a dialog; the press that was made is the one that is sent. */
export function askFirst() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.dataset.confirm || form.dataset.agreed) return;
      event.preventDefault();
      event.stopPropagation();
      const label = event.submitter?.textContent.trim() || word("yes");
      ask(form.dataset.confirm, label, () => {
        form.dataset.agreed = "yes";
        form.requestSubmit(event.submitter);
        delete form.dataset.agreed;
      });
    },
    true,
  );
}

function ask(question, label, agreed) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("aria-labelledby", "confirm-question");
  const text = document.createElement("p");
  text.id = "confirm-question";
  text.textContent = question;
  const row = document.createElement("div");
  row.className = "row";
  row.append(button(label, "primary", agreed, dialog), button(word("no"), "secondary", () => {}, dialog));
  dialog.append(text, row);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function button(label, variant, press, dialog) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ds-button";
  made.dataset.variant = variant;
  made.textContent = label;
  made.addEventListener("click", () => {
    dialog.close();
    press();
  });
  return made;
}

/** A form that has been sent is not sent again while the answer is on its way; coming back to the page frees it. */
export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", release);
  document.addEventListener("htmx:afterRequest", release);
}

function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const pressed of document.querySelectorAll("[aria-busy=true]")) pressed.removeAttribute("aria-busy");
}
