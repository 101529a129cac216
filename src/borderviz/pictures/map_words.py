"""What the picture of a map says of itself: what it shows, how exactly, from where."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence

from borderviz.model import Record
from borderviz.pictures.map_groups import Mark
from borderviz.pictures.map_sheet import Words
from borderviz.render.citation import record_citation, view_citation
from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.selection import Selection, event_layers


def map_words(
    selection: Selection,
    context: Context,
    chosen: Record | None,
    marks: Sequence[Mark],
    outside: Sequence[Mark],
    cited: str,
) -> Words:
    """
    Write everything around the map.

    Parameters
    ----------
    selection, context
        The view.
    chosen
        The record drawn as selected.
    marks, outside
        The records in the frame and outside it.
    cited
        How to cite it, in one line; see `cited_as`.
    """
    atlas, view = context.atlas, context.view
    name = context.plain(atlas.settings.title)
    said = sentence(selection, context)
    if not set(event_layers(atlas)) & set(view.layers):
        said = (
            ""  # a map of lines and places: that no event is on it goes without saying
        )
    step = atlas.step_of.get(view.story)
    picked = chosen if chosen and chosen.id == view.selected else None
    if picked:
        kicker, title = name, context.plain(picked.title)
        subtitle = _facts(picked, context)
    elif step:
        kicker, title, subtitle = name, context.plain(step.titles), said
    elif said and (view.filters.active or set(event_layers(atlas)) - set(view.layers)):
        kicker, title, subtitle = name, said.rstrip(".。"), ""
    else:
        kicker, title, subtitle = "", name, said
    notes = (
        " ".join(
            filter(
                None,
                (
                    _counts(selection, marks, outside, context),
                    *(_exactness(marks, context),),
                ),
            )
        ),
    )
    attribution = context.listed(
        (context.plain(a) for a in atlas.settings.attribution), ","
    )
    credit = (context.say("picture-map-data", names=attribution), cited)
    return Words(kicker, title, subtitle, tuple(filter(None, notes)), credit)


def cited_as(
    selection: Selection,
    context: Context,
    chosen: Record | None,
    *,
    today: dt.date | None,
    address: str = "",
) -> str:
    """
    Say in one line how to cite the map: the record that it is about, or the view.

    Parameters
    ----------
    selection, context, chosen
        As for `map_words`.
    today, address
        As for a citation.
    """
    if chosen and chosen.id == context.view.selected:
        return record_citation(chosen, context, today=today, address=address).short
    return view_citation(selection, context, today=today, address=address).short


def _facts(record: Record, context: Context) -> str:
    """Write a record's date and place, or why it has no point."""
    where = context.plain(record.place)
    if record.extent and record.id not in context.atlas.positions:
        where = context.say(
            "place-none",
            extent=context.term("extent", record.extent),
            km=context.atlas.settings.no_point_from_km,
        )
    elif record.uncertainty_km:
        known = context.say("known-within", km=record.uncertainty_km)
        where = " · ".join(filter(None, (where, known)))
    return " · ".join(filter(None, (context.date(record), where)))


def _counts(
    selection: Selection,
    marks: Sequence[Mark],
    outside: Sequence[Mark],
    context: Context,
) -> str:
    """Say how many events are drawn, lie outside, and have no point."""
    events = set(selection.ids)
    if not events:
        return ""
    inside = sum(mark.id in events for mark in marks)
    away = sum(mark.id in events for mark in outside)
    parts = [context.say("picture-drawn", count=inside, total=len(events))]
    if away:
        parts.append(context.say("picture-outside", count=away))
    if selection.unplaced:
        parts.append(context.say("sentence-unplaced", count=selection.unplaced))
    return " ".join(parts)


def _exactness(marks: Sequence[Mark], context: Context) -> str:
    """Say within how many kilometres the places of what is drawn are known."""
    records = (context.atlas.records[mark.id] for mark in marks)
    radii = sorted(float(r.uncertainty_km) for r in records if r.uncertainty_km)
    if not radii:
        return ""
    low, high = (context.number(radii[n]) for n in (0, -1))
    if low == high:
        return context.say("picture-known-one", count=len(radii), km=low)
    middle = context.number(statistics.median_high(radii))
    return context.say("picture-known", low=low, high=high, middle=middle)
