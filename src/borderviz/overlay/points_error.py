"""An operator's file of points that cannot be used: where, what stands there, cure."""

from __future__ import annotations

from borderviz.errors import BorderVizError, Problem, shortened

CURE = "Save the file again as GeoParquet."
# More rows than these no page was measured with.
MOST_ROWS = 3_000_000
# Beyond this a column of texts does not fit one Arrow array, nor a small machine.
MOST_BYTES = 1_000_000_000


class PointsError(BorderVizError):
    """A file of points that is not read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def fault(
    file: str, column: str, found: object, allowed: str, cure: str, *, row: int = 0
) -> PointsError:
    """
    Make the error for a file that is not read.

    Parameters
    ----------
    file, column
        Its name, and that of a column or a field; empty for the whole file.
    found, allowed, cure
        As in `Problem`.
    row
        Counted from 1; 0 for no row.
    """
    told = found if isinstance(found, str) else shortened(found)
    where = f"#{row}" if row else ""
    return PointsError(Problem(file, where, column, told[:200], allowed, cure))
