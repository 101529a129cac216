"""Search: any spelling finds the same things, the best first, whatever is typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.search import build_index, search
from hostile import CONTROLS, PAYLOADS

ALL = 10_000
FIELDS = {"title", "name", "place", "text", "source"}
SPELLINGS = [
    ["Sinuiju", "Shinuiju", "Sinŭiju", "신의주", "新義州", "新义州"],
    ["Panmunjom", "Panmunjeom", "P'anmunjŏm", "판문점", "板門店", "板门店"],
    ["Hyesan", "혜산", "惠山"],
    ["Tumen", "Duman", "두만강", "图们江", "圖們江"],
    ["Cheorwon", "Chorwon", "Ch'ŏrwŏn", "철원", "鐵原", "铁原"],
    ["Goseong", "Kosong", "Kosŏng"],
    ["Kaesong", "Gaesong", "Gaeseong", "개성", "開城"],
    ["Paektu", "Baekdu"],
]


@pytest.fixture(scope="module")
def index(atlas):
    return build_index(atlas)


@pytest.fixture(scope="module")
def small(atlantis):
    return build_index(atlantis)


def keys(hits):
    return [(hit.kind, hit.id) for hit in hits]


def ids(hits):
    return [hit.id for hit in hits]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda names: names[0])
def test_every_spelling_finds_the_same(index, spellings):
    first, *others = ({*keys(search(index, name, ALL))} for name in spellings)
    assert len(first) >= 5
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("query", "record"),
    [
        ("Shinuiju", "sinuiju"),
        ("板門店", "panmunjom-transit"),
        ("惠山", "hyesan"),
        ("Gaeseong", "kaesong"),
        ("丹东", "dandong"),
        ("丹東", "dandong"),
        ("长白", "changbai"),
        ("圈河口岸", "quanhe-wonjong"),
        ("Baekdu", "paektu-heaven-lake"),
        ("中朝友谊桥", "dandong-sinuiju-friendship-bridge"),
    ],
)
def test_a_name_leads_to_its_record(index, query, record):
    assert record in ids(search(index, query))[:3]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_record_is_found_by_its_title(atlas, index, lang):
    lost = [
        record.id
        for record in atlas.records.values()
        if record.id not in ids(search(index, record.title[lang], 5))
    ]
    assert lost == []


def test_every_town_is_found_by_each_of_its_names(atlas, index):
    lost = [
        (place.id, name)
        for place, _ in atlas.places
        for name in place.name.values()
        if ("place", place.id) not in keys(search(index, name, 5))
    ]
    assert lost == []


def test_every_alias_hits_exactly(atlas, index):
    for record in atlas.records.values():
        for alias in record.aliases:
            (hit,) = (h for h in search(index, alias, ALL) if h.id == record.id)
            assert hit.score == 100


def test_titles_of_the_small_atlas(atlantis, small):
    for record in atlantis.records.values():
        for title in record.title.values():
            assert record.id in ids(search(small, title, 5))


def test_accents_may_be_left_out(small):
    assert ids(search(small, "sauma"))[0] == "foam-line"
    assert keys(search(small, "Havenalbo"))[0] == ("place", "port-alba")


def test_an_alias_is_a_name(small):
    best = search(small, "gate of hills")[0]
    assert (best.id, best.field, best.score) == ("hill-gate", "name", 100)


def test_spaces_within_a_name_do_not_matter(small):
    for query in ("White Tower", "whitetower", "white-tower", "WHITE  tower"):
        assert search(small, query)[0].id == "white-tower"
        assert search(small, query)[0].score == 100


def test_fields_come_in_their_order(index):
    order = ["title", "name", "place", "text", "source"]
    hits = [h for h in search(index, "Yonhap", ALL) if h.score < 100]
    hits += [h for h in search(index, "Ganghwa", ALL) if h.score < 90]
    assert {"text", "source"} <= {h.field for h in hits}
    for query in ("Yonhap", "Ganghwa", "bridge", "fence", "다리"):
        fields = [h.field for h in search(index, query, ALL) if h.score < 100]
        assert fields == sorted(fields, key=order.index)


def test_an_exact_name_comes_before_a_longer_title(index):
    hits = search(index, "Hyesan")
    assert {hit.id for hit in hits[:2]} >= {"hyesan"}
    assert hits[0].score == hits[1].score == 100 > hits[2].score


def test_of_equals_the_newest_is_first_then_the_id(atlas, index):
    hits = [h for h in search(index, "north", ALL) if h.kind == "record"]
    for a, b in pairwise(hits):
        if a.score == b.score:
            newer, older = (atlas.records[h.id].date or "" for h in (a, b))
            assert newer > older or (newer == older and a.id < b.id)
        assert a.score >= b.score


def test_all_words_must_match_each_anywhere(index):
    each = [{*keys(search(index, w, ALL))} for w in ("soldier", "mdl", "winter")]
    assert {*keys(search(index, "soldier mdl winter", ALL))} == set.intersection(*each)
    assert search(index, "soldier qqqqqqqq", ALL) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Panmunjon", "Panmunjom"), ("obsrevatory", "observatory"), ("신이주", "신의주")],
)
def test_one_typo_is_forgiven(index, typed, meant):
    right = {*keys(search(index, meant, ALL))}
    found = search(index, typed, ALL)
    assert {*keys(found)} & right
    assert max(h.score for h in found) < min(h.score for h in search(index, meant, ALL))


def test_short_words_get_no_second_guess(small):
    assert search(small, "qate") == []


@pytest.mark.parametrize(
    "query", ["", " ", "\t\n", "-", "–'’", "\u3000", "\x00", "()", "🏽", "\ud800"]
)
def test_nothing_typed_finds_nothing(index, query):
    assert search(index, query) == []


@pytest.mark.parametrize(
    "query",
    [*PAYLOADS, *CONTROLS, "a " * 500, "a" * 10_000, "가" * 999, "(.*)+$", "|", "| |"],
)
def test_hostile_queries_are_only_words(index, query):
    assert len(search(index, query)) <= 12


def test_what_is_cut_does_not_count(index):
    long = "bridge " + " " * 200 + "qqqqqqqq"
    assert search(index, long) == search(index, "bridge")


@pytest.mark.parametrize("limit", [-1, 0])
def test_no_hits_wanted(index, limit):
    assert search(index, "bridge", limit) == []


def test_an_atlas_read_twice_gives_the_same(atlas, index):
    again = build_index(atlas)
    for query in ("Sinuiju", "north korea", "obsrevatory", "철원"):
        assert search(again, query, ALL) == search(index, query, ALL)


WORDS = st.text(max_size=80) | st.lists(
    st.sampled_from(["reed", "bridge", "Ŝaŭma", "lete", "門", "a", "brigde", "-"])
).map(" ".join)


@given(query=WORDS, limit=st.integers(-2, 30))
def test_whatever_is_typed(atlantis, small, query, limit):
    hits = search(small, query, limit)
    assert hits == search(small, query, limit)
    assert hits == search(small, query, ALL)[: max(0, limit)]
    assert len(set(keys(hits))) == len(hits)
    towns = {place.id for place, _ in atlantis.places}
    for hit in hits:
        assert hit.id in (atlantis.records if hit.kind == "record" else towns)
        assert hit.field in FIELDS
        assert 0 < hit.score <= 100


@given(st.data())
def test_case_width_and_hyphens_do_not_matter(atlas, index, data):
    records = st.sampled_from([r.title["en"] for r in atlas.records.values()])
    towns = st.sampled_from([p.name["en"] for p, _ in atlas.places])
    query = data.draw(records | towns)[:60].replace("-", "").strip()
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in query)
    # Where words are typed in one, a hyphen between letters is no news.
    at = data.draw(st.integers(0, len(query)))
    inside = query[at - 1 : at + 1].isalpha() and 0 < at < len(query)
    hyphened = f"{query[:at]}\u2010{query[at:]}" if inside else query
    expected = {*keys(search(index, query, ALL))}
    assert {*keys(search(index, query.upper(), ALL))} == expected
    assert {*keys(search(index, query.casefold(), ALL))} == expected
    assert {*keys(search(index, wide, ALL))} == expected
    assert {*keys(search(index, hyphened, ALL))} >= expected
