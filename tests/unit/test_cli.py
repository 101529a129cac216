"""The command as its users meet it: words in, text and exit code out."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from borderviz import __version__, cli
from borderviz.content import fingerprint
from borderviz.errors import Problem, UnknownIdError

GEODATA = Path(__file__).parents[2] / "geodata"
ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)


@pytest.fixture
def told(capfd):
    """Run the command; return its exit code, its output and its complaints."""

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        return ended.value.code, *capfd.readouterr()

    return run


@pytest.fixture
def copy(tmp_path):
    """Copy the atlas to where it may be damaged."""
    return shutil.copytree(ATLANTIS, tmp_path / "atlas")


def damage(folder, name, before, after):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_version(told):
    assert told("--version") == (0, f"borderviz {__version__}\n", "")


def test_check_tells_a_good_atlas_in_one_line(told):
    code, out, err = told("check", ATLANTIS)
    assert (code, err) == (0, "")
    # Its second language has no words for the interface, which is no fault.
    good, *notes = out.splitlines()
    assert good.startswith("good: ")
    assert all(note.startswith("note: texts/eo.toml: ") for note in notes)
    assert "2 border" in out
    assert fingerprint(ATLANTIS) in out


def test_check_writes_an_empty_list_for_a_good_atlas(told):
    assert told("check", ATLANTIS, "--json") == (0, "[]\n", "")


def test_check_tells_every_problem_with_its_place_and_cure(told, copy):
    damage(copy, "borders.toml", 'kind = "border"', 'kind = "boarder"')
    damage(copy, "styles.toml", "token = ", "taken = ")
    code, out, err = told("check", copy)
    assert (code, err) == (1, "")
    blocks = out.split("\n\n")
    (kind,) = [block for block in blocks if "boarder" in block]
    where, found, allowed, cure = kind.splitlines()
    assert re.fullmatch(r"borders\.toml:\d+ › coral-line › kind", where)
    assert found.split()[0] == "found"
    assert "boarder" in found
    assert allowed.split()[0] == "allowed"
    assert "'sea-line'" in allowed
    assert cure.split()[0] == "cure"
    assert any(block.startswith("styles.toml") for block in blocks)
    assert f"{len(blocks) - 1} problems in the content" in blocks[-1]


def test_check_writes_every_problem_as_an_object(told, copy):
    damage(copy, "borders.toml", 'kind = "border"', 'kind = "boarder"')
    code, out, err = told("check", "--json", copy)
    assert (code, err) == (1, "")
    problems = json.loads(out)
    fields = {"file", "line", "record", "field", "found", "allowed", "cure"}
    assert all(set(problem) == fields for problem in problems)
    (kind,) = [problem for problem in problems if "boarder" in problem["found"]]
    assert (kind["file"], kind["record"]) == ("borders.toml", "coral-line")
    assert kind["field"] == "kind"


def test_no_content_steers_the_terminal(told, copy):
    sly = "\x1b[31m\u202e\ud800\r"
    problem = Problem(*[f"{sly}{number}" for number in range(6)])
    assert all(line.isprintable() for line in cli.problem_as_text(problem).split("\n"))
    damage(copy, "borders.toml", 'title = {en = "', 'title = {en = "\\u001B[31m')
    code, out, _ = told("measure", "--atlas", copy)
    assert code == 0
    assert "coral-line  \\x1b[31m" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("text", ["", "= =", "\x00", 'id = "x"'], ids=ascii)
def test_an_atlas_with_unusable_settings_is_not_good(told, tmp_path, text):
    (tmp_path / "atlas.toml").write_text(text)
    assert told("check", tmp_path)[0] == 1
    assert told("check", tmp_path, "--json")[0] == 1


def test_an_empty_folder_lacks_its_settings(told, tmp_path):
    code, out, err = told("check", tmp_path)
    assert (code, err) == (1, "")
    assert out.startswith("atlas.toml\n  found    no such file\n")
    assert "\n1 problem in the content" in out


@pytest.mark.parametrize(
    "words",
    [["check"], ["check", "--json"], ["measure", "--atlas"], ["run", "--atlas"]],
)
@pytest.mark.parametrize("name", ["nowhere", "file.txt"])
def test_a_folder_that_is_none_is_a_fault_in_the_call(told, tmp_path, words, name):
    (tmp_path / "file.txt").touch()
    code, out, err = told(*words, tmp_path / name)
    assert (code, out) == (2, "")
    assert err == f"borderviz: no such folder: {tmp_path / name}\n"


@pytest.mark.parametrize(
    "words", [["frob"], ["check", "a", "b"], ["run", "--port", "0"]]
)
def test_wrong_words_are_a_fault_in_the_call(told, words):
    code, out, err = told(*words)
    assert (code, out) == (2, "")
    assert "Error: " in err


def test_measure_writes_objects_for_machines(told):
    code, out, err = told("measure", "--json", "--atlas", GEODATA)
    assert (code, err) == (0, "")
    lines = {line["id"]: line for line in json.loads(out)}
    assert set(lines["mdl"]) == {
        "id",
        "title",
        "length_km",
        "stated",
        "asserted_by",
        "method",
    }
    assert 235 <= lines["mdl"]["length_km"] <= 256
    claim = lines["mdl"]["stated"][0]
    assert set(claim) == {"km", "who", "as_of", "sources"}
    assert (claim["km"], claim["who"]) == (248, "usual South Korean figure")


def test_measure_prints_a_block_for_each_line(told):
    code, out, err = told("measure", "--atlas", ATLANTIS)
    assert (code, err) == (0, "")
    machine = json.loads(told("measure", "--json", "--atlas", ATLANTIS)[1])
    blocks = out.split("\n\n")
    assert [block.split()[0] for block in blocks] == [line["id"] for line in machine]
    assert all(f"{line['length_km']:,.1f} km" in out for line in machine)


def test_measure_of_a_damaged_atlas_says_so_in_one_line(told, copy):
    damage(copy, "borders.toml", 'kind = "border"', 'kind = "boarder"')
    code, out, err = told("measure", "--atlas", copy)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert err.startswith("borderviz: ")
    assert "borderviz check" in err


def test_any_error_of_ours_ends_in_one_line(told, monkeypatch):
    def fail(*_args, **_options):
        raise UnknownIdError("ford\n", ["fort"])

    monkeypatch.setattr(cli, "app", fail)
    assert told() == (1, "", "borderviz: no record has the id 'ford\\n'\n")


def test_the_atlas_is_the_one_the_environment_names(told, copy, monkeypatch):
    (copy / "atlas.toml").unlink()
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(copy))
    assert told("check")[0] == 1
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(copy / "nowhere"))
    assert told("check")[0] == 2


def test_the_command_never_loads_the_page():
    probe = (
        "import sys; from borderviz.cli import main\n"
        "try: main(['check'])\n"
        "except SystemExit: pass\n"
        "page = ('streamlit', 'borderviz.ui')\n"
        "loaded = [name for name in sys.modules if name.startswith(page)]\n"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_module_runs_on_a_terminal_of_another_alphabet(copy):
    damage(copy, "borders.toml", 'kind = "border"', 'kind = "국경"')
    done = subprocess.run(
        [sys.executable, "-m", "borderviz", "check", str(copy)],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "borders.toml:5 \\u203a coral-line \\u203a kind" in done.stdout
