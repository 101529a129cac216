"""The figures of pages with many points, in words and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from tables import NONE, Budget, spread, table

HEADING = """## From a thousand points to a million

The same invented points (`benchmarks/sizes/points.py`) on five pages, opened by turns
with an empty cache in headless Chromium, which draws by the processor:

- **marker**: one `folium.Marker` with a popup for each point, what most write first;
- **cluster**: folium's `FastMarkerCluster`, without popups, which is in its favour;
- **deck**: the same points by `st.pydeck_chart`, WebGL drawn by the processor, without
  a base map; a graphics card would draw it faster than anything here;
- **upload**: ours, a reader giving the points as CSV: from the choice of the file until
  they are drawn, after the page was opened;
- **ours**: `borderviz run --points FILE`: from navigation until atlas and points are
  drawn; a million come as counts by cell, and as points where the map is near.

*Open* is the time until all points are on the map, *change* that from a click on one of
six kinds until the map shows the others (ours: it alone). *Frame* is the mean time
between two frames while the mouse drags the map to and fro; 33 ms are 30 frames a
second. *Heap* is what the page's scripts and buffers hold after garbage was collected,
*server* what its processes hold in the end. Medians, with the least and the greatest;
a page slower than {slow:.0f} s is opened once more and no oftener; nobody waits beyond
{limit:.0f} s."""
SLOW_S = 9.0
PAGES = {
    "marker": "marker",
    "cluster": "cluster",
    "deck": "deck",
    "upload": "upload (ours)",
    "borderviz": "ours",
}
PEERS = ("marker", "cluster", "deck")
OPEN_S = {10_000: 2.0, 100_000: 2.5, 1_000_000: 3.0}
HEAP_MB = 60.0
FRAME_MS = 1000 / 30
CHANGE_S = 0.5

Found = Mapping[str, Any]
Samples = Mapping[str, Sequence[float]]


def _seconds(name: str) -> Callable[[Samples], str]:
    return lambda its: spread([x / 1000 for x in its[name]], "s", 2)


COLUMNS: dict[str, Callable[[Samples], str]] = {
    "open": _seconds("open"),
    "change": _seconds("change"),
    "frame": lambda its: spread(its["frame"], "ms", 0),
    "heap": lambda its: spread(its["heap"], "MB", 0),
    "came": lambda its: spread([x / 1e6 for x in its["bytes"]], "MB", 1),
    "server": lambda its: f"{its['server-mb'][-1]:.0f} MB",
    "visits": lambda its: str(len(its["open"])),
}


def section(found: Found) -> str:
    """
    Tell the figures, one table a number of points.

    Parameters
    ----------
    found
        What `measure.py` wrote.
    """
    parts = [HEADING.format(slow=SLOW_S, limit=found["limit_s"])]
    for count, pages in found["pages"].items():
        rows = [[PAGES[p], *_cells(pages[p])] for p in PAGES if p in pages]
        parts += [f"### {int(count):,} points", table(["page", *COLUMNS], rows)]
    return "\n\n".join(parts)


def _cells(page: Found) -> list[str]:
    """Write the cells of one page; a page that failed says why."""
    samples = page.get("samples", {})
    if "open" not in samples:
        why = page.get("failed", f"not shown {len(samples.get('failures', []))} times")
        return [why, *[NONE] * (len(COLUMNS) - 1)]
    return [write(samples) for write in COLUMNS.values()]


def _ours(found: Found, count: int, page: str = "borderviz") -> Samples:
    samples: Samples = (
        found["pages"].get(str(count), {}).get(page, {}).get("samples", {})
    )
    return samples if "open" in samples else {}


def budgets(found: Found) -> Iterator[Budget]:
    """
    Hold our figures against the budgets.

    Parameters
    ----------
    found
        What `measure.py` wrote.
    """
    for count, limit in OPEN_S.items():
        if its := _ours(found, count):
            beside = _cells(found["pages"][str(count)].get("marker", {}))[0]
            yield Budget(
                f"{count:,} points: map complete",
                f"≤ {limit:.1f} s",
                _seconds("open")(its),
                median(its["open"]) <= limit * 1000,
                beside,
            )
    for count, page, whose in (
        (100_000, "upload", "100,000 uploaded points"),
        (1_000_000, "borderviz", "1,000,000 points"),
    ):
        its = _ours(found, count, page)
        if not its:
            continue
        yield Budget(
            f"{whose}: frames a second while dragging",
            "≥ 30",
            f"{1000 / median(its['frame']):.0f}",
            median(its["frame"]) <= FRAME_MS,
        )
        yield Budget(
            f"{whose}: filter until the map shows it",
            f"≤ {CHANGE_S} s",
            _seconds("change")(its),
            median(its["change"]) <= CHANGE_S * 1000,
        )
    if its := _ours(found, 1_000_000):
        yield Budget(
            "1,000,000 points: memory of the page",
            f"≤ {HEAP_MB:.0f} MB",
            COLUMNS["heap"](its),
            median(its["heap"]) <= HEAP_MB,
        )


def losses(found: Found) -> Iterator[str]:
    """
    Find the figures in which another page is ahead of ours.

    Parameters
    ----------
    found
        What `measure.py` wrote.
    """
    for count, pages in found["pages"].items():
        ours = _ours(found, int(count))
        for peer in PEERS:
            its = pages.get(peer, {}).get("samples", {})
            if not ours or "open" not in its:
                continue
            for name in ("open", "change", "frame", "heap", "bytes"):
                if median(its[name]) < median(ours[name]):
                    column = "came" if name == "bytes" else name
                    theirs, mine = COLUMNS[column](its), COLUMNS[column](ours)
                    what = f"{int(count):,} points, {column}"
                    yield f"- {what}: {peer} {theirs}, ours {mine}"
