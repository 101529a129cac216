"""CSV: opens right in a spreadsheet of any locale, and no cell can run."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.export.cells import one_line
from borderviz.export.columns import COLUMNS
from borderviz.export.csv_text import guarded, unguarded
from borderviz.filters import Filters
from hostile import ALL

from .conftest import taken
from .reading import csv_rows

FORMULAS = [
    *('=HYPERLINK("http://evil.invalid","x")', "=1+1", "+1", "-1", "@SUM(A1)"),
    *("＝1+1", "＋1", "－1", "＠SUM", "\t=1", "\r=1", "\n=1", "\0=1", "\tx", "\nx"),
    *(" =1", "\u00a0=1", "\u3000＝1", "\ufeff=1", "\u200b=1", "\u202e=1", "\u2066-1"),
    *('"=1', "'=1", '"" =1', "''=1", "“=1", "‘@x", " ' \" =1", "\x07=1", "\x85=1"),
    *("a;=1", "a; =1", "a;\t=1", 'a;"=1', "a;;@x", ";=1", "x\n=1", "x\r\n+1", "x\t-1"),
    *('a";=1;"', '=cmd|"/C calc"!A0', "-2+3+cmd|' /C calc'!A0", "@", "=", "−1", "﹣1"),
    *("a\n;=1", ";", "; ;=", "text;\u200b=1", "a;\u00ad@x", "'", "''", "90s; '=b'"),
]
HARMLESS = [
    *("Kim - Lee", "a = b", "x@example.org", "1953-07-27", "'90s", "it's", "a+b; c"),
    *("보도; 다른 보도", "a|b", "", "3 (of 5)", "[a; b]", "– dash", "a, b, =c"),
]
# What a spreadsheet does before it looks at the first character of a cell.
SKIPPED = re.compile(
    r"^[\s\"\x00-\x1f\x7f-\x9f\ufeff\u00ad\u200b-\u200f\u202a-\u206f]+"
)
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def cells_of(text, separator):
    """The cells that a spreadsheet sees with one separator, whatever was meant."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [cell for row in rows for cell in row]


def runs(cell):
    """Whether a spreadsheet would take a cell for a formula."""
    seen = SKIPPED.sub("", cell)
    return seen.startswith(STARTS) and not NUMBER.fullmatch(seen)


def as_csv(*rows):
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows(rows)
    return target.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_payload_runs_under_any_separator(text, separator):
    raw = as_csv(["id", guarded(text), "-1.5"], [guarded(text), "2", guarded(text)])
    assert [c for c in cells_of(raw, separator) if runs(c)] == []


def test_the_payloads_would_run_without_the_guard():
    unsafe = [
        text
        for text in FORMULAS
        if any(runs(c) for sep in ",;\t" for c in cells_of(as_csv(["a", text]), sep))
    ]
    assert len(unsafe) > len(FORMULAS) * 0.6


@pytest.mark.parametrize("text", FORMULAS)
def test_the_guard_is_an_apostrophe_and_can_be_taken_off(text):
    assert guarded(text).replace("'", "") == text.replace("'", "")
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_cannot_run_stays_as_it_is(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet="=+-@＝;'\" \t\r\n\0ab\u200b\ufeff1,", max_size=12) | st.text())
def test_any_text_is_safe_and_comes_back_exactly(text):
    assert unguarded(guarded(text)) == text
    for separator in (",", ";", "\t"):
        seen = cells_of(as_csv(["x", guarded(text).replace("\0", " ")]), separator)
        assert not [cell for cell in seen if runs(cell)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("query", ["", "lang={second}"])
def test_no_cell_of_an_export_runs(query, separator, any_atlas):
    second = list(any_atlas.settings.languages)[1]
    raw, export = taken("csv", any_atlas, query.format(second=second), scope="layers")
    cells = cells_of(raw.decode("utf-8-sig"), separator)
    assert len(cells) > len(export.records) > 5
    assert [cell for cell in cells if runs(cell)] == []


def test_hostile_texts_are_guarded_and_none_is_lost(hostile):
    raw, export = taken("csv", hostile, scope="layers")
    rows = csv_rows(raw, guard=True)
    said = [cell for row in rows for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK") for cell in said)
    for row, record in zip(csv_rows(raw), export.records, strict=True):
        assert row["title"] == one_line(record.title["en"])


def test_numbers_have_no_apostrophe_even_below_zero(atlantis):
    raw, _ = taken("csv", atlantis, scope="layers")
    rows = csv_rows(raw, guard=True)
    assert any(row["lon"].startswith("-") for row in rows)
    for row in rows:
        for name, column in COLUMNS.items():
            if column.type in ("int", "float"):
                assert re.fullmatch(r"(-?\d+(\.\d+)?)?", row[name]), name


def test_lines_end_as_rfc_4180_says_and_every_row_is_one_line(any_atlas):
    raw, export = taken("csv", any_atlas, scope="layers")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    assert len(lines) == len(export.records) + 2
    assert not [line for line in lines if "\n" in line or "\r" in line]
    assert lines[0].split(",") == list(COLUMNS)


def test_texts_are_quoted_for_programs_that_part_rows_at_commas_and_semicolons(atlas):
    text = taken("csv", atlas, scope="layers")[0].decode("utf-8-sig")
    body = text.partition("\r\n")[2]
    rest = re.sub(r'"(?:[^"]|"")*"', "", body)
    assert set(re.sub("true|false", "", rest)) == set("0123456789.-,\r\n") - {"-"}


@pytest.mark.parametrize("text", ALL)
def test_any_text_becomes_one_clean_line(text):
    found = one_line(text)
    found.encode("utf-8")
    assert not re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", found)
    assert one_line(found) == found


def test_nothing_at_all_is_a_row_of_headings(atlantis):
    raw, export = taken("csv", atlantis, "from=1900&to=1901")
    assert export.context.view.filters != Filters()
    assert csv_rows(raw) == []
    assert raw.decode("utf-8-sig").startswith("id,kind,kind_label,")
