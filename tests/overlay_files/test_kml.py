"""KML and KMZ: what a Placemark says, and what it points to, which is left alone."""

from __future__ import annotations

import codecs
import zipfile

import pytest

from .files import (
    column,
    keys,
    kml,
    placemark,
    read,
    refusal,
    told,
    zipped,
)

DATA = """
<TimeStamp><when>2019-05</when></TimeStamp>
<ExtendedData><Data name="kind"><displayName>K</displayName><value>x</value></Data>
<SchemaData schemaUrl="#s"><SimpleData name="n">7</SimpleData></SchemaData>
</ExtendedData><Point><coordinates> 127.1,38.1,0 </coordinates></Point>
"""
RING = "127,38 128,38 128,39 127,39 127,38"


def shape(name, inner):
    return placemark(f"<{name}>{inner}</{name}>")


def boundary(side, positions):
    ring = f"<LinearRing><coordinates>{positions}</coordinates></LinearRing>"
    return f"<{side}BoundaryIs>{ring}</{side}BoundaryIs>"


def test_placemarks_become_rows():
    table = read(kml(f"<Folder>{placemark(DATA)}</Folder>{placemark()}"), "a.kml")
    assert (table.form, table.numbers.tolist()) == ("kml", [1, 2])
    assert table.columns == ("name", "when", "kind", "n")
    assert table.cells == (
        ("A", "A"),
        ("2019-05", None),
        ("x", None),
        ("7", None),
    )
    assert table.shapes[0].coords[0] == (127.1, 38.1)
    assert table.notes == ()


def test_a_span_of_time():
    span = "<TimeSpan><begin>2019</begin><end>2020</end></TimeSpan>"
    table = read(kml(placemark(span)), "a.kml")
    assert table.columns == ("name", "begin", "end")
    assert table.shapes[0] is None


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        (shape("LineString", "<coordinates>127,38 128,38</coordinates>"), "LineString"),
        (shape("LinearRing", f"<coordinates>{RING}</coordinates>"), "LineString"),
        (shape("Polygon", boundary("outer", RING)), "Polygon"),
        (
            shape(
                "MultiGeometry",
                "<Point><coordinates>1,2</coordinates></Point>"
                "<Point><coordinates>3,4</coordinates></Point>",
            ),
            "GeometryCollection",
        ),
        (
            placemark(
                '<x:Track xmlns:x="http://www.google.com/kml/ext/2.2">'
                "<when>2019</when><x:coord>127 38 0</x:coord>"
                "<x:coord>128 38 0</x:coord></x:Track>"
            ),
            "LineString",
        ),
    ],
)
def test_every_kind_of_geometry(inner, kind):
    table = read(kml(inner), "a.kml")
    assert (table.shapes[0].geom_type, table.problems) == (kind, ())


def test_a_hole_in_a_polygon():
    hole = "127.2,38.2 127.4,38.2 127.4,38.4 127.2,38.2"
    inner = shape("Polygon", boundary("inner", hole) + boundary("outer", RING))
    assert len(read(kml(inner), "a.kml").shapes[0].interiors) == 1


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        (shape("Point", "<coordinates>127.1</coordinates>"), "no-numbers"),
        (shape("Point", "<coordinates>x,y</coordinates>"), "no-numbers"),
        (shape("Point", "<coordinates>1_2,3_4</coordinates>"), "no-numbers"),
        (shape("Point", "<coordinates>nan,38</coordinates>"), "no-numbers"),
        (shape("Point", "<coordinates>127,38 128,38</coordinates>"), "no-numbers"),
        (shape("Point", "<coordinates>127,91</coordinates>"), "off-earth"),
        (shape("Point", "<coordinates>38,127</coordinates>"), "swapped"),
        (shape("LineString", "<coordinates>127,38</coordinates>"), "short"),
        (shape("Model", "<Link><href>http://127.0.0.1/</href></Link>"), "geometry"),
    ],
)
def test_a_geometry_that_is_wrong_is_told(inner, reason):
    table = read(kml(placemark() * 2 + inner), "a.kml")
    assert told(table) == [(3, f"file-{reason}")]


