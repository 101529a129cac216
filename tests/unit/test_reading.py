"""Reading files of an atlas: what is parsed, what is refused, and never a way out."""

from __future__ import annotations

import json
import os

import pytest

from borderviz.reading import Folder

FEATURE = {
    "type": "Feature",
    "properties": {"id": "lake"},
    "geometry": {"type": "Point", "coordinates": [1.5, 2]},
}


@pytest.fixture
def folder(tmp_path):
    """An empty atlas folder, with a file beside it that it must not reach."""
    (tmp_path / "secret.toml").write_text("password = 'x'", encoding="utf-8")
    root = tmp_path / "atlas"
    root.mkdir()
    return Folder(root)


def write(folder, name, content):
    raw = content if isinstance(content, bytes) else content.encode()
    (folder.root / name).write_bytes(raw)


def only(folder):
    """The one problem that was noted, with all its parts filled."""
    (problem,) = folder.problems
    assert problem.found
    assert problem.allowed
    assert problem.cure
    return problem


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def test_text_is_read_as_utf8_and_a_signature_is_left_out(folder):
    write(folder, "a.toml", "\ufeffname = 'Ŝaŭmo'".encode())
    assert folder.toml("a.toml") == {"name": "Ŝaŭmo"}
    assert folder.problems == []


@pytest.mark.parametrize(
    "name", ["../secret.toml", "sub/../../secret.toml", "/etc/hostname", "link.toml"]
)
def test_no_name_leads_out_of_the_folder(folder, name):
    (folder.root / "link.toml").symlink_to(folder.root.parent / "secret.toml")
    assert folder.text(name) is None
    assert only(folder).found == "a path out of the atlas folder"
    assert only(folder).file == name


def test_a_link_that_stays_inside_is_followed(folder):
    write(folder, "a.toml", "a = 1")
    (folder.root / "b.toml").symlink_to(folder.root / "a.toml")
    assert folder.toml("b.toml") == {"a": 1}


def test_links_in_a_circle_are_told(folder):
    (folder.root / "a.toml").symlink_to(folder.root / "b.toml")
    (folder.root / "b.toml").symlink_to(folder.root / "a.toml")
    assert folder.text("a.toml") is None
    assert "links" in only(folder).found


def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder.root / "pipe.toml")
    assert folder.text("pipe.toml") is None
    assert only(folder).found == "a folder or a device"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("none.toml", "no such file"),
        ("", "a folder or a device"),
        (".", "a folder or a device"),
        ("a\0.toml", "a name that no file can have, or links in a circle"),
        ("\ud800.toml", "a name that no file can have, or links in a circle"),
        ("x" * 5000, "File name too long"),
        ("file.toml/inner.toml", "Not a directory"),
    ],
)
def test_a_file_that_cannot_be_there_is_told(folder, name, found):
    write(folder, "file.toml", "a = 1")
    assert folder.text(name) is None
    assert only(folder).found == found
    assert only(folder).file
    assert only(folder).file.isprintable()


@pytest.mark.parametrize(
    "raw",
    ["name = 'Ŝ'".encode("utf-16"), b"name = '\xff'", "이름 = 1".encode("euc-kr")],
    ids=["utf-16", "latin-1", "euc-kr"],
)
def test_a_file_in_another_encoding_is_told(folder, raw):
    write(folder, "a.toml", raw)
    assert folder.toml("a.toml") == {}
    assert "not UTF-8" in only(folder).found
    assert only(folder).cure == "Save the file as UTF-8."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "an empty file"),
        (" \n", "an empty file"),
        ('[{"id": "a"}', "line 1 column 13"),
        ("{}", "{}"),
        ("null", "null"),
        ('""', "''"),
        ('[{"id": "a", "id": "b"}]', "the key 'id' twice"),
        ("[" * 100_000, "recursion"),
        (f"[{'1' * 5000}]", "4300 digits"),
    ],
)
def test_what_is_not_a_json_list_is_told(folder, text, found):
    write(folder, "sources.json", text)
    assert folder.json("sources.json", list) is None
    assert found in only(folder).found
    assert only(folder).file == "sources.json"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "a file that says nothing"),
        ("# only a comment", "a file that says nothing"),
        ("a = 1\n[record", "table declaration"),
        ("a = 1\na = 2\n", "overwrite a value (at line 2"),
        ("a = " + "[" * 100_000, "recursion"),
        ("a = 1" + "0" * 5000, "4300 digits"),
    ],
)
def test_what_is_not_toml_is_told(folder, text, found):
    write(folder, "facts.toml", text)
    assert folder.tables("facts.toml", "record") == []
    assert found in only(folder).found.lower()


