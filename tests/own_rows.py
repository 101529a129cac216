"""A reader's own rows for tests: along any atlas's records, and hostile throughout."""

from __future__ import annotations

import numpy as np

from borderviz.overlay.build import build
from borderviz.overlay.roles import Choices, recognise
from borderviz.permalink import decode_query
from borderviz.render.context import Context
from borderviz.selection import select
from hostile import PAYLOADS
from overlay.tables import table

CATEGORIES = ("seen", "heard", "told", "")
DATES = ("2011", "2013-05", "2013-05-07", "", "2019-12-31")


def along(atlas, count, *, seed=1, **columns):
    """Rows near the records of an atlas; `columns` are added or take the place of."""
    random = np.random.default_rng(seed)
    spots = np.array(list(atlas.positions.values()))
    at = spots[random.integers(0, len(spots), count)]
    at = at + random.normal(0, 0.05, at.shape)
    found = {
        "title": [f"row {n}" for n in range(count)],
        "lat": [f"{lat:.5f}" for lat in at[:, 1]],
        "lon": [f"{lon:.5f}" for lon in at[:, 0]],
        "date": [DATES[n % len(DATES)] for n in range(count)],
        "category": [CATEGORIES[n % len(CATEGORIES)] for n in range(count)],
        "radius km": ["" if n % 3 else f"{n % 7 + 1}" for n in range(count)],
        "size": [f"{n * 37 % 101 - 50}" for n in range(count)],
    }
    raw = table(found | columns)
    return build(raw, "mine.csv", recognise(raw), atlas)


def hostile(atlas):
    """Rows whose every word, heading and name is a payload."""
    spots = list(atlas.positions.values())
    count = len(PAYLOADS)
    heads = [f"{text} h" for text in PAYLOADS]
    found = {
        head: [PAYLOADS[(row + n) % count] for row in range(count)]
        for n, head in enumerate(heads)
    }
    found["lat"] = [f"{spots[n % len(spots)][1]}" for n in range(count)]
    found["lon"] = [f"{spots[n % len(spots)][0]}" for n in range(count)]
    found["when"] = ["2013-05-07"] * count
    roles = ("title", "category", "text", "source")
    chosen = {"lat": "lat", "lon": "lon", "date": "when"}
    chosen |= dict(zip(roles, heads, strict=False))
    return build(table(found), PAYLOADS[0], Choices(chosen), atlas)


def everything(overlay):
    """A mask that shows all rows."""
    return np.ones(len(overlay), bool)


def asked(atlas, query=""):
    """Selection and context of a query."""
    view = decode_query(query, atlas, ()).view
    return select(atlas, view), Context(atlas, view)
