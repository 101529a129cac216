"""The sheet for taking things along, and the page in a frame, without a browser."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from borderviz.permalink import decode_query
from borderviz.texts import say
from borderviz.ui.take_files import FORMS
from hostile import hostile_copy
from markup import parsed

ROOT = Path(__file__).parents[2]
ATLANTIS = ROOT / "tests" / "data" / "atlantis"
PARTS = ("take-data", "take-pictures", "take-page", "take-embed", "cite-view")
HEAVY = (
    *("matplotlib", "vl_convert", "pyogrio", "borderviz.export.bundle"),
    *("borderviz.pictures.map_picture", "borderviz.standalone"),
)
OF_THE_SHEET = ("borderviz.export", "borderviz.pictures")


@pytest.fixture
def page(monkeypatch):
    """Return a function that opens the page of an atlas at an address."""

    def open_(root: Path = ROOT / "geodata", context=None, **query: str) -> AppTest:
        monkeypatch.setenv("BORDERVIZ_ATLAS", str(root))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.context = context or {}
        app.query_params.update(query)
        app.run()
        assert not app.exception
        return app

    return open_


def html_of(app: AppTest) -> str:
    """All of our own markup without its styles, which name every class."""
    markup = "".join(element.proto.body for element in app.get("html"))
    return re.sub(r"(?s)<style.*?</style>", "", markup)


def buttons_of(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_sheet_offers_everything_in_the_reader_s_language(page, lang):
    app = page(show="take", lang=lang, mode="foot")
    markup = html_of(app)
    for part in PARTS:
        assert f"<h3>{say(part, lang)}</h3>" in markup
    named = [*FORMS.values(), say("take-all", lang), "PNG", "SVG"]
    assert buttons_of(app) == [*named, say("take-page-get", lang)]


def test_without_the_sheet_there_is_nothing_of_it(page):
    for query in ({}, {"show": "table"}, {"story": "the-crossing"}):
        app = page(**query)
        assert buttons_of(app) == []
        assert "bv-take" not in html_of(app)


@pytest.mark.parametrize("query", [{}, {"layers": "none"}, {"mode": "foot"}], ids=str)
def test_the_sheet_says_how_many_records_a_file_will_hold(page, atlas, query):
    from borderviz.export.table import chosen

    view = decode_query(urlencode(query), atlas, ()).view
    (scope,) = (
        x
        for x in page(show="take", **query).get("button_group")
        if x.key == "take-scope"
    )
    said = [option.content for option in scope.proto.options]
    for option, name in zip(said, ("events", "layers"), strict=True):
        count = len(chosen(atlas, view, scope=name))
        assert option.replace("\\", "") == say(f"take-scope-{name}", "en", count=count)


def test_a_citation_is_written_when_its_form_is_chosen(page):
    app = page(show="take", lang="en")
    assert "bv-view-citation" not in html_of(app)
    app.segmented_control("take-cite-style").set_value("bibtex").run()
    assert '<pre id="bv-view-citation"' in html_of(app)
    assert buttons_of(app)[-1] == say("take-cite-get", "en", name="BibTeX")


def test_a_view_without_records_says_so_and_can_be_taken(page):
    app = page(show="take", **{"from": "1954", "to": "1954"})
    assert say("take-data-none", "en") in html_of(app)
    assert len(buttons_of(app)) == len(FORMS) + 4


_OPENED = """
import os, sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard.py", default_timeout=60)
app.query_params.update({query})
app.run()
assert not app.exception
print([name for name in {heavy} if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("query", "absent"),
    [({}, (*HEAVY, *OF_THE_SHEET)), ({"show": "take"}, HEAVY)],
    ids=["page", "sheet"],
)
def test_opening_the_page_loads_nothing_that_makes_files(query, absent):
    script = _OPENED.format(query=query, heavy=absent)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_in_a_frame_there_is_the_map_and_nothing_to_set(page):
    app = page(
        context={"is_embedded": True, "url": "https://example.org/atlas"},
        mode="foot",
        lang="ko",
        show="take",
    )
    markup = html_of(app)
    assert not app.checkbox
    assert not app.selectbox
    assert buttons_of(app) == []
    for absent in ("bv-tabs", "bv-ways", "bv-overview", "bv-timeline"):
        assert absent not in markup
    (link,) = (a for a in parsed(markup).all("a") if a["target"] == "_blank")
    assert link["rel"] == "noopener"
    assert link.text == say("take-open", "ko")
    assert link["href"] == "https://example.org/atlas?v=1&lang=ko&mode=foot"


def test_in_a_frame_a_record_is_named_and_its_text_a_link_away(page, atlantis):
    record = next(r for r in atlantis.records.values() if r.kind == "crossing")
    app = page(ATLANTIS, context={"is_embedded": True}, sel=record.id)
    markup = html_of(app)
    assert record.title["en"] in parsed(markup).text
    (link,) = (a for a in parsed(markup).all("a") if a["target"] == "_blank")
    assert link.text == say("take-record", "en")
    assert f"sel={record.id}" in link["href"]


def test_hostile_words_stay_words_in_sheet_and_frame(page, atlantis, tmp_path):
    root = hostile_copy(atlantis.root, tmp_path / "atlas")
    for app in (
        page(root, show="take"),
        page(root, context={"is_embedded": True}),
    ):
        for element in parsed(html_of(app)).all():
            assert element.name not in ("script", "img", "svg", "iframe")
            assert not [name for name in element.attributes if name.startswith("on")]
