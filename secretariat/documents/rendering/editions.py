"""What the public edition leaves out: of an exempt thing only title, number and basis ever reach the template.

The title an exempt line or case is given with must be the public one.
"""

from dataclasses import replace
from functools import singledispatch

from secretariat.documents.rendering.papers import (
    AgendaLine,
    Attachment,
    CasePaper,
    Edition,
    ExtractPaper,
    MeetingFacts,
    MinutesItem,
    MinutesPaper,
    NoticePaper,
    Paper,
    SingleCasePaper,
)


def as_read(paper: Paper) -> Paper:
    """The paper as readers of its edition get it. An extract goes to named recipients and has no public edition."""
    if isinstance(paper, ExtractPaper) or paper.edition is Edition.INTERNAL:
        return paper
    return _public(paper)


@singledispatch
def _public(paper: Paper) -> Paper:
    raise TypeError(f"no public edition of {type(paper).__name__}")


@_public.register
def _notice(paper: NoticePaper) -> NoticePaper:
    return replace(
        paper,
        facts=_facts(paper.facts),
        agenda=tuple(map(_line, paper.agenda)),
        case_papers=tuple(map(_case, paper.case_papers)),
        attachments=_open(paper.attachments, paper.case_papers),
    )


@_public.register
def _single(paper: SingleCasePaper) -> SingleCasePaper:
    return replace(paper, case=_case(paper.case), attachments=_open(paper.attachments, (paper.case,)))


@_public.register
def _minutes(paper: MinutesPaper) -> MinutesPaper:
    return replace(
        paper,
        facts=_facts(paper.facts),
        items=tuple(map(_item, paper.items)),
        attachments=_open(paper.attachments, paper.items),
    )


def _facts(facts: MeetingFacts) -> MeetingFacts:
    """A published address would let anyone into the digital meeting."""
    return replace(facts, digital_link="")


def _line(line: AgendaLine) -> AgendaLine:
    return replace(line, presenter="") if line.exempt_basis else line


def _case(case: CasePaper) -> CasePaper:
    if not case.exempt_basis:
        return case
    return CasePaper(
        case.item, case.title, case.number_text, case.kind_label, exempt_basis=case.exempt_basis, language=case.language
    )


def _item(item: MinutesItem) -> MinutesItem:
    if not item.exempt_basis:
        return item
    return MinutesItem(
        item.item, item.title, item.number_text, withdrawn=item.withdrawn, exempt_basis=item.exempt_basis
    )


def _open(attachments: tuple[Attachment, ...], items: tuple[CasePaper | MinutesItem, ...]) -> tuple[Attachment, ...]:
    exempt = {item.item for item in items if item.exempt_basis}
    return tuple(one for one in attachments if not one.exempt_basis and one.item not in exempt)
