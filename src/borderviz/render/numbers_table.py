"""The table of one question: who says what, and the marks of it on a common axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from borderviz.citations import Reference
from borderviz.competing import Comparison, Group, Row
from borderviz.questions import Claim
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.lanes import share
from borderviz.render.numbers_plot import Axis, marks, panel_axis
from borderviz.texts import date_words


class TableWriter:
    """Writes the tables of one question."""

    def __init__(
        self, comparison: Comparison, context: Context, refs: dict[str, Reference]
    ) -> None:
        self.question = comparison.question
        self.place = f"qs-{self.question.id}"
        self._context, self._refs = context, refs

    def table(self, groups: Sequence[Group]) -> Html:
        """Write groups that share an axis, and what must be known to read it."""
        context = self._context
        axis = panel_axis(groups) if self.question.charted else None
        unit = context.words(groups[0].unit)
        heads = [
            tag("th", context.say("numbers-who"), scope="col"),
            tag("th", unit, scope="col", class_="bv-n"),
        ]
        if axis:
            heads.append(tag("td", self._ticks(axis), aria_hidden="true"))
        name = "bv-q-table" if axis else "bv-q-table bv-q-plain"
        style = f"--steps:{axis.steps}" if axis else None
        table = tag(
            "table",
            tag("caption", context.words(self.question.title), ", ", unit),
            tag("thead", tag("tr", *heads)),
            *[self._group(group, axis) for group in groups],
            class_=name,
            style=style,
        )
        if not axis or not axis.low:
            return table
        low = context.number(axis.low, axis.digits)
        note = context.say("numbers-not-from-zero", low=low)
        return join([table, tag("p", note, class_="bv-q-note")])

    def _ticks(self, axis: Axis) -> Html:
        ticks = [
            tag(
                "span",
                self._context.number(tick, axis.digits),
                style=f"left:{share(axis.at(tick))}",
            )
            for tick in axis.ticks
        ]
        return tag("div", *ticks, class_="bv-q-axis")

    def _group(self, group: Group, axis: Axis | None) -> Html:
        rows = [self._row(row, group, axis) for row in group.rows]
        if group.name:
            words = [self._context.words(group.name), *self._range(group)]
            span = "3" if axis else "2"
            head = tag("th", *words, scope="rowgroup", colspan=span)
            rows.insert(0, tag("tr", head, class_="bv-q-scope"))
        return tag("tbody", *rows)

    def _range(self, group: Group) -> Iterator[Html]:
        """Say from where to where several statements go, if each gives a number."""
        found, context = group.stated, self._context
        if found and found.claims > 1 and all(row.numbers for row in group.rows):
            low, high = (context.number(end) for end in (found.low, found.high))
            key = "numbers-range-open" if found.is_open else "numbers-range"
            words = context.say(
                key if found.low < found.high else "numbers-range-one",
                low=low,
                high=high,
                unit=context.plain(group.unit),
                claims=found.claims,
                sources=found.sources,
            )
            yield tag("small", words)

    def _row(self, row: Row, group: Group, axis: Axis | None) -> Html:
        cells = [
            tag("th", *self._who(row), scope="row"),
            tag("td", self._value(row), class_="bv-n"),
        ]
        if axis:
            own = group.measured
            line = ""
            if own is not None and row.claim:
                line = tag("i", class_="bv-q-here", style=f"left:{share(axis.at(own))}")
            plot = tag("div", line, marks(row, axis), class_="bv-q-plot")
            cells.append(tag("td", plot, aria_hidden="true"))
        return tag("tr", *cells, class_=None if row.claim else "bv-q-measured")

    def _who(self, row: Row) -> Iterator[Html | str]:
        context, claim = self._context, row.claim
        if claim is None:
            yield context.say("numbers-measured")
            return
        yield record_link(claim.record, context.words(claim.who), context)
        if claim.as_of:
            yield f", {date_words(claim.as_of, context.view.lang)}"
        yield cited_spans(claim.sources, self._refs, self.place)

    def _value(self, row: Row) -> Html | str:
        claim, number = row.claim, self._context.number
        if claim and claim.words:
            return self._context.words(claim.words)
        low, high = (
            None if end is None else number(end) for end in (row.low, row.high)
        )
        return self._context.say(_form(row, claim), low=low, high=high)


def _form(row: Row, claim: Claim | None) -> str:
    """Name the text that a value is written with."""
    if row.high is None:
        return "numbers-at-least"
    if row.low is None:
        return "numbers-at-most"
    about = "-about" if claim and claim.about else ""
    return f"numbers-one{about}" if row.low == row.high else f"numbers-span{about}"


def cited_spans(sources: Sequence[str], refs: dict[str, Reference], place: str) -> Html:
    """Write the small numbers of sources; neighbours in one span lead to the first."""
    spans: list[list[int]] = []
    for number in sorted(refs[source].number for source in sources):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    links = [
        tag("a", text, href=f"#bv-{place}-{span[0]}")
        for span in spans
        for text in [str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}"]
    ]
    return tag("sup", join(links, " "))


def record_link(record: str, words: Html, context: Context) -> Html:
    """Write a link that selects the record with an id."""
    return tag("a", words, href=context.link(record), target="_self")
