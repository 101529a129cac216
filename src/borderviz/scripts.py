"""Which language a passage is in, as far as its letters tell.

Titles of sources, names of publishers and other spellings of a name come in many
languages without saying which. A screen reader needs to know, or it reads Hangul aloud
with the rules of English. Letters tell the script; a script tells the language it is
mostly used for. Nothing here looks at words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Ranges of letters. A syllable or a character says as much as some Latin letters do.
_LETTERS = {
    "hangul": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"),
    "kana": re.compile(r"[\u3041-\u30fa\u30fc-\u30ff\uff66-\uff9d]"),
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "greek": re.compile(r"[\u0370-\u03ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "hebrew": re.compile(r"[\u0590-\u05ff]"),
    "thai": re.compile(r"[\u0e00-\u0e7f]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
}
_WEIGHT = {"hangul": 2.5, "kana": 2.5, "han": 4.0}
# What each script is read as where nothing else is known.
USUAL = {
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
    "cyrillic": "ru",
    "greek": "el",
    "arabic": "ar",
    "hebrew": "he",
    "thai": "th",
    "latin": "en",
}
# Scripts in which a language is written, where that is not Latin.
WRITTEN = {
    "ko": ("hangul",),
    "ja": ("kana", "han"),
    "zh": ("han",),
    "ru": ("cyrillic",),
    "uk": ("cyrillic",),
    "bg": ("cyrillic",),
    "sr": ("cyrillic", "latin"),
    "mn": ("cyrillic",),
    "kk": ("cyrillic",),
    "el": ("greek",),
    "ar": ("arabic",),
    "fa": ("arabic",),
    "ur": ("arabic",),
    "he": ("hebrew",),
    "th": ("thai",),
}


def script_of(passage: str) -> str:
    """
    Name the script of most of a passage; empty if it has no letters.

    Han characters beside Hangul or kana belong to those.

    Examples
    --------
    >>> [script_of(p) for p in ("Lake", "호수 湖水", "湖のほとり", "湖水", "Лес", "7")]
    ['latin', 'hangul', 'kana', 'han', 'cyrillic', '']
    """
    found = {
        name: _WEIGHT.get(name, 1.0) * len(letters.findall(passage))
        for name, letters in _LETTERS.items()
    }
    for owner in ("kana", "hangul"):
        if found[owner]:
            found[owner] += found["han"]
            found["han"] = 0.0
    best = max(found, key=lambda name: found[name])
    return best if found[best] else ""


def language_of(
    passage: str, page: str, usual: Mapping[str, str] = USUAL
) -> str | None:
    """
    Tell the language of a passage where it is not the page's.

    Parameters
    ----------
    passage
        A title or a name.
    page
        Code of the language around it. A passage in its own script is taken to be in
        it: Latin letters on an English page may be French, and nobody knows.
    usual
        Language by script.

    Returns
    -------
    str or None
        A code, for an attribute `lang`; None where the page's own will do.

    Examples
    --------
    >>> language_of("호수", "en"), language_of("호수", "ko"), language_of("Lake", "ko")
    ('ko', None, 'en')
    """
    script = script_of(passage)
    if not script or script in WRITTEN.get(page.split("-")[0], ("latin",)):
        return None
    return usual.get(script)
