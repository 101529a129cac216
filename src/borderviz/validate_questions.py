"""Rules for questions: claims of one form, ids that resolve, shapes to measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from borderviz.faults import (
    Fault,
    Found,
    language_faults,
    texts_of,
    unknown,
    unresolved,
)
from borderviz.geometry import area_km2, line_parts
from borderviz.questions import Claim, Question

if TYPE_CHECKING:
    from borderviz.content import Atlas

FORMS = "one of: `value`; `low` and `high`, or either alone; `words`"


def question_faults(atlas: Atlas) -> Found:
    """
    Find the faults of the questions.

    Parameters
    ----------
    atlas
        As far as it could be read.

    Yields
    ------
    tuple
        File, the question's id and the fault.
    """
    file = atlas.settings.questions or ""
    for question in atlas.questions:
        faults = [
            *_shapes(question, atlas),
            *_scopes(question),
            *_reasons(question, atlas),
            *language_faults(texts_of(question), atlas.settings.languages),
        ]
        for number, claim in enumerate(question.claims):
            faults += _claim(claim, f"claims.{number}.", question, atlas)
        yield from ((file, question.id, fault) for fault in faults)


def _shapes(question: Question, atlas: Atlas) -> Iterator[Fault]:
    """What is to be measured has a shape, and a question has something to compare."""
    lines = [("line", question.line)] if question.line else []
    lines += [(f"beside.{n}", name) for n, name in enumerate(question.beside)]
    for field, name in lines:
        yield from unresolved(field, name, atlas.records, "a record with a line")
        if name in atlas.records and not any(
            any(line_parts(shape)) for shape in _drawn(name, atlas)
        ):
            yield Fault(
                field,
                name,
                "a record whose geometry has a line",
                "Draw it, or drop it.",
            )
    if question.zone:
        yield from unresolved(
            "zone", question.zone, atlas.records, "a record with an area"
        )
        areas = [area_km2(shape) for shape in _drawn(question.zone, atlas)]
        if question.zone in atlas.records and not sum(areas):
            cure = "Draw it, or drop the field."
            allowed = "a record whose geometry has an area"
            yield Fault("zone", question.zone, allowed, cure)
    if question.line and question.zone:
        yield Fault(
            "zone",
            question.zone,
            "either `line` or `zone`: a length and an area have no common axis",
            "Make two questions of it.",
        )
    if not question.claims and not question.line:
        yield Fault(
            "claims",
            "nothing",
            "at least one claim, or a `line` with stated lengths",
            "Add a claim, or remove the question.",
        )


def _drawn(name: str, atlas: Atlas) -> list[BaseGeometry]:
    """List the shapes of a record; none if there is no such record."""
    record = atlas.records.get(name)
    names = (record.geometry or [name]) if record else []
    return [atlas.shapes[part] for part in names if part in atlas.shapes]


def _scopes(question: Question) -> Iterator[Fault]:
    """Every scope has its own id and some claim."""
    used = {claim.scope for claim in question.claims}
    seen: set[str] = set()
    for number, scope in enumerate(question.scopes):
        if scope.id in seen:
            yield Fault(
                f"scopes.{number}.id",
                scope.id,
                "an id that no other scope of the question has",
                "Rename one of the two.",
            )
        elif scope.id not in used:
            yield Fault(
                f"scopes.{number}.id",
                scope.id,
                "a scope that some claim names",
                "Name it in a claim, or remove it.",
            )
        seen.add(scope.id)


def _reasons(question: Question, atlas: Atlas) -> Iterator[Fault]:
    """A reason has a source, unless it is about what the engine measures itself."""
    for number, reason in enumerate(question.reasons):
        for source in reason.sources:
            field = f"reasons.{number}.sources"
            yield from unresolved(
                field, source, atlas.sources, "an entry of sources.json"
            )
        if not (reason.sources or question.line or question.zone):
            yield Fault(
                f"reasons.{number}.sources",
                "nothing",
                "at least one source; none is needed only where a shape is measured",
                "Cite who gives the reason, or leave it out.",
            )


def _claim(
    claim: Claim, path: str, question: Question, atlas: Atlas
) -> Iterator[Fault]:
    """A claim says one thing, in the right order, and leads to its record."""
    ends = (claim.low, claim.high)
    given = (claim.value is not None, ends != (None, None), claim.words is not None)
    if sum(given) != 1:
        names = [n for n in ("value", "low", "high", "words") if getattr(claim, n)]
        found = " and ".join(names) or "no value"
        yield Fault(path[:-1], found, FORMS, "Say one of them and no other.")
    if claim.low is not None and claim.high is not None and claim.low >= claim.high:
        yield Fault(
            f"{path}low",
            f"from {claim.low} to {claim.high}",
            "a `low` below `high`",
            "Swap them, or give one number as `value`.",
        )
    if claim.about and claim.value is None and None in ends:
        yield Fault(
            f"{path}about",
            claim.about,
            "only with a `value`, or with both `low` and `high`",
            "Leave it out: an open end and words are not exact anyway.",
        )
    if claim.scope is not None:
        scopes = [scope.id for scope in question.scopes]
        cure = "Use one of them, or add it to `scopes` of the question."
        yield from unknown(f"{path}scope", claim.scope, scopes, cure)
    yield from unresolved(f"{path}record", claim.record, atlas.records, "a record")
    if claim.record in atlas.records:
        known = atlas.records[claim.record].sources
        cure = f"Cite what {claim.record} cites, or name the record that cites it."
        for source in claim.sources:
            yield from unknown(f"{path}sources", source, known, cure)
