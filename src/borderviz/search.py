"""Finds records and towns by words, in any language and any spelling of a name.

What an atlas calls one thing (a town's names, a place's title and aliases) is a group:
who types one of its names, or something that sounds like one, searches for them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from borderviz.citations import cited
from borderviz.content import Atlas
from borderviz.model import Record
from borderviz.spelling import (
    Pile,
    by_sound,
    fold,
    name_groups,
    names,
    one_typo,
    passages,
    sound,
    squeeze,
)

_LONGEST, _MOST_WORDS = 200, 12
# The score of a match is its field's, less what its spelling costs.
_FIELDS = {"title": 80.0, "name": 70.0, "place": 60.0, "text": 40.0, "source": 20.0}
_SHORT = ("title", "name", "place")
_EXACT, _PREFIX, _ALIKE, _AT_START = 100.0, 2.0, 4.0, 3.0
# A match with a typo stands behind every other: a title's behind a source's.
_TYPO = 0.1
# Shorter words have too many neighbours.
_TYPO_FROM = 5
_Entry = tuple[str, Literal["record", "place"]]
# Passages to look for, with what each costs; and matches: score and field by entry.
_Term = dict[str, float]
_Found = dict[int, tuple[float, str]]


@dataclass(frozen=True)
class Hit:
    """One result: scores compare within one search only, `field` had the best match."""

    id: str
    kind: Literal["record", "place"]
    score: float
    field: str


@dataclass(frozen=True)
class Index:
    """Everything `search` looks at; made by `build_index`, never changed."""

    entries: list[_Entry]
    order: dict[int, int]
    piles: dict[str, Pile]
    exact: dict[str, list[tuple[int, str]]]
    groups: dict[str, frozenset[str]]
    by_sound: dict[str, list[str]]
    group_sounds: dict[str, list[str]]
    words: list[str]


def build_index(atlas: Atlas) -> Index:
    """Read everything that can be found in an atlas, in all its languages."""
    piles = {field: Pile() for field in _FIELDS}
    exact: dict[str, list[tuple[int, str]]] = defaultdict(list)
    citing: dict[str, list[int]] = defaultdict(list)

    def add(number: int, field: str, *texts: str) -> None:
        piles[field].add(texts, [number], squeezed=field in _SHORT)
        if field in ("title", "name"):
            keys = {squeeze(name) for t in texts for name in (fold(t), *names(t))}
            for key in keys - {""}:
                exact[key].append((number, field))

    records = list(atlas.records.values())
    for number, record in enumerate(records):
        add(number, "title", *record.title.values())
        add(number, "name", *_words(record.name), *record.aliases)
        add(number, "place", *_words(record.place, record.sector))
        add(number, "text", *_told(record))
        for source in atlas.sources.keys() & set(cited(record)):
            citing[source].append(number)
    for number, (place, _) in enumerate(atlas.places, len(records)):
        add(number, "name", *place.name.values())
    for source, owners in citing.items():
        cite = atlas.sources[source]
        piles["source"].add([cite.publisher, cite.title], owners, squeezed=False)

    # Hangul words of sentences carry endings: their sounds would be of no use.
    words = sorted(
        set().union(*(p.words(hangul=f in _SHORT) for f, p in piles.items()))
    )
    groups = name_groups(_called(atlas))
    entries: list[_Entry] = [(record.id, "record") for record in records]
    entries += [(place.id, "place") for place, _ in atlas.places]
    dates = [r.date or "" for r in records] + [""] * len(atlas.places)
    # A sort keeps the order of the one before where it sees no difference.
    newest = sorted(range(len(entries)), key=lambda n: entries[n])
    newest.sort(key=lambda n: dates[n], reverse=True)
    order = {number: rank for rank, number in enumerate(newest)}
    heard, called = by_sound(words), by_sound(sorted(groups))
    return Index(entries, order, piles, exact, groups, heard, called, words)


def _words(*texts: dict[str, str] | None) -> list[str]:
    """List what some texts say, in every language."""
    return [words for text in texts if text for words in text.values()]


def _told(record: Record) -> list[str]:
    """List what a record tells."""
    said = [s.text for s in record.statements] + [c.text for c in record.conflicts]
    return _words(record.gist, record.outcome, *said)


def _called(atlas: Atlas) -> Iterator[list[str]]:
    """List what each thing is called that the atlas names in several ways."""
    yield from (list(place.name.values()) for place, _ in atlas.places)
    yield from (list(label.name.values()) for label, _ in atlas.labels)
    for record in atlas.records.values():
        if record.aliases:
            yield [*record.title.values(), *_words(record.name), *record.aliases]


def search(index: Index, query: str, limit: int = 12) -> list[Hit]:
    """
    Find what matches every word of a query; never raises.

    The best hits come first, of equals the newest, and then by id.

    Parameters
    ----------
    index
        From `build_index`.
    query
        What a reader typed, untrusted; cut at 200 characters.
    limit
        How many hits at most.
    """
    typed = [w for w in query[:_LONGEST].split() if fold(w)][:_MOST_WORDS]
    if not typed or limit <= 0:
        return []
    found: _Found = {}
    for plan in _plans(index, typed):
        for number, match in _all_match(index, plan).items():
            found[number] = max(match, found.get(number, match))
    whole = squeeze(fold("".join(typed)))
    others = {squeeze(n) for key in _group_of(index, whole) for n in index.groups[key]}
    for key, score in [(whole, _EXACT), *((key, _EXACT - _ALIKE) for key in others)]:
        for number, field in index.exact.get(key, ()):
            found[number] = max((score, field), found.get(number, (0.0, "")))
    ranked = sorted(found, key=lambda n: (-found[n][0], index.order[n]))
    return [Hit(*index.entries[n], *found[n]) for n in ranked[:limit]]


def _plans(index: Index, typed: list[str]) -> list[list[_Term]]:
    """List the ways to read a query: word by word, by names of many words, as one."""
    single = [_term(index, word) for word in typed]
    if len(typed) == 1:
        return [single]
    joined, at = list[_Term](), 0
    while at < len(typed):
        ends = range(min(len(typed), at + 4), at + 1, -1)
        known = (e for e in ends if squeeze(fold("".join(typed[at:e]))) in index.groups)
        end = next(known, at + 1)
        one = end == at + 1
        joined.append(single[at] if one else _term(index, " ".join(typed[at:end])))
        at = end
    return [single, joined, [{f" {squeeze(fold(''.join(typed)))}": 0.0}]]


def _term(index: Index, typed: str) -> _Term:
    """List what to look for when a word was typed: itself, and its like."""
    term: _Term = {}
    for form in (fold(typed), fold(typed, hyphen=" ")):
        term |= {passage: 0.0 for passage in passages(form)}
        # Any word that begins so.
        term.setdefault(f" {form}", _PREFIX)
    plain = squeeze(fold(typed))
    heard, keys = sound(plain), _group_of(index, plain)
    others = sorted({name for key in keys for name in index.groups[key]})
    sounds = {heard, *(sound(squeeze(name)) for name in others)}
    words = [word for key in sounds for word in index.by_sound.get(key, ())]
    for passage in (p for name in (*others, *words) for p in passages(name)):
        term.setdefault(passage, _ALIKE)
    if not keys and not any(p.find(x) for p in index.piles.values() for x in term):
        near = (p for name in _near(index, plain, heard) for p in passages(name))
        term |= dict.fromkeys(near, _EXACT)
    return term


def _group_of(index: Index, plain: str) -> list[str]:
    """List keys of the groups a squeezed word names, or else sounds like."""
    if plain in index.groups:
        return [plain]
    # Hangul and Han say what a thing is (town, river) in one more character.
    if not plain.isascii() and plain[:-1] in index.groups:
        return [plain[:-1]]
    return index.group_sounds.get(sound(plain), [])


def _near(index: Index, plain: str, heard: str) -> Iterator[str]:
    """List the words that are one typo, or the rest of a name, away from another."""
    if len(plain) >= _TYPO_FROM:
        yield from one_typo(plain, index.words)
    if len(heard) >= _TYPO_FROM:
        for key, words in index.by_sound.items():
            yield from words if key.startswith(heard) else ()
        for key in one_typo(heard, list(index.group_sounds)):
            yield from (n for k in index.group_sounds[key] for n in index.groups[k])


def _all_match(index: Index, plan: list[_Term]) -> _Found:
    """Find the entries that match every term; their score is the mean."""
    each = [_matches(index, term) for term in plan]
    found: _Found = {}
    for number in set(each[0]).intersection(*each[1:]):
        matches = [matched[number] for matched in each]
        total = sum(score for score, _ in matches)
        found[number] = (round(total / len(each), 3), max(matches)[1])
    return found


def _matches(index: Index, term: _Term) -> _Found:
    """Find the entries that match one term, each with its best match."""
    best: _Found = {}
    for field, base in _FIELDS.items():
        pile = index.piles[field]
        for passage, cost in term.items():
            score = base * _TYPO if cost >= _EXACT else base - cost
            may_start = field == "title" and cost < _EXACT
            first = pile.find("|" + passage.lstrip()) if may_start else set[int]()
            for number in pile.find(passage):
                match = (score + _AT_START * (number in first), field)
                best[number] = max(match, best.get(number, match))
    return best
