"""The address of a built style sheet, script or drawing: named by its content, so a browser may keep it for ever."""

import json
from functools import cache

from secretariat.web.places import assets_folder
from secretariat.web.templating import address


class AssetsNotBuilt(RuntimeError):
    """The bundle is missing: the project was started from a checkout where nothing has built it."""


def asset(name: str) -> str:
    """The address of ``name`` as it was built, such as ``app.js``."""
    return address("static", filename=f"dist/{built_names()[name]}")


@cache
def built_names() -> dict[str, str]:
    """Every bundled file's name and the name it was built under."""
    try:
        listed = (assets_folder() / "manifest.json").read_text("utf-8")
    except FileNotFoundError as error:
        raise AssetsNotBuilt("Style and scripts are not built; run make assets.") from error
    names: dict[str, str] = json.loads(listed)
    return names
