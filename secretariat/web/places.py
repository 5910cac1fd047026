"""Where the files lie that are not code: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def templates_folder() -> Path:
    """The folder of the pages' templates."""
    return _inside_or_beside("_templates", "templates")


def migrations_folder() -> Path:
    """The folder of the database's migrations."""
    return _inside_or_beside("_migrations", "migrations")


def assets_folder() -> Path:
    """The folder of built style and scripts, the only files that are served as they are."""
    return PACKAGE / "web" / "static" / "dist"


def _inside_or_beside(inside: str, beside: str) -> Path:
    packed = PACKAGE / inside
    return packed if packed.is_dir() else PACKAGE.parent / beside
