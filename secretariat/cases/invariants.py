"""What holds for cases and their papers."""

from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa

from secretariat.cases.models import SECTIONS, CasePaper, CasePaperVersion
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.document import Document
from secretariat.core.text.language import _, _l


@checks("NO_LOST_TEXT", _l("Hvert saksframlegg som er lagret, er tatt vare på slik det sto."))
def every_saved_paper_is_kept() -> Iterator[str]:
    """Versions are numbered without gaps, and the newest says what the paper says."""
    newest: dict[object, dict[str, str]] = {}
    query = sa.select(CasePaperVersion).order_by(CasePaperVersion.case_paper_id, CasePaperVersion.number)
    versions = session().scalars(query.execution_options(yield_per=200))
    for paper_id, found in groupby(versions, key=lambda version: version.case_paper_id):
        kept = list(found)
        newest[paper_id] = kept[-1].content
        if [version.number for version in kept] != list(range(1, len(kept) + 1)):
            yield _("Saksframlegget %(id)s mangler en tidligere versjon.", id=paper_id)
    for paper in session().scalars(sa.select(CasePaper).order_by(CasePaper.id).execution_options(yield_per=200)):
        if _texts(paper) != newest.get(paper.id, dict.fromkeys(SECTIONS, Document.empty().to_json())):
            yield _("Saksframlegget %(id)s er endret uten at det ble tatt vare på.", id=paper.id)


def _texts(paper: CasePaper) -> dict[str, str]:
    return {name: getattr(paper, name).to_json() for name in SECTIONS}
