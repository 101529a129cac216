"""What a worker may answer, which is believed no more than the file was."""

from __future__ import annotations

from borderviz.overlay_files import RefusedFileError
from borderviz.overlay_files.packing import packed, unpacked
from borderviz.overlay_files.parse import parse
from fuzz.parts import BETWEEN

_GEOJSON = b'{"type":"Point","coordinates":[1,2]}'
WORDS = (
    *('"form"', '"layer"', '"layers"', '"encoding"', '"columns"', '"notes"', '"key"'),
    *('"problems"', '"bad_count"', '"has_shapes"', '"refused"', '"values"', "true"),
    *('"file-empty"', '"row"', '"field"', '"value"', '"reason"', "NaN", "[]", "{}"),
)


def _frames(answer):
    at = 0
    while at < len(answer):
        end = at + 8 + int.from_bytes(answer[at : at + 8], "big")
        yield answer[at + 8 : end]
        at = end


# Frames without their lengths, which are put before them; after `r`, as they are.
_ANSWERS = [
    b"".join(packed(parse(data, "a", "", "")))
    for data in (b"lat,lon\n1,2\n", _GEOJSON, b"lat,lon\n1,2\n1\n")
]
SEEDS = (
    *(b"f" + BETWEEN.join(_frames(answer)) for answer in _ANSWERS),
    *(b"r" + answer for answer in _ANSWERS),
    b'f{"refused": {"key": "file-empty", "values": {}}}',
)


def one(data):
    answer = data[1:]
    if data[:1] != b"r":
        parts = answer.split(BETWEEN)
        answer = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    try:
        unpacked(answer)
    except (ValueError, RecursionError, RefusedFileError):
        return
