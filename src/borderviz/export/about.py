"""What every export says about itself: what it is, from whom, under which licences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd

from borderviz.citations import Reference, cited, numbered
from borderviz.export.balloons import placemarks
from borderviz.export.cells import citation, joined, one_line
from borderviz.export.exported import Exported, Placemark
from borderviz.export.layers import layers_of
from borderviz.export.licences import licences_of
from borderviz.export.table import chosen_of, table
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.selection import Selection
from borderviz.settings import Licence


@dataclass(frozen=True)
class Export(Exported):
    """
    One export: its records, and what is said about them in every format.

    Parameters
    ----------
    selection, context
        The view, and its language.
    records
        What is taken along, in order.
    today
        The day it is made.
    address
        Where the atlas is served; empty if that is not known.
    """

    selection: Selection
    context: Context
    records: tuple[Record, ...]
    today: dt.date
    address: str = ""
    frame: gpd.GeoDataFrame = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the table out once for all formats."""
        frame = table(self.records, self.context, address=self.address)
        object.__setattr__(self, "frame", frame)

    @property
    def sentence(self) -> str:
        """The view in words."""
        return one_line(sentence(self.selection, self.context))

    @property
    def query(self) -> str:
        """The link that opens the view again."""
        plain = {"at": "", "selected": "", "listed": "", "page": ""}
        query = self.context.query(self.context.view.with_(**plain))
        return joined(self.address, query)

    @cached_property
    def licences(self) -> list[Licence]:
        """The licences of what is in it."""
        return licences_of(self.records, self.context.atlas)

    @property
    def licence(self) -> str:
        """The licences as an SPDX expression, or that none is stated."""
        atlas = self.context.atlas
        if not atlas.settings.licences:
            return self.context.say("export-no-licence")
        found = [licence.id for licence in self.licences]
        return " AND ".join(found) or self.context.say("export-no-record")

    @property
    def attribution(self) -> list[str]:
        """Whom to name: by the licences, and for the map."""
        named = [licence.attribution for licence in self.licences]
        named += self.context.atlas.settings.attribution
        words = (one_line(self.context.plain(x)).removesuffix(".") for x in named)
        return list(dict.fromkeys(words))

    @cached_property
    def sources(self) -> dict[str, Reference]:
        """Every source that is cited, by id, in the order of the records."""
        atlas = self.context.atlas
        names = (name for record in self.records for name in cited(record))
        return numbered(names, atlas.sources, atlas.settings.link_hosts)

    @property
    def citations(self) -> list[str]:
        """Every source on a line of its own, sorted by id."""
        refs = self.sources.values()
        return sorted(one_line(citation(ref)) for ref in refs)

    def as_dict(self) -> dict[str, Any]:
        """Tell all of it in plain values, for members and metadata of files."""
        return {
            "title": self.title,
            "description": self.sentence,
            "license": self.licence,
            "licenses": [
                {
                    "id": licence.id,
                    "name": one_line(self.context.plain(licence.name)),
                    "url": licence.address,
                    "attribution": one_line(self.context.plain(licence.attribution)),
                }
                for licence in self.licences
            ],
            "attribution": "; ".join(self.attribution),
            "sources": self.citations,
            "data_version": self.context.atlas.fingerprint,
            "atlas_version": self.context.atlas.settings.version,
            "query": self.query,
            "generated": self.today.isoformat(),
            "language": self.context.view.lang,
            "records": len(self.records),
            "without_geometry": self.unplaced,
        }

    def ids(self) -> list[str]:
        """Give each row the id of its record."""
        return [record.id for record in self.records]

    def layers(self) -> Iterator[tuple[str, str, gpd.GeoDataFrame]]:
        """Part the table into `events` and as needed `places`, `lines`, `areas`, …."""
        return layers_of(self.frame)

    def placemarks(self) -> Iterator[Placemark]:
        """Tell each record as KML does."""
        return placemarks(self.records, self.cells, self.context)

    def about(self) -> Iterator[str]:
        """Say what the file is, from whom and under which licences."""
        say = self.context.say
        yield self.sentence
        yield say("export-licence", licence=self.licence)
        yield say("export-attribution", names="; ".join(self.attribution))
        yield say("export-sources-first")
        yield self.version


def export_of(
    selection: Selection,
    context: Context,
    *,
    scope: str,
    today: dt.date,
    address: str = "",
) -> Export:
    """
    Choose and lay out what is taken along from a view; all formats are made from it.

    Parameters
    ----------
    selection, context
        The view.
    scope
        One of `SCOPES`.
    today
        The day of the export.
    address
        Where the atlas is served.
    """
    records = chosen_of(selection, context, scope=scope)
    return Export(selection, context, records, today, address)
