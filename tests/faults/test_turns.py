"""How many pages are drawn at once, and that a place is given back however it ends."""

from __future__ import annotations

import threading

import pytest
from streamlit.runtime.scriptrunner import StopException

from borderviz.ui import turns
from borderviz.ui.turns import AT_ONCE, turn

PATIENCE_S = 30


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(turns, "_places", threading.BoundedSemaphore(AT_ONCE))


def held():
    """How many places are taken."""
    free = 0
    while turns._places.acquire(blocking=False):
        free += 1
    for _ in range(free):
        turns._places.release()
    return AT_ONCE - free


def test_no_more_are_drawn_at_once_than_there_are_places():
    inside, most, may_end = [], [], threading.Event()
    lock, begun = threading.Lock(), threading.Semaphore(0)

    def draw():
        with turn():
            with lock:
                inside.append(1)
                most.append(len(inside))
            begun.release()
            assert may_end.wait(PATIENCE_S)
            with lock:
                inside.pop()

    threads = [threading.Thread(target=draw) for _ in range(5 * AT_ONCE)]
    for thread in threads:
        thread.start()
    for _ in range(AT_ONCE):
        assert begun.acquire(timeout=PATIENCE_S)
    assert held() == AT_ONCE
    may_end.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert max(most) == AT_ONCE
    assert len(most) == len(threads)
    assert held() == 0


@pytest.mark.parametrize("end", [StopException, KeyError, SystemExit])
def test_a_place_is_given_back_however_a_page_ends(end):
    for _ in range(2 * AT_ONCE):
        with pytest.raises(end), turn():
            raise end
    assert held() == 0


def test_a_part_of_a_page_needs_no_place_of_its_own():
    @turn()
    def part():
        return held()

    with turn():
        assert [part() for _ in range(2 * AT_ONCE)] == [1] * 2 * AT_ONCE
        assert held() == 1
    assert part() == 1
    assert held() == 0
