"""GeoJSON (RFC 7946): collections, single features, bare geometries; also projected."""

from __future__ import annotations

import json
import re
from typing import Any

from borderviz.overlay_files.clean import told
from borderviz.overlay_files.draft import Draft
from borderviz.overlay_files.encodings import decoded
from borderviz.overlay_files.geometries import Geometries
from borderviz.overlay_files.limits import DEPTH, ROWS, refusal, refuse_more
from borderviz.overlay_files.raw import RawTable, Reason

_GEOMETRIES = (
    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon"),
    *("MultiPolygon", "GeometryCollection"),
)
# As `EPSG:5179`, `urn:ogc:def:crs:EPSG::5179` or `http://.../def/crs/EPSG/0/5179`.
_EPSG = re.compile(r"EPSG[:/]+(?:[\d.]*[:/]+)?(\d{4,6})", re.IGNORECASE | re.ASCII)
_CRS84 = re.compile(r"CRS:?84$", re.IGNORECASE)
_ID = "id"


def read_geojson(data: bytes, encoding: str) -> RawTable:
    """
    Read GeoJSON; a feature is a row, numbered from 1.

    Raises
    ------
    RefusedFileError
        If it is no GeoJSON, gives a key twice, or is over a limit.
    """
    draft = Draft("geojson")
    document = _parsed(decoded(data, draft, encoding))
    features = _features(document)
    refuse_more(len(features), ROWS, "rows")
    crs = _crs(document)
    geometries = Geometries()
    records: list[dict[str, Any]] = []
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            draft.problems.add(number, "", feature, Reason("file-no-feature"))
            continue
        properties = feature.get("properties")
        if not isinstance(properties, dict):
            properties = {} if properties is None else {"properties": properties}
        if _ID in feature and _ID not in properties:
            properties = {_ID: feature[_ID], **properties}
        geometries.add(feature.get("geometry"))
        records.append(properties)
        draft.numbers.append(number)
    draft.take_records(records)
    draft.settled = geometries.settled(crs)
    return draft.finish()


def _parsed(text: str) -> Any:
    """Read JSON; what it says twice or nests too deep is refused."""
    try:
        document = json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise refusal(why="broken-line", form="GeoJSON", line=error.lineno) from None
    except ValueError:  # an integer of thousands of digits
        raise refusal(why="broken", form="GeoJSON") from None
    except RecursionError:
        raise refusal(why="depth", limit=DEPTH) from None
    depth, level = 0, [document]
    while level := [part for part in level if isinstance(part, dict | list)]:
        depth += 1
        refuse_more(depth, DEPTH, "depth")
        level = [
            inner
            for part in level
            for inner in (part.values() if isinstance(part, dict) else part)
        ]
    return document


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise refusal(why="double-key", name=told(max(keys, key=keys.count)))
    return found


def _features(document: Any) -> list[Any]:
    """List the features of what may be a collection, a feature or a geometry."""
    kind = document.get("type") if isinstance(document, dict) else None
    if kind in _GEOMETRIES:
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    if kind == "Feature":
        return [document]
    features = document.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise refusal(why="json")
    return features


def _crs(document: dict[str, Any]) -> str:
    """Name the system of the coordinates; empty for longitude and latitude."""
    crs = document.get("crs")
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    # A link is not followed: the name says it, or nothing does.
    if isinstance(name, str):
        if _CRS84.search(name[-20:]):
            return ""
        if found := _EPSG.search(name[-80:]):
            return f"EPSG:{int(found[1])}"
    raise refusal(why="crs", crs=told(crs if name is None else name))
