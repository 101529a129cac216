"""CSV files of points that are wrong, in a row or as a whole: what is told."""

import codecs
import csv
import math

import pytest

from borderviz.point_files import Options, PointFileError, opened

ADDED = {"km": float, "side": str}


@pytest.fixture
def read(tmp_path):
    """Write a text or bytes to a file, and open it."""

    def run(content, **options):
        path = tmp_path / "posts.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return opened(path, Options(**{"added": ADDED, **options}))

    return run


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",127.25,", "lat: found nothing"),
        (" ,127.25,", "lat: found nothing"),
        ("here,127.25,", "lat: found 'here'"),
        ("nan,127.25,", "lat: found 'nan'"),
        ("inf,127.25,", "lat: found 'inf'"),
        ("3_7,127.25,", "lat: found '3_7'"),
        ("３７,127.25,", "lat: found '３７'"),
        ("1e999,127.25,", "latitude: found inf"),
        ("37°30′N,127.25,", "Add minutes / 60"),
        ("37 30 00 N,127.25,", "Add minutes / 60"),
        ("37:30,127.25,", "Add minutes / 60"),
        ('"37,5",127.25,', "Write a decimal point"),
        ("95,127.25,", "latitude: found 95.0; allowed: decimal degrees from -90"),
        ("37.5,181,", "longitude: found 181.0"),
        ("4150000,953000,", "reproject"),
        ("127.25,37.5,", "look swapped"),
        ("37.5,127.25,-1", "uncertainty: found -1.0"),
        ("37.5,127.25,1e999", "uncertainty: found inf"),
        ("37.5,127.25,far", "uncertainty_km: found 'far'"),
        ("37.5,127.25", "found 2 cells; allowed: 3"),
        ("37.5", "found 1 cells"),
    ],
)
def test_a_bad_row_is_told_and_kept(read, tmp_path, row, words):
    text = f"lat,lon,uncertainty_km\n37.5,127.25,1\n\n{row}\n37.5,127.25,2\n"
    file = read(text)
    (problem,) = file.rows.problems
    assert (problem.file, problem.record) == ("posts.csv", "row 4")
    assert words in str(problem)
    assert file.rows.bad_count == 1
    assert [math.isnan(lon) for lon in file.rows.lons] == [False, True, False]
    assert [math.isnan(lat) for lat in file.rows.lats] == [False, True, False]
    file.write(tmp_path / "out.csv", [(1.0, "KP"), (None, None), (2.0, "KR")])
    table = list(csv.reader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert [len(cells) for cells in table] == [5, 5, 0, 5, 5]
    assert table[3][-2:] == ["", ""]
    assert table[3][: row.count(",") + 1 if '"' not in row else 3] == next(
        csv.reader([row])
    )


def test_cells_that_are_too_many_stay_behind_ours(read, tmp_path):
    file = read('lat,lon\n1,2\n3,4,"5,""\nx"\n6,7\n')
    (problem,) = file.rows.problems
    assert problem.record == "row 3"
    assert "found 3 cells; allowed: 2" in str(problem)
    file.write(tmp_path / "out.csv", [(1.0, "KP"), (None, None), (2.0, "KR")])
    text = (tmp_path / "out.csv").read_text()
    assert text.endswith('\n1,2,1.000,KP\n3,4,,,"5,""\nx"\n6,7,2.000,KR\n')


def test_twenty_bad_rows_are_told_and_all_are_counted(read):
    rows = read("lat,lon\n" + "x,y\n" * 50).rows
    assert (len(rows.problems), rows.bad_count, len(rows)) == (20, 50, 50)
    assert [p.record for p in rows.problems] == [f"row {n}" for n in range(2, 22)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b" \n\r\n", "an empty file"),
        (codecs.BOM_UTF8, "an empty file"),
        (b"lat,lon\n", "no row of data"),
        (b"lat,lon", "no row of data"),
        (b"PK\x03\x04rest", "workbook"),
        (b"lat,lon\n1,\x002\n", "zero bytes"),
        ("lat,lon,n\n1,2,é\n".encode("latin-1"), "another encoding"),
        (codecs.BOM_UTF16_LE + b"l\0a", "another encoding"),
        (b'lat,lon\n1,"2\n3,4\n', "row 2"),
        (b'lat,lon\n1,"2"3\n', "row 2"),
        (
            b"name,size\n1,2\n",
            "--lat: found no such column; allowed: one of name, size",
        ),
        (b"lat,size\n1,2\n", "--lon: found no such column"),
        (b"lat,lon,latitude\n1,2,3\n", "--lat: found 2: lat, latitude"),
        (b"lat,lon,lat\n1,2,3\n", "--lat: found 2: lat, lat"),
        (b"lat,lon,Side\n1,2,3\n", "side: found taken"),
        (b"%PDF-1.7\nx", "--lat"),
        (b"lat," + b"9" * 200_000 + b"\n1,2\n", "row 1"),
        (b"lat,lon\n" + b"1," + b"9" * 200_000 + b"\n", "row 2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_cannot_be_used_is_refused(read, content, words):
    with pytest.raises(PointFileError) as refused:
        read(content)
    assert words in str(refused.value)
    assert refused.value.problem.cure


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"lat": "north"}, "--lat: found north; allowed: one of lat, lon, r"),
        ({"lat": "lon"}, "one column for two things"),
        ({"uncertainty": "radius"}, "--uncertainty: found radius"),
        ({"uncertainty": "lat"}, "one column for two things"),
        ({"layer": "posts"}, "--layer: found for .csv; allowed: for .gpkg"),
    ],
)
def test_options_that_do_not_fit_are_refused(read, options, words):
    with pytest.raises(PointFileError) as refused:
        read("lat,lon,r\n1,2,3\n", **options)
    assert words in str(refused.value)
