"""The charts of the yearly arrivals; no filter touches them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from borderviz.arrivals import Arrivals, Row
from borderviz.render.chart_parts import (
    Chart,
    Datum,
    Look,
    Titles,
    folded,
    noted,
    plain,
    publishers,
)
from borderviz.render.chart_specs import columns, running
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.texts import date_words

# Whose share of a row is drawn, from the axis upwards: text and colour token.
SEXES = (("women", "women"), ("men", "men"), ("sex-unknown", "none"))
# So many years have room for their names; of more, every fifth is named.
FEW_YEARS = 12


def per_year(found: Arrivals, context: Context, look: Look) -> Chart:
    """Draw women and men of each row, merged years apart from the single ones."""
    colours = {
        context.say(f"chart-{word}"): look.colours[f"chart-{token}"]
        for word, token in SEXES
    }
    data = [
        datum
        for row in found.whole
        for datum in _split(_name(row, context), row, list(colours), context)
    ]
    drawn = {datum["part"] for datum in data}
    merged = [_name(row, context) for row in found.whole if not row.is_year]
    years = [_name(row, context) for row in found.whole if row.is_year]
    summary = _year_words(found, context)
    chart = columns(
        data,
        # The gap says that what is left of it are no single years.
        [*merged, *([" "] if merged else []), *years],
        [*merged, *_written(years)],
        {part: colour for part, colour in colours.items() if part in drawn},
        titles("chart-year", found, context),
        summary=summary,
        look=look,
    )
    return Chart(
        "arrivals",
        context.say("chart-arrivals-title"),
        chart,
        [unfiltered(context), *_notes(found, context)],
        _sources(found, context),
        summary,
    )


def running_total(found: Arrivals, context: Context, look: Look) -> Chart:
    """Draw how many there were by the end of each row."""
    rows = found.whole
    sums = list(accumulate(row.total for row in rows))
    data: list[Datum] = []
    for row, count in zip(rows, sums, strict=True):
        year, shown = str(row.last), context.number(count)
        data.append(
            {
                "year": row.last or 0,
                "name": year,
                "count": count,
                "shown": shown,
                "said": f"{year}: {shown}",
            }
        )
    half = next(r for r, s in zip(rows, sums, strict=True) if 2 * s >= sums[-1])
    summary = context.say(
        "chart-total-summary",
        total=sums[-1],
        year=str(rows[-1].last),
        half=str(half.last),
    )
    words = titles("chart-year-end", found, context)
    check = [context.words(found.check, "p")] if found.check else []
    return Chart(
        "total",
        context.say("chart-total-title"),
        running(data, words, summary=summary, look=look),
        [unfiltered(context), *check],
        _sources(found, context),
        summary,
    )


def titles(bar: str, found: Arrivals, context: Context) -> Titles:
    """Name axes and lines of tooltips; the unit is the atlas's own word."""
    number = context.say("chart-number")
    return Titles(
        bar=context.say(bar),
        part=context.say("chart-group"),
        count=number,
        unit=plain(context.plain(found.unit)) or number,
    )


def unfiltered(context: Context) -> Html:
    """Say that the filters do nothing here."""
    return tag("p", context.say("chart-unfiltered"))


def _name(row: Row, context: Context) -> str:
    """Name a row by the years it covers, never by one of several."""
    if row.is_year:
        return str(row.last)
    if row.first is None:
        return context.say("chart-until", year=str(row.last))
    return context.say("numbers-span", low=str(row.first), high=str(row.last))


def _written(years: Sequence[str]) -> list[str]:
    """Choose the years whose names stand below the columns: all if there is room."""
    if len(years) <= FEW_YEARS:
        return list(years)
    return [year for year in years if year[-1] in "05" or year == years[-1]]


def _split(name: str, row: Row, parts: Sequence[str], context: Context) -> list[Datum]:
    """Write the parts of a row's column that there are."""
    women, men = row.female or 0, row.male or 0
    split = (women, men, row.total - women - men)
    return [
        {
            "bar": name,
            "name": name,
            "part": part,
            "place": place,
            "count": count,
            "shown": context.number(count),
            "said": f"{name}: {part} {context.number(count)}",
        }
        for place, (part, count) in enumerate(zip(parts, split, strict=True))
        if count
    ]


def _year_words(found: Arrivals, context: Context) -> str:
    """Write the main figures of the years."""
    rows = found.whole
    years = [row for row in rows if row.is_year] or list(rows)
    most, latest = max(years, key=lambda row: row.total), rows[-1]
    women, total = sum(row.female or 0 for row in rows), sum(row.total for row in rows)
    return context.say(
        "chart-arrivals-summary",
        total=total,
        women=women,
        men=sum(row.male or 0 for row in rows),
        share=context.percent(women / (total or 1), 1),
        most=most.total,
        most_year=_name(most, context),
        latest=latest.total,
        latest_year=_name(latest, context),
    )


def _notes(found: Arrivals, context: Context) -> list[Html]:
    """Show the notes on the rows that stand out; fold the others away."""
    years = [row for row in found.whole if row.is_year]
    pairs = [(a, b) for a, b in pairwise(years) if a.total]
    steepest = min(pairs, key=lambda p: p[1].total / p[0].total, default=None)
    shown = [row for row in found.whole if not row.is_year]
    shown += [steepest[1]] if steepest else []
    shown += [row for row in years[-1:] if row not in shown]
    open_ = [
        noted(_name(row, context), context.words(row.note)) for row in shown if row.note
    ]
    others = [
        noted(_name(row, context), context.words(row.note))
        for row in found.whole
        if row.note and row not in shown
    ]
    reading = [context.words(found.how_to_read, "p")] if found.how_to_read else []
    return [*open_, *folded(context.say("chart-more-notes"), [*reading, *others])]


def _sources(found: Arrivals, context: Context) -> Html:
    """Say which series it is, how new, and who published it."""
    series = [context.words(found.title)] if found.title else []
    if found.updated_to:
        date = date_words(found.updated_to, context.view.lang)
        series.append(tag("span", context.say("as-of", date=date)))
    return join(
        [
            tag("p", context.row(series, ",")) if series else Html(""),
            publishers((s for row in found.whole for s in row.sources), context),
        ]
    )
