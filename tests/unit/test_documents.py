"""Files of story and pages: each that cannot be used is told, and the rest is read."""

from __future__ import annotations

import pytest

from borderviz.content import read
from borderviz.permalink import default_view
from borderviz.prose import plain
from borderviz.render.context import Context
from borderviz.render.story_html import step_title, story_html
from markup import parsed

FIRST = "story/01-reed-bridge.en.md"
OTHER = "story/01-reed-bridge.eo.md"
PAGE = "pages/01-about.en.md"
HEAD = '+++\nchapter = "ashore"\ntitle = "T"\nbox = [-39, 31, -38, 32]\n+++\n'


def write(root, name, text):
    (root / name).write_text(text, encoding="utf-8")
    return read(root)[1]


def only(problems, file):
    """The one problem in a file, complete."""
    mine = [p for p in problems if p.file == file]
    assert len(mine) == 1, [str(p) for p in problems]
    assert all((mine[0].found, mine[0].allowed, mine[0].cure))
    return mine[0]


def test_steps_and_pages_come_in_the_order_of_their_numbers(atlantis):
    assert [step.id for step in atlantis.story] == ["reed-bridge", "two-lines", "fog"]
    assert [page.id for page in atlantis.pages] == ["about"]
    first = atlantis.story[0]
    assert first.file == FIRST
    assert list(first.passages) == ["en", "eo"]
    assert first.titles["eo"] == "Supo ĉe la Kana Ponto"
    assert first.head.focus == "2001-05-04-reed-bridge-walker"
    assert plain(first.passages["en"].prose[0].items[0]).startswith("On 4 May 2001 a f")
    assert first.passages["en"].prose[0].line == 9


def test_a_page_has_a_short_name_or_its_title_stands_for_it(atlantis, atlantis_copy):
    assert atlantis.pages[0].passages["eo"].label == "Pri"
    path = atlantis_copy / PAGE
    text = path.read_text(encoding="utf-8").replace('label = "About"\n', "")
    assert write(atlantis_copy, PAGE, text) == []
    page = read(atlantis_copy)[0].pages[0]
    assert page.passages["en"].label == "About this invented atlas"


def test_a_step_without_a_translation_is_told_in_the_default_language(atlantis):
    step = atlantis.story[2]
    assert list(step.passages) == ["en"]
    context = Context(atlantis, default_view(atlantis).with_(lang="eo", story="fog"))
    assert step_title(step, context) == "Rafts in the fog"
    root = parsed(story_html(step, context))
    (told,) = root.all("div", "bv-told")
    assert told.language() == "en"
    assert root.all("article")[0]["lang"] == "eo"


@pytest.mark.parametrize(
    "name",
    [
        "1-fog.en.md",
        "001-fog.en.md",
        "fog.en.md",
        "04-Fog.en.md",
        "04-fog_.en.md",
        "04-fog--bank.en.md",
        "04-.en.md",
        "04-fog.md",
        "04-fog.english.md",
        "04-fog.EN.md",
        "04-fog.en.MD.md",
        "04 fog.en.md",
        "٠٤-fog.en.md",
        "README.md",
        "04-fog\n.en.md",
    ],
)
def test_a_file_with_another_name_is_told(atlantis_copy, name):
    (atlantis_copy / "story" / name).write_text(HEAD + "A [@this-atlas].")
    atlas, problems = read(atlantis_copy)
    (problem,) = problems
    assert problem.file.startswith("story/")
    assert problem.found == "a file with another name"
    assert problem.cure
    assert len(atlas.story) == 3


@pytest.mark.parametrize("name", ["04-x.txt", "04-x.en.markdown", "notes"])
def test_other_files_are_nobody_s_business(atlantis_copy, name):
    (atlantis_copy / "story" / name).write_text("anything")
    assert read(atlantis_copy)[1] == []


def test_a_step_without_the_default_language_is_told(atlantis_copy):
    (atlantis_copy / FIRST).unlink()
    atlas, problems = read(atlantis_copy)
    problem = only(problems, OTHER)
    assert "no file in the default language (en)" in problem.found
    assert problem.record == "reed-bridge"
    assert [step.id for step in atlas.story] == ["two-lines", "fog"]


