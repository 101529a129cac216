"""Land, water and other borders: the quiet ground under everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.content import Atlas
from borderviz.pictures.map_canvas import Canvas
from borderviz.pictures.map_coast import coast, without_specks
from borderviz.pictures.map_paths import dashes, path_of
from borderviz.pictures.map_projection import Floats, Projection

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

CLOSE_ZOOM = 9.0  # from here on the strip at nearly full detail lies over the rest
_TOLERANCE = 0.25  # design units
_HAIR = 0.8
_UNDER = 6.0  # what lies so close to a main line is hidden by it
_LEAST_SEEN = 20.0


@dataclass(frozen=True)
class Land:
    """
    What was drawn, on the picture.

    Parameters
    ----------
    borders
        The dotted borders; nearer land may have covered them since.
    ground
        All land.
    """

    borders: list[BaseGeometry]
    ground: BaseGeometry


def draw_land(
    plate: Plate,
    canvas: Canvas,
    projection: Projection,
    atlas: Atlas,
    clip: Any,
    prefix: str = "",
) -> Land:
    """
    Draw sea, land, coast and the dotted borders of others.

    Parameters
    ----------
    plate, canvas
        Where.
    projection
        How.
    atlas
        Its land: far, near, and close up from near on.
    clip
        The frame as a patch.
    prefix
        Of the ids in the SVG.

    Returns
    -------
    Land
        What other parts of the map keep to.
    """
    is_close = projection.zoom >= CLOSE_ZOOM
    tiers = ("far", "near", "close") if is_close else ("far", "near")
    borders: list[BaseGeometry] = []
    areas: list[BaseGeometry] = []
    for tier in tiers:
        for number, (properties, shape) in enumerate(atlas.land):
            if (str(properties.get("tier")) or "near") != tier:
                continue
            gid = f"{prefix}land-{number}"
            if shape.geom_type in ("Polygon", "MultiPolygon"):
                area = projection.shape(shape, tolerance=_TOLERANCE)
                _area(plate, canvas, properties, area, clip, gid)
                if tier != "close":
                    areas.append(area)
                if tier != "close":
                    lines = projection.shape(coast(shape, atlas), tolerance=_TOLERANCE)
                    shore = without_specks(lines)
                    _stroke(plate, canvas, shore, clip, f"{prefix}coast-{number}")
            else:
                lines = projection.shape(shape, tolerance=_TOLERANCE)
                dash = "" if tier == "close" else "3 4"
                if _stroke(plate, canvas, lines, clip, gid, dash) and dash:
                    borders.append(lines)
    return Land(borders, shapely.GeometryCollection(areas))


def borders_seen(
    found: Sequence[BaseGeometry],
    projection: Projection,
    atlas: Atlas,
    mains: Sequence[Floats],
) -> bool:
    """
    Tell whether dotted borders are to be seen in the frame, for the legend.

    Parameters
    ----------
    found
        What `draw_land` drew of them.
    projection, atlas
        Nearer land lies over the borders of land far away.
    mains
        Main lines, which lie over them too.
    """
    left = shapely.union_all(list(found))
    left = shapely.intersection(left, shapely.box(*projection.frame.box))
    over: list[BaseGeometry] = [
        shapely.LineString(run).buffer(_UNDER) for run in mains if len(run) > 1
    ]
    for properties, shape in atlas.land:
        is_area = shape.geom_type in ("Polygon", "MultiPolygon")
        if is_area and properties.get("tier") == "near" and not left.is_empty:
            cover = projection.shape(shape, tolerance=_TOLERANCE)
            over.append(shapely.make_valid(cover))
    for cover in over:
        left = shapely.difference(left, cover)
    return bool(left.length > _LEAST_SEEN)


def _area(
    plate: Plate,
    canvas: Canvas,
    properties: dict[str, Any],
    area: BaseGeometry,
    clip: Any,
    gid: str,
) -> None:
    from matplotlib.patches import PathPatch

    is_water = bool(properties.get("water"))
    token = "sea" if is_water else "shade" if properties.get("shaded") else "land"
    path = path_of(area)
    if path is None:
        return
    # A line of its own colour hides the joint with the coarse land.
    joint = 1.5 if properties.get("tier") == "close" and not is_water else 0.3
    patch = PathPatch(
        path,
        facecolor=canvas.colours[token],
        edgecolor=canvas.colours[token],
        linewidth=canvas.points(joint),
        gid=gid,
    )
    plate.add(patch)
    patch.set_clip_path(clip)


def _stroke(
    plate: Plate,
    canvas: Canvas,
    lines: BaseGeometry,
    clip: Any,
    gid: str,
    dash: str = "",
) -> bool:
    from matplotlib.patches import PathPatch

    path = path_of(lines)
    if path is None:
        return False
    patch = PathPatch(
        path,
        fill=False,
        edgecolor=canvas.colours["coast"],
        linewidth=canvas.points(_HAIR),
        linestyle=dashes(dash, _HAIR),
        joinstyle="round",
        gid=gid,
    )
    plate.add(patch)
    patch.set_clip_path(clip)
    return True


def mapped(atlas: Atlas) -> BaseGeometry:
    """Return the box, in degrees, beyond which the atlas knows neither land nor sea."""
    west, south, east, north = atlas.settings.bounds
    boxes = [shapely.box(west, south, east, north)]
    boxes += [shapely.box(*shape.bounds) for _, shape in atlas.land]
    return shapely.box(*shapely.union_all(boxes).bounds)
