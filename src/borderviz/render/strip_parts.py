"""What both strips are made of: the scale in km, bands, ticks with names, the axis.

Positions are shares of the width, so that a strip fits any; words are text beside the
drawing, so that they never shrink with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from borderviz.axes import Axis
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.lanes import lanes_of, share
from borderviz.strip import Tick

# A letter's width as a share of the narrowest strip; CJK letters are wider.
LETTER, WIDE_LETTER, GAP = 0.0077, 0.0152, 0.008
LANE_PX = 15
# Of a narrower band no word could be read; its title has them.
LEAST_BAND = 0.05
# The steps an axis may count in; one is chosen so that there are about eight.
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
TICKS = 8


@dataclass(frozen=True)
class Label:
    """A name to be put where there is room; `id` is what it selects, if anything."""

    km: float
    words: str
    id: str = ""
    href: str = ""
    name: str = ""


@dataclass(frozen=True)
class Beside:
    """What joins a strip: a drawing on its kilometres, and what stands below it."""

    drawing: Html
    below: Html


NOTHING_BESIDE = Beside(Html(""), Html(""))


def labels_of(ticks: Sequence[Tick], context: Context) -> list[Label]:
    """Write names as labels; those of records lead to them."""
    records = context.atlas.records
    return [
        Label(
            tick.km,
            context.plain(tick.name),
            tick.id if tick.id in records else "",
            context.link(tick.id) if tick.id in records else "",
        )
        for tick in ticks
    ]


def percent(km: float, axis: Axis) -> str:
    """Write where a kilometre is, or how wide some are, for a style attribute."""
    return share(km / axis.line.length_km)


def bands(items: Iterable[tuple[str, float, float]], axis: Axis) -> Html:
    """Draw named stretches side by side: words, from km, to km."""
    drawn = [
        tag(
            "span",
            words if (high - low) / axis.line.length_km > LEAST_BAND else "",
            style=f"left:{percent(low, axis)};width:{percent(high - low, axis)}",
            title=words,
        )
        for words, low, high in items
    ]
    return tag("div", *drawn, class_="bv-s-bands")


def named_ticks(labels: Sequence[Label], axis: Axis, lanes: int, name: str) -> Html:
    """
    Draw a tick for each name, and the name on the first lane where it fits.

    Parameters
    ----------
    labels
        The first ones take precedence; a name without room stays with its tick, for
        those who point at it or listen.
    axis
        The line.
    lanes
        How many lines of names there may be.
    name
        Class of the whole.
    """
    spans = [_span(label, axis) for label in labels]
    rows = lanes_of([(start, end + GAP) for start, end in spans], lanes)
    used = max((row + 1 for row in rows if row is not None), default=0)
    drawn = []
    for label, (start, _), row in zip(labels, spans, rows, strict=True):
        height = 4 + (used - 1 - (row if row is not None else used - 1)) * LANE_PX
        drawn.append(
            tag(
                "i",
                class_=f"bv-s-tick {label.name}".strip(),
                style=f"left:{percent(label.km, axis)};height:{height}px",
                title=label.words,
                data_id=label.id or None,
            )
        )
        hidden = "" if row is not None else " bv-hidden-words"
        place = f"left:{share(start)};top:{(row or 0) * LANE_PX}px"
        kind = {"href": label.href, "target": "_self"} if label.href else {}
        drawn.append(
            tag(
                "a" if label.href else "span",
                label.words,
                class_=f"bv-s-name{hidden}",
                style=place,
                **kind,
            )
        )
    height = used * LANE_PX + 4
    return tag("div", *drawn, class_=f"bv-s-names {name}", style=f"height:{height}px")


def _span(label: Label, axis: Axis) -> tuple[float, float]:
    """Estimate which share of the width a name takes, centred on its km."""
    width = sum(WIDE_LETTER if ord(c) > 0x1100 else LETTER for c in label.words)
    at = label.km / axis.line.length_km
    start = max(0.0, min(at - width / 2, 1 - width))
    return start, start + width


def km_axis(axis: Axis, context: Context) -> Html:
    """Draw the kilometres, and say what lies at either end."""
    length = axis.line.length_km
    step = next((s for s in STEPS if length / s <= TICKS), STEPS[-1])
    # A tick close to the end would run into the end's own number.
    kms = [float(km) for km in range(0, int(length - 0.6 * step) + 1, step)]
    ticks = [
        tag("span", context.number(km, 0), style=f"left:{percent(km, axis)}")
        for km in kms
    ]
    end = tag(
        "span", context.say("strip-km", km=context.number(length)), style="left:100%"
    )
    origin, far = (context.words(t) for t in (axis.settings.origin, axis.settings.end))
    return join(
        [
            tag("div", *ticks, end, class_="bv-s-km", aria_hidden="true"),
            tag("div", origin, far, class_="bv-s-ends"),
        ]
    )


def strip(title: str, said: str, axis: Axis, *parts: Html, context: Context) -> Html:
    """
    Put a strip together: heading, what it says in words, the drawing, the line.

    Parameters
    ----------
    title, said
        The heading, and the sentence under it.
    axis
        The line.
    parts
        The drawing, from top to bottom.
    context
        Words.
    """
    return tag(
        "section",
        tag("h3", title),
        tag("p", said, class_="bv-small"),
        tag(
            "div",
            tag("div", *parts, class_="bv-strip", data_axis=axis.record.id),
            class_="bv-strip-frame",
            tabindex="0",
            role="region",
            aria_label=title,
        ),
        tag(
            "p",
            context.say("strip-line"),
            " ",
            context.words(axis.settings.version),
            class_="bv-small",
        ),
    )
