"""The pages beside each other, in Markdown: budgets, a table, where a peer is ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tables import NONE, Budget, spread, table

NAMES = {
    "bare": "bare page",
    "naive": "streamlit-folium",
    "deck": "st.pydeck_chart",
    "map": "st.map",
    "leafmap": "leafmap",
    "borderviz": "ours",
    "site": "our site, plain server",
    "nginx": "our site, nginx",
    "file": "our single file",
}
OTHERS = ("naive", "deck", "map", "leafmap")
OURS = "borderviz"
FILES = ("site", "nginx", "file")
BARE = "bare"
Found = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """
    One figure of every page; the less, the better.

    Parameters
    ----------
    name
        As the table has it.
    metric
        As it is filed, of samples or of counts.
    unit, per, digits
        Of what is told, how many of what was measured go into it, decimals.
    margin
        By how much, as told, another page must be ahead of ours to be named.
    beside
        Our metric that does the same for a reader by another way.
    """

    name: str
    metric: str
    unit: str
    per: float = 1
    digits: int = 2
    margin: float = 0
    beside: str = ""

    def values(self, found: Found, page: str, metric: str = "") -> list[float]:
        """Return what was measured of a page; nothing where it has none."""
        name = metric or self.metric
        samples = found["samples"].get(page, {}).get(name)
        if samples is None:
            count = found["counts"].get(page, {}).get(name)
            samples = [] if count is None else [count]
        return [value / self.per for value in samples]

    def titled(self, found: Found) -> str:
        """Return the name, with the number of readers where it speaks of them."""
        return self.name.format(together=found["together"])

    def told(self, found: Found, page: str, metric: str = "") -> str:
        """Tell it, with its spread."""
        if values := self.values(found, page, metric):
            return spread(values, self.unit, self.digits)
        # The pages are the same as those of the plain server.
        return "not measured" if page == "nginx" else NONE


# Less than a frame of the screen is no difference that a reader sees.
FRAME_S = 0.017
ROWS = (
    Row("complete map, empty cache", "cold", "s", 1000, 2, FRAME_S),
    Row("complete map, second visit", "warm", "s", 1000, 2, FRAME_S),
    Row("travelled, empty cache", "cold-bytes", "kB", 1000, 0),
    Row("travelled, second visit", "warm-bytes", "kB", 1000, 0),
    Row("requests, empty cache", "cold-requests", "", 1, 0),
    Row("requests, second visit", "warm-requests", "", 1, 0),
    Row("of these to other hosts", "other-hosts", "", 1, 0),
    Row("script runs on load", "load-runs", "", 1, 0),
    Row("script runs for 3 drags and 2 zooms", "move-runs", "", 1, 0),
    Row("toggle a layer, box of the page", "toggle", "s", 1000, 3, FRAME_S),
    Row(
        "toggle a layer, control in the map", "control", "s", 1000, 3, FRAME_S, "toggle"
    ),
    Row("filter by confidence", "filter", "s", 1000, 3, FRAME_S),
    Row("socket, a toggle after the first", "toggle-bytes", "kB", 1000, 1),
    Row("click to popup", "popup", "s", 1000, 3, FRAME_S),
    Row("click to panel", "panel", "s", 1000, 3, FRAME_S),
    Row("server's processor, a first visit", "server-s", "s", 1, 2, 0.01),
    Row("server's memory, {together} readers", "memory-mb", "MB", 1, 0, 1),
    Row("server's memory, each of them", "reader-mb", "MB", 1, 1, 1),
    Row("browser's heap, after use", "heap-mb", "MB", 1, 1, 1),
)
HOW = """## The pages beside each other

The atlas itself ({markers} placed records, {paths} lines and zones) on every page, in
{rounds} rounds. Each round opens every page by turns with an empty cache, toggles the
largest layer twice, sets and unsets the filter for confidence, clicks two symbols, and
visits the page again with what the first visit left in the cache. Median (least-most).

