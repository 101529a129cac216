"""What was worked out once and is asked for again, up to a size."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """
    The results that were asked for last; those not asked for longest go first.

    Many threads may ask at once: each gets a whole result, and two that ask for the
    same new one may both make it, which is cheaper than one that waits.

    Parameters
    ----------
    most
        How many results are kept.
    most_bytes
        How much all of them hold; a result larger than a quarter of it is not kept.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self.most, self.most_bytes = most, most_bytes
        self._results: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the results kept now."""
        return len(self._results)

    @property
    def bytes(self) -> int:
        """How much the results kept now hold."""
        return self._bytes

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether a result is kept."""
        return key in self._results

    def of(
        self,
        key: Hashable,
        make: Callable[[], T],
        size_of: Callable[[T], int] = sys.getsizeof,
    ) -> T:
        """
        Return a result, made now if it is not kept.

        Parameters
        ----------
        key
            All that the result depends on.
        make
            Makes it; what it raises is raised here, and nothing is kept.
        size_of
            Tells its size where that is not in the value itself.
        """
        with self._lock:
            found = self._results.get(key)
            if found is not None:
                self._results.move_to_end(key)
                value: T = found[0]
                return value
        value = make()
        size = size_of(value)
        if size <= self.most_bytes // 4:
            with self._lock:
                self._put(key, value, size)
        return value

    def _put(self, key: Hashable, value: object, size: int) -> None:
        """Keep a result, and let go of the oldest that are too many."""
        before = self._results.pop(key, None)
        self._bytes += size - (before[1] if before else 0)
        self._results[key] = value, size
        while len(self._results) > self.most or self._bytes > self.most_bytes:
            _, (_, freed) = self._results.popitem(last=False)
            self._bytes -= freed
