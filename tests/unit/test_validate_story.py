"""Each rule over story, pages and corrections, on a copy that breaks it."""

from __future__ import annotations

import pytest

from borderviz.content import read
from borderviz.render.page_html import WRITERS
from borderviz.validate_story import COMPUTED, MOST_WORDS

FIRST, OTHER = "story/01-reed-bridge.en.md", "story/01-reed-bridge.eo.md"
SECOND = "story/02-two-lines.en.md"
PAGE, PAGE_EO = "pages/01-about.en.md", "pages/01-about.eo.md"
LOG = "corrections.toml"
VIEW = 'view = "layers=land-line.down.incidents.names&from=2001&to=2003"'
ONLY_VIEW = "layers and filters as a link has them"


def view(text):
    return f'view = "{text}"'


@pytest.mark.parametrize(
    ("file", "old", "new", "record", "field", "found", "allowed", "cure"),
    [
        # A step belongs to a chapter, and its view can be shown.
        (FIRST, '"ashore"', '"ashroe"', "reed-bridge", "chapter", "ashroe",
         "one of ashore, afloat", "Did you mean ashore"),
        (FIRST, "[-39.6, 31.2,", "[31.2, -39.6,", "reed-bridge", "box", "[31.2, -39.6",
         "[west, south, east, north]", "order"),
        (FIRST, "31.9]", "91]", "reed-bridge", "box", "91", "[west", "order"),
        (FIRST, "31.9]", "nan]", "reed-bridge", "box", "nan", "[west", "order"),
        (FIRST, "-38.2", "inf", "reed-bridge", "box", "inf", "[west", "order"),
        (FIRST, 'focus = "2001-05-04-reed-bridge-walker', 'focus = "2001-05-04-walker',
         "reed-bridge", "focus", "2001-05-04-walker", "the id of a record",
         "2001-05-04-reed-bridge-walker"),
        (FIRST, VIEW, view("layers=land-lin"), "reed-bridge", "view",
         "layers=land-lin", ONLY_VIEW, "copy"),
        (FIRST, VIEW, view("mode=jetpack"), "reed-bridge", "view", "mode=jetpack",
         ONLY_VIEW, "copy"),
        (FIRST, VIEW, view("?layers=down"), "reed-bridge", "view", "?layers=down",
         ONLY_VIEW, "copy"),
        (FIRST, VIEW, view("who=me&from=2001"), "reed-bridge", "view", "who=me",
         ONLY_VIEW, "copy"),
        *(
            (FIRST, VIEW, view(f"{key}={value}"), "reed-bridge", "view", key,
             ONLY_VIEW, "copy")
            for key, value in (
                ("at", "31,-38,8"), ("lang", "eo"), ("sel", "hill-gate"),
                ("sel", "nobody"), ("list", "events"), ("story", "reed-bridge"),
                ("story", "fog"), ("page", "about"), ("map", "topo"),
                ("show", "table"), ("sort", "date"),
            )
        ),
        (FIRST, VIEW, view("st%6Fry=fog"), "reed-bridge", "view", "story", ONLY_VIEW,
         "copy"),
        # What a text names exists, in every language.
        (FIRST, "](#2003-07-reed-bridge-flare)", "](#2003-07-flare)", "reed-bridge",
         "line 11", "2003-07-flare", "the id of a record", ""),
        (OTHER, "](#2003-07-reed-bridge-flare)", "](#../)", "reed-bridge",
         "line 7", "../", "the id of a record", "Mend the id"),
        (OTHER, "](#2003-07-reed-bridge-flare)", "](#)", "reed-bridge",
         "line 7", "''", "the id of a record", "Mend the id"),
        (FIRST, "@harbour-gazette-2003-07;", "@harbour-gazette-2003;", "reed-bridge",
         "line 11", "harbour-gazette-2003", "an entry of sources.json",
         "harbour-gazette-2003-07"),
        (OTHER, "[@tidings-2001-05-04]", "[@tidings]", "reed-bridge", "line 5",
         "tidings", "an entry of sources.json", "Mend the id"),
        (PAGE, "](#foam-line)", "](#foam)", "about", "line 19", "foam",
         "the id of a record", "foam-line"),
        (PAGE_EO, "@mirror-copy;", "@mirror;", "about", "line 19", "mirror",
         "an entry of sources.json", ""),
        # A step is short, made of paragraphs, and cites in every sentence.
        (FIRST, " [@tidings-2001-05-04]. The", ". The", "reed-bridge", "line 9",
         "On 4 May 2001 a fisher walked over Reed Bridge.",
         "a citation [@source] in every sentence", "[@this-atlas]"),
        (OTHER, "[@tidings-2001-05-04]. Oni", ". Oni", "reed-bridge", "line 5",
         "La 4-an de majo", "a citation", "[@this-atlas]"),
        (FIRST, "\n\nTwo years", "\n\n## Head\n\nTwo years", "reed-bridge", "line 11",
         "a block of heading", "paragraphs", "paragraph"),
        (FIRST, "\n\nTwo years", "\n\n- Two years", "reed-bridge", "line 11",
         "a block of bullets", "paragraphs", "paragraph"),
        (FIRST, "\n\nTwo years", "\n\n1. Two years", "reed-bridge", "line 11",
         "a block of numbers", "paragraphs", "paragraph"),
        (FIRST, "\n\nTwo years", "\n\n{cite}\n\nTwo years", "reed-bridge", "line 11",
         "a block of computed", "paragraphs", "paragraph"),
        # What the program works out is something that it knows.
        (PAGE, "{finest}", "{finist}", "about", "line 28", "{finist}",
         "one of {contents}", "Did you mean finest"),
        (PAGE_EO, "{cite}", "{now}", "about", "line 38", "{now}", "{corrections}",
         "without braces"),
        # Corrections name what exists, in the atlas's languages.
        (LOG, '"white-tower"]', '"white-towr"]', "#2", "records", "white-towr",
         "the id of a record", "white-tower"),
        (LOG, '["harbour-gazette-2003-07"]', '["gazette"]', "#2", "sources", "gazette",
         "the id of a source", ""),
        (LOG, '{en = "A tower', '{eo = "A tower', "#1", "text", "languages eo",
         "always en", "Write the text in en"),
        (LOG, ', eo = "La lum', ', xx = "La lum', "#2", "text", "en, xx", "always en",
         "right language code"),
        (LOG, '"2003-08-01"', '"2003-13-01"', "#1", "date", "2003-13-01", "", ""),
        (LOG, '"2003-08-01"', "2003-08-01", "#1", "date", "", "", "in quotes"),
        (LOG, '"A tower was counted twice. It is now counted once."', '""', "#1",
         "text", "", "words", ""),
        (LOG, "records = [", "record = [", "#2", "record", "", "", "records"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_cure(
    edit_text, file, old, new, record, field, found, allowed, cure
):
    mine = [
        p
        for p in edit_text(file, old, new)
        if (p.file, p.record, p.field) == (file, record, field)
    ]
    assert len(mine) == 1, [str(p) for p in mine]
    assert found in mine[0].found
    assert allowed in mine[0].allowed
    assert cure in mine[0].cure
    assert all((mine[0].found, mine[0].allowed, mine[0].cure))


def test_one_fault_is_told_once(edit_text):
    (problem,) = edit_text(FIRST, '"ashore"', '"ashroe"')
    assert problem.file == FIRST


def test_a_step_that_shows_a_step_does_not_go_round_for_ever(edit_text):
    problems = edit_text(FIRST, VIEW, view("story=reed-bridge"))
    assert [(p.field, p.found) for p in problems] == [("view", "story")]
    problems = edit_text(SECOND, view("layers=land-line.foam.sites"), view("story=fog"))
    assert {(p.file, p.found) for p in problems} == {
        (FIRST, "story"),
        (SECOND, "story"),
    }


def test_a_chapter_without_a_step_is_told(edit_text):
    problems = edit_text("story/03-fog.en.md", '"afloat"', '"ashore"')
    (problem,) = problems
    assert (problem.file, problem.record, problem.field) == (
        *("atlas.toml", "afloat"), "chapters",
    )  # fmt: skip
    assert "afloat, of which no step is" in problem.found
    assert problem.allowed
    assert problem.cure


def words_after(count):
    """A sentence with so many words, cited."""
    return "\n\n" + "word " * count + "[@this-atlas]."


@pytest.mark.parametrize("file", [FIRST, OTHER])
def test_a_step_has_at_most_so_many_words(atlantis_copy, atlantis, file):
    path = atlantis_copy / file
    before = path.read_text(encoding="utf-8")
    path.write_text(before + words_after(MOST_WORDS), encoding="utf-8")
    (problem,) = read(atlantis_copy)[1]
    assert (problem.file, problem.field) == (file, "text")
    count = int(problem.found.split()[0]) - MOST_WORDS
    assert f"at most {MOST_WORDS}" in problem.allowed
    path.write_text(before + words_after(MOST_WORDS - count), encoding="utf-8")
    assert read(atlantis_copy)[1] == []
    path.write_text(before + words_after(MOST_WORDS - count + 1), encoding="utf-8")
    (problem,) = read(atlantis_copy)[1]
    assert problem.found == f"{MOST_WORDS + 1} words"


def test_a_page_may_be_long_and_cite_nothing(atlantis_copy):
    path = atlantis_copy / PAGE
    more = "\n\n" + "word. " * 500 + "\n\n#### Deep\n\n- one"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert read(atlantis_copy)[1] == []


def test_a_story_that_cites_its_atlas_needs_a_page(edit_text):
    (problem,) = edit_text("atlas.toml", 'pages = "pages"\n', "")
    assert (problem.file, problem.field) == ("atlas.toml", "pages")
    assert "[@this-atlas]" in problem.allowed
    assert problem.cure


def test_every_block_that_is_allowed_is_written():
    assert set(COMPUTED) == set(WRITERS)
