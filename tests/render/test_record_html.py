"""The panel of every record: whole, cited, in the reader's language, and only words."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl

import pytest

from borderviz.citations import linkable
from borderviz.faults import texts_of
from borderviz.permalink import decode, default_view
from borderviz.render.context import Context
from borderviz.render.list_html import KINDS, list_html
from borderviz.render.overview_html import latest, overview_html
from borderviz.render.record_html import record_html
from borderviz.texts import number_words, pick, say
from borderviz.view import Decoded
from hostile import shown
from markup import parsed

TAGS = set(
    [
        "article",
        "header",
        "section",
        "nav",
        "div",
        "h2",
        "h3",
        "h4",
        "p",
        "a",
        "i",
        "b",
        "span",
        "small",
        "sup",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "tr",
        "td",
        "details",
        "summary",
        "pre",
        "code",
    ]
)
ATTRIBUTES = set(
    [
        "class",
        "href",
        "lang",
        "id",
        "tabindex",
        "value",
        "title",
        "target",
        "rel",
        "role",
        "aria-hidden",
        "aria-label",
        "translate",
        "data-bv",
        "data-id",
        "style",
    ]
)
# Styles place what is drawn, and hold nothing but numbers.
PLACED = re.compile(r"left:[\d.]+%(;width:[\d.]+%)?")


@pytest.fixture(
    scope="module",
    params=[
        *(("atlas", lang) for lang in ("en", "ko", "eo")),
        *(("atlantis", lang) for lang in ("en", "eo")),
        *(("hostile", lang) for lang in ("en", "eo")),
    ],
    ids="-".join,
)
def context(request):
    """An atlas and a language; `eo` is one that the real atlas has no words in."""
    name, lang = request.param
    atlas = request.getfixturevalue(name)
    return Context(atlas, default_view(atlas).with_(lang=lang))


@pytest.fixture(scope="module")
def panel(context):
    """Give the panel of one record, read back."""
    return cache(lambda i: parsed(record_html(context.atlas.records[i], context)))


def check_links(root, context):
    """Links select, lead to a source below, or leave for a host that is allowed."""
    ids = [node["id"] for node in root.all() if node["id"]]
    assert len(ids) == len(set(ids))
    for link in root.all("a"):
        href = link["href"]
        if href.startswith("?"):
            query = dict(parse_qsl(href[1:], keep_blank_values=True))
            lang = query.pop("lang", context.atlas.settings.default_language)
            assert lang == context.view.lang
            found = decode(query, context.atlas, ())
            assert found == Decoded(found.view), href
            assert link["target"] == "_self"
        elif href.startswith("#"):
            assert href.startswith(("#bv-src-", "#bv-cite-"))
            assert href[1:] in ids
        else:
            assert linkable(href, context.atlas.settings.link_hosts) == href
            assert href
            assert link["target"] == "_blank"
            assert link["rel"] == "noopener noreferrer"


def check_markup(root):
    """Nothing but our own few elements and attributes."""
    for node in root.all():
        assert node.name in TAGS
        assert set(node.attributes) <= ATTRIBUTES
        assert not node["style"] or PLACED.fullmatch(node["style"])
        assert node.name != "li" or node.parent.name in ("ul", "ol")
        assert node.name != "a" or node["href"]


def check_languages(root, words, lang):
    """Words of another language are marked; tell which of them were found at all."""
    known = {shown(text): language for text, language in words}
    found = set()
    for node in root.all():
        for child in node.children:
            if isinstance(child, str) and child in known:
                found.add(child)
                if node.parent.name != "ol" and "bv-sources" not in node["class"]:
                    assert node.language() == known[child], child
                if known[child] != lang:
                    note = [n for n in node.parent.all("small", "bv-only-in") if n.text]
                    assert note, child
    return found


def test_every_panel_is_whole(context, panel):
    for identity, record in context.atlas.records.items():
        root = panel(identity)
        check_markup(root)
        check_links(root, context)
        (article,) = root.children
        assert article["lang"] == context.view.lang
        (title,) = root.all("h2")
        assert title.text.startswith(shown(pick(record.title, context.view.lang).text))
        assert root.text.isprintable() or "\n" in root.text or context.atlas.settings


def test_every_statement_is_cited_by_number(context, panel):
    for identity, record in context.atlas.records.items():
        root = panel(identity)
        (listed,) = root.all("ol", "bv-sources")
        numbers = [item["value"] for item in listed.all("li")]
        assert numbers == [str(n) for n in range(1, len(numbers) + 1)], identity
        assert [i["id"] for i in listed.all("li")] == [f"bv-src-{n}" for n in numbers]
        titles = [shown(context.atlas.sources[s].title) for s in cited(record)]
        for item, title in zip(listed.all("li"), titles, strict=True):
            assert title in item.text
        (said,) = root.all("ul", "bv-said")
        for item, statement in zip(said.all("li"), record.statements, strict=True):
            links = [link for sup in item.all("sup") for link in sup.all("a")]
            assert [a.text for a in links] == [
                str(cited(record).index(s) + 1)
                for s in dict.fromkeys(statement.sources)
            ]
            assert [a["href"] for a in links] == [f"#bv-src-{a.text}" for a in links]


def cited(record):
    """Ids of a record's sources in the order of first use."""
    parts = (*record.statements, *record.stated, *record.conflicts, record)
    return list(dict.fromkeys(s for part in parts for s in part.sources))


