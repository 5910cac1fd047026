"""The manifest: two readings of the same parcel agree to the byte, two different parcels never do."""

import json
from datetime import date, datetime, time
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from secretariat import config
from secretariat.core import clock
from secretariat.core.text.markdown import read_markdown
from secretariat.dispatch.manifest import canonical, plain, sha256_of
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.names import LONGEST, UNSAFE, unlike
from secretariat.dispatch.preparing import look, prepare
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda

values = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(st.dictionaries(st.text(), values))
def test_the_order_in_which_things_are_said_is_no_difference(said: dict[str, object]) -> None:
    assert sha256_of(said) == sha256_of(dict(reversed(said.items())))
    assert json.loads(canonical(said)) == said


def test_every_kind_of_value_has_one_way_to_be_written() -> None:
    moment = datetime(2026, 9, 7, 8, 30)
    written = plain({"a": date(2026, 9, 7), "b": time(9), "c": UUID(int=1), "d": DispatchKind.NOTICE, "e": moment})
    assert written == {
        "a": "2026-09-07",
        "b": "09:00:00",
        "c": "00000000-0000-0000-0000-000000000001",
        "d": "notice",
        "e": "2026-09-07T08:30:00",
    }
    assert len(plain(read_markdown("Utvalget slutter seg til."))) == 64


def test_both_secretaries_see_the_same_parcel(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    seen = [look(cast.actor(role), meeting, DispatchKind.NOTICE) for role in ("secretary", "hospital_secretary")]
    assert canonical(seen[0].manifest) == canonical(seen[1].manifest)


def test_the_second_look_prints_nothing_and_finds_the_same_files(
    a: Factory, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    first = prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE)
    monkeypatch.setattr("secretariat.dispatch.preparing.render", None)
    assert prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE).printed == first.printed


def test_the_same_parcel_printed_anew_is_the_same_file(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    first = prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE)
    for note in (config.settings().instance / "prepared").rglob("*.json"):
        note.unlink()
    assert prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE).printed == first.printed


def test_a_parcel_is_made_up_anew_on_another_day(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    today = look(cast.actor("secretary"), meeting, DispatchKind.NOTICE).sha256
    with clock.at(datetime.fromisoformat("2026-09-08T06:00:00+00:00")):
        assert look(cast.actor("secretary"), meeting, DispatchKind.NOTICE).sha256 != today


@given(st.lists(st.text(max_size=120), max_size=6))
def test_no_two_files_of_a_parcel_have_one_name_on_any_disk(names: list[str]) -> None:
    safe = unlike(names)
    assert len({name.casefold() for name in safe}) == len(names)
    assert not any(UNSAFE.search(name) or name.startswith(".") or len(name) > LONGEST + 10 for name in safe)
