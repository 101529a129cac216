"""Archives opened with care: how many members, how large, what names, nothing nested.

Members are read into memory by their name in the archive. No name is ever one of a file
on this machine, yet an archive with names that lead elsewhere was made to do harm.
"""

from __future__ import annotations

import codecs
import io
import stat
import zipfile
import zlib

from borderviz.overlay_files.clean import told
from borderviz.overlay_files.limits import (
    MEGABYTE,
    MEMBERS,
    RATIO,
    UNPACKED_BYTES,
    WORKBOOK_MEMBERS,
    refusal,
    refuse_more,
)

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
WORKBOOK = "xl/workbook.xml"
_OLD_WORKBOOK = "xl/workbook.bin"
_NESTED = (".zip", ".kmz", ".xlsx", ".jar", ".7z", ".gz", ".rar", ".tar", ".bz2", ".xz")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 1 << 16
_ENCRYPTED = 0x1

# Of names in archives; the worker may open no file once it reads, not even a module.
codecs.lookup("cp437")


class Archive:
    """
    An archive whose members can be read.

    Parameters
    ----------
    data
        Its bytes.

    Raises
    ------
    RefusedFileError
        If it is broken, too large, has a password, or was made to do harm.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise refusal(why="broken", form="ZIP") from None
        members = self._zip.infolist()
        self.names = [member.filename for member in members]
        self.form = self._told_form()
        limit = WORKBOOK_MEMBERS if self.form == "xlsx" else MEMBERS
        refuse_more(len(members), limit, "members")
        for member in members:
            self._check(member)
        if len(set(self.names)) < len(self.names):
            raise refusal(
                why="member", name=told(max(self.names, key=self.names.count))
            )
        size = sum(member.file_size for member in members)
        self._room = UNPACKED_BYTES
        if size > UNPACKED_BYTES:
            raise refusal(why="unpacked", limit=UNPACKED_BYTES // MEGABYTE)
        if size > RATIO * len(data):
            raise refusal(why="ratio", limit=RATIO)

    def read(self, name: str) -> bytes:
        """
        Unpack a member, counting what comes out whatever the archive says of it.

        Raises
        ------
        RefusedFileError
            If there is no such member, it is broken, or more comes out than may.
        """
        found = bytearray()
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(_CHUNK):
                    found += chunk
                    if len(found) > self._room:
                        raise refusal(why="unpacked", limit=UNPACKED_BYTES // MEGABYTE)
        except KeyError:
            raise refusal(why="broken", form="ZIP") from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ):
            raise refusal(why="broken", form="ZIP") from None
        self._room -= len(found)
        return bytes(found)

    def _told_form(self) -> str:
        """Tell what kind of file an archive is by the names in it."""
        if WORKBOOK in self.names:
            return "xlsx"
        if _OLD_WORKBOOK in self.names:
            raise refusal(why="old-workbook")
        if any(name.lower().endswith(".kml") for name in self.names):
            return "kmz"
        raise refusal(why="archive")

    def _check(self, member: zipfile.ZipInfo) -> None:
        """Refuse a member by what the archive says of it."""
        name = member.filename
        parts = name.replace("\\", "/").split("/")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if (
            ".." in parts
            or not parts[0]
            or ":" in parts[0]
            or kind not in (0, stat.S_IFREG, stat.S_IFDIR)
        ):
            raise refusal(why="member", name=told(name))
        if name.lower().endswith(_NESTED):
            raise refusal(why="nested", name=told(name))
        if member.flag_bits & _ENCRYPTED:
            raise refusal(why="password")
        if member.compress_type not in _METHODS:
            raise refusal(why="broken", form="ZIP")
