"""An invitation to a meeting in July, ready to be changed in the one thing a test is about."""

from datetime import UTC, date, datetime, time
from typing import Any

from secretariat.calendar.components import Attendee, Invitation
from secretariat.core.dates import wall_time


def an_invitation(
    on: date = date(2027, 7, 13), at: time = time(9), until: time = time(12), **changes: Any
) -> Invitation:
    """Kari is called in by the secretariat."""
    usual: dict[str, Any] = {
        "uid": "0190f1c2-7a52-7c11-8f4b-2f60a3c1d9e1@sekretariat.example",
        "sequence": 0,
        "title": "Møte i strategisk samarbeidsutvalg",
        "body_short": "SSU",
        "description": "1. Godkjenning av saksliste\n2. Årsmelding; status",
        "location": "Rådhuset, Steinkjer",
        "url": "https://sekretariat.example/moter/0190f1c2",
        "starts_at": wall_time(on, at),
        "ends_at": wall_time(on, until),
        "organizer_name": "Sekretariatet for samarbeidet",
        "organizer_email": "sekretariat@sekretariat.example",
        "attendee": Attendee("Kari Nordmann", "kari.nordmann@steinkjer.example"),
        "dtstamp": datetime(2027, 1, 4, 8, tzinfo=UTC),
        "last_modified": datetime(2027, 1, 3, 8, tzinfo=UTC),
    }
    return Invitation(**(usual | changes))
