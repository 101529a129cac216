"""Spelling: what is ignored when two names are compared, and how names sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.spelling import (
    Pile,
    by_sound,
    fold,
    name_groups,
    names,
    one_typo,
    sound,
    squeeze,
)

ANY = st.text(max_size=60)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("SINUIJU", "sinuiju"),
        ("Sinŭiju", "sinuiju"),
        ("Ｓｉｎｕｉｊｕ", "sinuiju"),
        ("P'anmunjŏm", "panmunjom"),
        ("P’anmunjo\u0306m", "panmunjom"),
        ("Daeseong-dong", "daeseongdong"),
        ("Dandong–Sinuiju", "dandong sinuiju"),
        ("新義州", "新义州"),
        ("瀋陽", "沈阳"),
        ("신의주", "신의주"),
        ("Владивосток", "vladivostok"),
        ("", ""),
        (" -–'?! ", ""),
        ("\ud800", ""),
    ],
)
def test_fold(written, plain):
    assert fold(written) == plain


def test_decomposed_hangul_is_composed():
    assert fold("\u1109\u1175\u11ab") == "신"


@given(ANY)
def test_folding_twice_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once
    assert not set(once) & set("|-'")
    assert "  " not in once
    assert once == once.strip()


@given(ANY)
def test_sound_is_latin_letters_or_nothing(text):
    key = sound(squeeze(fold(text)))
    assert key == "" or (key.isascii() and key.isalpha())


@pytest.mark.parametrize(
    "alike",
    [
        ["Sinuiju", "Shinuiju", "Sinŭiju", "Sineuiju", "신의주"],
        ["Panmunjom", "Panmunjeom", "P'anmunjŏm", "판문점"],
        ["Cheorwon", "Chorwon", "Ch'ŏrwŏn", "Cheolwon", "철원"],
        ["Goseong", "Kosong", "Kosŏng", "고성"],
        ["Kaesong", "Gaesong", "Gaeseong", "개성"],
        ["Paektu", "Baekdu", "Paektu", "백두"],
        ["Tuman", "Duman", "두만"],
        ["Amnok", "Amnog", "압록"],
        ["Baengnyeong", "Paengnyŏng", "Baekryeong", "백령"],
        ["Dongnimmun", "Tongnimmun", "독립문"],
    ],
    ids=lambda names: names[0],
)
def test_ways_of_romanising_sound_alike(alike):
    assert len({sound(squeeze(fold(name))) for name in alike}) == 1


def test_different_names_do_not_sound_alike():
    towns = ["Sinuiju", "Uiju", "Musan", "Munsan", "Hyesan", "Haesan", "Onsong"]
    assert len({sound(fold(name)) for name in towns}) == len(towns)


@pytest.mark.parametrize("silent", ["", "42", "a1", "门", "门a"])
def test_no_sound(silent):
    assert sound(silent) == ""


def test_names_are_without_what_stands_in_brackets():
    assert names("Gate（old） / Pordo (nova)") == ["gate", "pordo"]
    assert names("(all)") == []


def test_groups_need_two_names_of_some_length():
    assert name_groups([["Gate", "GATE"], ["ab", "cd"]]) == {}
    assert set(name_groups([["Gate", "门前"]])) == {"gate", "门前"}


def test_groups_that_meet_late_are_one():
    groups = name_groups([["aaa", "bbb"], ["ccc", "ddd"], ["bbb", "ccc"]])
    assert set(groups["aaa"]) == set(groups["ddd"]) == {"aaa", "bbb", "ccc", "ddd"}


def test_words_by_sound_leave_short_ones_out():
    assert by_sound(["duman", "tuman", "to"]) == {"tuman": ["duman", "tuman"]}


def test_one_typo_is_a_letter_more_less_other_or_moved():
    near = ["gates", "gat", "gote", "agte"]
    assert set(one_typo("gate", [*near, "gone", "gatess"])) == set(near)


def test_a_pile_keeps_its_texts_apart():
    pile = Pile()
    assert pile.find("a") == set()
    pile.add(["White gate", "far"], [1], squeezed=True)
    assert pile.find(" white gate ") == pile.find(" whitegate ") == {1}
    pile.add([], [2], squeezed=True)
    pile.add(["a white-washed wall"], [3, 4], squeezed=False)
    assert pile.find("|white") == {1}
    assert pile.find(" washed ") == pile.find(" whitewashed ") == {3, 4}
    assert pile.find("gate far") == pile.find("awhite") == set()
    assert pile.words(hangul=False) >= {"white", "gate", "washed", "whitewashed"}
