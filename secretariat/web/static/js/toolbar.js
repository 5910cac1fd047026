// The editor's tools in words: one stop for Tab, arrows between them, and each says whether it is on.
import { word } from "./words.js";

const inTable = (editor) => editor.isActive("table");
const chain = (editor) => editor.chain().focus();

const TOOLS = [
  { name: "bold", mark: "bold", keys: "Control+B", act: (editor) => chain(editor).toggleBold() },
  { name: "italic", mark: "italic", keys: "Control+I", act: (editor) => chain(editor).toggleItalic() },
  { name: "heading", mark: "heading", keys: "Control+Alt+2", act: (editor) => chain(editor).toggleHeading({ level: 2 }) },
  { name: "bullets", mark: "bulletList", keys: "Control+Shift+8", act: (editor) => chain(editor).toggleBulletList() },
  { name: "numbers", mark: "orderedList", keys: "Control+Shift+7", act: (editor) => chain(editor).toggleOrderedList() },
  { name: "quote", mark: "blockquote", keys: "Control+Shift+B", act: (editor) => chain(editor).toggleBlockquote() },
  { name: "table", when: (editor) => !inTable(editor), act: (editor) => chain(editor).insertTable({ rows: 3, cols: 3 }) },
  { name: "rowAfter", when: inTable, act: (editor) => chain(editor).addRowAfter() },
  { name: "columnAfter", when: inTable, act: (editor) => chain(editor).addColumnAfter() },
  { name: "deleteTable", when: inTable, act: (editor) => chain(editor).deleteTable() },
  { name: "link", mark: "link", keys: "Control+K", opens: true },
  { name: "undo", keys: "Control+Z", can: (editor) => editor.can().undo(), act: (editor) => chain(editor).undo() },
  { name: "redo", keys: "Control+Shift+Z", can: (editor) => editor.can().redo(), act: (editor) => chain(editor).redo() },
];

/** The bar and, below it, the line where a link's address is written. */
export function toolbar(editor, label) {
  const bar = document.createElement("div");
  bar.className = "editor-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `${word("tools")}: ${label}`);
  const link = linkLine(editor);
  const shows = TOOLS.map((tool) => button(editor, bar, tool, link));
  const show = () => shows.forEach((each) => each());
  editor.on("transaction", show);
  show();
  rove(bar);
  openWithKeys(editor, link);
  return [bar, link.element];
}

/** Put the tool's button on the bar; what comes back brings the button up to date. */
function button(editor, bar, tool, link) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = word(tool.name);
  if (tool.keys) made.setAttribute("aria-keyshortcuts", tool.keys);
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    if (tool.opens) link.open();
    else tool.act(editor).run();
  });
  bar.append(made);
  return () => {
    if (tool.mark) made.setAttribute("aria-pressed", String(editor.isActive(tool.mark)));
    if (tool.when) made.hidden = !tool.when(editor);
    if (tool.can) made.setAttribute("aria-disabled", String(!tool.can(editor)));
  };
}

/** Arrows, Home and End move between the tools; only the last used one is a stop for Tab. */
function rove(bar) {
  const stop = (chosen) => {
    for (const each of bar.children) each.tabIndex = each === chosen ? 0 : -1;
  };
  stop(bar.firstElementChild);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const visible = [...bar.children].filter((each) => !each.hidden);
    const at = visible.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    visible.at(next % visible.length).focus();
  });
}

function linkLine(editor) {
  const element = document.createElement("div");
  element.className = "editor-link";
  element.hidden = true;
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "url";
  input.className = "ds-input";
  label.append(word("address"), input);
  const use = document.createElement("button");
  use.type = "button";
  use.className = "ds-button";
  use.dataset.size = "sm";
  use.textContent = word("use");
  element.append(label, use);

  const close = () => {
    element.hidden = true;
    editor.view.focus();
  };
  const apply = () => {
    const range = chain(editor).extendMarkRange("link");
    (input.value.trim() ? range.setLink({ href: input.value.trim() }) : range.unsetLink()).run();
    editor.commands.setTextSelection(editor.state.selection.to);
    close();
  };
  use.addEventListener("click", apply);
  input.addEventListener("input", (event) => event.stopPropagation());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") apply();
    if (event.key === "Escape") close();
    if (["Enter", "Escape"].includes(event.key)) event.preventDefault();
  });
  const open = () => {
    input.value = editor.getAttributes("link").href ?? "";
    element.hidden = false;
    input.focus();
  };
  return { element, open };
}

function openWithKeys(editor, link) {
  editor.view.dom.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    link.open();
  });
}
