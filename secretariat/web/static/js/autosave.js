// A form with data-autosave="name" keeps what is typed in this browser until the server has saved it, and offers it back.
// The editor's documents are kept too: they lie in hidden fields that end in _json.
import { isRefused } from "./refused.js";
import { clockTime, word } from "./words.js";

const MONTH = 30 * 24 * 60 * 60 * 1000;
const PREFIX = "kept:";

export function keepTexts(root) {
  forgetOld();
  for (const form of root.querySelectorAll("form[data-autosave]")) keep(form);
}

function keep(form) {
  const key = PREFIX + form.dataset.autosave;
  const begun = texts(form);
  const state = note(form);
  const kept = read(key);
  if (isRefused(form) && isWritten(begun)) store(key, { at: Date.now(), sent: false, begun, texts: begun }, state);
  else if (kept && isMissing(kept, begun, form)) offer(form, key, kept);
  else localStorage.removeItem(key);
  const write = (sent) => store(key, { at: Date.now(), sent, begun, texts: texts(form) }, state);
  let waiting;
  const stop = () => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const now = () => {
    stop();
    write(false);
  };
  form.addEventListener("input", () => {
    stop();
    waiting = setTimeout(now, 800);
  });
  form.addEventListener("submit", (event) => {
    stop();
    if (!event.defaultPrevented) write(true);
  });
  window.addEventListener("pagehide", () => waiting && now());
}

const isWritten = (texts) => Object.values(texts).some((text) => text.trim());

/** A sent text has arrived when the page no longer shows what the writer began from; an unsent one when it shows what was typed. */
function isMissing(kept, shown, form) {
  const differs = (texts) => Object.keys(texts).some((name) => texts[name] !== (shown[name] ?? ""));
  return kept.sent ? !differs(kept.begun) && differs(listed(kept.texts, shown, form)) : differs(kept.texts);
}

/** The same without what a field gave to a list and lost by it: a new task stands among the tasks once it has arrived. */
function listed(texts, shown, form) {
  const here = squeezed(form.textContent);
  return Object.fromEntries(
    Object.entries(texts).filter(([name, text]) => shown[name] || !text.trim() || !here.includes(squeezed(text))),
  );
}

const squeezed = (text) => text.split(/\s+/).filter(Boolean).join(" ");

function note(form) {
  const line = document.createElement("p");
  line.className = "kept-state";
  line.setAttribute("role", "status");
  (form.querySelector(".form-foot") ?? form).append(line);
  return line;
}

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && (field.matches("textarea, input[type=text]") || field.name.endsWith("_json")),
  );
}

const texts = (form) => Object.fromEntries(fields(form).map((field) => [field.name, field.value]));

function store(key, kept, state) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
    if (!kept.sent) state.textContent = `${word("kept")} ${clockTime(kept.at)}`;
  } catch {
    state.textContent = "";
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function offer(form, key, kept) {
  const box = document.createElement("div");
  box.className = "kept-text";
  const text = document.createElement("p");
  text.textContent = `${word("offer")} ${clockTime(kept.at)}.`;
  const restore = press(word("restore"), () => {
    for (const field of fields(form)) {
      if (!(field.name in kept.texts)) continue;
      field.value = kept.texts[field.name];
      field.dispatchEvent(new Event("restored", { bubbles: true }));
    }
    box.remove();
  });
  const discard = press(word("discard"), () => {
    localStorage.removeItem(key);
    box.remove();
  });
  box.append(text, restore, discard);
  form.prepend(box);
}

function press(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button";
  button.dataset.variant = "secondary";
  button.dataset.size = "sm";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && Date.now() - (read(key)?.at ?? 0) > MONTH) localStorage.removeItem(key);
  }
}
