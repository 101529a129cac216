"""Interface texts: every key in every language, and no word outside the files."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from borderviz.texts import catalogue, date_words, number_words, pick, say
from hostile import ALL

SRC = Path(__file__).parents[2] / "src" / "borderviz"
LANGUAGES = sorted(path.stem for path in (SRC / "texts").glob("*.toml"))
KEYS = sorted(catalogue("en"))
DRAWING = [*sorted((SRC / "render").glob("*.py")), *sorted((SRC / "ui").glob("*.py"))]
KINDS = ("crossing", "incident", "authorised", "crossing-point", "site", "route")
KINDS += ("fact", "event", "border", "zone", "sea-line")


def fields(template):
    """Names in braces."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_there_are_english_and_korean():
    assert {"en", "ko"} <= set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_key(lang):
    assert sorted(catalogue(lang)) == KEYS
    assert all(text.strip() for text in catalogue(lang).values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_text_can_be_said(key, lang):
    wanted = fields(catalogue("en")[key])
    assert fields(catalogue(lang)[key]) == wanted
    assert all(name.isidentifier() for name in wanted)
    words = {name: f"⟨{name}⟩" for name in wanted}
    text = say(key, lang, **words)
    assert all(word in text for word in words.values())
    assert not set("{}<>") & set(text)


@pytest.mark.parametrize("lang", [x for x in LANGUAGES if x != "en"])
def test_a_translation_is_one(lang):
    """Only a bare pattern such as `{name} ({count})` may be alike in two languages."""
    own, english = catalogue(lang), catalogue("en")
    alike = [key for key in KEYS if own[key] == english[key]]
    assert [
        k for k in alike if re.search(r"[^\W\d_]", re.sub("{.*?}", "", own[k]))
    ] == []


@pytest.mark.parametrize("text", ALL, ids=lambda t: repr(t[:30]))
def test_what_fills_the_braces_is_never_read_as_braces(text):
    assert say("layer-count", "en", name=text, count="{name}") == f"{text} ({{name}})"


def test_a_language_without_a_file_speaks_english():
    assert catalogue("eo") == {}
    assert say("close", "eo") == say("close", "en") == "Close"


def test_a_key_that_does_not_exist_is_a_fault():
    with pytest.raises(KeyError):
        say("no-such-key", "ko")


@pytest.mark.parametrize("path", DRAWING, ids=lambda p: p.name)
def test_every_key_the_program_says_exists(path):
    """The literal keys; those that are put together are in the next test."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and name_of(node) == "say":
            for key in (
                n for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)
            ):
                is_part = isinstance(node.args[0], ast.JoinedStr)
                assert is_part or key.value in (*KEYS, ""), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_that_is_put_together_exists(lang):
    from borderviz.permalink import LISTS

    made = [f"kind-{kind}" for kind in KINDS] + [f"list-{name}" for name in LISTS]
    made += [f"confidence-{level}" for level in ("high", "medium", "low")]
    assert set(made) <= set(catalogue(lang))


def name_of(call):
    """The last part of what is called: `say` for `context.say(…)`."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def words_in(node):
    """Literal texts with letters directly in an expression, not in calls within it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found = [node.value]
    elif isinstance(node, ast.JoinedStr):
        found = [n.value for n in node.values if isinstance(n, ast.Constant)]
    elif isinstance(node, ast.IfExp):
        return words_in(node.body) + words_in(node.orelse)
    elif isinstance(node, ast.BinOp):
        return words_in(node.left) + words_in(node.right)
    else:
        return []
    return [text for text in found if re.search(r"[^\W\d_]", text.replace(" km", ""))]


@pytest.mark.parametrize("path", DRAWING, ids=lambda p: p.name)
def test_no_word_of_the_interface_stands_in_the_code(path):
    shows = {"join", "checkbox", "selectbox", "segmented_control", "error", "write"}
    shows |= {"warning", "info", "caption", "markdown", "button", "header", "title"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        skipped = 1 if name_of(node) == "tag" else 0
        if name_of(node) not in shows | {"tag"}:
            continue
        values = [*node.args[skipped:]]
        values += [k.value for k in node.keywords if k.arg in ("title", "aria_label")]
        for value in values:
            assert words_in(value) == [], f"{path.name}:{node.lineno}"


def test_words_in_code_are_recognised():
    (call,) = ast.parse('tag("p", "Hello", f"{n} people", say("x"), f"{n} km")').body
    found = [word for part in call.value.args[1:] for word in words_in(part)]
    assert found == ["Hello", " people"]


def test_a_text_is_picked_in_the_reader_s_language():
    text = {"en": "Lake", "ko": "호수"}
    assert pick(text, "ko").text == "호수"
    assert not pick(text, "ko").is_fallback
    missing = pick(text, "eo")
    assert (missing.text, missing.lang, missing.is_fallback) == ("Lake", "en", True)
    assert pick(text, "eo", "ko").lang == "ko"
    assert pick(text, "eo", "de").lang == "en"


@pytest.mark.parametrize(
    ("date", "lang", "expected"),
    [
        ("1968-01-21", "en", "21 January 1968"),
        ("1968-01", "en", "January 1968"),
        ("1968", "en", "1968"),
        ("1968-01-21", "ko", "1968년 1월 21일"),
        ("1968-01", "ko", "1968년 1월"),
        ("1968", "ko", "1968년"),
        ("1968-13", "en", "1968-13"),
        ("spring 1968", "ko", "spring 1968"),
        ("", "en", ""),
    ],
)
def test_a_date_is_written_no_more_exactly_than_it_is_known(date, lang, expected):
    assert date_words(date, lang) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (34537, 1, "34,537"),
        (246.38, 1, "246.4"),
        (246.0, 1, "246"),
        (0.5, 0, "0"),
        (-3.25, 2, "-3.25"),
        (0, 1, "0"),
    ],
)
def test_a_number_is_written_with_at_most_some_decimals(value, digits, expected):
    assert number_words(value, "en", digits) == expected
    assert number_words(value, "ko", digits) == expected
