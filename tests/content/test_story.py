"""The story and the pages: complete in both languages, and the same in both."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import pairwise

import pytest

from borderviz.dates import PartialDate
from borderviz.permalink import decode_step
from borderviz.prose import plain, uncited, walk, word_count
from borderviz.selection import select

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
CHAPTERS = ("what-happened", "why-it-matters", "what-came-next", "beyond-the-headlines")
MOST_LETTERS = 60
# What an English page says in Korean: terms that it is about, with their sound beside
# them, and how the Korean edition names states, seas, rivers and places.
TERMS = frozenset(
    [
        *("북한", "한국", "동해", "서해", "황해", "압록강", "두만강", "백두산"),
        *("단둥", "투먼", "북한이탈주민", "탈북민", "북향민", "새터민", "월남"),
        *("귀순", "월북", "라선", "나선"),
    ]
)


def documents(atlas):
    return [*atlas.story, *atlas.pages]


def text_of(passage):
    lines = [plain(item) for block in passage.prose for item in block.items]
    return "\n".join([passage.title, *lines])


def outline(passage):
    """What two languages must share: blocks, items, links and citations in order."""
    blocks = [(b.kind, b.level, b.name, len(b.items)) for b in passage.prose]
    cited = Counter(name for _, s in walk(passage.prose) for name in s.ids)
    linked = Counter(s.target for _, s in walk(passage.prose) if s.kind == "link")
    return blocks, cited, linked


def test_there_are_eight_to_twelve_steps_in_four_chapters(atlas):
    assert 8 <= len(atlas.story) <= 12
    assert tuple(chapter.id for chapter in atlas.settings.chapters) == CHAPTERS
    told = [step.head.chapter for step in atlas.story]
    assert told == sorted(told, key=CHAPTERS.index)
    assert min(Counter(told).values()) >= 2
    assert set(told) == set(CHAPTERS)


def test_the_story_begins_with_the_crossing(atlas):
    assert atlas.story[0].head.focus == "2025-10-19-cheorwon-soldier"


def test_every_step_and_page_is_in_both_languages(atlas):
    found = {d.id: list(d.passages) for d in documents(atlas)}
    assert set(map(tuple, found.values())) == {("en", "ko")}
    assert len(found) == len(documents(atlas)) >= 9


def test_both_languages_of_a_step_say_as_much(atlas):
    for step in atlas.story:
        assert outline(step.passages["en"]) == outline(step.passages["ko"]), step.id


def test_both_languages_of_a_page_have_the_same_sections_and_sources(atlas):
    for page in atlas.pages:
        (blocks, *named), (others, *also) = map(outline, page.passages.values())
        assert [set(found) for found in named] == [set(found) for found in also]
        for kind in ("heading", "computed"):
            assert [b for b in blocks if b[0] == kind] == [
                b for b in others if b[0] == kind
            ]


def test_both_languages_cite_in_each_paragraph_alike(atlas):
    for step in atlas.story:
        pairs = zip(step.passages["en"].prose, step.passages["ko"].prose, strict=True)
        for english, korean in pairs:
            named = [
                {name for _, s in walk((block,)) for name in (*s.ids, s.target) if name}
                for block in (english, korean)
            ]
            assert named[0] == named[1], (step.id, english.line)


def test_steps_are_short_and_cite_in_every_sentence(atlas):
    for step in atlas.story:
        for passage in step.passages.values():
            assert 25 <= word_count(passage.prose) <= 120, passage.file
            assert len(passage.title) <= MOST_LETTERS, passage.file
            assert 1 <= len(passage.prose) <= 3, passage.file
            assert uncited(passage.prose) == [], passage.file


def test_korean_is_korean_and_english_is_english(atlas):
    for document in documents(atlas):
        korean = text_of(document.passages["ko"])
        for line in filter(str.strip, korean.split("\n")):
            assert HANGUL.search(line), (document.id, line)
        english = text_of(document.passages["en"])
        strange = set(HANGUL.findall(english)) - TERMS
        assert strange == set(), document.id


def test_the_story_s_english_needs_no_korean(atlas):
    for step in atlas.story:
        words = set(HANGUL.findall(text_of(step.passages["en"])))
        assert not words or step.id == "words", step.id


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_title_is_another(atlas, lang):
    titles = [document.passages[lang].title for document in documents(atlas)]
    assert len(set(titles)) == len(titles)


def test_each_view_differs_from_the_one_before(atlas):
    shown = [
        (atlas.step_views[step.id].with_(story=""), step.head.box, step.head.focus)
        for step in atlas.story
    ]
    for before, after in pairwise(shown):
        assert before != after
    views = [view for view, _, _ in shown]
    assert len(set(views)) >= len(views) - 2
    assert len({tuple(box) for _, box, _ in shown}) >= len(shown) - 2


def test_every_view_shows_something(atlas):
    for step in atlas.story:
        view = decode_step(step.head.view, atlas).view
        assert view.layers, step.id
        if view.filters.active:
            assert select(atlas, view).records, step.id


def test_a_box_is_in_the_atlas_and_holds_its_focus(atlas):
    west, south, east, north = atlas.settings.bounds
    seen = 0
    for step in atlas.story:
        left, low, right, high = step.head.box
        assert west <= left < right <= east, step.id
        assert south <= low < high <= north, step.id
        if step.head.focus in atlas.positions:
            seen += 1
            lon, lat = atlas.positions[step.head.focus]
            assert left < lon < right, step.id
            assert low < lat < high, step.id
        elif step.head.focus:
            record = atlas.records[step.head.focus]
            assert record.geometry or record.waypoints or record.extent, step.id
    assert seen >= 3


def test_a_focus_that_is_an_event_is_shown_by_its_step(atlas):
    for step in atlas.story:
        record = atlas.records.get(step.head.focus or "")
        view = decode_step(step.head.view, atlas).view
        if record and record.kind in ("crossing", "incident", "authorised"):
            assert record.id in select(atlas, view).ids, step.id


def test_a_page_has_every_block_once(atlas):
    for page in atlas.pages:
        for passage in page.passages.values():
            names = [b.name for b in passage.prose if b.kind == "computed"]
            assert len(names) == len(set(names)) == 6


def test_corrections_are_in_both_languages_newest_first_and_not_of_days_to_come(atlas):
    last = PartialDate.parse(atlas.settings.version.replace(".", "-")).last
    dates = [found.date for found in atlas.corrections]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) >= 5
    for found in atlas.corrections:
        assert set(found.text) == {"en", "ko"}
        assert HANGUL.search(found.text["ko"])
        assert not HANGUL.search(found.text["en"])
        # Nothing was published before the first version of the data.
        assert dt.date(2026, 11, 1) <= dt.date.fromisoformat(found.date) <= last


def test_no_correction_is_told_twice(atlas):
    texts = [found.text["en"] for found in atlas.corrections]
    assert len(set(texts)) == len(texts)
