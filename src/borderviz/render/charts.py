"""Every chart of the dashboard: arrivals as published, and the records now selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from borderviz.arrivals import arrivals
from borderviz.dates import PartialDate
from borderviz.model import Record
from borderviz.render.chart_arrivals import per_year, running_total
from borderviz.render.chart_parts import (
    Chart,
    Datum,
    Look,
    Scheme,
    Titles,
    look,
    plain,
    wrapped,
)
from borderviz.render.chart_rare import how_rare
from borderviz.render.chart_specs import bars
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.overview_html import list_title

__all__ = ["Chart", "charts"]

# How many colours for categories the theme has, `chart-1` and so on.
COLOURS = 7


@dataclass(frozen=True)
class Groups:
    """
    A way to sort records into groups.

    Parameters
    ----------
    of
        Which group a record is in.
    names
        Every group that has one, in order, in words.
    title
        Text key of what the groups are.
    """

    of: Callable[[Record], str]
    names: Mapping[str, str]
    title: str


def charts(records: Sequence[Record], context: Context, scheme: Scheme) -> list[Chart]:
    """
    Draw every chart there is something to draw for.

    Parameters
    ----------
    records
        The events now selected; without any, only the arrivals are drawn.
    context
        Atlas, view and language.
    scheme
        The reader's colours.
    """
    style = look(context, scheme)
    found = arrivals(context.atlas.arrivals)
    drawn: list[Chart] = []
    if found.whole:
        drawn += [f(found, context, style) for f in (per_year, running_total)]
        rare = how_rare(found, context, style)
        drawn += [rare] if rare else []
    if not records:
        return drawn
    modes = _terms("mode", records, context)
    modes_colours = _palette("mode", modes, context, style)
    drawn.append(
        _events(
            "decades",
            records,
            _decades(records, context),
            modes,
            modes_colours,
            context,
            style,
        )
    )
    if context.atlas.settings.vocabulary.area:
        ways = _terms("direction", records, context)
        drawn.append(
            _events(
                "areas",
                records,
                _terms("area", records, context),
                ways,
                _directions(ways, context, style),
                context,
                style,
            )
        )
    drawn.append(_events("modes", records, modes, modes, modes_colours, context, style))
    return drawn


def _events(
    identity: str,
    records: Sequence[Record],
    rows: Groups,
    parts: Groups,
    colours: Mapping[str, str],
    context: Context,
    style: Look,
) -> Chart:
    """Draw a bar for each group of records, stacked by the other groups."""
    sizes: dict[tuple[str, str], int] = {}
    for record in records:
        key = rows.of(record), parts.of(record)
        sizes[key] = sizes.get(key, 0) + 1
    data: list[Datum] = []
    totals: list[Datum] = []
    for row, name in rows.names.items():
        bar = {"bar": wrapped(name), "name": name}
        for place, (part, word) in enumerate(parts.names.items()):
            if count := sizes.get((row, part), 0):
                shown = context.number(count)
                said = name if rows is parts else f"{name}, {word}"
                data.append(
                    {
                        **bar,
                        "part": word,
                        "place": place,
                        "count": count,
                        "shown": shown,
                        "said": f"{said}: {shown}",
                    }
                )
        total = sum(count for key, count in sizes.items() if key[0] == row)
        totals.append({**bar, "count": total, "shown": context.number(total)})
    summary = context.say(
        "chart-events-summary",
        count=len(records),
        list=context.listed(
            (
                context.say("chart-item", name=total["name"], count=total["count"])
                for total in totals
                if total["count"]
            ),
            ",",
        ),
    )
    number = context.say("chart-records")
    return Chart(
        identity,
        context.say(f"chart-{identity}-title"),
        bars(
            data,
            totals,
            {parts.names[part]: colours[part] for part in parts.names},
            Titles(context.say(rows.title), context.say(parts.title), number, number),
            has_legend=rows is not parts,
            summary=summary,
            look=style,
        ),
        [tag("p", context.say("chart-filtered"))],
        _record_sources(records, context),
        summary,
    )


def _decades(records: Sequence[Record], context: Context) -> Groups:
    """Sort into decades; those between the first and the last are there if empty."""

    def of(record: Record) -> str:
        if not record.date:
            return ""
        return str(PartialDate.parse(record.date).year // 10 * 10)

    found = {of(record) for record in records}
    known = sorted(int(decade) for decade in found if decade)
    every = range(known[0], known[-1] + 10, 10) if known else ()
    names = {str(d): context.say("chart-decade", year=str(d)) for d in every}
    if "" in found:
        names[""] = context.say("chart-undated")
    return Groups(of, names, "chart-decade-axis")


def _terms(field: str, records: Sequence[Record], context: Context) -> Groups:
    """Sort by a field that has a vocabulary, in its order."""

    def of(record: Record) -> str:
        return str(getattr(record, field) or "")

    found = {of(record) for record in records}
    known = [k for k in getattr(context.atlas.settings.vocabulary, field) if k in found]
    names = {key: plain(context.term(field, key)) for key in known}
    if "" in found:
        names[""] = context.say("chart-unstated")
    return Groups(of, names, f"chart-{field}-axis")


def _palette(
    field: str, groups: Groups, context: Context, style: Look
) -> dict[str, str]:
    """Give each word of a vocabulary a colour that no filter changes."""
    words = list(getattr(context.atlas.settings.vocabulary, field))
    return {
        key: style.colours[f"chart-{words.index(key) % COLOURS + 1}"]
        if key
        else style.colours["chart-none"]
        for key in groups.names
    }


def _directions(groups: Groups, context: Context, style: Look) -> dict[str, str]:
    """Give a direction the colour of its layer on the map; grey if it has none."""
    atlas, found = context.atlas, {}
    for key in groups.names:
        styles = [x.style for x in atlas.settings.layers if key in x.directions]
        tokens = [atlas.styles[s].token for s in styles if s in atlas.styles]
        token = next((t for t in tokens if t in style.colours), "")
        found[key] = style.colours[token or ("chart-all" if key else "chart-none")]
    return found


def _record_sources(records: Sequence[Record], context: Context) -> Html:
    """Say where the records' own sources are: there are too many to name here."""
    cited = {source for record in records for source in record.sources}
    text = context.say("chart-events-sources", count=len(cited))
    link = tag(
        "a",
        list_title("sources", context),
        href=context.link("", listed="sources"),
        target="_self",
    )
    return tag("p", tag("b", context.say("sources")), ": ", text, " ", link)
