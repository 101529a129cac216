"""Texts that try to become code, and an atlas that says nothing else.

Every test that hands text to a page, a script or a file takes them from here.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

PAYLOADS = (
    "<img src=x onerror=window.top.pwned=1>",
    "${window.top.pwned=1}",
    "`+(window.top.pwned=1)+`",
    "\\${window.top.pwned=1}",
    "\\`;window.top.pwned=1;//",
    "C:\\2019\\x",
    "it`s",
    "</script><script>window.top.pwned=1</script>",
    '"><svg onload=window.top.pwned=1>',
    "'-(window.top.pwned=1)-'",
    "{{7*7}} {{'x'}} {% raw %} {count}",
    "javascript:window.top.pwned=1",
    "[link](javascript:window.top.pwned=1) ![x](https://evil.invalid/x.png)",
    ":red[red] **bold** _low_ $1+1$ <!-- -->",
    "&lt;img src=x&gt; &#60;b&#62;",
    "=HYPERLINK(1) @SUM +1 -1",
    "a\u2028b\u2029c",
    "\u202e\u2066override\u2069",
    "\ufeff\x85\u00ad",
    "압록강 鴨綠江 👩🏽‍🚀 שלום",
)
# What no page shows and no file should hold; becomes U+FFFD in HTML.
CONTROLS = ("nul\x00", "bell\x07", "esc\x1b[2J", "lone\ud800", "\udfffgate")
# All of them in one text: put everywhere, each has met every place there is.
EVERY = " ".join(PAYLOADS)
LONG = "<b>${`x`}\\" * 2000
ALL = (*PAYLOADS, *CONTROLS, LONG)


def shown(text: str) -> str:
    """What a page shows for a text: itself, with control characters replaced."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", text)


def hostile_copy(source: Path, target: Path, texts: Sequence[str] = PAYLOADS) -> Path:
    """Copy an atlas; every text a reader could see becomes a payload and a number."""
    shutil.copytree(source, target)
    number = count()

    def hostile(_: str) -> str:
        n = next(number)
        return f"{texts[n % len(texts)]} n{n}"

    def brief(_: str) -> str:
        n = next(number)
        return f"{PAYLOADS[n % len(PAYLOADS)]} n{n}"

    languages = set(tomllib.loads((target / "atlas.toml").read_text())["languages"])
    for path in sorted(target.glob("*/*.md")):
        path.write_text(_spoilt(path.read_text(encoding="utf-8"), brief), "utf-8")
    for path in sorted(path for path in target.iterdir() if path.is_file()):
        if path.suffix == ".toml":
            document = tomllib.loads(path.read_text(encoding="utf-8"))
            _spoil(document, languages, hostile)
            path.write_text(toml_text(document), encoding="utf-8")
        else:
            document = json.loads(path.read_text(encoding="utf-8"))
            _spoil(document, languages, hostile)
            path.write_text(json.dumps(document), encoding="utf-8")
    return target


MARK = re.compile(r"^(#+ |- |[0-9]\. )")
KEPT = re.compile(r"(\[@[^\]]*\]|\]\(#[^)]*\)|\[|^\{[a-z]+\}$)")


def _spoilt(text: str, brief: Callable[[str], str]) -> str:
    """Replace the words of a Markdown file; links, citations, blocks and marks stay."""
    _, head, body = re.split(r"(?m)^\+{3}$", text, maxsplit=2)
    table = tomllib.loads(head)
    table |= {key: brief("") for key in ("title", "label") if key in table}
    lines = []
    for line in body.split("\n"):
        mark = MARK.match(line)
        start = mark[0] if mark else ""
        parts = KEPT.split(line.removeprefix(start))
        for n in range(0, len(parts), 2):
            if any(c.isalnum() for c in parts[n]):
                parts[n] = escaped(brief(parts[n])) + " "
        lines.append(start + "".join(parts))
    return f"+++\n{toml_text(table)}\n+++\n" + "\n".join(lines)


def escaped(text: str) -> str:
    """Write a text as Markdown that says just this; what looks like a link is not."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text.replace("](", "] ("))


WORDS = {"publisher", "title", "note", "name", "population_note", "status_as_of"}


def _spoil(part: Any, languages: set[str], hostile: Callable[[str], str]) -> None:
    """Replace the words in a document; ids, dates, numbers and addresses stay."""
    if isinstance(part, list):
        for inner in part:
            _spoil(inner, languages, hostile)
        return
    if not isinstance(part, dict):
        return
    is_text = bool(part) and set(part) <= languages
    for key, value in part.items():
        if isinstance(value, str) and (is_text or key in WORDS):
            part[key] = hostile(value)
        elif key == "aliases":
            part[key] = [hostile(alias) for alias in value]
        else:
            _spoil(value, languages, hostile)


def toml_text(document: dict[str, Any]) -> str:
    """Write plain values as TOML, one line for each key."""
    pairs = (f"{json.dumps(key)} = {_inline(value)}" for key, value in document.items())
    return "\n".join(pairs)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(k)} = {_inline(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # Outside the basic plane JSON escapes in halves, which TOML does not know.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


# Our own pictures are files with an ending; a payload's are not.
LIVE = "img:not([src$='.svg'], [src$='.png']), svg[onload], iframe[src^='javascript']"


def assert_harmless(page):
    """Nothing ran, in any frame, and nothing is there that could."""
    for frame in page.frames:
        ran = frame.evaluate("() => [window.pwned, window.top.pwned, parent.pwned]")
        assert ran == [None, None, None]
        assert frame.locator(LIVE).count() == 0
        links = "[...document.links].map((link) => link.protocol)"
        protocols = set(frame.evaluate(f"() => {links}"))
        assert protocols <= {"http:", "https:", "mailto:", "file:", "blob:"}
