"""An atlas folder into an `Atlas`: everything read, checked and tied together.

`read` collects every problem and stops at none; `load` raises when there is any.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from borderviz.errors import ContentError, Problem
from borderviz.model import Label, Model, Place, Record, Sector, Source
from borderviz.reading import Folder
from borderviz.settings import Settings, Style
from borderviz.validate import check

LonLat = tuple[float, float]


@dataclass(frozen=True)
class Atlas:
    """
    One atlas, complete and checked. Read-only by agreement: it is shared by all readers.

    Parameters
    ----------
    root
        The folder it was read from.
    settings, styles
        `atlas.toml` and `styles.toml`.
    records
        Every record by id, in the order of the files.
    positions
        (lon, lat) of the records that have a place of their own.
    shapes
        Geometry by feature id, EPSG:4326: lines, zones, and waypoints of routes.
    land
        Basemap features: (properties, geometry).
    sources
        Citations by id.
    fingerprint
        Twelve hexadecimal digits that change when any file does: the data version.
    """

    root: Path
    settings: Settings
    styles: dict[str, Style]
    records: dict[str, Record]
    positions: dict[str, LonLat]
    shapes: dict[str, BaseGeometry]
    land: list[tuple[dict[str, Any], BaseGeometry]]
    places: list[tuple[Place, LonLat]]
    labels: list[tuple[Label, LonLat]]
    sectors: list[Sector]
    arrivals: dict[str, Any]
    sources: dict[str, Source]
    files: dict[str, str] = field(repr=False)
    fingerprint: str


def load(root: Path) -> Atlas:
    """
    Read an atlas that is to be shown.

    Raises
    ------
    ContentError
        If anything in it is wrong; `problems` says what, all at once.
    """
    atlas, problems = read(root)
    if atlas is None or problems:
        raise ContentError(problems)
    return atlas


def read(root: Path) -> tuple[Atlas | None, list[Problem]]:
    """
    Read and check an atlas; return it (None without usable settings) and all problems.

    Parameters
    ----------
    root
        A folder with `atlas.toml`.
    """
    folder = Folder(root)
    raw = folder.toml("atlas.toml")
    settings = folder.model(Settings, raw, "atlas.toml", "") if raw else None
    if settings is None:
        return None, folder.problems
    parts = _Parts(folder)
    parts.read_styles()
    parts.read_sources()
    for name in settings.records:
        parts.read_records(name)
    for name in settings.geometry:
        parts.read_shapes(name)
    atlas = Atlas(
        root=root,
        settings=settings,
        styles=parts.styles,
        records=parts.records,
        positions=parts.positions,
        shapes=parts.shapes,
        land=[
            (p, g) for n in settings.land for _, p, g in folder.features(n) if g is not None
        ],
        places=parts.placed(Place, settings.places),
        labels=parts.placed(Label, settings.labels),
        sectors=parts.rows(Sector, settings.sectors, "sector"),
        arrivals=folder.toml(settings.arrivals) if settings.arrivals else {},
        sources=parts.sources,
        files=parts.files,
        fingerprint=fingerprint(root),
    )
    check(atlas, folder)
    return atlas, folder.problems


def fingerprint(root: Path) -> str:
    """Hash every content file (name and bytes): the version of the data."""
    digest = hashlib.sha256()
    for path in content_files(root):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def content_files(root: Path) -> list[Path]:
    """List the content files of an atlas, sorted by name."""
    kinds = {".toml", ".json", ".geojson"}
    return sorted(p for p in root.glob("*.*") if p.suffix in kinds and p.is_file())


class _Parts:
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
        rows = self.folder.json("sources.json")
        for number, data in enumerate(rows if isinstance(rows, list) else [], 1):
            identity = self._identity(data, number)
            source = self.folder.model(Source, data, "sources.json", identity)
            if source and self._is_new(source.id, "sources.json", "source"):
                self.sources[source.id] = source

    def read_records(self, name: str) -> None:
        """Read records from GeoJSON features or from TOML `[[record]]` tables."""
        if name.endswith(".geojson"):
            rows = self.folder.features(name)
        else:
            tables = self.folder.toml(name).get("record", [])
            tables = tables if isinstance(tables, list) else []
            rows = [(self._identity(t, n), t, None) for n, t in enumerate(tables, 1)]
        for identity, data, geometry in rows:
            record = self.folder.model(Record, data, name, identity)
            if record is None or not self._is_new(record.id, name, "record"):
                continue
            self.records[record.id] = record
            if isinstance(geometry, Point) and not geometry.is_empty:
                self.positions[record.id] = (geometry.x, geometry.y)
            elif geometry is not None:
                self.shapes[record.id] = geometry
            elif record.at:
                self.positions[record.id] = (record.at[0], record.at[1])

    def read_shapes(self, name: str) -> None:
        """Read the geometry of lines and zones."""
        for identity, _, geometry in self.folder.features(name):
            if geometry is not None and self._is_new(identity, name, "shape"):
                self.shapes[identity] = geometry

    def placed(self, kind: type[Any], name: str | None) -> list[tuple[Any, LonLat]]:
        """Read features that are points with a model."""
        found = []
        for identity, data, geometry in self.folder.features(name) if name else []:
            item = self.folder.model(kind, data, name or "", identity)
            if item is None or not self._is_new(identity, name or "", kind.__name__):
                continue
            if isinstance(geometry, Point):
                found.append((item, (geometry.x, geometry.y)))
            elif geometry is not None:
                self.folder.problem(
                    name or "",
                    identity,
                    "geometry",
                    found=geometry.geom_type,
                    allowed="a Point",
                    cure="Give the place one position.",
                )
        return found

    def rows(self, kind: type[Any], name: str | None, table: str) -> list[Any]:
        """Read TOML tables with a model."""
        tables = self.folder.toml(name).get(table, []) if name else []
        rows: list[Model | None] = [
            self.folder.model(kind, data, name or "", self._identity(data, n))
            for n, data in enumerate(tables if isinstance(tables, list) else [], 1)
        ]
        return [row for row in rows if row is not None]

    def _identity(self, data: Any, number: int) -> str:
        found = data.get("id") if isinstance(data, dict) else None
        return str(found)[:80] if found else f"#{number}"

    def _is_new(self, identity: str, name: str, what: str) -> bool:
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
