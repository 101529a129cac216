"""A page over the map: its headings, its sources, and the numbers worked out in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from borderviz.content import read
from borderviz.documents import Correction
from borderviz.permalink import at_step, decode_query, default_view
from borderviz.prose import plain, walk
from borderviz.render.context import Context
from borderviz.render.page_html import (
    WRITERS,
    asserted_html,
    cite_html,
    confidence_html,
    contents_html,
    corrections_html,
    finest_html,
    page_html,
)
from borderviz.texts import date_words
from hostile import ALL, shown
from markup import FORBIDDEN, parsed


def context_of(atlas, **changes):
    return Context(atlas, default_view(atlas).with_(**changes))


def every(atlas):
    """Each page in each language, with its words and its tree."""
    for page in atlas.pages:
        for lang in atlas.settings.languages:
            context = context_of(atlas, lang=lang, page=page.id)
            yield context, page.passages[lang], parsed(page_html(page, context))


def words(node):
    return " ".join(node.text.replace("\xa0", " ").split())


def only(nodes):
    (node,) = nodes
    return node


def test_every_page_is_whole_and_only_our_own_markup(any_atlas):
    for context, passage, root in every(any_atlas):
        assert only(root.all("article"))["lang"] == context.view.lang
        assert words(root.all("h2")[0]) == " ".join(passage.title.split())
        for node in root.all():
            assert node.name not in FORBIDDEN
            assert not [name for name in node.attributes if name.startswith("on")]
        ids = [node["id"] for node in root.all() if node["id"]]
        assert len(ids) == len(set(ids))
        for _, span in walk(passage.prose):
            if span.kind == "text":
                assert " ".join(span.text.split()) in words(root)


def test_every_link_leads_where_it_says(any_atlas):
    for context, passage, root in every(any_atlas):
        anchors = {node["id"] for node in root.all() if node["id"]}
        for link in root.all("a"):
            assert link.text.strip()
            if link["href"].startswith("#"):
                assert link["href"][1:] in anchors
            elif link["href"].startswith("?"):
                found = decode_query(link["href"][1:], any_atlas, ())
                assert (found.ignored, found.unknown_record) == ((), "")
                assert found.view.lang == context.view.lang
                assert link["target"] == "_self"
            else:
                assert link["href"].startswith(("https://", "http://"))
                assert link["target"] == "_blank"
        targets = [s.target for _, s in walk(passage.prose) if s.kind == "link"]
        inside = [
            decode_query(a["href"][1:], any_atlas, ()).view
            for a in root.all("a", "bv-in-text")
        ]
        assert [view.selected for view in inside] == targets
        assert {view.page for view in inside} == {""}


def test_back_leads_to_the_view_below_the_page(any_atlas):
    page, step = any_atlas.pages[0], any_atlas.story[1]
    below = default_view(any_atlas)
    for view in (
        below.with_(layers=below.layers[:2]),
        at_step(below, step.id, any_atlas).with_(
            selected=next(iter(any_atlas.records))
        ),
    ):
        root = parsed(page_html(page, Context(any_atlas, view.with_(page=page.id))))
        back = only(root.all("a", "bv-back"))
        assert decode_query(back["href"][1:], any_atlas, ()).view == view


def test_headings_are_listed_and_their_anchors_hold_them(any_atlas):
    for _, passage, root in every(any_atlas):
        blocks = [b for b in passage.prose if b.kind == "heading"]
        second = [plain(b.items[0]) for b in blocks if b.level == 2]
        links = only(root.all("nav", "bv-contents")).all("a")
        assert [words(a) for a in links] == [" ".join(t.split()) for t in second]
        for link in links:
            anchor = only(n for n in root.all() if f"#{n['id']}" == link["href"])
            assert anchor.name == "h3"
            assert words(anchor) == words(link)
        sections = [n for n in root.all() if n["id"].startswith("bv-section-")]
        assert [words(n) for n in sections] == [
            " ".join(plain(b.items[0]).split()) for b in blocks
        ]
        assert [n.name for n in sections] == [f"h{b.level + 1}" for b in blocks]


def test_small_numbers_follow_each_other_and_each_has_its_entry(any_atlas):
    for _, passage, root in every(any_atlas):
        cited = [name for _, s in walk(passage.prose) for name in s.ids]
        first = list(dict.fromkeys(cited))
        numbers = [a for sup in root.all("sup") for a in sup.all("a")]
        assert [a.text for a in numbers] == [str(first.index(n) + 1) for n in cited]
        entries = only(root.all("ol", "bv-sources")).all("li")
        assert len(entries) == len(first)
        for link in numbers:
            entry = only(li for li in entries if f"#{li['id']}" == link["href"])
            assert entry["value"] == link.text


def test_each_block_is_written_where_the_page_has_it(any_atlas):
    for context, passage, root in every(any_atlas):
        names = [b.name for b in passage.prose if b.kind == "computed"]
        assert set(names) == set(WRITERS)
        for name in names:
            block = parsed(WRITERS[name](context))
            assert words(block) in words(root)
            assert "{" + name + "}" not in root.text


def test_a_page_that_was_not_translated_says_so_to_a_voice(atlantis_copy):
    """The page's words are in one language, what the program says in the other."""
    (atlantis_copy / "pages" / "01-about.eo.md").unlink()
    atlas, problems = read(atlantis_copy)
    assert problems == []
    context = context_of(atlas, lang="eo", page="about")
    root = parsed(page_html(atlas.pages[0], context))
    assert root.all("h2")[0].language() == "en"
    assert {n.language() for n in root.all("p") if n.text.startswith("Noth")} == {"en"}
    assert only(root.all("table", "bv-counted")).language() == "eo"
    assert only(root.all("a", "bv-back")).language() == "eo"
    assert only(root.all("ol", "bv-sources")).language() == "eo"


