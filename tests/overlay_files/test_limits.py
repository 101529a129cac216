"""At each limit a file is read; one more, and it is refused with the limit named."""

from __future__ import annotations

import json

import pytest

from borderviz.overlay_files import limits

from .files import (
    POINT,
    geojson,
    geopackage,
    gp,
    kml,
    placemark,
    polygon,
    read,
    refusal,
    sheet_row,
    wkb_line,
    workbook,
)


@pytest.fixture
def fewer_rows(monkeypatch):
    """A limit that tests reach soon; each form is tried with it."""
    for form in ("csv", "geojson", "gpkg", "kml", "xlsx"):
        monkeypatch.setattr(f"borderviz.overlay_files.{form}_form.ROWS", 30)
    monkeypatch.setattr("borderviz.overlay_files.draft.ROWS", 30)


@pytest.mark.usefixtures("fewer_rows")
@pytest.mark.parametrize(
    "make",
    [
        lambda n: "a,b\n" + "1,2\n" * n,
        lambda n: "a,b\n" + "1,2\n" * (n - 1) + "1\n",
        lambda n: geojson(*[POINT] * n),
        lambda n: geopackage([None] * n),
        lambda n: kml(placemark() * n),
        lambda n: workbook("".join(sheet_row(r, "a", "b") for r in range(1, n + 2))),
    ],
    ids=["csv", "csv-ragged", "geojson", "gpkg", "kml", "xlsx"],
)
def test_so_many_rows_and_no_more(make):
    table = read(make(30))
    assert len(table.numbers) + table.bad_count == 30
    reason = refusal(make(31))
    assert (reason.key, reason.values) == ("file-rows", {"limit": 30})


def test_a_hundred_thousand_rows_and_no_more():
    assert limits.ROWS == 100_000
    text = "a,b\n" + "1,2\n" * limits.ROWS
    assert len(read(text).numbers) == 100_000
    assert refusal(text + "1,2\n").values == {"limit": 100_000}


@pytest.mark.parametrize(
    "make",
    [
        lambda n: ",".join(map(str, range(n))) + "\n" + ",".join("1" * n) + "\n",
        lambda n: geojson(POINT, properties={str(k): k for k in range(n)}),
        lambda n: geopackage(
            more="".join(
                f"ALTER TABLE points ADD COLUMN c{k} TEXT;" for k in range(n - 2)
            )
        ),
        lambda n: kml(
            placemark(
                "<ExtendedData>"
                + "".join(f'<Data name="{k}"/>' for k in range(n - 1))
                + "</ExtendedData>"
            )
        ),
        lambda n: workbook(sheet_row(1, *"a" * n) + sheet_row(2, *range(n))),
    ],
    ids=["csv", "geojson", "gpkg", "kml", "xlsx"],
)
def test_so_many_columns_and_no_more(make):
    assert len(read(make(limits.COLUMNS), "a").columns) == limits.COLUMNS == 200
    reason = refusal(make(limits.COLUMNS + 1), "a")
    assert (reason.key, reason.values) == ("file-columns", {"limit": 200})


@pytest.mark.parametrize(
    "make",
    [
        lambda text: f"a,b\n1,{text}\n",
        lambda text: geojson(POINT, properties={"a": 1, "b": text}),
        lambda text: geopackage(more=f"UPDATE points SET title = '{text}'"),
        lambda text: kml(placemark(name=text)),
        lambda text: workbook(sheet_row(1, "a", "b") + sheet_row(2, 1, text)),
    ],
    ids=["csv", "geojson", "gpkg", "kml", "xlsx"],
)
def test_so_many_letters_in_a_cell_and_no_more(make):
    text = "한" * limits.CELL_LETTERS
    # Texts that pack too well are another matter.
    read(make("x" * 10_000 if make("x")[:2] == b"PK" else text))
    reason = refusal(make(text + "한"))
    if reason.key != "file-ratio":
        assert reason.key in ("file-cell", "file-cell-open")
        assert reason.values["limit"] == 10_000


def test_so_much_text_in_all_and_no_more(monkeypatch):
    monkeypatch.setattr("borderviz.overlay_files.draft.ALL_LETTERS", 100)
    assert len(read("a,b\n" + "12345,67890\n" * 10).numbers) == 10
    assert refusal("a,b\n" + "12345,67890\n" * 10 + "1,2\n").key == "file-letters"


def line(count):
    # Up and down, so that it stays on the earth.
    positions = [[120 + n * 1e-6, 38 + n % 2] for n in range(count)]
    return {"type": "LineString", "coordinates": positions}


def test_so_many_vertices_and_no_more():
    assert limits.VERTICES == 500_000
    shapes = [line(limits.VERTICES - 1), POINT]
    assert len(read(geojson(*shapes)).shapes) == 2
    reason = refusal(geojson(*shapes, POINT))
    assert (reason.key, reason.values) == ("file-vertices", {"limit": 500_000})


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg"])
def test_a_million_vertices_never_reach_shapely(form, monkeypatch):
    def never(*_, **__):
        pytest.fail("a shape was made")

    for name in ("LineString", "Polygon", "from_wkb"):
        monkeypatch.setattr(f"shapely.{name}", never)
    count = 1_000_000
    if form == "geojson":
        ring = "[1,2]," * count
        data = json.dumps(polygon()).replace("[]", f"[[{ring}[1,2]]]")
    elif form == "kml":
        ring = f"<coordinates>{'1,2 ' * count}</coordinates>"
        data = kml(placemark(f"<LineString>{ring}</LineString>"))
    else:
        data = geopackage([gp(wkb_line(*[(1.0, 2.0)] * count))])
    assert len(data) <= limits.FILE_BYTES
    assert refusal(data).key == "file-vertices"


def nested(depth):
    """GeoJSON with a property so deep in lists, the document itself counted."""
    value = "[" * (depth - 4) + "]" * (depth - 4)
    return geojson(POINT, properties={"a": 0}).replace("0", value, 1)


def test_so_deep_and_no_deeper():
    assert limits.DEPTH == 32
    assert len(read(nested(32)).numbers) == 1
    for depth in (33, 500, 100_000):
        reason = refusal(nested(depth))
        assert (reason.key, reason.values) == ("file-depth", {"limit": 32})


def test_collections_too_deep_in_one_another():
    geometry = POINT
    for _ in range(12):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    assert len(read(geojson(geometry)).shapes) == 1
    for _ in range(400):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    assert refusal(geojson(geometry)).key == "file-depth"


def test_only_the_first_thousand_problems_are_told():
    table = read("a,b\n1,2\n" + "1\n" * 1500)
    assert (len(table.problems), table.bad_count) == (1000, 1500)


def test_what_is_told_of_a_problem_is_short():
    table = read("a,b\n1,2\n" + "x\u202e\t" * 3000 + "\n")
    (problem,) = table.problems
    assert len(problem.value) <= 80
    assert "\u202e" not in problem.value


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at():
    assert limits.FILE_BYTES == 20_000_000
    reason = refusal(b"\xff" * (limits.FILE_BYTES + 1))
    assert (reason.key, reason.values) == ("file-large", {"limit": 20})
