"""What may go wrong, in sentences that a secretary understands.

A rule of the trade is a :class:`DomainError` (422) and stands beside its field. What one may not know of is
:class:`NotFound` (404); what one may see but not do is :class:`Denied` (403); what someone else changed first is a
:class:`Conflict` (409).
"""

from collections.abc import Iterable, Mapping
from typing import Any


class Refusal(Exception):
    """Any answer but yes; nothing was stored."""

    status = 400


class DomainError(Refusal):
    """A rule of the trade says no. ``reason`` is a lazy sentence, ``field`` the input it belongs to (None: the whole
    form).
    """

    status = 422

    def __init__(self, reason: Any, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field

    @property
    def fields(self) -> Mapping[str | None, list[Any]]:
        """Every reason under the field it belongs to."""
        return {self.field: [self.reason]}


class Invalid(DomainError):
    """Several fields at once are not as they must be."""

    def __init__(self, fields: Mapping[str | None, list[Any]]) -> None:
        first = next(iter(fields))
        super().__init__(fields[first][0], first)
        self._fields = fields

    @property
    def fields(self) -> Mapping[str | None, list[Any]]:
        """Every reason under the field it belongs to."""
        return self._fields


class Hindered(DomainError):
    """The step cannot be taken yet; ``reasons`` says all that is in the way, at once."""

    def __init__(self, reasons: Iterable[Any]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(self.reasons[0])

    @property
    def fields(self) -> Mapping[str | None, list[Any]]:
        """All reasons belong to the whole form."""
        return {None: list(self.reasons)}


class NotFound(Refusal):
    """There is no such thing, as far as this actor may know."""

    status = 404


class Denied(Refusal):
    """The actor sees the thing but may not do this to it."""

    status = 403


class Conflict(Refusal):
    """Someone else saved first. ``subject`` is the row as it stands now, so both texts can be shown."""

    status = 409

    def __init__(self, subject: Any) -> None:
        super().__init__("conflict")
        self.subject = subject


class Busy(Refusal):
    """The database could not take the write just now; the same request may be sent again."""

    status = 503


class WriteOutsideAction(RuntimeError):
    """A programmer tried to write without an action; nothing was written."""
