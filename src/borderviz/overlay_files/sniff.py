"""What kind of file it is, told by its content; the name only breaks a tie."""

from __future__ import annotations

import re

from borderviz.overlay_files.archive import ZIP_MAGIC
from borderviz.overlay_files.limits import refusal

# Formats are called the same in every language.
FORMS = {
    "csv": "CSV",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "kml": "KML",
    "kmz": "KMZ",
    "xlsx": "Excel",
}
ENDINGS = ("csv", "geojson", "json", "gpkg", "kml", "kmz", "xlsx")
_FORM_OF = {
    **{ending: ending for ending in ENDINGS},
    **{"json": "geojson", "tsv": "csv", "txt": "csv"},
}
_SQLITE = b"SQLite format 3\0"
_OTHERS = (b"%PDF-", b"\x89PNG", b"PAR1", b"\x1f\x8b")
_DECLARED = (b"<?xml", b"<!", b"<kml")
_OLE = b"\xd0\xcf\x11\xe0"
_XML = re.compile(rb"<(\?xml|!|[A-Za-z_][\w.:-]*[\s/>])", re.ASCII)
_TAGS = re.compile(rb"<[^<>]*>")
_DELIMITERS = re.compile(rb"[,;|\t]")
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\"\d\]-]|[{\[]\s*$")
_HEAD = 4096
_TEXT_MARKS = (
    b"\xef\xbb\xbf",
    b"\xff\xfe\0\0",
    b"\0\0\xfe\xff",
    b"\xff\xfe",
    b"\xfe\xff",
)


def named_form(name: str) -> str:
    """
    Return the form that a file's name speaks of; empty if none of ours.

    Examples
    --------
    >>> named_form("a.JSON"), named_form("b.tsv"), named_form("c.vrt")
    ('geojson', 'csv', '')
    """
    return _FORM_OF.get(name.rpartition(".")[2].strip().lower(), "")


def sniffed(data: bytes, name: str) -> str:
    """
    Tell the form of a file; `zip` for an archive, in which one must look further.

    Raises
    ------
    RefusedFileError
        If it is empty, or of a kind that is known and not read.
    """
    if data.startswith(_SQLITE):
        return "gpkg"
    if data.startswith(ZIP_MAGIC):
        return "zip"
    if data.startswith(_OLE):
        raise refusal(why="old-workbook")
    head = data[:_HEAD]
    for mark in _TEXT_MARKS:
        head = head.removeprefix(mark)
    # Without its zero bytes UTF-16 shows the ASCII that markup begins with.
    head = head.replace(b"\0", b"").lstrip()
    if not head and not data[_HEAD:].strip(b"\0\t\r\n "):
        raise refusal(why="empty")
    if head.startswith(_OTHERS):
        raise refusal(why="unknown")
    if _XML.match(head) and not (named_form(name) == "csv" and _is_heading(head, data)):
        return "kml"
    if _JSON.match(head):
        return "geojson"
    return "csv"


def _is_heading(head: bytes, data: bytes) -> bool:
    """Whether what looks like markup is the first heading of a table."""
    if head.startswith(_DECLARED) or data.rstrip().endswith(b">"):
        return False
    return bool(_DELIMITERS.search(_TAGS.sub(b"", head.splitlines()[0])))
