"""Every refusal as a page (or as problem details, RFC 9457, for programs), with the right status."""

from typing import Any

from flask import Flask, Response, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from secretariat.core.errors import Denied, DomainError, NotFound, Refusal
from secretariat.core.guard import public
from secretariat.core.text.language import _

Answer = Any


def register(app: Flask) -> None:
    """Let the application answer refusals."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, expired_form)
    app.register_error_handler(HTTPException, stopped)


def wants_problem() -> bool:
    """Whether the one who asks is a program."""
    return request.path.startswith("/api/")


def problem(status: int, title: str, reasons: dict[str | None, list[Any]] | None = None) -> Response:
    """Problem details: the reason, and every field's reasons under its name."""
    errors = {name or "": [str(reason) for reason in found] for name, found in (reasons or {}).items()}
    body = {"type": "about:blank", "title": title, "status": status}
    response = jsonify(body | ({"errors": errors} if errors else {}))
    response.status_code, response.mimetype = status, "application/problem+json"
    return response


def refused(refusal: Refusal) -> Answer:
    """A refusal that no form caught."""
    if wants_problem():
        return _as_problem(refusal)
    if isinstance(refusal, Denied) and g.actor.is_anonymous:
        return _to_sign_in()
    if isinstance(refusal, NotFound) and g.actor.is_anonymous and request.method == "GET" and not _is_public():
        return _to_sign_in()
    return page(refusal.status, _sentence(refusal))


def _to_sign_in() -> Answer:
    """Sign in, and come back to the page; who sent something is told that it was not saved, and where it is."""
    can_be_opened = request.url_rule is None or "GET" in (request.url_rule.methods or ())
    if request.method != "GET":
        flash(
            _("Du var logget ut, så det du sendte, ble ikke lagret. Det du skrev, kan hentes fram når du er inne."),
            "warning",
        )
    here = request.full_path.rstrip("?") if can_be_opened else None
    return redirect(url_for("accounts.sign_in", next=here), 303)


def _as_problem(refusal: Refusal) -> Response:
    if isinstance(refusal, Denied) and g.actor.is_anonymous:
        return problem(401, _("Du er ikke logget inn."))
    reasons = dict(refusal.fields) if isinstance(refusal, DomainError) else None
    return problem(refusal.status, str(_sentence(refusal)), reasons)


def _is_open_to_all() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), "access", None) is public


def _is_public() -> bool:
    return request.path.startswith(("/innsyn", "/lenke", "/kalender/"))


def _sentence(refusal: Refusal) -> Any:
    if isinstance(refusal, DomainError):
        return refusal.reason
    sentences = {
        403: _("Du har ikke tilgang til å gjøre dette."),
        404: _("Siden finnes ikke, eller du har ikke tilgang til den."),
        409: _("Noen andre har lagret en endring imens. Last siden på nytt og se hva som er endret."),
        503: _("Det er mange som lagrer akkurat nå. Ingenting er gått tapt: prøv en gang til."),
    }
    return sentences.get(refusal.status, _("Noe gikk galt."))


def expired_form(_error: CSRFError) -> Answer:
    """A form whose token no longer fits: what was typed must be kept, so the page says how to send it again."""
    if g.actor.is_anonymous and not _is_open_to_all() and not wants_problem():
        return _to_sign_in()
    sentence = _("Skjemaet var åpent for lenge, eller du er logget ut. Gå tilbake, last siden på nytt og send igjen.")
    return problem(400, str(sentence)) if wants_problem() else page(400, sentence)


def stopped(error: HTTPException) -> Answer:
    """An HTTP error: unknown address, wrong method, too large a file, too many tries."""
    status = error.code or 500
    sentences = {
        404: _("Siden finnes ikke, eller du har ikke tilgang til den."),
        405: _("Denne siden kan ikke brukes slik."),
        413: _("Filen er for stor. En fil kan være på høyst 50 MB."),
        429: _("For mange forsøk. Vent litt og prøv igjen."),
    }
    sentence = sentences.get(status, _("Noe gikk galt. Ingenting ble lagret."))
    return problem(status, str(sentence)) if wants_problem() else page(status, sentence)


def page(status: int, sentence: Any) -> Answer:
    """The page that says what is wrong and where to go from here."""
    return render_template("errors/error.html", status=status, sentence=sentence), status
