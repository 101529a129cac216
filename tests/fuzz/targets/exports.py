"""Texts on their way out: CSV, BibTeX and KML, each read back by somebody's parser."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree as ET

import bibtexparser

from borderviz.bibliography.bibtex import bibtex, tex
from borderviz.bibliography.works import Work, plain_text
from borderviz.export.csv_text import csv_cell, csv_lines, guarded, unguarded
from borderviz.export.kml import _data
from borderviz.overlay_files.clean import clean
from fuzz.parts import parted
from hostile import PAYLOADS

WORDS = (
    *("=", "+", "-", "@", "'", "''", '"', ";", "\t", "\r\n", "\n=", ";@", "\ufeff="),
    *("＝1", "−", "\u200b=", "\0", ",", "{", "}", "\\", "%", "$", "#", "``", "?`"),
    *("@article{x,", "https://a.example/", "javascript:x", "2019-05", "--", "]]>", "&"),
)
SEEDS = (
    *(word.encode() for word in PAYLOADS),
    b"=1+1\xffa;-b\xff'=c\xffhttps://a.example/b{c}\xff2019-05",
)
_FORMULA = re.compile('(^|[;\t\r\n])[ "]*[=+@\\-]')


def one(data):
    texts = parted(data, 5)
    _csv(texts)
    _kml([clean(text)[0] for text in texts])
    _bibtex(texts)


def _csv(texts):
    sent = [text.encode("utf-8", "replace").decode() for text in texts]
    for text in sent:
        assert unguarded(guarded(text)) == text
        assert not _FORMULA.search(guarded(text))
    content = csv_lines([[csv_cell(text) for text in sent]]).decode("utf-8-sig")
    (row,) = csv.reader(io.StringIO(content, newline=""), strict=True)
    assert [unguarded(cell) for cell in row] == sent


def _kml(texts):
    values = dict(zip(texts[::2], texts[1::2], strict=False))
    again = ET.fromstring("\n".join(_data(values, 0)).encode())
    pairs = [(e.get("name"), e[0].text or "") for e in again.iter("Data")]
    assert pairs == list(values.items())


def _bibtex(texts):
    title, publisher, note, url, issued = (text[:300] for text in texts[:5])
    work = Work("a", "book", title, publisher, issued=issued, url=url, notes=(note,))
    (entry,) = bibtexparser.parse_string(bibtex([work])).blocks
    assert (entry.key, entry.entry_type) == ("a", "book")
    names = {"author", "title", "year", "month", "day", "url", "note"}
    assert set(entry.fields_dict) <= names
    bare = re.sub(
        r"\\text(backslash|brace(left|right)|ascii(circum|tilde))\{\}", "", tex(title)
    )
    bare = re.sub(r"\\[$&#_%]", "", bare).replace("{}", "")
    assert not set(bare) & set("\\{}$&#_%^~")
    assert "\n" not in plain_text(work, "en")
