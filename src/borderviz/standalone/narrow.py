"""An atlas without what a view leaves out: what is made from it cannot hold more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from borderviz.citations import cited
from borderviz.content import Atlas
from borderviz.documents import Page, Step
from borderviz.filters import is_event
from borderviz.model import Record
from borderviz.prose import walk
from borderviz.questions import Question
from borderviz.selection import Selection


def narrowed(atlas: Atlas, selection: Selection) -> Atlas:
    """
    Leave out the events that a view does not show, and every word about them.

    Lines, places, notes and developments stay: filters do not concern them. Texts that
    name an event which is gone stay too; such a link becomes plain words.

    Parameters
    ----------
    atlas
        The whole atlas.
    selection
        What a view of it shows.
    """
    shown = set(selection.ids)
    gone = {r.id for r in atlas.records.values() if is_event(r)} - shown
    if not gone:
        return atlas
    kept = {k: _untied(r, gone) for k, r in atlas.records.items() if k not in gone}
    settings = atlas.settings.model_copy(
        update={
            "numbers": [n for n in atlas.settings.numbers if n.record not in gone],
            "turning_points": [
                p for p in atlas.settings.turning_points if p.record not in gone
            ],
        }
    )
    story = [_unmarked(step, gone) for step in atlas.story]
    questions = [_unasked(question, gone) for question in atlas.questions]
    corrections = [
        c for c in atlas.corrections if not c.records or not set(c.records) <= gone
    ]
    corrections = [
        c.model_copy(update={"records": [r for r in c.records if r not in gone]})
        for c in corrections
    ]
    used = {s for record in kept.values() for s in cited(record)}
    used |= {s for question in questions for s in _asked(question)}
    used |= {s for correction in corrections for s in correction.sources}
    used |= {s for step in story for s in _told(step)}
    used |= {s for page in atlas.pages for s in _told(page)}
    used |= {s for place, _ in atlas.places for s in place.sources}
    used |= {s for sector in atlas.sectors for s in sector.sources}
    before = {s for record in atlas.records.values() for s in cited(record)}
    return replace(
        atlas,
        settings=settings,
        records=kept,
        positions={k: v for k, v in atlas.positions.items() if k not in gone},
        shapes={k: v for k, v in atlas.shapes.items() if k not in gone},
        story=story,
        questions=questions,
        corrections=corrections,
        # What no record ever cited is not for this to judge.
        sources={
            k: v for k, v in atlas.sources.items() if k in used or k not in before
        },
    )


def _untied(record: Record, gone: set[str]) -> Record:
    """Take away a record's ties to what is gone."""
    if not any(relation.id in gone for relation in record.related):
        return record
    kept = [relation for relation in record.related if relation.id not in gone]
    return record.model_copy(update={"related": kept})


def _unmarked(step: Step, gone: set[str]) -> Step:
    if step.head.focus not in gone:
        return step
    return replace(step, head=step.head.model_copy(update={"focus": None}))


def _unasked(question: Question, gone: set[str]) -> Question:
    kept = [claim for claim in question.claims if claim.record not in gone]
    return question.model_copy(update={"claims": kept})


def _asked(question: Question) -> Iterable[str]:
    """Walk the sources of a question."""
    for claim in question.claims:
        yield from claim.sources
    for reason in question.reasons:
        yield from reason.sources


def _told(document: Step | Page) -> Iterable[str]:
    """Walk the sources of a text, in all its languages."""
    for passage in document.passages.values():
        for _, span in walk(passage.prose):
            yield from span.ids
