"""Well-known binary walked without making anything of it: is it whole, how large.

A geometry is measured before shapely sees it, so that neither a count that lies nor
collections in collections reach a library that trusts them.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from borderviz.overlay_files.limits import DEPTH, refuse_more

_HEADER = 5
_COUNT = 4
_NUMBER = 8
_ENVELOPES = (0, 32, 48, 48, 64)
_POINT, _LINE, _POLYGON = 1, 2, 3
_MULTIS = (4, 5, 6, 7)
_ISO_STEP = 1000
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000


class Measured(NamedTuple):
    """
    What a geometry holds.

    Parameters
    ----------
    end
        Where its bytes end.
    vertices
        How many positions it has.
    flat
        Whether they have two numbers each.
    """

    end: int
    vertices: int
    flat: bool


def body(blob: bytes) -> bytes | None:
    r"""
    Cut the header of GeoPackage (OGC 12-128) off a geometry; None if it has none.

    Examples
    --------
    >>> body(bytes([71, 80, 0, 1, 0, 0, 0, 0, 7])), body(b"PK")
    (b'\x07', None)
    """
    if len(blob) < 8 or blob[:2] != b"GP":
        return None
    envelope = blob[3] >> 1 & 7
    if envelope >= len(_ENVELOPES):
        return None
    return blob[8 + _ENVELOPES[envelope] :]


def measured(wkb: bytes, at: int = 0, depth: int = 1) -> Measured | None:
    """
    Walk a geometry; None if it is not whole, or of a kind that is not known.

    Parameters
    ----------
    wkb
        The bytes: of ISO, or with the flags of EWKB.
    at
        Where it begins.
    depth
        How many collections it is in, and one.

    Raises
    ------
    RefusedFileError
        If collections are too deep in one another.
    """
    refuse_more(depth, DEPTH, "depth")
    if len(wkb) < at + _HEADER or wkb[at] > 1:
        return None
    order = "<" if wkb[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", wkb, at + 1)
    if code & _SRID:
        return None
    flags = bool(code & _Z), bool(code & _M)
    dimension, kind = divmod(code & ~(_Z | _M), _ISO_STEP)
    if dimension > 3:
        return None
    numbers = 2 + (flags[0] or dimension in (1, 3)) + (flags[1] or dimension in (2, 3))
    flat, step = numbers == 2, numbers * _NUMBER
    at += _HEADER
    if kind == _POINT:
        return Measured(at + step, 1, flat) if at + step <= len(wkb) else None
    count = _count(wkb, order, at)
    if count is None or kind not in (_LINE, _POLYGON, *_MULTIS):
        return None
    at += _COUNT
    vertices = 0
    for _ in range(1 if kind == _LINE else count):
        if kind in _MULTIS:
            part = measured(wkb, at, depth + 1)
            if part is None:
                return None
            at, vertices, flat = part.end, vertices + part.vertices, flat and part.flat
            continue
        here = count if kind == _LINE else _count(wkb, order, at)
        if here is None:
            return None
        at += here * step + (_COUNT if kind == _POLYGON else 0)
        vertices += here
        if at > len(wkb):
            return None
    return Measured(at, vertices, flat)


def _count(wkb: bytes, order: str, at: int) -> int | None:
    if len(wkb) < at + _COUNT:
        return None
    return int(struct.unpack_from(f"{order}I", wkb, at)[0])
