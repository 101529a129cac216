"""How much of a reader's file is taken; what is over a limit is refused, not cut."""

from __future__ import annotations

from borderviz.overlay_files.raw import Reason, RefusedFileError

MEGABYTE = 1_000_000
FILE_BYTES = 20 * MEGABYTE
ROWS = 100_000
COLUMNS = 200
CELL_LETTERS = 10_000
# Of all cells together: one text of a workbook can stand in many of its cells.
ALL_LETTERS = 50 * MEGABYTE
VERTICES = 500_000
DEPTH = 32
TOLD_PROBLEMS = 1_000
TOLD_LETTERS = 80
TOLD_ROWS = 10

UNPACKED_BYTES = 100 * MEGABYTE
RATIO = 100
MEMBERS = 20
# A workbook has several members for each of its sheets, none of which is read unasked.
WORKBOOK_MEMBERS = 200

# Of the process that reads: seconds by the clock and of work, bytes of memory and of
# what it may answer, open files.
WAIT_SECONDS = 30
READ_SECONDS = 30
# More than by the clock, which is told better; this holds if nobody is left to count.
CPU_SECONDS = READ_SECONDS + 5
MEMORY_BYTES = 1536 * MEGABYTE
ANSWER_BYTES = 200 * MEGABYTE
OPEN_FILES = 16
AT_ONCE = 2


def refusal(*, why: str, **values: str | int | float) -> RefusedFileError:
    """
    Make the error for a file that is not read.

    Parameters
    ----------
    why
        Key of the reason, without `file-`.
    **values
        What fills the braces of its text.
    """
    return RefusedFileError(Reason(f"file-{why}", values))


def refuse_more(count: int, limit: int, why: str) -> None:
    """
    Refuse a file that has too much of something.

    Parameters
    ----------
    count, limit
        How much there is, and may be.
    why
        Key of the reason, without `file-`; the limit fills its text.

    Raises
    ------
    RefusedFileError
        If there is more.
    """
    if count > limit:
        raise refusal(why=why, limit=limit)
