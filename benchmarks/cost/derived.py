"""What one reader costs, out of what many readers together did."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

from fitted import split
from growth import Measured


def measured(readers: Mapping[str, Any], through: Mapping[str, Any]) -> Measured:
    """
    Split what was measured of all readers into openings and acts.

    Parameters
    ----------
    readers
        The section of that name.
    through
        Openings of the page through nginx, of the section `machines`.
    """
    levels = [*readers["levels"], readers["without_pause"]]
    opens = [len(level["actions"]["open"]["ms"]) for level in levels]
    acts = [_acts(level) for level in levels]
    opening_s, act_s = split(opens, acts, [level["cpu"]["server"] for level in levels])
    _, act_bytes = split(opens, acts, [level["bytes"] for level in levels])
    # The shape from the reader who was alone and so never waited, with the mean that
    # the processor needed.
    alone = min(readers["levels"], key=lambda level: int(level["readers"]))
    times = [
        ms
        for name, its in alone["actions"].items()
        if name != "open"
        for ms in its["ms"]
    ]
    scale = act_s / (sum(times) / len(times))
    most = max(readers["levels"], key=lambda level: int(level["readers"]))
    memory = most["memory"]
    return Measured(
        opening_s=(opening_s,),
        act_s=tuple(ms * scale for ms in times),
        reader_mb=max(0.0, (memory["with"] - memory["before"]) / most["readers"]),
        process_mb=memory["before"],
        opening_bytes=median(through["file_bytes"]) + median(through["socket_bytes"]),
        act_bytes=act_bytes,
    )


def _acts(level: Mapping[str, Any]) -> int:
    return sum(
        len(its["ms"]) for name, its in level["actions"].items() if name != "open"
    )
