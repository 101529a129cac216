"""What targets share: bytes in parts, an atlas, and what must be true of a table.

Parts are separated by the byte FF, which no UTF-8 has: a case stays readable, and a
fuzzer that copies and cuts bytes moves parts about.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import shapely

from borderviz.content import load
from borderviz.overlay_files import REASONS, RefusedFileError
from borderviz.overlay_files.clean import clean
from borderviz.overlay_files.limits import TOLD_LETTERS, TOLD_PROBLEMS
from borderviz.overlay_files.packing import packed, unpacked
from borderviz.overlay_files.parse import parse
from borderviz.texts import say

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
BETWEEN = b"\xff"
LANGUAGES = ("en", "ko")
# Of a worker that reads a file: what it turns into a refusal.
REFUSED = (RefusedFileError, RecursionError, MemoryError)


def parted(data, least=0):
    """Texts of the parts; broken UTF-8 becomes halves of surrogate pairs."""
    texts = [part.decode("utf-8", "surrogateescape") for part in data.split(BETWEEN)]
    return texts + [""] * (least - len(texts))


def lettered(text):
    """A number from the first letter of a part, to choose by."""
    return ord(text[0]) if text else 0


@cache
def atlas():
    """The invented atlas, read once."""
    return load(ATLANTIS)


def said(reasons):
    """Every reason is known, and can be said with its values in every language."""
    for reason in reasons:
        for lang in LANGUAGES:
            assert say(f"overlay-{reason.key}", lang, **reason.values).strip()


def reads(data, name="file", layer="", encoding=""):
    """Read a file; check what comes out of it. None if it is refused."""
    try:
        table = parse(data, name, layer, encoding)
    except RefusedFileError as error:
        refused = error.reason
    except REFUSED:
        return None
    else:
        whole(table)
        return table
    assert refused.key in REASONS
    said([refused])
    return None


def whole(table):
    """Check all that is promised of a table, and that it survives the way back."""
    count = len(table.numbers)
    assert len(set(table.columns)) == len(table.columns) == len(table.cells)
    assert all(len(column) == count for column in table.cells)
    assert count or table.bad_count
    assert min(table.bad_count, TOLD_PROBLEMS) == len(table.problems)
    texts = [*table.columns, *(x for c in table.cells for x in c if type(x) is str)]
    for problem in table.problems:
        texts += [problem.field, problem.value]
        assert max(len(problem.field), len(problem.value)) <= TOLD_LETTERS
    assert all(clean(text) == (text, 0) for text in texts)
    reasons = [*table.notes, *(problem.reason for problem in table.problems)]
    assert {reason.key for reason in reasons} <= REASONS
    said(reasons)
    if table.shapes is not None:
        drawable(table.shapes, count)
    again = unpacked(b"".join(packed(table)))
    assert again.cells == table.cells
    assert again.numbers.tolist() == table.numbers.tolist()
    assert (again.problems, again.notes) == (table.problems, table.notes)


def drawable(shapes, count):
    assert len(shapes) == count
    known = shapes[~shapely.is_missing(shapes)]
    assert shapely.is_valid(known).all()
    assert not shapely.is_empty(known).any()
    assert not shapely.has_z(known).any()
    points = shapely.get_coordinates(known)
    assert (np.abs(points) <= (180, 90)).all()