def test_coordinates_with_spaces_behind_commas():
    inner = shape("Point", "<coordinates>127.1, 38.1, 0</coordinates>")
    assert read(kml(inner)).shapes[0].coords[0] == (127.1, 38.1)


def test_a_height_is_left_out_unless_it_is_none():
    inner = shape("Point", "<coordinates>127.1,38.1,20</coordinates>")
    table = read(kml(placemark(DATA) + inner), "a.kml")
    assert [note.values for note in table.notes] == [{"count": 1}]
    assert not table.shapes[1].has_z


def test_links_are_not_followed():
    links = "<NetworkLink><Link><href>http://127.0.0.1/a</href></Link></NetworkLink>"
    links += (
        "<GroundOverlay><Icon><href>file:///etc/passwd</href></Icon></GroundOverlay>"
    )
    table = read(kml(links + placemark()), "a.kml")
    assert [(n.key, n.values) for n in table.notes] == [("file-links", {"count": 2})]
    assert refusal(kml(links), "a.kml").key == "file-only-links"


def test_an_element_that_is_no_text_is_passed_over():
    table = read(kml(f"<!-- a --><?b c?>{placemark('<!-- d -->')}"), "a.kml")
    assert len(table.numbers) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<kml>", "file-broken-line"),
        (kml(placemark())[:-9], "file-broken-line"),
        ('<?xml version="1.0" encoding="nonsense"?><kml/>', "file-broken"),
        ('<?xml version="1.0" encoding="euc-kr"?><kml/>', "file-broken"),
        ("<kml/>", "file-no-rows"),
        (kml(""), "file-no-rows"),
        ("<html><body></body></html>", "file-xml"),
        ("<kml>" + "<a>" * 40 + "</a>" * 40 + "</kml>", "file-depth"),
        ("<kml>" + "<a>" * 200_000 + "</a>" * 200_000 + "</kml>", "file-depth"),
    ],
)
def test_what_is_no_kml(text, reason):
    assert refusal(text, "a.kml").key == reason


def test_a_kmz_holds_a_kml():
    picture = ("files/a.png", b"\x89PNG")
    table = read(zipped([picture, ("doc.kml", kml(placemark()))]), "a.kmz")
    assert (table.form, column(table, "name"), table.notes) == ("kmz", ["A"], ())


def test_the_first_document_of_several_is_read():
    several = [("x.kml", kml(placemark())), ("doc.kml", kml(placemark(name="B")))]
    table = read(zipped(several), "a.kmz")
    assert column(table, "name") == ["B"]
    assert keys(table.notes) == ["file-documents"]


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10)
)


@pytest.mark.parametrize(
    "head",
    [
        f"<!DOCTYPE kml [{LAUGHS}]>",
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
        '<!DOCTYPE kml [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>',
        '<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE kml PUBLIC "-//x//y" "http://127.0.0.1:9/x.dtd">',
        f'<!DOCTYPE kml [<!ENTITY x "{"x" * 50_000}">]>',
        "<!DOCTYPE kml>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused_in_every_encoding(head, encoding):
    name = "l9" if "l9" in head else "x"
    text = kml(placemark(name=f"&{name};"), head)
    label = encoding if encoding == "utf-8" else "utf-16"
    text = text.replace('encoding="UTF-8"', f'encoding="{label}"')
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = codecs.BOM_UTF16_BE + data
    assert refusal(data, "a.kml").key in ("file-doctype", "file-broken-line")
    if encoding == "utf-8":
        assert refusal(data, "a.kml").key == "file-doctype"
        packed = zipped([("a.kml", data)], zipfile.ZIP_STORED)
        assert refusal(packed, "a.kmz").key == "file-doctype"
