"""Interface texts: every key in every language, said as each language says it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from borderviz.model import Kind
from borderviz.permalink import LISTS, SHEETS
from borderviz.texts import (
    catalogue,
    categories,
    date_words,
    list_words,
    locale_of,
    names_of,
    number_words,
    percent_words,
    pick,
    range_words,
    say,
    table_faults,
)
from borderviz.texts.tables import forms
from hostile import ALL

SRC = Path(__file__).parents[2] / "src" / "borderviz"
LANGUAGES = sorted(path.stem for path in (SRC / "texts").glob("*.toml"))
KEYS = sorted(catalogue("en"))
DRAWING = [*sorted((SRC / "render").glob("*.py")), *sorted((SRC / "ui").glob("*.py"))]


def wordings(template):
    """Every form of a text: one, or one a plural category."""
    return [template] if isinstance(template, str) else list(forms(template).values())


def test_there_are_english_and_korean():
    assert {"en", "ko"} <= set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_key(lang):
    assert sorted(catalogue(lang)) == KEYS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_braces_and_its_own_plurals(lang):
    assert list(table_faults(catalogue(lang), lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_text_can_be_said(key, lang):
    wanted = names_of(catalogue("en")[key])
    words = {name: f"⟨{name}⟩" for name in wanted}
    text = say(key, lang, **words)
    assert all(word in text for word in words.values())
    assert not set("{}<>") & set(text)
    for number in (0, 1, 2, 5, 11, 1.5):
        assert not set("{}<>") & set(say(key, lang, **dict.fromkeys(wanted, number)))


@pytest.mark.parametrize("lang", [x for x in LANGUAGES if x != "en"])
def test_a_translation_is_one(lang):
    """Only a bare pattern such as `{name} ({count})` may be alike in two languages."""
    own, english = catalogue(lang), catalogue("en")
    alike = [
        words
        for key in KEYS
        for words in wordings(own[key])
        if words in wordings(english[key])
    ]
    assert [w for w in alike if re.search(r"[^\W\d_]", re.sub("{.*?}", "", w))] == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 records"),
        (1, "1 record"),
        (1.0, "1 record"),
        (0.96, "1 record"),
        (1.5, "1.5 records"),
        (2, "2 records"),
        (1001, "1,001 records"),
    ],
)
def test_a_number_decides_between_one_and_many(number, words):
    assert say("list-count", "en", count=number) == words
    assert say("list-count", "ko", count=number) == words.split()[0] + "건"


def test_another_number_may_decide():
    assert "one recorded crossing" in say("sentence-all", "en", total=1)
    assert "All 7 recorded crossings" in say("sentence-all", "en", total=7)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 plik"), (3, "3 pliki"), (5, "5 plików"), (1.5, "1,5?")]
)
def test_a_language_has_as_many_plurals_as_it_has(number, words):
    own = {"one": "{count} plik", "few": "{count} pliki", "many": "{count} plików"}
    own["other"] = "{count}?"
    assert say("list-count", "pl", {"pl": {"list-count": own}}, count=number) == words


def test_a_text_that_falls_back_has_the_plurals_of_its_own_language():
    assert say("list-count", "ko", {"ko": {}}, count=1) == "1건"
    # To French, nought is singular; the words are English all the same.
    assert say("list-count", "fr", count=0) == "0 records"


def test_an_atlas_may_say_it_in_its_own_words():
    own = {"ko": {"close": "접기"}, "en": {"close": "Fold", "zoom-in": "Nearer"}}
    assert (say("close", "ko", own), say("zoom-in", "ko", own)) == ("접기", "확대")
    assert (say("close", "eo", own), say("zoom-in", "eo", own)) == ("Fold", "Nearer")


def test_what_is_no_number_stays_as_it_is():
    assert say("chart-decade", "en", year="1950") == "1950s"
    assert say("layer-count", "en", name=True, count=1950) == "True (1,950)"


@pytest.mark.parametrize(
    ("table", "lang", "field", "part"),
    [
        ({"closed": "X"}, "en", "closed", "Did you mean close"),
        ({"close": ""}, "en", "close", "words in quotes"),
        ({"close": 3}, "en", "close", "words in quotes"),
        ({"close": {}}, "en", "close", "words in quotes"),
        ({"close": "X {y}"}, "en", "close", "{y}"),
        ({"close": "X {"}, "en", "close", "{"),
        ({"close": "X {}"}, "en", "close", "no name"),
        ({"list-count": "many"}, "eo", "list-count", "{count}"),
        ({"list-count": "{count:>999}"}, "eo", "list-count", "no name"),
        ({"list-count": "{count.real}"}, "eo", "list-count", "no name"),
        ({"list-count": "{count!r}"}, "eo", "list-count", "no name"),
        ({"list-count": {"other": "{count}"}}, "eo", "list-count", "one, other"),
        (
            {"list-count": {"one": "1", "few": "{count}", "other": "{count}"}},
            "eo",
            "list-count",
            "few",
        ),
        (
            {"list-count": {"one": "one", "other": "many"}},
            "eo",
            "list-count.other",
            "{count}",
        ),
        (
            {"list-count": {"by": "x", "one": "{count}", "other": "{count}"}},
            "eo",
            "list-count.by",
            "one of count",
        ),
    ],
)
def test_what_is_wrong_in_a_file_of_texts_is_told(table, lang, field, part):
    (fault,) = table_faults(table, lang)
    assert fault.field == field
    assert part in f"{fault.found} {fault.allowed} {fault.cure}"


def test_a_file_of_texts_may_be_short_and_one_of_a_thing_told_without_a_figure():
    words = {"one": "the only record", "other": "{count} records"}
    assert list(table_faults({"close": "X", "list-count": words}, "eo")) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("en", "en_GB"),
        ("ko", "ko"),
        ("pt-BR", "pt_BR"),
        ("zh-Hant", "zh_Hant"),
        ("en-XA", "en_GB"),
        ("ko-XA", "ko"),
        ("zz", "en_GB"),
        ("../x", "en_GB"),
    ],
)
def test_a_language_has_customs_whatever_its_code(code, found):
    assert str(locale_of(code)) == found
    assert date_words("1968-01-21", code)
    assert categories(code)[-1] == "other"


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
    made = [f"kind-{kind}" for kind in get_args(Kind)]
    made += [f"list-{name}" for name in LISTS] + [f"sheet-{name}" for name in SHEETS]
    levels = ("high", "medium", "low")
    made += [f"confidence-{x}" for x in levels]
    made += [f"confidence-short-{x}" for x in levels]
    assert set(made) <= set(catalogue(lang))


def name_of(call):
    """The last part of what is called: `say` for `context.say(…)`."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


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


def test_customs_of_writing():
    assert percent_words(0.4567, "en") == "46%"
    assert percent_words(0.4567, "ko", 1) == "45.7%"
    assert percent_words(1, "en", 1) == "100%"
    assert list_words([], "en") == ""
    assert list_words(["a {0}"], "ko") == "a {0}"
    assert list_words(["a", "b", "c"], "ko") == "a, b 및 c"
    assert list_words(["a", "b"], "en", "or") == "a or b"
    assert list_words(["a", "b", "c"], "ja", ",") == "a、b、c"
    assert range_words("3 May 1968", "July 1969", "en") == "3 May 1968 – July 1969"
    assert range_words("1968년", "1969년", "ko") == "1968년 ~ 1969년"
