"""Every template compiles, every page has its title, nothing is imported in vain, nothing is written past the content policy."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes
from jinja2.visitor import NodeVisitor

TEMPLATES = Path(__file__).parents[2] / "templates"
ALL = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
PAGES = [name for name in ALL if not name.startswith(("layouts/", "components/")) and "/_" not in name]


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(app: Flask, name: str) -> None:
    assert app.jinja_env.get_template(name) is not None


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_title(name: str) -> None:
    text = (TEMPLATES / name).read_text("utf-8")
    assert "{% block title %}" in text or "layouts/mail.html" in text


@pytest.mark.parametrize("name", ALL)
def test_it_keeps_to_the_content_policy(name: str) -> None:
    text = (TEMPLATES / name).read_text("utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)|javascript:", text)
    assert "|safe" not in text.replace(" ", "")


class Names(NodeVisitor):
    """Which names a template imports and which it uses."""

    def __init__(self) -> None:
        self.imported: set[str] = set()
        self.used: set[str] = set()

    def visit_FromImport(self, node: nodes.FromImport) -> None:
        self.imported |= {name if isinstance(name, str) else name[1] for name in node.names}

    def visit_Name(self, node: nodes.Name) -> None:
        if node.ctx == "load":
            self.used.add(node.name)


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("layouts/frame")])
def test_it_imports_nothing_in_vain(app: Flask, name: str) -> None:
    names = Names()
    names.visit(app.jinja_env.parse((TEMPLATES / name).read_text("utf-8")))
    assert names.imported <= names.used, f"imported in vain: {names.imported - names.used}"
