"""Everything as lists: the map's contents, and what has no point on it, as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from borderviz.citations import reference
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.overview_html import list_title
from borderviz.render.record_html import article
from borderviz.render.sources_html import source_list

KINDS: dict[str, tuple[str, ...]] = {
    "events": ("crossing", "incident", "authorised"),
    "places": ("crossing-point", "site"),
    "lines": ("border", "zone", "sea-line", "route"),
    "facts": ("fact",),
    "timeline": ("event",),
}


def list_html(name: str, context: Context) -> Html:
    """
    Write one of the lists.

    Parameters
    ----------
    name
        One of `permalink.LISTS`.
    context
        Atlas, view and language.
    """
    if name == "sources":
        body, count = _sources(context)
    else:
        records = [r for r in context.atlas.records.values() if r.kind in KINDS[name]]
        body, count = (
            _grouped(records, name, context),
            context.say("list-count", count=len(records)),
        )
    return article(
        context,
        context.back(),
        tag("h2", list_title(name, context)),
        tag("p", count, class_="bv-when"),
        body,
        more="bv-listing",
    )


def _sources(context: Context) -> tuple[Html, str]:
    hosts = context.atlas.settings.link_hosts
    ordered = sorted(
        context.atlas.sources.values(), key=lambda s: s.publisher.casefold()
    )
    found = [reference(n, s, hosts=hosts) for n, s in enumerate(ordered, 1)]
    count = context.say("sources-count", count=len(found))
    return source_list(found, context), count


def _grouped(records: list[Record], name: str, context: Context) -> Html:
    """Put records under headings that suit the list, newest decade first for events."""
    heading: Callable[[Record], str]
    if name in ("events", "timeline"):
        records = sorted(records, key=lambda r: (r.date or "", r.id), reverse=True)

        def heading(record: Record) -> str:
            first = f"{(record.date or '')[:3]}0"
            return context.say("numbers-span", low=first, high=f"{first[:3]}9")

    elif name == "facts":
        records = sorted(
            records, key=lambda r: list(_themes(context)).index(r.theme or "")
        )

        def heading(record: Record) -> str:
            return context.term("theme", record.theme)

    else:

        def heading(record: Record) -> str:
            return context.say(f"kind-{record.kind}")

    return join(
        tag("section", tag("h3", title), *[_row(r, context) for r in group])
        for title, group in _runs(records, heading)
    )


def _themes(context: Context) -> Iterable[str]:
    yield from context.atlas.settings.vocabulary.theme
    yield ""


def _runs(
    records: list[Record], heading: Callable[[Record], str]
) -> Iterable[tuple[str, list[Record]]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(heading(record), []).append(record)
    return groups.items()


def _row(record: Record, context: Context) -> Html:
    """Write one entry, and why it is not on the map if it is not."""
    if not record.extent:
        return context.record_link(record)
    extent = context.term("extent", record.extent)
    return context.record_link(record, note=context.say("not-on-map", extent=extent))
