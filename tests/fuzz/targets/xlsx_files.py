"""Uploads in Excel's format: each member on its own, and the archive's bytes."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from fuzz.parts import BETWEEN, reads

_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEMBERS = {
    "xl/worksheets/sheet1.xml": b"",
    "xl/sharedStrings.xml": b"<sst><si><t>lat</t></si><si><t>lon</t></si></sst>",
    "xl/styles.xml": b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy"/>'
    b'</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/>'
    b'<xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/workbook.xml": f'<workbook xmlns:r="{_SPACE}"><sheets><sheet name="S" '
    'r:id="r1"/></sheets></workbook>'.encode(),
    "xl/_rels/workbook.xml.rels": "".join(
        (
            "<Relationships>",
            *(
                f'<Relationship Id="r{n}" Target="{target}" Type="{_SPACE}/{kind}"/>'
                for n, (target, kind) in enumerate(
                    (
                        ("worksheets/sheet1.xml", "worksheet"),
                        ("sharedStrings.xml", "sharedStrings"),
                        ("styles.xml", "styles"),
                    ),
                    1,
                )
            ),
            "</Relationships>",
        )
    ).encode(),
}
_SHEET = b"<worksheet><sheetData>%s</sheetData></worksheet>"
_ROWS = (
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" '
    b't="inlineStr"><is><t>date</t></is></c></row><row r="2"><c><v>10.5</v></c><c><v>20'
    b'</v></c><c s="1"><v>43589.5</v></c></row>',
    b'<row r="3"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c s="2"><v>1.5</v></c>'
    b'<c r="E3"><f>A1</f></c><c s="3" t="n"><v>-1e9</v></c><c t="d"><v>2019-01-01</v>'
    b"</c></row>",
)
WORDS = (
    *("<row>", '<row r="9">', "</row>", "<c>", "</c>", "<v>", "</v>", "<f>", "</f>"),
    *('<c t="s">', '<c t="b">', '<c t="str">', '<c s="1">', '<c s="2">', 'r="ZZ1"'),
    *("<is><t>", "</t></is>", "1e308", "nan", "inf", "-1", "2958466", "60", "0.99999"),
    *("<si>", "</si>", "<rPh>", 'date1904="1"', "<!DOCTYPE a>", "<cellXfs>", "[h]:mm"),
    *('Target="../../x"', 'TargetMode="External"', 'state="hidden"', "9" * 20),
)
# After the first letter: members in the order above, those left out as they are there.
SEEDS = (
    b"m" + _SHEET % b"".join(_ROWS),
    b"m" + _SHEET % _ROWS[0] + BETWEEN + b"<sst><si><t>a</t></si></sst>",
    b"r" + _ROWS[1] * 2,
    BETWEEN.join([b"m" + _SHEET % _ROWS[0], *list(_MEMBERS.values())[1:]]),
    b"e\0\x10P\0\x20\xfe",
)


def one(data):
    kind, rest = data[:1], data[1:]
    if kind == b"r":
        reads(_zipped([_SHEET % rest]), "a.xlsx")
    elif kind == b"m":
        reads(_zipped(rest.split(BETWEEN)), "a.xlsx")
    else:
        reads(_edited(rest), "a.xlsx")


def _zipped(parts):
    packed = io.BytesIO()
    given = dict(zip(_MEMBERS, parts, strict=False))
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (_MEMBERS | given).items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


@cache
def _whole():
    return _zipped([_SHEET % b"".join(_ROWS)])


def _edited(edits):
    """A workbook in which each three bytes change one byte of the archive."""
    image = bytearray(_whole())
    for high, low, byte in zip(edits[::3], edits[1::3], edits[2::3], strict=False):
        image[(high << 8 | low) % len(image)] = byte
    return bytes(image)
