"""Files of points: which are opened, and that none is ever half written."""

import os
import sqlite3
import stat

import pytest

from borderviz.point_files import Options, PointFileError, opened, replaced
from borderviz.point_files.rows import number_in

CSV = "lat,lon\n37.5,127.25\n"


@pytest.mark.parametrize("name", ["p.csv", "P.CSV", "p.tsv", "p.txt", "é ü.csv"])
def test_the_kind_is_told_by_the_name(tmp_path, name):
    text = CSV.replace(",", "\t") if name.endswith("tsv") else CSV
    (tmp_path / name).write_text(text, "utf-8")
    assert len(opened(tmp_path / name, Options()).rows) == 1


@pytest.mark.parametrize("name", ["p.xlsx", "p.kmz", "p.shp", "p", ".csv"])
def test_other_names_are_refused(tmp_path, name):
    (tmp_path / name).write_text(CSV, "utf-8")
    with pytest.raises(PointFileError, match=r"allowed: \.csv, \.tsv.*\.gpkg, \.kml"):
        opened(tmp_path / name, Options())


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(PointFileError, match="no such file"):
        opened(tmp_path / "p.csv", Options())
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(PointFileError, match="no regular file"):
        opened(tmp_path / "folder.csv", Options())
    os.mkfifo(tmp_path / "pipe.csv")  # which would wait for ever
    with pytest.raises(PointFileError, match="no regular file"):
        opened(tmp_path / "pipe.csv", Options())


@pytest.mark.parametrize(
    ("name", "option"),
    [("p.geojson", "lat"), ("p.kml", "lon"), ("p.gpkg", "lat"), ("p.csv", "layer")],
)
def test_options_of_another_kind_are_refused(tmp_path, name, option):
    (tmp_path / name).touch()
    with pytest.raises(PointFileError, match=f"--{option}: found for .{name[2:]}"):
        opened(tmp_path / name, Options(**{option: "x"}))


@pytest.mark.parametrize("suffix", ["csv", "geojson", "kml", "gpkg"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, monkeypatch, suffix):
    path = tmp_path / f"p.{suffix}"
    path.write_text(CSV, "utf-8")

    def fail(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    for name in ("read_bytes", "open"):
        monkeypatch.setattr(type(path), name, fail)
    with pytest.raises(PointFileError, match="found Permission denied"):
        opened(path, Options())


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    out = tmp_path / "out.csv"
    with replaced(out) as part:
        assert part.parent == tmp_path
        part.write_text("new", "utf-8")
        assert not out.exists()
    assert out.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [out]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~umask


def write_half(out, error):
    with replaced(out) as part:
        part.write_text("ne", "utf-8")
        raise error


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        sqlite3.OperationalError("No space left on device"),
    ],
)
def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path, error):
    out = tmp_path / "out.csv"
    out.write_text("old", "utf-8")
    with pytest.raises(PointFileError, match="found No space left on device"):
        write_half(out, error)
    assert out.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_nothing_is_left_after_any_other_error_either(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        write_half(tmp_path / "out.csv", KeyboardInterrupt())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1), ("-1.5", -1.5), ("+.5", 0.5), ("5.", 5), (" 1e-2 ", 0.01), ("-0", 0)],
)
def test_decimal_numbers_are_read(text, value):
    assert number_in(text, "lat") == value
