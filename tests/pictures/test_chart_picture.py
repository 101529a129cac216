"""Charts as pictures: their numbers, their notes, and that they fetch nothing."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

import altair
import pytest

from borderviz.arrivals import arrivals
from borderviz.errors import BorderVizError
from borderviz.pictures.chart_picture import VEGA_LITE, chart_parts, nested
from borderviz.pictures.lettering import Run
from borderviz.pictures.reading_html import paragraphs
from borderviz.render.html import Html, tag
from borderviz.render.sentence import sentence
from drawn import group, number, said_of, svg_of, view_of


def marks(svg):
    """What each mark says of itself: name, part and number."""
    labels = [x.get("aria-label") for x in group(svg, "bv-drawing").iter()]
    return [x for x in labels if x]


def flat(words):
    return "".join(words.split())


@pytest.mark.parametrize("since", ["", "2000"])
def test_the_bars_are_the_records_of_the_selection(atlas, since):
    selection, context = view_of(atlas, since=since)
    wanted = Counter(
        (f"{record.date[:3]}0s", context.term("mode", record.mode))
        for record in selection.records
    )
    found = {}
    for mark in marks(svg_of("chart-decades", atlas, since=since)):
        name, _, count = mark.rpartition(": ")
        decade, _, mode = name.partition(", ")
        found[decade, mode] = int(count)
    assert found == dict(wanted)
    assert sum(found.values()) == len(selection.records) > 0


def test_the_columns_add_up_to_the_table(atlas):
    rows = arrivals(atlas.arrivals).whole
    drawn = marks(svg_of("chart-arrivals", atlas))
    assert sum(number(x.rsplit(" ", 1)[1]) for x in drawn) == sum(r.total for r in rows)
    assert len(drawn) >= len(rows)


@pytest.mark.parametrize("size", ["web", "print", "slide"])
def test_a_chart_brings_its_sentence_its_notes_and_its_producers(atlas, size):
    selection, context = view_of(atlas)
    words, _ = chart_parts("rare", selection, context, "light")
    said = flat(said_of(svg_of("chart-rare", atlas, size=size)))
    for paragraph in (words.said, *("".join(r.words for r in n) for n in words.notes)):
        assert flat(paragraph) in said
    publishers = {
        atlas.sources[s].publisher
        for d in arrivals(atlas.arrivals).direct
        for s in d.sources
    }
    assert publishers
    for publisher in publishers:
        assert flat(publisher) in said


def test_a_narrowed_view_is_told_on_charts_of_records_only(atlas):
    selection, context = view_of(atlas, since="2000")
    view = flat(sentence(selection, context))
    assert view in flat(said_of(svg_of("chart-areas", atlas, since="2000")))
    assert view not in flat(said_of(svg_of("chart-areas", atlas)))
    assert view not in flat(said_of(svg_of("chart-arrivals", atlas, since="2000")))


def test_dark_is_drawn_in_the_dark_colours(atlas):
    light, dark = (
        svg_of("chart-modes", atlas, scheme=scheme) for scheme in ("light", "dark")
    )
    assert said_of(light) == said_of(dark)
    grounds = [
        next(x for x in ET.fromstring(svg).iter() if x.tag.endswith("rect")).get("fill")
        for svg in (light, dark)
    ]
    assert len(set(grounds)) == 2


def test_the_renderer_has_the_schema_of_the_charts():
    assert altair.SCHEMA_VERSION.removeprefix("v").startswith(VEGA_LITE)


def test_the_renderer_fetches_nothing():
    spec = {
        "data": {"url": "http://127.0.0.1:9/rows.json"},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    with pytest.raises(BorderVizError, match="not allowed"):
        nested(spec)


def test_notes_are_read_with_what_is_folded_kept_apart():
    link = tag("a", "All sources", href="?list=sources")
    publisher = tag("a", "P & Q", href="https://example.org", class_="bv-as-is")
    markup = Html(
        tag("p", tag("b", "Sources"), ": ", "each its own. ", link)
        + tag("details", tag("summary", "More (1)"), tag("p", publisher, ", R"))
    )
    open_, folded = paragraphs(markup)
    assert open_ == ((Run("Sources:", True), Run(" each its own. ")),)
    assert folded == ((Run("More (1): ", True), Run("P & Q, R")),)
