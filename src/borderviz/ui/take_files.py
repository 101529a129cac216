"""The files that the sheet hands over: what they are made from, and their kinds.

Streamlit calls what makes a file in a thread of its own, without a run of the page: so
it knows only plain values, and imports what draws and writes when it is asked to.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass

import numpy as np

from borderviz.overlay_files.limits import ROWS
from borderviz.render.citation import Citation, view_citation
from borderviz.render.context import Context
from borderviz.selection import Selection
from borderviz.ui.overlay_own import Shown

FORMS = {
    "geojson": "GeoJSON",
    "csv": "CSV",
    "gpkg": "GeoPackage",
    "kml": "KML",
    "parquet": "GeoParquet",
}
CITATION_ENDINGS = {"plain": "txt", "bibtex": "bib", "csl": "json"}
MIME = {
    "zip": "application/zip",
    "png": "image/png",
    "svg": "image/svg+xml",
    "html": "text/html",
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "json": "application/json",
}
# Drawing and packing take a processor each, and memory while they last: whoever asks
# meanwhile waits, and the button says that the file is being made.
_at_once = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Taken:
    """What a file is made from: plain values, known when the button was drawn."""

    selection: Selection
    context: Context
    today: dt.date
    address: str
    own: Shown | None = None

    def data(self, forms: tuple[str, ...], scope: str) -> bytes:
        """Make the archive with these formats."""
        from borderviz.export.bundle import zip_bytes

        with _at_once:
            return zip_bytes(
                forms,
                self.selection,
                self.context,
                scope=scope,
                today=self.today,
                address=self.address,
            )

    @property
    def own_count(self) -> int:
        """How many rows of data over the map are shown."""
        return int(np.count_nonzero(self.own.mask)) if self.own else 0

    def own_data(self, forms: tuple[str, ...]) -> bytes:
        """Make the archive with the reader's own rows."""
        from borderviz.export.overlay import zip_bytes

        if self.own is None:
            return b""
        with _at_once:
            return zip_bytes(
                forms,
                self.own.overlay,
                self.own.mask,
                self.context,
                today=self.today,
                address=self.address,
            )

    def picture(self, name: str, form: str, size: str, colours: str) -> bytes:
        """Draw a picture; data over the map is in that of the map, if it can be."""
        from borderviz.pictures.catalogue import picture
        from borderviz.pictures.map_overlay import Own

        own = self.own if self.own and self.own.narrowing.on else None
        if self.own_count > ROWS:
            own = None
        with _at_once:
            return picture(
                name,
                self.selection,
                self.context,
                form=form,
                size=size,
                scheme=colours,
                today=self.today,
                address=self.address,
                own=Own(own.overlay, own.mask, own.chosen) if own else None,
            )

    def page(self) -> bytes:
        """Make the page that needs no server."""
        from borderviz.standalone.single_file import single_file

        with _at_once:
            return single_file(
                self.selection, self.context, today=self.today, address=self.address
            ).encode()

    def cited(self) -> Citation:
        """Cite the view."""
        return view_citation(
            self.selection, self.context, today=self.today, address=self.address
        )

    def citation(self, style: str) -> bytes:
        """Write the citation of the view in one style."""
        return self.cited().text(style).encode()
