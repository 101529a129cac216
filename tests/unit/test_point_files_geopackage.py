"""GeoPackages of points: made and read again by another program, GDAL."""

import math
import shutil
import sqlite3
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pytest
from pyproj import Transformer
from shapely import LineString, MultiPoint, Point

from borderviz.point_files import Options, PointFileError, opened

ADDED = {"km": float, "side": str}
HERE = Point(127.25, 37.5)


def table(*shapes, crs="EPSG:4326", **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


@pytest.fixture
def made(tmp_path):
    """Write layers to a GeoPackage with GDAL."""

    def run(**layers):
        path = tmp_path / "posts.gpkg"
        for name, frame in layers.items():
            frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio")
        return path

    return run


def read(path, **options):
    return opened(path, Options(**{"added": ADDED, **options}))


def written(path, **options):
    """Open a file, write it with two columns more, and return its path."""
    file = read(path, **options)
    out = path.with_name("out.gpkg")
    file.write(out, [(1.5, "KP")] + [(None, None)] * (len(file.rows) - 1))
    return out


def execute(path, *statements):
    with closing(sqlite3.connect(path)) as base, base:
        for statement in statements:
            base.execute(statement)


def test_everything_stays_and_two_columns_come(made):
    columns = {
        "name": ["판문점", "b"],
        "when": pd.to_datetime(["2020-01-02T03:04:05", None]),
        "count": [2**40, 7],
        "yes": [True, False],
    }
    path = made(posts=table(HERE, Point(128, 38), **columns))
    after = gpd.read_file(written(path), engine="pyogrio")
    before = gpd.read_file(path, engine="pyogrio")
    assert after["km"].tolist() == pytest.approx([1.5, math.nan], nan_ok=True)
    assert after["side"].tolist()[0] == "KP"
    assert pd.isna(after["side"][1])
    pd.testing.assert_frame_equal(after.drop(columns=["km", "side"]), before)
    assert after.crs == before.crs


def test_other_layers_and_the_spatial_index_stay(made):
    lines = table(LineString([(1, 2), (3, 4)]), a=["x"])
    path = made(posts=table(HERE), roads=lines)
    execute(path, "CREATE TABLE styles (qml TEXT)", "INSERT INTO styles VALUES ('s')")
    out = written(path, layer="posts")
    pd.testing.assert_frame_equal(
        gpd.read_file(out, layer="roads"), gpd.read_file(path, layer="roads")
    )
    query = "SELECT type, name, sql FROM sqlite_master WHERE name <> 'posts' ORDER BY 2"
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(out)) as other:
        assert other.execute("SELECT * FROM styles").fetchall() == [("s",)]
        assert one.execute(query).fetchall() == other.execute(query).fetchall()
    assert len(gpd.read_file(out, layer="posts", bbox=(127, 37, 128, 38))) == 1
    assert len(gpd.read_file(out, layer="posts", bbox=(1, 1, 2, 2))) == 0


def test_another_system_of_coordinates_is_reprojected_and_stays(made):
    x, y = Transformer.from_crs(4326, 5179, always_xy=True).transform(127.25, 37.5)
    path = made(posts=table(Point(x, y), crs="EPSG:5179"))
    rows = read(path).rows
    assert (rows.lons[0], rows.lats[0]) == pytest.approx((127.25, 37.5), abs=1e-9)
    after = gpd.read_file(written(path))
    assert after.crs == "EPSG:5179"
    assert (after.geometry[0].x, after.geometry[0].y) == (x, y)


def test_a_system_without_a_number_is_read_by_its_definition(made):
    crs = "+proj=tmerc +lat_0=38 +lon_0=127 +x_0=200000 +y_0=600000 +ellps=bessel"
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(127.25, 37.5)
    rows = read(made(posts=table(Point(x, y), crs=crs))).rows
    assert (rows.lons[0], rows.lats[0]) == pytest.approx((127.25, 37.5), abs=1e-6)


