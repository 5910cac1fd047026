"""How a page gets its subject, and the proof that no page forgot to ask.

``@guard(rule, load)`` loads through a query that sees with the actor's eyes (None: 404), asks the rule (no: 403) and
calls ``view(actor, subject)``. ``@guard(rule)`` is for pages without a subject. ``@public`` is the other choice, and
easy to search for. ``check_every_view`` refuses to start an application with a bare view.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, g

from secretariat.core.actor import Actor
from secretariat.core.errors import Denied, NotFound

View = Callable[..., Any]


def current_actor() -> Actor:
    """The actor of this request, put there by the application before any view runs."""
    actor: Actor = g.actor
    return actor


def guard(rule: Callable[..., bool], load: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Let a view be reached only with a subject the actor may see and a rule that says yes."""

    def declare(view: View) -> View:
        @wraps(view)
        def run(**ids: Any) -> Any:
            actor = current_actor()
            if load is None:
                _allow(rule(actor), actor)
                return view(actor, **ids)
            subject = load(actor, **ids)
            if subject is None:
                raise NotFound
            _allow(rule(actor, subject), actor)
            return view(actor, subject)

        run.access = rule  # type: ignore[attr-defined]
        return run

    return declare


def _allow(yes: bool, actor: Actor) -> None:
    if not yes:
        raise Denied("anonymous" if actor.is_anonymous else "rule")


def public(view: View) -> View:
    """Mark a view that everybody may open."""
    view.access = public  # type: ignore[attr-defined]
    return view


def signed_in(actor: Actor, _subject: Any = None) -> bool:
    """The rule of pages that every signed-in person may open; what they show is filtered in SQL."""
    return not actor.is_anonymous


def check_every_view(app: Flask) -> None:
    """Refuse to start with a view that says neither who may open it nor that everybody may."""
    bare = [
        rule.endpoint for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], "access")
    ]
    if bare:
        raise RuntimeError(f"views without @guard or @public: {', '.join(sorted(set(bare)))}")
