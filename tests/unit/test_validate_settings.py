"""Each rule over settings, styles and files, on a copy that breaks it."""

from __future__ import annotations

import shutil

import pytest

from borderviz.content import read

FILES = [
    *("atlas.toml", "styles.toml", "sources.json", "borders.toml", "facts.toml"),
    *("timeline.toml", "sectors.toml", "arrivals.toml", "crossings.geojson"),
    *("crossing-points.geojson", "sites.geojson", "routes.geojson", "lines.geojson"),
    *("zones.geojson", "land.geojson", "land-far.geojson", "places.geojson"),
    *("labels.geojson", "questions.toml", "corrections.toml"),
]


def told(problems, file, field):
    """The problem at one place, complete."""
    found = [p for p in problems if (p.file, p.field) == (file, field)]
    assert len(found) == 1, [str(p) for p in problems]
    assert all((found[0].found, found[0].allowed, found[0].cure))
    return found[0]


def test_this_list_of_files_is_complete(atlantis_copy):
    found = {path.name for path in atlantis_copy.iterdir() if path.is_file()}
    assert found == set(FILES)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda path: path.unlink(), "no such file"),
        (lambda path: path.write_bytes(b""), ""),
        (lambda path: path.write_bytes(b"\xff\xfe" + path.read_bytes()), "not UTF-8"),
        (lambda path: path.write_bytes(path.read_bytes()[:-20]), ""),
        (lambda path: path.write_bytes(b"\0" * 64), ""),
        (lambda path: (path.unlink(), path.mkdir()), "a folder or a device"),
        (lambda path: (path.unlink(), path.symlink_to("/etc/hostname")), "out of the"),
    ],
    ids=["missing", "empty", "utf-16", "cut-off", "noughts", "folder", "link-out"],
)
def test_a_file_that_cannot_be_used_is_told(atlantis_copy, name, damage, found):
    damage(atlantis_copy / name)
    atlas, problems = read(atlantis_copy)
    mine = [p for p in problems if p.file == name]
    assert mine
    assert found in mine[0].found
    assert all(p.found and p.allowed and p.cure for p in problems)
    assert (atlas is None) == (name == "atlas.toml")


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ('id = "atlantis"', 'id = "At Lantis"', "id", "At Lantis"),
        ('metric_crs = "EPSG:32624"', "", "metric_crs", "nothing"),
        ("zoom = 8", "zoom = 99", "view.zoom", "99"),
        ("zoom = 8", "zoom = 8, pitch = 3", "view.pitch", "3"),
        ('{en = "English", eo = "Esperanto"}', "{}", "languages", "{}"),
        ("latest = {", "last = {", "last", "{"),
        ('["site"]', '["sight"]', "layers.9.kinds.0", "sight"),
        ('l = "wave"', 'l = "fish"', "vocabulary.mode.dolphin.symbol", "fish"),
        ("turn = 180", "turn = 360", "vocabulary.direction.down.turn", "360"),
        ("km = 60", "km = 1e999", "no_point_from_km", "inf"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_told(edit_text, old, new, field, found):
    problems = edit_text("atlas.toml", old, new)
    assert {p.file for p in problems} == {"atlas.toml"}
    assert any(p.field == field and found in p.found for p in problems)


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ('eo = "Esperanto"', 'qx = "Qx"', "languages.qx", "qx = 'Qx'"),
        ('eo = "Esperanto"', '"../eo" = "Eo"', "languages.../eo", "../eo"),
        ('eo = "Esperanto"', 'eo = ""', "languages.eo", "eo = ''"),
        ("EPSG:32624", "EPSG:999999", "metric_crs", "999999"),
        ("EPSG:32624", "EPSG:4326", "metric_crs", "4326"),
        ("[-46, 25, -31, 37]", "[-31, 25, -46, 37]", "bounds", "[-31.0, 25.0"),
        ("[-46, 25, -31, 37]", "[-460, 25, -31, 37]", "bounds", "[-460.0"),
        ("lat = 31.3, lon = -38.6", "lat = -38.6, lon = 31.3", "view", "lat -38.6"),
        ('"example.net"', '"https://example.net/"', "link_hosts.1", "https"),
        ('"example.net"', '"Example.net"', "link_hosts.1", "Example"),
        ('group = "lines"', 'group = "line"', "group", "line"),
        ('style = "wall"', 'style = "coral"', "style", "coral"),
        ('directions = ["up"]', 'directions = ["side"]', "directions", "side"),
        ('directions = ["down"]', 'directions = ["side"]', "latest.directions", "side"),
        ('"quiet-zone"]', '"quite-zone"]', "records", "quite-zone"),
        ('record = "arrivals-2003"', 'record = "far"', "numbers.1.record", "far"),
        ('id = "events"', 'id = "lines"', "groups.id", "2 entries"),
        ('id = "up"', 'id = "down"', "layers.id", "2 entries"),
        ("subtitle = {en", "subtitle = {xx", "subtitle", "eo, xx"),
        ('{en = "Nothing here is real."}', '{eo = "Nenio."}', "reading.1", "eo"),
        ("raft = {name = {en", "raft = {name = {xx", "vocabulary.mode.raft.name", "xx"),
    ],
)  # fmt: skip
def test_settings_that_name_what_is_not_there_are_told(
    edit_text, old, new, field, found
):
    problems = edit_text("atlas.toml", old, new)
    assert found in told(problems, "atlas.toml", field).found


