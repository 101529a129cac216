"""GeoParquet files of an operator's points, and crowds, for tests."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from borderviz import crowd
from borderviz.overlay.large import build_large
from borderviz.overlay.lean import Lean
from borderviz.overlay.model import Origin
from borderviz.overlay.points_file import PointsFile
from borderviz.overlay_files.raw import RawTable

CATEGORIES = ("seen", "heard", "told", "")
DATES = ("2011", "2013-05", "2013-05-07", "", "2019-12-31")


def geo(encoding="WKB", **more):
    """The metadata of GeoParquet."""
    column = {"encoding": encoding, "geometry_types": [], **more}
    return {"version": "1.1.0", "primary_column": "at", "columns": {"at": column}}


def write(path, shapes, metadata=None, **columns):
    """Write shapes, or an Arrow array, and columns as a file."""
    if not isinstance(shapes, pa.Array):
        found = [shape if shape is None else shapely.to_wkb(shape) for shape in shapes]
        shapes = pa.array(found, pa.binary())
    table = pa.table({**columns, "at": shapes})
    told = {"geo": geo()} if metadata is None else metadata
    words = {k: v if isinstance(v, bytes) else json.dumps(v) for k, v in told.items()}
    pq.write_table(table.replace_schema_metadata(words), path)
    return path


def points(lonlats):
    return list(shapely.points(np.asarray(lonlats, float)))


def large(atlas, lons, lats, **columns):
    """An overlay as of a large file, though it has few rows."""
    count = len(lons)
    found = {
        "title": [f"row {n}" for n in range(count)],
        "date": [DATES[n % len(DATES)] for n in range(count)],
        "category": [CATEGORIES[n % len(CATEGORIES)] for n in range(count)],
        "radius_m": [n % 7 * 500 for n in range(count)],
    } | columns
    raw = RawTable(
        form="parquet",
        layer="",
        layers=(),
        encoding="",
        columns=tuple(found),
        numbers=np.arange(1, count + 1, dtype=np.int32),
        cells=tuple(Lean(pa.array(cells)) for cells in found.values()),
        shapes=None,
        notes=(),
        problems=(),
        bad_count=0,
    )
    at = np.asarray(lons, float), np.asarray(lats, float)
    file = PointsFile(raw, *at, Origin(), "0123456789ab")
    return build_large(file, "mine.parquet", atlas)


def scattered(atlas, count=4000, seed=1):
    """A crowd in heaps of very different size, also where the map has its edges."""
    random = np.random.default_rng(seed)
    heaps = np.array([[-38.5, 31.5], [-38.4, 31.45], [179.99, 10], [0, -85.2]])
    spread = random.choice([1e-4, 0.01, 3], count)[:, None]
    at = heaps[random.integers(0, len(heaps), count)]
    at = at + random.normal(0, 1, at.shape) * spread
    lons, lats = (at[:, 0] + 180) % 360 - 180, np.clip(at[:, 1], -90, 90)
    return crowd.of(large(atlas, lons, lats))
