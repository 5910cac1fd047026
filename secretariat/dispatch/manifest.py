"""What is in a parcel, said so exactly that two parcels with the same manifest are the same parcel.

Canonical JSON: keys in order, no white space, texts and files by their SHA-256. What the reader sees on paper and what
the manifest says come from the same frozen rows, so neither can change without the other.
"""

import hashlib
import json
from collections import UserString
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import singledispatch
from typing import Any
from uuid import UUID

from secretariat.core.text.document import Document


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """The one way to write a manifest down."""
    return json.dumps(manifest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256_of(manifest: Mapping[str, Any]) -> str:
    """The hash of the whole parcel."""
    return hashlib.sha256(canonical(manifest)).hexdigest()


def text_sha256(text: Document) -> str:
    """The hash of a text as it is stored."""
    return hashlib.sha256(text.to_json().encode()).hexdigest()


@singledispatch
def plain(value: Any) -> Any:
    """A value as it stands in the manifest. The content of a file is left out: its SHA-256 stands beside it."""
    if is_dataclass(value):
        return {f.name: plain(shown) for f in fields(value) if not isinstance(shown := getattr(value, f.name), bytes)}
    return value


@plain.register(list)
@plain.register(tuple)
def _rows(value: list[Any] | tuple[Any, ...]) -> list[Any]:
    return [plain(one) for one in value]


@plain.register(dict)
def _pairs(value: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(one) for name, one in value.items()}


@plain.register(UUID)
@plain.register(UserString)
def _words(value: UUID | UserString) -> str:
    return str(value)


@plain.register(date)
@plain.register(datetime)
@plain.register(time)
def _moment(value: date | datetime | time) -> str:
    return value.isoformat()


@plain.register
def _kind(value: Enum) -> str:
    return str(value.value)


@plain.register
def _text(value: Document) -> str:
    return text_sha256(value)
