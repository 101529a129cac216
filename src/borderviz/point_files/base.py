"""What all files of points have in common: options, refusals, reading and writing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from borderviz.errors import BorderVizError, Problem
from borderviz.point_files.rows import Rows

UNCERTAINTY = "uncertainty_km"
Value = str | float | None


class PointFileError(BorderVizError):
    """A file of points that cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class Options:
    """
    How a file is to be read.

    Parameters
    ----------
    lat, lon
        Columns of a CSV file; None means that they are recognised.
    uncertainty
        Column or property with a radius in km; None means `uncertainty_km`, if any.
    layer
        Of a GeoPackage; None means the only one.
    added
        Names of the columns that are to be added, and whether they hold words (str) or
        numbers (float).
    """

    lat: str | None = None
    lon: str | None = None
    uncertainty: str | None = None
    layer: str | None = None
    added: Mapping[str, type] = field(default_factory=dict)


class PointFile(ABC):
    """
    A file of points that has been read, and can be written with more columns.

    Attributes
    ----------
    suffixes
        Of the names of such files.
    rows
        Its points, in the order of the file.
    """

    suffixes: ClassVar[tuple[str, ...]]
    rows: Rows

    @abstractmethod
    def __init__(self, path: Path, options: Options) -> None: ...

    @abstractmethod
    def write(self, path: Path, added: Iterable[Sequence[Value]]) -> None:
        """
        Write the file again, as it was but for the columns added.

        Parameters
        ----------
        path
            A file that does not exist yet.
        added
            For each of `rows` the values of the columns named in the options; None
            becomes an empty cell or a null.
        """


def refusal(
    path: Path, field: str, found: str, allowed: str, cure: str
) -> PointFileError:
    """Make the error for a whole file."""
    return PointFileError(Problem(path.name, "", field, found, allowed, cure))


def refuse_clash(path: Path, names: Iterable[str], added: Iterable[str]) -> None:
    """Refuse a file that has a column of the name of one that is to be added."""
    taken = {name.casefold() for name in names}
    clash = [name for name in added if name.casefold() in taken]
    if clash:
        cure = "Give all added columns another name, for example with --prefix bv_."
        raise refusal(path, ", ".join(clash), "taken", "names not in the file", cure)
