"""Pages for reading people and organisations from a file, and for getting them out as one."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory import queries
from secretariat.directory.blueprint import bp
from secretariat.directory.imports import actions as importing, exporting
from secretariat.directory.imports.columns import COLUMNS, words_for
from secretariat.directory.imports.forms import ImportForm
from secretariat.directory.imports.planning import What
from secretariat.directory.models import ImportKind, Partnership
from secretariat.directory.policy import may_carry_out_preview, may_keep_people

LISTS = {ImportKind.PEOPLE: "directory.people", ImportKind.ORGANISATIONS: "directory.organisations"}
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/personer/importer/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_keep_people, queries.partnership)
def import_people(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Read people from a file."""
    return _asked_for_file(actor, partnership, ImportKind.PEOPLE)


@bp.route("/organisasjoner/importer/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_keep_people, queries.partnership)
def import_organisations(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Read organisations from a file."""
    return _asked_for_file(actor, partnership, ImportKind.ORGANISATIONS)


def _asked_for_file(actor: Actor, partnership: Partnership, kind: ImportKind) -> ResponseReturnValue:
    form = ImportForm()
    if form.read(actor, partnership.id, kind):
        return redirect(url_for("directory.import_preview", import_batch_id=form.result), 303)
    page = {
        "form": form,
        "kind": kind,
        "columns": COLUMNS[kind],
        "words": words_for(kind),
        "back": url_for(LISTS[kind]),
    }
    return render_template("directory/import.html", partnership_row=partnership, **page), form.status


@bp.route("/personer/innlesing/<uuid:import_batch_id>", methods=["GET", "POST"])
@guard(may_carry_out_preview, importing.preview)
def import_preview(actor: Actor, preview: importing.Preview) -> ResponseReturnValue:
    """What would happen, row by row; and the press that lets it."""
    reasons, status = [], 200
    if request.method == "POST":
        try:
            importing.carry_out(actor, preview.id)
        except DomainError as refused:
            reasons, status = refused.fields[None], 422
        else:
            return done(_("Filen er lest inn."), "directory.import_preview", import_batch_id=preview.id)
    page = {"preview": preview, "reasons": reasons, "What": What, "most": SHOWN, "back": url_for(LISTS[preview.kind])}
    return render_template("directory/import_preview.html", **page), status


@bp.get("/personer/eksport/<uuid:partnership_id>.xlsx")
@guard(may_keep_people, queries.partnership)
def export_people(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """The people as a file."""
    return _file(actor, partnership, ImportKind.PEOPLE)


@bp.get("/organisasjoner/eksport/<uuid:partnership_id>.xlsx")
@guard(may_keep_people, queries.partnership)
def export_organisations(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """The organisations as a file."""
    return _file(actor, partnership, ImportKind.ORGANISATIONS)


bp.add_url_rule("/personer/eksport/<uuid:partnership_id>.csv", "export_people_csv", export_people)
bp.add_url_rule("/organisasjoner/eksport/<uuid:partnership_id>.csv", "export_organisations_csv", export_organisations)


def _file(actor: Actor, partnership: Partnership, kind: ImportKind) -> Response:
    rows = exporting.cells(actor, partnership.id, kind)
    title = exporting.sheet_title(kind)
    if request.path.endswith(".csv"):
        return download(exporting.as_csv(rows), "text/csv; charset=utf-8", f"{title.lower()}.csv")
    return download(exporting.as_workbook(rows, title), XLSX, f"{title.lower()}.xlsx")


def download(content: bytes, mime_type: str, filename: str) -> Response:
    """A file of that name."""
    answer = Response(content, content_type=mime_type)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer
