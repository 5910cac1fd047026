"""The way into the demonstration: whom a visitor may sign in as, told in the file that marks an installation as one."""

import json
from dataclasses import dataclass
from typing import Any

from secretariat import config
from secretariat.core.text.language import _l

ROLES: dict[str, Any] = {
    "coordinator_municipal": _l("Sekretær for kommunene"),
    "coordinator_hospital": _l("Sekretær for helseforetaket"),
    "chair": _l("Leder"),
    "member": _l("Medlem"),
    "deputy": _l("Vara"),
    "contact": _l("Kontakt i kommunen"),
    "observer": _l("Observatør"),
    "admin": _l("Administrator"),
    "regional_coordinator": _l("Regional koordinator"),
    "organisation_administrator": _l("Administrator i kommunen"),
}


@dataclass(frozen=True)
class Visitor:
    """Somebody invented, as whom the demonstration may be seen."""

    role: Any
    name: str
    email: str
    password: str


def visitors() -> list[Visitor]:
    """All of them in the demonstration, none anywhere else."""
    mark = config.settings().instance / "demo"
    if not config.settings().demo or not mark.exists():
        return []
    found = json.loads(mark.read_text(encoding="utf-8") or "{}")
    return [Visitor(ROLES[role], one["name"], one["email"], one["password"]) for role, one in found.items()]
