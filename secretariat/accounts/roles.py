"""The words for what an office lets its holder do (role = rolle)."""

from typing import Any

from secretariat.core.actor import Role
from secretariat.core.text.language import _l

_WORDS: dict[Role, Any] = {
    Role.SECRETARY: _l("Sekretær"),
    Role.CONTACT: _l("Samhandlingskontakt"),
    Role.ORGANISATION_ADMINISTRATOR: _l("Administrator for organisasjonen"),
    Role.ARCHIVIST: _l("Arkivar"),
    Role.ADMINISTRATOR: _l("Administrator for installasjonen"),
}


def word(role: Role) -> Any:
    """The role's name in the reader's language."""
    return _WORDS[role]


def choices() -> list[tuple[str, Any]]:
    """Every role with its name, for a select field."""
    return [(role.value, word(role)) for role in Role]
