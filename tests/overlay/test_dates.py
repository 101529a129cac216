"""Dates as people write them: as exact as they are written, and never guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.dates import PartialDate
from borderviz.overlay.date_texts import Read, read_date
from borderviz.overlay.dating import ASKS_DAY_FIRST, days, read_dates
from borderviz.overlay_files.raw import Reason
from hostile import ALL

from .tables import keys


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2019", "2019"),
        (2019, "2019"),
        (2019.0, "2019"),
        ("2019-05", "2019-05"),
        ("2019-5", "2019-05"),
        ("2019-05-03", "2019-05-03"),
        ("2019-5-3", "2019-05-03"),
        ("2019/05/03", "2019-05-03"),
        ("20190503", "2019-05-03"),
        (20190503, "2019-05-03"),
        ("2024.10.19", "2024-10-19"),
        ("2024. 10. 19.", "2024-10-19"),
        ("2024. 10. 19. (토)", "2024-10-19"),
        ("2024. 10.", "2024-10"),
        ("2024.10", "2024-10"),
        ("2024.1.", "2024-01"),
        ("2024년 10월 19일", "2024-10-19"),
        ("2024년10월", "2024-10"),
        ("2024년", "2024"),
        ("2024年10月19日", "2024-10-19"),
        ("19 Oct 2024", "2024-10-19"),
        ("19-Oct-2024", "2024-10-19"),
        ("Oct 19, 2024", "2024-10-19"),
        ("October 19th, 2024", "2024-10-19"),
        ("October 2024", "2024-10"),
        ("2024 Oct 19", "2024-10-19"),
        ("19. Oktober 2024", "2024-10-19"),
        ("3 de mayo de 2019", "2019-05-03"),
        ("10/19/2024", "2024-10-19"),
        ("19/10/2024", "2024-10-19"),
        ("03/03/2021", "2021-03-03"),
        ("05/2019", "2019-05"),
        ("2019-05-03T00:00:00", "2019-05-03"),
        ("2019-05-03T12:30:00.123+09:00", "2019-05-03"),
        ("2019-05-03 12:30", "2019-05-03"),
        ("10/19/2024 2:30 PM", "2024-10-19"),
        ("2024. 10. 19. 오후 2:30", "2024-10-19"),
        ("１９６８", "1968"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_date_is_read(cell, text):
    found = read_date(cell)
    assert (found.text, found.other) == (text, "")


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("2019-02-30", "row-date-none"),
        ("2019-13", "row-date-none"),
        ("13/13/2019", "row-date-none"),
        ("31 June 2019", "row-date-none"),
        ("0000", "row-date-range"),
        ("0000-01-01", "row-date-range"),
        ("-0044-03-15", "row-date-range"),
        ("12024-01-01", "row-date-range"),
        ("45500", "row-date-serial"),
        (45500, "row-date-serial"),
        (45500.25, "row-date-serial"),
        ("19/10/24", "row-date-short"),
        ("19-Oct-24", "row-date-short"),
        ("spring 2019", "row-date"),
        ("2019-2020", "row-date"),
        ("201905", "row-date"),
        ("14:00", "row-date"),
        (True, "row-date"),
        (33, "row-date"),
    ],
)
def test_what_is_no_date_is_told(cell, key):
    assert read_date(cell).key == key


@pytest.mark.parametrize("cell", [None, "", "?", "unknown", "미상"])
def test_an_unknown_date_is_no_fault(cell):
    assert read_date(cell) is None


def test_day_and_month_may_change_places():
    assert read_date("03/04/2021") == Read("2021-04-03", "2021-03-04")
    assert read_date("03.04.2021") == Read("2021-04-03", "2021-03-04")
    assert read_date("13/04/2021").order == "day"
    assert read_date("04/13/2021").order == "month"


@pytest.mark.parametrize(
    ("cells", "day_first", "texts", "notes"),
    [
        # A row that can be read in one way decides for its column.
        (
            ["03/04/2021", "13/04/2021"],
            None,
            ["2021-04-03", "2021-04-13"],
            ["row-day-first-told"],
        ),
        (
            ["04/13/2021", "03/04/2021"],
            None,
            ["2021-04-13", "2021-03-04"],
            ["row-month-first-told"],
        ),
        # None does, or they contradict each other: the year, and a question.
        (["03/04/2021"], None, ["2021"], [ASKS_DAY_FIRST]),
        (
            ["03/04/2021", "13/04/2021", "04/13/2021"],
            None,
            ["2021", "2021-04-13", "2021-04-13"],
            [ASKS_DAY_FIRST],
        ),
        # What the reader says goes before what the column seems to say.
        (["03/04/2021"], True, ["2021-04-03"], []),
        (["03/04/2021", "13/04/2021"], False, ["2021-03-04", "2021-04-13"], []),
        (["2024.1", "2024.10"], None, ["2024", "2024-10"], ["row-date-cut"]),
        (["2021-03-04", "", "x"], None, ["2021-03-04", "", ""], []),
    ],
)
def test_a_column_is_read_as_a_whole(cells, day_first, texts, notes):
    found = read_dates("When", cells, day_first)
    assert found.texts == texts
    assert keys(found.notes) == notes


def test_a_note_names_the_column_and_what_decided():
    (note,) = read_dates("When", ["1/2/2021", "3/2/2021", "13/2/2021"], None).notes
    assert note.values == {
        "column": "When",
        "count": 2,
        "example": "1/2/2021",
        "other": "13/2/2021",
    }


def test_cells_that_cannot_be_read_are_known_by_their_row():
    found = read_dates("When", ["2021", "x", 45500], None)
    assert {row: reason.key for row, reason in found.reasons.items()} == {
        1: "row-date",
        2: "row-date-serial",
    }


partial_dates = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(),
    st.sampled_from([4, 7, 10]),
)


@given(partial_dates)
def test_a_date_text_read_back_is_the_same(text):
    assert read_date(text) == Read(text)


@given(st.dates())
def test_all_forms_of_a_day_mean_that_day(day):
    y, m, d = f"{day.year:04}", day.month, day.day
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    months += ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    name = months[m - 1]
    for form in (
        f"{y}. {m}. {d}.",
        f"{y}년 {m}월 {d}일",
        f"{d} {name} {y}",
        f"{name} {d}, {y}",
        f"{y}/{m}/{d} 09:05",
    ):
        assert read_date(form).text == day.isoformat()
    for form, index in ((f"{d}/{m}/{y}", 0), (f"{m}/{d}/{y}", 1)):
        found = read_date(form)
        assert day.isoformat() in (found.text, found.other)
        assert bool(found.other) == (d <= 12 and d != m)
        if found.other:
            assert (found.text, found.other)[index] == day.isoformat()


@given(st.lists(st.one_of(st.just(""), partial_dates)))
def test_days_are_those_of_the_date(texts):
    first, last = days(texts)
    for text, low, high in zip(texts, first.tolist(), last.tolist(), strict=True):
        if text:
            assert dt.date.fromordinal(low) == PartialDate.parse(text).first
            assert dt.date.fromordinal(high) == PartialDate.parse(text).last
        else:
            assert (low, high) == (0, 0)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_any_cell_is_read_or_told(cell):
    found = read_date(cell)
    assert found is None or isinstance(found, Read | Reason)
    if isinstance(found, Read):
        assert str(PartialDate.parse(found.text)) == found.text


@pytest.mark.parametrize("text", ALL)
def test_hostile_texts_are_no_dates(text):
    assert read_date(text).key == "row-date"
