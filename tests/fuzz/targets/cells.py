"""One cell of an upload, read as everything that a cell may mean."""

from __future__ import annotations

import math

from borderviz.dates import PartialDate
from borderviz.overlay.cells import plain
from borderviz.overlay.date_texts import Read, read_date
from borderviz.overlay.dating import days, read_dates
from borderviz.overlay.degrees import LATITUDE, LONGITUDE, read_degrees
from borderviz.overlay.pairs import read_pair
from borderviz.overlay.radii import km_of_one, read_radius
from borderviz.overlay_files.raw import Reason
from fuzz.parts import parted, said

WORDS = (
    *("°", "′", "″", "'", '"', "N", "S", "E", "W", "north", "북위", "동경", "도", "분"),
    *("초", ",", ";", "/", " ", "-", "+", "−", "e5", "1e999", "NaN", "60", "89.9999"),
    *("년", "월", "일", "Jan", "of", "Sept.", "03/04/2021", "2024.1", "20210304"),
    *("T12:30:00Z", "오후", "(월)", "29 Feb 2023", "km", "m", "metres", "n/a", "٣"),
    *("０", "²", "½", "\u00a0", "\u3000", "\u202e", "0000-01-01", "43589", "'21"),
)
SEEDS = (
    b"37.5" + b"\xfflat",
    "북위 37도 30분".encode() + b"\xfflon (west)",
    "126°40′12″E".encode() + b"\xfflon",
    b"37 30 12 N; 127 0 0 E",
    b"03/04/2021\xffdate\xff13/04/2021",
    "2024년 10월 19일 (토) 오후 3:05".encode(),
    b"Oct 19, 2024 12:00 UTC\xffwhen\xff2024.1",
    b"2,5 km\xffradius (m)",
    b"500\xffuncertaintyInMeters",
    b"1968-01-21T00:00:00.000+09:00",
)


def one(data):
    cell, heading, *more = parted(data, 2)
    reasons = []
    for axis in (
        LATITUDE,
        LONGITUDE,
        LATITUDE.under(heading),
        LONGITUDE.under(heading),
    ):
        reasons.append(_number(read_degrees(cell, axis)))
        reasons += [_number(read_pair(cell, axis, part)) for part in (0, 1)]
    radius = read_radius(cell, km_of_one(heading))
    reasons.append(_number(radius))
    assert not isinstance(radius, float) or radius >= 0
    found = read_date(cell)
    if isinstance(found, Reason):
        reasons.append(found)
    elif found is not None:
        _check_date(found)
    cells = [cell, *more[:20]]
    for day_first in (None, True, False):
        dates = read_dates(heading, cells, day_first)
        first, last = days(dates.texts)
        assert (first <= last).all()
        reasons += [*dates.notes, *dates.reasons.values()]
    said(reason for reason in reasons if isinstance(reason, Reason))
    assert plain(cell) == plain(plain(cell))


def _number(found):
    assert found is None or isinstance(found, Reason | float)
    assert not isinstance(found, float) or math.isfinite(found)
    return found


def _check_date(found):
    assert isinstance(found, Read)
    dates = [PartialDate.parse(text) for text in (found.text, found.other) if text]
    assert len({date.year for date in dates}) == 1
