"""Every address of the application, filled with every id of the scene.

An address with a parameter nobody has heard of is an error: whoever adds one says here what goes into it.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from secretariat.api.lists import LISTS
from secretariat.core.db import Base, session

TABLES = {"addition": "minutes_addition", "case": "case_file", "file": "stored_file", "item": "agenda_item"}
"""Parameters that do not bear the name of their table."""

SKIPPED = {"static", "web.choose_language", "web.healthz", "web.readyz", "api.openapi", "api.row"}
"""The same for everybody whatever is stored; the language, which shows nothing; rows, which are filled by hand."""

Values = dict[str, Any]


def addresses(app: Flask, tokens: list[str]) -> Iterator[str]:
    """All that can be fetched; ``tokens`` are the doors this reader has got by mail."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for name, listed in LISTS.items():
            yield from (f"/api/v1/{name}/{row_id}" for row_id in _ids(listed.model.__tablename__))
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint not in SKIPPED:
                yield from (adapter.build(rule.endpoint, values) for values in _values(rule, tokens))


def _values(rule: Rule, tokens: list[str]) -> Iterator[Values]:
    names = sorted(rule.arguments, key=lambda name: rule.rule.index(f"{name}>"))
    ids = [name for name in names if name.endswith("_id")]
    others = [name for name in names if name not in ids]
    fixed = product(*(_fillings(rule, name, tokens) for name in others))
    for texts, keys in product(fixed, _keys([TABLES.get(name[:-3], name[:-3]) for name in ids])):
        yield dict(zip(others, texts, strict=True)) | dict(zip(ids, keys, strict=True))


def _fillings(rule: Rule, name: str, tokens: list[str]) -> list[Any]:
    if name in ("number", "year"):
        return [1]
    known = {"kind": list(LISTS), "token": tokens}
    assert name in known, f"what goes into <{name}> of {rule.rule}? Say it in {__name__}."
    return known[name]


def _keys(tables: list[str]) -> Iterator[tuple[Any, ...]]:
    """All ids; of two, each thing under its own parent and under one that is not, or under all when it does not say."""
    parent, child = (Base.metadata.tables[name] for name in tables) if len(tables) == 2 else (None, None)
    if parent is None or child is None or f"{parent.name}_id" not in child.c:
        yield from product(*map(_ids, tables))
        return
    parents = _ids(parent.name)
    for row_id, own in session().execute(sa.select(child.c.id, child.c[f"{parent.name}_id"]).order_by(child.c.id)):
        yield own, row_id
        yield next(other for other in parents if other != own), row_id


def _ids(name: str) -> list[Any]:
    table = Base.metadata.tables[name]
    return list(session().scalars(sa.select(table.c.id).order_by(table.c.id)))
