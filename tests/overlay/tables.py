"""Tables as they would have been read, for the tests of overlays."""

from __future__ import annotations

import csv
import io

import numpy as np

from borderviz.overlay.build import build
from borderviz.overlay.roles import recognise
from borderviz.overlay_files.raw import RawTable


def table(columns, shapes=None, form="csv", **changes):
    """Make a table of columns, numbered from the second line as in a CSV."""
    count = len(shapes) if shapes is not None else len(next(iter(columns.values())))
    found = None if shapes is None else np.empty(count, object)
    if found is not None:
        found[:] = shapes
    parts = {
        "form": form,
        "layer": "",
        "layers": (),
        "encoding": "utf-8",
        "columns": tuple(columns),
        "numbers": np.arange(2, count + 2, dtype=np.int32),
        "cells": tuple(tuple(cells) for cells in columns.values()),
        "shapes": found,
        "notes": (),
        "problems": (),
        "bad_count": 0,
    }
    return RawTable(**(parts | changes))


def from_csv(content):
    """Make a table of the bytes of a plain CSV."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return table(dict(zip(rows[0], zip(*rows[1:], strict=True), strict=True)))


def built(columns, atlas, shapes=None, choices=None, name="mine.csv"):
    """Build what a reader gets who corrects nothing."""
    raw = table(columns, shapes)
    return build(raw, name, choices or recognise(raw), atlas)


def keys(notes):
    return [note.key for note in notes]
