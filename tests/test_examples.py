"""A second real border needs no change of the program; its tutorial tells the truth."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from borderviz import cli
from borderviz.along import along_of
from borderviz.axes import axes_of
from borderviz.content import Atlas, load, read
from borderviz.permalink import SHEETS

ROOT = Path(__file__).parents[1]
RHINE = ROOT / "examples" / "rhine"
GUIDE = (ROOT / "docs" / "another-border.md").read_text("utf-8")
# What a fence says after its language is the file that it writes.
BLOCK = re.compile(
    r"^```(console|toml|json|markdown)(?: (\S+))?\n(.*?)^```$", re.M | re.S
)
HEADING = re.compile(r"^\[\[?[a-z_.]+\]?\]$", re.M)
STEPS = [match.groups() for match in BLOCK.finditer(GUIDE)]


@pytest.fixture(scope="module")
def rhine() -> Atlas:
    """The atlas of Liechtenstein's borders."""
    return load(RHINE)


# --- the atlas ------------------------------------------------------------------------


def test_it_is_good():
    _, problems = read(RHINE)
    assert not problems


def texts(value: Any) -> Iterator[dict[str, str]]:
    """All texts by language within a value."""
    if isinstance(value, dict):
        if "en" in value and isinstance(value["en"], str):
            yield value
        else:
            for inner in value.values():
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def test_every_text_is_in_both_languages(rhine):
    settings = rhine.settings.model_dump(by_alias=True)
    records = [record.model_dump() for record in rhine.records.values()]
    places = [place.model_dump() for place, _ in rhine.places]
    found = [*texts(settings), *texts(records), *texts(places)]
    assert len(found) > 300
    assert [text for text in found if not text.get("ko")] == []


def test_lengths_are_as_the_office_of_statistics_has_them(rhine):
    """Rounded to 0.1 km, its numbers may be 0.05 km off, ours another line's width."""
    axes = axes_of(rhine)
    for name, stated in (("li-ch", 41.2), ("li-at", 36.7)):
        assert axes[name].line.length_km == pytest.approx(stated, abs=0.1)
        assert stated in [one.km for one in rhine.records[name].stated]


def test_stretches_follow_one_another_from_end_to_end(rhine):
    for axis in axes_of(rhine).values():
        ends = [0.0]
        for sector, low, high in axis.sectors:
            assert low == pytest.approx(ends[-1], abs=0.01), sector.id
            assert high - low == pytest.approx(sector.measured_km, abs=0.06), sector.id
            ends.append(high)
        assert ends[-1] == pytest.approx(axis.line.length_km, abs=0.01)


def test_what_has_no_place_is_on_the_line_and_not_on_the_map(rhine):
    name = "2007-03-01-company"
    axes = axes_of(rhine)
    assert name not in rhine.positions
    found = along_of(rhine, axes)[name]
    assert (found.axis, found.basis) == ("li-ch", "line")
    assert found.width == pytest.approx(axes["li-ch"].line.length_km)


def test_bridges_and_roads_lie_on_a_line(rhine):
    points = [r for r in rhine.records.values() if r.kind == "crossing-point"]
    along = along_of(rhine, axes_of(rhine))
    assert len(points) > 10
    for record in points:
        assert along[record.id].distance_km < 0.1, record.id


# --- the program with it --------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_page_shows_it_and_says_nothing_of_another_border(monkeypatch, lang):
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(RHINE))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.query_params["lang"] = lang
    for sheet in ("", *SHEETS):
        app.query_params["show"] = sheet
        app.run()
        assert not app.exception
        html = "".join(element.proto.body for element in app.get("html"))
        assert load(RHINE).settings.title[lang] in html
        assert not re.search("the South|the North|남쪽|북쪽|북한", html), sheet


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("form", ["geojson", "csv", "png", "html"])
def test_it_can_be_taken_along(tmp_path, form, lang):
    file = tmp_path / f"rhine.{form}"
    words = ["export", form, "--atlas", str(RHINE), "--lang", lang, "-o", str(file)]
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 0
    if form in ("geojson", "csv"):
        assert "1945-05-02-schellenberg" in file.read_text("utf-8")
    else:
        assert file.stat().st_size > 50_000


def test_it_makes_a_site(tmp_path):
    words = ["export", "site", "--atlas", str(RHINE), "-o", str(tmp_path / "site")]
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 0
    for lang in ("en", "ko"):
        page = (tmp_path / "site" / lang / "index.html").read_text("utf-8")
        assert load(RHINE).settings.title[lang] in page


# --- the tutorial ---------------------------------------------------------------------


def amended(text: str, block: str) -> str:
    """Set in a TOML file the lines and tables that a block has."""
    starts = [m.start() for m in HEADING.finditer(block)]
    top = block[: starts[0]] if starts else block
    for line in top.strip().splitlines():
        key = line.split(" = ")[0]
        whole = re.compile(rf"^{key} = (?:\[\n.*?\n\]|[^\n]*)$", re.M | re.S)
        text, count = whole.subn(lambda _, line=line: line, text, count=1)
        assert count == 1, f"no {key} in the file"
    tables: dict[str, str] = {}
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        table = block[start:end]
        name = table.splitlines()[0]
        tables[name] = tables.get(name, "") + table.rstrip() + "\n\n"
    for name, table in tables.items():
        parts = re.split(r"(?m)^(?=\[\[?[a-z_.]+\]?\]$)", text)
        old = [n for n, part in enumerate(parts) if part.startswith(name + "\n")]
        assert old, f"no {name} in the file"
        parts[old[0]] = table
        text = "".join(part for n, part in enumerate(parts) if n not in old[1:])
    return text


def answers(session: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the answer that stands below it."""
    for part in re.split(r"^\$ ", session, flags=re.M)[1:]:
        command, _, answer = part.partition("\n")
        yield command, answer


def same(answer: str, found: str) -> bool:
    """Whether an answer is as told; three dots stand for anything."""
    told = ".*".join(re.escape(piece) for piece in answer.strip().split("..."))
    return re.fullmatch(told, found.strip(), re.S) is not None


def test_the_commands_of_the_tutorial_answer_as_it_says(tmp_path):
    shutil.copytree(RHINE, tmp_path / "examples" / "rhine")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = 0
    for language, name, block in STEPS:
        if language != "console":
            file = tmp_path / "my-rhine" / name
            old = file.read_text("utf-8")
            is_amended = name == "atlas.toml"
            file.write_text(amended(old, block) if is_amended else block, "utf-8")
            continue
        for command, answer in answers(block):
            result = subprocess.run(
                command,
                shell=True,
                cwd=tmp_path,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                check=False,
            )
            found = result.stdout + result.stderr
            assert same(answer, found), f"$ {command}\n{found}"
            ran += 1
    assert ran >= 8
    page = (tmp_path / "rhine.html").read_text("utf-8")
    assert "A Swiss company strays into Liechtenstein" in page


def test_an_answer_is_not_taken_for_another():
    assert same("one\n...\n", "one\ntwo\n")
    assert not same("one\n", "one\ntwo\n")
    assert not same("...\ntwo\n", "two three\n")
