"""docs/python.md tells the truth: its examples run, and give what they show."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

from borderviz.api import View

TEXT = (Path(__file__).parents[1] / "docs" / "python.md").read_text("utf-8")
BLOCKS = re.findall(r"^```pycon\n(.*?)^```$", TEXT, re.M | re.S)
FLAGS = doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def failures(monkeypatch, tmp_path):
    """Run a document's examples in an empty folder; return what went otherwise."""
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(text):
        told = []
        test = doctest.DocTestParser().get_doctest(text, {}, "python.md", None, 0)
        doctest.DocTestRunner(optionflags=FLAGS).run(test, out=told.append)
        return test.examples, "".join(told)

    return run


def test_every_example_gives_what_is_shown(failures):
    examples, told = failures("\n".join(BLOCKS))
    assert told == ""
    assert len(examples) > 10


def test_a_wrong_example_would_be_noticed(failures):
    assert "Got:\n    2" in failures(">>> 1 + 1\n3\n")[1]


def test_no_code_stands_outside_the_examples():
    assert TEXT.count("```") == 2 * len(BLOCKS)


def test_the_table_names_every_keyword():
    wanted = set(inspect.signature(View.select).parameters) - {"self", "unknown"}
    rows = re.findall(r"^\| (`.*?) \|", TEXT, re.M)
    assert {word for row in rows for word in re.findall(r"`(\w+)`", row)} == wanted