@pytest.mark.parametrize("shape", [Point(127.25, 37.5, 9), MultiPoint([HERE])])
def test_points_with_height_and_single_multipoints_count(made, shape):
    rows = read(made(posts=table(shape))).rows
    assert (rows.lons[0], rows.lats[0]) == (127.25, 37.5)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (None, "geometry: found nothing"),
        (Point(), "geometry: found an empty Point"),
        (LineString([(1, 2), (3, 4)]), "geometry: found LineString"),
        (MultiPoint([HERE, Point(1, 2)]), "geometry: found MultiPoint"),
        (Point(37.5, 127.25), "look swapped"),
        (Point(953000, 4150000), "reproject"),
    ],
    ids=str,
)
def test_a_bad_feature_is_told_and_kept(made, shape, words):
    path = made(posts=table(HERE, shape, HERE, n=[1, 2, 3]))
    rows = read(path).rows
    (problem,) = rows.problems
    assert (problem.file, problem.record) == ("posts.gpkg", "feature 2")
    assert words in str(problem)
    assert [math.isnan(lon) for lon in rows.lons] == [False, True, False]
    assert gpd.read_file(written(path))["n"].tolist() == [1, 2, 3]


def test_bytes_that_are_no_geometry_are_told(made):
    path = made(posts=table(HERE, HERE, HERE))
    with closing(sqlite3.connect(path)) as base:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in base.execute(query).fetchall():
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute("UPDATE posts SET geom = X'475000FF' WHERE fid = 1")
        base.execute("UPDATE posts SET geom = X'4750000300000000AA' WHERE fid = 2")
        base.commit()
    rows = read(path).rows
    assert rows.bad_count == 2
    assert all("no geometry" in str(problem) for problem in rows.problems)


def test_the_radius_is_a_column(made):
    path = made(posts=table(HERE, HERE, HERE, r=[2.5, None, -1]))
    rows = read(path, uncertainty="R").rows
    assert rows.radii_km[:2] == pytest.approx([2.5, math.nan], nan_ok=True)
    assert "uncertainty: found -1" in str(rows.problems[0])
    path = made(posts=table(HERE, Uncertainty_km=[3.0]))
    assert read(path).rows.radii_km.tolist() == [3]


def test_a_file_with_a_write_ahead_log_is_whole(made):
    path = made(posts=table(HERE, name=["old"]))
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("CREATE TABLE late (x)")
        base.commit()
        out = written(path)
    with closing(sqlite3.connect(out)) as base:
        assert base.execute("SELECT count(*) FROM late").fetchone() == (0,)
        assert base.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert [p.name for p in out.parent.glob("out.gpkg*")] == ["out.gpkg"]


def test_of_several_layers_one_is_named(made):
    path = made(a=table(HERE), b=table(Point(128, 38)))
    with pytest.raises(
        PointFileError, match="2 layers with a geometry; allowed: one of a"
    ):
        read(path)
    with pytest.raises(PointFileError, match="found c; allowed: one of a, b"):
        read(path, layer="c")
    assert read(path, layer="b").rows.lons.tolist() == [128]


def test_a_layer_of_a_strange_name(made):
    path = made(**{'a"; DROP TABLE x; --': table(HERE, **{'b"c': [1]})})
    assert 'b"c' in gpd.read_file(written(path)).columns


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE gpkg_geometry_columns SET srs_id = 0", "srs_id: found 0"),
        ("UPDATE gpkg_geometry_columns SET srs_id = -1", "srs_id: found -1"),
        ("UPDATE gpkg_geometry_columns SET srs_id = 777", "srs_id: found 777"),
        ("DELETE FROM gpkg_geometry_columns", "0 layers with a geometry"),
        ("DROP TABLE gpkg_geometry_columns", "no such table"),
        ("DELETE FROM posts", "no feature"),
        ("ALTER TABLE posts ADD COLUMN Side TEXT", "side: found taken"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(made, statement, words):
    path = made(posts=table(HERE))
    execute(path, "PRAGMA foreign_keys = OFF", statement)
    with pytest.raises(PointFileError) as refused:
        read(path)
    assert words in str(refused.value)


@pytest.mark.parametrize("keep", [0, 10, 16, 3000])
def test_a_truncated_file_is_refused(made, keep):
    path = made(posts=table(HERE))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(PointFileError):
        read(path)


def test_no_name_is_taken_for_an_address(made, tmp_path):
    path = made(posts=table(HERE))
    folder = tmp_path / "vsizip" / "https:"
    folder.mkdir(parents=True)
    odd = folder / "a?mode=memory#%41|layer=x.gpkg"
    shutil.copy(path, odd)
    assert len(read(odd).rows) == 1
