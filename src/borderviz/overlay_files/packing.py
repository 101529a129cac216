"""A `RawTable`, or a refusal, as bytes and back: what the worker answers.

Frames, each after its length: what is said of the file as JSON; the numbers of the
rows; each column as JSON; lengths and bytes (WKB) of the shapes. No pickle, and what is
read is checked: a worker that was taken over must not be believed more than the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from borderviz.overlay_files.raw import (
    RawTable,
    Reason,
    RefusedFileError,
    RowProblem,
)
from borderviz.overlay_files.reasons import REASONS

_LENGTH_BYTES = 8
_INTEGER = "<i4"
_CELLS = {str, int, float, bool, type(None)}


def packed_refusal(reason: Reason) -> bytes:
    """Write a refusal."""
    return _frame(_json({"refused": asdict(reason)}))


def packed(table: RawTable) -> Iterator[bytes]:
    """Write a table, frame by frame."""
    about = {
        "form": table.form,
        "layer": table.layer,
        "layers": table.layers,
        "encoding": table.encoding,
        "columns": table.columns,
        "notes": [asdict(note) for note in table.notes],
        "problems": [asdict(problem) for problem in table.problems],
        "bad_count": table.bad_count,
        "has_shapes": table.shapes is not None,
    }
    yield _frame(_json(about))
    yield _frame(table.numbers.astype(_INTEGER).tobytes())
    for column in table.cells:
        yield _frame(_json(column))
    if table.shapes is not None:
        import shapely  # a CSV is read without it

        bodies = [body or b"" for body in shapely.to_wkb(table.shapes).tolist()]
        yield _frame(np.array([*map(len, bodies)], dtype=_INTEGER).tobytes())
        yield _frame(b"".join(bodies))


def unpacked(answer: bytes) -> RawTable:
    """
    Read what the worker answered.

    Raises
    ------
    RefusedFileError
        If it answered that the file is refused.
    ValueError
        If it is no answer.
    """
    frames = _frames(answer)
    about = json.loads(next(frames, b""))
    _require(isinstance(about, dict))
    if "refused" in about:
        raise RefusedFileError(_reason(about["refused"]))
    columns = _texts(about.get("columns"))
    numbers = np.frombuffer(next(frames, b""), dtype=_INTEGER).astype(np.int32)
    cells = tuple(_column(next(frames, b""), len(numbers)) for _ in columns)
    has_shapes = about.get("has_shapes")
    shapes = (
        _shapes(next(frames, b""), next(frames, b""), len(numbers))
        if (has_shapes)
        else None
    )
    _require(next(frames, None) is None)
    notes, problems = about.get("notes"), about.get("problems")
    _require(isinstance(notes, list) and isinstance(problems, list))
    return RawTable(
        _text(about.get("form")),
        _text(about.get("layer")),
        _texts(about.get("layers")),
        _text(about.get("encoding")),
        columns,
        numbers,
        cells,
        shapes,
        tuple(map(_reason, notes)),
        tuple(map(_problem, problems)),
        _whole(about.get("bad_count")),
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def _frame(body: bytes) -> bytes:
    return len(body).to_bytes(_LENGTH_BYTES, "big") + body


def _frames(answer: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(answer):
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(answer[start - _LENGTH_BYTES : start], "big")
        _require(at <= len(answer))
        yield answer[start:at]


def _require(holds: bool) -> None:
    if not holds:
        msg = "no answer of a worker"
        raise ValueError(msg)


def _text(value: Any) -> str:
    _require(type(value) is str)
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    _require(isinstance(value, list))
    return tuple(map(_text, value))


def _whole(value: Any) -> int:
    _require(type(value) is int and value >= 0)
    return int(value)


def _column(body: bytes, length: int) -> tuple[Any, ...]:
    cells = json.loads(body)
    _require(isinstance(cells, list) and len(cells) == length)
    _require(set(map(type, cells)) <= _CELLS)
    return tuple(cells)


def _shapes(lengths: bytes, bodies: bytes, count: int) -> Any:
    import shapely  # the worker imports this module without it

    ends = np.cumsum(np.frombuffer(lengths, dtype=_INTEGER), dtype=np.int64)
    _require(len(ends) == count and bool((np.diff(ends, prepend=0) >= 0).all()))
    _require((int(ends[-1]) if count else 0) == len(bodies))
    starts = [0, *ends.tolist()]
    parts = [
        bodies[start:end] or None
        for start, end in zip(starts, ends.tolist(), strict=False)
    ]
    try:
        return shapely.from_wkb(np.array(parts, dtype=object))
    except (shapely.errors.ShapelyError, NotImplementedError) as error:
        raise ValueError(str(error)) from None


def _reason(value: Any) -> Reason:
    _require(isinstance(value, dict) and _text(value.get("key")) in REASONS)
    values = value.get("values")
    _require(isinstance(values, dict))
    _require(set(map(type, values.values())) <= {str, int, float})
    return Reason(value["key"], values)


def _problem(value: Any) -> RowProblem:
    _require(isinstance(value, dict))
    return RowProblem(
        _whole(value.get("row")),
        _text(value.get("field")),
        _text(value.get("value")),
        _reason(value.get("reason")),
    )
