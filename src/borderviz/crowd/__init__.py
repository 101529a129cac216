"""Very many points as a map asks for them: a tile of counts, or of points when few.

Each point has a Morton key of its place in Web Mercator. Sorted by it once, whatever
lies in a tile or in a cell of its grid is one slice, found by bisection; a tile of a
million points is counted in some milliseconds, and one of few in less than one.

Written in numpy. Weighed against it: datashader makes images, which hold no exact
counts for a reader to ask for, and brings numba, dask and some seconds of import; h3
bins into hexagons that are no parts of tiles, so that sums over tiles would count
twice; lonboard and deck.gl send all rows to the browser.
"""

from borderviz.crowd.asked import Asked, AskedError, decode, encode
from borderviz.crowd.masks import Masks
from borderviz.crowd.model import Crowd, is_cell, is_tile, of, rows_in
from borderviz.crowd.tiles import MOST_POINTS, SIDE, ZOOMS, tile

__all__ = [
    "MOST_POINTS",
    "SIDE",
    "ZOOMS",
    "Asked",
    "AskedError",
    "Crowd",
    "Masks",
    "decode",
    "encode",
    "is_cell",
    "is_tile",
    "of",
    "rows_in",
    "tile",
]
