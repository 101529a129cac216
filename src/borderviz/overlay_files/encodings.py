"""Text of a file in the encoding that it has, or that the reader says it has."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from borderviz.overlay_files.clean import told
from borderviz.overlay_files.draft import Draft
from borderviz.overlay_files.limits import refusal

# What a reader can choose, and the names by which it is known.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp949": "EUC-KR",
    "cp1252": "Windows-1252",
    "iso8859-1": "ISO-8859-1",
    "shift_jis": "Shift_JIS",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "cp1251": "Windows-1251",
}
# Longer marks first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a reader knows them as.
_FAMILY_OF = {
    **{"utf-8-sig": "utf-8", "utf-32": "utf-8", "utf-16": "utf-16"},
    **{"utf-16-le": "utf-16", "utf-16-be": "utf-16"},
}
_GUESSED = ("cp949", "cp1252", "shift_jis", "gb18030", "big5", "cp1251")
_SAMPLE = 200_000
_NOT_ASCII = re.compile("[^\0-\x7f]")
_HANGUL = re.compile("[가-힣]")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f]")
# A few slip into any text; more than that, and more than a share, and it is none.
_FEW_CONTROLS, _MOST_CONTROLS = 8, 0.02

# The worker may open no file once it reads, and a codec is imported when first used.
for _codec in (*ENCODINGS, *(codec for _, codec in _MARKS)):
    codecs.lookup(_codec)


def decoded(data: bytes, draft: Draft, encoding: str) -> str:
    """
    Read a text, and note the encoding if it had to be guessed.

    Parameters
    ----------
    data
        The file.
    draft
        Its `encoding` is set.
    encoding
        What the reader chose; empty to find out.

    Raises
    ------
    RefusedFileError
        If it is no text, or not in the encoding chosen.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if encoding and encoding not in ENCODINGS:
        raise refusal(why="encoding", encoding=told(encoding))
    if encoding in ("", *_FAMILY_OF.values()) and marked:
        codec = marked
    else:
        codec = encoding or _without_mark(data)
    draft.encoding = _FAMILY_OF.get(codec, codec)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise refusal(why="encoding", encoding=ENCODINGS[draft.encoding]) from None
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > _FEW_CONTROLS + _MOST_CONTROLS * len(sample):
        raise refusal(why="unknown")
    if not encoding and codec not in ("utf-8", marked):
        draft.note("decoded", encoding=ENCODINGS[draft.encoding])
    return text.removeprefix("\ufeff")


def _without_mark(data: bytes) -> str:
    """Tell the encoding of a text from how its bytes look."""
    sample = data[:_SAMPLE]
    # In UTF-16 each ASCII letter has a zero byte, always on the same side.
    for zeros, others, codec in (
        (sample[1::2], sample[::2], "utf-16-le"),
        (sample[::2], sample[1::2], "utf-16-be"),
    ):
        if zeros.count(0) * 10 > len(sample) and not others.count(0):
            return codec
    if _is(data, "utf-8"):
        return "utf-8"
    if _is(data, "cp949"):
        text = data.decode("cp949")
        foreign = len(_NOT_ASCII.findall(text))
        if 10 * len(_HANGUL.findall(text)) >= 9 * foreign:
            return "cp949"
    whole_lines = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(whole_lines, cp_isolation=list(_GUESSED)).best()
    if best and best.encoding in _GUESSED and _is(data, best.encoding):
        return best.encoding
    return "cp1252" if _is(data, "cp1252") else "iso8859-1"


def _is(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
