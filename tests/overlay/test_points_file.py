"""An operator's GeoParquet: what is read, what is told, what is refused."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import CRS, Transformer

from borderviz.overlay import points_error, points_file
from borderviz.overlay.build import build
from borderviz.overlay.large import build_large, located_rows, with_places
from borderviz.overlay.model import Origin
from borderviz.overlay.points_error import PointsError
from borderviz.overlay.points_file import check_points, read_points
from borderviz.overlay.roles import recognise
from points_files import geo, points, write

AT = [(-38.5, 31.5), (-38.4, 31.45), (-38.45, 31.5), (-38.3, 31.4)]


@pytest.fixture
def _few_are_many(monkeypatch):
    """Read every file as one that no browser gets whole."""
    monkeypatch.setattr(points_file, "ROWS", 0)


def place_of(file):
    return np.column_stack([file.lons, file.lats])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "points.parquet"


@pytest.mark.usefixtures("_few_are_many")
def test_columns_are_recognised_as_those_of_an_upload_are(path, atlantis, monkeypatch):
    write(
        path,
        points(AT),
        title=[" A\nfall", "b", None, ""],
        place=["", "", "Ford ", None],
        date=["2019-05", "2020-01-02", None, "no date"],
        end_date=["2019-06-02", "2019", None, None],
        category=["rock", None, "rock", "ice"],
        radius_m=[250.0, None, -1.0, 2000.0],
        text=["long", None, "x", ""],
    )
    found = read_points(path)
    assert found.is_large
    many = build_large(found, path.name, atlantis)
    monkeypatch.setattr(points_file, "ROWS", 100_000)
    few = build((raw := read_points(path).raw), path.name, recognise(raw), atlantis)
    for name in ("titles", "dates", "date_ends", "sources", "texts", "categories"):
        assert list(getattr(many, name)) == list(getattr(few, name)), name
    for name in ("numbers", "first", "last", "category", "lons", "lats", "radii_km"):
        assert np.array_equal(getattr(many, name), getattr(few, name), equal_nan=True)
    assert many.choices == few.choices
    assert sorted(map(str, many.doubts)) == sorted(map(str, few.doubts))
    assert (many.doubt_count, few.doubt_count) == (3, 3)
    assert many.notes == few.notes
    assert many.raw.columns == few.raw.columns
    assert [tuple(cells) for cells in many.raw.cells] == list(few.raw.cells)
    located = located_rows(with_places(many, atlantis), np.arange(4), atlantis)
    for name in located:
        mine, theirs = located[name], few.located[name]
        assert mine.isna().tolist() == theirs.isna().tolist()
        known = ~mine.isna()
        assert mine[known].tolist() == theirs[known].tolist()


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize(
    "array",
    [
        pa.array(shapely.to_wkb(shapely.points(AT))),
        pa.array(shapely.to_wkb(shapely.points(AT)), pa.large_binary()),
        pa.array(shapely.to_wkb(shapely.points(AT), byte_order=0)),
        pa.array(shapely.to_wkb(shapely.points([(*xy, 7) for xy in AT]))),
        pa.array(shapely.to_wkb(shapely.points(AT), include_srid=True)),
    ],
    ids=["wkb", "large", "big endian", "with heights", "ewkb"],
)
def test_points_of_any_kind_of_wkb_are_read(path, array):
    assert place_of(read_points(write(path, array))).tolist() == [[*xy] for xy in AT]


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize("is_list", [False, True])
def test_points_of_geoarrow_are_read(path, is_list):
    flat = pa.array(np.ravel(AT))
    struct = pa.array([{"x": x, "y": y} for x, y in AT])
    array = pa.FixedSizeListArray.from_arrays(flat, 2) if is_list else struct
    found = read_points(write(path, array, {"geo": geo("point")}))
    assert place_of(found).tolist() == [[*xy] for xy in AT]


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize("system", ["EPSG:32624", "EPSG:3857"])
def test_other_systems_become_degrees(path, system):
    xy = Transformer.from_crs("EPSG:4326", system, always_xy=True).transform(
        *np.transpose(AT)
    )
    told = {"geo": geo(crs=CRS(system).to_json_dict())}
    found = read_points(write(path, points(np.transpose(xy)), told))
    assert np.allclose(place_of(found), AT, atol=1e-8)
    assert [note.key for note in found.raw.notes] == ["file-reprojected"]


@pytest.mark.parametrize("crs", ["absent", None, CRS("OGC:CRS84").to_json_dict()])
@pytest.mark.usefixtures("_few_are_many")
def test_without_a_system_coordinates_are_degrees(path, crs):
    more = {} if crs == "absent" else {"crs": crs}
    found = read_points(write(path, points(AT), {"geo": geo(**more)}))
    assert place_of(found).tolist() == [[*xy] for xy in AT]
    assert [x.key for x in found.raw.notes] == (["file-no-crs"] if crs is None else [])


@pytest.mark.parametrize("limit", [0, 100_000])
def test_rows_without_a_place_are_counted_and_told(path, monkeypatch, atlantis, limit):
    monkeypatch.setattr(points_file, "ROWS", limit)
    nan, empty = shapely.Point(np.nan, 1), shapely.Point()
    shapes = [*points(AT), *points(AT), None, nan, empty, shapely.Point(400, 9)]
    names = [f"n{n}" for n in range(len(shapes))]
    raw = read_points(write(path, shapes, title=names)).raw
    overlay = (
        build(raw, "x", recognise(raw), atlantis)
        if limit
        else build_large(read_points(path), "x", atlantis)
    )
    assert list(overlay.titles) == names[:8]
    assert overlay.bad_count == 4
    assert sorted(problem.row for problem in overlay.problems) == [9, 10, 11, 12]


@pytest.mark.usefixtures("_few_are_many")
def test_edges_of_the_world_are_kept(path):
    at = [(180, 0), (-180, 0), (0, 90), (0, -90), (190, 5), (359, 5)]
    found = place_of(read_points(write(path, points(at))))
    assert found.tolist() == [
        [180, 0],
        [-180, 0],
        [0, 90],
        [0, -90],
        [-170, 5],
        [-1, 5],
    ]


@pytest.mark.usefixtures("_few_are_many")
def test_a_point_stands_for_a_line_or_an_area(path):
    area = shapely.box(-39, 31, -38, 32)
    line = shapely.LineString([(-38, 31), (-37, 31)])
    found = read_points(write(path, [area, line, *points(AT)]))
    at = place_of(found)
    assert area.contains(shapely.Point(at[0]))
    assert line.distance(shapely.Point(at[1])) == 0
    assert [(x.key, x.values) for x in found.raw.notes] == [
        ("row-shapes", {"count": 2})
    ]


def test_few_rows_keep_their_shapes(path, atlantis):
    area = shapely.box(-39, 31, -38, 32)
    raw = read_points(write(path, [area, *points(AT)])).raw
    overlay = build(raw, "x", recognise(raw), atlantis)
    assert overlay.shapes[0].equals(area)


@pytest.mark.usefixtures("_few_are_many")
def test_columns_of_degrees_do_without_a_geometry(path):
    lons, lats = np.transpose(AT)
    table = pa.table({"Longitude": lons, "lat": lats, "title": ["a"] * 4})
    pq.write_table(table, path)
    assert place_of(read_points(path)).tolist() == [[*xy] for xy in AT]


@pytest.mark.usefixtures("_few_are_many")
def test_cells_become_texts_and_numbers_that_can_be_shown(path):
    day = np.array(["2019-05-04"] * 4, "datetime64[s]")
    columns = {
        "odd": ["a\u202eb", "\0c", "d\te", "ü"],
        "coded": pa.array(["a\u202eb", "x", "x", None]).dictionary_encode(),
        "number": [1.5, np.nan, np.inf, None],
        "day": pa.array(day),
        "time": pa.array(day + np.timedelta64(3661, "s"), pa.timestamp("us", "UTC")),
        "bool": [True, False, None, True],
        "list": [[1], [2], [3], [4]],
    }
    raw = read_points(write(path, points(AT), **columns)).raw
    found = {
        name: list(cells) for name, cells in zip(raw.columns, raw.cells, strict=True)
    }
    assert found == {
        "odd": ["ab", "c", "d e", "ü"],
        "coded": ["ab", "x", "x", None],
        "number": [1.5, None, None, None],
        "day": ["2019-05-04"] * 4,
        "time": ["2019-05-04T01:01"] * 4,
        "bool": [True, False, None, True],
    }


FULL = {
    "source": "A",
    "licence": "B",
    "attribution": "C",
    "url": "https://d",
    "title": "E",
}


@pytest.mark.parametrize("is_beside", [False, True])
def test_the_source_is_stated_in_the_file_or_beside_it(path, is_beside):
    told = {"geo": geo(), "borderviz": {"source": "in the file"} if is_beside else FULL}
    write(path, points(AT), told)
    if is_beside:
        lines = [f'{key} = "{value}"' for key, value in FULL.items()]
        path.with_suffix(".toml").write_text("\n".join(lines), encoding="utf-8")
    assert read_points(path).origin == Origin(**FULL)


def test_without_a_stated_source_all_of_it_is_empty(path):
    assert read_points(write(path, points(AT))).origin == Origin()


def test_what_is_stated_belongs_to_the_version(path):
    before = read_points(write(path, points(AT))).digest
    assert read_points(path).digest == before
    path.with_suffix(".toml").write_text('source = "x"', encoding="utf-8")
    assert read_points(path).digest != before


def bad_files(path):
    """Each bad file by name, with what the fault is about."""
    wkb = points(AT)
    swapped = [(31.5, -138.5)] * 3
    beside = path.with_suffix(".toml")

    def stated(text):
        write(path, wkb)
        beside.write_text(text, encoding="utf-8")

    utf8 = pa.array([b"\xff"] * 4).cast(pa.binary())
    broken = pa.StringArray.from_buffers(4, *utf8.buffers()[1:])
    return {
        "no file": lambda: None,
        "no parquet": lambda: path.write_bytes(b"title,lat,lon\n"),
        "cut": lambda: path.write_bytes(write(path, wkb).read_bytes()[:-20]),
        "folder": path.mkdir,
        "no row": lambda: write(path, pa.array([], pa.binary())),
        "metadata": lambda: write(path, wkb, {"geo": b"{"}),
        "column": lambda: write(path, wkb, {"geo": geo() | {"primary_column": "x"}}),
        "encoding": lambda: write(path, wkb, {"geo": geo("polygon")}),
        "crs": lambda: write(path, wkb, {"geo": geo(crs={"type": "x"})}),
        "crs text": lambda: write(path, wkb, {"geo": geo(crs="nothing")}),
        "text": lambda: write(path, pa.array(["a"] * 4)),
        "numbers": lambda: write(path, pa.array([1.0] * 4), {"geo": geo("point")}),
        "no place": lambda: write(path, pa.array(["a"] * 4), {}),
        "metres": lambda: write(path, points([(5e5, 4e6)] * 4)),
        "off earth": lambda: write(path, points(swapped)),
        "long": lambda: write(path, wkb, title=["a", "b", "c" * 10_001, "d"]),
        "not utf-8": lambda: write(path, wkb, title=broken),
        "url": lambda: stated('url = "javascript:alert(1)"'),
        "key": lambda: stated('licens = "x"'),
        "value": lambda: stated("source = 1"),
        "toml": lambda: stated("source ="),
        "stated": lambda: write(path, wkb, {"geo": geo(), "borderviz": b"[]"}),
    }


@pytest.mark.parametrize("name", list(bad_files(Path("points.parquet"))))
@pytest.mark.usefixtures("_few_are_many")
def test_a_bad_file_is_refused_with_what_is_wrong_and_the_cure(path, name):
    bad_files(path)[name]()
    with pytest.raises(PointsError) as refused:
        read_points(path)
    problem = refused.value.problem
    assert problem.file.startswith("points")
    assert all((problem.found, problem.allowed, problem.cure))


@pytest.mark.usefixtures("_few_are_many")
def test_a_refusal_names_column_and_row(path):
    write(path, points(AT), title=["a", "b", "c" * 10_001, "d"])
    with pytest.raises(PointsError) as refused:
        read_points(path)
    problem = refused.value.problem
    assert (problem.file, problem.field, problem.record) == (path.name, "title", "#3")
    assert problem.found == "10001 letters"


@pytest.mark.parametrize("read", [read_points, check_points])
@pytest.mark.parametrize(("name", "most"), [("MOST_ROWS", 3), ("MOST_BYTES", 1)])
def test_more_than_the_limit_is_refused_before_it_is_read(
    path, monkeypatch, read, name, most
):
    write(path, points(AT), title=["x" * 9000 + str(n) for n in range(4)])
    monkeypatch.setattr(points_file, name, most)
    monkeypatch.setattr(pq.ParquetFile, "read", lambda *_: pytest.fail("was read"))
    with pytest.raises(PointsError, match="at most"):
        read(path)


def test_the_limit_is_that_of_the_documents():
    assert points_error.MOST_ROWS == 3_000_000


def test_a_short_look_counts_the_rows(path):
    assert check_points(write(path, points(AT))) == 4
