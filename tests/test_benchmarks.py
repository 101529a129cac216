"""The harness of the benchmarks: what it makes of figures. Nothing is measured here."""

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "benchmarks"
MEASURE = """
import json, sys
path = sys.argv[sys.argv.index("--json") + 1]
open(path, "w").write(json.dumps({"quick": "--quick" in sys.argv}))
sys.exit(CODE)
"""
MACHINE = {
    "cpu": "CPU",
    "cores": 2,
    "memory_gb": 4,
    "system": "System",
    "versions": {"python": "3.11"},
}
TAKEN = {"date": "2026-01-31 10:00 UTC", "load": 0.1, "seconds": 5, "machine": MACHINE}


@pytest.fixture
def harness(monkeypatch):
    """Import a module of the harness by its bare name, as it imports its own."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)
    yield import_module
    # Other folders have modules of these names.
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(FOLDER)):
            del sys.modules[name]


def figures():
    """A page that keeps every budget beside others that are slower."""
    count = {"load-runs": 1, "move-runs": 0, "move-messages": 0, "other-hosts": 0}
    ours = {
        "cold": [1100, 1000, 1200],
        "warm": [500],
        "toggle": [80, 90],
        "same-map": [1, 1],
        "toggle-bytes": [4000],
        "filter": [85],
        "popup": [4],
        "panel": [95],
    }
    slow = {"cold": [2000], "warm": [900], "toggle": [400], "filter": [500]}
    naive = {**slow, "same-map": [0, 0], "toggle-bytes": [9e5], "popup": [3]}
    moved = {**count, "move-runs": 5, "move-messages": 5}
    return {
        "section": "pages",
        "rounds": 3,
        "together": 4,
        "expected": {"markers": 289, "paths": 27},
        "sizes": {"file": 1.4e6},
        "samples": {
            "bare": {"cold": [1000]},
            "naive": {**naive, "panel": [450]},
            "deck": dict(slow),
            "map": dict(slow),
            "leafmap": {"cold": [1900]},
            "borderviz": ours,
            "site": {"cold": [400]},
            "file": {"cold": [600]},
        },
        "counts": {
            "bare": count,
            "naive": moved,
            "borderviz": {**count, "own-bytes": 250_000},
        },
        "taken": TAKEN,
    }


def sections():
    return sorted(path.parent.name for path in FOLDER.glob("*/measure.py"))


def test_every_folder_that_measures_is_a_section(harness):
    known = harness("document").SECTIONS
    assert "pages" in sections()
    assert [name for name in sections() if name not in known] == []


@pytest.mark.parametrize("name", sections())
def test_every_section_can_be_told(harness, name):
    assert callable(harness("document").teller(name).section)


def test_the_document_is_what_the_generator_makes_of_its_figures(harness):
    """If not: `python benchmarks/run.py --tell`."""
    found = json.loads((ROOT / "docs" / "benchmarks.json").read_text("utf-8"))
    text = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert text == harness("document").written(found)


def test_the_same_figures_make_the_same_document(harness):
    document, found = harness("document"), {"pages": figures()}
    text = document.written(found)
    copied = json.loads(harness("run").compact(found))
    assert document.written(copied) == text
    for told in ("CPU, 2 cores, 4 GB", "python 3.11", "2026-01-31 10:00 UTC"):
        assert told in text


def test_a_section_that_was_not_measured_is_said(harness):
    document = harness("document")
    text = document.written({"pages": figures()})
    missing = text.split("**Not measured here:** ")[1].split("\n\n")[0]
    named = {name for name in document.SECTIONS if f"{name} (" in missing}
    assert named == set(document.SECTIONS) - {"pages"}


def test_no_figure_at_all_makes_a_document_too(harness):
    text = harness("document").written({})
    assert "**Not measured here:** pages (" in text
    assert "## Budgets" not in text
    assert "## Where a peer wins" not in text


def test_figures_that_keep_the_budgets_pass(harness):
    document = harness("document")
    budgets = document.teller("pages").budgets(figures())
    assert [b.what for b in budgets if not b.is_met] == []
    told = document.budget_table(budgets)
    assert "miss" not in told
    assert told.endswith(f"{len(budgets)} of {len(budgets)} budgets are met.")


TOGGLE, RUNS = "toggle a layer until the map", "script runs for load, drags and zooms"


@pytest.mark.parametrize(
    ("page", "metric", "figure", "missed"),
    [
        ("borderviz", "cold", [1300], "open: complete map ÷ bare page"),
        ("borderviz", "toggle", [110, 121, 140], TOGGLE),
        ("borderviz", "filter", [121], "filter until the map shows it"),
        ("borderviz", "same-map", [1, 0], "same map after a toggle"),
        ("borderviz", "popup", [21], "click to popup text"),
        ("borderviz", "panel", [121], "click to full panel"),
        ("borderviz", "toggle-bytes", [50_001], "socket, a toggle after the first"),
        ("borderviz", "move-runs", 1, RUNS),
        ("borderviz", "move-messages", 1, RUNS),
        ("borderviz", "own-bytes", 300_001, "geometry and data on first load"),
        ("file", "cold", [1001], "single file, complete from disk"),
    ],
)
def test_a_figure_over_its_budget_misses(harness, page, metric, figure, missed):
    document, found = harness("document"), figures()
    found["samples" if isinstance(figure, list) else "counts"][page][metric] = figure
    budgets = document.teller("pages").budgets(found)
    (name,) = [b.what for b in budgets if not b.is_met]
    assert name.startswith(missed)
    assert document.budget_table(budgets).count("**miss**") == 1


def test_where_nobody_is_ahead_that_is_said(harness):
    document = harness("document")
    assert document.teller("pages").losses(figures()) == []
    assert document.NO_LOSS in document.written({"pages": figures()})


def test_a_page_that_is_ahead_is_named(harness):
    document, found = harness("document"), figures()
    found["samples"]["leafmap"]["control"] = [11, 12, 13]
    found["samples"]["map"]["cold"] = [900]
    lines = document.teller("pages").losses(found)
    assert len(lines) == 2
    assert ": st.map 0.90 s; ours 1.10 s (1.00-1.20)" in lines[0]
    assert ": leafmap 0.012 s (0.011-0.013); ours 0.085 s (0.080-0.090)" in lines[1]
    text = document.written({"pages": found})
    assert "\n".join(lines) in text
    assert document.NO_LOSS not in text


def test_what_a_page_has_none_of_is_said(harness):
    text = harness("document").teller("pages").section(figures())
    row = next(x for x in text.splitlines() if x.startswith("| click to panel"))
    assert row.count("has none") == 4
    assert "There was no nginx on the machine." in text


def test_visits_that_came_to_nothing_are_told(harness):
    tell, found = harness("document").teller("pages"), figures()
    assert "came to nothing" not in tell.section(found)
    found["counts"]["naive"]["given-up"] = 2
    assert "are not in this: streamlit-folium 2." in tell.section(found)


def test_a_spread_is_median_least_and_most(harness):
    tables = harness("tables")
    assert tables.spread([3, 1, 2, 10], "s", 1) == "2.5 s (1.0-10.0)"
    assert tables.spread([1234.1, 1234.2], "kB", 0) == "1,234 kB"


def test_a_table_refuses_a_row_of_other_length(harness):
    tables = harness("tables")
    assert tables.table(["a", "b"], [["1|2", "3"]]).splitlines()[2] == r"| 1\|2 | 3 |"
    with pytest.raises(ValueError, match="a row of 1 cells below a head of 2"):
        tables.table(["a", "b"], [["1"]])


def test_the_machine_is_described_without_its_paths(harness):
    found = harness("machine").described()
    assert found["cores"] >= 1
    assert found["versions"]["streamlit"]
    assert "/" not in json.dumps(found["versions"])


@pytest.fixture
def collector(harness, tmp_path, monkeypatch):
    """The collector, with one section that works and one that cannot be measured."""
    run = harness("run")
    for name, code in (("start", 0), ("sizes", 2)):
        (tmp_path / name).mkdir()
        script = MEASURE.replace("CODE", str(code))
        (tmp_path / name / "measure.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(run, "HERE", tmp_path)
    return run


def test_what_a_section_finds_is_kept_with_when_and_where(collector, tmp_path):
    found = collector.measured("start", tmp_path, is_quick=False)
    assert found["quick"] is False
    assert set(found["taken"]) == {"date", "load", "machine", "seconds"}
    assert json.loads((tmp_path / "start.json").read_text("utf-8")) == found


def test_a_quick_measurement_is_told_so(collector, tmp_path):
    assert collector.measured("start", tmp_path, is_quick=True)["quick"] is True


def test_a_section_that_fails_leaves_what_was_there(collector, tmp_path):
    (tmp_path / "sizes.json").write_text("{}", encoding="utf-8")
    assert collector.measured("sizes", tmp_path, is_quick=False) is None
    assert (tmp_path / "sizes.json").read_text("utf-8") == "{}"


def test_an_unknown_section_is_refused(collector, capsys):
    with pytest.raises(SystemExit) as refused:
        collector.main(["nonsense"])
    assert refused.value.code == 2
    assert "no such section: nonsense" in capsys.readouterr().err
