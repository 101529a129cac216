"""Excel: values and dates, headings, what a workbook may point to or leave out."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .files import (
    column,
    keys,
    read,
    refusal,
    sheet_row,
    workbook,
    zipped,
)

ROWS = sheet_row(1, "name", "lat") + sheet_row(2, "A", 38.1)


def saved(*rows, alter=lambda book: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    alter(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_workbook_of_another_program_is_read():
    moment = dt.datetime.fromisoformat("2019-05-04T13:30")
    more = [dt.time(7, 5), dt.timedelta(hours=30), None]
    data = saved(
        ["name", "n", "x", "yes", "day", "moment", "time", "span", "empty"],
        ["가", 7, -1.5, True, dt.date(2019, 5, 4), moment, *more],
        ["b", 0, 2, False, dt.date(1968, 1, 21)],
    )
    table = read(data, "a.xlsx")
    assert (table.form, table.layer, table.layers) == ("xlsx", "Sheet", ("Sheet",))
    assert table.numbers.tolist() == [2, 3]
    assert [cells[0] for cells in table.cells] == [
        *("가", 7, -1.5, True, "2019-05-04", "2019-05-04T13:30", "07:05"),
        *("1 day, 6:00:00", None),
    ]
    assert [cells[1] for cells in table.cells][:5] == ["b", 0, 2, False, "1968-01-21"]
    assert table.shapes is None


def test_the_calendar_of_old_macs():
    def alter(book):
        book.epoch = CALENDAR_MAC_1904

    data = saved(["d"], [dt.date(2019, 5, 4)], alter=alter)
    assert column(read(data, "a.xlsx"), "d") == ["2019-05-04"]


def test_a_sheet_may_be_chosen_and_hidden_ones_come_last():
    def alter(book):
        book.create_sheet("other").append(["x"])
        book["other"].append([1])
        book["Sheet"].sheet_state = "hidden"

    data = saved(["a"], [2], alter=alter)
    table = read(data, "a.xlsx")
    assert (table.layers, table.columns) == (("other", "Sheet"), ("x",))
    assert keys(table.notes) == ["file-layers"]
    assert read(data, "a.xlsx", layer="Sheet").columns == ("a",)
    assert refusal(data, "a.xlsx", layer="xl/styles.xml").key == "file-layer"


def test_a_formula_gives_its_result_and_is_never_run():
    rows = sheet_row(1, "a", "b") + (
        '<row r="2"><c><f>1+1</f><v>2</v></c>'
        '<c t="str"><f>HYPERLINK("http://127.0.0.1/")</f><v>x</v></c></row>'
        '<row r="3"><c><v>1</v></c><c><f>WEBSERVICE("http://127.0.0.1/")</f></c></row>'
    )
    table = read(workbook(rows), "a.xlsx")
    assert table.cells == ((2, 1), ("x", None))
    assert [(n.key, n.values) for n in table.notes] == [("file-formulas", {"count": 1})]


def test_headings_below_a_title_are_found():
    rows = sheet_row(1, "A list of places") + sheet_row(3, "name", "lat", "lon")
    table = read(workbook(rows + sheet_row(4, "A", 38, 127)), "a.xlsx")
    assert table.columns == ("name", "lat", "lon")
    assert (table.numbers.tolist(), table.notes[0].values) == ([4], {"row": 3})


def test_cells_may_have_gaps_and_no_names():
    rows = sheet_row(1, "a", "b", "c") + '<row><c r="C2"><v>3</v></c></row>'
    rows += '<row r="9"><c r="B9"><v>2</v></c><c><v>4</v></c></row>'
    table = read(workbook(rows), "a.xlsx")
    assert table.cells == ((None, None), (None, 2), (3, 4))
    assert table.numbers.tolist() == [2, 9]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>1e999</v></c>", None),
        ("<c><v>nan</v></c>", None),
        ("<c><v>x</v></c>", "x"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="d"><v>2019-05-04</v></c>', "2019-05-04"),
        ("<c><v>99999999999999999999</v></c>", 1e20),
        ('<c r="1"><v>5</v></c>', 5),
        ('<c r="ZZZZZ1"><v>5</v></c>', 5),
    ],
)
def test_cells_that_are_odd(cell, value):
    rows = sheet_row(1, "a", "b") + f'<row r="2">{cell}<c r="B2"><v>1</v></c></row>'
    found = column(read(workbook(rows), "a.xlsx"), "a")
    assert found == [str(int(value)) if value == 1e20 else value] or found == [value]


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "1048577"])
def test_a_row_with_an_odd_number_comes_after_the_last(number):
    rows = sheet_row(1, "a") + f'<row r="{number}"><c><v>5</v></c></row>'
    assert read(workbook(rows), "a.xlsx").numbers.tolist() == [2]


def test_what_is_outside_is_not_followed():
    links = (
        '<Relationship Id="r2" Type="x/sharedStrings" TargetMode="External" '
        'Target="http://127.0.0.1/x"/>'
        '<Relationship Id="r3" Type="x/sharedStrings" Target="../../../etc/passwd"/>'
        '<Relationship Id="r4" Type="x/styles" Target="file:///etc/passwd"/>'
        '<Relationship Id="r5" Type="x/externalLink" Target="externalLinks/e.xml"/>'
    )
    external = [("xl/externalLinks/e.xml", "<!DOCTYPE x><x/>")]
    table = read(workbook(ROWS, relations=links, members=external), "a.xlsx")
    assert table.cells == (("A",), (38.1,))


def test_texts_that_cells_share():
    shared = (
        "<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r>"
        "<rPh><t>spoken</t></rPh></si></sst>"
    )
    relation = '<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/s.xml"/>'
    rows = sheet_row(1, "a", "b") + (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    )
    members = [("xl/s.xml", shared)]
    table = read(workbook(rows, relations=relation, members=members), "a.xlsx")
    assert table.cells == (("plain",), ("rich",))
    lying = rows.replace("<v>1</v>", "<v>2</v>")
    data = workbook(lying, relations=relation, members=members)
    assert refusal(data, "a.xlsx").key == "file-broken"


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_part(member, encoding):
    head = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as archive:
        members = [
            (
                name,
                (head + archive.read(name).decode()).encode(encoding)
                if name == member
                else archive.read(name),
            )
            for name in archive.namelist()
        ]
    assert refusal(zipped(members), "a.xlsx").key == "file-doctype"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (workbook(""), "file-no-rows"),
        (workbook(sheet_row(1, "a")), "file-no-rows"),
        (workbook("<row>"), "file-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file-old-workbook"),
        (zipped([("xl/workbook.bin", b"")]), "file-old-workbook"),
        (zipped([("xl/workbook.xml", "<a/>")]), "file-broken"),
        (
            zipped(
                [
                    ("xl/workbook.xml", "<workbook/>"),
                    ("xl/_rels/workbook.xml.rels", "<Relationships/>"),
                ]
            ),
            "file-no-layer",
        ),
        (zipped([("mimetype", "application/vnd.oasis.opendocument")]), "file-archive"),
        (zipped([("points.shp", b"")]), "file-archive"),
        (workbook(ROWS)[:-40], "file-broken"),
        (b"PK\3\4" + bytes(99), "file-broken"),
    ],
)
def test_what_is_no_workbook(data, reason):
    assert refusal(data, "a.xlsx").key == reason
