"""Files into parsed data: the only module that opens content, and never trusts it.

Each reader returns what it could parse and adds a `Problem` for what it could not, so
that one broken file never hides the faults of the others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import shapely
from pydantic import BaseModel, ValidationError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from borderviz.errors import Problem, shortened
from borderviz.faults import model_problems, suggestion
from borderviz.parsing import json_from_text, oddities, toml_from_text
from borderviz.paths import content_files, is_content

M = TypeVar("M", bound=BaseModel)
Row = tuple[str, Any, BaseGeometry | None]
GEOMETRIES = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
)


class Folder:
    """
    An atlas folder: reads its files and keeps the list of problems.

    Parameters
    ----------
    root
        The folder. File names from the content are looked up inside it only.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def problem(
        self,
        file: str,
        record: str = "",
        field: str = "",
        *,
        found: object,
        allowed: str,
        cure: str,
    ) -> None:
        """Note one fault; `found` is shown as it stands, shortened."""
        text = found if isinstance(found, str) and found else shortened(found)
        parts = (file[:120] or "''", record[:80], field[:160], text[:160])
        words = (allowed[:800], cure[:400])
        self.problems.append(Problem(*(_printable(part) for part in (*parts, *words))))

    def text(self, name: str) -> str | None:
        """Read one file as UTF-8, or note why that failed."""
        allowed, cure = "a readable UTF-8 file", "Add the file or mend its name."
        try:
            path = (self.root / name).resolve()
            if not path.is_relative_to(self.root.resolve()):
                found, allowed = "a path out of the atlas folder", "a file inside it"
                cure = "Move the file into the atlas."
            elif path.exists() and not path.is_file():
                found = "a folder or a device"
            elif path.exists() and not is_content(name):
                # Neither the data version nor a reload would know that it changed.
                found, allowed = "a file out of its place", "a file beside atlas.toml"
                cure = "Move the file into the atlas's own folder, and mend its name."
            else:
                return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            found = "no such file"
            here = [p.relative_to(self.root) for p in content_files(self.root)]
            cure = suggestion(name, [path.as_posix() for path in here], cure)
        except UnicodeDecodeError as error:
            found = f"bytes that are not UTF-8 at {error.start}"
            cure = "Save the file as UTF-8."
        except OSError as error:
            found = error.strerror or "an unreadable file"
            cure = "Make the file readable."
        except (ValueError, RuntimeError):
            # A NUL or a lone surrogate in the name; links that lead to each other.
            found = "a name that no file can have, or links in a circle"
        self.problem(name, found=found, allowed=allowed, cure=cure)
        return None

    def toml(self, name: str) -> dict[str, Any]:
        """Read a TOML file; empty when it cannot be read or says nothing."""
        found: dict[str, Any] | None = self._parsed(name, toml_from_text, "TOML")
        if found == {}:
            self.problem(
                name,
                found="a file that says nothing",
                allowed="at least one entry",
                cure="Fill the file, or take its name out of atlas.toml.",
            )
        return found or {}

    def json(self, name: str, kind: type[Any]) -> Any:
        """Read a JSON file whose outermost value is a `kind`; None when that fails."""
        found = self._parsed(name, json_from_text, "JSON")
        if found is None or isinstance(found, kind):
            return found
        wanted = "a list [ … ]" if kind is list else "an object { … }"
        self.problem(name, found=found, allowed=wanted, cure=f"Wrap it in {wanted}.")
        return None

    def _parsed(self, name: str, parse: Callable[[str], Any], form: str) -> Any:
        text = self.text(name)
        if text is None:
            return None
        try:
            document = parse(text)
        except (ValueError, RecursionError) as error:
            self.problem(
                name,
                found="an empty file" if not text.strip() else str(error),
                allowed=f"valid {form}",
                cure="Mend the place named, often a missing comma, quote or bracket.",
            )
            return None
        for odd in oddities(document):
            self.problem(
                name,
                odd.record,
                ".".join(str(step) for step in odd.path),
                found=odd.found,
                allowed=odd.allowed,
                cure="Write the number, or flatten what is nested.",
            )
        return "null" if document is None else document  # None means: not read

    def tables(self, name: str, key: str) -> list[Any]:
        """Read the `[[key]]` tables of a TOML file."""
        document = self.toml(name)
        tables = document.pop(key, [])
        if not isinstance(tables, list):
            document[key], tables = tables, []
        if document:
            self.problem(
                name,
                field=next(iter(document)),
                found=", ".join(f"{k} = {v!r}"[:40] for k, v in document.items()),
                allowed=f"one table [[{key}]] for each entry, and nothing besides",
                cure=f"Begin each entry with a line of its own: [[{key}]].",
            )
        return tables

    def features(self, name: str) -> list[Row]:
        """Read a GeoJSON file into (id, properties, geometry or None) rows."""
        data = self.json(name, dict)
        if data is None:
            return []
        if "crs" in data:
            self.problem(
                name,
                field="crs",
                found=data["crs"],
                allowed="no `crs` member: RFC 7946 knows only (lon, lat) on WGS84",
                cure="Save the file as RFC 7946 GeoJSON, in EPSG:4326.",
            )
            return []
        features = data.get("features")
        if data.get("type") != "FeatureCollection" or not isinstance(features, list):
            self.problem(
                name,
                field="features",
                found=data,
                allowed="a GeoJSON FeatureCollection with a list of features",
                cure="Wrap the features in a FeatureCollection.",
            )
            return []
        rows = (self._feature(name, n, item) for n, item in enumerate(features, 1))
        return [row for row in rows if row is not None]

    def _feature(self, name: str, number: int, item: Any) -> Row | None:
        properties = item.get("properties") if isinstance(item, dict) else None
        if not isinstance(properties, dict) or item.get("type") != "Feature":
            self.problem(
                name,
                f"#{number}",
                found=item,
                allowed='{"type": "Feature", "properties": {…}, "geometry": …}',
                cure="Compare with the features before and after it.",
            )
            return None
        identity = str(properties.get("id") or f"#{number}")[:80]
        raw = item.get("geometry")
        geometry, flaw = (None, "") if raw is None else _geometry(raw)
        if raw is not None and geometry is None:
            self.problem(
                name,
                identity,
                "geometry",
                found=flaw or raw,
                allowed="a valid geometry, longitude before latitude, in degrees",
                cure="Check the order (lon, lat), the brackets and the ring's shape.",
            )
        return identity, properties, geometry

    def model(self, kind: type[M], data: Any, file: str, record: str) -> M | None:
        """Check one piece of data against its model; note every fault in it."""
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            for fault in model_problems(kind, error):
                field, found, allowed, cure = fault
                self.problem(
                    file, record, field, found=found, allowed=allowed, cure=cure
                )
        return None


def _geometry(raw: Any) -> tuple[BaseGeometry | None, str]:
    """Make a valid geometry within the world; else None, and the flaw if it has one."""
    if not isinstance(raw, dict) or raw.get("type") not in GEOMETRIES:
        return None, ""
    if not _has_numbers_only(raw.get("coordinates")):
        return None, ""
    try:
        geometry = shape(raw)
    except (IndexError, TypeError, ValueError, shapely.errors.ShapelyError):
        return None, ""
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return None, ""
    if not geometry.is_valid:
        return None, f"{geometry.geom_type}: {shapely.is_valid_reason(geometry)}"
    return geometry, ""


def _has_numbers_only(part: Any) -> bool:
    if isinstance(part, list):
        return all(_has_numbers_only(inner) for inner in part)
    return type(part) in (int, float)


def _printable(text: str) -> str:
    """Show control characters as escapes: a message must not steer a terminal."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
