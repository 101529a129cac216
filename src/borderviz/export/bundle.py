"""A ZIP of a view's data with all that must stay beside it.

Nothing in it depends on the clock or the machine but what it is told: the same view on
the same day gives the same bytes wherever a format allows that.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

from borderviz.content import Atlas
from borderviz.export.about import Export, export_of
from borderviz.export.formats import FORMATS, written
from borderviz.export.readme import readme
from borderviz.render.citation import Citation, view_citation
from borderviz.render.context import Context
from borderviz.selection import Selection
from borderviz.settings import Licence

README = "README.txt"
CITATIONS = {"bib": "bibtex", "json": "csl", "txt": "plain"}
PICTURES = "pictures"
# What is stored already packed gains nothing from being packed again.
# What a ZIP file can say of a year.
ZIP_YEARS = (1980, 2107)
_PACKED = (".png", ".parquet")
# Read and write for the owner, read for all others, a plain file.
_MODE = 0o100644 << 16
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100
# A name, the key of the text about it, and the bytes.
File = tuple[str, tuple[str, bytes]]


def zip_bytes(
    forms: Sequence[str],
    selection: Selection,
    context: Context,
    *,
    scope: str = "events",
    today: dt.date,
    address: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """
    Pack what a view shows, with licences, citations and a README.

    Parameters
    ----------
    forms
        Names of `FORMATS`; each once, however often it is named.
    selection, context
        The view, and the reader's language.
    scope
        "events" or "layers", as in `chosen`.
    today
        The day of the export.
    address
        Where the atlas is served; empty leaves links to their query.
    pictures
        Bytes by file name, to lie in a folder of their own.

    Raises
    ------
    ValueError
        If there is no such format or scope.
    OutputError
        If the disk or a library refuses.
    """
    export = export_of(selection, context, scope=scope, today=today, address=address)
    citation = view_citation(
        selection, context, today=today, address=address, records=export.records
    )
    files = dict(_files(forms, export, citation, pictures or {}))
    told = readme(
        export, {name: key for name, (key, _) in files.items()}, own(citation)
    )
    contents = {README: _bytes(told), **{name: x for name, (_, x) in files.items()}}
    return packed(contents, today)


def packed(contents: Mapping[str, bytes], today: dt.date) -> bytes:
    """
    Pack files so that the same ones give the same bytes on the same day.

    Parameters
    ----------
    contents
        Bytes by name.
    today
        The time that each file bears.
    """
    target = io.BytesIO()
    # A clock that is wrong must not cost the reader the file.
    year = min(max(today.year, ZIP_YEARS[0]), ZIP_YEARS[1])
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, (year, today.month, today.day, 0, 0, 0))
            entry.external_attr, entry.create_system = _MODE, 3
            is_packed = name.endswith(_PACKED)
            entry.compress_type = (
                zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, content)
    return target.getvalue()


def own(citation: Citation) -> str:
    """Return the lines of a citation after its sources: how to cite the atlas."""
    lines = [line.text for line in citation.lines]
    last_source = max(
        (n for n, line in enumerate(citation.lines) if line.is_source), default=-1
    )
    return "\n".join(text for text in lines[last_source + 1 :] if text)


def safe_name(name: str) -> str:
    """
    Make a file name that every system takes, and that leads nowhere else.

    Examples
    --------
    >>> safe_name("../a b.png"), safe_name("/"), safe_name("chart-decades.svg")
    ('a-b.png', 'file', 'chart-decades.svg')
    """
    plain = _UNSAFE.sub("-", name.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = plain.strip("-.").rpartition(".")
    if not stem:
        return ending[:_LONGEST] or "file"
    return f"{stem[:_LONGEST]}{dot}{ending[:10]}"


def _files(
    forms: Sequence[str],
    export: Export,
    citation: Citation,
    pictures: Mapping[str, bytes],
) -> Iterator[File]:
    """Make each file."""
    atlas = export.context.atlas
    stem = f"{atlas.settings.id}-{atlas.fingerprint}"
    for form in dict.fromkeys(forms):
        content = written(form, export)
        yield stem + FORMATS[form].ending, (f"export-file-{form}", content)
    yield from picture_files(pictures)
    for ending, style in CITATIONS.items():
        text = citation.text(style)
        yield f"citations.{ending}", (f"export-file-{ending}", _bytes(text))
    yield from licence_files(export.licences, atlas)


def picture_files(pictures: Mapping[str, bytes]) -> Iterator[File]:
    """Give pictures a folder of their own."""
    for name, content in named(pictures):
        yield f"{PICTURES}/{name}", ("export-file-pictures", content)


def licence_files(licences: Iterable[Licence], atlas: Atlas) -> Iterator[File]:
    """Give the full text of each licence."""
    for licence in licences:
        text = atlas.licences.get(licence.id, "")
        yield licence.file, ("export-file-licences", _bytes(text))


def named(pictures: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Give each picture a safe name of its own."""
    used: set[str] = set()
    for name, content in pictures.items():
        safe = safe_name(name)
        while safe.lower() in used:
            safe = f"x-{safe}"
        used.add(safe.lower())
        yield safe, content


def _bytes(text: str) -> bytes:
    """Write a text in UTF-8, whatever is in it."""
    return text.encode("utf-8", "replace")
