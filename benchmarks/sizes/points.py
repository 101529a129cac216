"""
Invented points as GeoParquet, the same each time for the same number.

Most lie in clusters close to the lines of the atlas, the others scattered over its map;
nothing of it is about the world.

Usage: `python benchmarks/sizes/points.py N OUT.parquet`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from borderviz.content import load
from borderviz.paths import default_atlas

SEED = 2026
CLUSTERS = 400  # along each line
KINDS = [f"Kind {letter}" for letter in "ABCDEF"]
FIRST_DAY, DAYS = np.datetime64("1990-01-01"), 12_000
SPREADS_DEGREES, THEIR_SHARES = [0.004, 0.05, 0.5], [0.5, 0.3, 0.2]
ANYWHERE = 0.05
RADII_M = [0, 25, 100, 500, 2000]


def points(count: int) -> pa.Table:
    """
    Make a table of points.

    Parameters
    ----------
    count
        Rows.

    Returns
    -------
    pyarrow.Table
        `title`, `date` (ISO), `category`, `radius_m` (metres), `geometry` (WKB, WGS84).
    """
    rng = np.random.default_rng(SEED)
    atlas = load(default_atlas())
    lines = [axis.line for axis in atlas.axes.values()]
    near = np.vstack(
        [line.at(rng.uniform(0, line.length_km, CLUSTERS)) for line in lines]
    )
    west, south, east, north = atlas.settings.bounds
    spread = rng.choice(SPREADS_DEGREES, count, p=THEIR_SHARES)
    xy = near[rng.integers(0, len(near), count)]
    xy = xy + rng.normal(size=(count, 2)) * spread[:, None]
    box = rng.uniform((west, south), (east, north), (count, 2))
    xy = np.round(np.where(rng.random((count, 1)) < ANYWHERE, box, xy), 6)
    days = (FIRST_DAY + rng.integers(0, DAYS, count)).astype(str)
    titles = np.char.add("Invented point ", np.arange(1, count + 1).astype(str))
    kinds = pa.array(rng.integers(0, len(KINDS), count), pa.int8())
    table = pa.table(
        {
            "title": titles.tolist(),
            "date": days.tolist(),
            "category": pa.DictionaryArray.from_arrays(kinds, KINDS),
            "radius_m": pa.array(rng.choice(RADII_M, count), pa.int32()),
            "geometry": pa.array(shapely.to_wkb(shapely.points(xy)), pa.binary()),
        }
    )
    column = {"encoding": "WKB", "geometry_types": ["Point"]}
    geo = {
        "version": "1.0.0",
        "primary_column": "geometry",
        "columns": {"geometry": column},
    }
    told = {"source": "Invented points, made by a program", "licence": "CC0-1.0"}
    return table.replace_schema_metadata(
        {"geo": json.dumps(geo), "borderviz": json.dumps(told)}
    )


def written(count: int, folder: Path) -> Path:
    """
    Write so many points to a file, unless it is there.

    Parameters
    ----------
    count, folder
        Rows, and where the file goes.
    """
    path = folder / f"{count}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        pq.write_table(points(count), part, compression="zstd")
        part.replace(path)
    return path


def as_csv(path: Path) -> Path:
    """
    Write the points of a file as a table that a reader would upload.

    Parameters
    ----------
    path
        A file of this module's.
    """
    table = gpd.read_parquet(path)
    table["lat"], table["lon"] = table.geometry.y, table.geometry.x
    found = path.with_suffix(".csv")
    table.drop(columns="geometry").to_csv(found, index=False)
    return found


def main() -> None:
    """Write to the file that was named."""
    count, path = int(sys.argv[1]), Path(sys.argv[2])
    pq.write_table(points(count), path, compression="zstd")
    size = path.stat().st_size
    sys.stdout.write(f"{path}: {count} points, {size} bytes\n")


if __name__ == "__main__":
    main()
