// How long a text may be, told while it is written: quietly when it nears the limit, plainly when it is over.
// Nothing is cut off: what is pasted stays, and the writer decides what goes.
import { word } from "./words.js";

const NEAR = 0.8;
const PAUSE = 400;

export function tellLength(root) {
  for (const field of root.querySelectorAll("[data-most]")) tell(field);
}

function tell(field) {
  const line = document.createElement("p");
  line.className = "length";
  line.setAttribute("role", "status");
  field.after(line);
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE, field, line);
  });
  show(field, line);
}

/** Counted as the server counts: without the space around the text, and a sign is one whatever it takes to store. */
function show(field, line) {
  const most = Number(field.dataset.most);
  const length = [...field.value.trim()].length;
  const over = length - most;
  line.toggleAttribute("data-over", over > 0);
  line.textContent = length < most * NEAR ? "" : said(word(over > 0 ? "tooLong" : "length"), { n: length, most, over });
}

const said = (sentence, values) => sentence.replace(/{(\w+)}/g, (_, name) => values[name]);
