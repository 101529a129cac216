"""`borderviz check`: what is told first, where, and how much of it."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from borderviz import cli
from borderviz.content import read

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
FEW = 10


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(ATLANTIS, tmp_path / "atlas"))


@pytest.fixture
def told(capfd):
    """Check a folder; return the exit code and what was printed."""

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main(["check", *(str(word) for word in words)])
        out, err = capfd.readouterr()
        assert err == ""
        return ended.value.code, out

    return run


def change(folder, name, old, new, count=-1):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def places(out):
    """The first line of each problem."""
    return [b.splitlines()[0] for b in out.split("\n\n") if "\n  found " in b]


# --- the first to mend first ----------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("borders.toml", "sources.json", "styles.toml", "lines.geojson"),
        *("places.geojson", "sectors.toml", "questions.toml", "licences/CC0-1.0.txt"),
    ],
)
def test_nothing_that_follows_from_a_missing_file_is_told(copy, name):
    (copy / name).unlink()
    assert [(p.file, p.found) for p in read(copy)[1]] == [(name, "no such file")]


@pytest.mark.parametrize("name", ["story", "pages"])
def test_nothing_that_follows_from_a_missing_folder_is_told(copy, name):
    shutil.rmtree(copy / name)
    assert {p.file for p in read(copy)[1]} == {name}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # A source, a border, a town, a sector, a shape, a step: each named elsewhere.
        ("sources.json", '"publisher": "Tower Press"', '"publisher": 1'),
        ("borders.toml", 'kind = "border"', 'kind = "boarder"'),
        ("places.geojson", '"rank": 1', '"rank": 9'),
        ("sectors.toml", "measured_km = 57.0", 'measured_km = "57"'),
        ("lines.geojson", "[-39.5, 31.5]", "[31.5, -139.5]"),
        ("crossings.geojson", "[-38.9, 31.55]", "[31.55, -138.9]"),
        ("questions.toml", 'id = "coral-length"', "id = 1"),
        ("story/03-fog.en.md", 'chapter = "afloat"', "chapter = 1"),
    ],
)
def test_nothing_that_follows_from_a_broken_entry_is_told(copy, name, old, new):
    change(copy, name, old, new, 1)
    problems = read(copy)[1]
    assert len(problems) == 1
    assert problems[0].file == name


def test_files_come_before_entries(told, copy):
    change(copy, "sources.json", '"publisher": "Tower Press"', '"publisher": 1')
    (copy / "timeline.toml").write_text("[[", encoding="utf-8")
    code, out = told(copy)
    assert code == 1
    assert [place.split(":")[0] for place in places(out)] == [
        "timeline.toml",
        "sources.json",
    ]
    assert "Rules that take several entries are looked at when" in out


def test_what_is_wrong_by_itself_is_told_beside_a_broken_entry(copy):
    change(copy, "sources.json", '"publisher": "Tower Press"', '"publisher": 1')
    change(copy, "crossings.geojson", '"mode": "raft"', '"mode": "float"')
    assert {p.field for p in read(copy)[1]} == {"publisher", "mode"}


def test_a_misspelt_field_is_told_once(copy):
    change(copy, "facts.toml", 'confidence = "high"', 'confidense = "high"', 1)
    (problem,) = read(copy)[1]
    assert problem.field == "confidense"
    assert problem.cure.startswith("Did you mean confidence")


def test_a_misspelt_word_a_misspelt_file_and_a_misspelt_table_are_recognised(copy):
    change(copy, "borders.toml", 'kind = "zone"', 'kind = "zome"')
    change(copy, "timeline.toml", "[[record]]", "[[recrod]]", 1)
    (copy / "sectors.toml").rename(copy / "sector.toml")
    found = {p.file: p.cure for p in read(copy)[1]}
    assert found["borders.toml"].startswith("Did you mean zone?")
    assert found["timeline.toml"].endswith("[[record]].")
    assert found["sectors.toml"].startswith("Did you mean sector.toml")


# --- how much, where ------------------------------------------------------------------


@pytest.mark.parametrize(("many", "shown"), [(FEW, FEW), (FEW + 1, FEW)])
def test_so_many_are_told_and_the_rest_is_counted(told, copy, many, shown):
    path = copy / "sources.json"
    rows = [{"id": f"n-{n}", "type": "book", "title": "T"} for n in range(many)]
    path.write_text(json.dumps([*json.loads(path.read_text("utf-8")), *rows]))
    code, out = told(copy)
    assert code == 1
    assert len(places(out)) == shown
    assert ("... and 1 more" in out) == (many > shown)
    assert f"{many} problems in the content" in out
    assert len(places(told(copy, "--all")[1])) == many


def test_the_check_says_how_much_is_well(told, copy):
    change(copy, "facts.toml", 'confidence = "high"', 'confidence = "so-so"', 1)
    files = len(list(copy.rglob("*.*")))
    out = told(copy)[1]
    (line,) = [x for x in out.splitlines() if x.startswith("Without any: ")]
    well, all_files, good, entries = map(int, re.findall(r"\d+", line))
    assert (well, all_files) == (files - 1, files)
    assert good == entries - 1
    records = len(read(ATLANTIS)[0].records)
    assert entries > records


def test_an_empty_folder_leads_to_a_new_atlas(told, tmp_path):
    assert told(tmp_path)[1].endswith("\nTo begin an atlas: borderviz new-atlas DIR\n")


# Each puts one word into a file; the line told must be the line where that stands.
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("facts.toml", 'confidence = "high"', 'confidence = "odd"'),
        ("facts.toml", 'theme = "arrivals"', 'theme = "odd"'),
        ("facts.toml", "value = 60", 'value = "odd"'),
        ("borders.toml", 'as_of = "1999"', 'as_of = "odd"'),
        ("borders.toml", 'sources = ["mirror-copy"]},', 'sources = ["odd"]},'),
        ("crossings.geojson", '"mode": "dolphin"', '"mode": "odd"'),
        ("crossings.geojson", '"how": "background"', '"how": "odd"'),
        ("crossings.geojson", '"area": "open-sea"', '"area": "odd"'),
        ("places.geojson", '"country": "MUU"', '"country": "odd"'),
        ("sources.json", '"type": "report"', '"typ": "report"'),
        ("sectors.toml", "lon_west = -38.9", 'lon_west = "odd"'),
        ("styles.toml", 'token = "south"', 'token = "odd"'),
        ("questions.toml", "charted = false", 'charted = "odd"'),
        ("atlas.toml", 'style = "gate"', 'style = "odd"'),
        ("atlas.toml", 'directions = ["up"]', 'directions = ["odd"]'),
        ("atlas.toml", 'symbol = "hull"', 'symbol = "odd"'),
        ("atlas.toml", "turn = 180", 'turn = "odd"'),
        ("atlas.toml", "reach_km = 50", 'reach_km = "odd"'),
        ("atlas.toml", 'link_hosts = ["example.org"', 'link_hosts = ["ODD"'),
        ("atlas.toml", 'right = "MUU"', 'right = "odd"'),
        ("atlas.toml", 'query = "dir=down&mode=foot"', 'query = "odd=1"'),
        ("story/03-fog.en.md", "[@old-chronicle].", "[@odd]."),
        ("timeline.toml", 'date = "1953-07-27"', "odd = = 1953"),
        ("land.geojson", '"tier": "near",', '"tier": "odd",'),
    ],
)
def test_the_line_that_is_told_is_that_of_the_fault(told, copy, name, old, new):
    change(copy, name, old, new, 1)
    lines = (copy / name).read_text("utf-8").splitlines()
    wrong = 1 + next(n for n, line in enumerate(lines) if new in line)
    found = json.loads(told(copy, "--json")[1])
    assert found[0]["line"] == wrong
    assert places(told(copy)[1])[0].startswith(f"{name}:{wrong}")


def test_a_field_that_is_missing_is_told_at_its_entry(told, copy):
    change(copy, "facts.toml", 'confidence = "high"\n', "", 1)
    (problem,) = json.loads(told(copy, "--json")[1])
    tables = tomllib.loads((copy / "facts.toml").read_text("utf-8"))["record"]
    (number,) = [n for n, t in enumerate(tables) if t["id"] == problem["record"]]
    lines = (copy / "facts.toml").read_text("utf-8").splitlines()
    headings = [n for n, line in enumerate(lines, 1) if line == "[[record]]"]
    assert problem["line"] == headings[number]


def test_an_entry_without_an_id_is_found_by_its_number(told, copy):
    change(copy, "facts.toml", 'id = "singing-fish"\n', "")
    problem = json.loads(told(copy, "--json")[1])[0]
    assert problem["record"] == "#3"
    lines = (copy / "facts.toml").read_text("utf-8").splitlines()
    headings = [n for n, line in enumerate(lines, 1) if line == "[[record]]"]
    assert problem["line"] == headings[2]


def test_a_file_that_is_not_there_has_no_line(told, copy):
    (copy / "facts.toml").unlink()
    assert json.loads(told(copy, "--json")[1])[0]["line"] is None
    assert places(told(copy)[1]) == ["facts.toml"]
