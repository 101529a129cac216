"""A reader's own file, which may be hostile, into rows and columns of plain values.

`read_file` reads it in a process of its own: `sniff` tells what it is by its content,
one of the `*_form` modules reads it, `draft`, `clean` and `shapes` make it fit to be
shown, `packing` brings it back. Everything is a limit of `limits` or a reason of
`reasons`; nothing is written, fetched or looked up on this machine.
"""

from borderviz.overlay_files.encodings import ENCODINGS
from borderviz.overlay_files.process import read_file
from borderviz.overlay_files.raw import (
    Cell,
    RawTable,
    Reason,
    RefusedFileError,
    RowProblem,
)
from borderviz.overlay_files.reasons import REASONS
from borderviz.overlay_files.sniff import ENDINGS, FORMS

__all__ = [
    "ENCODINGS",
    "ENDINGS",
    "FORMS",
    "REASONS",
    "Cell",
    "RawTable",
    "Reason",
    "RefusedFileError",
    "RowProblem",
    "read_file",
]
