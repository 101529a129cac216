"""What the sheets of a workbook need: names, shared texts, styles of dates."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from borderviz.overlay_files.archive import WORKBOOK, Archive
from borderviz.overlay_files.clean import told
from borderviz.overlay_files.limits import refusal
from borderviz.overlay_files.xml_walk import Names, walk

FORM = "Excel"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHEET, _TEXTS, _STYLES = "worksheet", "sharedStrings", "styles"


@dataclass
class Workbook:
    """
    What a workbook says about its sheets.

    Parameters
    ----------
    sheets
        Member of the archive by name of the sheet, in order, hidden ones last.
    texts
        Those that cells share.
    dates, spans
        Numbers of the styles that show a number as a date, and as a length of time.
    epoch
        The day from which days are counted.
    """

    sheets: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    dates: set[str] = field(default_factory=set)
    spans: set[str] = field(default_factory=set)
    epoch: object = WINDOWS_EPOCH


def opened(archive: Archive) -> Workbook:
    """
    Read all of a workbook but its sheets.

    Raises
    ------
    RefusedFileError
        If it is broken or has no sheet.
    """
    book = Workbook()
    targets = _relations(archive)
    _sheets(archive, book, {key: name for key, (kind, name) in targets.items()})
    if not book.sheets:
        raise refusal(why="no-layer")
    for kind, name in targets.values():
        if kind == _TEXTS and name in archive.names:
            _shared_texts(archive.read(name), book)
        elif kind == _STYLES and name in archive.names:
            _date_styles(archive.read(name), book)
    return book


def _nothing(_: str) -> None:
    """Take no notice of an end or a text."""


def _relations(archive: Archive) -> dict[str, tuple[str, str]]:
    """Find kind and member of what belongs to the workbook; nothing outside."""
    found: dict[str, tuple[str, str]] = {}
    names = Names()

    def start(name: str, attributes: dict[str, str]) -> None:
        if names[name] == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/xl", attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            member = posixpath.normpath(target).lstrip("/")
            found[attributes.get("Id", "")] = kind, member

    walk(archive.read(_RELATIONS), FORM, start, _nothing, _nothing)
    return found


def _sheets(archive: Archive, book: Workbook, targets: dict[str, str]) -> None:
    names = Names()
    hidden: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if names[name] == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            book.epoch = MAC_EPOCH
        elif names[name] == "sheet":
            key = next((v for k, v in attributes.items() if names[k] == "id"), "")
            member = targets.get(key, "")
            if member in archive.names and "worksheets/" in member:
                shown = attributes.get("state", "visible") == "visible"
                sheets = book.sheets if shown else hidden
                sheets[told(attributes.get("name", ""))] = member

    walk(archive.read(WORKBOOK), FORM, start, _nothing, _nothing)
    book.sheets.update(hidden)


def _shared_texts(data: bytes, book: Workbook) -> None:
    """Read the shared texts; how a word is spoken (`rPh`) is no part of it."""
    names = Names()
    parts: list[str] = []
    is_text = is_spoken = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal is_text, is_spoken
        local = names[name]
        is_text = local == "t" and not is_spoken
        is_spoken |= local == "rPh"

    def end(name: str) -> None:
        nonlocal is_text, is_spoken
        is_text = False
        if names[name] == "si":
            book.texts.append("".join(parts))
            parts.clear()
        elif names[name] == "rPh":
            is_spoken = False

    def text(found: str) -> None:
        if is_text:
            parts.append(found)

    walk(data, FORM, start, end, text)


def _date_styles(data: bytes, book: Workbook) -> None:
    names = Names()
    formats = {str(number): form for number, form in BUILTIN_FORMATS.items()}
    is_cell_style = False
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_cell_style, count
        local = names[name]
        if local == "numFmt":
            code = attributes.get("formatCode", "")[:200]
            formats[attributes.get("numFmtId", "")] = code
        elif local == "cellXfs":
            is_cell_style = True
        elif local == "xf" and is_cell_style:
            form = formats.get(attributes.get("numFmtId", ""), "")
            if is_timedelta_format(form):
                book.spans.add(str(count))
            elif is_date_format(form):
                book.dates.add(str(count))
            count += 1

    def end(name: str) -> None:
        nonlocal is_cell_style
        is_cell_style &= names[name] != "cellXfs"

    walk(data, FORM, start, end, _nothing)
