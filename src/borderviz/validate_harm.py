"""Rules to do no harm: nothing is placed more finely than `atlas.toml` allows.

Who is still alive nobody knows, so a crossing of any date counts. A person is not found
out by a place that is public already: such an event names its `landmark`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike

from borderviz.faults import Fault, unresolved
from borderviz.finest import Finest
from borderviz.linear.geodesy import WGS84, Floats
from borderviz.model import Record

if TYPE_CHECKING:
    from borderviz.content import Atlas

LANDMARKS = ("site", "crossing-point")


def harm_faults(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """
    Find where a record could harm somebody, as far as that can be told by rule.

    Parameters
    ----------
    atlas
        As far as it could be read.
    record
        One of its records; without a point or shape only `generalised` can be at fault.
    """
    yield from _landmark(atlas, record)
    for rule in atlas.settings.finest:
        if _is_meant(rule, record, atlas.settings.default_language):
            yield from _radius(rule, atlas, record)
            yield from _points(rule, atlas, record)
            if rule.generalised and not record.generalised:
                yield Fault(
                    "generalised",
                    "false, or nothing",
                    f"true: {_told(rule, atlas)}",
                    "Draw it no finer than a town, then set `generalised` to true.",
                )


def _is_meant(rule: Finest, record: Record, language: str) -> bool:
    """Tell whether a rule is about a record."""
    word = (record.type or {}).get(language)
    return (
        record.kind in rule.kinds
        and (not rule.types or word in rule.types)
        and (not rule.crossers or bool(record.people or record.attempted))
    )


def _radius(rule: Finest, atlas: Atlas, record: Record) -> Iterator[Fault]:
    """Point and radius say no more than allowed, unless that is public already."""
    is_public = (rule.unless_named and record.name is not None) or (
        rule.unless_landmark and record.landmark is not None
    )
    radius = record.uncertainty_km if record.id in atlas.positions else None
    if rule.km is None or radius is None:
        return
    if radius < rule.km and not is_public:
        ways = ["Widen the radius and say so in `location_basis`"]
        ways += ["name the public `landmark`"] * rule.unless_landmark
        ways += ["give the `name` if it is widely published"] * rule.unless_named
        yield Fault(
            "uncertainty_km",
            f"{radius} km",
            f"{rule.km} km or more: {_told(rule, atlas)}",
            f"{', or '.join(ways)}.",
        )


def _points(rule: Finest, atlas: Atlas, record: Record) -> Iterator[Fault]:
    """Each point has few decimals, and is that of a town where the list has one."""
    shape = atlas.shapes.get(record.id)
    points = shapely.get_coordinates(shape) if shape is not None else np.empty((0, 2))
    if (position := atlas.positions.get(record.id)) is not None:
        points = np.array([position])
    if rule.decimals is not None:
        for lon, lat in points[(points.round(rule.decimals) != points).any(axis=1)]:
            yield Fault(
                "geometry",
                f"lon {lon}, lat {lat}",
                f"at most {rule.decimals} decimals: {_told(rule, atlas)}",
                "Round the coordinates.",
            )
    if rule.town_km is not None and len(points):
        towns = np.array([at for _, at in atlas.places]).reshape(-1, 2)
        apart = _apart_km(points, towns).min(axis=1, initial=np.inf)
        reach = rule.town_reach_km or np.inf
        is_astray = (apart > rule.town_km) & (apart <= reach)
        for (lon, lat), km in zip(points[is_astray], apart[is_astray], strict=True):
            yield Fault(
                "geometry",
                f"lon {lon}, lat {lat}, {km:.1f} km from the nearest town of the list",
                f"a town, {rule.town_km} km either way: {_told(rule, atlas)}",
                "Use the point of a town, or add the town to the list of places.",
            )


def _landmark(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """A landmark is a public place with a point, and the event is there."""
    if record.landmark is None:
        return
    yield from unresolved("landmark", record.landmark, atlas.records, "a site")
    if (landmark := atlas.records.get(record.landmark)) is None:
        return
    at, radius = atlas.positions.get(landmark.id), landmark.uncertainty_km
    here = atlas.positions.get(record.id)
    if landmark.kind not in LANDMARKS or at is None or radius is None:
        yield Fault(
            "landmark",
            f"{landmark.id}, kind {landmark.kind}, at {at}, radius {radius}",
            f"a {' or '.join(LANDMARKS)} that has a point and a radius",
            "Name another landmark, or none.",
        )
    elif here is None or _apart_km([here], [at]).item() > radius:
        yield Fault(
            "landmark",
            f"{landmark.id} at {at}, the record at {here}",
            f"a record whose point is within the landmark's own radius, {radius} km",
            "Place the event at the landmark, or leave `landmark` out.",
        )


def _apart_km(points: ArrayLike, others: ArrayLike) -> Floats:
    """Measure from each of n points to each of m, (n, 2) and (m, 2): (n, m) in km."""
    some, more = np.asarray(points, float), np.asarray(others, float)
    pairs = np.repeat(some, len(more), axis=0), np.tile(more, (len(some), 1))
    metres = WGS84.inv(*pairs[0].T, *pairs[1].T)[2]
    return np.reshape(metres, (len(some), len(more))) / 1000


def _told(rule: Finest, atlas: Atlas) -> str:
    """Name a rule in the words of the atlas."""
    what = rule.what.get(atlas.settings.default_language, rule.id)
    return f"{what} (rule `{rule.id}`)"
