"""Every reason can be said, is given somewhere, and no other is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import borderviz.overlay_files
from borderviz.overlay_files import REASONS
from borderviz.overlay_files.reasons import NOTES, OF_ROWS, REFUSALS
from borderviz.texts import catalogue, names_of

FOLDER = Path(borderviz.overlay_files.__file__).parent
CODE = "\n".join(p.read_text(encoding="utf-8") for p in FOLDER.glob("*.py"))


def test_reasons_are_of_one_kind_each():
    assert len(REFUSALS) + len(NOTES) + len(OF_ROWS) == len(REASONS)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_reason_has_its_text_and_no_text_is_left_over(lang):
    texts = {key for key in catalogue(lang) if key.startswith("overlay-file-")}
    assert texts == {f"overlay-{reason}" for reason in REASONS}


def test_every_reason_given_is_known_and_every_one_known_is_given():
    code = CODE.replace((FOLDER / "reasons.py").read_text(encoding="utf-8"), "")
    given = set(re.findall(r'why="([a-z-]+)"', code))
    given |= set(re.findall(r'note\(\s*"([a-z-]+)"', code))
    given |= set(re.findall(r'"file-([a-z-]+)"', code))
    given |= set(re.findall(r'refuse_more\([^"]*"([a-z-]+)"\)', code))
    for names in re.findall(r"for key\b[^(]*in \(([^:]*?)\):\n", code, re.DOTALL):
        given |= set(re.findall(r'\(?"([a-z-]+)"', names))
    assert {f"file-{key}" for key in given} == set(REASONS)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_a_text_says_no_more_than_it_is_told(reason):
    braces = names_of(catalogue("en")[f"overlay-{reason}"])
    for name in braces:
        assert f"{name}=" in CODE or f'"{name}"' in CODE
