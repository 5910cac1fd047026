"""What is read of rounds of appointing."""

from secretariat.appointing.queries.letters import (
    LetterRow,
    employers,
    letter,
    letter_row,
    letters,
    nominator_of_appointment,
)
from secretariat.appointing.queries.places import PlaceRow, PoolRow, places, pools
from secretariat.appointing.queries.rounds import CampaignRow, body_choices, campaign, campaigns, covered_bodies

__all__ = [
    "CampaignRow",
    "LetterRow",
    "PlaceRow",
    "PoolRow",
    "body_choices",
    "campaign",
    "campaigns",
    "covered_bodies",
    "employers",
    "letter",
    "letter_row",
    "letters",
    "nominator_of_appointment",
    "places",
    "pools",
]
