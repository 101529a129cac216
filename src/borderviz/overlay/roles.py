"""Which column of a reader's table means what: as they say, or as its heading says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from borderviz.overlay.cells import table
from borderviz.overlay.looks import Sample, sample_of
from borderviz.overlay_files.raw import RawTable
from borderviz.spelling import fold, names, squeeze

# The geometry of a file itself needs no role.
ROLES = (
    *("lat", "lon", "place", "date", "date_end", "title"),
    *("category", "text", "source", "radius"),
)


@dataclass(frozen=True)
class Choices:
    """
    What a reader says about their table.

    Parameters
    ----------
    columns
        Column by role; a role without one is absent or empty. One column may have the
        roles `lat` and `lon`: its cells then hold both, the latitude first.
    day_first
        How 03/04/2021 is meant where no row of the column tells; None: not said.
    swapped
        Whether latitude and longitude are to be exchanged.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    swapped: bool = False


def recognise(raw: RawTable) -> Choices:
    """
    Guess which column has which role, by its heading or else by what its cells are.

    Parameters
    ----------
    raw
        A table as it was read.

    Returns
    -------
    Choices
        No column has two roles, unless it holds both coordinates.
    """
    samples = {
        name: sample_of(cells)
        for name, cells in zip(raw.columns, raw.cells, strict=True)
    }
    found: dict[str, str] = {}

    def free() -> dict[str, Sample]:
        taken = set(found.values())
        return {name: sample for name, sample in samples.items() if name not in taken}

    for role in ROLES:
        headed = [name for name in _headed(raw.columns, role) if name in free()]
        fit = [name for name in headed if samples[name].may_be(role)]
        # What cannot be read is still meant as such: the rows will say so. A single
        # letter may mean anything.
        if role in ("lat", "lon", "date"):
            fit += [name for name in headed if len(name) > 1]
        if fit:
            found[role] = fit[0]
    if raw.shapes is None and not {"lat", "lon"} & found.keys():
        found |= _coordinates(free(), _headed(raw.columns, "pair"))
    for role in ("date", "source", "text", "category", "title"):
        if not found.get(role):
            alike = (name for name, one in free().items() if one.looks_like(role))
            found[role] = next(alike, "")
    return Choices({role: name for role, name in found.items() if name})


def _headed(columns: Sequence[str], role: str) -> Iterator[str]:
    """List the columns whose heading says a role, the surest first."""
    keys = {name: _keys(name) for name in columns}
    for word in table("headings")[role]:
        yield from (name for name in columns if squeeze(fold(word)) in keys[name])


def _keys(heading: str) -> set[str]:
    """List the ways to compare a heading: whole, in parts, and without a unit."""
    whole = [*names(heading), fold(heading), fold(heading, hyphen=" ")]
    short = [" ".join(w for w in name.split() if w not in _units()) for name in whole]
    return {squeeze(name) for name in (*whole, *short)} - {""}


@cache
def _units() -> frozenset[str]:
    """Collect the words for units, which a heading may have beside its own."""
    listed = table("words")["units"].values()
    return frozenset(fold(unit) for units in listed for unit in units)


def _coordinates(
    samples: Mapping[str, Sample], headed: Iterator[str]
) -> dict[str, str]:
    """Find coordinates by what cells look like: in one column or in two."""
    pairs = [name for name in headed if name in samples and samples[name].is_pair]
    pairs += [name for name, one in samples.items() if one.is_pair]
    if pairs:
        return {"lat": pairs[0], "lon": pairs[0]}
    for lettered in (True, False):
        lats, lons = (
            [name for name, one in samples.items() if one.is_axis(role, lettered)]
            for role in ("lat", "lon")
        )
        if len(lats) == len(lons) == 1:
            return {"lat": lats[0], "lon": lons[0]}
    return {}
