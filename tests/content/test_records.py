"""Every record of the atlas: as many as were researched, with sources and names."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from borderviz.dates import PartialDate
from borderviz.faults import texts_of
from borderviz.model import DATED

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NEWEST = "2025-10-19-cheorwon-soldier"


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("crossing", 134),
        ("incident", 68),
        ("authorised", 5),
        ("crossing-point", 28),
        ("site", 58),
        ("route", 11),
        # 202 were researched; one had no source and was left out.
        ("fact", 201),
        ("event", 91),
        ("border", 7),
        ("zone", 1),
        ("sea-line", 7),
    ],
)
def test_there_are_as_many_of_a_kind_as_were_researched(atlas, kind, count):
    assert sum(record.kind == kind for record in atlas.records.values()) == count


def test_nothing_is_of_another_kind(atlas):
    assert len(atlas.records) == 611
    assert sum(Counter(r.kind for r in atlas.records.values()).values()) == 611


def test_lists_are_as_long_as_was_researched(atlas):
    assert len(atlas.sources) == 1043
    assert len(atlas.places) == 133
    assert len(atlas.sectors) == 7


def test_ids_are_slugs(atlas):
    ids = [
        *atlas.records,
        *atlas.sources,
        *atlas.shapes,
        *(place.id for place, _ in atlas.places),
        *(label.id for label, _ in atlas.labels),
        *(sector.id for sector in atlas.sectors),
        *(layer.id for layer in atlas.settings.layers),
    ]
    assert [identity for identity in ids if not SLUG.fullmatch(identity)] == []


def test_every_record_says_something_and_from_whom(atlas):
    for record in atlas.records.values():
        assert record.statements, record.id
        for statement in record.statements:
            assert statement.sources, record.id
            assert set(statement.sources) <= set(record.sources), record.id
        assert set(record.sources) <= set(atlas.sources), record.id


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_record_has_a_title_in_both_languages(atlas, language):
    without = [r.id for r in atlas.records.values() if not r.title.get(language)]
    assert without == []


def test_english_is_written_in_latin_letters(atlas):
    hangul = re.compile("[가-힣]")
    found = {r.id for r in atlas.records.values() if hangul.search(r.title["en"])}
    assert found == set()


def test_no_text_is_the_same_in_both_languages_by_mistake(atlas):
    """A sentence in English under `ko` was never translated."""
    sentence = re.compile(r"[a-z]+ [a-z]+ [a-z]+ [a-z]+")
    for record in atlas.records.values():
        for path, text in texts_of(record):
            korean = text.get("ko", "")
            assert not (sentence.search(korean) and korean == text["en"]), (
                record.id,
                path,
            )


def test_dated_kinds_have_a_date_from_the_armistice_on(atlas):
    for record in atlas.records.values():
        if record.kind in DATED:
            assert record.date is not None, record.id
            date = PartialDate.parse(record.date)
            assert 1953 <= date.year <= 2026, record.id


def test_the_date_in_an_id_is_no_other_than_that_of_the_record(atlas):
    """An id is never changed, so it may be vaguer than a date found later."""
    written = re.compile(r"\d{4}(-\d{2}){0,2}(?=-)")
    for record in atlas.records.values():
        if record.kind in ("crossing", "incident", "authorised"):
            in_id = written.match(record.id)
            assert in_id is not None, record.id
            assert (record.date or "").startswith(in_id[0]), record.id


def test_no_point_is_drawn_for_what_is_known_only_widely(atlas):
    wide = [r for r in atlas.records.values() if (r.uncertainty_km or 0) >= 60]
    assert len(wide) == 17
    for record in wide:
        assert record.id not in atlas.positions
        assert record.id not in atlas.shapes
        assert record.extent is not None, record.id


def test_every_point_has_a_radius(atlas):
    for identity in atlas.positions:
        radius = atlas.records[identity].uncertainty_km
        assert radius is not None, identity
        assert 0 < radius < atlas.settings.no_point_from_km, identity


def test_routes_stay_at_city_scale(atlas):
    for record in atlas.records.values():
        if record.kind == "route":
            assert record.generalised, record.id
            assert record.waypoints, record.id


def test_lines_say_who_asserts_them(atlas):
    for record in atlas.records.values():
        if record.kind in ("border", "zone", "sea-line"):
            assert record.asserted_by, record.id


def test_every_shape_belongs_to_a_record(atlas):
    drawn = {shape for record in atlas.records.values() for shape in record.geometry}
    assert set(atlas.shapes) == drawn | {
        record.id for record in atlas.records.values() if record.kind == "route"
    }


def test_every_source_is_cited(atlas):
    cited = {
        source
        for record in atlas.records.values()
        for part in (record, *record.statements, *record.conflicts, *record.stated)
        for source in part.sources
    }
    cited |= {s for place, _ in atlas.places for s in place.sources}
    cited |= {s for sector in atlas.sectors for s in sector.sources}
    for entries in atlas.arrivals.values():
        for entry in entries if isinstance(entries, list) else ():
            cited |= set(entry["sources"])
    assert set(atlas.sources) - cited == set()


@pytest.mark.parametrize(
    "words",
    [
        "took custody",
        "central front",
        "said he wished to defect",
        "first known soldier crossing since 20 Aug 2024",
        "a suspected defection of a soldier across the DMZ was reported",
        "on 24 and 25 June 2026",
        "with low confidence",
        "248 km",
        "razor wire, heavy weapons and tank traps",
        "34,537",
    ],
)
def test_the_crossing_of_october_2025_says_what_was_reported(atlas, words):
    record = atlas.records[NEWEST]
    text = " ".join(statement.text["en"] for statement in record.statements)
    assert words in text


def test_the_crossing_of_october_2025_leads_to_what_came_before_and_after(atlas):
    record = atlas.records[NEWEST]
    assert (record.date, record.direction, record.mode, record.who) == (
        *("2025-10-19", "south", "foot"),
        "soldier",
    )
    assert record.outcome is not None
    assert "custody" in record.outcome["en"]
    ties = {relation.id for relation in record.related}
    assert {"2024-08-20-goseong-staff-sergeant", "2026-06-24-soldier", "mdl"} <= ties
    assert atlas.records["2026-06-24-soldier"].confidence == "low"
    assert atlas.records["2026-06-24-soldier"].extent is not None
