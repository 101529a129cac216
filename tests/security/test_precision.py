"""No artefact tells a place more exactly than the file it was made from."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest

from borderviz.content import read
from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.render.map_data import base_data, words_data
from borderviz.render.record_html import record_html
from borderviz.render.web_files import symbol_paths
from borderviz.validate_harm import _is_meant
from export.conftest import taken
from export.reading import csv_rows, read_back
from markup import parsed

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"(?<![\w./-])-?\d+\.(\d+)(?![\w./-])")
FORMS = ("geojson", "gpkg", "parquet", "kml")


def restricted(atlas):
    """Every record that a rule to do no harm is about."""
    lang = atlas.settings.default_language
    return {
        record.id: record
        for record in atlas.records.values()
        if any(_is_meant(rule, record, lang) for rule in atlas.settings.finest)
    }


def decimals(values):
    """The most decimals that any of some numbers is written with."""
    parts = (repr(float(value)).partition(".")[2] for value in values)
    return max((0 if part == "0" else len(part) for part in parts), default=0)


def own(record, atlas):
    """The numbers of a record's own place, as they stand in its file."""
    found = list(atlas.positions.get(record.id, ()))
    for name in (record.id, *record.geometry):
        shape = atlas.shapes.get(name)
        if shape is not None:
            parts = getattr(shape, "geoms", [shape])
            found += [v for part in parts for xy in part.coords for v in xy]
    return found


def most(record, atlas):
    """How finely anything may speak of a record: as its file does, and 0.1 km."""
    return max(decimals(own(record, atlas)), 1)


def fine(text, digits):
    """The numbers of a text that are finer than they may be."""
    return [m[0] for m in NUMBER.finditer(text) if len(m[1]) > digits]


@pytest.fixture(params=["atlas", "atlantis"])
def any_atlas(request):
    return request.getfixturevalue(request.param)


def everything(atlas):
    return f"layers={'.'.join(layer.id for layer in atlas.settings.layers)}"


def test_the_scan_would_notice(atlas):
    assert len(restricted(atlas)) > 50
    assert fine("at 38.12345, 127.5 or 12.3 km", 3) == ["38.12345"]
    record = next(iter(restricted(atlas).values()))
    assert decimals(own(record, atlas)) < 6


@pytest.mark.parametrize("form", FORMS)
def test_no_artefact_is_finer_than_the_file(form, any_atlas, tmp_path):
    """Taken along: each place is the file's own, to the last digit."""
    records = restricted(any_atlas)
    raw, _ = taken(form, any_atlas, everything(any_atlas), scope="layers")
    seen = set()
    for identity, shape in read_back(form, raw, tmp_path):
        if identity not in records or shape is None or shape.is_empty:
            continue
        seen.add(identity)
        given = own(records[identity], any_atlas)
        for part in getattr(shape, "geoms", [shape]):
            for x, y, *_ in part.coords:
                assert x in given, identity
                assert y in given, identity
    assert len(seen) > len(records) / 2


def test_no_table_is_finer_than_the_file(any_atlas):
    records = restricted(any_atlas)
    raw, _ = taken("csv", any_atlas, everything(any_atlas), scope="layers")
    rows = [row for row in csv_rows(raw) if row["id"] in records]
    assert rows
    for row in rows:
        digits = most(records[row["id"]], any_atlas)
        cells = [cell for name, cell in row.items() if "http" not in str(cell)]
        assert fine(" ".join(map(str, cells)), digits) == [], row["id"]


def test_no_panel_is_finer_than_the_file(any_atlas):
    for lang in any_atlas.settings.languages:
        for record in restricted(any_atlas).values():
            view = default_view(any_atlas).with_(lang=lang, selected=record.id)
            context = Context(any_atlas, view)
            markup = parsed(record_html(record, context))
            near = [
                text
                for text in fine(markup.text, most(record, any_atlas))
                for value in own(record, any_atlas)
                if abs(float(text) - value) < 1
            ]
            assert near == [], record.id


def test_the_map_gets_nothing_finer_than_the_file(any_atlas):
    records = restricted(any_atlas)
    lang = any_atlas.settings.default_language
    sent = [base_data(any_atlas, symbol_paths()), words_data(any_atlas, lang)]
    seen = 0
    for found in walk(sent):
        record = records.get(str(found.get("id")))
        if record is None:
            continue
        seen += 1
        numbers = [v for v in floats(found) if v != int(v)]
        assert decimals(numbers) <= most(record, any_atlas), record.id
    assert seen >= len(records) / 2


def walk(value):
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from walk(inner)


def floats(value):
    """Every number with a fraction in a document."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from floats(inner)


@pytest.mark.parametrize(
    "field", ["exact_location", "lat", "raw_coordinates", "gps", "private_note"]
)
def test_no_record_can_hide_a_finer_place(atlantis_copy, field):
    """A field that nobody shows is shipped all the same, so there is none."""
    path = atlantis_copy / "crossings.geojson"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["features"][0]["properties"][field] = "31.123456, -38.654321"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert [p.field for p in read(atlantis_copy)[1]] == [field]


SAID = {"Title", "Description", "Source", "Copyright", "Software"}
PICTURES = sorted(
    path
    for folder in ("docs", "geodata", "src")
    for path in (ROOT / folder).rglob("*")
    if path.suffix.lower() in {".png", ".jpg", ".jpeg", ".webp", ".tif", ".gif"}
)


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_no_picture_says_where_or_on_what_it_was_made(path):
    """PNG only; of its parts those that draw, and what our own pictures say."""
    raw = path.read_bytes()
    assert raw.startswith(b"\x89PNG")
    at = 8
    while at < len(raw):
        length, kind = struct.unpack(">I4s", raw[at : at + 8])
        assert kind not in {b"eXIf", b"zTXt", b"iTXt", b"tIME"}
        if kind == b"tEXt":
            name = raw[at + 8 : at + 8 + length].partition(b"\0")[0]
            assert name.decode() in SAID
        at += length + 12
