"""Long arrays in parts, on all processors; what numpy and its kin do needs no lock."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def in_parts(work: Callable[[slice], Result], count: int, size: int) -> list[Result]:
    """
    Do some work on a long array part by part, so that memory stays bounded.

    Parameters
    ----------
    work
        Gets the slice of one part; called from several threads at the same moment.
    count
        Length of the whole; 0 is one empty part.
    size
        Length of a part, at most.

    Returns
    -------
    list
        What each part gave, in order.

    Examples
    --------
    >>> in_parts(lambda part: "fisherman"[part], 9, 4)
    ['fish', 'erma', 'n']
    """
    parts = [slice(low, low + size) for low in range(0, max(count, 1), size)]
    if len(parts) == 1:
        return [work(parts[0])]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, parts))
