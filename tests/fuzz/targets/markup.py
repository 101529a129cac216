"""The one encoder: what a parser of HTML reads back is the text, and nothing else."""

from __future__ import annotations

import json
import re

import html5lib

from borderviz.render.html import safe_text, script_json, tag
from fuzz.parts import parted
from hostile import PAYLOADS

WORDS = (
    *PAYLOADS,
    *("<", ">", "&", '"', "'", "`", "$", "{", "}", "\\", "--", "]]>", "&#0;", "&lt"),
    *("</p>", "<script>", "</title>", "\0", "\r", "\u2028", "\ufffe", "\u0085", "/>"),
)
SEEDS = tuple(word.encode() for word in PAYLOADS)
_GONE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_RISKY = re.compile(r"[<>&'`${}_\u007f-\uffff]")


def one(data):
    inner, title, *more = parted(data, 2)
    _element(inner, title)
    value = {inner: [title, *more], "n": [1, None, True, 0.5]}
    code = script_json(value)
    assert json.loads(code) == value
    strings = re.findall(r'"(?:[^"\\]|\\.)*"', code)
    assert code.isascii()
    assert not any(_RISKY.search(string) for string in strings)


def _element(inner, title):
    """A paragraph and its attribute, read by a parser that does as browsers do."""
    markup = tag("p", inner, tag("i", title), title=title)
    found = html5lib.parseFragment(markup, namespaceHTMLElements=False)
    assert [node.tag for node in found.iter()][1:] == ["p", "i"]
    (paragraph,) = found
    assert paragraph.attrib == {"title": _expected(title)}
    assert (paragraph.text or "") == _expected(inner)
    assert (paragraph[0].text or "") == _expected(title)
    # Nor anything that a template literal of JavaScript would run.
    assert not set(safe_text(inner)) & set("\\`${}<>\"'")


def _expected(text):
    """What is shown: controls as U+FFFD, and line ends as parsers make them."""
    return _GONE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
