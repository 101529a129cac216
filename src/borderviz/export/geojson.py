"""The table as GeoJSON: RFC 7946, with foreign members that say what it is."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from borderviz.export.exported import Exported


def geojson_bytes(export: Exported) -> bytes:
    """
    Write a FeatureCollection.

    Positions are as they stand in the atlas, longitude first; there is no `crs`; a
    record without a place has null as its geometry. Ids are those of the records.

    Parameters
    ----------
    export
        What is taken along.
    """
    frame, names = export.frame, [str(name) for name in export.cells.columns]
    document: dict[str, Any] = {"type": "FeatureCollection", **export.as_dict()}
    if export.unplaced < len(frame):
        document["bbox"] = [float(x) for x in frame.total_bounds]
    head = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    cells = export.cells.itertuples(index=False, name=None)
    features = (
        _feature(identity, dict(zip(names, row, strict=True)), shape)
        for identity, row, shape in zip(
            export.ids(), cells, frame.geometry, strict=True
        )
    )
    rows = [
        json.dumps(one, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for one in features
    ]
    # One feature a line: readable, and quick to compare between two exports.
    body = ",\n".join(rows)
    return f'{head[:-2]},\n "features": [\n{body}\n]}}\n'.encode()


def _feature(
    identity: str | int, values: dict[str, Any], shape: BaseGeometry | None
) -> dict[str, Any]:
    properties = {name: plain(value) for name, value in values.items()}
    return {
        "type": "Feature",
        "id": identity,
        "geometry": mapping(shape) if shape is not None else None,
        "properties": properties,
    }


def plain(value: Any) -> str | int | float | bool | None:
    """
    Turn a cell of the table into what JSON has; an empty one is None.

    Examples
    --------
    >>> plain(pd.NA), plain(2.0), plain("a"), plain(True)
    (None, 2, 'a', True)
    """
    if value is None or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, str | int):
        return value
    number = float(value)
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() else number