@pytest.mark.parametrize(
    "text", ["record = 1", "record = {a = 1}", "[record]\na = 1", "b = 1"]
)
def test_tables_that_are_no_list_are_told(folder, text):
    write(folder, "facts.toml", text)
    assert folder.tables("facts.toml", "record") == []
    assert only(folder).field in text
    assert "[[record]]" in only(folder).allowed


def test_a_number_no_map_can_hold_is_taken_out_and_told(folder):
    write(folder, "a.json", '[{"id": "lake", "sizes": [2, 1e999]}]')
    assert folder.json("a.json", list) == [{"id": "lake", "sizes": [2, None]}]
    assert (only(folder).record, only(folder).field) == ("lake", "0.sizes.1")


def test_a_feature_is_read_as_id_properties_and_geometry(folder):
    write(folder, "a.geojson", collection(FEATURE, {**FEATURE, "geometry": None}))
    (placed, bare) = folder.features("a.geojson")
    assert placed[:2] == ("lake", {"id": "lake"})
    assert (placed[2].x, placed[2].y) == (1.5, 2)
    assert bare[2] is None
    assert folder.problems == []


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        json.dumps(FEATURE),
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": {"a": 1}}',
        collection(FEATURE, crs={"type": "name"}),
        collection(crs=None),
    ],
)
def test_what_is_no_feature_collection_is_told(folder, text):
    write(folder, "a.geojson", text)
    assert folder.features("a.geojson") == []
    assert only(folder).file == "a.geojson"


@pytest.mark.parametrize(
    "item", [None, 1, "a", [], {}, {**FEATURE, "type": "Point"}, {"type": "Feature"}]
)
def test_what_is_no_feature_is_told_and_the_others_are_kept(folder, item):
    write(folder, "a.geojson", collection(FEATURE, item, FEATURE))
    assert len(folder.features("a.geojson")) == 2
    assert only(folder).record == "#2"


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [31, -138.9]},
        {"type": "Point", "coordinates": [181, 0]},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [1]},
        {"type": "Point", "coordinates": [1, 2, 3, 4]},
        {"type": "Point", "coordinates": ["1", "2"]},
        {"type": "Point", "coordinates": [True, False]},
        {"type": "Point", "coordinates": [None, 2]},
        {"type": "Point", "coordinates": "12"},
        {"type": "Point"},
        {"type": "point", "coordinates": [1, 2]},
        {"type": ["Point"], "coordinates": [1, 2]},
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "LineString", "coordinates": [[1, 2]]},
        {"type": "LineString", "coordinates": [[1, 2], [3]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "MultiPolygon", "coordinates": [[]]},
        [1, 2],
        {},
    ],
    ids=lambda geometry: json.dumps(geometry)[:60],
)
def test_a_geometry_that_cannot_be_drawn_is_told(folder, geometry):
    write(folder, "a.geojson", collection({**FEATURE, "geometry": geometry}))
    assert folder.features("a.geojson") == [("lake", {"id": "lake"}, None)]
    assert (only(folder).record, only(folder).field) == ("lake", "geometry")


def test_a_shape_that_crosses_itself_is_told_with_the_place(folder):
    bow_tie = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]],
    }
    write(folder, "a.geojson", collection({**FEATURE, "geometry": bow_tie}))
    folder.features("a.geojson")
    assert only(folder).found == "Polygon: Self-intersection[1 1]"


def test_a_message_cannot_steer_a_terminal(folder):
    folder.problem("a\x1b[2J", "\u202e", "\n", found="\x07", allowed="b", cure="c")
    assert str(only(folder)).isprintable()
    assert "\\x1b[2J" in only(folder).file
