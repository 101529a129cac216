"""The points that an operator shows to all readers of a server: read once, beside it.

Whoever comes earlier sees the atlas at once, and the points when they are there; where
they lie along the borders follows some seconds later. A file that is replaced is read
again, and the rows before stay until then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from borderviz.paths import default_atlas, points_file
from borderviz.ui.overlay_reading import Held

if TYPE_CHECKING:
    from borderviz.content import Atlas
    from borderviz.crowd import Crowd

_LOG = logging.getLogger(__name__)
Stamp = tuple[object, ...]


@dataclass(frozen=True)
class _Known:
    """What was last begun, by the file and the atlas; and what there is now."""

    begun: tuple[Stamp, str] | None = None
    held: Held | None = None
    fault: str = ""


class Points:
    """
    The points of one server.

    Parameters
    ----------
    path
        Tells where their file is; None if there is none.
    """

    def __init__(self, path: Callable[[], Path | None]) -> None:
        self._path = path
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="points")
        self._coming: Future[None] | None = None
        self._known = _Known()

    def current(self, atlas: Atlas) -> Held | None:
        """
        Return what there is now, without waiting; begin to read what is new.

        Parameters
        ----------
        atlas
            The page's: rows are located along its lines.
        """
        path = self._path()
        if path is None:
            return None
        wanted = (_stamp(path), atlas.fingerprint)
        if self._known.begun != wanted:
            with self._lock:
                is_busy = self._coming is not None and not self._coming.done()
                if self._known.begun != wanted and not is_busy:
                    self._begin(path, atlas, wanted)
        return self._known.held

    def shown(self) -> Crowd | None:
        """Return the rows that maps ask for; None if there are none, or few."""
        held = self._known.held
        return held.crowd if held else None

    def is_coming(self) -> bool:
        """Tell whether points are being read and none are there yet."""
        if self._known.held is not None or self._known.fault or self._path() is None:
            return False
        # Also before the first page has asked: it would not look again.
        return self._coming is None or not self._coming.done()

    def state(self) -> str:
        """Say how far it has come: none, reading, locating, ready or failed."""
        if self._path() is None:
            return "none"
        if self._known.fault:
            return "failed"
        if self._coming is None or self._known.held is None:
            return "reading"
        return "ready" if self._coming.done() else "locating"

    def fault(self) -> str:
        """Say why there are none, to the operator; empty if nothing is wrong."""
        return self._known.fault

    def wait(self, seconds: float) -> None:
        """Wait until all is done that was begun, or for so long."""
        # One thread works on one thing after the other, what ends it included.
        self._pool.submit(int).result(seconds)

    def _begin(self, path: Path, atlas: Atlas, wanted: tuple[Stamp, str]) -> None:
        before = self._known.begun
        is_same = before is not None and before[0] == wanted[0]
        self._known = replace(self._known, begun=wanted, fault="")
        again = self._known.held if is_same else None
        self._coming = self._pool.submit(self._make, path, atlas, again)
        self._coming.add_done_callback(self._end)

    def _make(self, path: Path, atlas: Atlas, again: Held | None) -> None:
        """Read, or only locate anew what was read."""
        # Here: nothing of it is imported by a server without points.
        from borderviz import crowd
        from borderviz.overlay.build import build
        from borderviz.overlay.large import build_large, warmed, with_places
        from borderviz.overlay.points_file import read_points
        from borderviz.overlay.roles import recognise
        from borderviz.render.overlay_map import packed_html

        if again is None or again.crowd is None:
            found = read_points(path)
            if not found.is_large:
                overlay = build(found.raw, path.name, recognise(found.raw), atlas)
                name = found.origin.title or overlay.name
                overlay = replace(overlay, origin=found.origin, name=name)
                self._show(Held(overlay, packed_html(overlay), None, atlas.fingerprint))
                return
            overlay = build_large(found, path.name, atlas)
            del found
            shown = crowd.of(overlay)
            self._show(Held(overlay, "", None, atlas.fingerprint, shown))
        else:
            overlay, shown = again.overlay, again.crowd
        overlay = warmed(with_places(overlay, atlas))
        shown = shown.of_same(overlay)
        self._show(Held(overlay, "", None, atlas.fingerprint, shown))

    def _show(self, held: Held) -> None:
        self._known = replace(self._known, held=held)

    def _end(self, coming: Future[None]) -> None:
        """Tell the operator what went wrong; the reader sees the atlas alone."""
        error = None if coming.cancelled() else coming.exception()
        if error is None:
            return
        from borderviz.overlay.points_error import PointsError

        told = str(error) if isinstance(error, PointsError) else repr(error)
        self._known = replace(self._known, fault=told)
        _LOG.log(logging.ERROR, "points-failed: %s", told)


def _stamp(path: Path) -> Stamp:
    """Describe a file and what is stated beside it, without reading them."""
    found: list[object] = [str(path)]
    for one in (path, path.with_suffix(".toml")):
        try:
            stat = one.stat()
        except OSError:
            found.append(None)
        else:
            found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return tuple(found)


@cache
def points() -> Points:
    """Return the points of this server."""
    return Points(lambda: points_file(default_atlas()))
