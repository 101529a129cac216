"""Results that are asked for again: made once, never more than there is room for."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.kept import Kept


def text(length: int) -> str:
    """Make a text of a size in bytes, all told."""
    return "x" * (length - sys.getsizeof(""))


def test_a_result_is_made_once():
    kept, made = Kept(10, 10_000), []
    for _ in range(3):
        assert kept.of("a", lambda: made.append(1) or "A") == "A"
    assert made == [1]
    assert "a" in kept
    assert "b" not in kept


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept(2, 10_000)
    for key in "abac":
        kept.of(key, key.upper)
    assert ["a" in kept, "b" in kept, "c" in kept] == [True, False, True]


def test_room_is_counted_in_bytes_too():
    kept = Kept(100, 1000)
    for key in "abcdefg":
        kept.of(key, lambda: text(200))
    assert (len(kept), kept.bytes) == (5, 1000)
    assert "b" not in kept
    assert "c" in kept


def test_what_would_take_all_the_room_is_not_kept():
    kept = Kept(100, 1000)
    kept.of("small", lambda: text(250))
    assert len(kept.of("large", lambda: text(251))) > 0
    assert "small" in kept
    assert "large" not in kept
    kept.of("told", lambda: "short", size_of=lambda _: 251)
    assert "told" not in kept


def test_a_fault_is_told_and_nothing_is_kept():
    kept = Kept(10, 1000)
    with pytest.raises(ZeroDivisionError):
        kept.of("a", lambda: 1 // 0)
    assert len(kept) == 0
    assert kept.of("a", lambda: "A") == "A"


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(60, 400)), max_size=80))
def test_it_never_grows_past_its_bounds(asked):
    kept = Kept(7, 1000)
    for key, size in asked:
        assert kept.of(key, lambda size=size: text(size)).strip("x") == ""
        assert len(kept) <= 7
        held = sum(size for _, size in kept._results.values())
        assert kept.bytes == held <= 1000


def test_threads_get_whole_results():
    kept = Kept(5, 2000)
    keys = [n % 9 for n in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: kept.of(n, lambda: f"<{n}>" * 9), keys))
    assert found == [f"<{n}>" * 9 for n in keys]
    assert len(kept) <= 5
    assert kept.bytes == sum(size for _, size in kept._results.values())
