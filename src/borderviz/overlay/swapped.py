"""Whether latitudes and longitudes stand in each other's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from borderviz.linear.geodesy import on_earth

if TYPE_CHECKING:
    from borderviz.content import Atlas

Floats = NDArray[np.float64]
# A reader is offered to exchange the columns (`Choices.swapped`).
LOOKS_SWAPPED = "row-swapped"
# Rows that are looked at: enough to tell what most of a file is like.
_SAMPLE = 500
# A file whose points are farther from every line is about another part of the world.
_FAR_KM = 1000.0


def looks_swapped(lons: Floats, lats: Floats, atlas: Atlas) -> bool:
    """
    Tell whether most rows make more sense with their coordinates exchanged.

    Parameters
    ----------
    lons, lats
        (n,) as they were read; NaN and more than degrees can be are allowed.
    atlas
        Where its lines are, or else its bounds, tells what makes sense.
    """
    known = np.flatnonzero(np.isfinite(lons) & np.isfinite(lats))
    if not len(known):
        return False
    some = known[:: max(1, len(known) // _SAMPLE)]
    lon, lat = lons[some], lats[some]
    as_written, exchanged = on_earth(lon, lat), on_earth(lat, lon)
    if np.mean(~as_written & exchanged) > 0.5:
        return True
    both = as_written & exchanged
    if np.mean(both) <= 0.5:
        return False
    here, there = _away(lon[both], lat[both], atlas), _away(lat[both], lon[both], atlas)
    return here > _FAR_KM > 3 * there


def _away(lons: Floats, lats: Floats, atlas: Atlas) -> float:
    """Tell how far from the atlas's lines half of some points are; km, roughly."""
    axes = atlas.axes.values()
    if axes:
        least = [axis.line.about(lons, lats)[1] for axis in axes]
        return float(np.median(np.min(least, axis=0)))
    west, south, east, north = atlas.settings.bounds
    inside = (west <= lons) & (lons <= east) & (south <= lats) & (lats <= north)
    return 0.0 if np.mean(inside) > 0.5 else 2 * _FAR_KM
