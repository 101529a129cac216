"""What a reader types into the search, and names that an upload would have placed."""

from __future__ import annotations

from functools import cache

from borderviz.overlay.places import Gazetteer
from borderviz.search import build_index, search
from borderviz.spelling import fold, names, sound
from fuzz.parts import atlas, said


@cache
def _index():
    return build_index(atlas())


@cache
def _gazetteer():
    return Gazetteer(atlas())


WORDS = (
    *[name for place, _ in atlas().places for name in place.name.values()][:30],
    *(
        "-",
        "'",
        "(",
        ")",
        "/",
        "|",
        "ǅ",
        "ﷺ",
        "ß",
        "İ",
        "龍",
        "门",
        "각",
        "\u1100\u1161",
    ),
    *("\u0301", "\u200d", "\u202e", "\0", " ", "\u3000", "–", "２", "kh", "eo"),
)
SEEDS = tuple(word.encode() for word in WORDS)


def one(data):
    text = data.decode("utf-8", "surrogateescape")
    hits = search(_index(), text)
    assert len(hits) <= 12
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)
    found = _gazetteer().find(text)
    if found is not None and hasattr(found, "key"):
        said([found])
    assert all(names(text))
    sound(fold(text))
