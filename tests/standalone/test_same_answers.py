"""The page's own scripts answer as the program does: filters, links, search, words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderviz.filters import encode_filters
from borderviz.permalink import decode, decode_query, default_view, encode
from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.search import build_index, search
from borderviz.selection import select
from borderviz.spelling import fold, sound
from borderviz.standalone.facts import orders
from borderviz.standalone.panels import everything
from borderviz.texts import date_words, list_words
from filter_strategy import any_filters

pytestmark = pytest.mark.browser
MANY = settings(max_examples=40, suppress_health_check=list(HealthCheck))
FIELDS = {
    "lang": "lang",
    "layers": "layers",
    "selected": "selected",
    "listed": "listed",
    "sort": "sort",
    "circles": "circles",
    "at": "at",
    "story": "story",
    "page": "page",
}
WORDS = [
    *("Panmunjom", "panmunjeom", "판문점", "板門店", "Cheorwon", "chorwon", "철원"),
    *("soldier", "병사", "Yalu", "amnok", "鸭绿江", "압록강", "鴨綠江", "MDL"),
    *("Paju", "paju incident", "Gangneung submarine", "강릉 잠수함", "Kaesong"),
    *("Gaeseong", "개성", "cheorwn", "soldeir", "Reuters", "연합뉴스", "Yonhap"),
    *("Ganghwa island", "강화도", "ganghwado", "Musan", "茂山", "zzzz", "a", "1998"),
    *("Tumen river", "두만강", "T'umen", "Él", "—", "DMZ mine", "the north gate"),
    *("Pyŏngyang", "평양시", "Sinuiju", "Shinuiju", "新义州", "新義州", "백령도"),
]
QUERIES = [
    {},
    {"v": "1", "sel": "2025-10-19-cheorwon-soldier", "lang": "ko"},
    {"from": "1998", "to": "2003-07", "mode": "foot.boat", "within": "2.5"},
    {"from": "2003-02-30", "to": "0000", "cited": "2.5", "within": "1e3", "who": "x"},
    {"layers": "none", "circles": "1", "sort": "-cited", "at": "38.3,127.25,9"},
    {"layers": "places.routes.land-line", "show": "table", "at": "99,1,1"},
    {"story": "the-crossing"},
    {"story": "the-crossing", "sel": "2025-10-19-cheorwon-soldier", "lang": "ko"},
    {"story": "the-crossing", "from": "1990"},
    {"story": "nowhere", "page": "about", "list": "sources", "sort": "x", "v": "2"},
    {"sel": "nobody", "<b>": "x" * 99, "within": "٣", "cited": "3.", "to": ".5"},
    {"from": "1953-07-27", "to": "1953-07", "sure": "low.high", "kind": "incident"},
]


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory, whole):
    path = tmp_path_factory.mktemp("page") / "whole.html"
    path.write_text(whole, encoding="utf-8")
    found = browser.new_page()
    found.goto(path.as_uri())
    found.wait_for_selector("body[data-panel]")
    yield found
    found.close()


def test_any_filters_choose_the_same_events(page, atlas):
    asked, answers = [], []

    @MANY
    @given(
        any_filters(atlas),
        st.sets(st.sampled_from([x.id for x in atlas.settings.layers])),
    )
    def collect(filters, layers):
        known = tuple(x.id for x in atlas.settings.layers if x.id in layers)
        view = default_view(atlas).with_(filters=filters, layers=known)
        found = select(atlas, view)
        asked.append(encode(view, atlas))
        answers.append(
            [list(found.ids), sorted(found.hidden), found.total, found.unplaced]
        )

    collect()
    found = page.evaluate(
        """(queries) => queries.map((query) => {
          const { codec } = borderviz.shell;
          const found = codec.select(codec.decode(query).view);
          return [found.ids, found.hidden.sort(), found.total, found.unplaced];
        })""",
        asked,
    )
    assert len(asked) >= 30
    assert found == answers


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_link_means_the_same(page, atlas, query):
    # The table is the only sheet that the file has.
    there = decode({k: v for k, v in query.items() if k != "show"}, atlas, ())
    found = page.evaluate(
        """(query) => {
          const { codec } = borderviz.shell;
          const { show, ...rest } = query;
          const found = codec.decode(rest);
          return { ...found, again: codec.encode(found.view) };
        }""",
        query,
    )
    for mine, its in FIELDS.items():
        value = getattr(there.view, its)
        assert found["view"][mine] == (list(value) if mine == "layers" else value)
    filters = {k: v for k, v in found["view"]["filters"].items() if v}
    assert filters == {
        name: list(value) if isinstance(value, tuple) else value
        for name in there.view.filters.active
        for value in [getattr(there.view.filters, name)]
    }
    assert (found["unknown"], found["ignored"]) == (
        there.unknown_record,
        list(there.ignored),
    )
    assert found["again"] == encode(there.view.with_(sheet=""), atlas)


def test_folding_and_sounds_are_the_same(page, atlas):
    texts = [
        text
        for record in atlas.records.values()
        for text in (*record.title.values(), *record.aliases)
    ]
    texts += [*WORDS, "Ｗｉｄｅ—ŏ ǃ", "L’Étoile", "co-op", "Ünïted", "Ждан", "ﬁn"]
    found = page.evaluate(
        """async (texts) => {
          const { tables } = JSON.parse(await borderviz.piece("search", "en"));
          const spelling = borderviz.spelling(tables);
          return texts.map((text) => [
            spelling.fold(text), spelling.fold(text, " "),
            spelling.sound(spelling.squeeze(spelling.fold(text))),
          ]);
        }""",
        texts,
    )
    for text, answer in zip(texts, found, strict=True):
        plain = fold(text)
        wanted = [plain, fold(text, " "), sound(plain.replace(" ", ""))]
        assert answer == wanted, text


def test_the_search_finds_the_same(page, atlas):
    index = build_index(atlas)
    found = page.evaluate(
        """async (queries) => {
          const data = JSON.parse(await borderviz.piece("search", "en"));
          const search = borderviz.searcher(data);
          return queries.map((query) => search(query, 10).map(({ id }) => id));
        }""",
        WORDS,
    )
    for query, ids in zip(WORDS, found, strict=True):
        assert ids == [hit.id for hit in search(index, query, 10)], query


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_sentence_is_the_same(page, atlas, lang):
    queries = [
        q | {"lang": lang} for q in QUERIES if "story" not in q and "show" not in q
    ]
    found = page.evaluate(
        """async ([lang, queries]) => {
          const { facts, codec, spokenIn } = borderviz.shell;
          const speaker = borderviz.speaker(facts, await spokenIn(lang));
          return queries.map((query) => {
            const { view } = codec.decode(query);
            return speaker.sentence(view, codec.select(view));
          });
        }""",
        [lang, queries],
    )
    for query, said in zip(queries, found, strict=True):
        view = decode(query, atlas, ()).view
        assert said == sentence(select(atlas, view), Context(atlas, view))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_dates_and_lists_are_the_same(page, lang):
    dates = ["1953", "1953-07", "1953-07-27", "2001-12-01", "0987-01-09"]
    rows = [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"], []]
    found = page.evaluate(
        """async ([lang, dates, rows]) => {
          const { facts, spokenIn } = borderviz.shell;
          const speaker = borderviz.speaker(facts, await spokenIn(lang));
          const all = (how) => rows.map((row) => speaker.listed(row, how));
          return [dates.map(speaker.dated), all("and"), all("or"), all(",")];
        }""",
        [lang, dates, rows],
    )
    assert found == [
        [date_words(date, lang) for date in dates],
        *[[list_words(row, lang, how) for row in rows] for how in ("and", "or", ",")],
    ]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_columns_are_sorted_the_same(page, atlas, lang):
    view = default_view(atlas).with_(lang=lang)
    wanted = orders(atlas, Context(atlas, view))
    found = page.evaluate(
        "async (lang) => JSON.parse(await borderviz.piece(`orders/${lang}`, lang))",
        lang,
    )
    assert found == wanted
    assert {len(order) for order in found.values()} == {everything(atlas).total}


def test_prepared_views_and_filters_survive_the_address(atlas):
    for preset in atlas.settings.presets:
        filters = decode_query(preset.query, atlas, ()).view.filters
        again = decode(encode_filters(filters), atlas, ()).view.filters
        assert again == filters
