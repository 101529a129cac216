"""What a reader's data amounts to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay


def by_category(overlay: Overlay, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """
    Count the rows that a mask leaves by category.

    Returns
    -------
    array
        (categories + 1,): last, rows without one.
    """
    height = len(overlay.categories) + 1
    # -1, no category, is the last.
    return np.bincount(overlay.category[mask] % height, minlength=height)
