"""A folder into an atlas: all or nothing to show, and a version of the data."""

from __future__ import annotations

import pytest

from borderviz.content import content_files, fingerprint, load, read
from borderviz.errors import ContentError


def test_the_invented_atlas_has_something_of_every_kind(atlantis):
    kinds = {record.kind for record in atlantis.records.values()}
    assert kinds == {
        *("crossing", "incident", "authorised", "crossing-point", "site", "route"),
        *("fact", "event", "border", "zone", "sea-line"),
    }


def test_a_position_comes_from_the_geometry_or_from_the_table(atlantis):
    assert atlantis.positions["white-tower"] == (-38.8, 31.4)
    assert atlantis.positions["singing-fish"] == (-37.92, 30.62)
    assert "1970-fog-rafts" not in atlantis.positions
    assert atlantis.records["1970-fog-rafts"].extent == "at-sea"


def test_two_records_may_share_a_position(atlantis):
    walker, flare = "2001-05-04-reed-bridge-walker", "2003-07-reed-bridge-flare"
    assert atlantis.positions[walker] == atlantis.positions[flare]
    positions = list(atlantis.positions.values())
    assert len(positions) - len(set(positions)) == 1


def test_shapes_are_those_of_lines_zones_and_routes(atlantis):
    assert {name: shape.geom_type for name, shape in atlantis.shapes.items()} == {
        "coral-line": "LineString",
        "lethe": "LineString",
        "foam-line": "LineString",
        "quiet-zone": "Polygon",
        "raft-route": "MultiPoint",
    }


def test_nothing_is_shown_while_anything_is_wrong(atlantis_copy):
    (atlantis_copy / "facts.toml").unlink()
    atlas, problems = read(atlantis_copy)
    assert atlas is not None
    with pytest.raises(ContentError) as raised:
        load(atlantis_copy)
    assert raised.value.problems == tuple(problems)


def test_the_fingerprint_changes_with_every_content_file_and_only_with_those(
    atlantis_copy, atlantis
):
    assert fingerprint(atlantis_copy) == atlantis.fingerprint
    (atlantis_copy / "notes.txt").write_text("not content", encoding="utf-8")
    assert fingerprint(atlantis_copy) == atlantis.fingerprint
    for path in content_files(atlantis_copy):
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert fingerprint(atlantis_copy) != atlantis.fingerprint
        path.write_bytes(before)


def test_the_fingerprint_looks_at_nothing_outside(atlantis_copy, atlantis):
    outside = atlantis_copy.parent / "outside.toml"
    outside.write_text("a = 1", encoding="utf-8")
    (atlantis_copy / "link.toml").symlink_to(outside)
    (atlantis_copy / "loop.toml").symlink_to(atlantis_copy / "loop.toml")
    assert fingerprint(atlantis_copy) == atlantis.fingerprint


def test_a_folder_that_is_not_there_is_told(tmp_path):
    for root in (tmp_path / "none", tmp_path / "none" / "deeper"):
        atlas, problems = read(root)
        assert atlas is None
        assert [(p.file, p.found) for p in problems] == [("atlas.toml", "no such file")]


def test_story_pages_and_corrections_are_content(atlantis_copy):
    names = {
        p.relative_to(atlantis_copy).as_posix() for p in content_files(atlantis_copy)
    }
    assert {
        *("atlas.toml", "corrections.toml", "pages/01-about.eo.md"),
        *("story/01-reed-bridge.en.md", "story/03-fog.en.md"),
    } <= names
    before = fingerprint(atlantis_copy)
    path = atlantis_copy / "story" / "03-fog.eo.md"
    path.write_text("", encoding="utf-8")
    assert fingerprint(atlantis_copy) != before


def test_the_fingerprint_knows_in_which_folder_a_file_is(atlantis_copy):
    before = fingerprint(atlantis_copy)
    page = atlantis_copy / "pages" / "01-about.eo.md"
    page.rename(atlantis_copy / "story" / page.name)
    assert fingerprint(atlantis_copy) != before


def test_corrections_are_read_in_the_order_of_their_file(atlantis):
    assert [found.date for found in atlantis.corrections] == [
        "2003-08-01",
        "2003-12-31",
    ]
    assert atlantis.corrections[0].records == []
    assert atlantis.corrections[1].sources == ["harbour-gazette-2003-07"]


def test_the_view_of_every_step_is_made_once(atlantis):
    assert list(atlantis.step_views) == [step.id for step in atlantis.story]
    assert atlantis.step_views is atlantis.step_views
