"""What `borderviz check` says of the points that an atlas brings along."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from borderviz.errors import Problem
from borderviz.paths import POINTS
from borderviz.texts import DEFAULT, say

_UNSTATED = "no source stated: write one into points.toml, see README.md of geodata"


def points_told(root: Path) -> tuple[list[Problem], list[str]]:
    """
    Read the points of an atlas, if it has any.

    Parameters
    ----------
    root
        The atlas folder.

    Returns
    -------
    problems, notes
        Why they cannot be shown; otherwise how many rows there are, which columns are
        understood, how many rows have no place and why, and who is stated as source.
    """
    path = root / POINTS
    if not path.is_file():
        return [], []
    # Here: an atlas without points does not need what reads them.
    from borderviz.overlay.points_error import PointsError
    from borderviz.overlay.points_file import read_points
    from borderviz.overlay.roles import recognise

    try:
        found = read_points(path)
    except PointsError as error:
        return [error.problem], []
    raw = found.raw
    roles = ", ".join(f"{k}: {v}" for k, v in recognise(raw).columns.items())
    notes = [f"{len(raw.numbers):,} rows; {roles or 'no column is understood'}"]
    if raw.bad_count:
        keys = Counter(problem.reason.key for problem in raw.problems)
        first = raw.problems[0]
        why = say(f"overlay-{first.reason.key}", DEFAULT, **first.reason.values)
        more = f"first row {first.row}, found {first.value or 'nothing'}: {why}"
        notes.append(f"rows left out: {raw.bad_count:,} ({', '.join(keys)}); {more}")
    notes += [say(f"overlay-{n.key}", DEFAULT, **n.values) for n in raw.notes]
    notes.append(found.origin.stated or _UNSTATED)
    return [], [f"{POINTS}: {note}" for note in notes]
