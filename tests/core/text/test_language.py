import json
from contextvars import copy_context
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from markupsafe import escape

from secretariat.core.text import language
from secretariat.core.text.language import (
    _,
    _l,
    _n,
    _p,
    current_language,
    format_date,
    format_datetime,
    format_number,
    format_size,
    format_time,
    set_language,
    use_language,
)

FRIST = "Frist %(date)s"


@pytest.fixture(autouse=True)
def _catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small English catalogue and an empty nynorsk one instead of the product's own."""
    sentences = (
        'msgid "Frist %(date)s"\nmsgstr "Due %(date)s"\n\n'
        'msgid "%(number)s sak"\nmsgid_plural "%(number)s saker"\n'
        'msgstr[0] "%(number)s case"\nmsgstr[1] "%(number)s cases"\n\n'
        'msgid "Vedtak"\nmsgstr "Decision"\n\nmsgctxt "many"\nmsgid "Vedtak"\nmsgstr "Decisions"\n'
    )
    for code, text in (("en", sentences), ("nn", "")):
        (tmp_path / code).mkdir()
        (tmp_path / code / "messages.po").write_text(text)
    monkeypatch.setattr(language, "TRANSLATIONS", tmp_path)
    language._catalogue.cache_clear()
    yield
    language._catalogue.cache_clear()


def test_the_reader_is_spoken_to_in_the_readers_language() -> None:
    with use_language("en"):
        assert _(FRIST, date="3 May") == "Due 3 May"
        assert current_language() == "en"
    assert _(FRIST, date="3. mai") == "Frist 3. mai"


def test_what_nobody_has_translated_is_read_in_bokmal() -> None:
    with use_language("nn"):
        assert _(FRIST, date="3. mai") == "Frist 3. mai"


def test_a_reader_of_sami_texts_reads_the_pages_in_bokmal() -> None:
    with use_language("se"):
        assert _("Sak") == "Sak"
        assert format_date(date(2026, 12, 3)) == "3. desember 2026"


def test_a_per_cent_sign_without_values_is_a_per_cent_sign() -> None:
    assert _("100 % oppmøte") == "100 % oppmøte"


def test_one_case_and_several_cases() -> None:
    assert _n("%(number)s sak", "%(number)s saker", 1) == "1 sak"
    with use_language("en"):
        assert _n("%(number)s sak", "%(number)s saker", 3) == "3 cases"


def test_a_label_written_once_is_read_in_each_readers_language() -> None:
    label = _l(FRIST, date="3/5")
    assert label == "Frist 3/5"
    with use_language("en"):
        assert f"{label}" == str(label) == escape(label) == "Due 3/5"
        assert label.upper() == "DUE 3/5"
        assert json.dumps({"label": label}, default=str) == '{"label": "Due 3/5"}'
    assert f"{label:>12}" == "   Frist 3/5"
    assert label + "!" == "Frist 3/5!"
    assert hash(label) == hash("Frist 3/5")


def test_a_label_in_a_label_follows_the_reader() -> None:
    outer = _l("Kan ikke sendes: %(reason)s", reason=_l(FRIST, date="3/5"))
    with use_language("en"):
        assert str(outer) == "Kan ikke sendes: Due 3/5"


def test_one_readers_language_is_not_anothers() -> None:
    copy_context().run(set_language, "en")
    assert current_language() == "nb"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'de'"):
        set_language("de")


DAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("code", "style", "written"),
    [
        ("nb", "long", "3. desember 2026"),
        ("nb", "short", "03.12.2026"),
        ("nb", "weekday", "torsdag 3. desember 2026"),
        ("nn", "long", "3. desember 2026"),
        ("nn", "weekday", "torsdag 3. desember 2026"),
        ("en", "long", "3 December 2026"),
        ("en", "short", "3 Dec 2026"),
        ("en", "weekday", "Thursday 3 December 2026"),
        ("nn", "in_month", "torsdag 3."),
        ("en", "in_month", "Thursday 3"),
    ],
)
def test_a_day_is_written_as_in_the_language(code: str, style: str, written: str) -> None:
    with use_language(code):
        assert format_date(DAY, style) == written


def test_a_moment_is_shown_as_the_clock_on_the_wall() -> None:
    moment = datetime(2026, 12, 3, 9, 5, tzinfo=UTC)
    assert format_datetime(moment) == "torsdag 3. desember 2026 kl.\N{NO-BREAK SPACE}10.05"
    assert format_datetime(moment, "short", tz=ZoneInfo("America/New_York")) == "03.12.2026 kl.\N{NO-BREAK SPACE}04.05"
    assert format_datetime(datetime(2026, 12, 3, 10, 5), "long") == "3. desember 2026 kl.\N{NO-BREAK SPACE}10.05"
    with use_language("en"):
        assert format_datetime(moment) == "Thursday 3 December 2026 at\N{NO-BREAK SPACE}10:05"
        assert format_time(moment) == "10:05"


def test_the_day_of_a_moment_is_the_day_in_oslo() -> None:
    assert format_date(datetime(2026, 12, 2, 23, 30, tzinfo=UTC)) == "3. desember 2026"


def test_a_time_of_day_has_a_point_in_norwegian() -> None:
    assert format_time(time(8, 30)) == "08.30"
    assert format_time(time(8, 30, tzinfo=UTC)) == "08.30"


def test_thousands_stand_apart_and_do_not_break() -> None:
    assert format_number(1234567.5) == "1\u00a0234\u00a0567,5"
    with use_language("en"):
        assert format_number(1234567) == "1,234,567"


def test_the_size_of_a_file_is_told_in_begun_kilobytes_or_in_megabytes() -> None:
    assert [format_size(size) for size in (0, 1, 1000, 1001)] == ["0\u00a0kB", "1\u00a0kB", "1\u00a0kB", "2\u00a0kB"]
    assert format_size(1_540_000) == "1,5\u00a0MB"
    with use_language("en"):
        assert format_size(1_540_000) == "1.5\u00a0MB"


def test_a_word_that_is_one_and_many_alike_in_norwegian_is_two_words_in_english() -> None:
    with use_language("en"):
        assert (_("Vedtak"), _p("many", "Vedtak")) == ("Decision", "Decisions")
    with use_language("nb"):
        assert (_("Vedtak"), _p("many", "Vedtak")) == ("Vedtak", "Vedtak")
