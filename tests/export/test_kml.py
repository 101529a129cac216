"""KML: well-formed, safe to show, with times, colours, sources and licences."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree

from borderviz.dates import PartialDate
from borderviz.export.kml import kml_colour
from borderviz.export.table import SCOPES
from borderviz.theme import load_theme
from markup import parsed

from .conftest import taken

KML = "{http://www.opengis.net/kml/2.2}"
ACTIVE = {"script", "iframe", "object", "embed", "img", "svg", "link", "style", "a"}


def root_of(atlas, query="", *, scope="layers"):
    raw, export = taken("kml", atlas, query, scope=scope)
    return ElementTree.fromstring(raw), export


def data_of(node):
    return {
        item.get("name"): item.findtext(f"{KML}value")
        for item in node.findall(f"{KML}ExtendedData/{KML}Data")
    }


@pytest.mark.parametrize("scope", SCOPES)
def test_it_is_well_formed_and_has_a_placemark_for_each_record(any_atlas, scope):
    root, export = root_of(any_atlas, scope=scope)
    assert root.tag == f"{KML}kml"
    marks = root.findall(f".//{KML}Placemark")
    assert sorted(data_of(m)["id"] for m in marks) == sorted(
        record.id for record in export.records
    )


def test_no_balloon_does_anything(any_atlas):
    root, _ = root_of(any_atlas)
    texts = [node.text or "" for node in root.iter(f"{KML}description")]
    assert len(texts) > 5
    for text in texts:
        names = {node.name for node in parsed(text).all()}
        assert not names & ACTIVE
        assert not [x for node in parsed(text).all() for x in node.attributes]
        assert "$[" not in text
    tags = {node.tag.removeprefix(KML) for node in root.iter()}
    assert not tags & {"NetworkLink", "href", "Icon", "Link", "Url", "GroundOverlay"}


def test_every_balloon_has_the_text_and_its_sources(atlas):
    root, _ = root_of(atlas, scope="events")
    for mark in root.iter(f"{KML}Placemark"):
        record = atlas.records[data_of(mark)["id"]]
        shown = parsed(mark.findtext(f"{KML}description"))
        words = " ".join(shown.text.split())
        assert " ".join(record.statements[0].text["en"].split()) in words
        for identity in record.sources:
            assert f"[{identity}]" in words


def test_a_day_is_a_moment_and_all_else_a_span(atlas):
    root, _ = root_of(atlas, scope="events")
    kinds = set()
    for mark in root.iter(f"{KML}Placemark"):
        record = atlas.records[data_of(mark)["id"]]
        first = PartialDate.parse(record.date)
        last = PartialDate.parse(record.date_end or record.date)
        when = mark.findtext(f"{KML}TimeStamp/{KML}when")
        begin = mark.findtext(f"{KML}TimeSpan/{KML}begin")
        end = mark.findtext(f"{KML}TimeSpan/{KML}end")
        if when:
            assert record.date == when
            assert begin is None
        else:
            assert (begin, end) == (first.first.isoformat(), last.last.isoformat())
        kinds.add((first.precision, bool(record.date_end), bool(when)))
    assert {("day", False, True), ("month", False, False)} <= kinds


def test_colours_are_those_of_the_theme(atlas):
    root, export = root_of(atlas)
    theme = {kml_colour(token) for token in load_theme().light.values()}
    used = {node.text for node in root.iter(f"{KML}color")}
    assert {f"ff{colour[2:]}" for colour in used} <= {f"ff{c[2:]}" for c in theme}
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    assert {node.text for node in root.iter(f"{KML}styleUrl")} == styles
    assert len(styles) == len({export.context.style_of(r) for r in export.records})


def test_a_colour_is_written_from_its_end():
    assert kml_colour("c44e00") == "ff004ec4"
    assert kml_colour("c44e00", alpha="7f") == "7f004ec4"
    assert kml_colour("00000033") == "33000000"


def test_the_document_names_licences_and_whom_to_name(atlas):
    document = root_of(atlas)[0].find(f"{KML}Document")
    told = data_of(document)
    assert told["license"] == "CC-BY-4.0 AND ODbL-1.0"
    assert told["data_version"] == atlas.fingerprint
    assert "© OpenStreetMap contributors" in told["attribution"]
    words = parsed(document.findtext(f"{KML}description")).text
    assert "CC-BY-4.0 AND ODbL-1.0" in words
    assert "© OpenStreetMap contributors" in words
