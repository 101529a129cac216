"""What an address says after its question mark."""

from __future__ import annotations

from borderviz.permalink import decode, decode_query, decode_step, encode, to_query
from borderviz.selection import select
from fuzz.parts import atlas, parted

_BASEMAPS = ("osm",)
_KEYS = (
    *("v", "lang", "page", "story", "sel", "list", "layers", "show", "sort", "circles"),
    *("map", "at", "from", "to", "kind", "dir", "mode", "who", "area", "sure"),
    *("within", "cited", "embed"),
)


def _ids():
    known = atlas()
    lists = known.records, known.step_of, known.page_of, known.settings.languages
    return [identity for ids in lists for identity in list(ids)[:6]]


WORDS = (
    *(f"{key}=" for key in _KEYS),
    *(f"&{key}=" for key in _KEYS),
    *(f"={identity}" for identity in _ids()),
    *("&", "=", "%00", "%ff", "%ed%a0%80", "+", ";", "none", "38.3,127.25,9", "1953"),
    *("1953-07-27", "crossing.incident", "high.low", "2.5", "1e9", "٣", "-date"),
)
# After `q` a query; after anything else keys and values in turn.
SEEDS = (
    *(f"q{key}={value}".encode() for key in _KEYS for value in ("1", "en", "2000")),
    *(f"qv=1&story={identity}&sel={identity}".encode() for identity in _ids()),
    b"p" + b"\xff".join([b"lang", b"ko", b"at", b"10.5,20,9", b"from", b"1953"]),
    b"qlayers=none&show=table&sort=-date&circles=1&within=2.5&cited=2&from=1953&to=2001-02",
)


def one(data):
    text = data[1:].decode("utf-8", "surrogateescape")
    if data[:1] == b"q":
        decoded = decode_query(text, atlas(), _BASEMAPS)
    else:
        parts = parted(data[1:])
        query = dict(zip(parts[::2], parts[1::2], strict=False))
        decoded = decode(query, atlas(), _BASEMAPS)
    assert len(decoded.ignored) <= 5
    assert sum(map(len, decoded.ignored)) <= 5 * 61
    assert len(decoded.unknown_record) <= 80
    assert (
        decode(encode(decoded.view, atlas()), atlas(), _BASEMAPS).view == decoded.view
    )
    written = to_query(decoded.view, atlas()).removeprefix("?")
    assert written.isascii()
    assert decode_query(written, atlas(), _BASEMAPS).view == decoded.view
    if not decode_step(text, atlas()).view.story:
        select(atlas(), decoded.view)
