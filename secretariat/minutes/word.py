"""The minutes as a Word file: the same contents as the paper, with headings, language and plain tables."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from secretariat.core.text.language import _, format_date, format_time, use_language
from secretariat.documents.rendering.headings import approved
from secretariat.documents.rendering.papers import Attendee, MinutesItem, MinutesPaper, MinutesState, Recipient
from secretariat.minutes.word_text import LANGUAGES, add_text


def word_file(paper: MinutesPaper) -> bytes:
    """The paper as .docx."""
    from docx import Document

    file = Document()
    with use_language(paper.language):
        _set_up(file, paper)
        _head(file, paper)
        _attendance(file, paper)
        for item in paper.items:
            _item(file, item)
        _corrections(file, paper)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _set_up(file: Any, paper: MinutesPaper) -> None:
    """Title and language where screen readers and the archive look for them."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    language = LANGUAGES[paper.text_language or paper.language]
    file.core_properties.title = _title(paper)
    file.core_properties.author = paper.letterhead.partnership
    file.core_properties.language = language
    file.core_properties.created = file.core_properties.modified = paper.made_at.replace(tzinfo=None)
    style = file.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    properties = style.element.get_or_add_rPr()
    marked = properties.makeelement(qn("w:lang"), {qn("w:val"): language})
    properties.append(marked)


def _title(paper: MinutesPaper) -> str:
    return f"{paper.word}: {paper.facts.title}, {format_date(paper.facts.day)}"


def _head(file: Any, paper: MinutesPaper) -> None:
    facts = paper.facts
    file.add_heading(_title(paper), 0)
    file.add_paragraph(f"{paper.letterhead.partnership}, {paper.letterhead.body}")
    file.add_paragraph().add_run(_state(paper)).bold = True
    hours = "–".join(format_time(at) for at in (facts.starts, facts.ends) if at)
    told = [
        (_("Møtedato"), format_date(facts.day, "weekday")),
        (_("Tid"), hours),
        (_("Møtested"), facts.place),
        (_("Møteleder"), facts.chair),
        (_("Referent"), facts.secretary),
    ]
    for name, value in told:
        if value:
            line = file.add_paragraph(style="List Bullet")
            line.add_run(f"{name}: ").bold = True
            line.add_run(value)


def _state(paper: MinutesPaper) -> str:
    if paper.state is MinutesState.APPROVED and paper.approved_on:
        return approved(paper.approved_on, paper.approved_by)
    if paper.state is MinutesState.OUT_FOR_COMMENTS and paper.comments_by:
        return _("Utkast til referat. Merknadsfrist %(date)s", date=format_date(paper.comments_by))
    return _("Utkast til referat")


def _attendance(file: Any, paper: MinutesPaper) -> None:
    file.add_heading(_("Til stede"), 1)
    if not paper.attendance:
        file.add_paragraph(_("Det er ikke ført hvem som var til stede."))
    for group in paper.attendance:
        file.add_heading(group.party, 2)
        heads = (_("Navn"), _("Stilling"), _("Organisasjon"), _("Merknad"))
        _table(file, heads, [(one.name, one.office, one.organisation, _remark(one)) for one in group.people])
    _away(file, _("Forfall"), paper.absent)
    _away(file, _("Ikke møtt"), paper.missing)


def _away(file: Any, heading: str, people: tuple[Recipient, ...]) -> None:
    if people:
        file.add_heading(heading, 2)
    for one in people:
        said = ", ".join(filter(None, (one.name, one.office, one.organisation, one.note)))
        file.add_paragraph(said, style="List Bullet")


def _remark(one: Attendee) -> str:
    said = []
    if one.deputy_for:
        said.append(_("vara for %(name)s", name=one.deputy_for))
        said.append(_("med fullmakt") if one.with_authority else _("uten fullmakt"))
    if one.from_item:
        said.append(_("fra sak %(item)s", item=one.from_item))
    if one.until_item:
        said.append(_("til sak %(item)s", item=one.until_item))
    return ", ".join(said)


def _item(file: Any, item: MinutesItem) -> None:
    number = _("Sak %(number)s", number=item.number_text) if item.number_text else ""
    file.add_heading(" ".join(filter(None, (number, item.title))), 1)
    _standing(file, item)
    if item.text:
        add_text(file, item.text, deeper=1)
    for decision in item.decisions:
        file.add_heading(" ".join(filter(None, (decision.kind_label, decision.number_text))), 2)
        add_text(file, decision.text, deeper=2)
    _in_own_name(file, "", [(position.party, position.text) for position in item.positions])
    for step in item.next_steps:
        file.add_paragraph(f"{_('Videre')}: {step}")
    _in_own_name(file, _("Protokolltilførsel"), [(addition.name, addition.text) for addition in item.additions])
    _tasks(file, item)


def _standing(file: Any, item: MinutesItem) -> None:
    if item.withdrawn:
        file.add_paragraph().add_run(_("Utgår")).bold = True
    if item.exempt_basis:
        file.add_paragraph(_("Unntatt offentlighet, %(basis)s", basis=item.exempt_basis))
    if item.stepped_aside:
        file.add_paragraph(f"{_('Inhabil, deltok ikke i saken')}: {', '.join(item.stepped_aside)}.")


def _in_own_name(file: Any, heading: str, said: list[tuple[str, str]]) -> None:
    if heading and said:
        file.add_heading(heading, 2)
    for name, words in said:
        file.add_heading(name, 3)
        file.add_paragraph(words)


def _tasks(file: Any, item: MinutesItem) -> None:
    if item.tasks:
        file.add_heading(_("Oppgaver"), 2)
        rows = [(one.text, one.responsible, format_date(one.deadline) if one.deadline else "") for one in item.tasks]
        _table(file, (_("Oppgave"), _("Ansvarlig"), _("Frist")), rows)


def _corrections(file: Any, paper: MinutesPaper) -> None:
    if paper.corrections:
        file.add_heading(_("Rettelser"), 1)
    for one in paper.corrections:
        file.add_heading(format_date(one.day), 2)
        file.add_paragraph(one.text)
        file.add_paragraph(one.by)


def _table(file: Any, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A plain table whose first row is marked as the heading."""
    from docx.oxml import OxmlElement

    table = file.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    file.add_paragraph()
