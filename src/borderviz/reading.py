"""Files into parsed data: the only module that opens content, and never trusts it.

Each reader returns what it could parse and adds a `Problem` for what it could not, so
that one broken file never hides the faults of the others.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import shapely
from pydantic import BaseModel, ValidationError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from borderviz.errors import Problem, shortened

M = TypeVar("M", bound=BaseModel)
Row = tuple[str, Any, BaseGeometry | None]


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
        text = found if isinstance(found, str) else shortened(found)
        self.problems.append(Problem(file, record, field, text, allowed, cure))

    def text(self, name: str) -> str | None:
        """Read one file as UTF-8, or note why that failed."""
        path = self.root / name
        if not path.resolve().is_relative_to(self.root.resolve()):
            self.problem(
                name,
                found="a path out of the atlas folder",
                allowed="a file inside it",
                cure="Move the file into the atlas.",
            )
            return None
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            found, cure = "no such file", "Add the file or mend its name."
        except UnicodeDecodeError as error:
            found = f"bytes that are not UTF-8 at {error.start}"
            cure = "Save the file as UTF-8."
        except OSError as error:
            found = error.strerror or "an unreadable file"
            cure = "Make the file readable."
        self.problem(name, found=found, allowed="a readable UTF-8 file", cure=cure)
        return None

    def toml(self, name: str) -> dict[str, Any]:
        """Read a TOML file; empty when it cannot be read."""
        return self._parsed(name, tomllib.loads, "TOML") or {}

    def json(self, name: str) -> Any:
        """Read a JSON file; None when it cannot be read."""
        return self._parsed(name, json.loads, "JSON")

    def _parsed(self, name: str, parse: Callable[[str], Any], form: str) -> Any:
        text = self.text(name)
        if text is None:
            return None
        try:
            return parse(text)
        except (ValueError, RecursionError) as error:
            self.problem(
                name,
                found=str(error)[:160],
                allowed=f"valid {form}",
                cure="Mend the place named, often a missing comma, quote or bracket.",
            )
            return None

    def features(self, name: str) -> list[Row]:
        """Read a GeoJSON file into (id, properties, geometry or None) rows."""
        data = self.json(name)
        if data is None:
            return []
        features = data.get("features") if isinstance(data, dict) else None
        if not isinstance(features, list) or "crs" in data:
            self.problem(
                name,
                found="a `crs` member" if features else shortened(data, 40),
                allowed="a GeoJSON FeatureCollection in (lon, lat), RFC 7946",
                cure="Wrap the features in a FeatureCollection without `crs`.",
            )
            return []
        return [self._feature(name, n, item) for n, item in enumerate(features, 1)]

    def _feature(self, name: str, number: int, item: Any) -> Row:
        item = item if isinstance(item, dict) else {}
        properties = item.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        identity = str(properties.get("id") or f"#{number}")
        raw = item.get("geometry")
        if raw is None:
            return identity, properties, None
        try:
            geometry = shape(raw)
            bounds = geometry.bounds
        except (AttributeError, KeyError, TypeError, ValueError, shapely.GEOSException):
            geometry, bounds = None, ()
        inside = (
            len(bounds) == 4
            and -180 <= bounds[0] <= bounds[2] <= 180
            and -90 <= bounds[1] <= bounds[3] <= 90
        )
        if geometry is None or not inside or not geometry.is_valid:
            self.problem(
                name,
                identity,
                "geometry",
                found=shortened(raw),
                allowed="a valid geometry, longitude before latitude, in degrees",
                cure="Check the order (lon, lat), the brackets and the ring's shape.",
            )
            return identity, properties, None
        return identity, properties, geometry

    def model(self, kind: type[M], data: Any, file: str, record: str) -> M | None:
        """Check one piece of data against its model; note every fault in it."""
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                self._fault(kind, fault, file, record)
        except RecursionError:
            self.problem(
                file, record, found="deep nesting", allowed="plain fields", cure="Flatten it."
            )
        return None

    def _fault(self, kind: type[M], fault: Any, file: str, record: str) -> None:
        field = ".".join(str(part) for part in fault["loc"])
        missing, extra = fault["type"] == "missing", fault["type"] == "extra_forbidden"
        if missing:
            found, cure = "nothing", f"Add the field `{field}`."
            allowed = "a value; the field is required"
        elif extra:
            found = shortened(fault["input"])
            allowed = "one of " + ", ".join(sorted(kind.model_fields))
            if len(fault["loc"]) > 1:
                allowed = "the fields that README.md lists here"
            cure = "Remove the field or mend its name."
        else:
            found = shortened(fault["input"])
            allowed = fault["msg"].removeprefix("Value error, ")
            cure = "Write a value of that form; README.md has an example."
        self.problem(file, record, field, found=found, allowed=allowed, cure=cure)
