// What other programs put on the clipboard, as the editor can read it. Two things are said in styles only, which our pages do not
// apply: that text is bold or not, and, by Word, that a paragraph stands in a list ("mso-list: l0 level2 lfo1") with a mark of its
// own in front ("mso-list: Ignore").

const NUMBERED = /^\(?(\d+|[a-zæøå]|[ivx]+)[.)]/i;
const LEVEL = /mso-list:[^;]*level(\d)/i;
const MARK = /mso-list:\s*ignore/i;

/** The pasted HTML with its lists as lists and its weight as elements. */
export function readable(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  const made = new WeakSet();
  for (const element of page.querySelectorAll("[data-style]")) {
    const style = element.dataset.style;
    if (element.localName === "p" && LEVEL.test(style)) place(element, Number(LEVEL.exec(style)[1]), made);
    else weigh(element, style);
  }
  return page.body.innerHTML;
}

/** Styles are set aside before anything is parsed: the browser would refuse them one by one. */
function withoutStyles(html) {
  return html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<\w[^>]*>/g, (tag) => tag.replace(/\sstyle=/gi, " data-style="));
}

function weigh(element, style) {
  if (/font-weight:\s*(normal|400)/i.test(style) && ["b", "strong"].includes(element.localName)) element.replaceWith(...element.childNodes);
  else if (element.localName === "span") {
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrap(element, "strong");
    if (/font-style:\s*italic/i.test(style)) wrap(element, "em");
  }
}

function wrap(element, name) {
  const around = element.ownerDocument.createElement(name);
  around.append(...element.childNodes);
  element.append(around);
}

function place(paragraph, level, made) {
  const mark = [...paragraph.querySelectorAll("[data-style]")].find((each) => MARK.test(each.dataset.style));
  const kind = NUMBERED.test(mark?.textContent.trim() ?? "") ? "ol" : "ul";
  mark?.remove();
  const item = paragraph.ownerDocument.createElement("li");
  home(paragraph, level, kind, made).append(item);
  item.append(paragraph);
}

/** The list that the paragraph belongs to: the one before it, as deep down as its level says, or a new one. */
function home(paragraph, level, kind, made) {
  const before = paragraph.previousElementSibling;
  const continues = made.has(before) && (level > 1 || before.localName === kind);
  let list = continues ? before : begin(kind, made, (fresh) => paragraph.before(fresh));
  for (let depth = 1; depth < level && list.lastElementChild; depth += 1) {
    const item = list.lastElementChild;
    const inner = item.lastElementChild;
    list = made.has(inner) ? inner : begin(kind, made, (fresh) => item.append(fresh));
  }
  return list;
}

function begin(kind, made, put) {
  const list = document.createElement(kind);
  made.add(list);
  put(list);
  return list;
}
