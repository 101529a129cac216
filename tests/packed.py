"""What a packed page holds: the way back from `standalone.packing`, in Python."""

from __future__ import annotations

import json
import re
import zlib

from borderviz.standalone.packing import MARK, SIGNS

BLOCK = re.compile(r'<script type="application/octet-stream" id="bv-block-([\w-]+)">')


def blocks(html):
    """Read every block of a page, by name."""
    found = {}
    for match in BLOCK.finditer(html):
        text = html[match.end() : html.index("</script>", match.end())]
        found[match[1]] = json.loads(zlib.decompress(bytes_of(text), -15))
    return found


def bytes_of(text):
    """Undo `as_text`."""
    place = {sign: n for n, sign in enumerate(SIGNS)}
    bits = count = 0
    found = bytearray()
    for n in range(0, len(text) - 1, 2):
        bits |= (place[text[n]] * len(SIGNS) + place[text[n + 1]]) << count
        count += 13
        while count >= 8:
            found.append(bits & 255)
            bits >>= 8
            count -= 8
    return bytes(found[:-1] if len(text) % 2 else found)


def pieces(block):
    """Undo `pack`: texts by name."""
    whole, *parts = block["text"].split(MARK)
    before = 0
    for part, step, count in zip(parts, block["from"], block["count"], strict=True):
        start = before + step
        before = start + count
        whole += whole[start:before] + part
    assert len(whole) == block["length"]
    return dict(zip(block["names"], whole.split("\0"), strict=True))
