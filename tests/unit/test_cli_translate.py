"""`borderviz translate`: files appear, nothing that was written is lost."""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from borderviz import cli
from borderviz.content import load, read
from borderviz.texts import catalogue, categories, table_faults

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
TITLE = "The two borders of Atlantis"


@pytest.fixture
def told(capfd, tmp_path):
    """Run the command on a copy; return its exit code, its output, its complaints."""
    root = shutil.copytree(ATLANTIS, tmp_path / "atlas")

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main(["translate", *words, "--atlas", str(root)])
        return ended.value.code or 0, *capfd.readouterr()

    run.root = root
    return run


@pytest.fixture
def po(told):
    return told.root / "translations" / "pl.po"


def change(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def fill(path, before, after):
    change(path, f'msgid "{before}"\nmsgstr ""', f'msgid "{before}"\nmsgstr "{after}"')


def names(root):
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*"))


def test_a_new_language_gets_two_files_to_fill_in(told, po):
    code, out, err = told("pl")
    assert (code, err) == (0, "")
    assert "translations/pl.po: 0 of " in out
    assert f"texts/pl.toml: 0 of {len(catalogue('en'))} words" in out
    assert 'add pl = "its own name" to languages' in out
    text = po.read_text(encoding="utf-8")
    assert f'#. atlas.toml › title\nmsgid "{TITLE}"\nmsgstr ""\n' in text
    assert not any(
        mark in text for mark in ("fuzzy", "POT-Creation", "ADDRESS", "YEAR")
    )
    languages = 'eo = "Esperanto"}'
    change(told.root / "atlas.toml", languages, f'{languages[:-1]}, pl = "polski"}}')
    assert read(told.root)[1] == []
    assert "its own name" not in told("pl")[1]


def test_the_words_of_the_interface_can_be_had_by_taking_the_marks_away(told):
    told("pl")
    path = told.root / "texts" / "pl.toml"
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    lines = [line.removeprefix("# ") for line in text.splitlines() if " = " in line]
    table = tomllib.loads("\n".join(lines))
    assert list(table) == list(catalogue("en"))
    assert list(table_faults(table, "pl")) == []
    assert list(table["list-count"]) == categories("pl")
    assert table["sentence-all"]["by"] == "total"


def test_what_was_written_stays(told, po):
    told("pl")
    fill(po, TITLE, "Dwie granice")
    change(po, "#. atlas.toml › title", "# a note of mine\n#. atlas.toml › title")
    change(
        po,
        '"Language: pl',
        '"Last-Translator: Ewa <ewa@example.org>\\n"\n"Language: pl',
    )
    table = told.root / "texts" / "pl.toml"
    change(table, '# close = "Close"', 'close = "Zamknij"')
    code, out, _ = told("pl")
    assert code == 0
    assert "translations/pl.po: 1 of " in out
    assert "texts/pl.toml: 1 of " in out
    text = po.read_text(encoding="utf-8")
    assert "# a note of mine" in text
    assert 'msgstr "Dwie granice"' in text
    assert "Ewa <ewa@example.org>" in text
    assert 'close = "Zamknij"' in table.read_text(encoding="utf-8")


def test_a_second_time_changes_nothing(told):
    told("pl")
    before = {p: p.read_bytes() for p in told.root.rglob("*") if p.is_file()}
    told("pl")
    assert {p: p.read_bytes() for p in told.root.rglob("*") if p.is_file()} == before


def test_a_text_that_changed_keeps_its_translation_as_a_guess(told, po):
    told("pl")
    fill(po, TITLE, "Dwie granice")
    change(told.root / "atlas.toml", TITLE, f"{TITLE}, again")
    assert "1 guessed" in told("pl")[1]
    text = po.read_text(encoding="utf-8")
    assert f'#, fuzzy\n#| msgid "{TITLE}"\nmsgid "{TITLE}, again"\n' in text


def test_a_text_that_is_gone_is_kept_apart_and_comes_back(told, po):
    told("pl")
    fill(po, TITLE, "Dwie granice")
    settings = told.root / "atlas.toml"
    change(settings, TITLE, "Quite something else")
    assert "1 no longer in the atlas" in told("pl")[1]
    assert f'#~ msgid "{TITLE}"\n#~ msgstr "Dwie granice"' in po.read_text("utf-8")
    change(settings, "Quite something else", TITLE)
    assert "no longer" not in told("pl")[1]
    catalog = read_po(po.read_text("utf-8").splitlines(keepends=True))
    assert catalog[TITLE].string == "Dwie granice"


def test_a_language_that_is_half_there_lacks_the_rest_only(told):
    code, out, _ = told("eo")
    done, total = (int(n) for n in out.split(": ")[1].split(" texts")[0].split(" of "))
    assert code == 0
    assert 0 < total - done < done
    catalog = read_po(told.root.joinpath("translations/eo.po").open("rb"))
    assert sum(bool(m.id) for m in catalog) <= total - done
    assert "its own name" not in out


def test_a_language_the_program_has_needs_no_words_for_it(told):
    code, out, _ = told("ko")
    assert code == 0
    assert "texts/" not in out
    assert not (told.root / "texts").exists()


@pytest.mark.parametrize(
    ("lang", "part"),
    [
        ("en", "default language"),
        ("zz", "no language"),
        ("english", "no language"),
        ("../x", "no language"),
        ("\x1b[31m", "no language"),
        ("", "no language"),
    ],
)
def test_what_is_no_language_is_a_fault_in_the_call(told, lang, part):
    before = names(told.root)
    code, out, err = told(lang)
    assert (code, out) == (2, "")
    assert part in err
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert names(told.root) == before


def test_a_file_that_cannot_be_read_is_not_touched(told, po):
    told("pl")
    change(po, f'msgid "{TITLE}"', f'msgid "{TITLE}')
    before = po.read_bytes()
    code, _, err = told("pl")
    assert code == 1
    assert "translations/pl.po › line " in err
    assert po.read_bytes() == before


def test_words_that_cannot_be_read_are_not_touched(told):
    told("pl")
    path = told.root / "texts" / "pl.toml"
    path.write_text("close = ", encoding="utf-8")
    code, _, err = told("pl")
    assert code == 2
    assert err.startswith("borderviz: ")
    assert path.read_text(encoding="utf-8") == "close = "


def test_an_atlas_without_settings_is_told_in_one_line(told):
    (told.root / "atlas.toml").unlink()
    code, out, err = told("pl")
    assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_folder_that_cannot_be_written_is_a_fault_in_the_call(told):
    told.root.chmod(0o500)
    assert told("pl")[0] == 2
    told.root.chmod(0o700)


def test_a_place_that_takes_no_file_leaves_nothing_behind(told):
    (told.root / "translations").write_text("in the way", encoding="utf-8")
    code, _, err = told("pl")
    assert code == 2
    assert err.startswith("borderviz: ")
    assert load(told.root)
    assert not [name for name in names(told.root) if name.endswith(".part")]
