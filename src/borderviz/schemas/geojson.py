"""GeoJSON (RFC 7946) as JSON Schema, with the properties of an atlas's features."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def _listed(item: Schema, least: int) -> Schema:
    return {"type": "array", "items": item, "minItems": least}


def _degrees(most: int, description: str) -> Schema:
    limits = {"minimum": -most, "maximum": most}
    return {"type": "number", **limits, "description": description}


_POSITION: Schema = {
    "type": "array",
    "description": "longitude, latitude (EPSG:4326); a height is not used",
    "prefixItems": [
        _degrees(180, "longitude: east is positive, west negative"),
        _degrees(90, "latitude: north is positive, south negative"),
    ],
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 3,
}
POSITION = {"$ref": "#/$defs/Position"}
_LINE = _listed(POSITION, 2)
_RINGS = _listed(_listed(POSITION, 4), 1)
_COORDINATES = {
    "Point": POSITION,
    "MultiPoint": _listed(POSITION, 1),
    "LineString": _LINE,
    "MultiLineString": _listed(_LINE, 1),
    "Polygon": _RINGS,
    "MultiPolygon": _listed(_RINGS, 1),
}


def geometry_defs() -> Schema:
    """Write the definitions that `collection` refers to."""
    return {
        "Position": _POSITION,
        **{
            name: {
                "type": "object",
                "properties": {"type": {"const": name}, "coordinates": coordinates},
                "required": ["type", "coordinates"],
            }
            for name, coordinates in _COORDINATES.items()
        },
    }


def collection(
    properties: Schema, *, null: bool = False, only: str = "", rules: Schema | None
) -> Schema:
    """
    Write the schema of a FeatureCollection.

    Parameters
    ----------
    properties
        Schema of the features' properties.
    null
        Whether a feature may have no geometry.
    only
        The one type of geometry they may have; empty for any.
    rules
        What else holds for a feature; None for nothing.
    """
    names = [only] if only else list(_COORDINATES)
    geometry: Schema = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]}
    if null:
        geometry["anyOf"].append({"type": "null"})
    feature: Schema = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": {"description": "the same as in `properties`, which counts"},
            "properties": properties,
            "geometry": geometry,
        },
        # Another member, such as a comment, is of no account.
        "required": ["type", "properties"] if null else [*_NEEDED, "geometry"],
        **(rules or {}),
    }
    return {
        "type": "object",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
            "crs": False,
        },
        "required": ["type", "features"],
    }


_NEEDED = ("type", "properties")
