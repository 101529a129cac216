"""Clocks that jump: nothing is decided by the time of day, and no date is trusted."""

from __future__ import annotations

import ast
import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest

from borderviz.export.bundle import zip_bytes
from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.selection import select
from borderviz.ui import data
from borderviz.ui.data import Keeper

SOURCE = Path(__file__).parents[2] / "src" / "borderviz"
# Where today's date is asked for, and nothing but a date is made of it.
CALENDARS = {"api/view.py", "cli/output.py", "ui/filter_widgets.py", "ui/visit.py"}
YEARS = (1971, 2001, 2099)
TITLE = "The two borders of Atlantis"


def moment(year):
    return dt.datetime(year, 6, 1, tzinfo=dt.UTC).timestamp()


def save(path, title, *, since, year):
    """Write a file in place, with the time of a clock that is wrong."""
    text = path.read_text(encoding="utf-8")
    assert since in text
    path.write_text(text.replace(since, title), encoding="utf-8")
    os.utime(path, (moment(year), moment(year)))


@pytest.mark.parametrize("years", [YEARS, YEARS[::-1], (2099, 2099, 2099)])
def test_a_change_is_seen_whatever_the_clock_said_when_it_was_saved(
    atlantis_copy, years
):
    path, keeper = atlantis_copy / "atlas.toml", Keeper(atlantis_copy)
    titles = [TITLE, *(f"The {n} borders of Atlantis" for n in ("abc", "def", "ghi"))]
    for number, year in enumerate(years):
        save(path, titles[number + 1], since=titles[number], year=year)
        assert keeper.current().atlas.settings.title["en"] == titles[number + 1]


@pytest.mark.parametrize("year", YEARS)
def test_a_wrong_time_of_a_file_costs_one_reading_not_one_a_visit(
    atlantis_copy, year, monkeypatch
):
    for path in atlantis_copy.rglob("*"):
        os.utime(path, (moment(year), moment(year)))
    keeper = Keeper(atlantis_copy)
    first = keeper.current().atlas
    monkeypatch.setattr(data, "load", pytest.fail)
    assert keeper.current().atlas is first


@pytest.mark.parametrize("year", [1970, 1979, 2038, 2108, 9999])
def test_a_file_is_made_on_any_day(atlantis, year):
    """A machine without a battery begins in 1970, which ZIP files do not know."""
    view = default_view(atlantis)
    made = zip_bytes(
        ("csv", "geojson"),
        select(atlantis, view),
        Context(atlantis, view),
        scope="events",
        today=dt.date(year, 1, 1),
        address="",
    )
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        readme = next(n for n in archive.namelist() if "readme" in n.lower())
        assert str(year) in archive.read(readme).decode()


def test_no_duration_is_measured_by_the_time_of_day():
    """What waits or expires goes by a clock that nobody can set."""
    asking = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and asks_the_wall(node.func):
                asking.add(path.relative_to(SOURCE).as_posix())
    assert asking == CALENDARS


def asks_the_wall(called):
    """Whether a call reads a clock that the system may set."""
    if not isinstance(called, ast.Attribute):
        return False
    owner = ast.unparse(called.value).rpartition(".")[2]
    return (owner, called.attr) in {
        *(("time", name) for name in ("time", "time_ns", "localtime", "gmtime")),
        *(("datetime", name) for name in ("now", "today", "utcnow")),
        ("date", "today"),
    }
