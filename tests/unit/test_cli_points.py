"""Points of the operator's: `run --points`, and what `check` says of them."""

import json
import sys

import pytest

from borderviz import cli
from points_files import points, write

AT = [(-38.5, 31.5), (-38.4, 31.45), None, (400, 1)]


@pytest.fixture
def told(monkeypatch, capfd):
    """Run the command in a plain environment; return exit code, output, complaints."""
    for name in ("BORDERVIZ_ATLAS", "BORDERVIZ_POINTS", "PORT"):
        monkeypatch.delenv(name, raising=False)

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        return ended.value.code, *capfd.readouterr()

    return run


@pytest.fixture
def _stand_in(monkeypatch, tmp_path):
    """Start a script that tells which points it was given."""
    script = tmp_path / "interpreter"
    script.write_text('#!/bin/sh\necho "points:$BORDERVIZ_POINTS"\n')
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


def file_at(path, **columns):
    shapes = [at and points([at])[0] for at in AT]
    return write(path, shapes, title=["a", "b", "c", "d"], **columns)


@pytest.mark.usefixtures("_stand_in")
@pytest.mark.parametrize("how", ["option", "environment", "atlas"])
def test_run_hands_on_the_points(told, atlantis_copy, tmp_path, monkeypatch, how):
    words, path = ["run", "--atlas", atlantis_copy], tmp_path / "mine.parquet"
    if how == "atlas":
        path = atlantis_copy / "points.parquet"
    file_at(path)
    if how == "option":
        words += ["--points", path]
    elif how == "environment":
        monkeypatch.setenv("BORDERVIZ_POINTS", str(path))
    code, out, _ = told(*words)
    assert (code, out.splitlines()[-1]) == (0, f"points:{path}")
    assert f"{path.name}: 4 rows" in out


@pytest.mark.usefixtures("_stand_in")
def test_run_without_points_hands_on_none(told, atlantis_copy):
    assert told("run", "--atlas", atlantis_copy)[1].splitlines()[-1] == "points:"


@pytest.mark.usefixtures("_stand_in")
def test_run_refuses_points_that_cannot_be_shown(told, atlantis_copy, tmp_path):
    bad = tmp_path / "bad.parquet"
    bad.write_bytes(b"title,lat,lon")
    code, out, complaint = told("run", "--atlas", atlantis_copy, "--points", bad)
    assert (code, out) == (1, "")
    assert complaint.startswith("bad.parquet\n")
    assert "cure" in complaint


def test_check_tells_of_points(told, atlantis_copy):
    file_at(atlantis_copy / "points.parquet", date=["2019", "2020", "", ""])
    code, out, _ = told("check", atlantis_copy)
    assert code == 0
    notes = [line for line in out.splitlines() if "points.parquet" in line]
    assert "3 rows; date: date, title: title" in notes[0]
    assert "rows left out: 1 " in notes[1]
    assert "row 4" in notes[1]
    assert "no source stated" in notes[-1]


def test_check_finds_points_that_cannot_be_shown(told, atlantis_copy):
    (atlantis_copy / "points.parquet").write_bytes(b"no")
    code, out, _ = told("check", atlantis_copy, "--json")
    found = json.loads(out)
    assert (code, [x["file"] for x in found]) == (1, ["points.parquet"])
    assert "points.parquet" in told("check", atlantis_copy)[1]
