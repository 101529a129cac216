"""Another language by files alone: what is read, refused, or only noted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from borderviz.content import fingerprint, load, read
from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.render.map_data import words_data
from borderviz.render.overview_html import overview_html
from borderviz.search import build_index, search
from borderviz.translations import notes, passages
from hostile import ALL
from markup import parsed
from pseudo import LANG, is_pseudo, outside, pseudo, pseudo_copy

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
BRIDGE = "2001-05-04-reed-bridge-walker"


@pytest.fixture
def german(atlantis_copy):
    """Declare a language of which there is nothing yet; return how to add to it."""
    path = atlantis_copy / "atlas.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('eo = "Esperanto"}', 'eo = "Esperanto", de = "Deutsch"}', 1)
    path.write_text(text, encoding="utf-8")
    for name in ("texts", "translations"):
        (atlantis_copy / name).mkdir()

    def add(name, text):
        (atlantis_copy / name).write_text(text, encoding="utf-8")
        return read(atlantis_copy)

    return add


def entry(before, after, flags=""):
    lines = [f"#, {flags}"] if flags else []
    quoted = [s.replace("\\", "\\\\").replace('"', '\\"') for s in (before, after)]
    return "\n".join([*lines, f'msgid "{quoted[0]}"', f'msgstr "{quoted[1]}"', "", ""])


def test_a_translation_fills_in_what_a_text_lacks(german, atlantis):
    title = atlantis.records[BRIDGE].title["en"]
    own = next(p for p in passages(atlantis) if "eo" in p.text)
    po = HEAD + entry(title, "Ein Übergang") + entry(own.text["en"], "Eigenes")
    atlas, problems = german("translations/de.po", po)
    assert problems == []
    assert atlas.records[BRIDGE].title["de"] == "Ein Übergang"
    context = Context(atlas, default_view(atlas).with_(lang="de"))
    assert context.plain(atlas.records[BRIDGE].title) == "Ein Übergang"
    assert search(build_index(atlas), "Übergang")[0].id == BRIDGE
    named = {r["id"]: r for r in words_data(atlas, "de")["records"]}
    assert named[BRIDGE]["title"] == "Ein Übergang"
    assert "lang" not in named[BRIDGE]


def test_a_text_s_own_words_come_first(german, atlantis):
    own = next(p for p in passages(atlantis) if "eo" in p.text)
    po = HEAD + entry(own.text["en"], "alia")
    atlas, problems = german("translations/eo.po", po)
    assert problems == []
    same = next(p for p in passages(atlas) if p[:3] == own[:3])
    assert same.text == own.text


@pytest.mark.parametrize("flags", ["fuzzy", "fuzzy, python-format"])
def test_a_guess_is_not_used(german, atlantis, flags):
    title = atlantis.records[BRIDGE].title["en"]
    atlas, problems = german("translations/de.po", HEAD + entry(title, "Nein", flags))
    assert problems == []
    assert "de" not in atlas.records[BRIDGE].title


@pytest.mark.parametrize("after", ["", " "])
def test_an_empty_translation_is_none(german, atlantis, after):
    title = atlantis.records[BRIDGE].title["en"]
    atlas, _ = german("translations/de.po", HEAD + entry(title, after))
    assert "de" not in atlas.records[BRIDGE].title


def test_any_words_are_only_words(german, atlantis):
    title = atlantis.records[BRIDGE].title["en"]
    for text in (t for t in ALL if t.isprintable() and len(t) < 200):
        atlas, problems = german("translations/de.po", HEAD + entry(title, text))
        assert problems == []
        assert atlas.records[BRIDGE].title["de"] == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a\nmsgstr "b"\n', 4),
        ('msgid "a"\nmsgstr b\n', 5),
        ('msgid "a"\nmsgstr "b" "c"\n', 5),
        ('msgid "a" # no\n', 4),
        ('mgsid "a"\nmsgstr "b"\n', 4),
        ('<<<<<<< HEAD\nmsgid "a"\n', 4),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[7] "c"\n', None),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(german, text, line):
    atlas, (problem,) = german("translations/de.po", HEAD + text)
    assert problem.file == "translations/de.po"
    assert line is None or problem.field == f"line {line}"
    assert problem.found
    assert problem.cure
    assert atlas is not None


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b'msgid ""\nmsgstr "Plural-Forms: nplurals=x;\\n"\n']
)
def test_bytes_that_are_no_translations_are_told(german, atlantis_copy, data):
    german("texts/de.toml", "")
    (atlantis_copy / "translations" / "de.po").write_bytes(data)
    _, (problem,) = read(atlantis_copy)
    assert problem.file == "translations/de.po"


@pytest.mark.parametrize("name", ["translations/fr.po", "texts/fr.toml"])
def test_a_language_that_is_not_declared_is_told(german, name):
    _, (problem,) = german(name, "")
    assert problem.file == name
    assert "'fr'" in problem.found
    assert "en, eo, de" in problem.allowed


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('clos = "X"', "clos"),
        ('list-count = "viele"', "list-count"),
        ('list-count = {one = "{count}"}', "list-count"),
        ("close = ", ""),
    ],
)
def test_wrong_words_for_the_interface_are_told(german, text, field):
    atlas, problems = german("texts/de.toml", f'{text}\nzoom-in = "Näher"\n')
    assert {(p.file, p.field.split(".")[0]) for p in problems} == {
        ("texts/de.toml", field)
    }
    # What is left can still be said, whatever the numbers are.
    context = Context(atlas, default_view(atlas).with_(lang="de"))
    assert context.say("list-count", count=1) == "1 record"
    assert parsed(overview_html(context)).text


def test_an_interface_in_the_atlas_s_own_words(german):
    words = (
        'close = "Zu"\ngroup-title = {one = "{count} Ort", other = "{count} Orte"}\n'
    )
    atlas, problems = german("texts/de.toml", words)
    assert problems == []
    context = Context(atlas, default_view(atlas).with_(lang="de"))
    assert context.say("close") == "Zu"
    assert context.say("group-title", count=1) == "1 Ort"
    assert words_data(atlas, "de")["ui"]["close"] == "Zu"
    assert words_data(atlas, "de")["ui"]["group-title"]["other"] == "{count} Orte"
    assert words_data(atlas, "en")["ui"]["close"] == "Close"


def test_what_is_unfinished_is_no_fault_but_noted(german, atlantis):
    title = atlantis.records[BRIDGE].title["en"]
    gone = entry("A text of last year", "Von gestern")
    german("texts/de.toml", 'close = "Zu"')
    atlas, problems = german("translations/de.po", HEAD + entry(title, "Neu") + gone)
    assert problems == []
    by_file = {note.file: note for note in notes(atlas)}
    assert set(by_file) == {"texts/eo.toml", "texts/de.toml", "translations/de.po"}
    assert "A text of last year" in by_file["translations/de.po"].found
    assert "borderviz translate de" in by_file["texts/de.toml"].cure


def test_a_finished_atlas_has_nothing_to_note(atlas):
    assert notes(atlas) == []


@pytest.mark.parametrize("name", ["translations/de.po", "texts/de.toml"])
def test_the_data_version_follows_a_translation(german, atlantis_copy, name):
    german(name, "")
    before = fingerprint(atlantis_copy)
    german(name, "# nothing yet\n")
    assert fingerprint(atlantis_copy) != before


def test_a_link_out_of_the_atlas_is_not_followed(german, atlantis_copy, tmp_path):
    (tmp_path / "x.po").write_text(HEAD, encoding="utf-8")
    (atlantis_copy / "translations" / "de.po").symlink_to(tmp_path / "x.po")
    _, (problem,) = read(atlantis_copy)
    assert "out of the atlas" in problem.found


def test_an_atlas_without_translations_does_not_wait_for_their_reader():
    probe = (
        "import sys; from pathlib import Path; from borderviz.content import load\n"
        "load(Path(sys.argv[1])); sys.exit('babel.messages' in sys.modules)"
    )
    root = str(pytest.importorskip("conftest").ATLANTIS)
    done = subprocess.run([sys.executable, "-c", probe, root], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["atlantis", "atlas"])
def test_a_language_is_complete_by_files_alone(request, tmp_path, name):
    root = pseudo_copy(request.getfixturevalue(name).root, tmp_path / name)
    atlas = load(root)
    assert [note.file for note in notes(atlas) if LANG in note.file] == []
    assert not [p for p in passages(atlas) if LANG not in p.text]


def test_what_is_pseudo_is_recognised():
    text = pseudo("{count} records")
    assert text.startswith("⟦")
    assert "{count}" in text
    assert len(text) > 1.2 * len("{count} records")
    assert is_pseudo(f"12 · {text} ({pseudo(text)})")
    assert not is_pseudo(f"{text} more")
    assert outside("⟦a ⟦b⟧ c⟧ d⟦e⟧") == " d"
