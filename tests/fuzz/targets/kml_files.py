"""Uploads in KML, and in an archive with one."""

from __future__ import annotations

import io
import zipfile

from fuzz.parts import BETWEEN, reads

_HEAD = b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
_TAIL = b"</Document></kml>"
_TAGS = (
    *("Placemark", "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry"),
    *("outerBoundaryIs", "innerBoundaryIs", "coordinates", "name", "description"),
    *("TimeStamp", "when", "TimeSpan", "begin", "end", "ExtendedData", "SchemaData"),
    *("NetworkLink", "Folder", "gx:Track", "gx:MultiTrack", "gx:coord", "Model"),
)
WORDS = (
    *(f"<{tag}>" for tag in _TAGS),
    *(f"</{tag}>" for tag in _TAGS),
    *('<Data name="a"><value>', "</value></Data>", '<SimpleData name="b">'),
    *("127.1,38.1,0", "190,10 200,20", "nan,inf", "1_0,2", "0,0 1,1 0,1 1,0 0,0"),
    *("<!DOCTYPE a>", '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;", "<![CDATA["),
    *("]]>", "<?xml version='1.0' encoding='utf-7'?>", "<!-- -->", "PK\x03\x04"),
)
_MARK = b"<Placemark><name>A</name>%s</Placemark>"
_SHAPES = (
    b"<Point><coordinates>127.1,38.1,0</coordinates></Point>",
    b"<LineString><coordinates>170,1 190,2</coordinates></LineString>",
    b"<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 2,2 0,2 2,0 0,0"
    b"</coordinates></LinearRing></outerBoundaryIs></Polygon>",
    b"<MultiGeometry><Point><coordinates>1,2</coordinates></Point></MultiGeometry>",
    b'<ExtendedData><Data name="k"><value>v</value></Data></ExtendedData>'
    b"<TimeSpan><begin>2019</begin><end>2020-01</end></TimeSpan>",
)
# The first letter: a document as it is, the inside of one, or members of an archive.
SEEDS = (
    *(b"i" + _MARK % shape for shape in _SHAPES),
    b"d" + _HEAD + b"".join(_MARK % shape for shape in _SHAPES) + _TAIL,
    b"zdoc.kml" + BETWEEN + _HEAD + _MARK % _SHAPES[0] + _TAIL,
    b"z../doc.kml" + BETWEEN + _HEAD + _TAIL + BETWEEN + b"x.kml" + BETWEEN + b"y",
)


def one(data):
    kind, rest = data[:1], data[1:]
    if kind == b"d":
        reads(rest, "a.kml")
    elif kind == b"i":
        reads(_HEAD + rest + _TAIL, "a.kml")
    elif kind == b"z":
        reads(_zipped(rest.split(BETWEEN)), "a.kmz")
    else:
        reads(b"PK\x03\x04" + rest, "a.kmz")


def _zipped(parts):
    """Names and contents in turn, stored: what the archive says of them is true."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in zip(parts[::2], parts[1::2], strict=False):
            text = name.decode("utf-8", "replace")[:200]
            if text not in archive.NameToInfo:
                archive.writestr(zipfile.ZipInfo(text), content)
    return packed.getvalue()
