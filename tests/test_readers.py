"""The load test's own parts: what a reader's page keeps and sends, and what is told."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def harness(monkeypatch):
    """Import a module of the load test by its bare name, as it imports its own."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.syspath_prepend(str(BENCHMARKS / "readers"))
    before = set(sys.modules)
    yield import_module
    # Other folders have modules of these names.
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(BENCHMARKS)):
            del sys.modules[name]


def box(identity="x-one", *, value=None):
    element = Element()
    element.checkbox.id, element.checkbox.default = identity, True
    if value is not None:
        element.checkbox.set_value, element.checkbox.value = True, value
    return element


def html(text):
    element = Element()
    element.html.body = text
    return element


def drawn(element, place, *, fragment="", key=""):
    delta = Delta(new_element=element, fragment_id=fragment)
    message = ForwardMsg(delta=delta, hash=key)
    message.metadata.delta_path.extend(place)
    message.metadata.cacheable = bool(key)
    return message


def begun(run, fragments=()):
    message = ForwardMsg()
    message.new_session.page_script_hash = "script"
    message.new_session.config.max_cached_message_age = 2
    message.metadata.run.script_run_id = run
    message.metadata.run.fragment_ids.extend(fragments)
    return message


def ended(*, is_part=False):
    if is_part:
        return ForwardMsg(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    return ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def referred(key, place):
    message = ForwardMsg(ref_hash=key)
    message.metadata.delta_path.extend(place)
    return message


@pytest.fixture
def session(harness):
    return harness("protocol").Session("http://localhost/", "token")


def take(session, *messages):
    for message in messages:
        session._take(message)


def sent(session):
    asked = session._asked("").rerun_script
    return {x.id: x.bool_value for x in asked.widget_states.widgets}


def test_a_widget_sends_its_default_until_it_is_set_or_chosen(session):
    take(session, begun("1"), drawn(box(), (0, 0)), ended())
    assert sent(session) == {"x-one": True}
    take(session, begun("2"), drawn(box(value=False), (0, 0)), ended())
    assert sent(session) == {"x-one": False}
    take(session, begun("3"), drawn(box(), (0, 0)), ended())
    assert sent(session) == {"x-one": False}


def test_what_a_run_does_not_draw_again_is_gone(session):
    take(session, begun("1"), drawn(box(), (0, 0)), drawn(html("a"), (0, 1)), ended())
    take(session, begun("2"), drawn(html("b"), (0, 1)), ended())
    assert session.texts() == "b"
    assert sent(session) == {}


def test_a_part_that_runs_leaves_the_rest_alone(session):
    take(
        session,
        begun("1"),
        drawn(html("rest"), (0, 0)),
        drawn(html("old"), (0, 1), fragment="f"),
        drawn(html("gone"), (0, 2), fragment="f"),
        ended(),
        begun("2", ["f"]),
        drawn(html("new"), (0, 1), fragment="f"),
        ended(is_part=True),
    )
    assert session.texts() == "restnew"


def test_large_messages_are_kept_while_the_server_may_refer_to_them(session, harness):
    take(session, begun("1"), drawn(html("long"), (0, 0), key="h"), ended())
    assert list(session._asked("").rerun_script.cached_message_hashes) == ["h"]
    take(session, begun("2"), referred("h", (0, 1)), ended())
    assert session.texts() == "long"
    for run in "3456":
        take(session, begun(run), ended())
    assert not session._asked("").rerun_script.cached_message_hashes
    with pytest.raises(harness("protocol").RefusedError, match="was not sent"):
        take(session, referred("h", (0, 1)))


def test_a_message_that_differs_from_the_browser_s_is_told(session, harness):
    take(session, begun("1"), drawn(box(), (0, 0)), ended())
    theirs, ours = session._asked("f"), session._asked("f")
    differences = harness("recorded").differences
    assert differences(theirs, ours) == []
    ours.rerun_script.fragment_id = "g"
    ours.rerun_script.widget_states.widgets[0].bool_value = False
    assert differences(theirs, ours) == ["fragment_id", "value x-one"]


def test_growth_is_the_line_through_the_second_half(harness):
    slope = harness("rounds").slope
    assert slope([100, 150, 180, 200, 200, 200, 200, 200]) == 0
    assert slope([100, 150, 180, 200, 201, 202, 203, 204]) == 1


def level(readers, **faster):
    times = {"open": 200, "toggle": 40, "filter": 50, **faster}
    actions = {name: {"ms": [ms], "map_ms": [ms / 2]} for name, ms in times.items()}
    return {
        "readers": readers,
        "seconds": 10,
        "actions": actions,
        "bytes": 10**6,
        "faults": 0,
        "cpu": {"server": 1, "readers": 0.5},
        "memory": {"before": 200, "with": 210, "after": 205},
    }


def found(**changes):
    soak = {
        "date": "2026-01-31 10:00 UTC",
        "rounds": 4,
        "readers": 2,
        "file_every": 2,
        "acts": 8,
        "visits": 8,
        "hour_of": {"readers": 50, "seconds_between_acts": 20},
        "memory_mb": [200, 210, 211, 211, 211],
        "cpu_s": [1, 1, 1, 1],
        "slope_mb": 0.0,
        "kept_mb": 24,
        "faults": 0,
    }
    return {
        "files": 100,
        "ttl_s": 2,
        "think_s": [2.0, 5.0],
        "arrival_s": 0.2,
        "unlike_browser": [[], [], []],
        "levels": [level(1), level(50)],
        "without_pause": level(10),
        "same_script": {"naive": level(10, open=900), "borderviz": level(10)},
        "soak": soak,
        **changes,
    }


def test_the_section_tells_budgets_and_what_was_compared(harness):
    tell = harness("tell")
    told = tell.section(found())
    assert "| move the years | 50 / 50 / 50 | 50 / 50 / 50 |" in told
    assert "the same, widget for widget" in told
    assert [b.is_met for b in tell.budgets(found())] == [True, True]
    assert tell.losses(found()) == []


def test_a_slow_filter_a_fault_growth_and_a_faster_peer_are_told(harness):
    tell = harness("tell")
    slow = found(levels=[level(50, filter=1200)])
    slow["soak"]["slope_mb"] = 4.0
    assert [b.is_met for b in tell.budgets(slow)] == [False, False]
    faulty = {**level(50), "faults": 1}
    assert not tell.budgets(found(levels=[faulty]))[0].is_met
    peer = {"naive": level(10, open=100), "borderviz": level(10)}
    assert len(tell.losses(found(same_script=peer))) == 1
    unlike = found(unlike_browser=[["fragment_id"], [], []])
    assert "**1 things in them differ**" in tell.section(unlike)
