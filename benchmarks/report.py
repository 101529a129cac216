"""The figures beside their budgets, as a Markdown table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from visits import Samples


@dataclass
class Results:
    """
    All that was measured.

    Parameters
    ----------
    samples
        Page, then metric, to one number a run; milliseconds or bytes.
    counts
        Page, then metric, to the number found by the survey.
    """

    samples: dict[str, Samples] = field(default_factory=dict)
    counts: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(self, page: str, more: Samples) -> None:
        """Add the samples of a round."""
        kept = self.samples.setdefault(page, {})
        for name, values in more.items():
            kept.setdefault(name, []).extend(values)


Figure = tuple[float, str]


@dataclass(frozen=True)
class Row:
    """One budget: its words, its limit, and how a page's figure is found and told."""

    name: str
    budget: str
    figure: Callable[[Results, str], Figure]
    limit: float | None


def _open(results: Results, page: str) -> Figure:
    times, bare = results.samples[page]["open"], results.samples["bare"]["open"]
    ratio = median(times) / median(bare)
    middle, worst = median(times) / 1000, max(times) / 1000
    return ratio, f"{ratio:.2f} ({middle:.2f} s, worst {worst:.2f})"


def _time(metric: str) -> Callable[[Results, str], Figure]:
    def figure(results: Results, page: str) -> Figure:
        times = results.samples[page].get(metric)
        if times is None:
            return 0, "has none"
        middle, worst = median(times) / 1000, max(times) / 1000
        return middle, f"{middle:.3f} s (worst {worst:.3f})"

    return figure


def _new_maps(results: Results, page: str) -> Figure:
    same = results.samples[page]["same-map"]
    other = len(same) - sum(same)
    return other, "yes" if not other else f"no, {other:.0f} of {len(same)} new"


def _runs(results: Results, page: str) -> Figure:
    counts = results.counts[page]
    runs = counts["load-runs"] + counts["move-runs"]
    told = f"{runs:.0f} (+ {counts['move-messages']:.0f} messages)"
    return runs + counts["move-messages"], told


def _toggle_bytes(results: Results, page: str) -> Figure:
    middle = median(results.samples[page]["toggle-bytes"]) / 1000
    return middle, f"{middle:.1f} kB"


def _kilobytes(metric: str) -> Callable[[Results, str], Figure]:
    def figure(results: Results, page: str) -> Figure:
        size = results.counts[page][metric]
        if metric == "socket-bytes":
            size -= results.counts["bare"][metric]
        return size / 1000, f"{size / 1000:.0f} kB"

    return figure


def _count(metric: str) -> Callable[[Results, str], Figure]:
    def figure(results: Results, page: str) -> Figure:
        count = results.counts[page][metric]
        return count, f"{count:.0f}"

    return figure


ROWS = (
    Row("open: complete map ÷ bare page", "≤ 1.2", _open, 1.2),
    Row("toggle until the map shows it", "≤ 0.12 s median", _time("toggle"), 0.12),
    Row("filter until the map shows it", "≤ 0.12 s median", _time("filter"), 0.12),
    Row("same map object after a toggle", "yes", _new_maps, 0),
    Row("click to popup text", "≤ 0.02 s", _time("popup"), 0.02),
    Row("click to full panel", "≤ 0.12 s median", _time("panel"), 0.12),
    Row("script runs for load + pan + zoom", "1 (+ 0 messages)", _runs, 1),
    Row("socket, a toggle after the first", "≤ 50 kB", _toggle_bytes, 50),
    Row(
        "map component and its files, compressed",
        "≤ 300 kB",
        _kilobytes("component-bytes"),
        300,
    ),
    Row(
        "socket on first load, beyond the bare page",
        "-",
        _kilobytes("socket-bytes"),
        None,
    ),
    Row("requests on first load", "-", _count("requests"), None),
    Row("requests to other hosts", "0", _count("other-hosts"), 0),
)


def table(results: Results) -> str:
    """
    Write the table, and below it the time of the bare page.

    Parameters
    ----------
    results
        Of at least one round with every page.
    """
    lines = [
        "| what | budget | naive page | borderviz | |",
        "|---|---|---|---|---|",
    ]
    for row in ROWS:
        _, naive = row.figure(results, "naive")
        figure, ours = row.figure(results, "borderviz")
        cells = [row.name, row.budget, naive, ours, verdict(figure, row.limit)]
        lines.append(f"| {' | '.join(cells)} |")
    bare = results.samples["bare"]["open"]
    requests = results.counts["bare"]["requests"]
    lines.append(
        f"\nBare page: {median(bare) / 1000:.2f} s (worst {max(bare) / 1000:.2f}), "
        f"{requests:.0f} requests; median of {len(bare)} runs."
    )
    return "\n".join(lines)


def verdict(figure: float, limit: float | None) -> str:
    """Say whether a figure keeps its limit; nothing where there is none."""
    if limit is None:
        return ""
    return "pass" if figure <= limit else "**miss**"
