"""What must hold between the parts of a structure: names that exist, no circles, dates the right way round."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from secretariat.bodies.structures.fields import StructureFault
from secretariat.bodies.structures.plan import BodyPlan, Structure
from secretariat.core.text.language import _l
from secretariat.directory.parties import EQUAL_PARTIES


def check(structure: Structure, file: str) -> None:
    """Refuse a structure whose parts do not fit together."""
    _Check(structure, file).run()


class _Check:
    def __init__(self, structure: Structure, file: str) -> None:
        self.structure, self.file = structure, file
        self.bodies = {body.short: body for body in structure.bodies}

    def run(self) -> None:
        self._dates()
        self._organisations()
        self._unique("agreements", (agreement.no for agreement in self.structure.agreements))
        self._unique("bodies", (body.short for body in self.structure.bodies))
        for body in self.structure.bodies:
            self._parents(body)
            self._names(body)
            self._room(body)

    def _refuse(self, place: str, reason: Any) -> None:
        raise StructureFault(self.file, place, reason)

    def _dates(self) -> None:
        last = self.structure.valid_to
        if last is not None and last < self.structure.valid_from:
            self._refuse("valid_to", _l("Siste dag kan ikke være før første dag."))

    def _organisations(self) -> None:
        for key in ("trusts", "hospitals", "municipalities"):
            self._unique(key, getattr(self.structure, key))
        self._unique("regions", (region.name for region in self.structure.regions))
        known, stated = self.structure.municipalities, self.structure.municipality_count
        if known and stated not in (None, len(known)):
            self._refuse("municipality_count", _l("Antallet kommuner stemmer ikke med listen over kommuner."))
        for region in self.structure.regions:
            self._known(f"regions[{region.name}].municipalities", region.municipalities, known)

    def _unique(self, place: str, names: Iterable[str]) -> None:
        for name, times in Counter(names).items():
            if times > 1:
                self._refuse(f"{place}[{name}]", _l("«%(name)s» står mer enn én gang.", name=name))

    def _known(self, place: str, names: Iterable[str], known: Iterable[str]) -> None:
        for name in names:
            if name not in known:
                self._refuse(place, _l("«%(name)s» finnes ikke i filen.", name=name))

    def _parents(self, body: BodyPlan) -> None:
        place = f"bodies[{body.short}].reports_to"
        above, seen = body.reports_to, {body.short}
        while above is not None:
            self._known(place, [above], self.bodies)
            if above in seen:
                self._refuse(place, _l("Et utvalg kan ikke rapportere til seg selv, heller ikke gjennom andre."))
            seen.add(above)
            above = self.bodies[above].reports_to

    def _names(self, body: BodyPlan) -> None:
        place, structure = f"bodies[{body.short}]", self.structure
        areas = (*structure.hospitals, *(region.name for region in structure.regions))
        self._known(f"{place}.agreements", body.agreements, [agreement.no for agreement in structure.agreements])
        self._known(f"{place}.area", [body.area] if body.area else [], areas)
        for number, seat in enumerate(body.seats, 1):
            self._known(f"{place}.seats[{number}].represents", seat.represents, (*areas, *structure.municipalities))

    def _room(self, body: BodyPlan) -> None:
        for number, seat in enumerate(body.seats, 1):
            if body.room is not None and seat.party in EQUAL_PARTIES and seat.party is not body.room:
                reason = _l("Den andre parten kan ikke ha plass i et utvalg som er for én part alene.")
                self._refuse(f"bodies[{body.short}].seats[{number}].party", reason)
