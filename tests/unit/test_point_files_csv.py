"""CSV files of points: cells stay the very text they were."""

import codecs
import csv
import io
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.point_files import Options, opened

ADDED = {"km": float, "side": str}
LAT, LON = 37.5, 127.25


@pytest.fixture
def read(tmp_path):
    """Write bytes to a file, and open it."""

    def run(content, name="posts.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return opened(path, Options(**{"added": ADDED, **options}))

    return run


@pytest.fixture
def written(tmp_path, read):
    """Open a file, write it with two columns more, and return the bytes."""

    def run(content, name="posts.csv", **options):
        file = read(content, name, **options)
        out = tmp_path / f"out-{name}"
        file.write(out, [(1.5, "KP")] + [(None, None)] * (len(file.rows) - 1))
        return out.read_bytes()

    return run


def points(file):
    return list(zip(file.rows.lons.tolist(), file.rows.lats.tolist(), strict=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"lat,lon\n37.5,127.25\n", b"lat,lon,km,side\n37.5,127.25,1.500,KP\n"),
        (b"lat,lon\n37.5,127.25", b"lat,lon,km,side\n37.5,127.25,1.500,KP"),
        (
            b"lat;lon\r\n37,50;127,25\r\n",
            b"lat;lon;km;side\r\n37,50;127,25;1,500;KP\r\n",
        ),
        (b"lat\tlon\r37.5\t127.25\r", b"lat\tlon\tkm\tside\r37.5\t127.25\t1.500\tKP\r"),
        # Quotes, spaces, zeros, lines inside a cell and mixed ends of lines stay.
        (
            b'"id",Lat,LON \r\n"00,7\nx", 37.50 ,"127.25"\r\n\n"a ""b""",1,2',
            b'"id",Lat,LON ,km,side\r\n"00,7\nx", 37.50 ,"127.25",1.500,KP\r\n\n'
            b'"a ""b""",1,2,,',
        ),
        (b"\n\nlat,lon\n37.5,127.25\n", b"\n\nlat,lon,km,side\n37.5,127.25,1.500,KP\n"),
    ],
    ids=["comma", "no end", "semicolon", "tab", "quotes", "blank"],
)
def test_a_table_is_written_as_it_was(written, before, after):
    assert written(before) == after


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "cp949"),
        (b"", "euc-kr"),
    ],
)
def test_the_encoding_stays(written, mark, encoding):
    text = "위도,경도,이름\n37.5,127.25,판문점\n"
    after = "위도,경도,이름,km,side\n37.5,127.25,판문점,1.500,KP\n"
    assert written(mark + text.encode(encoding)) == mark + after.encode(encoding)


@pytest.mark.parametrize(
    "header",
    [
        "lat,lon",
        "LATITUDE,Lng",
        "y,x",
        "위도,경도",
        unicodedata.normalize("NFD", "위도,경도"),
        "Latitude,longitude,x,y",
        " Lat ,\tLong",
    ],
)
def test_usual_names_of_columns_are_recognised(read, header):
    more = header.count(",") - 1
    assert points(read(f"{header}\n37.5,127.25{',9' * more}\n")) == [(LON, LAT)]


def test_other_names_are_given(read):
    text = "Nord,lat,Ost,Radius\n37.5,1,127.25,2.5\n"
    file = read(text, lat="nord", lon="Ost", uncertainty="radius")
    assert points(file) == [(LON, LAT)]
    assert file.rows.radii_km.tolist() == [2.5]


def test_the_radius_is_recognised_and_may_be_missing(read):
    file = read("lat,lon,Uncertainty_km\n37.5,127.25,3\n37.5,127.25,\n37.5,127.25, \n")
    assert file.rows.radii_km[0] == 3
    assert all(map(math.isnan, file.rows.radii_km[1:]))
    assert file.rows.bad_count == 0


def test_two_hundred_columns_and_double_names_stay(written):
    names = ",".join(["lat", "lon", *["twin"] * 200])
    values = ",".join(["37.5", "127.25", *map(str, range(200))])
    assert written(f"{names}\n{values}\n") == (
        f"{names},km,side\n{values},1.500,KP\n".encode()
    )


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(
    st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_cell_stays(tmp_path_factory, table, delimiter, quoting, end):
    folder = tmp_path_factory.mktemp("csv")
    buffer = io.StringIO()
    writer = csv.writer(
        buffer, delimiter=delimiter, quoting=quoting, lineterminator=end
    )
    rows = [["lat", "lon", "a", "b"], *(["37.5", "127.25", *row] for row in table)]
    writer.writerows(rows)
    (folder / "t.csv").write_bytes(buffer.getvalue().encode())
    file = opened(folder / "t.csv", Options(added=ADDED))
    file.write(folder / "o.csv", [(2.25, "on")] * len(table))
    text = (folder / "o.csv").read_bytes().decode()
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert found == [
        [*cells, *more]
        for cells, more in zip(
            rows, [["km", "side"], *[["2.250", "on"]] * len(table)], strict=True
        )
    ]