A map is complete when all its markers and lines are on it; `st.map` has no lines. What
the pages of others ask of other hosts (scripts, an empty base map) is answered from
memory at once, and those bytes are not counted: in their favour. deck.gl draws by WebGL
on the processor, for want of another; its texts on symbols come on hovering, not on a
click. Memory is the server's, and by how much each of its readers at once made it grow;
what an earlier one left behind can be enough for them."""
WITHOUT = "Without Streamlit, the same reader sees the same map from files:"


def section(found: Found) -> str:
    """
    Tell how the pages were measured, and all figures.

    Parameters
    ----------
    found
        The JSON of `measure.py`.
    """
    its = found["expected"]
    how = HOW.format(
        markers=its["markers"],
        paths=its["paths"],
        rounds=found["rounds"],
    )
    pages = [BARE, *OTHERS, OURS]
    files = [page for page in (OURS, *FILES) if page in found["samples"]]
    told = [how, compared(found, pages), WITHOUT, compared(found, files)]
    size = found["sizes"]["file"] / 1e6
    told.append(f"The single file is {size:.2f} MB; from disk nothing travels.")
    counts = {
        NAMES[page]: found["counts"].get(page, {}).get("given-up") for page in NAMES
    }
    if given_up := [f"{name} {count:.0f}" for name, count in counts.items() if count]:
        told.append(
            f"Visits that came to nothing, and are not in this: {', '.join(given_up)}."
        )
    if "nginx" not in files:
        told.append("There was no nginx on the machine.")
    return "\n\n".join(told)


def compared(found: Found, pages: Sequence[str]) -> str:
    """Write a table of pages; rows that none of them has are left out."""
    rows = [row for row in ROWS if any(row.values(found, page) for page in pages)]
    cells = [
        [row.titled(found), *(row.told(found, page) for page in pages)] for row in rows
    ]
    return table(["", *(NAMES[page] for page in pages)], cells)


def losses(found: Found) -> list[str]:
    """List every figure in which a page of others is ahead of ours."""
    lines = []
    for row in ROWS:
        ours = row.values(found, OURS, row.beside)
        ahead = [
            f"{NAMES[page]} {row.told(found, page)}"
            for page in (OTHERS if ours else ())
            if (theirs := row.values(found, page))
            and median(theirs) + row.margin < median(ours)
        ]
        if ahead:
            told = row.told(found, OURS, row.beside)
            lines.append(f"- {row.titled(found)}: {', '.join(ahead)}; ours {told}")
    return lines


def budgets(found: Found) -> list[Budget]:
    """Hold our figures against the budgets that a single reader notices."""
    own = found["counts"][OURS]["own-bytes"] / 1000
    size = found["sizes"]["file"] / 1e6
    disk = median(found["samples"]["file"]["cold"]) / 1000
    return [
        _opening(found),
        _timed(found, "toggle", "toggle a layer until the map shows it", 0.12),
        _timed(found, "filter", "filter until the map shows it", 0.12),
        _told(found, "same map after a toggle", "yes", _same),
        _timed(found, "popup", "click to popup text", 0.02),
        _timed(found, "panel", "click to full panel", 0.12),
        _told(found, "script runs for load, drags and zooms", "1", _runs),
        _told(found, "socket, a toggle after the first", "≤ 50 kB", _toggle),
        _most("geometry and data on first load", own, 300, "kB", 0),
        _most("single file", size, 1.5, "MB", 2),
        _most("single file, complete from disk", disk, 1, "s", 2),
    ]


def _opening(found: Found) -> Budget:
    """Hold the time until the map is complete against that of a bare page."""
    times = {page: median(its["cold"]) for page, its in found["samples"].items()}
    ours, naive = (times[page] / times[BARE] for page in (OURS, "naive"))
    what = "open: complete map ÷ bare page"
    return Budget(what, "≤ 1.2", f"{ours:.2f}", ours <= 1.2, f"{naive:.2f}")


def _timed(found: Found, metric: str, what: str, limit: float) -> Budget:
    """Hold a median time in seconds against its limit."""
    row = Row(what, metric, "s", 1000, 3)
    is_met = median(row.values(found, OURS)) <= limit
    told = row.told(found, OURS)
    return Budget(what, f"≤ {limit:g} s", told, is_met, row.told(found, "naive"))


def _told(
    found: Found, what: str, limit: str, told: Callable[[Found, str], tuple[bool, str]]
) -> Budget:
    """Hold what one of the functions below says of our page against its limit."""
    is_met, ours = told(found, OURS)
    return Budget(what, limit, ours, is_met, told(found, "naive")[1])


def _most(what: str, value: float, limit: float, unit: str, digits: int) -> Budget:
    """Hold a figure that only ours has against its limit."""
    told = f"{value:.{digits}f} {unit}"
    return Budget(what, f"≤ {limit:g} {unit}", told, value <= limit)


def _same(found: Found, page: str) -> tuple[bool, str]:
    """Say whether a toggle ever put another map in the place of the one before."""
    same = found["samples"][page]["same-map"]
    new = len(same) - round(sum(same))
    return not new, "yes" if not new else f"no, {new} of {len(same)} new"


def _runs(found: Found, page: str) -> tuple[bool, str]:
    """Say how often the script ran for opening and moving the map."""
    its = found["counts"][page]
    runs, asked = its["load-runs"] + its["move-runs"], its["move-messages"]
    return runs == 1 and not asked, f"{runs:.0f} (+ {asked:.0f} messages)"


def _toggle(found: Found, page: str) -> tuple[bool, str]:
    """Say how much comes over the socket for a toggle after the first."""
    size = median(found["samples"][page]["toggle-bytes"]) / 1000
    return size <= 50, f"{size:.1f} kB"
