"""Which rows are shown, for all readers who ask for the same: the last few, kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from borderviz.crowd.asked import decode, encode
from borderviz.filters import Filters
from borderviz.overlay.model import Overlay
from borderviz.overlay.narrow import Narrowing, mask

# A mask of a million rows is a megabyte.
MOST = 24


class Masks:
    """
    The masks of one overlay.

    Parameters
    ----------
    overlay
        The rows.
    most
        How many are kept.
    """

    def __init__(self, overlay: Overlay, most: int = MOST) -> None:
        self._overlay, self._most = overlay, most
        self._kept: OrderedDict[str, NDArray[np.bool_]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, asked: str) -> NDArray[np.bool_]:
        """
        Return the mask for what an address asks for; nobody may change it.

        Raises
        ------
        AskedError
            If the text asks for nothing that there is.
        """
        found = self._kept_of(asked)
        if found is None:
            wanted = decode(asked, self._overlay.categories)
            found = self._keep(asked, wanted.narrowing, wanted.filters)
        return found

    def narrowed(
        self, narrowing: Narrowing, filters: Filters
    ) -> tuple[str, NDArray[np.bool_]]:
        """
        Return how an address asks for a narrowing, and its mask.

        Parameters
        ----------
        narrowing, filters
            As `narrow.mask` takes them; `narrowing.on` is not looked at.
        """
        asked = encode(narrowing, filters, self._overlay.categories)
        found = self._kept_of(asked)
        if found is None:
            found = self._keep(asked, replace(narrowing, on=True), filters)
        return asked, found

    def _kept_of(self, asked: str) -> NDArray[np.bool_] | None:
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def _keep(
        self, asked: str, narrowing: Narrowing, filters: Filters
    ) -> NDArray[np.bool_]:
        found = mask(self._overlay, narrowing, filters)
        found.flags.writeable = False
        with self._lock:
            self._kept[asked] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
