"""A reader's own rows to take along, in every format, with a text about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from borderviz.export.bundle import README, licence_files, packed, picture_files
from borderviz.export.cells import fit, one_line
from borderviz.export.csv_text import csv_cell, csv_lines
from borderviz.export.formats import FORMATS, written
from borderviz.export.overlay_about import OwnExport
from borderviz.export.overlay_readme import readme
from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.overlay_words import reason_words

PROBLEMS = "problems.csv"

Mask = NDArray[np.bool_]


def data_bytes(
    form: str,
    overlay: Overlay,
    mask: Mask,
    context: Context,
    *,
    today: dt.date,
    address: str = "",
) -> bytes:
    """
    Write the rows that are shown in one format.

    Parameters
    ----------
    form
        One of `FORMATS`.
    overlay, mask
        The rows, and which of them are shown.
    context
        The atlas, and the reader's language.
    today
        The day of the export.
    address
        Where the atlas is served; empty if that is not known.

    Raises
    ------
    ValueError
        If there is no such format.
    OutputError
        If the disk or a library refuses.
    """
    return written(form, OwnExport(overlay, mask, context, today, address))


def zip_bytes(
    forms: Sequence[str],
    overlay: Overlay,
    mask: Mask,
    context: Context,
    *,
    today: dt.date,
    address: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """
    Pack the rows that are shown with a text that explains them.

    Parameters
    ----------
    forms
        Names of `FORMATS`; each once, however often it is named.
    overlay, mask, context, today, address
        As for `data_bytes`.
    pictures
        Bytes by file name, to lie in a folder of their own.

    Raises
    ------
    ValueError
        If there is no such format.
    OutputError
        If the disk or a library refuses.
    """
    export = OwnExport(overlay, mask, context, today, address)
    files = {
        f"{export.name}{FORMATS[form].ending}": (
            f"export-file-{form}",
            written(form, export),
        )
        for form in dict.fromkeys(forms)
    }
    if overlay.problems or overlay.doubts:
        listed = problems_csv(overlay, context)
        files[PROBLEMS] = ("overlay-export-file-problems", listed)
    files |= dict(picture_files(pictures or {}))
    files |= dict(licence_files(export.licences, context.atlas))
    told = readme(export, {name: key for name, (key, _) in files.items()})
    contents = {README: told.encode("utf-8", "replace")}
    contents |= {name: content for name, (_, content) in files.items()}
    return packed(contents, today)


def problems_csv(overlay: Overlay, context: Context) -> bytes:
    """
    List the rows that were left out, and the cells that could not be read, with why.

    Parameters
    ----------
    overlay
        The data.
    context
        The language of the reasons.

    Returns
    -------
    bytes
        CSV as `csv_text` writes it, guarded against formulas.
    """
    listed = [(x, True) for x in overlay.problems]
    listed += [(x, False) for x in overlay.doubts]
    rows = [["row", "left_out", "field", "value", "reason"]]
    for problem, is_left in sorted(listed, key=lambda pair: pair[0].row):
        reason = reason_words(problem.reason, context)
        words = (fit(problem.field), fit(problem.value), one_line(reason))
        cells = (problem.row, is_left, *words)
        rows.append([csv_cell(cell) for cell in cells])
    return csv_lines(rows)
