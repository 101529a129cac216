"""The table twin of the map: the same records, every column, sorted at will."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from borderviz.dates import PartialDate
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.sentence import word_of
from borderviz.render.sources_html import AS_IS
from borderviz.selection import Selection

Key = Callable[[Record, Context], object]
RANK = {"high": 3, "medium": 2, "low": 1}


def _date(record: Record, _: Context) -> object:
    return PartialDate.parse(record.date) if record.date else None


# What each column that can be sorted is sorted by; None always comes last.
KEYS: dict[str, Key] = {
    "date": _date,
    "title": lambda r, c: c.plain(r.title).casefold(),
    "kind": lambda r, c: c.say(f"kind-{r.kind}"),
    "direction": lambda r, c: c.term("direction", r.direction),
    "mode": lambda r, c: c.term("mode", r.mode),
    "who": lambda r, c: c.term("who", r.who),
    "people": lambda r, _: r.people,
    "area": lambda r, c: c.term("area", r.area),
    "exact": lambda r, _: r.uncertainty_km,
    "sure": lambda r, _: RANK[r.confidence],
    "cited": lambda r, _: len(r.sources),
}
CLASSES = {"people": "bv-n", "exact": "bv-n", "cited": "bv-n", "id": AS_IS}


def sorted_records(
    records: Sequence[Record], sort: str, context: Context
) -> list[Record]:
    """
    Sort records by a column; equal ones stay in order, empty cells come last.

    Parameters
    ----------
    records
        What the view shows, oldest first.
    sort
        A key of `KEYS`, with a hyphen before it for the reverse; empty for by date.
    context
        Gives the words that are sorted.
    """
    key = KEYS[sort.removeprefix("-") or "date"]
    full = [r for r in records if key(r, context) not in (None, "")]
    empty = [r for r in records if key(r, context) in (None, "")]
    full.sort(key=lambda r: key(r, context), reverse=sort.startswith("-"))  # type: ignore[arg-type, return-value]
    return full + empty


def table_html(selection: Selection, context: Context) -> Html:
    """Write the table."""
    if not selection.records:
        return tag("p", context.say("table-empty"), class_="bv-small")
    rows = sorted_records(selection.records, context.view.sort, context)
    heads = [_head(name, context) for name in KEYS]
    heads += [tag("th", context.say(f"col-{name}"), scope="col") for name in PLAIN]
    return tag(
        "table",
        tag("caption", context.say("table-caption", count=len(rows))),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *[_row(record, context) for record in rows]),
        class_="bv-records",
        lang=context.view.lang,
    )


PLAIN = ("position", "id")


def _head(name: str, context: Context) -> Html:
    """Write a heading that sorts; once more and it sorts the other way."""
    now = context.view.sort or "date"
    is_mine, is_reverse = now.removeprefix("-") == name, now.startswith("-")
    wanted = f"-{name}" if is_mine and not is_reverse else name
    href = context.query(
        replace(context.view, sort="" if wanted == "date" else wanted, at="")
    )
    order = ("descending" if is_reverse else "ascending") if is_mine else None
    link = tag("a", context.say(f"col-{name}"), href=href, target="_self")
    return tag("th", link, scope="col", aria_sort=order, id=f"bv-by-{name}")


def _row(record: Record, context: Context) -> Html:
    km = record.uncertainty_km
    position = context.atlas.positions.get(record.id)
    where = f"{position[1]:.2f}, {position[0]:.2f}" if position else ""
    cells = {
        "kind": context.say(f"kind-{record.kind}"),
        "direction": context.term("direction", record.direction),
        "mode": context.term("mode", record.mode),
        "who": context.term("who", record.who),
        "people": "" if record.people is None else context.number(record.people),
        "area": context.term("area", record.area),
        "exact": "" if km is None else context.number(km),
        "sure": word_of("confidences", record.confidence, context),
        "cited": str(len(record.sources)),
        "position": where,
        "id": record.id,
    }
    is_on = record.id == context.view.selected
    link = tag(
        "a",
        context.words(record.title),
        href=context.link(record),
        target="_self",
        aria_current="true" if is_on else None,
    )
    return tag(
        "tr",
        tag("td", context.date(record)),
        tag("th", link, scope="row"),
        *[tag("td", words, class_=CLASSES.get(name)) for name, words in cells.items()],
        data_id=record.id,
    )
