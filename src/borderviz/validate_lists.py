"""Rules for places, labels, sectors and the yearly series: words, sources, sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from borderviz.faults import (
    Fault,
    Found,
    language_faults,
    texts_of,
    unknown,
    unresolved,
)
from borderviz.settings import Settings

if TYPE_CHECKING:
    from borderviz.content import Atlas

SUMS = (("sum_total", "total"), ("sum_male", "male"), ("sum_female", "female"))


def list_faults(atlas: Atlas) -> Found:
    """
    Find the faults of everything that is not a record and not a setting.

    Parameters
    ----------
    atlas
        As far as it could be read.

    Yields
    ------
    tuple
        File, the entry's id and the fault.
    """
    yield from _places(atlas)
    yield from _labels(atlas)
    yield from _sectors(atlas)
    if atlas.settings.arrivals and atlas.arrivals:
        yield from _arrivals(atlas, atlas.settings.arrivals)


def is_box(bounds: Sequence[float]) -> bool:
    """
    Tell whether bounds are west, south, east, north of a box in the world.

    Examples
    --------
    >>> is_box([-46, 25, -31, 37]), is_box([-31, 25, -46, 37])
    (True, False)
    """
    west, south, east, north = bounds
    return -180 <= west < east <= 180 and -90 <= south < north <= 90


def outside(
    position: tuple[float, float], settings: Settings, field: str
) -> Iterator[Fault]:
    """
    Yield a fault for a position that the map does not reach.

    Parameters
    ----------
    position
        (lon, lat), EPSG:4326.
    settings
        Gives the bounds.
    field
        Where the position stands.
    """
    west, south, east, north = settings.bounds
    lon, lat = position
    if is_box(settings.bounds) and not (west <= lon <= east and south <= lat <= north):
        yield Fault(
            field,
            f"lon {lon}, lat {lat}",
            f"a position inside bounds = {settings.bounds} of atlas.toml",
            "Check the order (lon, lat) and the signs, or widen the bounds.",
        )


def _places(atlas: Atlas) -> Found:
    file, settings = atlas.settings.places or "", atlas.settings
    for place, position in atlas.places:
        faults = [
            *outside(position, settings, "geometry"),
            *_cited(atlas, place.sources),
            *language_faults(texts_of(place), settings.languages, others=True),
            *unknown(
                "country",
                place.country,
                settings.vocabulary.country,
                "Use one of them, or add it to [vocabulary.country] in atlas.toml.",
            ),
        ]
        yield from ((file, place.id, fault) for fault in faults)


def _labels(atlas: Atlas) -> Found:
    file, settings = atlas.settings.labels or "", atlas.settings
    for label, position in atlas.labels:
        faults = [
            *outside(position, settings, "geometry"),
            *(
                f
                for lon, lat in label.near
                for f in outside((lon, lat), settings, "near")
            ),
            *language_faults(texts_of(label), settings.languages),
        ]
        yield from ((file, label.id, fault) for fault in faults)


def _sectors(atlas: Atlas) -> Found:
    file, settings = atlas.settings.sectors or "", atlas.settings
    for sector in atlas.sectors:
        faults = [
            *_cited(atlas, sector.sources),
            *unresolved("border", sector.border, atlas.records, "a record"),
            *language_faults(texts_of(sector), settings.languages),
        ]
        yield from ((file, sector.id, fault) for fault in faults)
        if not -180 <= sector.lon_west < sector.lon_east <= 180:
            yield (
                file,
                sector.id,
                Fault(
                    "lon_west",
                    f"from {sector.lon_west} to {sector.lon_east}",
                    "longitudes in degrees, the western one smaller",
                    "Swap or mend the two longitudes.",
                ),
            )


def _cited(atlas: Atlas, sources: list[Any], field: str = "sources") -> Iterator[Fault]:
    for source in sources:
        yield from unresolved(
            field, str(source), atlas.sources, "an entry of sources.json"
        )


def _arrivals(atlas: Atlas, file: str) -> Found:
    """Rows that are not inside another add up to the totals that the file states."""
    data = atlas.arrivals
    for table, entries in data.items():
        for name, entry in _named(entries):
            cited = _listed(entry.get("sources"))
            for fault in _cited(atlas, cited, f"{table}.sources"):
                yield file, name, fault
    rows = _named(data.get("rows"))
    for name, row in rows:
        others = [other for other, _ in rows if other != name]
        for fault in (*_whole(row, others), *_halves(row)):
            yield file, name, fault
    for field, column in SUMS:
        values = [row.get(column) for _, row in rows if "subset_of" not in row]
        total = sum(value for value in values if isinstance(value, int))
        if total != data.get(field):
            fault = Fault(
                f"rows.{column}",
                f"a sum of {total}",
                f"{field} = {data.get(field)}",
                "Mend the row that was changed, or mark it with `subset_of`.",
            )
            yield file, "", fault


def _whole(row: dict[str, Any], others: list[str]) -> Iterator[Fault]:
    """Yield a fault if a row is said to be inside one that is not there."""
    if "subset_of" in row:
        whole = str(row["subset_of"])
        yield from unknown("subset_of", whole, others, "Name the row it is in.")


def _halves(row: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault if men and women, where both are given, are not the total."""
    male, female, total = (row.get(key) for key in ("male", "female", "total"))
    if isinstance(male, int) and isinstance(female, int) and male + female != total:
        yield Fault(
            "rows.total",
            str(total),
            f"{male + female}, the sum of male and female",
            "Mend one of the three, or leave out what is not known.",
        )


def _named(entries: object) -> list[tuple[str, dict[str, Any]]]:
    """List the tables of a list with their year, or their position without one."""
    tables = [entry for entry in _listed(entries) if isinstance(entry, dict)]
    return [(str(t.get("year", f"#{n}")), t) for n, t in enumerate(tables, 1)]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
