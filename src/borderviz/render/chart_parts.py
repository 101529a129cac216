"""What belongs to every chart besides the drawing: look, caveats, sources."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from borderviz.citations import Reference, reference
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.sources_html import as_is
from borderviz.theme import load_theme

if TYPE_CHECKING:
    import altair as alt

Scheme = Literal["light", "dark"]
# One row of a chart's data.
Datum = dict[str, str | float]
# Characters of a bar's name on one line, so that a phone has room for the bars.
LINE = 17
# More publishers than these are folded away.
FEW = 8


@dataclass(frozen=True)
class Chart:
    """
    One chart with everything that is read beside it.

    Parameters
    ----------
    id
        Names it within the page.
    title
        Its heading.
    chart
        The drawing.
    caveats
        What a reader must know, and what is good to know, in order.
    sources
        Who published the figures.
    summary
        The main figures in a sentence: caption, and what a screen reader says.
    """

    id: str
    title: str
    chart: alt.LayerChart
    caveats: list[Html]
    sources: Html
    summary: str


@dataclass(frozen=True)
class Look:
    """
    What every chart of a page has in common.

    Parameters
    ----------
    colours
        Tokens of the theme for the reader's colour scheme.
    font
        Font stack.
    decimal, thousands
        How the reader's language writes numbers.
    """

    colours: dict[str, str]
    font: str
    decimal: str
    thousands: str


@dataclass(frozen=True)
class Titles:
    """
    Words for axes and tooltips.

    Parameters
    ----------
    bar, part, count
        Words of the interface: what a bar is, a part of it, and its size.
    unit
        What is counted; may be the atlas's own word.
    """

    bar: str
    part: str
    count: str
    unit: str


def look(context: Context, scheme: Scheme) -> Look:
    """Choose the look for a reader."""
    theme = load_theme()
    colours = theme.dark if scheme == "dark" else theme.light
    marks = re.fullmatch(r"1(\D)234(\D)5", context.number(1234.5))
    thousands, decimal = (marks[1], marks[2]) if marks else (",", ".")
    return Look(colours, theme.fonts["text"], decimal, thousands)


def plain(text: str) -> str:
    """Make a text fit for the wire: one line, and no half of a character."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def wrapped(text: str) -> str:
    """Break a name into lines that leave room for the bars."""
    return "\n".join(textwrap.wrap(plain(text), LINE, break_on_hyphens=False)) or " "


def publishers(identities: Iterable[str], context: Context) -> Html:
    """
    Name who published some figures: each publisher once, linked to what it published.

    Parameters
    ----------
    identities
        Ids of citations; those that do not exist are left out.
    context
        Atlas, view and language.
    """
    sources, hosts = context.atlas.sources, context.atlas.settings.link_hosts
    found: dict[str, list[Reference]] = {}
    for identity in dict.fromkeys(identities):
        if identity in sources:
            one = reference(1, sources[identity], hosts=hosts)
            found.setdefault(one.source.publisher, []).append(one)
    linked = (_publisher(name, refs, context) for name, refs in found.items())
    names = context.row(linked, ",")
    label = context.say("sources")
    if len(found) <= FEW:
        return tag("p", tag("b", label), ": ", names) if found else Html("")
    count = context.say("layer-count", name=label, count=len(found))
    return join(folded(count, [tag("p", names)]))


def _publisher(name: str, refs: Sequence[Reference], context: Context) -> Html:
    """Write one publisher; the link leads to the first of its texts that may be."""
    linked = next((ref for ref in refs if ref.url), None)
    if linked is None:
        return as_is("span", name, context, title=refs[0].source.title)
    return as_is(
        "a",
        name,
        context,
        href=linked.url,
        target="_blank",
        rel="noopener noreferrer",
        title=linked.source.title,
    )


def noted(name: str, text: Html) -> Html:
    """Write an entry of a list of notes: what it is about, and the note."""
    return tag("p", tag("b", name), ": ", text)


def folded(title: str, items: Sequence[Html]) -> list[Html]:
    """Put notes behind a heading that opens them; nothing if there are none."""
    if not items:
        return []
    return [tag("details", tag("summary", title), *items)]
