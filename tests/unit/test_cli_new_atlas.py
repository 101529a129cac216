"""`borderviz new-atlas` and `schema`: an atlas to begin with, that works as it is."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from borderviz import cli
from borderviz.content import load, read
from borderviz.export.formats import data_bytes
from borderviz.measure import measure
from borderviz.paths import content_files
from borderviz.permalink import decode_query
from borderviz.render.context import Context
from borderviz.schemas import SCHEMAS, file_name, schema
from borderviz.selection import select
from borderviz.strip import event_strip
from borderviz.writing import SIGN

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "src" / "borderviz" / "starter"
# Blanks, quotes, letters of three alphabets.
ODD = "my border's “Länd” 국경"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch, tmp_path):
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def told(capfd):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        return ended.value.code, *capfd.readouterr()

    return run


def files_in(folder):
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths}


# --- what is written ------------------------------------------------------------------


def test_a_new_atlas_is_good_and_has_a_bit_of_everything(told, tmp_path):
    code, _, err = told("new-atlas", "here")
    assert (code, err) == (0, "")
    atlas = load(tmp_path / "here")
    assert {"border", "crossing", "incident", "event", "fact"} == {
        record.kind for record in atlas.records.values()
    }
    (line,) = measure(atlas)
    assert line.as_dict("en")["stated"]
    assert set(atlas.along) >= {"2001-05-12-walker", "2008-09-boat", "2014-family"}
    assert atlas.places
    assert atlas.sectors
    assert atlas.story
    assert atlas.pages
    assert atlas.licences
    # One event has no point, and each filter has something to choose from.
    assert "2014-family" not in atlas.positions
    vocabulary = atlas.settings.vocabulary
    assert min(map(len, (vocabulary.direction, vocabulary.mode, vocabulary.who))) > 1
    assert {token.token for token in atlas.styles.values()} > {"zone", "south", "north"}


def test_every_view_of_a_new_atlas_shows_something(told, tmp_path):
    told("new-atlas", "here")
    atlas = load(tmp_path / "here")
    for query in ("", *(preset.query for preset in atlas.settings.presets)):
        view = decode_query(query, atlas, ()).view
        selection = select(atlas, view)
        assert selection.records
        context = Context(atlas, view)
        assert data_bytes("geojson", selection, context, today=dt.date(2026, 11, 24))
    (axis,) = atlas.axes.values()
    strip = event_strip(list(atlas.records.values()), axis, atlas)
    assert len(strip.marks) == 3


def test_a_new_atlas_says_that_it_is_invented(told, tmp_path):
    told("new-atlas", "here")
    for path in content_files(tmp_path / "here"):
        text = path.read_text("utf-8").lower()
        assert "invented" in text or path.name in ("styles.toml", "CC-BY-4.0.txt")


def test_every_table_has_comments_that_teach():
    for path in STARTER.glob("*.toml"):
        lines = path.read_text("utf-8").splitlines()
        assert lines[0] == f"#:schema ./.schemas/{lines[0].rpartition('/')[2]}"
        assert lines[1].startswith("# ")
        assert max(map(len, lines)) <= 110
    settings = (STARTER / "atlas.toml").read_text("utf-8").splitlines()
    assert sum(line.startswith("#") for line in settings) > 50


def test_the_schemas_that_the_files_name_are_there(told, tmp_path):
    told("new-atlas", "here")
    folder = tmp_path / "here"
    assert files_in(folder / ".schemas") == {SIGN, *map(file_name, SCHEMAS)}
    named = 0
    for path in (*folder.glob("*.toml"), *folder.glob("*.geojson")):
        (name,) = re.findall(r"\./\.schemas/([a-z-]+\.schema\.json)", path.read_text())
        assert (folder / ".schemas" / name).is_file()
        named += 1
    assert named > 7
    editor = json.loads((folder / ".vscode" / "settings.json").read_text())
    for row in editor["json.schemas"]:
        assert (folder / row["url"]).is_file()
        assert all((folder / name[1:]).is_file() for name in row["fileMatch"])


def test_the_readme_of_a_new_atlas_names_its_files(told, tmp_path):
    told("new-atlas", "here")
    text = (tmp_path / "here" / "README.md").read_text("utf-8")
    names = {name.split("/")[0] for name in files_in(tmp_path / "here")}
    assert {n for n in names if f"| `{n}" not in text and f"`{n}/`" not in text} == {
        "README.md",
        ".vscode",
    }


def test_the_licence_is_the_one_of_the_atlas_that_came_along():
    name = "licences/CC-BY-4.0.txt"
    assert (STARTER / name).read_bytes() == (ROOT / "geodata" / name).read_bytes()


# --- title and languages --------------------------------------------------------------


def test_title_and_languages_are_the_authors(told, tmp_path):
    title = 'The "Zed" \\ <b>&'
    words = ("--title", title, "--languages", "ko,en,pt-BR")
    code, out, _ = told("new-atlas", "here", *words)
    assert code == 0
    atlas = load(tmp_path / "here")
    assert atlas.settings.title == {"ko": title}
    assert atlas.settings.id == "the-zed-b"
    assert atlas.settings.languages == {
        "ko": "한국어",
        "en": "English",
        "pt-BR": "português (Brasil)",
    }
    assert list(atlas.story[0].passages) == ["ko"]
    assert "stand under ko, but are English so far" in out
    assert "Texts in en, pt-BR may wait" in out


@pytest.mark.parametrize(
    ("title", "identity"),
    [("국경", "gukgyeong"), ("???", "atlas"), ("", "starter"), (" A  b ", "a-b")],
)
def test_the_id_follows_from_the_title(told, tmp_path, title, identity):
    assert told("new-atlas", "here", "--title", title)[0] == 0
    assert re.fullmatch(rf"{identity}|[a-z0-9-]+", load(tmp_path / "here").settings.id)
    if identity != "gukgyeong":
        assert load(tmp_path / "here").settings.id == identity


@pytest.mark.parametrize(
    "words",
    [
        ["--languages", "english"],
        ["--languages", "en,,ko"],
        ["--languages", ""],
        ["--title", "two\nlines"],
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_written(told, tmp_path, words):
    code, out, err = told("new-atlas", "here", *words)
    assert (code, out) == (2, "")
    assert words[0] in err
    assert files_in(tmp_path) == set()


# --- where it is written --------------------------------------------------------------


def test_an_empty_folder_is_filled_and_a_full_one_left_alone(told, tmp_path):
    (tmp_path / "here").mkdir()
    assert told("new-atlas", "here")[0] == 0
    before = {
        name: (tmp_path / "here" / name).read_bytes()
        for name in files_in(tmp_path / "here")
    }
    code, out, err = told("new-atlas", "here", "--title", "Other")
    assert (code, out) == (2, "")
    assert "not empty" in err
    assert before == {
        name: (tmp_path / "here" / name).read_bytes()
        for name in files_in(tmp_path / "here")
    }
    # It has no sign that an export leaves: no command may replace an author's work.
    assert not (tmp_path / "here" / SIGN).exists()


@pytest.mark.parametrize("name", [".", "..", "file", "no/way"])
def test_where_no_atlas_can_be_is_told(told, tmp_path, monkeypatch, name):
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "file").touch()
    monkeypatch.chdir(inside)
    code, out, err = told("new-atlas", name)
    assert (code, out) == (2, "")
    assert f"{name} was not written: " in err
    assert "Name a" in err or "Choose another" in err or "make it first" in err
    assert files_in(tmp_path) == {"inside/file"}


def test_nothing_half_written_is_left(told, tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("borderviz.cli.new_atlas.write_schemas", full)
    code, _, err = told("new-atlas", "here")
    assert code == 2
    assert "The disk is full" in err
    assert files_in(tmp_path) == set()


@pytest.mark.parametrize("name", [ODD, "-x", "--help me"])
def test_the_commands_that_come_next_can_be_copied(told, tmp_path, name):
    code, out, _ = told("new-atlas", "--", name)
    assert code == 0
    commands = [line.strip() for line in out.splitlines() if line.startswith("  ")]
    check, run, export = (
        c for c in commands if " -m borderviz " in c or "borderviz" in c
    )
    own = f"{sys.executable} -m borderviz"
    check = check.replace(own, "borderviz")
    for command in (check, export.replace(own, "borderviz")):
        done = subprocess.run(
            ["sh", "-c", command.replace("borderviz", own, 1)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert " run --atlas " in run
    assert (tmp_path / "atlas.html").stat().st_size > 100_000


@pytest.mark.parametrize("is_absolute", [False, True])
def test_every_command_works_in_a_folder_of_an_odd_name(told, tmp_path, is_absolute):
    told("new-atlas", ODD)
    atlas = tmp_path / ODD if is_absolute else Path(ODD)
    (tmp_path / "points.csv").write_text("lon,lat\n-29.2,45.04\n")
    for words in (
        ("check", atlas),
        ("measure", "--atlas", atlas),
        ("list", "--atlas", atlas),
        ("cite", "--atlas", atlas),
        ("locate", "points.csv", "--atlas", atlas),
        ("export", "csv", "--atlas", atlas, "-o", f"{ODD}.csv"),
        ("export", "zip", "--atlas", atlas, "-o", f"{ODD}.zip"),
        ("translate", "eo", "--atlas", atlas),
        ("schema", "-o", atlas / ".schemas", "--force"),
    ):
        code, _, err = told(*words)
        assert code == 0, err


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_takes_a_folder_of_an_odd_name():
    odd = f"{ODD} \"'&; x"
    stamps = ["-o", ".venv/run.stamp", "-o", ".venv/test.stamp"]
    targets = ["run", "check", "site", "new-atlas"]
    done = subprocess.run(
        ["make", "-n", *stamps, *targets, f"ATLAS={odd}", "OUT=a b"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    told_of = [line for line in done.stdout.splitlines() if "borderviz " in line]
    assert len(told_of) == 4
    # The shell takes the name from its environment, whatever letters are in it.
    assert all('"$ATLAS"' in line for line in told_of)
    assert odd not in done.stdout


# --- schemas --------------------------------------------------------------------------


def test_schemas_are_listed_shown_and_written(told, tmp_path):
    code, out, err = told("schema")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(SCHEMAS)
    code, out, err = told("schema", "sources")
    assert (code, err) == (0, "")
    assert json.loads(out) == schema("sources")
    code, out, err = told("schema", "-o", "all")
    assert (code, out) == (0, "")
    assert files_in(tmp_path / "all") == {SIGN, *map(file_name, SCHEMAS)}
    assert told("schema", "-o", "all")[0] == 2
    assert told("schema", "-o", "all", "--force")[0] == 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [(["source"], "Did you mean 'sources'?"), (["sources", "-o", "x"], "--output")],
)
def test_a_schema_that_cannot_be_written_is_a_fault_in_the_call(told, words, hint):
    code, out, err = told("schema", *words)
    assert (code, out) == (2, "")
    assert hint in err


def test_the_starter_is_an_atlas_of_its_own():
    atlas, problems = read(STARTER)
    assert problems == []
    assert tomllib.loads((STARTER / "atlas.toml").read_text())["id"] == "starter"
    assert atlas.settings.title == {"en": "The border of Exland and Wyland"}
