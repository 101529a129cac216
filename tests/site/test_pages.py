"""What every page of a site says of itself, and that it holds the view and no more."""

from __future__ import annotations

import re

import pytest

from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.render.table_html import KEYS, sorted_records

REQUIRED = ("viewport", "description", "og:title", "og:description", "og:locale")


def test_every_page_has_what_browsers_and_previews_ask_for(any_site):
    for page in any_site.plain:
        if page.path.name == "404.html":
            continue
        (html,) = page.all("html")
        assert html["lang"] == page.path.relative_to(any_site.folder).parts[0]
        assert page.title.strip()
        assert [name for name in REQUIRED if not page.meta(name)] == []
        assert len([1 for level, _ in page.headings if level == 1]) == 1
        (policy,) = (m for m in page.all("meta") if "http-equiv" in m)
        assert "default-src 'none'" in policy["content"]
        assert "unsafe-inline" not in policy["content"].split("style-src")[0]


def test_headings_leave_out_no_level(any_site):
    for page in any_site.plain:
        before = 0
        for level, words in page.headings:
            assert level <= before + 1, (page.path.name, words)
            before = level


def test_titles_are_one_of_a_kind(invented):
    for lang in invented.atlas.settings.languages:
        titles = [p.title for p in invented.plain if lang in p.path.parts]
        assert len(set(titles)) == len(titles)


def test_no_id_stands_twice_on_a_page(any_site):
    for page in any_site.plain:
        ids = [a["id"] for _, a in page.elements if "id" in a]
        assert len(ids) == len(set(ids)), page.path.name


def test_a_page_says_its_whole_address_only_where_it_is_known(invented, homeless):
    path = "en/table.html"
    known = invented.page(path)
    assert [x["href"] for x in known.link("canonical")] == [invented.address + path]
    assert known.meta("og:url") == invented.address + path
    others = {x["hreflang"]: x["href"] for x in known.link("alternate")}
    languages = invented.atlas.settings.languages
    assert others == {
        **{code: f"{invented.address}{code}/table.html" for code in languages},
        "x-default": f"{invented.address}en/table.html",
    }
    assert known.meta("og:image").startswith(invented.address)
    unknown = homeless.page(path)
    assert unknown.link("canonical") == unknown.link("alternate") == []
    assert unknown.meta("og:url") == ""


def test_pages_without_a_map_need_no_script(any_site):
    for page in any_site.plain:
        own = [a for a, _ in page.scripts if a.get("type") != "application/ld+json"]
        wanted = 1 if page.path.name == "table.html" else 0
        assert len(own) == wanted
        assert all(a["src"].startswith("../assets/table-") for a in own)


def test_the_table_has_the_records_of_the_view_in_its_order(any_site):
    for lang in any_site.atlas.settings.languages:
        page = any_site.page(f"{lang}/table.html")
        rows = [a["data-id"] for a in page.all("tr") if "data-id" in a]
        assert tuple(rows) == any_site.selection.ids


def test_the_orders_of_the_table_are_those_of_the_app(any_site):
    import json

    lang = any_site.atlas.settings.default_language
    page = any_site.page(f"{lang}/table.html")
    (orders,) = (
        json.loads(a["data-orders"]) for a in page.all("div") if "data-orders" in a
    )
    context = Context(any_site.atlas, any_site.view)
    records = list(any_site.selection.records)
    assert len(orders) == 2 * len(KEYS)
    for sort, order in orders.items():
        wanted = [r.id for r in sorted_records(records, sort, context)]
        assert [records[place].id for place in order] == wanted


@pytest.mark.parametrize("query", ["to=1995", "dir=up", "mode=foot", "sure=high"])
def test_what_a_view_leaves_out_is_nowhere_in_the_site(
    query, atlantis, quick, tmp_path
):
    site = quick(tmp_path, atlantis, query)
    gone = set(site.selection.hidden)
    assert gone, "the view leaves nothing out: choose another"
    assert site.ids_of("en") == set(atlantis.records) - gone
    # A report may be titled as a record is, and be a source of others too.
    told = {source.title for source in site.atlas_here.sources.values()}
    titles = {atlantis.records[i].title["en"] for i in gone} - told
    # So may a text of the atlas, which is not of the view.
    titles = {t for t in titles if not any(t in text for text in texts_of(atlantis))}
    pattern = re.compile("|".join(rf"\b{re.escape(i)}\b(?!-)" for i in gone))
    for name, text in site.everything():
        assert not pattern.search(text), (name, pattern.search(text))
        assert [t for t in titles if t in text] == [], name
    context = Context(site.atlas, site.view)
    assert sentence(site.selection, context) in site.page("en/table.html").source


def texts_of(atlas):
    return [path.read_text(encoding="utf-8") for path in atlas.root.glob("*/*.md")]


def test_progress_is_told_and_comes_to_an_end(any_site):
    parts: dict[str, list[tuple[int, int]]] = {}
    for what, done, total in any_site.told:
        parts.setdefault(what, []).append((done, total))
    assert {"pictures", "map", "downloads", "pages"} <= set(parts)
    for steps in parts.values():
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]
