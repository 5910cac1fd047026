// Dragging a line to its place. The two buttons on each line do the same for everyone; a drop sends the line's own form.

let dragged = null;

function lineAt(event) {
  const line = event.target.closest?.("[data-reorder] > li");
  return line && dragged && line.parentElement === dragged.parentElement ? line : null;
}

function isBefore(line, event) {
  const box = line.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2;
}

function clear() {
  for (const line of document.querySelectorAll(".drop-before, .drop-after")) {
    line.classList.remove("drop-before", "drop-after");
  }
}

function send(line, before) {
  const form = line.querySelector("form[data-move]");
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "before";
  field.value = before?.dataset.item ?? "";
  form.append(field);
  form.requestSubmit();
}

function begin(event) {
  dragged = event.target.closest?.("[data-reorder] > li") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.item);
  dragged.classList.add("dragged");
}

function over(event) {
  const line = lineAt(event);
  if (!line) return;
  event.preventDefault();
  clear();
  line.classList.add(isBefore(line, event) ? "drop-before" : "drop-after");
}

function drop(event) {
  const line = lineAt(event);
  if (!line) return;
  event.preventDefault();
  const before = isBefore(line, event) ? line : line.nextElementSibling;
  if (before !== dragged && before !== dragged.nextElementSibling) send(dragged, before);
}

function end() {
  dragged?.classList.remove("dragged");
  dragged = null;
  clear();
}

function wake() {
  for (const line of document.querySelectorAll("[data-reorder] > li")) line.draggable = true;
}

/** A line that has come to the end of the list cannot go further: the other of its buttons has the focus then. */
function stay(event) {
  const pressed = document.getElementById(event.detail.requestConfig?.triggeringEvent?.submitter?.id);
  const line = pressed?.closest("[data-reorder] > li");
  line?.querySelector(pressed.disabled ? "button[name=to]:enabled" : `#${CSS.escape(pressed.id)}`)?.focus();
}

wake();
document.addEventListener("htmx:load", wake);
document.addEventListener("htmx:afterSettle", stay);
document.addEventListener("dragstart", begin);
document.addEventListener("dragover", over);
document.addEventListener("drop", drop);
document.addEventListener("dragend", end);
