"""What no language changes, for a page that filters by itself: what events are like.

`web/shell-filters.js` is `filters.matcher` in the browser; it looks at nothing else.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from borderviz.content import Atlas
from borderviz.dates import PartialDate
from borderviz.filters import WORDS, choices, events
from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.permalink import LISTS, SORTS, VERSION, encode
from borderviz.render.context import Context
from borderviz.render.map_axes import span
from borderviz.render.table_html import sorted_records
from borderviz.selection import event_layers, select
from borderviz.view import ViewState

# Steps of the two filters by number; the page of the program offers the same.
EXACT = (1, 5, 10, 15, 30)
CITED = (2, 3, 4)
SHEET = "table"


def facts(atlas: Atlas, view: ViewState, *, part: bool = False) -> dict[str, Any]:
    """
    Collect what the page must know of the atlas whatever language it is read in.

    Parameters
    ----------
    atlas
        Narrowed to what may be shown.
    view
        What the page opens with where its address asks for nothing.
    part
        True if events were left out: then the page must not speak of all.
    """
    settings = atlas.settings
    ordered = sorted(events(atlas), key=lambda r: (r.date or "", r.id))
    years = [int(r.date[:4]) for r in ordered if r.date]
    used = set(event_layers(atlas))
    return {
        "version": VERSION,
        "part": part,
        "languages": settings.languages,
        "lang": settings.default_language,
        "layers": [
            {"id": x.id, "group": x.group, "on": x.on, "events": x.id in used}
            for x in settings.layers
        ],
        "groups": [group.id for group in settings.groups],
        "choices": {name: choices(atlas, name) for name in WORDS},
        "exact": EXACT,
        "cited": CITED,
        "events": [_event(record, atlas) for record in ordered],
        "counted": _counted(atlas),
        "places": {x.id: len(atlas.places) for x in settings.layers if x.places},
        "records": list(atlas.records),
        "lists": LISTS,
        "sorts": SORTS,
        "pages": [page.id for page in atlas.pages],
        "steps": [_step(step.id, atlas) for step in atlas.story],
        "spans": {i: found for i in atlas.records if (found := span(i, atlas))},
        "presets": [
            {"id": p.id, "query": dict(parse_qsl(p.query, keep_blank_values=True))}
            for p in settings.presets
        ],
        "years": [min(years), max(years)] if years else [],
        "opening": encode(view, atlas),
    }


def _event(record: Record, atlas: Atlas) -> list[Any]:
    """Write what filters ask of one event, in the order that the script reads."""
    first = last = ""
    if record.date:
        first = PartialDate.parse(record.date).first.isoformat()
        last = PartialDate.parse(record.date_end or record.date).last.isoformat()
    layer = layer_of(record, atlas.settings.layers)
    words = [getattr(record, name) or "" for name in WORDS.values()]
    return [
        record.id,
        layer.id if layer else "",
        *words,
        first,
        last,
        record.uncertainty_km or 0,
        len(record.sources),
        int(record.id in atlas.positions),
    ]


def _counted(atlas: Atlas) -> dict[str, list[str]]:
    """List which records each layer counts, as `layers.counts` does."""
    wholes = {r.part_of for r in atlas.records.values() if r.part_of}
    found: dict[str, list[str]] = {layer.id: [] for layer in atlas.settings.layers}
    for record in atlas.records.values():
        drawn = record.id in atlas.positions or record.waypoints or record.geometry
        layer = layer_of(record, atlas.settings.layers)
        if drawn and layer and record.id not in wholes:
            found[layer.id].append(record.id)
    return found


def _step(identity: str, atlas: Atlas) -> dict[str, Any]:
    """Write what a step shows: its own layers and filters, its box and its record."""
    view, head = atlas.step_views[identity], atlas.step_of[identity].head
    free = encode(view.with_(story="", lang=atlas.settings.default_language), atlas)
    return {
        "id": identity,
        "query": {k: v for k, v in free.items() if k != "v"},
        "hidden": sorted(select(atlas, view).hidden),
        "box": head.box,
        "focus": head.focus or "",
    }


def orders(atlas: Atlas, context: Context) -> dict[str, list[int]]:
    """
    Say in which order each column puts the events, both ways, in one language.

    A part of them keeps that order, because equal ones stay as they were.
    """
    ordered = sorted(events(atlas), key=lambda r: (r.date or "", r.id))
    number = {record.id: n for n, record in enumerate(ordered)}
    return {
        sort: [number[r.id] for r in sorted_records(ordered, sort, context)]
        for name in SORTS
        for sort in (name, f"-{name}")
    }
