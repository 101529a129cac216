"""A file is what its content says; its name neither helps nor harms it."""

from __future__ import annotations

import pytest

from borderviz.overlay_files import ENDINGS

from .files import (
    POINT,
    geojson,
    geopackage,
    keys,
    kml,
    placemark,
    read,
    refusal,
    sheet_row,
    workbook,
    zipped,
)

FILES = {
    "csv": b"a,b\n1,2\n",
    "geojson": geojson(POINT).encode(),
    "gpkg": geopackage(),
    "kml": kml(placemark()).encode(),
    "kmz": zipped([("doc.kml", kml(placemark()))]),
    "xlsx": workbook(sheet_row(1, "a", "b") + sheet_row(2, 1, 2)),
}


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("ending", [*ENDINGS, "txt", "vrt", "", "CSV"])
def test_the_name_is_not_believed(form, ending):
    table = read(FILES[form], f"file.{ending}")
    assert table.form == form
    named = {"json": "geojson", "txt": "csv"}.get(ending.lower(), ending.lower())
    is_said = named in (*FILES,) and named != form
    assert ("file-read-as" in keys(table.notes)) == is_said


@pytest.mark.parametrize(
    "name",
    [
        "a.csv:$x.geojson",
        "../../etc/passwd",
        "x\0.csv",
        "/vsicurl/http://127.0.0.1/a.csv",
        "\ud800.csv",
        "a" * 100_000,
    ],
)
def test_a_strange_name_changes_nothing(name):
    assert read(FILES["csv"], name).cells == (("1",), ("2",))


VRT = '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{path}</SrcDataSource>'
VRT += "</OGRVRTLayer></OGRVRTDataSource>"
WFS = "<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>"
CSW = "<OGRCSWDataSource><URL>http://127.0.0.1:9/csw</URL></OGRCSWDataSource>"
GML = '<?xml version="1.0"?><gml:FeatureCollection xmlns:gml="g" xmlns:xsi="x" '
GML += 'xsi:schemaLocation="g http://127.0.0.1:9/a.xsd"/>'


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "text",
    [
        VRT.format(path="/etc/passwd"),
        f"\ufeff  \n{VRT.format(path='/vsicurl/http://127.0.0.1:9/x.csv')}",
        WFS,
        CSW,
        GML,
        "<html><body>a,b</body></html>",
        "<svg xmlns='s' onload='alert(1)'/>",
        "<GDAL_WMS></GDAL_WMS>",
    ],
)
def test_xml_that_is_no_kml_is_refused_whatever_its_name(text, ending):
    assert refusal(text, f"a.{ending}").key == "file-xml"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "text",
    [
        "/vsicurl/http://127.0.0.1:9/x.csv",
        "/vsizip//vsicurl/http://127.0.0.1:9/x.zip",
        "/vsis3/bucket/key",
        "HTTP://127.0.0.1:9/x.geojson",
        "WFS:http://127.0.0.1:9/wfs",
        "/etc/passwd",
        "PG:host=127.0.0.1",
    ],
)
def test_an_address_is_no_data(text, ending):
    key = refusal(text, f"a.{ending}").key
    assert key == ("file-no-rows" if ending == "csv" else "file-unknown")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n\xb5\xb5\n1 0 obj\n<<>>\nendobj\n",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"PAR1" + bytes(200),
        b"\x1f\x8b\x08" + bytes(range(256)) * 4,
        b"fgb\x03fgb\x00" + bytes(200),
        b"\x00\x00\x27\x0a" + bytes(96),
        b"\x7fELF\x02\x01\x01" + bytes(500),
    ],
    ids=["pdf", "png", "parquet", "gzip", "flatgeobuf", "shapefile", "program"],
)
def test_other_kinds_of_file_are_refused(data):
    assert refusal(data, "a.geojson").key in ("file-unknown", "file-empty")
    assert refusal(data, "a.bin").key in (
        *("file-unknown", "file-no-rows", "file-encoding", "file-open-quote"),
    )


def test_a_table_named_as_something_else_is_read_if_it_is_one():
    assert read("name;lat;lon\nA;38;127\n", "a.kml").columns == ("name", "lat", "lon")
    assert refusal("one line\nand another\n", "a.kml").key == "file-unknown"
    assert read("place\nA\n", "a.csv").columns == ("place",)
