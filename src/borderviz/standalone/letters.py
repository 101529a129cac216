"""Tables for `web/shell-spelling.js`: it folds letters as `spelling.fold` does."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from borderviz.spelling import fold

# Letters that readers may type and that a table must name: Latin with signs, Greek,
# Cyrillic, and the signs between words.
_RANGES = ((0x80, 0x250), (0x370, 0x530), (0x1E00, 0x2000), (0x2010, 0x2070))
_HAN = re.compile("[\u3400-\u9fff]")
_EAST = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def letters(text: str) -> dict[str, dict[str, str]]:
    """
    Say what each letter becomes where that is not the letter itself.

    Parameters
    ----------
    text
        Everything that can be found: its letters are in the table wherever they lie,
        and so are the other forms of its Chinese characters.
    """
    typed = (chr(n) for first, last in _RANGES for n in range(first, last))
    wide = unicodedata.normalize("NFKC", text + "".join(typed))
    used = sorted({c for c in wide if not c.isascii()})
    latin = {c: anyascii(c) for c in used if not _EAST.match(c)}
    han = {fold(c) for c in used if _HAN.match(c)}
    forms = {chr(n): fold(chr(n)) for n in range(0x3400, 0xA000)} if han else {}
    return {
        "letters": latin,
        "han": {c: form for c, form in forms.items() if form != c and form in han},
    }