def test_a_translation_with_another_number_is_told(atlantis_copy):
    folder = atlantis_copy / "story"
    (folder / "01-reed-bridge.eo.md").rename(folder / "04-reed-bridge.eo.md")
    problem = only(read(atlantis_copy)[1], "story/04-reed-bridge.eo.md")
    assert "default language" in problem.found


def test_a_language_that_the_atlas_lacks_is_told(atlantis_copy):
    text = (atlantis_copy / OTHER).read_text(encoding="utf-8")
    problems = write(atlantis_copy, "story/01-reed-bridge.ep.md", text)
    problem = only(problems, "story/01-reed-bridge.ep.md")
    assert (problem.record, problem.field) == ("reed-bridge", "language")
    assert problem.found == "ep"
    assert problem.allowed == "one of en, eo"


def test_the_same_id_twice_is_told(atlantis_copy):
    problems = write(
        atlantis_copy, "story/04-reed-bridge.en.md", HEAD + "A [@this-atlas]."
    )
    problem = only(problems, "story/04-reed-bridge.en.md")
    assert problem.record == "reed-bridge"
    assert f"an id that {FIRST} has already" in problem.found


@pytest.mark.parametrize(
    ("text", "field", "found"),
    [
        ("", "", "an empty line"),
        ("A [@this-atlas].", "", "A [@this-atlas]."),
        ("\n" + HEAD + "A [@this-atlas].", "", "an empty line"),
        (HEAD.rpartition("+++")[0] + "\nA [@this-atlas].", "", "+++"),
        ("---\ntitle: T\n---\nA.", "", "---"),
        ("+++\ntitle = \n+++\nA.", "front matter", "line 2"),
        ('+++\ntitle = "a\n+++\nA.', "front matter", "line 2"),
        ("+++\nx = " + "[" * 5000 + "\n+++\nA.", "front matter", ""),
        ('+++\n[a]\ntitle = "T"\n+++\nA.', "title", "nothing"),
        (HEAD.replace("T", ""), "title", "''"),
        (HEAD.replace("T", " \\t "), "title", "\\t"),
        (HEAD.replace("T", "T" * 91), "title", "TTTTTTT"),
        (HEAD.replace('"T"', "12"), "title", "12"),
        (HEAD.replace("chapter", "chaptre"), "chaptre", "ashore"),
        (HEAD.replace("ashore", "On Shore"), "chapter", "On Shore"),
        (HEAD.replace(", 32]", "]"), "box", "[-39, 31, -38]"),
        (HEAD.replace("32]", '"32"]'), "box.3", "32"),
        (HEAD.replace("title", "focus = 3\ntitle"), "focus", "3"),
        (HEAD.replace("title", 'label = "L"\ntitle'), "label", "L"),
        (HEAD, "", "no text"),
        (HEAD + "\n  \n\t\n", "", "no text"),
        (HEAD + "\n\n> A.", "line 8", "blockquote"),
        (HEAD + "A [@this-atlas].\n\n[x](https://example.org)", "line 8", "a link to"),
        (HEAD + "A [@This].", "line 6", "the citation [@This]"),
    ],
)
def test_a_step_that_cannot_be_used_is_told(atlantis_copy, text, field, found):
    problems = write(atlantis_copy, FIRST, text)
    mine = [p for p in problems if (p.file, p.field) == (FIRST, field)]
    assert len(mine) == 1, [str(p) for p in problems]
    assert mine[0].record == "reed-bridge"
    assert found in mine[0].found
    assert mine[0].allowed
    assert mine[0].cure
    assert str(mine[0]).isprintable()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('title = "Supo', 'chapter = "ashore"\ntitle = "Supo', "chapter"),
        ('title = "Supo', 'view = ""\ntitle = "Supo', "view"),
        ("title", "headline", "title"),
    ],
)
def test_what_steers_the_program_stands_in_one_file(edit_text, old, new, field):
    fields = {p.field for p in edit_text(OTHER, old, new) if p.file == OTHER}
    assert field in fields


