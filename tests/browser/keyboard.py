"""Somebody who works with the keyboard alone: Tab to get there, Enter or Space to press, and keys to write."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.hands import named, text_field

LONGEST_WAY = 150
IS_HERE = "element => element === document.activeElement"
IS_SEEN = """element => {
  const drawn = () => [element, element.parentElement, element.parentElement.parentElement].map((one) => {
    const style = getComputedStyle(one);
    return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join();
  }).join();
  const focused = drawn();
  element.blur();
  const resting = drawn();
  element.focus();
  return element.matches(":focus-visible") && focused !== resting;
}"""


class Keyboard:
    """The keys, and what they have in front of them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Asked at the press to hand over what it offers, the browser may hear it too late.
        page.on("filechooser", lambda _offered: None)

    def reach(self, wanted: Locator) -> None:
        """Tab until it has the focus, which must be seen."""
        wanted.wait_for()
        for _ in range(LONGEST_WAY):
            if wanted.evaluate(IS_HERE):
                assert wanted.evaluate(IS_SEEN), f"the focus on {wanted} is not seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached with Tab")

    def press(self, words: str, about: str = "", key: str = "Enter") -> None:
        """Reach a button and press it."""
        exact = {"name": named(words, about)} if about else {"name": words, "exact": True}
        self.reach(self.page.get_by_role("button", **exact))
        self.page.keyboard.press(key)

    def follow(self, words: str, about: str = "") -> None:
        """Reach a link of the page or its navigation, and follow it."""
        self.reach(self.page.get_by_role("link", name=named(words, about)).first)
        self.page.keyboard.press("Enter")

    def unfold(self, words: str, about: str = "") -> None:
        """Reach what waits behind a press, and open it; its words say what it is about where there are several."""
        self.reach(self.page.locator("summary").filter(has_text=named(words, about)))
        self.page.keyboard.press("Enter")

    def tick(self, label: str) -> None:
        """Reach a box and tick it."""
        self.reach(self.page.get_by_role("checkbox", name=named(label)))
        self.page.keyboard.press("Space")

    def pick(self, label: str, inside: str) -> None:
        """Reach a group of round buttons, and go by the arrows to one of them."""
        group = self.page.get_by_role("group", name=named(inside))
        wanted = group.get_by_role("radio", name=named(label))
        self.reach(group.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        for _ in range(group.get_by_role("radio").count()):
            if wanted.is_checked():
                assert wanted.evaluate(IS_SEEN), f"the focus on {label} is not seen"
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} is not reached with the arrows")

    def agree(self, words: str) -> None:
        """Say yes in the dialog that asks first; it must have the focus."""
        self.reach(self.page.get_by_role("dialog").get_by_role("button", name=named(words)))
        self.page.keyboard.press("Enter")

    def choose_file(self, label: str, path: Path) -> None:
        """Reach a field for files, open what the browser offers and take one."""
        self.reach(self.page.get_by_label(label, exact=True))
        with self.page.expect_file_chooser() as offered:
            self.page.keyboard.press("Space")
        offered.value.set_files(path)

    def fill(self, label: str, text: str) -> None:
        """Reach a field and write in it."""
        self.reach(self.page.get_by_role("textbox", name=named(label)))
        self.page.keyboard.type(text)

    def write(self, label: str, text: str) -> None:
        """Reach a field for longer texts and write in it."""
        self.reach(text_field(self.page, label))
        self.page.keyboard.type(text)

    def choose(self, label: str, word: str) -> None:
        """Reach a list of choices and type the first letters of one."""
        self.reach(self.page.get_by_role("combobox", name=named(label)))
        self.page.keyboard.type(word)

    def date(self, label: str, day: date) -> None:
        """Reach a date and type its figures, in the order this browser asks for them."""
        self._typed(label, [f"{day:%m%d%Y}", f"{day:%d%m%Y}"], day.isoformat())

    def clock(self, label: str, hour: int) -> None:
        """The same for a time of the day."""
        half = f"{hour % 12 or 12:02}00{'P' if hour >= 12 else 'A'}"
        self._typed(label, [half, f"{hour:02}00"], f"{hour:02}:00")

    def _typed(self, label: str, ways: list[str], wanted: str) -> None:
        field = self.page.get_by_label(label, exact=False).first
        self.reach(field)
        for way in ways:
            self.page.keyboard.type(way)
            if field.input_value() == wanted:
                return
            for _ in range(3):
                self.page.keyboard.press("Shift+Tab")
            self.reach(field)
        raise AssertionError(f"{wanted} cannot be typed in {label}")
