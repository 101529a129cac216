"""The table: what the page's table twin and panel show, in columns with types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from borderviz.content import load
from borderviz.dates import PartialDate
from borderviz.export.cells import citation, one_line
from borderviz.export.columns import COLUMNS
from borderviz.export.readme import column_key
from borderviz.export.table import chosen, table
from borderviz.permalink import decode_query, default_view
from borderviz.render.context import Context
from borderviz.render.table_html import sorted_records
from borderviz.render.where_html import along_parts
from borderviz.selection import select
from borderviz.texts import catalogue
from markup import parsed
from pseudo import LANG, pseudo_copy

from .conftest import ADDRESS, made, view_of

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"


def rows(atlas, query="", *, scope="layers"):
    frame = made(atlas, query, scope=scope).frame
    return {row["id"]: row for row in frame.to_dict("records")}


@pytest.mark.parametrize("sort", ["", "-date", "title", "-people", "sure"])
def test_the_events_are_those_of_the_table_twin_in_its_order(sort, atlas):
    view = view_of(atlas, "mode=foot").with_(sort=sort)
    twin = sorted_records(select(atlas, view).records, sort, Context(atlas, view))
    assert list(chosen(atlas, view)) == twin
    assert list(chosen(atlas, view, scope="layers"))[: len(twin)] == twin


def test_layers_that_are_off_give_nothing(atlas):
    off = view_of(atlas, "layers=none")
    assert chosen(atlas, off, scope="layers") == ()
    sites = chosen(atlas, view_of(atlas, "layers=sites"), scope="layers")
    assert {record.kind for record in sites} == {"site"}


def test_every_field_that_the_panel_shows_is_a_column(atlas):
    """By name; the others are told in another way, and that is said here."""
    elsewhere = {
        "gist": "summary",
        "name": "named",
        "statements": "text",
        "stated": "stated_km",
        "at": "lat",
        "geometry": "measured_km",
        "style": "layer",
    }
    record = next(iter(atlas.records.values()))
    for name in type(record).model_fields:
        assert elsewhere.get(name, name) in COLUMNS, name


def test_values_are_those_of_the_record(any_atlas):
    context = made(any_atlas).context
    for identity, row in rows(any_atlas).items():
        record = any_atlas.records[identity]
        assert row["kind"] == record.kind
        assert row["title"].startswith(one_line(context.plain(record.title)))
        assert row["source_count"] == len(record.sources)
        assert (row["date"] or None) == record.date
        if record.date:
            assert row["date_precision"] == PartialDate.parse(record.date).precision
        if identity in any_atlas.positions:
            assert (row["lon"], row["lat"]) == any_atlas.positions[identity]
        for statement in record.statements:
            assert one_line(context.plain(statement.text)) in row["text"]
            assert f"[{'; '.join(statement.sources)}]" in row["text"]
        for source in record.sources:
            assert f"[{source}]" in row["citations"]
        assert set(row["sources"].split("; ")) >= set(record.sources)
        assert row["data_version"] == any_atlas.fingerprint


def test_kilometres_are_those_of_the_panel(atlas):
    context = made(atlas).context
    found = 0
    for identity, row in rows(atlas, scope="events").items():
        record = atlas.records[identity]
        said = parsed("".join(along_parts(record, context))).text.replace(",", "")
        if not said:
            assert row["border"] is None or row["border"] != row["border"]
            continue
        assert "-" not in row["km_ranges"]
        for number in re.findall(r"\d+(?:\.\d+)?", row["km_ranges"]):
            assert f"{float(number):g}" in said
        if row["distance_km"] == row["distance_km"]:
            assert f"{row['distance_km']:g} km" in said
            found += 1
        if record.location_derived:
            assert row["distance_km"] != row["distance_km"]
            assert row["side"] is None or row["side"] != row["side"]
    assert found > 100


def test_a_distance_is_never_finer_than_the_lines_differ(atlas):
    for row in rows(atlas).values():
        distance = row["distance_km"]
        if distance == distance:
            assert distance >= 0.1
            assert round(distance, 1) == distance


def test_ids_are_the_same_in_every_language_and_labels_are_not(atlas):
    english, korean = rows(atlas), rows(atlas, "lang=ko")
    assert list(english) == list(korean)
    for one, other in zip(english.values(), korean.values(), strict=True):
        for name in ("kind", "layer", "direction", "mode", "who", "area", "border"):
            assert str(one[name]) == str(other[name])
        assert one["kind_label"] != other["kind_label"]
        assert (one["language"], other["language"]) == ("en", "ko")


def test_a_text_in_another_language_says_in_which(atlantis):
    found = rows(atlantis, "lang=eo")
    marked = [r["text"] for r in found.values() if "[" in r["text"]]
    assert any("English" in text for text in marked)


def test_ties_name_no_event_outside_the_table(atlas):
    query = "mode=boat"
    ids = set(made(atlas, query).selection.ids)
    hidden = select(atlas, view_of(atlas, query)).hidden
    named = set()
    for row in rows(atlas, query, scope="events").values():
        if isinstance(row["related"], str):
            named |= set(re.findall(r": ([^;]+)", row["related"]))
    assert named & ids
    assert not named & hidden


def test_a_link_opens_the_record(any_atlas):
    for identity, row in rows(any_atlas).items():
        assert row["link"].startswith(ADDRESS)
        query = dict(x.split("=", 1) for x in row["link"].split("?", 1)[1].split("&"))
        found = decode_query(
            "&".join(f"{k}={v}" for k, v in query.items()), any_atlas, ()
        )
        assert found.view.selected == identity
    bare = made(any_atlas, address="").frame["link"]
    assert bare.str.startswith("?v=1&").all()


def test_an_address_is_written_only_where_it_may_be_linked(atlas):
    export = made(atlas, scope="layers")
    sources = export.sources
    told = {ref.source.id: citation(ref) for ref in sources.values()}
    linked = [i for i, ref in sources.items() if ref.url]
    barred = [i for i, ref in sources.items() if ref.source.URL and not ref.url]
    assert linked
    assert all(told[i].endswith(sources[i].url) for i in linked)
    assert not [i for i in barred if sources[i].source.URL in told[i]]


def test_a_table_of_no_record_has_all_columns_and_types(atlantis):
    context = Context(atlantis, default_view(atlantis))
    empty, full = table([], context), made(atlantis).frame
    assert list(empty.columns) == list(full.columns) == [*COLUMNS, "geometry"]
    assert empty.dtypes.astype(str).to_dict() == full.dtypes.astype(str).to_dict()
    assert empty.crs == "EPSG:4326"


def test_a_third_language_is_spoken_throughout(atlantis, tmp_path):
    pseudo = load(pseudo_copy(atlantis.root, tmp_path / "pseudo"))
    found = rows(pseudo, f"lang={LANG}")
    for row in found.values():
        for name in ("kind_label", "title", "layer_label"):
            assert "⟦" in row[name], (name, row[name])


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_column_is_explained(lang):
    wanted = {column_key(n) for n in COLUMNS if not n.endswith("_label")}
    said = {key for key in catalogue(lang) if key.startswith("export-col-")}
    assert said == wanted


def test_the_document_lists_the_columns_in_order_with_their_types():
    section = DOCS.read_text("utf-8").split("## Columns")[1].split("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \| (\w+) \| \S", section, re.M)
    assert listed == [(name, column.type) for name, column in COLUMNS.items()]
