// A button with data-copies copies the text of the field it names, and says so. Without JavaScript it is not shown: the
// field can be marked and copied as any other.

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  document.getElementById(button.dataset.tells).textContent = button.dataset.done;
}

export function copyOnPress() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
