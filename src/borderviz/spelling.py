"""One word in many spellings: a plain form for comparing, and a key for the ear.

`fold` drops what a reader cannot be expected to type: case, accents, apostrophes,
hyphens, width, and the older of two forms of a Chinese character. `sound` goes on to
what ways of romanising Hangul disagree about. A `Pile` holds folded texts to look in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from anyascii import anyascii
from opencc import OpenCC
from rapidfuzz import process
from rapidfuzz.distance import OSA

# Shorter sounds belong to too many words.
SOUND_FROM = 4
# Han, kana and Hangul stay as they are written; all else becomes ASCII.
_EAST = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_FOREIGN = re.compile(f"[^\x00-\x7f{_EAST}]+")
_HAN = re.compile("[\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Joins the two sides of a word. A dash does not: it stands between two names.
_HYPHEN = re.compile("[-\u2010\u2011\u00ad]")
_APOSTROPHE = re.compile("['`\u00b4\u2018\u2019\u201b\u02b9-\u02bf]")
_OTHER = re.compile(f"[^0-9a-z{_EAST}]+")
_ASIDE = re.compile(r"\([^()]*\)")

# Letters that ways of romanising disagree about; longer ones first.
_LETTERS = {
    **dict.fromkeys(("tch", "zh", "ch", "jj", "j", "q", "z"), "j"),
    **dict.fromkeys(("kh", "kk", "gg", "k", "g", "c"), "k"),
    **dict.fromkeys(("th", "tt", "dd", "t", "d"), "t"),
    **dict.fromkeys(("ph", "pp", "bb", "p", "b"), "p"),
    **dict.fromkeys(("sh", "ss", "s", "x"), "s"),
    **dict.fromkeys(("rr", "ll", "r", "l"), "l"),
    **dict.fromkeys(("eo", "o"), "o"),
    **dict.fromkeys(("eu", "oo", "u"), "u"),
    **dict.fromkeys(("ee", "i"), "i"),
}
_LETTER = re.compile("|".join(sorted(_LETTERS, key=lambda k: (-len(k), k))))
# What the neighbours of a consonant do to it; some ways of writing show it.
_NEIGHBOURS = (
    (re.compile("(?<!n)k(?=[nml])"), "nk"),
    (re.compile("p(?=[nml])"), "m"),
    (re.compile("t(?=[nml])"), "n"),
    (re.compile("(?<=nk)l|(?<=m)l"), "n"),
    (re.compile("nl"), "l"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@cache
def _simplify() -> OpenCC:
    """Read the table of Chinese characters once, when it is first needed."""
    return OpenCC("t2s")


def fold(text: str, hyphen: str = "") -> str:
    """
    Write a text as plain words with single spaces, however it was spelled.

    Parameters
    ----------
    text
        Any text.
    hyphen
        What a hyphen becomes: nothing, or a space.

    Examples
    --------
    >>> fold("  Él-Dŏrado’s  ＧＡＴＥ—north "), fold("El-Dorado", hyphen=" ")
    ('eldorados gate north', 'el dorado')
    >>> fold("龍門") == fold("龙门")
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = _HYPHEN.sub(hyphen, _APOSTROPHE.sub("", plain))
    if not plain.isascii():
        if _HAN.search(plain):
            plain = _simplify().convert(plain)
        plain = _FOREIGN.sub(lambda found: anyascii(found[0]), plain)
        # A letter may come out with an apostrophe: a soft sign, for one.
        plain = _HYPHEN.sub(" ", _APOSTROPHE.sub("", plain))
    return _OTHER.sub(" ", plain.lower()).strip()


def squeeze(folded: str) -> str:
    """Take the spaces out of a folded text."""
    return folded.replace(" ", "")


def names(text: str) -> list[str]:
    """
    List the names in a heading, folded: what is in brackets is not part of one.

    Examples
    --------
    >>> names("North Gate / Nordo (old)")
    ['north gate', 'nordo']
    """
    plain = _ASIDE.sub(" ", unicodedata.normalize("NFKC", text))
    return [name for part in plain.split("/") if (name := fold(part))]


