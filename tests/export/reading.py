"""Exports read back by other programs: GDAL, Python's csv, pyarrow."""

from __future__ import annotations

import csv
import io

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio

from borderviz.export.columns import COLUMNS
from borderviz.export.csv_text import unguarded


def read_back(form, raw, tmp_path):
    """The rows of an export as (id, geometry or None), in the order of the file."""
    if form == "csv":
        return [(row["id"], None) for row in csv_rows(raw)]
    path = tmp_path / f"read.{form}"
    path.write_bytes(raw)
    if form == "parquet":
        frames = [gpd.read_parquet(path)]
    else:
        layers = [name for name, _ in pyogrio.list_layers(path)]
        frames = [pyogrio.read_dataframe(path, layer=name) for name in layers]
    return [(row["id"], row.get("geometry")) for f in frames for _, row in f.iterrows()]


def csv_rows(raw, *, guard=False):
    """The rows of a CSV; `guard` leaves the apostrophes in."""
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    if guard:
        return rows
    texts = {name for name, column in COLUMNS.items() if column.type == "text"}
    return [
        {k: unguarded(v) if k in texts else v for k, v in row.items()} for row in rows
    ]


def metadata(raw):
    """The metadata of a Parquet file."""
    return pq.read_schema(io.BytesIO(raw)).metadata


def is_missing(value):
    return value is None or value is pd.NA or value != value
