"""Runs of the page take turns: a burst of readers must not starve the server itself.

Python runs one thread at a time. Were two hundred pages drawn at once, the thread that
answers everybody would have a two-hundredth of the processor: nobody would be answered,
and pages would be drawn for readers who have long gone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Two, not one: who reads a changed atlas must not keep the others waiting.
AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)
_mine = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a place to draw in; a part of a page that has one needs no other."""
    if getattr(_mine, "has_place", False):
        yield
        return
    with _places:
        _mine.has_place = True
        try:
            yield
        finally:
            _mine.has_place = False