def sound(folded: str) -> str:
    """
    Reduce a folded word to how it sounds, whichever way it was romanised.

    Returns
    -------
    key
        The same for spellings of one name; empty for a word that is not Latin
        letters or Hangul throughout.

    Examples
    --------
    >>> sound("geoncheol"), sound("konchol"), sound("건철")
    ('konjol', 'konjol', 'konjol')
    >>> sound("shinra") == sound("silla"), sound("42"), sound("門")
    (True, '', '')
    """
    latin = folded
    if not latin.isascii():
        latin = _HANGUL.sub(lambda found: anyascii(found[0]).lower(), latin)
    if not (latin.isascii() and latin.isalpha()):
        return ""
    key = _LETTER.sub(lambda found: _LETTERS[found[0]], latin)
    for pattern, instead in _NEIGHBOURS:
        key = pattern.sub(instead, key)
    return key


def name_groups(called: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """
    Group names of one thing; things that share a name share all their names.

    Examples
    --------
    >>> groups = name_groups([["Nordo", "Gate"], ["Süden"], ["Gate (old)", "門前"]])
    >>> sorted(groups), sorted(groups["nordo"])
    (['gate', 'nordo', '门前'], ['gate', 'nordo', '门前'])
    """
    groups: dict[str, set[str]] = {}
    for texts in called:
        group = {name for text in texts for name in names(text)}
        group = {name for name in group if len(name) >= (3 if name.isascii() else 2)}
        for name in list(group):
            group |= groups.get(squeeze(name), set())
        groups |= {squeeze(name): group for name in group}
    return {key: frozenset(group) for key, group in groups.items() if len(group) > 1}


def by_sound(words: list[str]) -> dict[str, list[str]]:
    """Sort words by how they sound, without those too short to tell."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[sound(word)].append(word)
    return {key: found[key] for key in sorted(found) if len(key) >= SOUND_FROM}


def one_typo(word: str, choices: Sequence[str]) -> list[str]:
    """List up to 20 choices one letter away; two that changed places are one."""
    near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=20)
    return [choice for choice, _, _ in near]


def passages(form: str) -> tuple[str, ...]:
    """Say what to look for in a `Pile`: Latin as whole words, the rest anywhere."""
    return (f" {form} ",) if form.isascii() else (f" {form} ", form)


class Pile:
    """
    Many short texts, folded and laid end to end: one search looks through them all.

    Examples
    --------
    >>> pile = Pile()
    >>> pile.add(["White Gate"], [3], squeezed=True)
    >>> pile.add(["Far-away gates"], [5, 8], squeezed=False)
    >>> pile.find(" gate "), sorted(pile.find(" gate")), pile.find("|whitega")
    ({3}, [3, 5, 8], {3})
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._owners: list[list[int]] = []
        self._length = 0
        self._whole = ""

    def add(self, texts: Iterable[str], owners: list[int], *, squeezed: bool) -> None:
        """
        Lay some texts on the pile.

        Parameters
        ----------
        texts
            As they are written.
        owners
            Numbers that `find` returns for them.
        squeezed
            Also without their spaces, for names that are written with and without.
        """
        forms: list[str] = []
        for text in texts:
            folded = fold(text)
            forms.append(folded)
            # A hyphen's two sides are words of their own, too.
            if _HYPHEN.search(text):
                forms.append(fold(text, hyphen=" "))
            if squeezed and " " in folded:
                forms.append(squeeze(folded))
        # A bar ends each text, so that no passage runs from one into the next.
        part = "".join(f"| {form} " for form in forms if form) + "|"
        self._starts.append(self._length)
        self._owners.append(owners)
        self._parts.append(part)
        self._length += len(part)

    def find(self, passage: str) -> set[int]:
        """Collect the owners of texts with a passage; `|` is where a text begins."""
        if len(self._whole) != self._length:
            self._whole = "".join(self._parts)
        whole, passage = self._whole, passage.replace("|", "| ")
        found: set[int] = set()
        at = whole.find(passage)
        while at >= 0:
            number = bisect_right(self._starts, at)
            found.update(self._owners[number - 1])
            if number == len(self._starts):
                break
            at = whole.find(passage, self._starts[number])
        return found

    def words(self, *, hangul: bool) -> set[str]:
        """Collect the words that have a sound, Latin ones or all."""
        found = set("".join(self._parts).replace("|", " ").split())
        return {w for w in found if w.isalpha() and (hangul or w.isascii())}
