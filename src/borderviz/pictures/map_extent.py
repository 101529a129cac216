"""Which part of the world a picture shows: what the reader sees, or what fits best."""

from __future__ import annotations

import math

import numpy as np
import shapely
from pyproj import Geod

from borderviz.content import Atlas
from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.pictures.map_projection import ZOOM_0_M, Frame, Projection
from borderviz.selection import Selection
from borderviz.view import ViewState

# What a reader sees of the app's map on a usual screen, in its pixels; and the screen
# that an atlas's opening view is made for, with room for what stands at its edge.
SEEN_PX = (1000.0, 700.0)
OPENING_PX = (760.0, 850.0)
ZOOMS = (3.0, 14.0)
ROOM = 1.12  # around a box or a line, so that nothing sticks to the edge
CIRCLE_ROOM = 3.2  # the height of the map around a circle, in diameters
LEAST_M = 24_000.0  # nearer than this the position of no record is known
_GEOD = Geod(ellps="WGS84")


def projection_for(
    atlas: Atlas, view: ViewState, chosen: Record | None, frame: Frame
) -> Projection:
    """
    Choose middle and scale.

    Parameters
    ----------
    atlas
        For the opening view, the story and where records are.
    view
        Where the reader left the map comes first.
    chosen
        The record drawn as selected; None for none.
    frame
        The map's rectangle: all that was chosen fits into it.
    """
    if view.at:
        lat, lon, zoom = (float(part) for part in view.at.split(","))
        return _screen(lat, lon, zoom, SEEN_PX, frame)
    if chosen is not None and chosen.id == view.selected:
        found = _around(chosen, atlas, frame)
        if found:
            return found
    step = atlas.step_of.get(view.story)
    if step:
        west, south, east, north = (float(x) for x in step.head.box)
        return _boxed(west, south, east, north, frame)
    return opening(atlas, frame)


def opening(atlas: Atlas, frame: Frame) -> Projection:
    """Show what the map shows when it is opened, all borders whole."""
    start = atlas.settings.view
    return _screen(start.lat, start.lon, float(start.zoom), OPENING_PX, frame)


def chosen_record(atlas: Atlas, view: ViewState, selection: Selection) -> Record | None:
    """
    Find the record that is drawn as selected: the reader's, else the story's.

    One that a filter or a switched-off layer hides is not.

    Parameters
    ----------
    atlas, view, selection
        What is shown.
    """
    step = atlas.step_of.get(view.story)
    wanted = view.selected or (step.head.focus if step else None) or ""
    record = atlas.records.get(wanted)
    if record is None or record.id in selection.hidden:
        return None
    layer = layer_of(record, atlas.settings.layers)
    return record if layer and layer.id in view.layers else None


def _screen(
    lat: float, lon: float, zoom: float, seen: tuple[float, float], frame: Frame
) -> Projection:
    """Show at least what a web map of some pixels shows."""
    zoom = min(max(zoom, ZOOMS[0]), ZOOMS[1])
    pixel_m = ZOOM_0_M * math.cos(math.radians(lat)) / 2**zoom
    unit_m = pixel_m * max(seen[0] / frame.width, seen[1] / frame.height)
    return Projection(lat, lon, unit_m, frame)


def _around(record: Record, atlas: Atlas, frame: Frame) -> Projection | None:
    if record.id in atlas.positions:
        lon, lat = atlas.positions[record.id]
        diameter_m = 2000 * float(record.uncertainty_km or 1)
        height_m = max(LEAST_M, CIRCLE_ROOM * diameter_m)
        return Projection(lat, lon, height_m / min(frame.height, frame.width), frame)
    names = record.geometry or ([record.id] if record.waypoints else [])
    shapes = [atlas.shapes[name] for name in names if name in atlas.shapes]
    if not shapes:
        return None
    bounds = np.array([shape.bounds for shape in shapes])
    west, south = bounds[:, :2].min(axis=0).tolist()
    east, north = bounds[:, 2:].max(axis=0).tolist()
    return _boxed(west, south, east, north, frame)


def _boxed(
    west: float, south: float, east: float, north: float, frame: Frame
) -> Projection:
    """Fit a box of degrees into the frame, as it looks when it is projected."""
    box = shapely.segmentize(shapely.box(west, south, east, north), 0.5)
    lonlat = shapely.get_coordinates(box)
    lat, lon = (south + north) / 2, (west + east) / 2
    unit_m = 1.0
    for _ in range(3):  # the middle of the projected box is not that of the degrees
        at = Projection(lat, lon, 1.0, frame)
        xy = at.points(lonlat)
        low, high = xy.min(axis=0), xy.max(axis=0)
        lon, lat = at.places(((low + high) / 2)[None, :])[0].tolist()
        wide, tall = (high - low) * ROOM
        unit_m = max(wide / frame.width, tall / frame.height)
    least = LEAST_M / min(frame.width, frame.height)
    return Projection(lat, lon, max(float(unit_m), least), frame)


def bar_km(projection: Projection, most: float) -> float:
    """
    Choose a round length for the scale bar: 1, 2 or 5 of some unit.

    Parameters
    ----------
    projection
        Where it is true: in the middle.
    most
        The longest it may be, in design units.
    """
    most_km = most * projection.unit_m / 1000
    power = 10.0 ** math.floor(math.log10(most_km))
    return max(step * power for step in (1, 2, 5) if step * power <= most_km)


def bar_error(projection: Projection, km: float, at: tuple[float, float]) -> float:
    """
    Measure how wrong a bar is at some point of the picture, as a share of its length.

    Parameters
    ----------
    projection
        How the map is drawn.
    km
        What the bar says.
    at
        The bar's middle, in design units.
    """
    half = km * 500 / projection.unit_m
    ends = np.array([[at[0] - half, at[1]], [at[0] + half, at[1]]])
    (a, b) = projection.places(ends)
    _, _, metres = _GEOD.inv(*a, *b)
    return float(metres) / (km * 1000) - 1
