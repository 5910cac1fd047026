// What every page is helped by, and none depends on.
import htmx from "htmx.org";
import { keepTexts } from "./autosave.js";
import { copyOnPress } from "./copy.js";
import { askFirst, sendOnce } from "./forms.js";
import { configure } from "./exchange.js";
import { tellLength } from "./length.js";

configure(htmx);

function wake(root) {
  keepTexts(root);
  tellLength(root);
  root.querySelector("[data-error-summary]")?.focus();
}

/** An open menu closes when the reader presses elsewhere, or Escape. */
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    const away = event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target);
    if (!away) continue;
    menu.open = false;
    if (event.type === "keydown") menu.querySelector("summary").focus();
  }
}

askFirst();
copyOnPress();
sendOnce();
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
document.addEventListener("htmx:load", (event) => event.target !== document.body && wake(event.target));
wake(document);
