"""Uploads that are text in columns, in any encoding; what is read of one is built."""

from __future__ import annotations

import codecs

from borderviz.overlay.build import build
from borderviz.overlay.roles import recognise
from fuzz.parts import atlas, reads, said

WORDS = (
    *("lat", "lon", "date", "title", "sep=;", '"', '""', "\r\n", "\r", "\t", ";", "|"),
    *("\ufeff", "위도", "경도", "날짜", "37.5", "-126.7", "37°30′N", "1e999", "NaN"),
    *("03/04/2021", "2021-05", "12월", "\x00", "\u202e", "\u2028", ",,,,", "=1+1"),
    *(codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, b"\xc0\xaf"),
)
SEEDS = (
    b"lat,lon,date,title\n10.5,20.5,2019-05,A\n10.6,20.6,03/04/2021,B\n",
    "위도;경도;제목\n37,5;127,1;가\n".encode("cp949"),
    "lat\tlon\r\n1\t2\r\n".encode("utf-16"),
    b'sep=|\nlat|lon|"a\nb"\n1|2|"x""y"\n\n3|4\n',
    b"place,category,radius (m)\nNordo,a,500\nNordo,b,-1\n",
)


def one(data):
    table = reads(data, "a.csv")
    if table is not None and len(table.numbers) <= 50:
        overlay = build(table, "a.csv", recognise(table), atlas())
        said(overlay.notes)
        said(problem.reason for problem in (*overlay.problems, *overlay.doubts))
