"""Every case that a fuzzer found, every seed, and a short run by chance."""

from __future__ import annotations

import importlib

import pytest

from fuzz.chance import CORPUS, cases, try_some
from fuzz.run import TARGETS

FOUND = [(name, path) for name in TARGETS for path in cases(name)]


def _target(name):
    return importlib.import_module(f"fuzz.targets.{name}")


def _shown(value):
    return value if isinstance(value, str) else value.name


@pytest.mark.parametrize(("name", "path"), FOUND, ids=_shown)
def test_what_was_found_does_no_harm_any_more(name, path):
    _target(name).one(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_chance_makes_of_them(name):
    target = _target(name)
    for seed in target.SEEDS:
        target.one(seed)
    target.one(b"")
    assert try_some(target, name, 60, derandomize=True) > 0


def test_every_case_belongs_to_a_target():
    assert {path.parent.name for path in CORPUS.glob("*/*")} <= set(TARGETS)
