"""What the benchmarks of machines and growth make of figures. Nothing is measured."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from importlib import import_module

import pytest

from deploy.machines import ROOT

BENCHMARKS = ROOT / "benchmarks"
WRK = """Running 2s test @ http://127.0.0.1:8618/
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.09ms  505.72us   9.27ms   83.84%
    Req/Sec    15.43k     1.01k   17.02k    75.00%
  Latency Distribution
     50%    1.98ms
     75%    2.25ms
     90%    2.64ms
     99%  950.00us
  30730 requests in 2.00s, 117.06MB read
Requests/sec:  15360.96
Transfer/sec:     58.51MB
"""


def page(sent):
    """A file that takes one of two cores 0.2 ms, and 10 ns more for each byte."""
    loaded = {"per_s": 2 / (2e-4 + 1e-8 * sent), "p50_ms": 1, "p99_ms": 2, "faults": ""}
    its = {"path": "x", "bytes": 3 * sent, "sent": sent, "like": f"{sent}.png"}
    return its | {"site": [loaded], "plain": [loaded]}


OPENINGS = {"open_s": [1.0, 1.2], "file_bytes": [9e5, 9e5], "socket_bytes": [1e5, 1e5]}
WAYS = OPENINGS | {"requests": [60, 60]}
MACHINES = {
    "failover": {
        "back_s": [1.5, 1.2, 2.0],
        "interruptions": 0,
        "toggle_s": [0.1],
        "toggle_before_s": 0.1,
        "is_same_view": True,
    },
    "through": {"direct": WAYS, "nginx": WAYS},
    "site": {
        "connections": 32,
        "seconds": 2,
        "files": 10,
        "bytes": 1_000_000,
        "sent": 400_000,
        "visit": {
            "map": {"bytes": 500_000, "requests": 10},
            "record": {"bytes": 20_000, "requests": 2},
        },
        "pages": {
            name: page(sent)
            for name, sent in (("index", 1000), ("a record", 3000), ("words", 9000))
        },
    },
}


def level(readers, acts, cpu):
    samples = {"ms": [40.0, 60.0] * (acts // 2), "map_ms": []}
    return {
        "readers": readers,
        "actions": {"open": {"ms": [300.0] * readers}, "toggle": samples},
        "cpu": {"server": cpu},
        "bytes": readers * 1e6 + acts * 5e3,
        "memory": {"before": 200.0, "with": 200.0 + 3 * readers},
    }


# An opening takes 0.2 s and an act 0.05 s.
READERS = {
    "levels": [level(1, 10, 0.7), level(10, 60, 5.0)],
    "without_pause": level(10, 200, 12.0),
}


@pytest.fixture
def section(monkeypatch):
    """Import modules of a section by their bare names, as it imports its own."""
    before = set(sys.modules)

    def enter(name):
        monkeypatch.syspath_prepend(str(BENCHMARKS))
        monkeypatch.syspath_prepend(str(BENCHMARKS / name))
        return import_module

    yield enter
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(BENCHMARKS)):
            del sys.modules[name]


def test_what_wrk_says_is_read(section):
    parsed = section("machines")("site_load").parsed
    found = {"per_s": 15360.96, "p50_ms": 1.98, "p99_ms": 0.95, "faults": ""}
    assert parsed(WRK) == found
    faulty = parsed(f"{WRK}  Non-2xx or 3xx responses: 7\n")
    assert faulty["faults"] == "Non-2xx or 3xx responses: 7"
    with pytest.raises(ValueError, match="something else"):
        parsed("unable to connect")


def test_machines_are_told(section):
    told = section("machines")("tell").section(MACHINES)
    assert "| the killed one's reader: map shows again | 1.50 s (1.20-2.00) |" in told
    assert "| the other reader: interruptions | 0 |" in told
    assert "9,524 /s" in told
    assert "No request failed." in told
    assert "the map 500,000 bytes in 10 requests" in told
    changed = MACHINES["failover"] | {"is_same_view": False}
    told = import_module("tell").section(MACHINES | {"failover": changed})
    assert "| **no** |" in told


def test_openings_and_acts_are_told_apart(section):
    derived = section("cost")("derived")
    known = derived.measured(READERS, OPENINGS)
    assert known.opening_s == (pytest.approx(0.2),)
    assert sum(known.act_s) / len(known.act_s) == pytest.approx(0.05)
    assert max(known.act_s) / min(known.act_s) == pytest.approx(1.5)
    assert known.reader_mb == pytest.approx(3)
    assert known.process_mb == 200
    assert known.opening_bytes == 1e6
    assert known.act_bytes == pytest.approx(5e3)
    # One number of readers alone cannot tell them apart.
    assert import_module("fitted").split([2, 4], [2, 4], [1.0, 2.0]) == (0.25, 0.25)


def test_the_formula_and_the_simulation_agree(section):
    queueing = section("cost")("queueing")
    service = (0.02, 0.2)
    # One process, and readers who come at random times and only open the page.
    found = queueing.simulated(
        visits_per_s=5.0,
        acts=0,
        stay_s=1.0,
        processes=1,
        opening_s=service,
        act_s=service,
        seconds=20_000,
        seed=8,
    )
    formula = queueing.mean_wait_s(5.0, service)
    assert formula == pytest.approx(5 * 0.0202 / (2 * (1 - 0.55)))
    # 80,000 waits that hang together: within a tenth.
    assert found["wait_mean_s"] == pytest.approx(formula, rel=0.1)
    assert found["load"] == pytest.approx(0.55, rel=0.05)
    assert queueing.mean_wait_s(10.0, service) == math.inf


def test_the_same_seed_gives_the_same_and_more_processes_wait_less(section):
    queueing = section("cost")("queueing")
    more = {"acts": 3, "stay_s": 30.0, "opening_s": (0.3,), "act_s": (0.05,)}
    found = [
        queueing.simulated(visits_per_s=3.0, processes=n, seconds=600, seed=8, **more)
        for n in (2, 2, 4)
    ]
    assert found[0] == found[1]
    assert found[2]["p95_s"] <= found[0]["p95_s"]
    assert found[2]["wait_mean_s"] < found[0]["wait_mean_s"]


def test_growth_is_what_was_measured_times_what_was_assumed(section):
    growth = section("cost")("growth")
    known = import_module("derived").measured(READERS, OPENINGS)
    stated = growth.Stated(views=864_000, stay_s=100, acts=4, peak=2)
    told = growth.app(known, stated, hours=0.02, seed=8)
    assert told["visits_per_s"] == 20
    assert told["readers"] == 2000
    assert told["cores_busy"] == pytest.approx(20 * (0.2 + 4 * 0.05))
    assert told["processes"] == math.ceil(told["cores_busy"] / 0.6)
    assert told["gb_a_day"] == pytest.approx(864_000 * (1e6 + 4 * 5e3) / 1e9)
    site = growth.site(MACHINES["site"], stated, cores=2)
    # The map and four records: 18 requests of 580,000 bytes together.
    each_s = 18 * 2e-4 + 580_000 * 1e-8
    assert site["cores_busy"] == pytest.approx(20 * each_s)
    assert site["requests_per_s"] == 20 * 18
    assert site["machines"] == 1


def cost(folder, *words):
    command = [sys.executable, str(BENCHMARKS / "cost" / "measure.py"), *words]
    return subprocess.run(
        [*command, "--json", str(folder / "cost.json"), "--quick"],
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_missing_is_named(tmp_path):
    (tmp_path / "machines.json").write_text(json.dumps(MACHINES))
    done = cost(tmp_path)
    assert done.returncode == 2
    assert done.stderr == "Not measured yet: readers.\n"


def test_the_section_names_its_assumptions_and_no_price_of_its_own(tmp_path, section):
    (tmp_path / "machines.json").write_text(json.dumps(MACHINES))
    (tmp_path / "readers.json").write_text(json.dumps(READERS))
    few = ["--views", "50000"]
    assert cost(tmp_path, *few).returncode == 0
    tell = section("cost")("tell").section
    told = tell(json.loads((tmp_path / "cost.json").read_text()))
    assert "## What 50,000 page views a day cost" in told
    assert "**Assumed:**" in told
    assert "None is built in." in told
    assert cost(tmp_path, *few, "--core-hour", "0.5", "--gb", "2").returncode == 0
    told = tell(json.loads((tmp_path / "cost.json").read_text()))
    assert "0.5 a core_hour, 2 a gb" in told
