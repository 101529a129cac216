"""What every format is written from: a table, and what is said about it.

The formats know no records: whatever can be laid out as such a table is exported by
the same writers.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from borderviz.export.cells import one_line
from borderviz.render.context import Context

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Look:
    """
    How KML draws a row.

    Parameters
    ----------
    id
        Of the style.
    token, weight
        Of its colour, and of its lines.
    is_told
        Whether a balloon says no more than its own text; else a program lists the cells
        of the row below that, each in its way.
    """

    id: str
    token: str
    weight: float
    is_told: bool = True


@dataclass(frozen=True)
class Placemark:
    """
    A row as KML tells it; cells and geometry come from the table.

    Parameters
    ----------
    folder, folder_name
        In which it lies: id and name.
    name
        What it is called.
    balloon
        What it says when it is opened: HTML, escaped.
    days
        The first and last day that its date may mean; None without a date.
    look
        How it is drawn.
    """

    folder: str
    folder_name: str
    name: str
    balloon: str
    days: Days | None
    look: Look


class Exported(ABC):
    """
    A table to be written; its geometry may be None where a row has no place.

    Subclasses are dataclasses that have `context`, `today` and `frame`.
    """

    context: Context
    today: dt.date
    frame: gpd.GeoDataFrame

    @property
    @abstractmethod
    def sentence(self) -> str:
        """What is in it, in words."""

    @property
    @abstractmethod
    def licence(self) -> str:
        """The licences as an SPDX expression, or that none is stated."""

    @abstractmethod
    def as_dict(self) -> dict[str, Any]:
        """Tell all that is said about it in plain values."""

    @abstractmethod
    def ids(self) -> Sequence[str | int]:
        """Give each row the id that a feature of GeoJSON has."""

    @abstractmethod
    def layers(self) -> Iterator[tuple[str, str, gpd.GeoDataFrame]]:
        """Part the table into layers of one sort of geometry: name, sort, rows."""

    @abstractmethod
    def placemarks(self) -> Iterator[Placemark]:
        """Tell each row as KML does, in the order of the table."""

    @abstractmethod
    def about(self) -> Iterable[str]:
        """Say in some paragraphs what the file is, from whom, under which licences."""

    @property
    def numeric_texts(self) -> frozenset[str]:
        """Columns of texts that are plain numbers all, and cannot be formulas."""
        return frozenset()

    @property
    def name(self) -> str:
        """What files are called that have no other name."""
        return self.context.atlas.settings.id

    @property
    def title(self) -> str:
        """The title of the atlas."""
        return one_line(self.context.plain(self.context.atlas.settings.title))

    @property
    def version(self) -> str:
        """The version of the data in words, with its hash."""
        return one_line(self.context.version())

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The table without its geometry."""
        frame: pd.DataFrame = self.frame.drop(columns=self.frame.geometry.name)
        return frame

    @property
    def unplaced(self) -> int:
        """How many rows have no geometry."""
        return int(self.frame.geometry.isna().sum())

    def as_lines(self) -> dict[str, str]:
        """Tell the same with one line of text for each, where a format has no more."""
        lines = {}
        for key, value in self.as_dict().items():
            if key == "licenses":
                text = "; ".join(f"{x['name']} <{x['url']}>" for x in value)
            elif isinstance(value, list):
                text = " | ".join(value)
            else:
                text = str(value)
            lines[key] = text
        return lines
