"""Many texts that repeat each other, made small: what was said is only pointed at.

A page's own compression looks back 32,768 letters; panels that cite the same sources
are farther apart than that. `pack` looks back over everything, at some cost in Python
and next to none in the browser. Packed texts are read by `web/shell-data.js`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping

# Letters that must agree before a passage is pointed at; every so many are remembered.
CHUNK, STEP = 32, 8
# Stands for a passage that was there before; no text of ours has it.
MARK = "\x01"
_BETWEEN = "\x00"


def pack(texts: Mapping[str, str]) -> bytes:
    """
    Pack texts by name.

    Parameters
    ----------
    texts
        Markup or JSON; the characters 0 and 1 are in none of them.

    Returns
    -------
    packed
        A deflated JSON document: names, lengths, text with marks, and what they mean.
    """
    whole = _BETWEEN.join(texts.values())
    assert MARK not in whole
    plain, steps = [], list[int]()
    before = 0
    for part in _parts(whole):
        if isinstance(part, str):
            plain.append(part)
            continue
        start, length = part
        plain.append(MARK)
        # From the end of the one before: neighbours point at neighbours.
        steps += [start - before, length]
        before = start + length
    document = {
        "names": list(texts),
        "length": len(whole),
        "text": "".join(plain),
        "from": steps[::2],
        "count": steps[1::2],
    }
    return deflated(document)


def _parts(whole: str) -> Iterator[str | tuple[int, int]]:
    """Walk a text: passages that are new, (start, length) of those that are not."""
    seen: dict[str, int] = {}
    at = done = remembered = 0
    while at + CHUNK <= len(whole):
        while remembered + CHUNK <= at:
            seen[whole[remembered : remembered + CHUNK]] = remembered
            remembered += STEP
        found = seen.get(whole[at : at + CHUNK])
        if found is None:
            at += 1
            continue
        end, source = at + CHUNK, found + CHUNK
        while end < len(whole) and source < at and whole[end] == whole[source]:
            end, source = end + 1, source + 1
        while at > done and found > 0 and whole[at - 1] == whole[found - 1]:
            at, found = at - 1, found - 1
        yield whole[done:at]
        yield found, end - at
        at = done = end
    yield whole[done:]


def deflated(document: object) -> bytes:
    """Write data as compact JSON, compressed."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate is no text; elsewhere in the program it becomes the same sign.
    # Without a header and a sum: a browser minds what follows those, and one byte may.
    squeezing = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeezing.compress(text.encode("utf-8", "replace")) + squeezing.flush()


# Every visible ASCII character but those that end a string, begin a tag or escape.
SIGNS = "".join(chr(n) for n in range(33, 127) if chr(n) not in '"<\\')
_BITS, _PAIRS = 13, 1 << 13


def as_text(block: bytes) -> str:
    """
    Write a block in 91 signs that mean nothing in a script: 13 bits in each two.

    Base64 would need a twelfth more. Where the pairs have room for one byte too many,
    a single sign follows them.

    Examples
    --------
    >>> as_text(b"")
    ''
    >>> len(as_text(bytes(13)))
    16
    """
    pairs = [a + b for a in SIGNS for b in SIGNS][:_PAIRS]
    written, bits, value = [], 0, 0
    for byte in block:
        value |= byte << bits
        bits += 8
        if bits >= _BITS:
            written.append(pairs[value & (_PAIRS - 1)])
            value >>= _BITS
            bits -= _BITS
    if bits:
        written.append(pairs[value])
    if len(written) * _BITS // 8 > len(block):
        written.append(SIGNS[0])
    return "".join(written)
