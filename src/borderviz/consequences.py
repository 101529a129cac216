"""Which faults only follow from others: from a file or an entry that cannot be read.

They are held back, so that whoever mends an atlas reads causes and no echoes. Too many
held back do no harm: what is wrong by itself is told when the cause is mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from borderviz.errors import Problem
from borderviz.faults import Fault

# Files whose faults concern nothing but themselves.
_APART = ("texts/", "translations/")
_PLACED = ("extent", "geometry", "uncertainty_km", "at", "landmark", "waypoints")
# What is looked for among shapes and towns, by how such a fault says what is allowed.
_DRAWN = ("a record whose geometry", "a border whose geometry")
_TOWNS = ("a town,",)
_ID = re.compile(r"[a-z0-9-]+")


def is_unread(problem: Problem) -> bool:
    """
    Tell whether a problem is about a whole file, whose entries are then unknown.

    Parameters
    ----------
    problem
        One that was found while reading.
    """
    is_whole = not problem.record and "." not in problem.field
    return is_whole and not problem.file.startswith(_APART)


class Consequences:
    """
    What follows from the problems that were found while reading.

    Parameters
    ----------
    problems
        All of them, before any rule that takes several entries was applied.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.unread = any(map(is_unread, problems))
        self._ids = {problem.record for problem in problems if problem.record}
        self._folders = {problem.file.rpartition("/")[0] for problem in problems}
        self._unplaced = {
            (problem.file, problem.record)
            for problem in problems
            if problem.field.split(".")[0] in ("geometry", "at")
        }

    def explain(self, file: str, record: str, fault: Fault) -> bool:
        """
        Tell whether a fault may be no fault once the problems are mended.

        Parameters
        ----------
        file, record
            The entry at fault.
        fault
            One that takes several entries to find.
        """
        first = _ID.match(str(fault.found))
        root = fault.field.split(".")[0]
        return (
            self.unread
            or ((file, record) in self._unplaced and root in _PLACED)
            or bool(first and first[0] in self._ids)
            or (bool(self._ids) and fault.allowed.startswith(_DRAWN + _TOWNS))
            # A chapter without a step, a page to lead to: documents that are not read.
            or (root in ("chapters", "pages") and any(self._folders))
        )
