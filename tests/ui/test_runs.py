"""What a run of the page works out: once for all its readers, and nothing unseen."""

from __future__ import annotations

import gc
import re
from collections import Counter
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from borderviz import selection
from borderviz.content import KEPT, KEPT_BYTES
from borderviz.kept import Kept
from borderviz.ui import charts_panel, data, detail_panel, header, page, sheets_panel
from borderviz.ui.data import collect_now_and_then, shared
from borderviz.ui.filter_widgets import YEARS_KEY
from borderviz.ui.state import FIELD_KEY, LANG_KEY, layer_key

ROOT = Path(__file__).parents[2]
ATLANTIS = ROOT / "tests" / "data" / "atlantis"
RECORD = "2001-05-04-reed-bridge-walker"
# What is worth counting: where it is looked up, its name, what is counted.
COSTLY = (
    (selection, "_select"),
    (page, "timeline_html"),
    (page, "sentence_html"),
    (header, "_title"),
    (detail_panel, "panel_html"),
    (sheets_panel, "_tabs"),
    (sheets_panel, "table_html"),
    (sheets_panel, "strips_html"),
    (sheets_panel, "numbers_html"),
    (sheets_panel, "limits_html"),
    (charts_panel, "charts"),
)
# Random names of files to be fetched, and of a session.
RANDOM = re.compile(rb"[0-9a-f]{32}|session[^,]*,")
VIEWS = (
    {},
    {"lang": "eo"},
    {"sel": RECORD, "at": "0.5,10,8"},
    {"from": "1990", "show": "table", "sort": "-title"},
    {"show": "strip", "layers": "none"},
    {"show": "charts"},
    {"show": "numbers", "lang": "eo"},
    {"show": "limits", "to": "1980"},
    {"from": "2900"},
    {"list": "sources"},
)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Begin as a server does that nobody has visited."""
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(ATLANTIS))
    monkeypatch.delitem(vars(shared(ATLANTIS).atlas), "kept", raising=False)


@pytest.fixture
def calls(monkeypatch):
    """Count the calls of what is costly."""
    found = Counter()

    def counted(name, function):
        def call(*given, **named):
            found[name] += 1
            return function(*given, **named)

        return call

    for module, name in COSTLY:
        monkeypatch.setattr(module, name, counted(name, getattr(module, name)))
    return found


def visit(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def sent(app: AppTest) -> list[bytes]:
    """Everything that the page holds, as it travels."""
    found = []

    def walk(node):
        for child in getattr(node, "children", {}).values():
            if hasattr(getattr(child, "proto", None), "SerializeToString"):
                whole = child.proto.SerializeToString(deterministic=True)
                found.append(RANDOM.sub(b"", whole))
            walk(child)

    walk(app._tree)
    return found


FIRST_VISIT = {
    "_select": 1,
    "timeline_html": 1,
    "sentence_html": 1,
    "_title": 1,
    "panel_html": 1,
    "_tabs": 1,
}


def test_a_visit_selects_once_and_draws_no_sheet(calls):
    visit()
    assert calls == FIRST_VISIT


def test_a_second_reader_of_the_same_view_costs_nothing(calls):
    visit()
    calls.clear()
    visit()
    visit(at="0.5,10,8")
    assert not calls


@pytest.mark.parametrize(
    ("act", "selects"),
    [
        pytest.param(lambda a, layer: a.checkbox(layer).uncheck(), 1, id="toggle"),
        pytest.param(
            lambda a, _: a.slider(YEARS_KEY).set_value((1990, 2002)), 1, id="years"
        ),
        pytest.param(
            lambda a, _: a.segmented_control(LANG_KEY).set_value("eo"), 0, id="language"
        ),
    ],
)
def test_a_change_selects_at_most_once_and_draws_each_part_once(
    act, selects, calls, atlantis
):
    app = visit()
    calls.clear()
    act(app, layer_key(next(x.id for x in atlantis.settings.layers if x.on))).run()
    assert not app.exception
    assert calls == {k: n for k, n in FIRST_VISIT.items() if k != "_select" or selects}
    calls.clear()
    app.run()
    assert not calls


def test_a_search_draws_nothing_anew(calls):
    app = visit()
    calls.clear()
    app.text_input(FIELD_KEY).set_value("bridge").run()
    assert "bv-hits" in b"".join(sent(app)).decode(errors="replace")
    assert not calls


@pytest.mark.parametrize(
    ("sheet", "writer"),
    [
        ("table", "table_html"),
        ("strip", "strips_html"),
        ("numbers", "numbers_html"),
        ("limits", "limits_html"),
        ("charts", "charts"),
    ],
)
def test_a_sheet_is_written_while_it_is_open_and_once(sheet, writer, calls):
    visit(show=sheet)
    # The limits tell of all events too, which are another selection.
    selected = {"_select": 2} if sheet == "limits" else {}
    assert calls == {**FIRST_VISIT, **selected, writer: 1}
    visit(show=sheet)
    assert calls[writer] == 1


def test_charts_are_drawn_again_only_for_other_events(calls, atlantis):
    """Their links differ from view to view; the drawings do not."""
    app = visit(show="charts")
    chosen = visit(show="charts", sel=RECORD, circles="1")
    assert calls["charts"] == 1
    links = [
        [x for x in sent(one) if b"bv-chart" in x and b"list=sources" in x]
        for one in (app, chosen)
    ]
    assert len(links[0]) == len(links[1]) > 1
    assert all(b"circles=1" in x for x in links[1])
    assert not any(b"circles=1" in x for x in links[0])
    assert b"~sources~" not in b"".join(sent(chosen))
    app.slider(YEARS_KEY).set_value((1990, 2002)).run()
    assert calls["charts"] == 2


@pytest.mark.parametrize("query", VIEWS, ids=str)
def test_what_was_kept_is_what_would_be_written(query, monkeypatch):
    kept = [sent(visit(**query)) for _ in range(2)][1]
    monkeypatch.setattr(Kept, "of", lambda self, key, make, **_: make())
    assert sent(visit(**query)) == kept


def test_a_chart_is_sent_as_streamlit_would(monkeypatch, atlantis):
    ours = [x for x in sent(visit(show="charts")) if b"vega-lite" in x]

    def draw(records, context):
        for chart in charts_panel.charts(records, context, charts_panel.scheme()):
            page.st.altair_chart(chart.chart, width="stretch", theme=None)

    monkeypatch.setattr(charts_panel, "draw", draw)
    theirs = [x for x in sent(visit(show="charts")) if b"vega-lite" in x]
    assert ours == theirs
    assert len(ours) > 1


def test_what_is_kept_is_bounded_and_goes_with_the_atlas(atlantis):
    kept = atlantis.kept
    assert (kept.most, kept.most_bytes) == (KEPT, KEPT_BYTES)
    assert KEPT_BYTES <= 32 * 2**20
    assert shared(ATLANTIS).atlas.kept is shared(ATLANTIS).atlas.kept
    other = data._read(ATLANTIS)
    assert other.kept is not shared(ATLANTIS).atlas.kept
    assert other.fingerprint == shared(ATLANTIS).atlas.fingerprint


def test_what_a_reader_typed_is_not_kept():
    typed = "zyzzyva quixotry"
    app = visit()
    app.text_input(FIELD_KEY).set_value(typed).run()
    visit(sel=typed, sort=typed, q=typed)
    kept = shared(ATLANTIS).atlas.kept
    assert len(kept) > 5
    assert "zyzzyva" not in repr(kept._results)


def test_garbage_is_collected_now_and_then_not_after_each_run(monkeypatch):
    found, now = [], [1000.0]
    monkeypatch.setattr(data, "_collected_at", [now[0]])
    monkeypatch.setattr(data.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(gc, "collect", lambda: found.append(now[0]))
    for _ in range(100):
        now[0] += 0.25
        collect_now_and_then()
    assert found == [1010.0, 1020.0]
