"""Numbers that compete: every stated value beside what our geometry measures.

Values are set side by side, by what they count, and never averaged: what a question has
is a range with names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from borderviz.content import Atlas
from borderviz.generalise import Generalised, length_by_tolerance, tolerance_for
from borderviz.geometry import line_parts
from borderviz.measure import area_of, length_of, line_names
from borderviz.model import Record, Text
from borderviz.questions import Claim, Question


@dataclass(frozen=True)
class Row:
    """
    One value: its ends, the same for one number, None for an end that is open.

    A value in words has neither end; one without a `claim` was measured here.
    """

    low: float | None
    high: float | None
    claim: Claim | None = None

    @property
    def numbers(self) -> tuple[float, ...]:
        """The ends that are known, the smaller first."""
        return tuple(end for end in (self.low, self.high) if end is not None)


@dataclass(frozen=True)
class Range:
    """
    From the lowest stated value to the highest; what was measured here is not in it.

    Parameters
    ----------
    low, high
        The ends; `high` is only the least it can be if `is_open`.
    is_open
        Whether somebody says "or more" of the highest number.
    claims, sources
        How many statements there are, those in words included, and how many different
        sources they cite.
    """

    low: float
    high: float
    is_open: bool
    claims: int
    sources: int


@dataclass(frozen=True)
class Group:
    """
    Values that count the same thing, lowest first, those in words last.

    Parameters
    ----------
    name
        What they count; None where the question's title says it.
    unit
        Unit of all of them.
    rows
        The values.
    """

    name: Text | None
    unit: Text
    rows: tuple[Row, ...]

    @property
    def measured(self) -> float | None:
        """What our own geometry gives."""
        return next((row.low for row in self.rows if row.claim is None), None)

    @property
    def stated(self) -> Range | None:
        """The range of what is stated; None if no number is."""
        claims = [row.claim for row in self.rows if row.claim]
        rows = [row for row in self.rows if row.claim and row.numbers]
        if not rows:
            return None
        high = max(row.numbers[-1] for row in rows)
        return Range(
            low=min(row.numbers[0] for row in rows),
            high=high,
            is_open=any(row.high is None and row.low == high for row in rows),
            claims=len(claims),
            sources=len({source for claim in claims for source in claim.sources}),
        )


@dataclass(frozen=True)
class Profile:
    """
    One line at every coarseness.

    Parameters
    ----------
    points
        Its length by tolerance, the whole line first.
    spacing_m
        Mean distance between neighbouring vertices, in metres.
    files
        The content files that its geometry is from.
    version
        What the atlas says about the geometry; None if it says nothing.
    reached
        Each length that is stated as one number, lowest first, with the least tolerance
        in metres at which the line is no longer; None where no coarseness tried does
        it, 0 where the line is shorter as it is.
    """

    points: tuple[Generalised, ...]
    spacing_m: float
    files: tuple[str, ...]
    version: Text | None
    reached: tuple[tuple[float, int | None], ...]


@dataclass(frozen=True)
class Comparison:
    """
    A question with its values.

    Parameters
    ----------
    question
        As the atlas has it.
    panels
        Groups that share an axis: one list for each unit.
    parts
        The parts of the line, a group each; empty if it has none.
    beside
        Lines that continue it and are not counted, with their length in km.
    profile
        How the line's length depends on its bends; None without a line.
    """

    question: Question
    panels: tuple[tuple[Group, ...], ...]
    parts: tuple[Group, ...]
    beside: tuple[tuple[Record, float], ...]
    profile: Profile | None


def compare(question: Question, atlas: Atlas) -> Comparison:
    """
    Gather what is stated and what is measured about one question.

    Parameters
    ----------
    question
        One of the atlas's own.
    atlas
        A checked atlas.
    """
    line = atlas.records[question.line] if question.line else None
    groups = list(_groups(question, atlas))
    units: list[Text] = []
    for group in groups:
        units += [] if group.unit in units else [group.unit]
    return Comparison(
        question=question,
        panels=tuple(tuple(g for g in groups if g.unit == unit) for unit in units),
        parts=tuple(
            Group(part.title, question.unit, _sorted(rows))
            for part in atlas.records.values()
            if line and part.part_of == line.id and (rows := _lengths(part, atlas))
        ),
        beside=tuple(
            (atlas.records[name], length_of(atlas.records[name], atlas))
            for name in question.beside
        ),
        profile=_profile(line, groups[0], atlas) if line else None,
    )


def _groups(question: Question, atlas: Atlas) -> Iterator[Group]:
    """Walk the groups: first what is measured, with the claims without a scope."""
    whole = atlas.records.get(question.line or question.zone or "")
    rows = [_row(claim) for claim in question.claims if claim.scope is None]
    if whole:
        rows += _lengths(whole, atlas) if question.line else _area(whole, atlas)
    if rows:
        name = whole.title if whole else None
        yield Group(name, question.unit, _sorted(rows))
    for scope in question.scopes:
        rows = [_row(claim) for claim in question.claims if claim.scope == scope.id]
        yield Group(scope.name, scope.unit or question.unit, _sorted(rows))


def _row(claim: Claim) -> Row:
    if claim.value is not None:
        return Row(claim.value, claim.value, claim)
    return Row(claim.low, claim.high, claim)


def _lengths(record: Record, atlas: Atlas) -> list[Row]:
    """List a line's length as drawn, and what is stated of it as claims."""
    km = length_of(record, atlas)
    rows = [Row(km, km)] if km else []
    for stated in record.stated:
        claim = Claim(
            value=stated.km,
            who=stated.who,
            as_of=stated.as_of,
            record=record.id,
            sources=stated.sources,
        )
        rows.append(_row(claim))
    return rows


def _area(record: Record, atlas: Atlas) -> list[Row]:
    km2 = area_of(record, atlas)
    return [Row(km2, km2)]


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Sort by the lower end; equal values stay in the order of the content."""
    return tuple(sorted(rows, key=lambda row: row.numbers or (math.inf,)))


def _profile(line: Record, group: Group, atlas: Atlas) -> Profile:
    """Measure a line more and more coarsely; find where it is as short as stated."""
    names = line_names(atlas, line)
    lines = [part for name in names for part in line_parts(atlas.shapes[name])]
    points = tuple(length_by_tolerance(lines))
    stated = {row.claim.value for row in group.rows if row.claim and row.claim.value}
    versions = atlas.settings.reference_lines
    return Profile(
        points=points,
        spacing_m=1000 * points[0].length_km / (points[0].vertices - len(lines)),
        files=tuple(dict.fromkeys(atlas.files[f"shape {name}"] for name in names)),
        version=next((v.version for v in versions if v.record == line.id), None),
        reached=tuple((km, tolerance_for(lines, km)) for km in sorted(stated)),
    )
