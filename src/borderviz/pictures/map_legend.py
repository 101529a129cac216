"""The legend: exactly what is drawn, under the headings of the atlas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.pictures.lettering import width_of, wrapped
from borderviz.pictures.map_canvas import SEMIBOLD, Canvas
from borderviz.pictures.map_groups import Heap, Mark
from borderviz.render.context import Context
from borderviz.settings import Layer

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

SWATCH = 26.0  # room for what is explained
_SIZE = 11.0
_HEAD = 11.0
_LINE = 13.6
_ROW_GAP = 4.4
_HEAD_GAP = 8.0
_LEAST = 0.6

Painter = Callable[["Plate", tuple[float, float], float], None]


@dataclass(frozen=True)
class Row:
    """
    A line of the legend.

    Parameters
    ----------
    words
        What it says.
    paint
        Draws the swatch around a point, at a scale; None makes the row a heading.
    number
        How many are drawn; empty for no number.
    is_short
        Whether it may share its line with another.
    """

    words: str
    paint: Painter | None = None
    number: str = ""
    is_short: bool = False


@dataclass(frozen=True)
class Content:
    """
    What a legend has to explain.

    Parameters
    ----------
    lines
        Records drawn as lines, areas and routes, with layer and style.
    marks, heaps
        Points in the frame, and how they are drawn.
    chosen
        The selected record, if it is drawn.
    """

    lines: Sequence[tuple[Record, str, str]]
    marks: Sequence[Mark]
    heaps: Sequence[Heap]
    chosen: Record | None


def line_entries(content: Content, context: Context) -> list[tuple[str, str, str]]:
    """
    Group what is drawn in one style: layer, style, words.

    One or two records are named; of more, the layer is, once for each layer.
    """
    by_style: dict[tuple[str, str], list[Record]] = {}
    for record, layer, style in content.lines:
        whole = context.atlas.records.get(record.part_of or "")
        found = by_style.setdefault((layer, style), [])
        if (whole or record) not in found:
            found.append(whole or record)
    layers = {layer.id: layer for layer in context.atlas.settings.layers}
    return [
        (
            layer,
            style,
            " · ".join(context.plain(r.title) for r in records)
            if len(records) == 1 or (len(records) == 2 and not records[0].waypoints)
            else context.plain(layers[layer].name),
        )
        for (layer, style), records in by_style.items()
    ]


def mark_entries(
    content: Content, context: Context
) -> list[tuple[Layer, Mark, int, bool]]:
    """Count the marks of each layer: layer, an example, how many, whether directed."""
    atlas = context.atlas
    found: dict[str, tuple[Layer, Mark, int, bool]] = {}
    for mark in content.marks:
        layer = layer_of(atlas.records[mark.id], atlas.settings.layers)
        if layer is None:
            continue
        _, example, count, _ = found.get(layer.id, (layer, mark, 0, False))
        found[layer.id] = (layer, example, count + 1, bool(layer.directions))
    order = [layer.id for layer in atlas.settings.layers]
    return [found[i] for i in sorted(found, key=order.index)]


def mode_entries(content: Content, context: Context) -> list[tuple[str, str]]:
    """List the shapes that are drawn and mean how people went: symbol, words."""
    atlas = context.atlas
    modes = {atlas.records[mark.id].mode for mark in content.marks}
    return [
        (term.symbol, context.plain(term.name))
        for name, term in atlas.settings.vocabulary.mode.items()
        if name in modes and term.symbol
    ]


def draw_rows(
    plate: Plate,
    canvas: Canvas,
    rows: Sequence[Row],
    box: tuple[float, float, float, float],
) -> float:
    """
    Write the legend into a box; everything fits, in smaller letters if it must.

    Parameters
    ----------
    plate, canvas
        Where.
    rows
        Headings and what stands under them.
    box
        Left, top, right, bottom in design units.

    Returns
    -------
    float
        Where it ends.
    """
    left, top, right, bottom = box
    scale = 1.0
    while scale > _LEAST and _height(rows, right - left, scale) > bottom - top:
        scale -= 0.02
    y = top
    number = 0
    for line in _paired(rows, right - left, scale):
        half = (right - left) / len(line)
        ends = []
        for n, row in enumerate(line):
            place = (left + n * half, y, left + (n + 1) * half)
            ends.append(_draw_row(plate, canvas, row, number, place, scale))
            number += 1
        y = max(ends)
    return y


def _paired(rows: Sequence[Row], width: float, scale: float) -> list[tuple[Row, ...]]:
    """Put short rows two by two where both fit in half the width."""
    found: list[tuple[Row, ...]] = []
    for row in rows:
        last = found[-1] if found else ()
        pair = (*last, row)
        if len(pair) == 2 and all(
            r.is_short and len(_lines(r, width / 2, scale)) == 1 for r in pair
        ):
            found[-1] = pair
        else:
            found.append((row,))
    return found


def _lines(row: Row, width: float, scale: float) -> list[str]:
    if row.paint is None:
        return wrapped(row.words, width, _HEAD * scale, SEMIBOLD)
    room = width - SWATCH * scale
    if row.number:
        room -= width_of(row.number, _SIZE * scale) + 8
    return wrapped(row.words, room, _SIZE * scale)


def _height(rows: Sequence[Row], width: float, scale: float) -> float:
    total = 0.0
    for number, line in enumerate(_paired(rows, width, scale)):
        lines = max(len(_lines(row, width / len(line), scale)) for row in line)
        total += (lines * _LINE + _ROW_GAP) * scale
        total += _HEAD_GAP * scale if line[0].paint is None and number else 0
    return total


def _draw_row(
    plate: Plate,
    canvas: Canvas,
    row: Row,
    number: int,
    place: tuple[float, float, float],
    scale: float,
) -> float:
    left, y, right = place
    lines = _lines(row, right - left, scale)
    is_head = row.paint is None
    y += _HEAD_GAP * scale if is_head and number else 0
    size = (_HEAD if is_head else _SIZE) * scale
    x = left if is_head else left + SWATCH * scale
    if row.paint:
        row.paint(plate, (left + 9 * scale, y + _LINE * scale * 0.5), scale)
    for n, line in enumerate(lines):
        base = y + (n + 0.5) * _LINE * scale + size * 0.36
        canvas.write(
            plate,
            (x, base),
            line,
            size=size,
            weight=SEMIBOLD if is_head else 400,
            colour="muted" if is_head else "ink",
            gid=f"legend-{number}-{n}",
        )
        if row.number and n == 0:
            canvas.write(
                plate,
                (right, base),
                row.number,
                size=size,
                colour="muted",
                anchor="right",
                gid=f"legend-{number}-count",
            )
    return y + len(lines) * _LINE * scale + _ROW_GAP * scale
