"""A table with chosen columns into an overlay, and the overlay narrowed."""

from __future__ import annotations

import numpy as np
import shapely

from borderviz.filters import Filters
from borderviz.overlay.build import build
from borderviz.overlay.narrow import Narrowing, mask
from borderviz.overlay.roles import ROLES, Choices, recognise
from borderviz.overlay.summary import by_category
from borderviz.overlay_files.clean import clean, headings
from borderviz.overlay_files.raw import RawTable
from fuzz.parts import atlas, lettered, parted, said

_SHAPES = (
    None,
    shapely.Point(20, 10),
    shapely.LineString([(20, 10), (21, 11)]),
    shapely.box(20, 10, 21, 11),
    shapely.MultiPoint([(20, 10), (-179, 80)]),
)
_PLAIN = (None, True, False, 0, -1, 12.5, 2019, 1e300, 5e-324, -0.0, 10**15)
_MOST = 12
WORDS = (
    *("\xff", "lat", "lon", "place", "date", "title", "category", "radius", "source"),
    *("10.5", "20.5", "-", "Nordo", "2019-05", "2018", "10.5, 20.5", "\x01", "\x03"),
)
# Flags and words to look for; headings; then cells, row by row.
SEEDS = (
    "\0\xffa\xffabc\xff".encode("latin1"),
    b"\x03\xff\xfflat\tlon\tdate\ttitle\xff10.5\xff20.5\xff2019-05\xffA",
    b"\x04\xffa\xffplace\tcategory\xffNordo\xffa\xffNowhere\xff\xff\x01\xff\x05",
    b"\x0b\xff\xfflat\tlon\tdate\tdate_end\tradius\xff1\xff2\xff2019\xff2018\xff5 km",
)


def one(data):
    for overlay, words in overlays(data):
        _check(overlay, words)


def overlays(data):
    """Overlays of a table, by choices that were guessed and by others; and words."""
    flags, words, heads, *cells = parted(data, 3)
    number = lettered(flags)
    names = headings([clean(name)[0] for name in heads.split("\t")[:_MOST]])[0]
    width = len(names)
    rows = [cells[at : at + width] for at in range(0, min(len(cells), 300), width)]
    rows = [row + [""] * (width - len(row)) for row in rows]
    columns = tuple(tuple(_cell(row[n]) for row in rows) for n in range(width))
    shapes = None
    if number & 1:
        shapes = np.empty(len(rows), object)
        shapes[:] = [_SHAPES[(n + number) % len(_SHAPES)] for n in range(len(rows))]
    numbers = np.arange(2, len(rows) + 2, dtype=np.int32)
    raw = RawTable(
        "csv", "", (), "utf-8", tuple(names), numbers, columns, shapes, (), (), 0
    )
    found = recognise(raw)
    assert set(found.columns.values()) <= set(names)
    chosen = dict(zip(ROLES[number % 7 :], names, strict=False))
    said_so = Choices(chosen, (None, True, False)[number % 3], bool(number & 2))
    for choices in (found, said_so):
        yield build(raw, words, choices, atlas()), words


def _cell(text):
    """A text, or by its first letter another value that a file may hold."""
    if text and ord(text[0]) < len(_PLAIN):
        return _PLAIN[ord(text[0])]
    return clean(text)[0]


def _check(overlay, words):
    count = len(overlay)
    assert count + overlay.bad_count == len(overlay.raw.numbers)
    for texts in (overlay.titles, overlay.dates, overlay.date_ends, overlay.texts):
        assert len(texts) == count
    assert (np.abs(overlay.lons) <= 180).all()
    assert (np.abs(overlay.lats) <= 90).all()
    assert (overlay.first <= overlay.last).all()
    assert not (overlay.radii_km < 0).any()
    assert len(overlay.located) == count
    said(overlay.notes)
    said(problem.reason for problem in (*overlay.problems, *overlay.doubts))
    narrowing = Narrowing(categories=overlay.categories[:1], words=words)
    shown = mask(overlay, narrowing, Filters(since="2019", within_km=5))
    assert by_category(overlay, shown).sum() == shown.sum()
    assert mask(overlay, Narrowing(), Filters()).all()
