"""The timeline: a mark for each event, as wide as its date is vague, along the years.

Positions are shares of the time shown, so that the marks fit any width. Every event
keeps its place whatever the filters are; those that are filtered out turn faint.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from borderviz.content import Atlas
from borderviz.dates import PartialDate
from borderviz.filters import events
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.lanes import lanes_of, packed, share
from borderviz.selection import Selection

# A mark is never narrower than this share of the width: about 6 of 700 pixels.
NARROWEST = 0.0088
MARKS_PX, PITCH_PX = 62, 7.0
# A label's width as a share of the timeline, by the letter; CJK letters are wider.
LETTER, WIDE_LETTER = 0.0079, 0.0155
# As high as a pointer needs (WCAG 2.2, 2.5.8).
LINES, LINE_PX = 3, 24
# How many years may lie between two that are named, and how many are named at most.
YEAR_STEPS, MOST_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000), 16


@dataclass(frozen=True)
class Scale:
    """The years shown: `first` to the end of `last`."""

    first: int
    last: int

    def at(self, day: dt.date) -> float:
        """Return where a day is, from 0 to 1."""
        start = dt.date(self.first, 1, 1).toordinal()
        end = dt.date(self.last + 1, 1, 1).toordinal()
        return (day.toordinal() - start) / (end - start)

    def span(self, record: Record) -> tuple[float, float]:
        """Return where the days are that a dated record may mean."""
        first = PartialDate.parse(record.date or "").first
        last = PartialDate.parse(record.date_end or record.date or "").last
        return self.at(first), self.at(last + dt.timedelta(days=1))

    def decades(self) -> list[int]:
        """List the first years of the decades."""
        return [year for year in range(self.first, self.last + 1) if year % 10 == 0]

    def named(self) -> list[int]:
        """List the round years to be named, as many as there is room for."""
        years = self.last + 1 - self.first
        step = next((s for s in YEAR_STEPS if years <= MOST_YEARS * s), YEAR_STEPS[-1])
        return [y for y in range(self.first, self.last + 1) if y % step == 0]


@dataclass(frozen=True)
class Band:
    """Further rows under the marks: the years they need, and what draws them."""

    first: int
    last: int
    draw: Callable[[Scale], Html]


def scale_of(records: list[Record]) -> Scale:
    """Return the whole years from the first record to the last."""
    years = [int((r.date or "")[:4]) for r in records]
    ends = [int((r.date_end or r.date or "")[:4]) for r in records]
    return Scale(min(years), max(ends))


def dated(context: Context) -> list[Record]:
    """List the events that have a date, oldest first."""
    atlas = context.atlas
    return list(atlas.kept.of("dated", lambda: _dated(atlas)))


def _dated(atlas: Atlas) -> tuple[Record, ...]:
    found = (r for r in events(atlas) if r.date)
    return tuple(sorted(found, key=lambda r: (r.date or "", r.id)))


def timeline_html(
    selection: Selection, context: Context, band: Band | None = None
) -> Html:
    """
    Write the timeline of all events, the selected ones in colour.

    Parameters
    ----------
    selection, context
        The view.
    band
        What else lies along the same years; the scale is then as wide as both need.
    """
    records = dated(context)
    if not records and not band:
        return Html("")
    scale = scale_of(records) if records else None
    if band:
        ends = (scale.first, scale.last) if scale else (band.first, band.last)
        scale = Scale(min(ends[0], band.first), max(ends[1], band.last))
    assert scale is not None
    return tag(
        "div",
        tag("h2", context.say("timeline"), class_="bv-hidden-words"),
        tag("p", context.say("timeline-hint"), class_="bv-hidden-words"),
        tag(
            "div",
            _turning_points(scale, context),
            _marks(records, scale, selection, context),
            band.draw(scale) if band else "",
            _outside(scale, context),
            _years(scale.named() if band else scale.decades(), scale),
            class_="bv-timeline bv-t-two" if band else "bv-timeline",
            data_first=str(scale.first),
            data_last=str(scale.last),
        ),
        class_="bv-timeline-frame",
        lang=context.view.lang,
        tabindex="0",
        role="region",
        aria_label=context.say("timeline"),
    )


def _marks(
    records: list[Record], scale: Scale, selection: Selection, context: Context
) -> Html:
    key = ("timeline-marks", scale)
    written = context.atlas.kept.of(key, lambda: _written(records, scale, context))
    shown, selected = set(selection.ids), context.view.selected
    marks = [
        written[record.id][record.id not in shown, record.id == selected]
        for record in records
    ]
    return tag("div", *marks, class_="bv-t-marks", aria_hidden="true")


def _written(
    records: list[Record], scale: Scale, context: Context
) -> dict[str, dict[tuple[bool, bool], Html]]:
    """Write each mark as it is in any view, by whether it is left out and selected."""
    spans = [scale.span(record) for record in records]
    rows = packed([(a, max(b, a + NARROWEST)) for a, b in spans])
    pitch = min(PITCH_PX, MARKS_PX / (max(rows, default=0) + 1))
    found: dict[str, dict[tuple[bool, bool], Html]] = {}
    for record, (start, end), row in zip(records, spans, rows, strict=True):
        place = f"left:{share(start)};bottom:{row * pitch:.1f}px"
        name = f"bv-t bv-c-{context.style_of(record)}"
        if end - start > NARROWEST:
            place += f";width:{share(end - start)}"
            name += " bv-t-span"
        found[record.id] = {
            (is_off, is_on): tag(
                "i",
                class_=f"{name}{' bv-t-off' * is_off}{' bv-t-on' * is_on}",
                style=place,
                data_id=record.id,
            )
            for is_off in (False, True)
            for is_on in (False, True)
        }
    return found


def _turning_points(scale: Scale, context: Context) -> Html:
    """
    Name the turning points, each on the first line where its words fit.

    The atlas's order is their precedence: where no line is free the name is left to
    those who point at the tick or listen.
    """
    found = [
        (point, at, context.plain(point.label))
        for point in context.atlas.settings.turning_points
        if 0 <= (at := _at(point.record, scale, context)) <= 1
    ]
    spans = []
    for _, at, words in found:
        width = sum(WIDE_LETTER if ord(c) > 0x1100 else LETTER for c in words)
        start = min(at, 1 - width)
        spans.append((start, start + width + LETTER))
    labels = []
    for (point, at, words), (start, _), line in zip(
        found, spans, lanes_of(spans, LINES), strict=True
    ):
        style, name = f"left:{share(at)}", "bv-t-label bv-hidden-words"
        if line is not None:
            style, name = f"left:{share(start)};top:{line * LINE_PX}px", "bv-t-label"
        labels += [
            tag("i", class_="bv-t-tick", style=f"left:{share(at)}", title=words),
            tag(
                "a",
                words,
                href=context.link(point.record),
                target="_self",
                class_=name,
                style=style,
            ),
        ]
    return tag("div", *labels, class_="bv-t-points")


def _at(record: str, scale: Scale, context: Context) -> float:
    """Return where the first day of a record is, from 0 to 1 within the years shown."""
    date = context.atlas.records[record].date or ""
    return scale.at(PartialDate.parse(date).first)


def _outside(scale: Scale, context: Context) -> Html:
    """Shade what the filters leave out of time."""
    filters = context.view.filters
    shades = []
    if filters.since:
        at = scale.at(PartialDate.parse(filters.since).first)
        shades.append(f"left:0;width:{share(min(max(at, 0), 1))}")
    if filters.until:
        last = PartialDate.parse(filters.until).last + dt.timedelta(days=1)
        at = min(max(scale.at(last), 0), 1)
        shades.append(f"left:{share(at)};right:0")
    return join(tag("i", class_="bv-t-outside", style=shade) for shade in shades)


def _years(years: list[int], scale: Scale) -> Html:
    """Name some years along the lower edge."""
    ticks = [
        tag("span", str(year), style=f"left:{share(scale.at(dt.date(year, 1, 1)))}")
        for year in years
    ]
    return tag("div", *ticks, class_="bv-t-years", aria_hidden="true")
