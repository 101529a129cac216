"""Works in every format: read back by libraries that know nothing of how we write."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibliography_reader import DECODER, ITEM, expected, read_back
from borderviz.bibliography import (
    Work,
    bibtex,
    bibtex_entry,
    csl_item,
    plain_text,
    tex,
    tidy,
    web_address,
    work_of,
)
from borderviz.model import Source
from hostile import ALL


def works_of(atlas, lang="en"):
    hosts = atlas.settings.link_hosts
    return [work_of(source, hosts, lang) for source in atlas.sources.values()]


@pytest.fixture(params=["atlas", "atlantis"])
def works(request):
    return works_of(request.getfixturevalue(request.param))


@pytest.fixture
def hostile_works():
    return [
        Work(
            id=f"w-{n}",
            type=text,
            title=text,
            publisher=text,
            container=text,
            issued=text,
            url=f"https://a.example/{text}",
            version=text,
            language="en",
            notes=(text, text),
            accessed=dt.date(2026, 1, 2),
        )
        for n, text in enumerate(ALL)
    ]


def test_all_sources_come_back_from_bibtex(works):
    types = {"article-newspaper": "article", "report": "techreport", "book": "book"}
    assert read_back(bibtex(works)) == {
        w.id: (types.get(w.type, "misc"), expected(w)) for w in works
    }


def test_hostile_sources_come_back_from_bibtex(hostile_works):
    found = read_back(bibtex(hostile_works))
    assert found == {w.id: ("misc", expected(w)) for w in hostile_works}


def test_all_sources_are_sound_csl(works, hostile_works):
    for work in (*works, *hostile_works):
        assert list(ITEM.iter_errors(csl_item(work))) == []


def test_a_source_keeps_its_words_in_csl(works):
    for work in works:
        item = csl_item(work)
        assert (item["id"], item["title"]) == (work.id, tidy(work.title))
        assert item.get("publisher", "") == tidy(work.publisher)
        assert "author" not in item


def test_plain_text_is_one_line_and_names_the_producer_first(works, hostile_works):
    for lang in ("en", "ko"):
        for work in (*works, *hostile_works):
            line = plain_text(work, lang)
            assert line.startswith(tidy(work.publisher))
            assert tidy(work.title) in line
            assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("issued", "fields"),
    [
        ("2019-11-05", ["year = {2019}", "month = nov", "day = {5}"]),
        ("2019-11", ["year = {2019}", "month = nov"]),
        ("2019", ["year = {2019}"]),
        ("undated copy", ["year = {{undated copy}}"]),
        ("2019-13", ["year = {{2019-13}}"]),
        ("", []),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(issued, fields):
    entry = bibtex_entry(Work(id="a", type="webpage", title="T", issued=issued))
    rows = entry.removeprefix("@misc{a,\n  title = {{T}}").removesuffix("\n}")
    assert [row.strip() for row in rows.split(",\n") if row.strip()] == fields


def test_types_are_translated():
    def first(type_):
        return bibtex_entry(Work(id="a", type=type_, title="T")).partition("{")[0]

    assert first("article-newspaper") == "@article"
    assert first("no such type") == first("webpage") == "@misc"
    assert csl_item(Work(id="a", type="no such type", title="T"))["type"] == "document"


def test_a_description_is_told_in_the_readers_language():
    source = Source(
        id="a",
        type="webpage",
        publisher="P",
        title="T",
        issued={"literal": "n.d."},
        URL="https://copy.example/a",
        custom={"title_is_description": True},
        note="as given elsewhere",
    )
    assert plain_text(work_of(source, ["copy.example"], "en"), "en") == (
        "P, “T”, n.d., https://copy.example/a"
        " (title is our description; as given elsewhere)"
    )
    told = plain_text(work_of(source, [], "ko"), "ko")
    assert "제목은 편집진이 붙인 설명" in told
    assert "https:" not in told
    item = csl_item(work_of(source, [], "en"))
    assert item["issued"] == {"literal": "n.d."}
    assert item["note"] == "title is our description; as given elsewhere"
    assert item["URL"] == "https://copy.example/a"


@given(st.text())
def test_any_text_survives_tex(text):
    assert DECODER.latex_to_text(tex(text)) == tidy(text)


@given(st.text(alphabet="\\{}$&#_%^~-`'\",<>?! a\n@=", max_size=40))
def test_signs_survive_tex_and_braces_are_balanced(text):
    written = tex(text)
    assert DECODER.latex_to_text(written) == tidy(text)
    depths = list(accumulate((c == "{") - (c == "}") for c in written))
    assert not depths or (min(depths) >= 0 and depths[-1] == 0)


@given(st.text(), st.text(), st.text())
def test_any_work_is_one_entry(publisher, title, note):
    work = Work("a", "webpage", title, publisher=publisher, notes=(note,))
    assert read_back(bibtex([work])) == {"a": ("misc", expected(work))}


@given(st.text())
def test_an_address_is_fit_for_every_format(text):
    url = f"https://a.example/{text}"
    found = web_address(url)
    assert found.isascii()
    assert not set(found) & set('\\{}^"`<>|$ ')
    assert urlsplit(found).hostname == "a.example"
    if text.isalnum():
        assert unquote(found) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///a",
        "https://",
        "http://[",
    ],
)
def test_no_other_scheme_is_an_address(url):
    assert web_address(url) == ""
    assert "URL" not in csl_item(Work(id="a", type="webpage", title="T", url=url))
