"""The language of a passage, by its letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.scripts import USUAL, WRITTEN, language_of, script_of


@pytest.mark.parametrize(
    ("passage", "page", "found"),
    [
        ("A soldier walks over", "en", None),
        ("A soldier walks over", "ko", "en"),
        ("군인이 걸어서 넘어왔다", "en", "ko"),
        ("군인이 걸어서 넘어왔다", "ko", None),
        ("KBS 뉴스", "en", "ko"),
        ("KBS", "ko", "en"),
        ("Yonhap News Agency (연합뉴스)", "en", None),
        ("Yonhap News Agency (연합뉴스)", "ko", "en"),
        ("北 병사 1명 귀순", "en", "ko"),
        ("人民日报", "en", "zh"),
        ("人民日报", "ko", "zh"),
        ("人民日报", "zh", None),
        ("人民日报", "ja", None),
        ("朝日新聞デジタル", "en", "ja"),
        ("朝日新聞デジタル", "zh", "ja"),
        ("Российская газета", "en", "ru"),
        ("Российская газета", "uk", None),
        ("Süddeutsche Zeitung", "en", None),
        ("Süddeutsche Zeitung", "en-XA", None),
        ("248 km", "zh-Hant", "en"),
        ("1968-01-21", "ko", None),
        ("", "ko", None),
        ("…?!", "en", None),
    ],
)
def test_the_language_of_a_passage(passage, page, found):
    assert language_of(passage, page) == found


def test_which_language_a_script_means_can_be_said():
    assert language_of("Лес", "en", {**USUAL, "cyrillic": "uk"}) == "uk"
    assert language_of("Лес", "en", {}) is None


def test_every_script_has_a_language():
    assert {script for scripts in WRITTEN.values() for script in scripts} <= set(USUAL)


@given(st.text(), st.sampled_from([*WRITTEN, "en", "de", "pt-BR"]))
def test_any_text_has_a_known_language_or_none(text, page):
    found = language_of(text, page)
    assert found is None or (found in USUAL.values() and found != page)
    assert script_of(text) in {*USUAL, ""}
