"""A valid identity number is stopped in every text that a person writes, and in none that a program computes."""

from collections.abc import Iterator
from dataclasses import fields
from hashlib import sha256
from typing import Any, get_args, get_type_hints

from flask import Flask

from secretariat.core.actions import registry
from secretariat.core.errors import Invalid
from secretariat.core.inputs import checked, rules_of
from secretariat.core.text.document import Document
from secretariat.core.text.identity import find_identity_numbers
from secretariat.core.text.markdown import read_markdown
from secretariat.dispatch.actions import Send
from tests.documents.samples import NUMBER

WRITTEN = {str: NUMBER, Document: read_markdown(f"Gjelder {NUMBER}.")}


def texts_of(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    """The fields of an input that a person writes in, each with a text that holds an identity number."""
    computed = {name for name, rule in rules_of(kind).items() if rule.computed}
    for name, hint in get_type_hints(kind).items():
        kinds = [each for each in (hint, *get_args(hint)) if each in WRITTEN]
        if kinds and name not in computed:
            yield name, WRITTEN[kinds[0]]


def is_stopped(kind: type[Any], name: str, text: Any) -> bool:
    """Whether the input is refused for what stands in this field (or because so short a field cannot hold it)."""
    empty = dict.fromkeys((field.name for field in fields(kind)), None)
    try:
        checked(kind(**(empty | {name: text})))
    except Invalid as refusal:
        return name in refusal.fields
    return False


def test_every_text_of_every_verb_is_guarded(app: Flask) -> None:
    tried = [(verb, name, text) for verb in registry.values() for name, text in texts_of(verb.input)]
    assert len(tried) > len(registry) / 2
    assert [f"{verb.name}: {name}" for verb, name, text in tried if not is_stopped(verb.input, name, text)] == []


def test_a_fingerprint_that_looks_like_an_identity_number_does_not_stop_a_notice() -> None:
    prints = (sha256(str(number).encode()).hexdigest() for number in range(100_000))
    unlucky = next(each for each in prints if find_identity_numbers(each))
    assert checked(Send(manifest_sha256=unlucky)).manifest_sha256 == unlucky
