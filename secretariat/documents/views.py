"""Pages of documents: getting a file out again, and what the secretariat does with one."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.guard import guard
from secretariat.core.text.language import _
from secretariat.documents import (
    actions,
    checking,  # noqa: F401 - the worker's errand is known from here on
    queries,
    storage,
)
from secretariat.documents.forms import ClearForm, ExemptForm
from secretariat.documents.policy import may_download, may_keep_file

bp = Blueprint("documents", __name__)


@bp.get("/dokumenter/<uuid:file_id>")
@guard(may_download, queries.file)
def download(actor: Actor, file: queries.FileRow) -> ResponseReturnValue:
    """The file; one that has not passed the check only after a warning, and only to the secretariat."""
    if not file.is_checked and "likevel" not in request.args:
        return render_template("documents/unchecked.html", file=file)
    return sent(file)


def sent(file: queries.FileRow) -> Response:
    """The bytes as a download that no browser opens as a page of ours."""
    path = storage.place(file.partnership_id, file.sha256)
    response = send_file(
        path, mimetype=file.mime_type, as_attachment=True, download_name=file.filename, etag=file.sha256, max_age=0
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/dokumenter/<uuid:file_id>/fjern")
@guard(may_keep_file, queries.file)
def remove(actor: Actor, file: queries.FileRow) -> ResponseReturnValue:
    """Take the file away."""
    actions.remove(actor, file.id)
    flash(_("Filen er fjernet."), "success")
    return redirect(where_from(), 303)


@bp.route("/dokumenter/<uuid:file_id>/godkjenn", methods=["GET", "POST"])
@guard(may_keep_file, queries.file)
def clear(actor: Actor, file: queries.FileRow) -> ResponseReturnValue:
    """Let a file pass that was stopped by mistake."""
    form = ClearForm()
    if form.accept(actions.clear_false_hit, actor, file.id):
        flash(_("Filen er godkjent."), "success")
        return redirect(where_from(), 303)
    return _asked(file, form, "documents/clear.html")


@bp.route("/dokumenter/<uuid:file_id>/unntak", methods=["GET", "POST"])
@guard(may_keep_file, queries.file)
def exempt(actor: Actor, file: queries.FileRow) -> ResponseReturnValue:
    """Say by which law the file is exempt from publicity."""
    form = ExemptForm(obj=file)
    if form.accept(actions.exempt, actor, file.id):
        flash(_("Lagret."), "success")
        return redirect(where_from(), 303)
    return _asked(file, form, "documents/exempt.html")


def _asked(file: queries.FileRow, form: Any, template: str) -> ResponseReturnValue:
    return render_template(template, file=file, form=form, back=where_from()), form.status


def where_from() -> str:
    """The page of ours that sent the reader here; files have no list of their own to go back to."""
    back = request.values.get("next", "/")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
