"""Text in columns: encodings, separators, quotes, what is wrong in a row."""

from __future__ import annotations

import codecs

import pytest

from .files import column, keys, read, refusal, told

KOREAN = "제목,날짜,위도,경도\n판문점에서 생긴 일,2017-11-13,37.95,126.67\n"
FRENCH = "titre,catégorie,lat,lon\nÉvénement à la frontière,arrêté,48.1,7.6\n"


@pytest.mark.parametrize(
    ("data", "encoding", "is_guess"),
    [
        (KOREAN.encode(), "utf-8", False),
        (KOREAN.encode("utf-8-sig"), "utf-8", False),
        (KOREAN.encode("utf-16"), "utf-16", False),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), "utf-16", False),
        (KOREAN.encode("cp949"), "cp949", True),
        (KOREAN.encode("utf-16-le"), "utf-16", True),
    ],
)
def test_the_encoding_is_found(data, encoding, is_guess):
    table = read(data, "a.csv")
    assert table.columns == ("제목", "날짜", "위도", "경도")
    assert table.encoding == encoding
    assert ("file-decoded" in keys(table.notes)) == is_guess


def test_a_short_korean_file_is_not_taken_for_chinese():
    table = read("name,lat,lon\n판문점,37.95,126.67\n".encode("cp949"), "a.csv")
    assert column(table, "name") == ["판문점"]


def test_a_western_file_is_read_as_such():
    table = read(FRENCH.encode("cp1252"), "a.csv")
    assert table.columns[1] == "catégorie"
    assert (table.encoding, table.notes[0].values["encoding"]) == (
        "cp1252",
        "Windows-1252",
    )


def test_bytes_that_no_other_encoding_has_are_latin_1():
    table = read(b"name,b\n\x9d\xe9t\xe9 d,1\n\xe9, 2\n", "a.csv")
    assert (table.encoding, column(table, "name")) == (
        "iso8859-1",
        ["\xe9t\xe9 d", "\xe9"],
    )


def test_the_reader_may_choose_the_encoding():
    table = read("이름,b\n가,1\n".encode("cp949"), "a.csv", encoding="cp949")
    assert table.columns == ("이름", "b")
    assert table.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "punycode", "../../x", "base64"])
def test_an_encoding_that_does_not_fit_is_told(encoding):
    data = KOREAN.encode("cp949")
    assert refusal(data, "a.csv", encoding=encoding).key == "file-encoding"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_ends_of_lines(delimiter, end):
    lines = ["a,b,c", "1,2,3", "4,5,6", ""]
    text = end.join(line.replace(",", delimiter) for line in lines)
    table = read(text, "a.csv")
    assert (table.columns, table.cells) == (
        ("a", "b", "c"),
        (("1", "4"), ("2", "5"), ("3", "6")),
    )


def test_ends_of_lines_may_be_mixed_and_lines_blank():
    table = read("a,b\r\n1,2\n\r\n3,4\r5,6", "a.csv")
    assert table.numbers.tolist() == [2, 4, 5]


def test_a_decimal_comma_is_no_separator():
    table = read("a;b\n1,5;2,5\n3,5;4,5\n", "a.csv")
    assert table.cells == (("1,5", "3,5"), ("2,5", "4,5"))


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_may_say_the_separator(said):
    table = read(f"{said}\na,b;c\n1,1;2\n", "a.csv")
    assert (table.columns, table.numbers.tolist()) == (("a,b", "c"), [3])


def test_a_quoted_cell_may_have_separators_quotes_and_lines():
    table = read('a,b\n"x, ""y""\r\nz",1\nq,2\n', "a.csv")
    assert column(table, "a") == ['x, "y"\nz', "q"]
    assert table.numbers.tolist() == [2, 4]


def test_rows_of_another_length_are_told():
    table = read("a,b\n1\n1,2\n1,2,3\n1,2,,\n", "a.csv")
    assert told(table) == [(2, "file-ragged"), (4, "file-ragged")]
    assert table.problems[1].reason.values == {"found": 3, "expected": 2}
    assert table.numbers.tolist() == [3, 5]


def test_text_behind_a_quote_is_told():
    table = read('a,b\n"x"y,1\nz,2\n', "a.csv")
    assert (told(table), column(table, "a")) == ([(2, "file-quote")], ["z"])


def test_a_quote_that_does_not_end():
    reason = refusal('a,b\n1,2\n"x,3\n4,5\n', "a.csv")
    assert (reason.key, reason.values["row"]) == ("file-open-quote", 3)


def test_headings_are_made_unique():
    table = read("a,a,,a,x\n1,2,3,4,5\n", "a.csv")
    assert table.columns == ("a", "a (2)", "#3", "a (3)", "x")
    assert keys(table.notes) == ["file-unnamed", "file-renamed"]


def test_a_heading_made_unique_meets_no_other():
    table = read("a,a (2),a,a\n1,2,3,4\n", "a.csv")
    assert len(set(table.columns)) == 4


def test_blank_columns_at_the_edge_are_dropped():
    table = read("a,b,,\n1,2,,\n", "a.csv")
    assert table.columns == ("a", "b")


def test_what_no_page_can_show_is_left_out_and_counted():
    table = read("a,b\nx\0y\u202ez,1\u2028 2\n", "a.csv")
    assert table.cells == (("xyz",), ("1\n 2",))
    assert (table.notes[-1].key, table.notes[-1].values) == (
        "file-cleaned",
        {"count": 2},
    )


def test_words_of_every_script_stay():
    words = "한글,漢字,עברית,😀🏽‍🚒,é"
    table = read(f"a,b,c,d,e\n{words}\n", "a.csv")
    assert [cell for (cell,) in table.cells] == words.split(",")


@pytest.mark.parametrize("data", ["a,b\n", "a,b", "a,b\n\n\n", ",\n,\n"])
def test_a_table_without_rows(data):
    assert refusal(data, "a.csv").key == "file-no-rows"


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 9]
)
def test_an_empty_file(data):
    assert refusal(data, "a.csv").key == "file-empty"


def test_bytes_that_are_no_text():
    assert refusal(bytes(range(1, 32)) * 99, "a.csv").key == "file-unknown"


def test_a_table_whose_first_heading_is_markup():
    table = read("<script>alert(1)</script>,b\n1,2\n", "a.csv")
    assert table.columns[0] == "<script>alert(1)</script>"


def test_a_table_whose_first_heading_has_braces():
    assert read("{{7*7}},b\n1,2\n", "a.csv").columns[0] == "{{7*7}}"
