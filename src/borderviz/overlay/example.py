"""A file to try with: invented rows along an atlas's own lines and at its places.

It says nothing of any place or time, so that it works for every atlas. It shows what a
file may hold: vague dates, names without coordinates, and a row with a mistake.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from borderviz.filters import events
from borderviz.linear.geodesy import WGS84
from borderviz.overlay.places import Gazetteer, Spot
from borderviz.texts import pick, say

if TYPE_CHECKING:
    from borderviz.content import Atlas

# Every sixth row has the name of a place only.
_ROWS, _NAMED_EVERY, _WRONG = 40, 6, 10
# Multiples of the golden section, without their whole part, never come near each other.
_STEP = 0.6180339887498949
_AWAY_KM = 12.0
_USUAL_YEARS = (2000, 2020)
# A category is the less frequent the later it stands.
_CATEGORIES = ("observation", "footpath", "boat", "bridge")
_RADII_KM = ("0.5", "1", "2", "5", "")
_HEADINGS = (
    *("lat", "lon", "place", "date", "date-end", "title"),
    *("category", "text", "source", "radius"),
)


def example_file(atlas: Atlas, lang: str) -> bytes:
    """
    Write a small CSV of invented rows, the same each time.

    Parameters
    ----------
    atlas
        Its lines and places tell where the rows are, its events when.
    lang
        Language of the headings and words.

    Returns
    -------
    bytes
        UTF-8 with signature, as spreadsheets want it. One latitude is wrong on purpose.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([say(f"overlay-example-{name}", lang) for name in _HEADINGS])
    places = list(islice(_places(atlas, lang), _ROWS // _NAMED_EVERY))
    for number in range(_ROWS):
        lon, lat = _point(atlas, number)
        where = [f"{lat:.4f}", f"{lon:.4f}", ""]
        title, radius = "title-event", _RADII_KM[number % len(_RADII_KM)]
        if number == _WRONG:
            where, title = [f"{lat + 180:.4f}", f"{lon:.4f}", ""], "title-wrong"
        elif places and number % _NAMED_EVERY == _NAMED_EVERY - 1:
            where, radius = ["", "", places.pop(0)], ""
        category = _CATEGORIES[int(len(_CATEGORIES) * _share(number, 9) ** 2)]
        words = (title, f"category-{category}", "said", "origin")
        said = [say(f"overlay-example-{w}", lang, number=number + 1) for w in words]
        writer.writerow([*where, *_dates(atlas, number), *said, radius])
    return lines.getvalue().encode("utf-8-sig")


def _share(number: int, series: int = 1) -> float:
    """Return a share that looks drawn by lot; another in each series."""
    return number * _STEP * series % 1


def _point(atlas: Atlas, number: int) -> tuple[float, float]:
    """Find a point (lon, lat) beside a line, or around the middle of the map."""
    axes = list(atlas.axes.values())
    if axes:
        # A short border gets fewer rows, but not none.
        weights = np.cumsum([axis.line.length_km**0.5 for axis in axes])
        chosen = int(np.searchsorted(weights, weights[-1] * _share(number, 2)))
        line = axes[chosen].line
        ((lon, lat),) = line.at(line.length_km * _share(number, 12))
    else:
        lon, lat = atlas.settings.view.lon, atlas.settings.view.lat
    away = 1000 * _AWAY_KM * _share(number, 3)
    lon, lat, _ = WGS84.fwd(lon, lat, 360 * _share(number, 7), away)
    return float(lon), float(lat)


def _places(atlas: Atlas, lang: str) -> Iterator[str]:
    """List names that can be placed, those nearest to a line first."""
    gazetteer, default = Gazetteer(atlas), atlas.settings.default_language
    named = [(pick(p.name, lang, default).text, at) for p, at in atlas.places]
    lons, lats = np.array([at for _, at in named]).reshape(-1, 2).T
    away = [axis.line.about(lons, lats)[0] for axis in atlas.axes.values()]
    order = np.argsort(np.min(away, axis=0) if away else lons, kind="stable")
    for index in order.tolist():
        name = named[index][0]
        # A cell must not begin like a formula.
        if name[0].isalpha() and isinstance(gazetteer.find(name), Spot):
            yield name


def _dates(atlas: Atlas, number: int) -> tuple[str, str]:
    """Invent a date within the years of the atlas: a day, a month, a year or a span."""
    known = [int(record.date[:4]) for record in events(atlas) if record.date]
    first, last = (min(known), max(known)) if known else _USUAL_YEARS
    year = first + int((last - first + 1) * _share(number, 11))
    month, day = 1 + int(12 * _share(number, 4)), 1 + int(20 * _share(number, 6))
    forms = (f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}")
    end = f"{year}-{month:02}-{day + 7:02}" if number % 4 == 3 else ""
    return (forms[min(number % 4, 2)], end)
