"""How to cite a view or a record: producers first, then the atlas, in every style."""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from bibliography_reader import ITEM, read_back
from borderviz.bibliography import tidy
from borderviz.citations import cited
from borderviz.filters import Filters
from borderviz.permalink import decode, default_view
from borderviz.render.citation import STYLES, record_citation, view_citation
from borderviz.render.cite_html import record_cite_html
from borderviz.render.context import Context
from borderviz.render.html import Html
from borderviz.render.record_html import record_html
from borderviz.render.sentence import sentence
from borderviz.selection import select
from hostile import shown
from markup import parsed

TODAY = dt.date(2026, 3, 4)
HOME = "https://example.org/atlas/"


def context_of(atlas, lang=None, **changes):
    view = default_view(atlas).with_(**changes)
    return Context(atlas, view.with_(lang=lang or view.lang))


def cite(context, **changes):
    selection = select(context.atlas, context.view)
    return view_citation(selection, context, **{"today": TODAY, **changes})


@pytest.fixture(params=["all", "since", "none"])
def view_context(request, any_atlas):
    filters = {
        "all": Filters(),
        "since": Filters(since="1990", within_km=20),
        "none": Filters(since="2999"),
    }[request.param]
    return context_of(any_atlas, filters=filters)


def test_a_view_names_each_producer_once_and_the_atlas_last(view_context):
    atlas, citation = view_context.atlas, cite(view_context, address=HOME)
    records = select(atlas, view_context.view).records
    *producers, own = citation.works
    assert {w.id for w in producers} == {i for r in records for i in cited(r)}
    assert len({w.id for w in citation.works}) == len(citation.works)
    names = [w.publisher.casefold() for w in producers]
    assert names == sorted(names)
    assert own.title == view_context.plain(atlas.settings.title)
    assert (own.publisher, own.issued) == ("", "")


def test_every_style_tells_the_same_works(view_context):
    citation = cite(view_context, address=HOME)
    assert set(STYLES) == {"plain", "bibtex", "csl"}
    items = json.loads(citation.text("csl"))
    assert [item["id"] for item in items] == [w.id for w in citation.works]
    assert [error for item in items for error in ITEM.iter_errors(item)] == []
    entries = read_back(citation.text("bibtex"))
    assert list(entries) == [w.id for w in citation.works]
    plain = citation.text("plain")
    assert all(tidy(w.title) in plain for w in citation.works)
    assert len(plain.splitlines()) == len(citation.lines)


def test_the_atlas_says_version_day_filters_and_link(view_context):
    atlas = view_context.atlas
    citation = cite(view_context, address=HOME + "?old=1#here")
    item = json.loads(citation.text("csl"))[-1]
    assert item["type"] == "dataset"
    assert atlas.fingerprint in item["version"]
    assert item["accessed"] == {"date-parts": [[2026, 3, 4]]}
    said = sentence(select(atlas, view_context.view), view_context)
    assert tidy(said) in item["note"]
    assert item["URL"].startswith(HOME)
    found = decode(dict(parse_qsl(urlsplit(item["URL"]).query)), atlas, ())
    assert (found.view, found.ignored) == (view_context.view, ())
    plain = citation.text("plain")
    for part in (atlas.fingerprint, "2026", item["URL"], tidy(said).removesuffix(".")):
        assert part in plain


def test_the_text_ends_with_whose_map_data_it_is(any_atlas):
    context = context_of(any_atlas)
    last = cite(context).text("plain").splitlines()[-1]
    for words in any_atlas.settings.attribution:
        assert tidy(context.plain(words)) in last


def test_without_a_day_or_a_home_neither_is_made_up(atlantis):
    context = context_of(atlantis, filters=Filters(since="1990"))
    citation = cite(context, today=None)
    item = json.loads(citation.text("csl"))[-1]
    assert not {"accessed", "URL", "issued", "author"} & set(item)
    assert "?v=1&from=1990" in item["note"]
    assert "urldate" not in citation.text("bibtex").rpartition("@misc")[2]
    assert "Accessed" not in citation.text("plain")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//example.org", "x"])
