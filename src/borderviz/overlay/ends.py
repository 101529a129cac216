"""How far along a line the circles of very many rows reach: for those that are read.

To know it of a million rows would take longer than all else together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from borderviz.axes import Axis
from borderviz.overlay.model import Overlay

# So many rows are remembered.
MOST = 20_000


def know_ends(overlay: Overlay, rows: Sequence[int], axes: Mapping[str, Axis]) -> None:
    """
    Work out at once what `ends_of` will be asked for.

    Parameters
    ----------
    overlay, rows
        Those that will be read; rows that are known cost nothing.
    axes
        The borders.
    """
    low = overlay.located["km_low"].to_numpy()
    wanted = [row for row in rows if row not in overlay.ends and np.isnan(low[row])]
    if len(overlay.ends) + len(wanted) > MOST:
        overlay.ends.clear()
    names = overlay.located["border"].iloc[wanted].to_numpy(dtype=object)
    for name in {name for name in names if name in axes}:
        mine = np.array(wanted)[names == name]
        radii = np.nan_to_num(overlay.radii_km[mine])
        found = axes[name].line.ranges(overlay.lons[mine], overlay.lats[mine], radii)
        ends = zip(*(end.tolist() for end in found), strict=True)
        overlay.ends.update(zip(mine.tolist(), ends, strict=True))


def ends_of(overlay: Overlay, row: int, axis: Axis) -> tuple[float, float]:
    """
    Return the least and the greatest kilometre that a row may have on its border.

    Parameters
    ----------
    overlay, row
        A row that lies on a border.
    axis
        That border.
    """
    columns = (overlay.located[x].to_numpy(float) for x in ("km_low", "km_high"))
    km_low, km_high = (float(column[row]) for column in columns)
    if not np.isnan(km_low):
        return km_low, km_high
    # Taken before another reader's rows may take its place.
    known = overlay.ends.get(row)
    if known is None:
        know_ends(overlay, [row], {axis.record.id: axis})
        known = overlay.ends.get(row, (np.nan, np.nan))
    return known
