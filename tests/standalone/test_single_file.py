"""The file as text: its size, its markup, what is in it and what is not."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.filters import is_event
from borderviz.permalink import LISTS, decode_query
from borderviz.render.context import Context
from borderviz.render.html import safe_text
from borderviz.render.sentence import sentence
from borderviz.selection import select
from borderviz.standalone.narrow import narrowed
from borderviz.standalone.packing import as_text, deflated, pack
from hostile import PAYLOADS
from packed import blocks, bytes_of, pieces

from .conftest import made

MOST_BYTES = 1_500_000
QUERIES = [
    "",
    "mode=foot",
    "from=1998&cited=2",
    "kind=incident&layers=incidents",
    "layers=none",
    "from=1954&to=1954",
    "sure=low&lang=ko",
]


def test_the_whole_atlas_is_small_enough_to_send(whole):
    assert len(whole.encode()) <= MOST_BYTES


@given(st.binary(max_size=200))
def test_blocks_are_written_without_loss(data):
    text = as_text(data)
    assert bytes_of(text) == data
    assert not set(text) & set('<"\\ \n')


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\1"), max_size=80)


@given(st.lists(TEXT, min_size=1, max_size=8), st.integers(1, 4))
def test_texts_are_packed_without_loss(some, times):
    texts = {f"n{n}": text for n, text in enumerate(some * times)}
    block = json.loads(zlib.decompress(pack(texts), -15))
    assert pieces(block) == texts


def test_a_lone_surrogate_does_not_break_a_file():
    assert deflated({"a": "\ud800"})


@pytest.mark.parametrize("name", ["whole", "small"])
def test_markup_is_well_formed(name, request):
    html = request.getfixturevalue(name)
    html5lib.HTMLParser(strict=True).parse(html)
    texts = pieces(blocks(html)["texts"])
    for key, text in texts.items():
        if key.split("/")[0] in ("record", "list", "story", "page", "table"):
            html5lib.HTMLParser(strict=True).parseFragment(text)


def test_only_the_script_of_the_page_may_run(whole):
    tree = html5lib.parse(whole, namespaceHTMLElements=False)
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; ")
    assert "connect-src" not in policy
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    scripts = [s for s in tree.iter("script") if not s.get("type")]
    found = [
        base64.b64encode(hashlib.sha256(s.text.encode()).digest()).decode()
        for s in scripts
    ]
    assert found == allowed
    assert "'unsafe-inline'" not in re.search(r"script-src[^;]*", policy)[0]


def test_nothing_in_the_page_asks_for_anything_elsewhere(whole):
    tree = html5lib.parse(whole, namespaceHTMLElements=False)
    for element in tree.iter():
        for name in ("src", "srcset", "action", "data", "poster"):
            assert element.get(name) is None
        if element.tag == "link":
            assert element.get("href") == "data:,"
    assert not re.search(r"@import|url\((?!#|\"?data:)", whole.split("</style>")[0])


def test_hostile_words_stay_words(hostile):
    html = made(hostile, address="https://example.org/")
    found = blocks(html)
    texts = pieces(found["texts"])
    starts = [v for k, v in found.items() if k.startswith("start-")]
    parts = [text for key, text in texts.items() if key.split("/")[0] != "search"]
    parts = [html, *[p for p in parts if p.startswith("<")]]
    parts += [start[k] for start in starts for k in ("overview", "header", "imprint")]
    for part in parts:
        tree = html5lib.parseFragment(part, namespaceHTMLElements=False)
        if part is html:
            tree = html5lib.parse(part, namespaceHTMLElements=False)
        for element in tree.iter():
            assert element.tag not in ("img", "svg", "iframe", "object", "base")
            assert not [k for k in element.attrib if str(k).startswith("on")]
            href = element.get("href") or ""
            assert not href.lower().startswith("javascript:")
            if element.tag == "script":
                assert part is html
                assert "pwned" not in (element.text or "")
    assert any(word in json.dumps(texts, ensure_ascii=False) for word in PAYLOADS[-1:])


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_in_the_file_is_what_the_view_shows(atlas, query):
    view = decode_query(query, atlas, ()).view
    selection = select(atlas, view)
    small = narrowed(atlas, selection)
    assert {r.id for r in small.records.values() if is_event(r)} == set(selection.ids)
    html = made(atlas, query)
    found = blocks(html)
    assert [event[0] for event in found["start"]["events"]] == list(selection.ids)
    texts = pieces(found["texts"])
    every = json.dumps(found["start"]) + "\0".join(texts.values())
    every += json.dumps([found[k] for k in found if k != "texts"], ensure_ascii=False)
    gone = set(atlas.records) - set(small.records)
    assert {f"record/en/{i}" for i in small.records} <= texts.keys()
    for identity in gone:
        record = atlas.records[identity]
        assert f"record/en/{identity}" not in texts
        assert f"sel={identity}" not in every
        assert not any(text in every for text in record.statements[0].text.values())


def test_a_part_says_that_it_is_one(atlas):
    html = made(atlas, "mode=foot")
    assert "Only a part of the atlas is here." in html
    assert "Only a part of the atlas is here." not in made(atlas)


def test_every_panel_is_there_in_every_language(atlas, whole):
    texts = pieces(blocks(whole)["texts"])
    for lang in atlas.settings.languages:
        for kind, names in (
            ("record", atlas.records),
            ("list", LISTS),
            ("story", [step.id for step in atlas.story]),
            ("page", [page.id for page in atlas.pages]),
        ):
            for name in names:
                assert f'lang="{lang}"' in texts[f"{kind}/{lang}/{name}"]


def test_without_a_script_it_says_what_it_is_and_needs(atlas, whole):
    tree = html5lib.parse(whole, namespaceHTMLElements=False)
    words = "".join(tree.find(".//noscript").itertext())
    assert atlas.settings.title["en"] in words
    assert "JavaScript" in words
    assert "sources" in words


def test_it_is_the_same_each_time(atlantis, small):
    assert made(atlantis) == small


def test_the_citation_of_a_part_says_which(atlas):
    starts = blocks(made(atlas, "mode=foot"))
    for lang in atlas.settings.languages:
        imprint = starts[f"start-{lang}"]["imprint"]
        view = decode_query(f"mode=foot&lang={lang}", atlas, ()).view
        said = sentence(select(atlas, view), Context(atlas, view))
        assert str(safe_text(said)) in imprint
        assert str(safe_text(said)) in starts[f"start-{lang}"]["held"]
