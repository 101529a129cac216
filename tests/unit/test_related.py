"""What belongs beside a record: ties both ways, the same place, before and after."""

from __future__ import annotations

from collections import defaultdict

import pytest

from borderviz.model import DATED
from borderviz.related import SAME_PLACE_DEGREES, same_place, ties, timely


def ids(records):
    return [record.id for record in records]


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_a_tie_is_seen_from_both_ends(name, request):
    atlas = request.getfixturevalue(name)
    seen = defaultdict(set)
    for record in atlas.records.values():
        for others in ties(record, atlas).values():
            seen[record.id] |= set(ids(others))
    named = 0
    for record in atlas.records.values():
        for relation in record.related:
            named += 1
            assert relation.id in seen[record.id]
            assert record.id in seen[relation.id]
        for other in seen[record.id]:
            assert record.id in seen[other]
    assert named


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_no_record_is_listed_twice_or_beside_itself(name, request):
    atlas = request.getfixturevalue(name)
    for record in atlas.records.values():
        groups = ties(record, atlas)
        listed = [other for others in groups.values() for other in ids(others)]
        assert len(listed) == len(set(listed)), record.id
        assert record.id not in listed
        assert all(groups.values())


def test_a_tie_has_the_name_it_was_given(atlantis):
    line, fact = atlantis.records["coral-line"], atlantis.records["coral-line-length"]
    assert ids(ties(fact, atlantis)["background"]) == ["coral-line"]
    assert ids(ties(line, atlantis)["background"]) == [
        "2001-05-04-reed-bridge-walker",
        "coral-line-length",
        "coral-treaty",
    ]


def test_a_whole_and_its_parts_know_each_other(atlas):
    parts = [r for r in atlas.records.values() if r.part_of]
    assert parts
    for part in parts:
        whole = atlas.records[part.part_of]
        assert ids(ties(part, atlas)["part-of"]) == [whole.id]
        assert part.id in ids(ties(whole, atlas)["parts"])


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_the_same_place_is_the_same_from_there(name, request):
    atlas = request.getfixturevalue(name)
    neighbours = {i: ids(same_place(r, atlas)) for i, r in atlas.records.items()}
    for identity, others in neighbours.items():
        assert identity not in others
        for other in others:
            lon, lat = atlas.positions[identity]
            there = atlas.positions[other]
            assert abs(there[0] - lon) <= SAME_PLACE_DEGREES
            assert abs(there[1] - lat) <= SAME_PLACE_DEGREES
            # The list has an end, so a crowded place may leave somebody out.
            assert identity in neighbours[other] or len(neighbours[other]) >= 14
    assert any(neighbours.values())


def test_what_happened_at_one_bridge_is_listed_newest_first(atlantis):
    walker = atlantis.records["2001-05-04-reed-bridge-walker"]
    found = same_place(walker, atlantis)
    assert "2003-07-reed-bridge-flare" in ids(found)
    dates = [record.date or "" for record in found]
    assert dates == sorted(dates, reverse=True)


def test_a_record_without_a_point_has_no_place_to_share(atlantis):
    assert same_place(atlantis.records["coral-line"], atlantis) == []
    assert same_place(atlantis.records["1970-fog-rafts"], atlantis) == []


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_before_and_after_lead_through_all_of_a_kind_and_back(name, request):
    atlas = request.getfixturevalue(name)
    chains = defaultdict(list)
    for record in atlas.records.values():
        if record.kind in DATED and record.date:
            chains[record.kind, record.direction].append(record)
    assert chains
    for chain in chains.values():
        (start,) = (r for r in chain if not timely(r, atlas)[0])
        walked = [start]
        while after := timely(walked[-1], atlas)[1]:
            (step,) = after
            assert ids(timely(step, atlas)[0]) == [walked[-1].id]
            assert walked[-1].date <= step.date
            walked.append(step)
        assert sorted(ids(walked)) == sorted(ids(chain))


def test_what_has_no_date_is_in_no_order(atlas):
    for record in atlas.records.values():
        if record.kind not in DATED or not record.date:
            assert timely(record, atlas) == ([], [])
