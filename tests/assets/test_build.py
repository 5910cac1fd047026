"""What is fetched is pinned by hash and names no registry; what is built is found under its name."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from flask import Flask

from secretariat.web import assets
from secretariat.web.places import assets_folder, migrations_folder, templates_folder

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.txt", "requirements-test.txt", "requirements-build.txt"]


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>= ]", requirement)[0].lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hash_and_no_lock_names_a_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links", text)
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\S)", text.strip()))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = {name_of(each) for each in project["project"]["dependencies"]}
    test = {name_of(each) for each in project["project"]["optional-dependencies"]["test"]}
    build = {name_of(each) for each in project["build-system"]["requires"]}
    assert runtime <= pinned("requirements.txt").keys()
    assert test <= pinned("requirements-test.txt").keys()
    assert build <= pinned("requirements-build.txt").keys()


def test_the_tests_run_on_the_packages_that_the_product_runs_on() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-test.txt").items()


def test_the_pages_packages_are_pinned_by_content_and_not_by_place() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert all("resolved" not in each for each in packages.values())
    assert all(each["integrity"] for path, each in packages.items() if path)


def test_every_bundle_is_there_under_a_name_made_from_its_content() -> None:
    names = assets.built_names()
    assert {
        "secretariat.css",
        "editor.css",
        "app.js",
        "editor.js",
        "reorder.js",
        "icons.svg",
        "mark.svg",
    } <= names.keys()
    assert all(re.fullmatch(r"[a-z]+-[0-9A-Z]{8}\.[a-z]+", built) for built in names.values())
    assert all((assets_folder() / built).is_file() for built in names.values())


def test_the_address_of_a_bundle_is_one_that_is_served(house: Flask) -> None:
    with house.test_request_context():
        address = assets.asset("app.js")
    with house.test_client().get(address) as answer:
        assert answer.status_code == 200


def test_a_checkout_that_is_not_built_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "assets_folder", lambda: tmp_path)
    assets.built_names.cache_clear()
    with pytest.raises(assets.AssetsNotBuilt, match="make assets"):
        assets.built_names()
    assets.built_names.cache_clear()


def test_templates_and_migrations_are_found_where_they_lie() -> None:
    assert (templates_folder() / "layouts" / "page.html").is_file()
    assert (migrations_folder() / "env.py").is_file()


def test_every_drawing_that_a_template_asks_for_exists() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (ROOT / "secretariat/web/static/icons/icons.svg").read_text("utf-8")))
    templates = [path.read_text("utf-8") for path in templates_folder().rglob("*.html")]
    wanted = {name for text in templates for name in re.findall(r'(?:icon\(|drawing=)"(\w+)"', text)}
    assert wanted <= drawn
