// A writing surface over every textarea[data-editor]. It starts from the HTML in data-html and, once changed, leaves its document
// as JSON in a hidden field <name>_json; the server takes that when it is there, else the textarea's Markdown.
import { Editor } from "@tiptap/core";
import { TableKit } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { readable } from "./pasted.js";
import { isRefused } from "./refused.js";
import { toolbar } from "./toolbar.js";

const EXTENSIONS = [
  StarterKit.configure({
    code: false,
    codeBlock: false,
    heading: { levels: [2, 3, 4] },
    horizontalRule: false,
    link: { openOnClick: false, protocols: ["mailto", "tel"], HTMLAttributes: { rel: null, target: null } },
    strike: false,
    trailingNode: false,
    underline: false,
  }),
  TableKit.configure({ table: { resizable: false } }),
];

function open(textarea) {
  const frame = document.createElement("div");
  frame.className = "editor";
  const surface = document.createElement("div");
  const kept = hidden(textarea);
  const editor = new Editor({
    element: surface,
    extensions: EXTENSIONS,
    injectCSS: false,
    content: textarea.dataset.html ?? "",
    editorProps: { attributes: surfaceAttributes(textarea), transformPastedHTML: readable },
    onUpdate: () => leave(editor, kept),
  });
  frame.toggleAttribute("data-invalid", textarea.getAttribute("aria-invalid") === "true");
  frame.append(...toolbar(editor, labelText(textarea)), surface);
  textarea.after(frame, kept);
  textarea.hidden = true;
  kept.addEventListener("restored", () => restore(editor, kept));
  focusFromLabel(editor, textarea);
  if (textarea.form && isRefused(textarea.form)) leave(editor, kept);
}

/** Empty until something is changed, or comes back refused: an untouched text is sent as the Markdown it came as. */
function hidden(textarea) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = `${textarea.name}_json`;
  return field;
}

function surfaceAttributes(textarea) {
  const attributes = {
    class: "prose",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": labelText(textarea),
  };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  return attributes;
}

const labelText = (textarea) => textarea.labels[0]?.textContent.trim() ?? "";

function leave(editor, field) {
  field.value = JSON.stringify(editor.getJSON());
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function restore(editor, field) {
  if (field.value) editor.commands.setContent(JSON.parse(field.value), { emitUpdate: false });
}

/** The label and the error summary point at the textarea; both lead to the surface that stands in its place. */
function focusFromLabel(editor, textarea) {
  textarea.labels[0]?.addEventListener("click", () => editor.commands.focus());
  for (const link of document.querySelectorAll(`a[href="#${CSS.escape(textarea.id)}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      editor.commands.focus();
    });
  }
}

for (const textarea of document.querySelectorAll("textarea[data-editor]")) open(textarea);