def test_bounds_that_are_no_box_do_not_blame_the_records(edit_text):
    problems = edit_text("atlas.toml", "[-46, 25, -31, 37]", "[-31, 25, -46, 37]")
    assert {p.file for p in problems} == {"atlas.toml"}


@pytest.mark.parametrize(
    ("old", "new", "record", "field", "found"),
    [
        ('token = "zone"', 'token = "crimson"', "wall", "token", "crimson"),
        ('form = "band"', 'form = "bend"', "band", "form", "bend"),
        ("weight = 3.0", "weight = 300.0", "wall", "weight", "300"),
        ("[wall]", "wall = 3\n[wal]", "wall", "", "3"),
        ("[wall]", "[[wall]]", "wall", "", "token"),
    ],
)
def test_a_style_that_cannot_be_drawn_is_told(
    edit_text, old, new, record, field, found
):
    problems = edit_text("styles.toml", old, new)
    mine = [p for p in problems if p.file == "styles.toml" and p.record == record]
    assert found in told(mine, "styles.toml", field).found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("../outside/facts.toml", "a path out of the atlas folder"),
        ("/etc/hostname", "a path out of the atlas folder"),
        ("\\u0000", "a name that no file can have, or links in a circle"),
    ],
)
def test_settings_cannot_name_a_file_elsewhere(edit_text, atlantis_copy, name, found):
    shutil.copytree(atlantis_copy, atlantis_copy.parent / "outside")
    problems = edit_text("atlas.toml", '"facts.toml"', f'"{name}"')
    assert problems[0].found == found
    atlas, _ = read(atlantis_copy)
    assert "arrivals-2003" not in atlas.records


def test_missing_settings_stop_the_reading_with_a_problem(atlantis_copy):
    (atlantis_copy / "atlas.toml").write_text("", encoding="utf-8")
    atlas, problems = read(atlantis_copy)
    assert atlas is None
    assert [p.file for p in problems] == ["atlas.toml"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('query = "dir=down&mode=foot"', 'query = "dir=sideways"', "presets.0.query"),
        ('query = "dir=down&mode=foot"', 'query = ""', "presets.0.query"),
        ('query = "dir=down&mode=foot"', 'query = "sel=nobody"', "presets.0.query"),
        (
            'query = "kind=crossing&dir=down"',
            'query = "kind=crossing&from=soon"',
            "known_counts.0.query",
        ),
        (
            'record = "2002-03-01-choir"\nlabel',
            'record = "2002-03-01-quire"\nlabel',
            "turning_points.0.record",
        ),
        (
            'record = "2002-03-01-choir"\nlabel',
            'record = "coral-line"\nlabel',
            "turning_points.0.record",
        ),
        (
            'record = "arrivals-2003"\nlabel = {en = "People who',
            'record = "arrivals-2004"\nlabel = {en = "People who',
            "known_counts.0.record",
        ),
    ],
)
def test_prepared_views_and_names_of_the_timeline_are_checked(
    edit_text, old, new, field
):
    (problem,) = edit_text("atlas.toml", old, new)
    assert problem.file == "atlas.toml"
    assert problem.field == field
    assert problem.cure
