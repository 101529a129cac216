"""JSON and TOML of an atlas, and whole documents: front matter and Markdown."""

from __future__ import annotations

import json
from pathlib import Path

from borderviz.document_files import _document
from borderviz.documents import PageHead, StepHead
from borderviz.parsing import json_from_text, oddities, toml_from_text
from borderviz.prose import ProseError, read_prose, uncited, walk, word_count
from borderviz.reading import Folder
from fuzz.parts import parted

WORDS = (
    *("+++\n", 'title = "A"', 'chapter = "a"', "box = [1, 2, 3, 4]", 'view = "sel=a"'),
    *("[@map]", "[@a; @b]", "[words](#lake)", "*a*", "**b**", "# ", "- ", "1. ", "> "),
    *("```", "<b>", "![x](y)", "\\", "`", "{facts}", "\n\n", "    ", "[x]: y", "---"),
    *("'''", '"""', "[[a]]", "a.b = 1", "1979-05-27", "inf", "nan", "0x", "1e999"),
    *('{"a":1}', "[[[[", '"\\ud800"', "9" * 30, "\u0000", "\r", "&amp;", "***", "[["),
)
_HEAD = b'+++\nchapter = "a"\ntitle = "T"\nbox = [1, 2, 3, 4]\n+++\n'
# By the first letter: JSON, TOML, Markdown, or a document in two languages.
SEEDS = (
    b'j{"id": "a", "b": [1, 2.5, NaN, 1e999, {"c": null}]}',
    b't[a]\nb = 1\nc = [1.5, "x", 1979-05-27]\n[[d]]\ne = inf\n',
    b"mA *line* of **it** [@map; @other]. See [words](#lake).\n\n- a\n- b\n\n1. x",
    b"m{facts}\n\n## A *b*\n\n* [a *b*](#c) [@d]\n",
    b"d" + _HEAD + b"Words [@map].\n\xff+++\ntitle = 'U'\n+++\nWorte.\n",
    b"d\xff",
)


def one(data):
    kind, text = data[:1], parted(data[1:])[0]
    if kind == b"m":
        _prose(text)
    elif kind == b"d":
        _documents(parted(data[1:], 2))
    else:
        _values(text, json_from_text if kind == b"j" else toml_from_text)


def _values(text, parse):
    try:
        document = parse(text)
    except (ValueError, RecursionError):
        return
    oddities(document)
    if isinstance(document, dict | list):
        assert not oddities(document)
        json.dumps(document, default=str, allow_nan=False)


def _prose(text):
    try:
        prose = read_prose(text, 3)
    except ProseError:
        return
    assert all(block.line >= 3 for block, _ in walk(prose))
    assert word_count(prose) >= 0
    uncited(prose)


class _Files(Folder):
    """An atlas whose files are given."""

    def __init__(self, files):
        super().__init__(Path("/nowhere"))
        self._files = files

    def text(self, name):
        return self._files[name]


def _documents(texts):
    files = {"01-a.en.md": texts[0], "01-a.ko.md": texts[1]}
    names = {"en": "01-a.en.md", "ko": "01-a.ko.md"}
    for head in (StepHead, PageHead):
        folder = _Files(files)
        found = _document(folder, "a", names, head, "en")
        assert found or folder.problems
        for problem in folder.problems:
            assert str(problem).isprintable()