def test_words_of_another_language_are_marked(context, panel):
    lang = context.view.lang
    if lang not in context.atlas.settings.languages:
        pytest.skip("a title may equal a source's title, whose language is not known")
    for identity, record in context.atlas.records.items():
        words = [
            (w.text, w.lang) for _, t in texts_of(record) if (w := pick(t, lang)).text
        ]
        found = check_languages(panel(identity), words, lang)
        # Never blank: the main texts are there, in whatever language they exist.
        main = [record.title, *(s.text for s in record.statements)]
        main += [t for t in (record.gist, record.place, record.type, record.name) if t]
        for text in main:
            assert shown(pick(text, lang).text) in found, identity


def test_the_overview_is_whole(context):
    atlas, lang = context.atlas, context.view.lang
    root = parsed(overview_html(context))
    check_markup(root)
    check_links(root, context)
    numbers = root.all("a", "bv-number")
    assert len(numbers) == len(atlas.settings.numbers)
    for node, number in zip(numbers, atlas.settings.numbers, strict=True):
        assert shown(pick(number.value, lang).text) in node.text
        assert f"sel={number.record}" in node["href"]
    words = [(w.text, w.lang) for t in atlas.settings.reading if (w := pick(t, lang))]
    assert len(check_languages(root, words, lang)) == len(words)
    assert atlas.fingerprint in root.text
    assert len(root.all("a", "bv-list-link")) == len(KINDS) + 1


def test_the_latest_are_listed_newest_first(context):
    found = latest(context)
    wanted = context.atlas.settings.latest
    assert 0 < len(found) <= wanted.count
    assert [r.date for r in found] == sorted((r.date for r in found), reverse=True)
    assert {r.direction for r in found} <= set(wanted.directions)
    items = parsed(overview_html(context)).all("a", "bv-item")
    for record, item in zip(found, items, strict=True):
        assert shown(pick(record.title, context.view.lang).text) in item.text


@pytest.mark.parametrize("name", KINDS)
def test_every_record_is_in_its_list_once(context, name):
    lang = context.view.lang
    root = parsed(list_html(name, context))
    check_markup(root)
    check_links(root, context)
    wanted = {i: r for i, r in context.atlas.records.items() if r.kind in KINDS[name]}
    items = {
        dict(parse_qsl(item["href"][1:]))["sel"]: item
        for item in root.all("a", "bv-item")
    }
    assert items.keys() == wanted.keys()
    assert len(root.all("a", "bv-item")) == len(wanted)
    for identity, item in items.items():
        assert shown(pick(wanted[identity].title, lang).text) in item.text
    for record in wanted.values():
        if record.extent:
            extent = context.term("extent", record.extent)
            assert say("not-on-map", lang, extent=extent) in items[record.id].text
    assert say("list-count", lang, count=number_words(len(wanted), lang)) in root.text


def test_every_kind_of_record_is_in_one_list(context):
    kinds = [kind for group in KINDS.values() for kind in group]
    assert len(kinds) == len(set(kinds))
    assert {r.kind for r in context.atlas.records.values()} <= set(kinds)


def test_every_source_is_listed_once(context):
    root = parsed(list_html("sources", context))
    check_markup(root)
    check_links(root, context)
    items = root.all("ol", "bv-sources")[0].all("li")
    assert len(items) == len(context.atlas.sources)
    titles = sorted(shown(s.title) for s in context.atlas.sources.values())
    for item in items:
        assert any(title in item.text for title in titles)


def test_a_link_keeps_the_rest_of_the_view(atlantis):
    view = default_view(atlantis).with_(lang="eo", circles=True, layers=("sites",))
    context = Context(atlantis, view)
    href = context.link(atlantis.records["hill-gate"])
    query = dict(parse_qsl(href[1:]))
    assert decode(query, atlantis, ()).view == view.with_(selected="hill-gate")