def test_a_translation_that_cannot_be_used_leaves_the_step(edit_text, atlantis_copy):
    problems = edit_text(OTHER, "[fiŝisto](#", "[fiŝisto](/")
    problem = only(problems, OTHER)
    assert problem.field == "line 5"
    step = read(atlantis_copy)[0].story[0]
    assert list(step.passages) == ["en"]


def test_ends_of_lines_and_a_mark_of_order_change_nothing(atlantis_copy, atlantis):
    path = atlantis_copy / FIRST
    raw = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + raw)
    atlas, problems = read(atlantis_copy)
    assert problems == []
    assert atlas.story[0].passages["en"] == atlantis.story[0].passages["en"]


@pytest.mark.parametrize("odd", ["\u2028", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_ends_of_lines_end_lines(atlantis_copy, odd):
    """A title may hold a character that some programs break lines at."""
    escaped = odd if ord(odd) > 127 else f"\\u{ord(odd):04x}"
    text = HEAD.replace("T", f"T{escaped}t") + f"A{odd}a [@this-atlas].\n\nB."
    problem = only(write(atlantis_copy, FIRST, text), FIRST)
    assert (problem.field, problem.found) == ("line 8", "B.")
    step = read(atlantis_copy)[0].story[0]
    assert step.passages["en"].title == f"T{odd}t"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("nowhere", "no such folder"),
        ("facts.toml", "no folder of the atlas"),
        ("..", "no folder of the atlas"),
        ("/", "no folder of the atlas"),
        ("/etc", "no folder of the atlas"),
        ("../../..", "no folder of the atlas"),
        ("a\\u0000b", "no such folder"),
        ("x" * 5000, "no such folder"),
    ],
)
@pytest.mark.parametrize("key", ["story", "pages"])
def test_a_folder_that_is_none_is_told(edit_text, key, name, found):
    problems = edit_text("atlas.toml", f'{key} = "{key}"', f'{key} = "{name}"')
    mine = [p for p in problems if p.allowed == "a folder inside the atlas"]
    assert [p.found for p in mine] == [found]
    assert mine[0].cure


def test_links_out_of_the_atlas_are_not_followed(atlantis_copy, tmp_path):
    outside = tmp_path / "outside"
    (atlantis_copy / "story").rename(outside)
    (atlantis_copy / "story").symlink_to(outside)
    atlas, problems = read(atlantis_copy)
    assert only(problems, "story").found == "no folder of the atlas"
    assert atlas.story == []
    (atlantis_copy / "story").unlink()
    (atlantis_copy / "story").symlink_to(atlantis_copy / "story")
    assert only(read(atlantis_copy)[1], "story").cure


def test_a_file_that_leads_out_of_the_atlas_is_told(atlantis_copy, tmp_path):
    outside = tmp_path / "outside.md"
    (atlantis_copy / FIRST).rename(outside)
    (atlantis_copy / FIRST).symlink_to(outside)
    atlas, problems = read(atlantis_copy)
    assert "out of the atlas" in only(problems, FIRST).found
    assert [step.id for step in atlas.story] == ["two-lines", "fog"]


def test_a_file_that_is_a_folder_or_no_text_is_told(atlantis_copy):
    (atlantis_copy / FIRST).unlink()
    (atlantis_copy / FIRST).mkdir()
    assert "a folder" in only(read(atlantis_copy)[1], FIRST).found
    (atlantis_copy / FIRST).rmdir()
    (atlantis_copy / FIRST).write_bytes(b"\xff\xfe+\0")
    assert "not UTF-8" in only(read(atlantis_copy)[1], FIRST).found


def test_an_atlas_may_have_neither_story_nor_pages(edit_text, atlantis_copy):
    text = (atlantis_copy / "atlas.toml").read_text(encoding="utf-8")
    start, end = text.index("[[chapters]]"), text.index("[[groups]]")
    edit_text("atlas.toml", text[start:end], "")
    lines = 'story = "story"\npages = "pages"\ncorrections = "corrections.toml"\n'
    assert edit_text("atlas.toml", lines, "") == []
    atlas, _ = read(atlantis_copy)
    assert (atlas.story, atlas.pages, atlas.corrections) == ([], [], [])
