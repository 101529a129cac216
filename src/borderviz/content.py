"""An atlas folder into an `Atlas`: everything read, checked and tied together.

`read` collects every problem and stops at none; `load` raises when there is any.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from borderviz.along import Along, along_of
from borderviz.axes import Axis, axes_of
from borderviz.document_files import read_documents
from borderviz.documents import Correction, Page, PageHead, Step, StepHead
from borderviz.errors import ContentError, Problem
from borderviz.filters import is_event
from borderviz.geometry import LonLat
from borderviz.kept import Kept
from borderviz.layers import layer_of
from borderviz.model import Label, Place, Record, Sector, Source
from borderviz.parts import Parts
from borderviz.paths import CONTENT, content_files
from borderviz.permalink import step_views
from borderviz.questions import Question
from borderviz.reading import Folder
from borderviz.settings import Layer, Settings, Style
from borderviz.texts import Template
from borderviz.translations import read_own_texts, translate
from borderviz.validate import check
from borderviz.view import ViewState

__all__ = ["CONTENT", "Atlas", "content_files", "fingerprint", "load", "read"]


# A view is some ten results; most of the bytes are the open sheets'.
KEPT, KEPT_BYTES = 4096, 24 * 2**20


@dataclass(frozen=True)
class Atlas:
    """
    One atlas, complete and checked. Read-only by agreement: all readers share it.

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
    texts
        The atlas's own words for the interface, by language and key.
    licences
        The full texts of its licences, by the id that `atlas.toml` gives them.
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
    questions: list[Question]
    story: list[Step]
    pages: list[Page]
    corrections: list[Correction]
    sources: dict[str, Source]
    texts: dict[str, dict[str, Template]]
    licences: dict[str, str]
    files: dict[str, str] = field(repr=False)
    fingerprint: str

    @cached_property
    def events(self) -> tuple[Record, ...]:
        """The records that filters concern, in the order of the files."""
        return tuple(r for r in self.records.values() if is_event(r))

    @cached_property
    def layers_of(self) -> dict[str, Layer | None]:
        """The layer that shows each record, by the record's id; None for no layer."""
        layers = self.settings.layers
        return {r.id: layer_of(r, layers) for r in self.records.values()}

    @cached_property
    def kept(self) -> Kept:
        """What readers of the same view share; it goes when the atlas does."""
        return Kept(most=KEPT, most_bytes=KEPT_BYTES)

    @cached_property
    def axes(self) -> dict[str, Axis]:
        """The reference lines by the id of the border: made once, when first asked."""
        return axes_of(self)

    @cached_property
    def step_of(self) -> dict[str, Step]:
        """The steps of the story by their id."""
        return {step.id: step for step in self.story}

    @cached_property
    def page_of(self) -> dict[str, Page]:
        """The pages by their id."""
        return {page.id: page for page in self.pages}

    @cached_property
    def step_views(self) -> dict[str, ViewState]:
        """The view of each step of the story, by its id; made once."""
        return step_views(self)

    @cached_property
    def along(self) -> dict[str, Along]:
        """Where along a border each record is, by its id; made once."""
        return along_of(self, self.axes)


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


def read(root: Path, *, as_written: bool = False) -> tuple[Atlas | None, list[Problem]]:
    """
    Read and check an atlas; return it (None without usable settings) and all problems.

    Parameters
    ----------
    root
        A folder with `atlas.toml`.
    as_written
        True leaves out the translations: only what the files themselves say.
    """
    folder = Folder(root)
    raw = folder.toml("atlas.toml")
    settings = folder.model(Settings, raw, "atlas.toml", "") if raw else None
    if settings is None:
        return None, folder.problems
    parts = Parts(folder)
    parts.read_styles()
    parts.read_sources()
    for name in settings.records:
        parts.read_records(name)
    for name in settings.geometry:
        parts.read_shapes(name)
    language = settings.default_language
    atlas = Atlas(
        root=root,
        settings=settings,
        styles=parts.styles,
        records=parts.records,
        positions=parts.positions,
        shapes=parts.shapes,
        land=[feature for name in settings.land for feature in parts.land(name)],
        places=parts.placed(Place, settings.places),
        labels=parts.placed(Label, settings.labels),
        sectors=parts.rows(Sector, settings.sectors, "sector"),
        arrivals=folder.toml(settings.arrivals) if settings.arrivals else {},
        questions=parts.rows(Question, settings.questions, "question"),
        story=read_documents(folder, settings.story, StepHead, language),
        pages=read_documents(folder, settings.pages, PageHead, language),
        corrections=parts.plain_rows(Correction, settings.corrections, "correction"),
        sources=parts.sources,
        texts=read_own_texts(folder, settings),
        licences={x.id: folder.text(x.file) or "" for x in settings.licences},
        files=parts.files,
        fingerprint=fingerprint(root),
    )
    if not as_written:
        translate(atlas, folder)
    check(atlas, folder)
    return atlas, folder.problems


def fingerprint(root: Path) -> str:
    """Hash every content file (name and bytes): the version of the data."""
    digest = hashlib.sha256()
    for path in content_files(root):
        digest.update(os.fsencode(path.relative_to(root).as_posix()))
        try:
            digest.update(path.read_bytes())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()[:12]
