"""The parts of an atlas while it is read: each file's entries, by id, as far as usable.

Only `content` uses this; it puts the parts together and has them checked as a whole.
"""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from borderviz.geometry import LonLat
from borderviz.model import Label, Place, Record, Sector, Slug, Source
from borderviz.questions import Question
from borderviz.reading import Folder
from borderviz.settings import Style

P = TypeVar("P", Place, Label)
R = TypeVar("R", Sector, Question)
M = TypeVar("M", bound=BaseModel)


class Shape(BaseModel):
    """Geometry for a record to name; other properties are the map editor's own."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    id: Slug


class Land(Shape):
    """A part of the basemap: detailed (near) or for the far view, shaded or not."""

    tier: Literal["near", "far", "close"]
    shaded: bool = False


class Parts:
    """What has been read so far, by id; a repeated id is noted, the first one kept."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.styles: dict[str, Style] = {}
        self.sources: dict[str, Source] = {}
        self.records: dict[str, Record] = {}
        self.positions: dict[str, LonLat] = {}
        self.shapes: dict[str, BaseGeometry] = {}
        self.files: dict[str, str] = {}

    def read_styles(self) -> None:
        """Read `styles.toml`."""
        for name, data in self.folder.toml("styles.toml").items():
            style = self.folder.model(Style, data, "styles.toml", name)
            if style:
                self.styles[name] = style

    def read_sources(self) -> None:
        """Read `sources.json`."""
        rows = self.folder.json("sources.json", list) or []
        for number, data in enumerate(rows, 1):
            identity = self._identity(data, number)
            source = self.folder.model(Source, data, "sources.json", identity)
            if source and self._is_new(source.id, "sources.json", "source"):
                self.sources[source.id] = source

    def read_records(self, name: str) -> None:
        """Read records from GeoJSON features or from TOML `[[record]]` tables."""
        if name.endswith(".geojson"):
            rows = self.folder.features(name)
        else:
            tables = self.folder.tables(name, "record")
            rows = [(self._identity(t, n), t, None) for n, t in enumerate(tables, 1)]
        for identity, data, geometry in rows:
            record = self.folder.model(Record, data, name, identity)
            if record is None or not self._is_new(record.id, name, "record"):
                continue
            self.records[record.id] = record
            if isinstance(geometry, Point):
                self.positions[record.id] = (geometry.x, geometry.y)
            elif geometry is not None and self._is_new(record.id, name, "shape"):
                self.shapes[record.id] = geometry
            elif record.at:
                self.positions[record.id] = (record.at[0], record.at[1])

    def read_shapes(self, name: str) -> None:
        """Read the geometry of lines and zones."""
        for identity, data, geometry in self.folder.features(name):
            shape = self.folder.model(Shape, data, name, identity)
            if shape is None or not self._is_there(geometry, identity, name):
                continue
            if geometry is not None and self._is_new(shape.id, name, "shape"):
                self.shapes[shape.id] = geometry

    def land(self, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
        """Read features of the basemap."""
        return [
            (data, geometry)
            for identity, data, geometry in self.folder.features(name)
            if self.folder.model(Land, data, name, identity) is not None
            and self._is_there(geometry, identity, name)
            and geometry is not None
        ]

    def placed(self, kind: type[P], name: str | None) -> list[tuple[P, LonLat]]:
        """Read features that are points with a model."""
        found: list[tuple[P, LonLat]] = []
        for identity, data, geometry in self.folder.features(name) if name else []:
            item = self.folder.model(kind, data, name or "", identity)
            if item is None or not self._is_new(item.id, name or "", kind.__name__):
                continue
            if isinstance(geometry, Point):
                found.append((item, (geometry.x, geometry.y)))
            elif self._is_there(geometry, identity, name or ""):
                self.folder.problem(
                    name or "",
                    identity,
                    "geometry",
                    found=geometry.geom_type if geometry else "nothing",
                    allowed="a Point",
                    cure="Give it one position.",
                )
        return found

    def rows(self, kind: type[R], name: str | None, table: str) -> list[R]:
        """Read TOML tables with a model."""
        rows = self.plain_rows(kind, name, table)
        return [row for row in rows if self._is_new(row.id, name or "", table)]

    def plain_rows(self, kind: type[M], name: str | None, table: str) -> list[M]:
        """Read TOML tables of a model that has no id."""
        tables = self.folder.tables(name, table) if name else []
        rows = (
            self.folder.model(kind, data, name or "", self._identity(data, number))
            for number, data in enumerate(tables, 1)
        )
        return [row for row in rows if row is not None]

    def _identity(self, data: Any, number: int) -> str:
        """Name an entry whose id may be missing or of the wrong type."""
        found = data.get("id") if isinstance(data, dict) else None
        return str(found)[:80] if found else f"#{number}"

    def _is_there(
        self, geometry: BaseGeometry | None, identity: str, name: str
    ) -> bool:
        """Tell whether a feature has a geometry; note it where it was left out."""
        noted = any(
            (p.file, p.record, p.field) == (name, identity, "geometry")
            for p in self.folder.problems
        )
        if geometry is None and not noted:
            self.folder.problem(
                name,
                identity,
                "geometry",
                found="null",
                allowed="a geometry: this feature is there to be drawn",
                cure="Give it a geometry, or remove the feature.",
            )
        return geometry is not None

    def _is_new(self, identity: str, name: str, what: str) -> bool:
        """Tell whether an id is still free, and take it; note it where it is not."""
        key = f"{what} {identity}"
        if key in self.files:
            self.folder.problem(
                name,
                identity,
                "id",
                found=f"an id that {self.files[key]} has already",
                allowed=f"an id that no other {what.lower()} has",
                cure="Give one of the two another id; ids are never reused.",
            )
            return False
        self.files[key] = name
        return True
