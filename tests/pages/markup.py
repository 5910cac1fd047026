"""The markup of a page: read strictly, asked by labels and words, checked on every open."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self
from xml.etree.ElementTree import Element

import html5lib

CONTROLS = ("input", "select", "textarea")


def words(element: Element) -> str:
    """The text of an element with white space folded."""
    return " ".join("".join(element.itertext()).split())


@dataclass
class Markup:
    """A parsed page."""

    root: Element

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse strictly: a stray or unclosed tag is an error."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        return cls(parser.parse(text))

    def all(self, tag: str) -> list[Element]:
        """Every element with this tag, in order."""
        return list(self.root.iter(tag))

    @property
    def text(self) -> str:
        """All words of the page's main part."""
        return words(next(self.root.iter("body")))

    @property
    def heading(self) -> str:
        """The words of the one h1."""
        return words(self.all("h1")[0])

    def check(self) -> None:
        """What must hold for every page: language, one h1, title begins with it, unique ids, labels, keys in forms,
        heading order.
        """
        assert self.root.get("lang") in ("nb", "nn", "en"), "the page does not say its language"
        headings = self.all("h1")
        assert len(headings) == 1, f"{len(headings)} h1 on the page"
        title = words(self.all("title")[0])
        assert title.removeprefix("Feil: ").startswith(self.heading), f"title «{title}», h1 «{self.heading}»"
        ids = [element.get("id") for element in self.root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
        self._check_labels(set(ids))
        self._check_forms()
        self._check_heading_order()

    def _check_labels(self, ids: set[str | None]) -> None:
        labelled = {label.get("for") for label in self.all("label")}
        wrapped = {id(inner) for label in self.all("label") for inner in label.iter()}
        for control in (c for tag in CONTROLS for c in self.all(tag)):
            if control.get("type") in ("hidden", "submit", "button"):
                continue
            named = control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
            assert named or id(control) in wrapped, f"a field without a label: {control.attrib}"
        for element in self.root.iter():
            for name in (element.get("aria-describedby") or "").split():
                assert name in ids, f"aria-describedby points at nothing: {name}"

    def _check_forms(self) -> None:
        for form in self.all("form"):
            if (form.get("method") or "get").lower() == "post":
                names = {control.get("name") for control in form.iter("input")}
                assert {"csrf_token", "_key"} <= names, f"a form without its keys: {form.get('action')}"

    def _check_heading_order(self) -> None:
        levels = [
            int(e.tag[1]) for e in self.root.iter() if isinstance(e.tag, str) and e.tag in ("h1", "h2", "h3", "h4")
        ]
        for before, after in pairwise(levels):
            assert after <= before + 1, f"a heading of level {after} follows one of level {before}"

    def field_named(self, label: str) -> str:
        """The name of the field whose label begins with these words."""
        for element in self.all("label"):
            if words(element).startswith(label):
                target = element.get("for")
                for control in (c for tag in CONTROLS for c in self.all(tag)):
                    if (target and control.get("id") == target) or control in list(element.iter()):
                        return str(control.get("name"))
        raise AssertionError(f"no field with the label «{label}»")

    def form_with_button(self, label: str, here: str) -> tuple[str, str, dict[str, Any]]:
        """The address, the method and the standing values of the form that has a button with these words."""
        for form in self.all("form"):
            for button in [*form.iter("button"), *form.iter("input")]:
                if (words(button) or button.get("value") or button.get("aria-label") or "").strip() == label:
                    values = _standing_values(form)
                    if button.get("name"):
                        values[str(button.get("name"))] = button.get("value") or ""
                    return (
                        button.get("formaction") or form.get("action") or here,
                        (form.get("method") or "get").lower(),
                        values,
                    )
        raise AssertionError(f"no button «{label}»")

    def link_named(self, label: str) -> str:
        """The address of the link with these words."""
        for link in self.all("a"):
            if words(link) == label or link.get("aria-label") == label:
                return str(link.get("href"))
        raise AssertionError(f"no link «{label}»")


def _standing_values(form: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for control in form.iter():
        name = control.get("name")
        if not name or control.tag not in CONTROLS or control.get("type") in ("submit", "button", "file"):
            continue
        if control.tag == "select":
            chosen = [o for o in control.iter("option") if o.get("selected") is not None] or list(
                control.iter("option")
            )[:1]
            values[name] = chosen[0].get("value") if chosen else ""
        elif control.tag == "textarea":
            values[name] = control.text or ""
        elif control.get("type") not in ("checkbox", "radio") or control.get("checked") is not None:
            values[name] = control.get("value") or ("y" if control.get("type") == "checkbox" else "")
    return values
