"""What holds for stored files."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.documents import storage
from secretariat.documents.models import Blob


@checks("BYTES_MATCH_HASH", _l("Hver fil finnes på disken, med nøyaktig det innholdet den ble lagret med."))
def bytes_are_what_their_name_says() -> Iterator[str]:
    """The bytes of every blob are there, of the right size and hash."""
    for partnership_id, sha256, size in session().execute(
        sa.select(Blob.partnership_id, Blob.sha256, Blob.size).order_by(Blob.partnership_id, Blob.sha256)
    ):
        try:
            found = len(storage.get(partnership_id, sha256))
        except OSError:
            yield _("Filen %(sha256)s kan ikke leses fra disken.", sha256=sha256)
        except storage.Damaged:
            yield _("Filen %(sha256)s er endret på disken.", sha256=sha256)
        else:
            if found != size:
                yield _("Filen %(sha256)s er %(found)s byte, ikke %(size)s.", sha256=sha256, found=found, size=size)
