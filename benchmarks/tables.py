"""What every section is told in: Markdown tables, spreads, budgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

NONE = "has none"


@dataclass(frozen=True)
class Budget:
    """
    One budget beside the figure that was measured.

    Parameters
    ----------
    what
        What is measured, in the words of the first table.
    limit
        The budget, as text.
    ours
        Our figure, as text.
    is_met
        Whether the figure keeps the budget.
    beside
        The figure of the page that a developer would write at first, or of another
        peer, as text; empty where there is none.
    """

    what: str
    limit: str
    ours: str
    is_met: bool
    beside: str = ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """
    Write a Markdown table, its first column to the left and the others to the right.

    Parameters
    ----------
    head
        One word a column.
    rows
        As many cells each.

    Raises
    ------
    ValueError
        If a row has another number of cells than the head.

    Examples
    --------
    >>> print(table(["what", "ours"], [["open", "1 s"]]))
    | what | ours |
    |---|--:|
    | open | 1 s |
    """
    lines = [_line(head), "|---|" + "--:|" * (len(head) - 1)]
    for row in rows:
        if len(row) != len(head):
            msg = f"a row of {len(row)} cells below a head of {len(head)}: {row}"
            raise ValueError(msg)
        lines.append(_line(row))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def spread(values: Sequence[float], unit: str = "s", digits: int = 2) -> str:
    """
    Tell the median of some figures, with the least and the greatest if they differ.

    Parameters
    ----------
    values
        At least one.
    unit
        Put behind.
    digits
        After the decimal point.

    Examples
    --------
    >>> spread([0.3, 0.1, 0.2], "s", 1)
    '0.2 s (0.1-0.3)'
    """
    low, middle, high = (
        f"{value:,.{digits}f}" for value in (min(values), median(values), max(values))
    )
    told = f"{middle} {unit}".rstrip()
    return told if low == high else f"{told} ({low}-{high})"


def verdict(is_met: bool | None) -> str:
    """Say `pass` or **miss**; nothing where there is no budget."""
    if is_met is None:
        return ""
    return "pass" if is_met else "**miss**"
