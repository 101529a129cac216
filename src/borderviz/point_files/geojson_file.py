"""Points in GeoJSON (RFC 7946): every property and member stays."""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from borderviz.errors import shortened
from borderviz.faults import Fault
from borderviz.point_files.base import (
    UNCERTAINTY,
    Options,
    PointFile,
    Value,
    refusal,
    refuse_clash,
)
from borderviz.point_files.rows import BadRowError, Rows, radius_in

# Names of WGS84 in (lon, lat) in the `crs` member of the time before RFC 7946.
_WGS84 = ("crs84", "epsg:4326", "epsg::4326")


class GeoJsonFile(PointFile):
    """A FeatureCollection or a single Feature."""

    suffixes = (".geojson", ".json")

    def __init__(self, path: Path, options: Options) -> None:
        self.rows = Rows(path, "feature")
        self._path, self._added = path, options.added
        self._has_mark, self._document = _parsed(path)
        self._features = self._checked()
        self._radius = options.uncertainty or UNCERTAINTY
        names = {name for feature in self._features for name in _properties(feature)}
        if options.uncertainty and options.uncertainty not in names:
            cure = "Name a property of the features."
            allowed = "one of " + (", ".join(sorted(names)) or "(none)")
            raise refusal(path, "--uncertainty", options.uncertainty, allowed, cure)
        refuse_clash(path, names, options.added)
        for number, feature in enumerate(self._features, 1):
            try:
                lon, lat = _position(feature.get("geometry"))
                radius = _properties(feature).get(self._radius)
                self.rows.add(number, lon, lat, radius_in(radius, self._radius))
            except BadRowError as error:
                self.rows.add_bad(number, error.fault)

    def write(self, path: Path, added: Iterable[Sequence[Value]]) -> None:
        """See `PointFile`; one feature a line."""
        for feature, values in zip(self._features, added, strict=True):
            more = dict(zip(self._added, values, strict=True))
            feature["properties"] = {**_properties(feature), **more}
        with path.open("xb") as file:
            file.write(codecs.BOM_UTF8 if self._has_mark else b"")
            for text in self._lines():
                # Half of a surrogate pair, which JSON may escape, stays escaped.
                file.write(text.encode(errors="backslashreplace"))

    def _checked(self) -> list[dict[str, Any]]:
        """List the features; what else a JSON file may be is refused."""
        document, allowed = self._document, "a FeatureCollection or a Feature"
        kind = document.get("type") if isinstance(document, dict) else None
        if kind not in ("FeatureCollection", "Feature"):
            found = shortened(kind or document)
            raise refusal(self._path, "type", found, allowed, "Export it as GeoJSON.")
        self._refuse_other_crs(document)
        features = [document] if kind == "Feature" else document.get("features")
        if not isinstance(features, list) or not features:
            cure = "Add features."
            raise refusal(self._path, "features", "none", "a list of features", cure)
        for number, feature in enumerate(features, 1):
            good = isinstance(feature, dict) and feature.get("type") == "Feature"
            if not good or not isinstance(feature.get("properties") or {}, dict):
                where, found = f"feature {number}", shortened(feature)
                allowed = "an object with type Feature, geometry and properties"
                raise refusal(self._path, where, found, allowed, "Mend the feature.")
        return features

    def _refuse_other_crs(self, document: dict[str, Any]) -> None:
        if "crs" not in document:
            return
        crs = document["crs"]
        about = crs.get("properties") if isinstance(crs, dict) else None
        name = about.get("name") if isinstance(about, dict) else None
        if not str(name).lower().endswith(_WGS84):
            found, allowed = shortened(crs), "WGS84 (CRS84), or no `crs`"
            cure = "Reproject the file to WGS84, longitude first."
            raise refusal(self._path, "crs", found, allowed, cure)

    def _lines(self) -> Iterator[str]:
        if self._document is self._features[0]:
            yield _dumped(self._document) + "\n"
            return
        for count, (name, value) in enumerate(self._document.items()):
            yield f"{',' if count else '{'}\n{_dumped(name)}: "
            if value is not self._features:
                yield _dumped(value)
                continue
            for number, feature in enumerate(value):
                yield f"{',' if number else '['}\n{_dumped(feature)}"
            yield "\n]"
        yield "\n}\n"


def _parsed(path: Path) -> tuple[bool, Any]:
    """Read JSON in UTF-8; whether it has a byte order mark, and what it says."""
    raw = path.read_bytes()
    has_mark = raw.startswith(codecs.BOM_UTF8)
    cure = "Export the points again as GeoJSON in UTF-8."

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise refusal(path, twice, "a member twice", "each once", "Rename one.")
        return found

    def finite(word: str) -> float:
        if math.isfinite(value := float(word)):
            return value
        raise refusal(path, "", word, "numbers", "Write null for what is not known.")

    try:
        return has_mark, json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=unique,
            parse_constant=finite,
            parse_float=finite,
        )
    except UnicodeDecodeError:
        raise refusal(path, "", "another encoding", "UTF-8", cure) from None
    except RecursionError:
        raise refusal(path, "", "endless nesting", "GeoJSON", cure) from None
    except ValueError as error:
        raise refusal(path, "", f"no JSON: {error}", "GeoJSON", cure) from None


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    return feature.get("properties") or {}


def _position(geometry: Any) -> tuple[float, float]:
    """Take (lon, lat) of a point, or of the only point of a MultiPoint."""
    if not isinstance(geometry, dict):
        raise BadRowError(Fault("geometry", "nothing", "a Point", "Give it a point."))
    kind, position = geometry.get("type"), geometry.get("coordinates")
    if kind == "MultiPoint" and isinstance(position, list) and len(position) == 1:
        kind, position = "Point", position[0]
    if kind != "Point":
        raise BadRowError(
            Fault("geometry", str(kind), "a Point", "Use one point of it.")
        )
    if (
        not isinstance(position, list)
        or len(position) < 2
        or any(isinstance(n, bool) or not isinstance(n, int | float) for n in position)
    ):
        allowed = "[longitude, latitude]"
        raise BadRowError(
            Fault("coordinates", shortened(position), allowed, "Mend the coordinates.")
        )
    try:
        return float(position[0]), float(position[1])
    except OverflowError:
        raise BadRowError(
            Fault("coordinates", "a huge number", "degrees", "Mend it.")
        ) from None


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
