"""What is stated beside what is measured: grouped, in order, and never averaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.competing import Group, Row, compare
from borderviz.content import load
from borderviz.geometry import area_km2, length_km
from borderviz.questions import Claim


def asked(atlas, identity):
    (question,) = (q for q in atlas.questions if q.id == identity)
    return compare(question, atlas)


def claimed(**values):
    return Claim(who={"en": "w"}, record="r", sources=["s"], **values)


def test_a_line_is_measured_among_its_stated_lengths(atlantis):
    found = asked(atlantis, "coral-length")
    ((group,),) = found.panels
    measured = length_km(atlantis.shapes["coral-line"])
    assert group.name == atlantis.records["coral-line"].title
    assert group.measured == pytest.approx(measured)
    assert [(row.low, row.high) for row in group.rows if row.claim] == [
        *((120, 140), (124.5, 124.5), (130, 130), (None, None))
    ]
    (own,) = (row for row in group.rows if row.claim is None)
    assert own.low == own.high == pytest.approx(measured)
    who = {row.low: row.claim.who["en"] for row in group.rows if row.claim}
    assert who == {
        120: "old fishers",
        124.5: "a talk",
        130: "usual figure",
        None: "a song",
    }
    (talk,) = (row.claim for row in group.rows if row.low == 124.5)
    assert (talk.as_of, talk.record, talk.sources) == (
        *("1999", "coral-line", ["mirror-copy"]),
    )


def test_lines_beside_it_are_measured_and_not_counted(atlantis):
    ((record, km),) = asked(atlantis, "coral-length").beside
    assert record.id == "foam-line"
    assert km == pytest.approx(length_km(atlantis.shapes["foam-line"]))


def test_an_area_is_measured_in_the_group_without_a_scope(atlantis):
    found = asked(atlantis, "quiet-area")
    (whole, reeds), (share,) = found.panels
    assert whole.measured == pytest.approx(area_km2(atlantis.shapes["quiet-zone"]))
    assert (reeds.measured, share.measured) == (None, None)
    assert [(row.low, row.high) for row in reeds.rows] == [(None, 90)]
    assert (reeds.unit["en"], share.unit["en"]) == ("km²", "% of it")
    assert (found.parts, found.beside, found.profile) == ((), (), None)


def test_claims_alone_are_enough(atlantis):
    ((group,),) = asked(atlantis, "singing-fish-count").panels
    assert group.name is None
    assert [row.low for row in group.rows] == [12.5, 1000]
    assert group.measured is None


def test_parts_of_a_line_are_measured_one_by_one(edit_text, atlantis_copy):
    assert (
        edit_text("borders.toml", 'id = "lethe-border"', 'id = "lethe-border"\n'
                  'part_of = "coral-line"') == []
    )  # fmt: skip
    atlas = load(atlantis_copy)
    (part,) = asked(atlas, "coral-length").parts
    assert part.name == atlas.records["lethe-border"].title
    assert part.measured == pytest.approx(length_km(atlas.shapes["lethe"]))
    assert part.stated is None


def test_a_profile_tells_where_the_line_is_as_short_as_stated(atlantis):
    profile = asked(atlantis, "coral-length").profile
    line = atlantis.shapes["coral-line"]
    whole = profile.points[0]
    assert (whole.tolerance_m, whole.vertices) == (0, len(line.coords))
    assert whole.length_km == pytest.approx(length_km(line))
    assert profile.spacing_m == pytest.approx(
        1000 * whole.length_km / (len(line.coords) - 1)
    )
    assert profile.files == ("lines.geojson",)
    assert [km for km, _ in profile.reached] == [124.5, 130]
    for km, tolerance in profile.reached:
        assert (tolerance == 0) == (whole.length_km <= km)


def test_a_range_names_its_ends_and_counts_its_sources():
    rows = (
        Row(1300, None, claimed(low=1300)),
        Row(1352, 1352, claimed(value=1352)),
        Row(1380, 1380),
        Row(1500, 1500, claimed(value=1500).model_copy(update={"sources": ["s", "t"]})),
        Row(None, None, claimed(words={"en": "long"})),
    )
    found = Group(None, {"en": "km"}, rows).stated
    assert (found.low, found.high, found.is_open) == (1300, 1500, False)
    assert (found.claims, found.sources) == (4, 2)


@pytest.mark.parametrize(
    ("row", "low", "high", "is_open"),
    [
        (Row(200, None, claimed(low=200)), 200, 200, True),
        (Row(None, 90, claimed(high=90)), 90, 90, False),
        (Row(1, 3, claimed(low=1, high=3)), 1, 3, False),
    ],
)
def test_open_ends_stay_open(row, low, high, is_open):
    found = Group(None, {"en": "posts"}, (row,)).stated
    assert (found.low, found.high, found.is_open) == (low, high, is_open)


def test_without_a_stated_number_there_is_no_range():
    words = Row(None, None, claimed(words={"en": "many"}))
    assert Group(None, {"en": "km"}, (Row(5, 5), words)).stated is None


@given(st.lists(st.floats(0.1, 1e6), min_size=1), st.floats(0.1, 1e6))
def test_what_is_measured_never_moves_the_range(values, measured):
    rows = [Row(v, v, claimed(value=v)) for v in values]
    found = Group(None, {"en": "km"}, (*rows, Row(measured, measured))).stated
    assert (found.low, found.high) == (min(values), max(values))
    assert found.claims == len(values)


def test_each_claim_of_a_question_stands_in_one_row(atlas, atlantis):
    for book in (atlas, atlantis):
        for question in book.questions:
            found = compare(question, book)
            rows = [
                row for panel in found.panels for group in panel for row in group.rows
            ]
            claims = [row.claim for row in rows if row.claim]
            stated = book.records[question.line].stated if question.line else []
            assert len(claims) == len(question.claims) + len(stated)
            assert all(claim in claims for claim in question.claims)
            for panel in found.panels:
                assert len({group.unit["en"] for group in panel}) == 1
                for group in panel:
                    lows = [row.numbers[0] for row in group.rows if row.numbers]
                    assert lows == sorted(lows)
