"""A reader's own data in the page, without a browser: the flow, and what is kept."""

from __future__ import annotations

import gc
import logging
import re
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.testing.v1 import AppTest

from borderviz.filters import Filters
from borderviz.overlay.model import Overlay
from borderviz.overlay.narrow import Narrowing
from borderviz.overlay.roles import ROLES
from borderviz.overlay_files import RefusedFileError
from borderviz.overlay_files.raw import Reason
from borderviz.texts import say
from borderviz.ui import (
    overlay_form,
    overlay_layer,
    overlay_own,
    overlay_reading,
    overlay_state,
)
from borderviz.ui.overlay_own import Own
from borderviz.ui.overlay_reading import FAILED, Held, Upload, outcome
from hostile import ALL, PAYLOADS
from loops import finished

ROOT = Path(__file__).parents[2]
ATLANTIS = ROOT / "tests" / "data" / "atlantis"
GOOD = (
    b"Title,Latitude,Longitude,Date,Kind\n"
    b"First,0.55,10.1,2001-05,seen\n"
    b"Second,0.61,10.4,1999,heard\n"
    b"Third,north,10.2,2000,seen\n"
    b"Fourth,0.7,10.5,2003-01-02,seen\n"
)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Wait for a file in the run that brings it, however busy the machine is."""
    monkeypatch.setattr(overlay_own, "PATIENCE_S", 60)


@pytest.fixture
def page(monkeypatch):
    """Return a function that opens the sheet of an atlas."""

    def open_(root: Path = ATLANTIS, **query: str) -> AppTest:
        monkeypatch.setenv("BORDERVIZ_ATLAS", str(root))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.query_params.update({"show": "yours", **query})
        app.run()
        assert not app.exception
        return app

    return open_


def body_of(app: AppTest) -> str:
    """Our own markup without its styles, which name every class."""
    markup = "".join(element.proto.body for element in app.get("html"))
    return re.sub(r"(?s)<style.*?</style>", "", markup)


def upload(app: AppTest, data: bytes = GOOD, name: str = "mine.csv") -> AppTest:
    app.file_uploader[0].set_value((name, data, "text/csv")).run()
    assert not app.exception
    return app


def own_of(app: AppTest) -> Own:
    return app.session_state[overlay_state.KEY]


def shown_of(app: AppTest) -> int:
    """How many rows the page says that it shows."""
    label = app.checkbox("own-on").label.replace("\\", "")
    return int(re.search(r"\((\d+)", label)[1])


def role(app: AppTest, name: str) -> Any:
    return app.selectbox(f"own-role-{name}")


def test_before_there_is_a_file_the_page_promises_and_offers(page):
    app = page()
    markup = body_of(app)
    for part in ("where", "who", "end"):
        assert say(f"overlay-page-private-{part}", "en") in markup
    assert overlay_state.KEY not in app.session_state
    assert "own-on" not in [box.key for box in app.checkbox]
    assert not app.file_uploader[0].allowed_type


def test_a_file_is_shown_at_once_and_its_bad_row_is_told(page):
    app = upload(page())
    assert shown_of(app) == 3
    markup = body_of(app)
    assert "mine.csv" in markup
    assert say("overlay-page-problems", "en", count=1) in markup
    (table,) = re.findall(r'bv-yours-why".*?</table>', markup)
    (row,) = re.findall(r"<tr><th[^>]*>4</th>.*?</tr>", table)
    assert "Latitude" in row
    assert "north" in row
    assert [b.key for b in app.get("download_button")][-1] == "own-problems-get"


def test_what_was_recognised_can_be_corrected(page):
    app = upload(page())
    assert role(app, "title").value == 0
    role(app, "title").select(4).run()
    assert own_of(app).held.overlay.titles == ("seen", "heard", "seen")
    role(app, "lat").select(0).run()
    assert shown_of(app) == 0
    assert own_of(app).held.overlay.bad_count == 4
    role(app, "lat").select(1).run()
    assert shown_of(app) == 3
    role(app, "category").select(-1).run()
    assert own_of(app).held.overlay.categories == ()


def test_a_column_is_offered_with_what_stands_in_it(page):
    app = upload(page())
    for name in ROLES:
        none, _, latitude, *_ = role(app, name).options
        assert none == say("overlay-page-none", "en")
        assert latitude == "Latitude: 0.55, 0.61"


SWAPPED = b"title,lat,lon,date\nA,120.5,10.1,03/04/2021\nB,121,10.4,05/06/2020\n"


def test_exchanged_coordinates_are_offered_to_be_put_right(page):
    app = upload(page(), SWAPPED)
    assert shown_of(app) == 0
    app.checkbox("own-swapped").check().run()
    assert shown_of(app) == 2
    assert app.checkbox("own-swapped").value is True
    app.checkbox("own-swapped").uncheck().run()
    assert shown_of(app) == 0


def test_a_date_with_two_meanings_is_asked_about(page):
    app = upload(page(), SWAPPED)
    for said, date in (("day", "2021-04-03"), ("month", "2021-03-04")):
        app.checkbox("own-swapped").check().run()
        app.radio("own-day-first").set_value(said).run()
        assert own_of(app).held.overlay.dates[0] == date
    app.radio("own-day-first").set_value("unsaid").run()
    assert own_of(app).held.overlay.dates[0] == "2021"


def test_what_is_no_option_any_more_changes_nothing(page, monkeypatch):
    """The browser knows an option by its words, which another file may not have."""
    mine, narrowed = own_of(upload(page())), []
    before = mine.held
    stale = {"own-role-lat": "Title: old", "own-categories": ["old", 99]}
    monkeypatch.setattr(overlay_form.st, "session_state", stale)
    monkeypatch.setattr(overlay_state, "own", lambda: mine)
    monkeypatch.setattr(overlay_state, "narrow", lambda **to: narrowed.append(to))
    overlay_form._on_role("lat", None)
    overlay_layer._on_categories(before.overlay.categories)
    assert mine.held is before
    assert narrowed == [{"categories": ()}]


@pytest.mark.parametrize("words", [["a", "b", "a", "a"], ["a", "a (3)", "a"], []])
def test_options_can_be_told_apart(words):
    found = overlay_form.told_apart(words)
    assert len(set(found)) == len(found) == len(words)
    assert all(other.startswith(word) for word, other in zip(words, found, strict=True))


def test_data_is_narrowed_by_its_own_filters_and_by_the_years(page):
    app = upload(page())
    own = own_of(app)
    assert own.held.overlay.categories == ("seen", "heard")
    overlay_state_of(app, categories=("heard",))
    assert shown_of(app) == 1
    overlay_state_of(app, categories=(), words="FOURTH")
    assert shown_of(app) == 1
    overlay_state_of(app, words="")
    app.slider("filter-years").set_range(2001, 2003).run()
    assert shown_of(app) == 2
    app.checkbox("own-on").uncheck().run()
    assert own.narrowing.on is False
    assert not app.exception


def overlay_state_of(app: AppTest, **changes: Any) -> None:
    """Narrow as the folded widgets do, which AppTest cannot unfold."""
    own = own_of(app)
    own.narrowing = replace(own.narrowing, **changes)
    app.run()


def test_a_file_that_is_refused_leaves_what_was_there(page):
    app = upload(page())
    upload(app, b"<OGRVRTDataSource/>", "new.geojson")
    markup = body_of(app)
    assert "new.geojson" in markup
    assert say("overlay-page-refused-kept", "en") in markup
    assert shown_of(app) == 3
    upload(app, GOOD.replace(b"Third,north", b"Third,0.6"), "third.csv")
    assert say("overlay-page-refused-kept", "en") not in body_of(app)
    assert shown_of(app) == 4


def test_a_second_file_takes_the_place_of_the_first(page):
    app = upload(page())
    overlay_state_of(app, categories=("heard",))
    own_of(app).chosen = 2
    upload(app, b"name,lat,lon\nOnly,0.5,10.2\n", "second.csv")
    own = own_of(app)
    assert own.held.overlay.titles == ("Only",)
    assert (own.narrowing, own.chosen, own.sort, own.page) == (Narrowing(), -1, "", 1)
    assert "mine.csv" not in body_of(app)


def test_a_chosen_row_stays_chosen_when_its_columns_are_read_otherwise(page):
    app = upload(page())
    own_of(app).chosen = 2
    role(app, "title").select(4).run()
    assert own_of(app).chosen == 2
    app.session_state[overlay_state.KEY].choose(0)
    role(app, "lat").select(0).run()
    assert own_of(app).chosen == -1
    assert not app.exception


def test_removed_data_is_gone(page):
    app = upload(page())
    app.button("own-remove").click().run()
    assert not app.exception
    own = own_of(app)
    assert (own.held, own.coming, own.refused) == (None, None, None)
    assert "mine.csv" not in body_of(app)
    kept = [k for k in app.session_state if str(k).startswith("own-")]
    assert [k for k in kept if k.startswith(("own-role", "own-on"))] == []


def test_the_session_keeps_one_copy_and_not_the_file(page):
    app = upload(page())
    kept = [app.session_state[key] for key in app.session_state]
    assert not [value for value in kept if isinstance(value, UploadedFile)]
    assert own_of(app).held.upload is None


def test_removed_data_is_freed(page, monkeypatch):
    app = upload(page())
    app.button("own-remove").click().run()
    app.run()
    gc.collect()
    held = [x for x in gc.get_objects() if isinstance(x, Overlay)]
    titles = [x.titles for x in held]
    assert ("First", "Second", "Fourth") not in titles


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_example_is_shown_with_nothing_recognised_wrongly(page, lang):
    app = page(ROOT / "geodata", lang=lang)
    app.button("own-example").click().run()
    assert not app.exception
    overlay = own_of(app).held.overlay
    assert len(overlay) >= 30
    assert overlay.bad_count == 1
    assert overlay.categories
    assert all(overlay.titles)
    assert say("overlay-page-columns", lang) in body_of(app)


def test_the_example_works_for_any_atlas(page):
    app = page()
    app.button("own-example").click().run()
    assert not app.exception
    assert shown_of(app) >= 30


@pytest.mark.parametrize("sheet", ["table", "strip", "take", "yours", "charts"])
@pytest.mark.parametrize("lang", ["en", "eo"])
def test_every_sheet_opens_with_data(page, sheet, lang):
    app = upload(page(lang=lang))
    own_of(app).chosen = 1
    app.query_params.update({"show": sheet})
    app.run()
    assert not app.exception
    assert "Second" in body_of(app)


def test_hostile_words_are_shown_and_never_read_as_markup(page):
    quoted = ['"' + text.replace('"', '""') + '"' for text in PAYLOADS]
    lines = [",".join(["lat", "lon", "title", "kind", *quoted])]
    for text in quoted:
        lines.append(",".join(["0.6", "10.3", text, text, *quoted]))
    app = upload(page(), "\n".join(lines).encode("utf-8", "replace"), "<img src=x>.csv")
    markup = body_of(app)
    assert "<img" not in markup
    assert "<script" not in markup
    assert "<svg onload" not in markup
    assert shown_of(app) == len(PAYLOADS)
    assert app.checkbox("own-on").label.startswith(r"\<img src=x\>\.csv")


@pytest.mark.parametrize(
    "index", [-2, 3, 10**30, True, False, 1.0, "1", None, [1], {"a": 1}, float("nan")]
)
def test_an_index_that_is_none_is_refused(page, index):
    own = own_of(upload(page()))
    own.chosen = 1
    assert own.choose(index) is False
    assert own.chosen == 1
    assert own.choose(-1) is True
    assert Own().choose(0) is False
    assert Own().choose(-1) is False


@pytest.mark.parametrize("page_", [True, "2", -5, 10**30, None, 2.5])
@pytest.mark.parametrize("sort", ["-km", "x" * 10_000, 3, None, *ALL[:3]])
def test_order_and_page_of_the_table_are_kept_within_bounds(sort, page_):
    own = Own()
    own.order(sort, page_)
    assert isinstance(own.sort, str)
    assert len(own.sort) <= 40
    assert type(own.page) is int
    assert 1 <= own.page <= 10**6


def later() -> Future[Held]:
    return Future()


def test_while_a_file_is_read_the_page_says_so_and_goes_on(page, monkeypatch):
    app, coming = page(), later()
    monkeypatch.setattr(overlay_own, "PATIENCE_S", 0)
    monkeypatch.setattr(overlay_state, "read", lambda *_: coming)
    upload(app, name="large.csv")
    assert "large.csv" in body_of(app)
    assert say("overlay-page-reading", "en", name="\0").split("\0")[1] in body_of(app)
    coming.set_exception(RefusedFileError(Reason("file-empty")))
    app.run()
    assert say("overlay-page-refused", "en", name="\0").split("\0")[1] in body_of(app)
    assert not app.exception


def test_a_file_asked_for_later_wins(page, monkeypatch):
    first, second = later(), later()
    mine = Own()
    monkeypatch.setattr(overlay_own, "PATIENCE_S", 0)
    mine.begin(first, "first.csv", is_new=True)
    mine.begin(second, "second.csv", is_new=True)
    assert first.cancelled()
    second.set_exception(RefusedFileError(Reason("file-empty")))
    mine.settle()
    assert mine.refused == ("second.csv", Reason("file-empty"))


def test_what_nobody_expected_is_told_without_a_word_of_the_file(caplog):
    failed: Future[Held] = later()
    failed.set_exception(ValueError("a secret of the file"))
    with caplog.at_level(logging.DEBUG):
        assert outcome(failed) == FAILED
    assert "secret" not in caplog.text
    assert "ValueError" in caplog.text
    assert say(f"overlay-{FAILED.key}", "en")


def test_rows_are_located_anew_when_the_atlas_has_changed(atlantis, monkeypatch):
    mine = Own()
    upload = Upload("mine.csv", GOOD)
    mine.begin(overlay_reading.read(upload, atlantis), "mine.csv", is_new=True)
    before = mine.held
    assert mine.shown(atlantis, Filters()).overlay is before.overlay
    mine.held = replace(before, fingerprint="another")
    after = mine.shown(atlantis, Filters())
    assert after.overlay is not before.overlay
    assert np.array_equal(after.overlay.lons, before.overlay.lons)
    assert mine.held.fingerprint == atlantis.fingerprint


def test_which_rows_are_shown_is_worked_out_once(atlantis, monkeypatch):
    mine, made = Own(), []
    original = overlay_own.mask
    monkeypatch.setattr(
        overlay_own, "mask", lambda *given: made.append(1) or original(*given)
    )
    upload = Upload("mine.csv", GOOD)
    mine.begin(overlay_reading.read(upload, atlantis), "mine.csv", is_new=True)
    for _ in range(3):
        mine.shown(atlantis, Filters())
    assert len(made) == 1
    mine.shown(atlantis, Filters(since="2001"))
    mine.narrowing = Narrowing(words="first")
    mine.shown(atlantis, Filters(since="2001"))
    assert len(made) == 3


def test_an_upload_is_never_put_on_a_disk():
    """Starlette writes what is larger than a megabyte into a file unless told."""
    overlay_state.keep_off_disk()
    size = overlay_state.MOST_MB * 2**20
    border = b"frontier"
    head = b'Content-Disposition: form-data; name="f"; filename="a.csv"'
    body = b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (border, head, b"x" * size, border)
    kind = [(b"content-type", b"multipart/form-data; boundary=" + border)]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def parsed() -> tuple[int, bool]:
        scope = {"type": "http", "method": "PUT", "headers": kind}
        form = await Request(scope, receive).form()
        file = form["f"]
        return file.size, file.file._rolled

    assert finished(parsed()) == (size, False)
    assert MultiPartParser.spool_max_size > size