def test_contents_counts_what_the_atlas_holds(any_atlas):
    for lang in any_atlas.settings.languages:
        context = context_of(any_atlas, lang=lang)
        root = parsed(contents_html(context))
        rows = {r.all("th")[0].text: r.all("td")[0].text for r in root.all("tr")}
        records = any_atlas.records.values()
        kinds = {record.kind for record in records}
        assert len(rows) == len(kinds) + 1
        for kind in kinds:
            count = len([record for record in records if record.kind == kind])
            assert rows[context.say(f"kind-{kind}")] == context.number(count)
        assert rows[context.say("sources")] == context.number(len(any_atlas.sources))
        total = sum(int(re.sub(r"\D", "", number)) for number in rows.values())
        assert total == len(any_atlas.records) + len(any_atlas.sources)
        assert any_atlas.fingerprint in root.text


def test_every_line_that_is_asserted_says_by_whom(any_atlas):
    context = context_of(any_atlas)
    rows = parsed(asserted_html(context)).all("tbody")[0].all("tr")
    wanted = [r for r in any_atlas.records.values() if r.asserted_by]
    assert len(rows) == len(wanted) >= 4
    for row, record in zip(rows, wanted, strict=True):
        assert words(only(row.all("td"))) == " ".join(record.asserted_by["en"].split())
        link = only(row.all("a"))
        assert decode_query(link["href"][1:], any_atlas, ()).view.selected == record.id
        assert words(link) == " ".join(record.title["en"].split())


def test_every_rule_to_do_no_harm_is_told_with_its_numbers(any_atlas):
    items = parsed(finest_html(context_of(any_atlas))).all("li")
    rules = any_atlas.settings.finest
    assert len(items) == len(rules) >= 3
    for item, rule in zip(items, rules, strict=True):
        assert words(item).startswith(" ".join(rule.what["en"].split()))
        limits = only(item.all("small")).text
        numbers = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", limits)}
        wanted = {rule.km, rule.decimals, rule.town_km} - {None}
        assert numbers == {float(n) for n in wanted}
        is_excepted = rule.unless_named or rule.unless_landmark
        assert ("unless" in limits) == is_excepted


@pytest.mark.parametrize("lang", ["en", "eo"])
def test_each_level_of_confidence_is_explained(atlantis, lang):
    context = context_of(atlantis, lang=lang)
    items = [li.text for li in parsed(confidence_html(context)).all("li")]
    levels = ("high", "medium", "low")
    assert items == [context.say(f"confidence-{level}") for level in levels]
    assert len(set(items)) == 3


def test_corrections_come_newest_first_with_records_and_sources(any_atlas):
    for lang in any_atlas.settings.languages:
        context = context_of(any_atlas, lang=lang, page="about")
        root = parsed(corrections_html(context))
        items = only(root.all("ul", "bv-corrections")).all("li")
        found = sorted(any_atlas.corrections, key=lambda c: c.date, reverse=True)
        assert len(items) == len(found) >= 2
        for item, correction in zip(items, found, strict=True):
            assert item.all("b")[0].text == date_words(correction.date, lang)
            text = correction.text.get(lang, correction.text["en"])
            assert " ".join(text.split()) in words(item)
            views = [
                decode_query(a["href"][1:], any_atlas, ()).view for a in item.all("a")
            ]
            assert [view.selected for view in views] == correction.records
            assert {view.page for view in views} <= {""}
            for source in correction.sources:
                title = any_atlas.sources[source].title
                assert " ".join(title.split()) in words(item)


def test_of_corrections_on_one_day_the_file_s_order_stays(atlantis):
    days = ["2003-01-02", "2003-01-01", "2003-01-02"]
    log = [
        Correction(date=day, text={"en": f"Correction {n}."})
        for n, day in enumerate(days)
    ]
    root = parsed(corrections_html(with_log(atlantis, log)))
    told = [re.search(r"Correction (\d)", li.text)[1] for li in root.all("li")]
    assert told == ["0", "2", "1"]


def with_log(atlas, log):
    """A context whose atlas has other corrections."""
    return Context(replace(atlas, corrections=log), default_view(atlas))


@pytest.mark.parametrize("text", ALL)
def test_a_hostile_correction_is_shown_as_it_is(atlantis, text):
    log = [Correction(date="2003", text={"en": f"x{text}"})]
    root = parsed(corrections_html(with_log(atlantis, log)))
    assert shown(f"x{text}") in only(root.all("li")).text
    assert {node.name for node in root.all()} <= {"ul", "li", "b", "span", "small"}


def test_nothing_corrected_is_said(atlantis):
    context = with_log(atlantis, [])
    root = parsed(corrections_html(context))
    assert root.text == context.say("corrections-none")
    assert root.all("ul") == []


def test_how_to_cite_names_title_and_version(any_atlas):
    for lang in any_atlas.settings.languages:
        context = context_of(any_atlas, lang=lang)
        text = parsed(cite_html(context)).text
        assert any_atlas.settings.title[lang] in text
        assert any_atlas.settings.version in text
        assert any_atlas.fingerprint in text
