"""The seven real structures that a partnership can start from, and the reading of such files.

A structure file (TOML) names the partnership's organisations, its agreements and its bodies with their places. Nothing
is stored here: :func:`read_structure` gives a :class:`Structure`, and whoever installs it makes rows of it. A file that
does not hold together is refused with a :class:`StructureFault` that names the file, the place in it and the reason.
"""

from secretariat.bodies.structures.fields import StructureFault
from secretariat.bodies.structures.plan import (
    AgreementPlan,
    BodyPlan,
    ChairPlan,
    Constituency,
    Level,
    PlannedSeat,
    RegionPlan,
    Right,
    SeatPlan,
    Structure,
    TermPlan,
)
from secretariat.bodies.structures.reading import parse_structure, read_structure, structure_keys

__all__ = [
    "AgreementPlan",
    "BodyPlan",
    "ChairPlan",
    "Constituency",
    "Level",
    "PlannedSeat",
    "RegionPlan",
    "Right",
    "SeatPlan",
    "Structure",
    "StructureFault",
    "TermPlan",
    "parse_structure",
    "read_structure",
    "structure_keys",
]
