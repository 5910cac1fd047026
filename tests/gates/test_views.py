"""No view without a guard; no query that forgets who is asking; no table that nobody decided about."""

import importlib
import inspect
import pkgutil

import pytest
from flask import Flask

import secretariat
from secretariat import create_app
from secretariat.config import Settings
from secretariat.core import access, audit, outbox
from secretariat.core.actions import RequestKey, registry
from secretariat.core.db import Base
from secretariat.core.guard import check_every_view
from secretariat.documents.models import Blob

QUERIES = [
    module.name
    for module in pkgutil.walk_packages(secretariat.__path__, "secretariat.")
    if module.name.endswith(".queries") or ".queries." in module.name
]
KERNEL = {RequestKey, access.AccessGrant, audit.AuditEntry, audit.AuditChange, audit.AuditDetail, audit.AuditSeal}
NOBODY_READS = KERNEL | {outbox.Errand, Blob}


def test_a_bare_view_stops_the_start(settings: Settings) -> None:
    app = create_app(settings)
    app.view_functions["bare"] = lambda: "open"
    app.url_map.add(app.url_rule_class("/bare", endpoint="bare"))
    with pytest.raises(RuntimeError, match="bare"):
        check_every_view(app)


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    open_to_all = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "access", None).__name__ == "public"
    }
    assert open_to_all == set(PUBLIC_VIEWS), "a view became public, or no longer is: is that meant?"


PUBLIC_VIEWS = {
    "accounts.ask_for_link",
    "accounts.link_sent",
    "accounts.sign_in",
    "accounts.sign_out",
    "api.openapi",
    "appointing.appointment_letter_by_link",  # through a link that carries its seal
    "calendar.answering.paper",  # through a link that carries its seal
    "calendar.feed",  # through a link that carries its seal
    "messages.reply",  # through a link that carries its seal
    "publishing.accessibility",
    "publishing.agenda_pdf",
    "publishing.calendar",
    "publishing.index",
    "publishing.meeting",
    "publishing.minutes_pdf",
    "publishing.privacy",
    "publishing.stream",
    "static",
    "web.choose_language",
    "web.healthz",
    "web.readyz",
}


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_takes_the_actor_first(name: str) -> None:
    module = importlib.import_module(name)
    for found, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == name and not found.startswith("_"):
            first = next(iter(inspect.signature(function).parameters), None)
            assert first == "actor", f"{name}.{found} does not ask who is asking"


def test_every_table_has_decided_who_reads_it(app: Flask) -> None:
    undecided = [
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if mapper.class_ not in access.readable_kinds() and mapper.class_ not in NOBODY_READS
    ]
    assert undecided == []


def test_every_verb_says_what_it_means(app: Flask) -> None:
    silent = [name for name, verb in registry.items() if not (verb.body.__doc__ or "").strip()]
    assert silent == []
