"""Bytes of a reader's file into a `RawTable`, in the process that calls.

Only the worker calls it, which has nothing to lose; see `read_file` for everybody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from borderviz.overlay_files.archive import Archive
from borderviz.overlay_files.limits import FILE_BYTES, MEGABYTE, refusal
from borderviz.overlay_files.raw import RawTable, Reason
from borderviz.overlay_files.sniff import FORMS, named_form, sniffed


def parse(data: bytes, name: str, layer: str, encoding: str) -> RawTable:
    """
    Read a file.

    Parameters
    ----------
    data, name
        The file and its name, which is used for nothing but a remark.
    layer, encoding
        What the reader chose; empty to find out.

    Raises
    ------
    RefusedFileError
        If it cannot be used as a whole.
    """
    return prepared(data, name, layer, encoding)()


def prepared(
    data: bytes, name: str, layer: str, encoding: str
) -> Callable[[], RawTable]:
    """
    Tell the form of a file and import what reads it, but do not read it yet.

    Raises
    ------
    RefusedFileError
        If it is too large, or of no form that is read.
    """
    if len(data) > FILE_BYTES:
        raise refusal(why="large", limit=FILE_BYTES // MEGABYTE)
    form = sniffed(data, name)
    read = _reader(form, data, name, layer, encoding)

    def said() -> RawTable:
        table = read()
        return _with_form_said(table, named_form(name))

    return said


def _reader(
    form: str, data: bytes, name: str, layer: str, encoding: str
) -> Callable[[], RawTable]:
    """Import no more than a form needs: a worker is started for each file."""
    if form == "csv":
        from borderviz.overlay_files.csv_form import read_csv

        is_named = named_form(name) in ("", "csv")
        return lambda: read_csv(data, encoding, named=is_named)
    if form == "geojson":
        from borderviz.overlay_files.geojson_form import read_geojson

        return lambda: read_geojson(data, encoding)
    if form == "gpkg":
        from borderviz.overlay_files.gpkg_form import read_geopackage

        return lambda: read_geopackage(data, layer)
    from borderviz.overlay_files.kml_form import read_kml

    if form == "kml":
        return lambda: read_kml(data)
    from borderviz.overlay_files.xlsx_form import read_workbook

    def read_zip() -> RawTable:
        archive = Archive(data)
        if archive.form == "xlsx":
            return read_workbook(archive, layer)
        documents = [n for n in archive.names if n.lower().endswith(".kml")]
        first = next((n for n in documents if n.lower() == "doc.kml"), documents[0])
        return read_kml(archive.read(first), "kmz", len(documents))

    return read_zip


def _with_form_said(table: RawTable, named: str) -> RawTable:
    """Remark on a file that is of another form than its name says."""
    if named in ("", table.form):
        return table
    reason = Reason("file-read-as", {"form": FORMS[table.form], "named": FORMS[named]})
    return replace(table, notes=(reason, *table.notes))
