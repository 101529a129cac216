"""The part of an atlas that somebody asked for, to be seen and taken along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from borderviz.api.words import checked, narrowed, of_link, wrong_keyword
from borderviz.content import Atlas
from borderviz.model import Record
from borderviz.permalink import to_query
from borderviz.render.citation import STYLES, view_citation
from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.selection import Selection, select
from borderviz.view import ViewState

if TYPE_CHECKING:
    import folium
    import geopandas as gpd

Words = str | Iterable[str]


@dataclass(frozen=True, repr=False)
class View:
    """
    Part of an atlas: its events that meet all filters, and the layers around them.

    Iterates over its events, oldest first; `len` is how many there are.

    Parameters
    ----------
    atlas
        Where the content comes from.
    state
        Filters, layers and language.
    """

    atlas: Atlas
    state: ViewState

    def select(
        self,
        *,
        mode: Words | None = None,
        since: str | int | dt.date | None = None,
        until: str | int | dt.date | None = None,
        kind: Words | None = None,
        direction: Words | None = None,
        who: Words | None = None,
        area: Words | None = None,
        confidence: Words | None = None,
        within_km: float | None = None,
        cited: int | None = None,
        layers: Iterable[str] | None = None,
        lang: str | None = None,
        query: str | None = None,
        **unknown: object,
    ) -> View:
        """
        Return the part of this view that meets more filters.

        Parameters
        ----------
        mode, kind, direction, who, area, confidence
            A word or several, any of which will do.
        since, until
            The events that may have happened then: a year, a month, a day.
        within_km
            Only places known at least so exactly.
        cited
            Fewest sources.
        layers
            Ids of the layers shown; events of others are left out.
        lang
            Language of titles, tables and citations.
        query
            What a link of the page has after its `?`; the other words come on top.
        **unknown
            Nothing: here to be told what there is instead.

        Raises
        ------
        WordError
            If a keyword or a word does not exist; it says which do.
        """
        for name in unknown:
            raise wrong_keyword(name)
        wanted = {
            "mode": mode,
            "since": since,
            "until": until,
            "kind": kind,
            "direction": direction,
            "who": who,
            "area": area,
            "confidence": confidence,
            "within_km": within_km,
            "cited": cited,
        }
        view = self.state if query is None else of_link(query, self.atlas)
        for name, value in wanted.items():
            if value is not None:
                view = narrowed(view, name, value, self.atlas)
        if layers is not None:
            known = [layer.id for layer in self.atlas.settings.layers]
            asked = checked("layers", layers, known)
            view = view.with_(layers=tuple(x for x in known if x in asked))
        if lang is not None:
            (lang,) = checked("lang", [lang], self.atlas.settings.languages)
            view = view.with_(lang=lang)
        return replace(self, state=view)

    @cached_property
    def selection(self) -> Selection:
        """The events, and how many there are in all."""
        return select(self.atlas, self.state)

    @property
    def records(self) -> tuple[Record, ...]:
        """The events, oldest first."""
        return self.selection.records

    @property
    def context(self) -> Context:
        """Words in the reader's language."""
        return Context(self.atlas, self.state)

    @property
    def query(self) -> str:
        """The link of the page to this view, from its question mark on."""
        return to_query(self.state, self.atlas)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __repr__(self) -> str:
        return f"<{sentence(self.selection, self.context)}>"

    def map(self) -> folium.Map:
        """Draw the view as a folium map that needs no network."""
        from borderviz.render.notebook_map import notebook_map

        return notebook_map(self.selection, self.context)

    def table(self, *, scope: str = "events", address: str = "") -> gpd.GeoDataFrame:
        """
        Lay the records out as a table, one row each, in EPSG:4326.

        Parameters
        ----------
        scope
            "events", or "layers": then all that is drawn on the layers as well.
        address
            Where the atlas is served; empty leaves links to their query.
        """
        from borderviz.export.table import SCOPES, chosen, table

        (scope,) = checked("scope", [scope], SCOPES)
        return table(
            chosen(self.atlas, self.state, scope=scope), self.context, address=address
        )

    def citation(
        self, style: str = "plain", *, address: str = "", today: dt.date | None = None
    ) -> str:
        """
        Tell how to cite the view: the producers first, then the atlas.

        Parameters
        ----------
        style
            "plain", "bibtex" or "csl" (CSL-JSON, for reference managers).
        address
            Where the atlas is served; empty leaves the link to its query.
        today
            Day of access; None for the one on this machine's calendar.
        """
        (style,) = checked("style", [style], STYLES)
        found = view_citation(
            self.selection, self.context, today=today or _today(), address=address
        )
        return found.text(style)

    def export(
        self,
        path: Path | str,
        *,
        scope: str = "events",
        force: bool = False,
        address: str = "",
        today: dt.date | None = None,
    ) -> Path:
        """
        Write the records to a file, in the format that its name ends with.

        Parameters
        ----------
        path
            Ends with .geojson, .csv, .gpkg, .kml or .parquet.
        scope, address, today
            As for `table` and `citation`.
        force
            True replaces a file that is there.

        Raises
        ------
        WordError
            If there is no such format.
        OutputError
            If it cannot be written; nothing is left behind then.
        """
        from borderviz.export.formats import FORMATS, data_bytes
        from borderviz.export.table import SCOPES
        from borderviz.writing import new_file

        target = Path(path)
        (form,) = checked("format", [target.suffix.removeprefix(".")], FORMATS)
        (scope,) = checked("scope", [scope], SCOPES)
        with new_file(target, force=force) as part:
            part.write_bytes(
                data_bytes(
                    form,
                    self.selection,
                    self.context,
                    scope=scope,
                    today=today or _today(),
                    address=address,
                )
            )
        return target


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
