"""Archives made to do harm: bombs, archives in archives, names that lead elsewhere."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from borderviz.overlay_files import limits

from .files import kml, placemark, read, read_or_none, refusal, zipped

DOCUMENT = ("doc.kml", kml(placemark()))


def member(name, mode=0):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def zeros(name, size):
    """A member of so many zeros, packed piece by piece."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open(name, "w", force_zip64=True) as inner,
    ):
        for _ in range(size // 1_000_000):
            inner.write(bytes(1_000_000))
    return packed.getvalue()


def test_a_gigabyte_of_zeros_in_a_megabyte_is_refused_unread():
    data = zeros("doc.kml", 1_000_000_000)
    assert len(data) < 1_100_000
    assert refusal(data, "a.kmz").key == "file-unpacked"


def test_what_is_packed_too_well_is_refused():
    data = zeros("doc.kml", 50_000_000)
    assert refusal(data, "a.kmz").key == "file-ratio"


def _lying(data, size):
    """Say another size of the unpacked first member, in both its headers."""
    data = bytearray(data)
    for magic, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        start = data.index(magic) + at
        data[start : start + 4] = struct.pack("<I", size)
    return bytes(data)


@pytest.mark.parametrize("said", [0, 10, 1000])
def test_a_header_that_says_too_little_is_found_out(said):
    data = zipped([("doc.kml", kml(placemark()) + " " * 3_000_000)])
    assert refusal(_lying(data, said), "a.kmz").key in (
        "file-broken",
        "file-broken-line",
    )


def test_a_header_that_says_too_much_is_believed():
    data = _lying(zipped([DOCUMENT]), 2**31)
    assert refusal(data, "a.kmz").key == "file-unpacked"


@pytest.mark.parametrize(
    "name", ["a.zip", "deep/b.KMZ", "c.xlsx", "d.tar", "e.gz", "f.7z"]
)
def test_an_archive_in_an_archive_is_refused(name):
    inner = zipped([DOCUMENT])
    reason = refusal(zipped([DOCUMENT, (name, inner)]), "a.kmz")
    assert (reason.key, reason.values) == ("file-nested", {"name": name})


@pytest.mark.parametrize(
    "name",
    [
        "../evil.kml",
        "a/../../evil.kml",
        "/etc/passwd",
        "\\windows\\x.kml",
        "C:\\x.kml",
        "c:x.kml",
        "..",
        "..\\..\\x",
        "//host/share/x.kml",
        "http://127.0.0.1/x.kml",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    data = zipped([DOCUMENT, (member(name), "x")])
    assert refusal(data, "a.kmz").key == "file-member"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_what_is_no_file_is_refused(kind):
    data = zipped([(member("doc.kml", kind | 0o777), "/etc/passwd")])
    assert refusal(data, "a.kmz").key == "file-member"


def test_a_name_may_stand_there_once_only():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([DOCUMENT, DOCUMENT])
    assert refusal(data, "a.kmz").key == "file-member"


def test_a_member_with_a_password_is_refused():
    data = bytearray(zipped([DOCUMENT]))
    for magic, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        data[data.index(magic) + at] |= 1
    assert refusal(bytes(data), "a.kmz").key == "file-password"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_usual_way_of_packing_is_known(method):
    assert refusal(zipped([DOCUMENT], method), "a.kmz").key == "file-broken"


@pytest.mark.parametrize(
    ("name", "limit"),
    [("doc.kml", limits.MEMBERS), ("xl/workbook.xml", limits.WORKBOOK_MEMBERS)],
)
def test_so_many_members_and_no_more(name, limit):
    members = [(name, DOCUMENT[1])] + [(f"{n}.png", b"") for n in range(limit - 1)]
    expected = "file-broken" if name.startswith("xl") else None
    if expected:  # not stopped by their number
        assert refusal(zipped(members), "a").key == expected
    else:
        assert len(read(zipped(members), "a").numbers) == 1
    reason = refusal(zipped([*members, ("more.png", b"")]), "a")
    assert (reason.key, reason.values) == ("file-members", {"limit": limit})


@pytest.mark.parametrize("at", range(0, 400, 7))
def test_an_archive_with_damage_is_read_or_refused(at):
    data = bytearray(zipped([DOCUMENT, ("a.png", b"x")]))
    at %= len(data)
    data[at] ^= 0xFF
    table = read_or_none(bytes(data), "a.kmz")
    assert table is None or len(table.numbers) <= 1