def test_a_home_that_is_no_web_address_is_none(atlantis, address):
    citation = cite(context_of(atlantis), address=address)
    assert "URL" not in json.loads(citation.text("csl"))[-1]


def test_a_selected_record_does_not_change_what_the_view_is(atlantis):
    plain = context_of(atlantis)
    record = next(iter(atlantis.records))
    busy = context_of(atlantis, selected=record, listed="events", at="31,-39,8")
    for style in STYLES:
        assert cite(busy).text(style) == cite(plain).text(style)


def test_other_filters_and_other_data_have_other_keys(atlantis, atlas):
    keys = {
        cite(context_of(a, filters=Filters(since=since))).works[-1].id
        for a in (atlantis, atlas)
        for since in ("", "1990", "1991")
    }
    assert len(keys) == 6
    assert not keys & set(atlas.sources)


def test_more_records_than_the_events_can_be_cited(atlantis):
    context = context_of(atlantis, layers=())
    every = list(atlantis.records.values())
    citation = cite(context, records=every)
    wanted = {i for record in every for i in cited(record)}
    assert {w.id for w in citation.works[:-1]} == wanted


def test_a_record_names_its_sources_in_order_then_itself(any_atlas):
    context = context_of(any_atlas)
    for record in any_atlas.records.values():
        citation = record_citation(record, context, today=TODAY, address=HOME)
        *producers, own = citation.works
        assert [w.id for w in producers] == list(dict.fromkeys(cited(record)))
        assert own.title == context.plain(record.title)
        assert own.container == context.plain(any_atlas.settings.title)
        assert own.url.endswith(f"sel={record.id}")
        assert record.id in citation.text("plain").splitlines()[-2]
        assert any_atlas.fingerprint in citation.short
        assert all(tidy(w.publisher) in citation.short for w in producers)


def test_a_record_is_cited_without_the_filters_around_it(atlas):
    record = atlas.records["2017-11-13-jsa"]
    narrow = context_of(atlas, filters=Filters(since="2000"), layers=())
    for style in STYLES:
        found = record_citation(record, narrow, today=TODAY).text(style)
        wide = record_citation(record, context_of(atlas), today=TODAY).text(style)
        assert found == wide


def test_the_short_line_is_one_line(any_atlas):
    for lang in any_atlas.settings.languages:
        short = cite(context_of(any_atlas, lang), address=HOME).short
        assert len(short.splitlines()) == 1
        assert any_atlas.fingerprint in short
        assert HOME in short


def test_korean_is_korean(atlas):
    text = cite(context_of(atlas, "ko"), address=HOME).text("plain")
    assert text.startswith("먼저 인용할 것")
    assert "2026년 3월 4일 열람" in text
    assert "Accessed" not in text


def test_an_unknown_style_is_refused(atlantis):
    with pytest.raises(ValueError, match="plain, bibtex, csl"):
        cite(context_of(atlantis)).text("apa")


# --- the fold -------------------------------------------------------------------------


def test_every_panel_says_how_to_cite_it(any_atlas):
    context = Context(any_atlas, default_view(any_atlas), TODAY, address=HOME)
    for record in list(any_atlas.records.values())[:40]:
        root = parsed(record_cite_html(record, context))
        (fold,) = root.all("details")
        citation = record_citation(record, context, today=TODAY, address=HOME)
        texts = [pre.text for pre in root.all("pre")]
        wanted = [shown(citation.text(style)) for style in STYLES]
        assert [t.rstrip("\n") for t in texts] == [t.rstrip("\n") for t in wanted]
        links = root.all("a")
        assert [a["href"] for a in links] == [f"#{p['id']}" for p in root.all("pre")]
        assert {a["data-bv"] for a in links} == {"copy-text"}
        assert fold["open"] == ""


def test_the_panel_has_the_fold_unless_it_is_left_out(atlantis):
    context = context_of(atlantis)
    record = next(iter(atlantis.records.values()))
    assert "bv-cite" in record_html(record, context)
    assert "bv-cite" not in record_html(record, context, foot=Html(""))
