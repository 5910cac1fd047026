"""The manifest of a notice or a supplement, and what of the agenda is new since the parcel before."""

from collections.abc import Iterable, Mapping
from typing import Any

from secretariat.cases.models import SECTIONS
from secretariat.core import clock
from secretariat.dispatch.contents import Contents, Matter, text_of
from secretariat.dispatch.manifest import plain, sha256_of, text_sha256
from secretariat.dispatch.models import Edition
from secretariat.dispatch.notice_paper import checked_files, paper_sha256
from secretariat.meetings.models import ItemOrigin

FACTS = (
    "id",
    "uid",
    "title",
    "language",
    "form",
    "day",
    "starts",
    "ends",
    "fold",
    "timezone",
    "place",
    "digital_link",
    "practical",
)
NEWS = ("title", "kind", "state", "exempt_basis", "text", "files")


def manifest_of(contents: Contents, matters: Iterable[Matter]) -> dict[str, Any]:
    """Everything that goes out, in a form that two readings either agree on or do not."""
    matters = tuple(matters)
    manifest: dict[str, Any] = plain(
        {
            "kind": contents.kind,
            "number": contents.number,
            "made_on": clock.today(),
            "partnership": contents.partnership.id,
            "body": contents.body.id,
            "meeting": {name: getattr(contents.meeting, name) for name in FACTS},
            "items": [_entry(matter) for matter in matters],
            "recipients": [_recipient(person) for person in contents.called],
            "copies": [{"name": copy.name, "email": copy.email} for copy in contents.copies],
            "statement": contents.statement,
            "papers": {edition.value: paper_sha256(contents, matters, edition) for edition in Edition},
        }
    )
    return manifest


def sent_now(contents: Contents) -> tuple[Matter, ...]:
    """The lines that go out: the whole agenda in the notice, in a supplement what is new, changed or withdrawn."""
    if not contents.is_supplement:
        return tuple(matter for matter in contents.matters if matter.stands or matter.item.number is not None)
    known = {entry["id"]: entry for parcel in contents.before for entry in parcel.manifest["items"]}
    return tuple(matter for matter in contents.matters if _is_news(matter, known.get(str(matter.item.id))))


def _is_news(matter: Matter, before: Mapping[str, Any] | None) -> bool:
    if before is None:
        return matter.stands and matter.item.origin is not ItemOrigin.MEETING
    now = plain(_entry(matter))
    if matter.reads_as_sent:
        now["text"] = before["text"]
    return any(now[name] != before[name] for name in NEWS)


def _entry(matter: Matter) -> dict[str, Any]:
    item = matter.item
    series, year, number = matter.number or ("", None, None)
    return {
        "id": item.id,
        "title": item.title,
        "public_title": matter.public_title,
        "kind": item.kind,
        "state": item.state,
        "series": series,
        "year": year,
        "number": number,
        "treatment": item.treatment_id,
        "case": matter.case.id if matter.case else None,
        "exempt_basis": matter.exempt_basis,
        "paper_version": matter.paper_version,
        "text": sha256_of({name: text_sha256(text_of(matter.paper, name)) for name in SECTIONS}),
        "files": [_file(file) for file in checked_files(matter)],
    }


def _file(file: Any) -> dict[str, Any]:
    return {
        name: getattr(file, name) for name in ("id", "filename", "title", "mime_type", "sha256", "size", "exempt_basis")
    }


def _recipient(person: Any) -> dict[str, Any]:
    """At which level the two sides meet is no part of what is sent."""
    seats = [{name: value for name, value in seat.items() if name != "tier"} for seat in person.seats]
    return {name: getattr(person, name) for name in ("person_id", "name", "party", "role")} | {"seats": seats}
