"""`borderviz locate`: what it writes, says and refuses, on the island and the atlas."""

import csv
import json
import xml.etree.ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point

from borderviz import cli
from borderviz.locate import COLUMNS, locate
from borderviz.point_files import csv_file

TITLES = ",".join(COLUMNS)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch, tmp_path):
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def told(capfd, atlantis):
    """Run the command on the island; return exit code, output and complaints."""

    def run(*words, atlas=atlantis.root):
        with pytest.raises(SystemExit) as ended:
            cli.main(["locate", *map(str, words), "--atlas", str(atlas)])
        return ended.value.code, *capfd.readouterr()

    return run


@pytest.fixture
def posts(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("name,lat,lon\nA,31.6,-39\nB,,\n", "utf-8")
    return path


def test_a_table_gets_seven_columns(told, posts, tmp_path, atlantis):
    code, out, err = told(posts)
    assert (code, out) == (0, f"{tmp_path / 'posts-located.csv'}\n")
    problem, count = err.splitlines()
    assert problem.startswith("posts.csv › row 3 › lat: found nothing; allowed: a dec")
    assert count == "1 of 2 points located"
    row = locate(-39, 31.6, atlantis).iloc[0]
    km, distance = row["km_along"], row["distance_km"]
    assert (tmp_path / "posts-located.csv").read_text("utf-8").splitlines() == [
        f"name,lat,lon,{TITLES}",
        f"A,31.6,-39,coral-line,{km:.3f},{km:.3f},{km:.3f},{distance:.3f},LEM,"
        "west-reeds",
        "B,,,,,,,,,",
    ]


def test_every_format_says_the_same(told, tmp_path, atlas, geodata, monkeypatch):
    monkeypatch.setattr(cli.locate, "_AT_ONCE", 7)  # several parts
    rng = np.random.default_rng(5)
    lons, lats = rng.uniform(124, 131, 30), rng.uniform(37, 43, 30)
    radii = rng.uniform(0, 20, 30)
    frame = pd.DataFrame({"lat": lats, "lon": lons, "uncertainty_km": radii})
    frame.to_csv("p.csv", index=False)
    shapes = gpd.GeoDataFrame(
        frame[["uncertainty_km"]], geometry=gpd.points_from_xy(lons, lats), crs=4326
    )
    shapes.to_file("p.geojson", driver="GeoJSON", COORDINATE_PRECISION=15)
    shapes.to_file("p.gpkg", driver="GPKG")
    marks = "".join(
        '<Placemark><ExtendedData><Data name="uncertainty_km">'
        f"<value>{r}</value></Data></ExtendedData><Point><coordinates>{x},{y}</coordinates></Point></Placemark>"
        for x, y, r in zip(lons, lats, radii, strict=True)
    )
    (tmp_path / "p.kml").write_text(f"<kml>{marks}</kml>", "utf-8")
    for suffix in ("csv", "geojson", "gpkg", "kml"):
        assert told(f"p.{suffix}", atlas=geodata)[0] == 0
    expected = locate(lons, lats, atlas, radii).round(3).astype(object)
    expected = expected.where(expected.notna(), None)
    lines = (tmp_path / "p-located.csv").read_text("utf-8").splitlines()
    table = list(csv.DictReader(lines))
    features = json.loads((tmp_path / "p-located.geojson").read_text("utf-8"))
    layer = gpd.read_file("p-located.gpkg")
    root = ET.parse(tmp_path / "p-located.kml").getroot()
    for name in COLUMNS:
        values = expected[name].tolist()
        words = [f"{v:.3f}" if "km" in name else v or "" for v in values]
        assert [row[name] for row in table] == words
        assert [f["properties"][name] for f in features["features"]] == values
        found = layer[name].astype(object)
        assert found.where(found.notna(), None).tolist() == values
        data = [d.findtext("value") for d in root.iter("Data") if d.get("name") == name]
        assert data == words


def test_options_are_handed_on(told, posts, tmp_path):
    posts.write_text("y;N;E;r;side\n1;31,6;-39;50;x\n", "utf-8")
    options = ("--lat", "N", "--lon", "e", "--uncertainty", "r", "--prefix", "bv_")
    code, _, err = told("posts.csv", "-o", "out.csv", *options)
    assert (code, err) == (0, "1 of 1 points located\n")
    text = (tmp_path / "out.csv").read_text("utf-8")
    (row,) = csv.DictReader(text.splitlines(), delimiter=";")
    assert row["side"] == "x"
    assert row["bv_side"] == "either"
    low, km, high = (
        float(row[f"bv_km_{name}"].replace(",", "."))
        for name in ("low", "along", "high")
    )
    assert low < km < high
    assert "," in row["bv_km_low"]


def test_a_layer_is_chosen(told):
    for name in ("a", "b"):
        gpd.GeoDataFrame(geometry=[Point(-39, 31.6)], crs=4326).to_file(
            "p.gpkg", layer=name
        )
    assert told("p.gpkg")[0] == 2
    assert told("p.gpkg", "--layer", "b")[0] == 0
    assert gpd.read_file("p-located.gpkg", layer="b")["border"][0] == "coral-line"
    assert "border" not in gpd.read_file("p-located.gpkg", layer="a")


def test_a_point_on_the_other_half_of_the_earth_is_told(told, posts, monkeypatch):
    monkeypatch.setattr(cli.locate, "_AT_ONCE", 1)
    posts.write_text("lat,lon\n31.6,-39\n-31,141\n", "utf-8")
    code, _, err = told(posts)
    assert code == 0
    assert "row 3: found -31, 141; allowed: a point on the same half" in err
    assert err.endswith("1 of 2 points located\n")


def test_no_more_than_twenty_bad_rows_are_told(told, posts):
    posts.write_text("lat,lon\n" + "x,1\n" * 1234 + "-31,141\n", "utf-8")
    code, _, err = told(posts)
    lines = err.splitlines()
    assert (code, len(lines)) == (0, 22)
    assert lines[-2:] == ["... and 1,215 more", "0 of 1,235 points located"]


def test_a_file_that_is_there_is_not_replaced_unless_forced(told, posts, tmp_path):
    out = tmp_path / "posts-located.csv"
    out.write_text("mine", "utf-8")
    code, words, err = told(posts)
    assert (code, words, out.read_text("utf-8")) == (2, "", "mine")
    assert err.splitlines()[1:] == [
        "  found    a file of that name",
        "  allowed  a name that is free",
        "  cure     Name another with --output, or replace a file with --force.",
    ]
    assert told(posts, "--force")[0] == 0
    assert out.read_text("utf-8").startswith("name,lat,lon,border,")


def test_a_file_may_replace_itself_if_forced(told, posts):
    assert told(posts, "-o", posts)[0] == 2
    assert told(posts, "-o", posts, "--force")[0] == 0
    assert TITLES in posts.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["nowhere.csv"], "no such file"),
        (["."], "no regular file"),
        (["posts.csv", "-o", "out.geojson"], "allowed  .csv"),
        (["posts.csv", "-o", "nowhere/out.csv"], "no such folder: nowhere"),
        (["posts.csv", "-o", "folder.csv"], "a folder"),
        (["posts.csv", "-o", "folder.csv", "--force"], "a folder"),
        (["posts.csv", "--prefix", "=1+"], "letters of a to z"),
        (["posts.csv", "--prefix", "표"], "letters of a to z"),
        (["posts.csv", "--lat", "north"], "one of name, lat, lon"),
        (["posts.csv", "--layer", "x"], "for .gpkg"),
    ],
)
def test_a_fault_in_the_call_ends_before_anything_is_written(
    told, posts, tmp_path, words, complaint
):
    (tmp_path / "folder.csv").mkdir()
    before = sorted(tmp_path.iterdir())
    code, out, err = told(*words)
    assert (code, out) == (2, "")
    assert err.startswith("borderviz: ")
    assert complaint in err
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_leaves_nothing_behind(told, posts, monkeypatch):
    def full(self, path, added):
        path.write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(csv_file.CsvFile, "write", full)
    code, out, err = told(posts)
    assert (code, out) == (2, "")
    assert "found    No space left on device" in err
    assert list(posts.parent.iterdir()) == [posts]


