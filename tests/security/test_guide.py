"""docs/security.md names a test for every threat, and every one of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall(GUIDE)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", GUIDE)))


def test_every_threat_has_its_row():
    assert [int(number) for number, *_ in ROWS] == list(range(1, 34))
    for number, threat, done, tests in ROWS:
        assert "::test_" in tests, f"{number}: {threat} ({done}) has no test"


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_exists(file, name):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}


def test_every_file_of_the_suite_is_named():
    here = {f"tests/security/{p.name}" for p in Path(__file__).parent.glob("test_*.py")}
    told = set(re.findall(r"tests/security/test_\w+\.py", GUIDE))
    assert here - told == {"tests/security/test_guide.py"}
    assert told <= here


@pytest.mark.parametrize(
    "path", [".ci/advisories.toml", "constraints.txt", "tests/hostile.py"]
)
def test_files_that_are_named_exist(path):
    assert f"`{path}`" in GUIDE
    assert (ROOT / path).is_file()
