"""What an export of a reader's own rows holds, and says about itself.

It says no more than the file and this atlas's lines do: what was computed stands in
columns of our own, under the licences of those lines; the rest is the reader's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from borderviz.export.cells import fit, joined, one_line
from borderviz.export.exported import Exported, Placemark
from borderviz.export.layers import by_sort
from borderviz.export.licences import licences_of
from borderviz.export.overlay_balloons import placemarks
from borderviz.export.overlay_columns import table_of
from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.settings import Licence

_LAYERS = {
    "MultiPoint": "multipoints",
    "MultiLineString": "lines",
    "MultiPolygon": "areas",
}


@dataclass(frozen=True, eq=False)
class OwnExport(Exported):
    """
    One export of a reader's rows.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them are shown.
    context
        The atlas, and the language.
    today
        The day it is made.
    address
        Where the atlas is served; empty if that is not known.
    """

    overlay: Overlay
    mask: NDArray[np.bool_]
    context: Context
    today: dt.date
    address: str = ""
    frame: gpd.GeoDataFrame = field(init=False, repr=False)
    prefix: str = field(init=False)
    _numeric: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay the table out once for all formats."""
        table = table_of(self.overlay, self.mask, self.context)
        object.__setattr__(self, "frame", table.frame)
        object.__setattr__(self, "prefix", table.prefix)
        object.__setattr__(self, "_numeric", table.numeric_texts)

    @property
    def rows(self) -> list[int]:
        """The indices of the rows."""
        found: list[int] = np.flatnonzero(self.mask).tolist()
        return found

    @property
    def numeric_texts(self) -> frozenset[str]:
        """Columns of texts that are plain numbers all."""
        return self._numeric

    @property
    def file(self) -> str:
        """What the reader's file is called."""
        return one_line(fit(self.overlay.name))

    @property
    def name(self) -> str:
        """What files are called that have no other name."""
        return f"{super().name}-own-{self.overlay.version}"

    @property
    def atlas_title(self) -> str:
        """The title of the atlas."""
        return super().title

    @property
    def title(self) -> str:
        """The file, and what it was located on."""
        say = self.context.say
        return say("overlay-export-title", name=self.file, title=self.atlas_title)

    @property
    def sentence(self) -> str:
        """How many rows it has, and whose they are."""
        count, total = len(self.frame), len(self.overlay)
        return self.context.say("overlay-export-said", count=count, total=total)

    @property
    def link(self) -> str:
        """The link to the view of the atlas; a reader's rows are in no link."""
        plain = {"at": "", "selected": "", "listed": "", "page": ""}
        query = self.context.query(self.context.view.with_(**plain))
        return joined(self.address, query)

    @cached_property
    def licences(self) -> list[Licence]:
        """The licences of the lines that our own columns were computed from."""
        atlas = self.context.atlas
        return licences_of((axis.record for axis in atlas.axes.values()), atlas)

    @property
    def licence(self) -> str:
        """The licences of our own columns as an SPDX expression."""
        found = " AND ".join(licence.id for licence in self.licences)
        return found or self.context.say("export-no-licence")

    @property
    def attribution(self) -> list[str]:
        """Whom those licences ask to name."""
        words = (self.context.plain(licence.attribution) for licence in self.licences)
        return list(dict.fromkeys(one_line(w).removesuffix(".") for w in words))

    def as_dict(self) -> dict[str, Any]:
        """Tell all of it in plain values, for members and metadata of files."""
        words = {"prefix": self.prefix, "licence": self.licence}
        return {
            "title": self.title,
            "description": self.sentence,
            "license": self.context.say("overlay-export-licence", **words),
            "licenses": [
                {"id": x.id, "name": self.context.plain(x.name), "url": x.address}
                for x in self.licences
            ],
            "attribution": "; ".join(self.attribution),
            "computed_columns": f"{self.prefix}_*",
            "file": self.file,
            "file_version": self.overlay.version,
            "data_version": self.context.atlas.fingerprint,
            "atlas_version": self.context.atlas.settings.version,
            "generated": self.today.isoformat(),
            "language": self.context.view.lang,
            "rows": len(self.frame),
            "rows_not_shown": len(self.overlay) - len(self.frame),
            "rows_left_out": self.overlay.bad_count,
        }

    def ids(self) -> list[int]:
        """Give each row its number in the file."""
        numbers: list[int] = self.overlay.numbers[self.rows].tolist()
        return numbers

    def layers(self) -> Iterator[tuple[str, str, gpd.GeoDataFrame]]:
        """Part the table into `points`, and as needed `lines`, `areas`, …."""
        is_point = (self.frame.geometry.geom_type == "Point").to_numpy(dtype=bool)
        yield "points", "Point", self.frame[is_point]
        yield from by_sort(self.frame[~is_point], _LAYERS)

    def placemarks(self) -> Iterator[Placemark]:
        """Tell each row as KML does."""
        return placemarks(self.overlay, self.rows, self.context)

    def about(self) -> Iterator[str]:
        """Say what the file is, and what of it is whose."""
        yield self.sentence
        words = {"prefix": self.prefix, "licence": self.licence}
        yield self.context.say("overlay-export-licence", **words)
        if self.attribution:
            names = "; ".join(self.attribution)
            yield self.context.say("export-attribution", names=names)
        yield self.version