def test_names_and_cells_do_not_steer_the_terminal(told, tmp_path):
    (tmp_path / "\x1b[31m.csv").write_text("lat,lon\n\x1b[2J,1\n", "utf-8")
    code, out, err = told("\x1b[31m.csv")
    assert code == 0
    assert "\x1b" not in out + err


def test_an_atlas_that_is_none_is_a_fault_in_the_call(told, posts, tmp_path):
    assert told(posts, atlas=tmp_path / "nowhere")[0] == 2


def test_an_atlas_without_lines_is_a_fault_in_the_content(told, posts, atlantis_copy):
    path = atlantis_copy / "atlas.toml"
    text = path.read_text("utf-8")
    kept = [part for part in text.split("\n[[") if "reference_lines" not in part[:20]]
    text = "\n[[".join(kept).replace(', line = "coral-line"', "")
    path.write_text(text, "utf-8")
    code, out, err = told(posts, atlas=atlantis_copy)
    assert (code, out) == (1, "")
    assert "has no reference line" in err


def test_the_help_teaches_by_example(told):
    code, out, _ = told("--help")
    assert code == 0
    assert "\n  borderviz locate posts.csv\n" in out


def test_the_example_of_the_readme_is_true(told, tmp_path, geodata):
    readme = (geodata.parent / "README.md").read_text("utf-8")
    section = readme.split("\n## Locate your own points\n")[1].split("\n## ")[0]
    before, after = (block.strip() for block in section.split("```\n")[1:4:2])
    (tmp_path / "places.csv").write_text(before, "utf-8")
    assert told("places.csv", atlas=geodata)[0] == 0
    assert (tmp_path / "places-located.csv").read_text("utf-8") == after
