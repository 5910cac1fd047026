"""Every template compiles, every page has its title, nothing is imported in vain or written past the content policy."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from jinja2.visitor import NodeVisitor

from secretariat import create_app
from secretariat.config import Settings

TEMPLATES = Path(__file__).parents[2] / "templates"
ALL = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
PAGES = [name for name in ALL if not name.startswith(("layouts/", "components/")) and "/_" not in name]


@pytest.fixture(scope="module")
def jinja(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The application's own environment; compiling asks no database."""
    folder = tmp_path_factory.mktemp("instance")
    app = create_app(Settings(instance=folder, database_url="sqlite://", secret_key="only for tests"))
    return app.jinja_env


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(jinja: Environment, name: str) -> None:
    assert jinja.get_template(name) is not None


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

    def visit_FromImport(self, node: nodes.FromImport) -> None:  # noqa: N802 - named by Jinja
        self.imported |= {name if isinstance(name, str) else name[1] for name in node.names}

    def visit_Name(self, node: nodes.Name) -> None:  # noqa: N802 - named by Jinja
        if node.ctx == "load":
            self.used.add(node.name)


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("layouts/frame")])
def test_it_imports_nothing_in_vain(jinja: Environment, name: str) -> None:
    names = Names()
    names.visit(jinja.parse((TEMPLATES / name).read_text("utf-8")))
    assert names.imported <= names.used, f"imported in vain: {names.imported - names.used}"
