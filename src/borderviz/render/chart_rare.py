"""How few came straight across, on the axis of all who arrived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from borderviz.arrivals import Arrivals, Direct
from borderviz.dates import PartialDate
from borderviz.render.chart_arrivals import titles, unfiltered
from borderviz.render.chart_parts import (
    Chart,
    Datum,
    Look,
    folded,
    noted,
    publishers,
)
from borderviz.render.chart_specs import beside
from borderviz.render.context import Context
from borderviz.render.html import Html, tag

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True)
class Pair:
    """The two numbers of a year."""

    year: int
    direct: int
    total: int

    @property
    def share(self) -> float:
        """The one as a share of the other."""
        return self.direct / self.total


def how_rare(found: Arrivals, context: Context, look: Look) -> Chart | None:
    """
    Set those who came straight across beside all who arrived, year by year.

    The counts that the atlas cites come first; without any for a whole year, its own
    crossings in the directions of `settings.latest` stand in. None without either.
    """
    counted = {
        d.year: d.people for d in found.direct if d.year and d.people is not None
    }
    pairs = _pairs(found, counted)
    is_own = not pairs
    if is_own:
        own, unknown = own_crossings(context)
        pairs = _pairs(found, own)
        caveats = [tag("p", context.say("chart-rare-own", count=unknown))]
        sources = Html("")
    else:
        caveats = [tag("p", context.say("chart-rare-counts"))]
        caveats += folded(
            context.say("chart-rare-what"), [_scope(d, context) for d in found.direct]
        )
        sources = publishers((s for d in found.direct for s in d.sources), context)
    if not pairs:
        return None
    summary = _words(pairs, context)
    return Chart(
        "rare",
        context.say("chart-rare-title"),
        _drawn(pairs, summary, found, context, look),
        [unfiltered(context), *caveats],
        sources,
        summary,
    )


def has_pairs(found: Arrivals, context: Context) -> bool:
    """Tell whether there is anything to set beside the arrivals, without drawing it."""
    counted = {
        d.year: d.people for d in found.direct if d.year and d.people is not None
    }
    return bool(_pairs(found, counted) or _pairs(found, own_crossings(context)[0]))


def own_crossings(context: Context) -> tuple[Counter[int], int]:
    """Count people by year in the atlas's own crossings; and records without any."""
    wanted = context.atlas.settings.latest
    people: Counter[int] = Counter()
    unknown = 0
    for record in context.atlas.records.values():
        is_meant = record.kind in wanted.kinds and record.direction in wanted.directions
        if not is_meant or not record.date:
            continue
        people[PartialDate.parse(record.date).year] += record.people or 0
        unknown += record.people is None
    return people, unknown


def _pairs(found: Arrivals, direct: Mapping[int, int]) -> list[Pair]:
    """Pair the years that have both numbers; a merged span of years has neither."""
    return [
        Pair(row.last, direct[row.last], row.total)
        for row in found.whole
        if row.is_year and row.last is not None and row.last in direct and row.total
    ]


def _drawn(
    pairs: list[Pair], summary: str, found: Arrivals, context: Context, look: Look
) -> alt.LayerChart:
    everyone, straight = context.say("chart-all"), context.say("chart-direct")
    large: list[Datum] = []
    small: list[Datum] = []
    for pair in pairs:
        year, total = str(pair.year), context.number(pair.total)
        shown, share = context.number(pair.direct), context.percent(pair.share, 1)
        both = {"bar": year, "name": year}
        large.append(
            {
                **both,
                "part": everyone,
                "count": pair.total,
                "shown": total,
                "said": f"{year}: {everyone} {total}",
            }
        )
        small.append(
            {
                **both,
                "part": straight,
                "count": pair.direct,
                "shown": shown,
                "said": f"{year}: {straight} {shown}",
                "all": pair.total,
                "told": context.say("chart-rare-label", count=shown, share=share),
            }
        )
    colours = {everyone: look.colours["chart-all"], straight: _token(context, look)}
    words = titles("chart-year", found, context)
    return beside(large, small, colours, words, summary=summary, look=look)


def _token(context: Context, look: Look) -> str:
    """Take the colour that these crossings have on the map."""
    atlas = context.atlas
    wanted = set(atlas.settings.latest.directions)
    style = next(
        (x.style for x in atlas.settings.layers if wanted & set(x.directions)), ""
    )
    token = atlas.styles[style].token if style in atlas.styles else "ink"
    return look.colours.get(token, look.colours["ink"])


def _words(pairs: list[Pair], context: Context) -> str:
    """Write the sum and the latest year."""
    whole = Pair(0, sum(p.direct for p in pairs), sum(p.total for p in pairs))
    latest = pairs[-1]
    return context.say(
        "chart-rare-summary",
        years=len(pairs),
        direct=whole.direct,
        total=whole.total,
        share=context.percent(whole.share, 1),
        year=str(latest.year),
        latest=latest.direct,
        latest_total=latest.total,
        latest_share=context.percent(latest.share, 1),
    )


def _scope(entry: Direct, context: Context) -> Html:
    """Write one count, drawn or not, with what it covers."""
    period = context.plain(entry.label) or entry.period
    if entry.people is not None:
        period = context.say("chart-rare-count", period=period, count=entry.people)
    return noted(period, context.words(entry.scope))
