"""Everything that is drawn, in a language nobody speaks: no other word may show."""

from __future__ import annotations

import pytest

from borderviz.content import load
from borderviz.filters import Filters
from borderviz.permalink import LISTS, at_step, default_view
from borderviz.render.charts import charts
from borderviz.render.context import Context
from borderviz.render.limits_html import limits_html
from borderviz.render.list_html import list_html
from borderviz.render.map_data import words_data
from borderviz.render.numbers_html import numbers_html
from borderviz.render.overview_html import overview_html
from borderviz.render.page_html import page_html
from borderviz.render.record_html import record_html
from borderviz.render.sentence import page_title, sentence_html
from borderviz.render.sources_html import AS_IS
from borderviz.render.story_html import story_html
from borderviz.render.strip_html import strips_html
from borderviz.render.table_html import table_html
from borderviz.render.timeline_html import timeline_html
from borderviz.selection import select
from markup import parsed
from pseudo import CUSTOMS, LANG, is_pseudo, outside, pseudo_copy

READ = ("title", "aria-label", "placeholder", "alt")
NARROW = Filters(since="1950", within_km=10, cited=2, confidences=("high", "low"))


@pytest.fixture(scope="module", params=["atlantis", "atlas"])
def context(request, tmp_path_factory):
    source = request.getfixturevalue(request.param).root
    root = tmp_path_factory.mktemp("pseudo") / request.param
    atlas = load(pseudo_copy(source, root))
    return Context(atlas, default_view(atlas).with_(lang=LANG))


def strangers(html):
    """Words outside ⟦ ⟧, without what stands in its own words on purpose."""
    root = parsed(html)
    found = [] if is_pseudo(inner(root)) else [CUSTOMS.sub("", outside(inner(root)))]
    for node in root.all():
        if not is_source(node):
            found += [f"{x}={node[x]}" for x in READ if not is_pseudo(node[x])]
    return found


def inner(node):
    """The text of a node without what is as it is."""
    return " ".join(
        c if isinstance(c, str) else "" if AS_IS in c["class"].split() else inner(c)
        for c in node.children
    )


def is_source(node):
    """Tell links to sources, whose titles are the sources' own."""
    return AS_IS in node["class"].split() or node["href"].startswith("#bv-")


def drawn(context):
    """(name, markup) of every view."""
    selection = select(context.atlas, context.view)
    yield "overview", overview_html(context)
    yield from ((f"list {name}", list_html(name, context)) for name in LISTS)
    for record in context.atlas.records.values():
        yield record.id, record_html(record, context)
    for step in context.atlas.story:
        view = at_step(context.view, step.id, context.atlas)
        yield step.id, story_html(step, Context(context.atlas, view))
    yield from ((page.id, page_html(page, context)) for page in context.atlas.pages)
    yield "numbers", numbers_html(context)
    yield "strips", strips_html(selection, context)
    yield "timeline", timeline_html(selection, context)
    narrow = Context(context.atlas, context.view.with_(filters=NARROW, layers=()))
    for here in (context, narrow):
        found = select(here.atlas, here.view)
        yield "sentence", sentence_html(found, here)
        yield "table", table_html(found, here)
        yield "limits", limits_html(found, here)


def test_no_view_shows_a_word_that_is_not_translated(context):
    found = {name: words for name, html in drawn(context) if (words := strangers(html))}
    assert not found, list(found.items())[:9]


def test_no_chart_shows_a_word_that_is_not_translated(context):
    records = select(context.atlas, context.view).records
    for chart in charts(records, context, "light"):
        assert is_pseudo(chart.title)
        assert is_pseudo(chart.summary)
        assert strangers("".join([*chart.caveats, chart.sources])) == []
        spec = chart.chart.to_dict()
        for rows in spec["datasets"].values():
            for row in rows:
                words = [v for v in row.values() if isinstance(v, str)]
                assert all(map(is_pseudo, words)), row


def test_the_map_gets_no_word_that_is_not_translated(context):
    words = words_data(context.atlas, LANG)
    assert all(is_pseudo(text) for text in words["attribution"])
    for text in words["ui"].values():
        forms = [text] if isinstance(text, str) else text.values()
        assert all(is_pseudo(form) or form == "total" for form in forms)
    for name in ("records", "unplaced", "places", "stops", "labels"):
        for entry in words[name]:
            told = ("title", "label", "gist", "place", "name")
            assert all(is_pseudo(entry.get(key, "")) for key in told), entry
            assert not {"lang", "gistLang"} & set(entry)


def test_a_page_s_name_is_translated(context):
    assert is_pseudo(page_title(select(context.atlas, context.view), context))


def test_a_word_that_is_not_translated_would_be_found():
    assert strangers("<p>⟦ɸ⟧ and <b>more</b></p>")
    assert strangers('<a title="Read">⟦ɸ⟧</a>')
    assert strangers('<p>⟦ɸ <b class="bv-as-is">more</b>⟧ 12 %</p>') == []
