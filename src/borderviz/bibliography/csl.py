"""Works as CSL-JSON, which reference managers import."""

from __future__ import annotations

from typing import Any

from borderviz.bibliography.works import Work, known_date, tidy, web_address

# The types of CSL 1.0.2.
_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter
classic collection dataset document entry entry-dictionary entry-encyclopedia figure
graphic hearing interview legal_case legislation manuscript map motion_picture
musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software
song speech standard thesis treaty webpage
"""
CSL_TYPES = frozenset(_TYPES.split())


def csl_item(work: Work) -> dict[str, Any]:
    """Write a work as one item of CSL-JSON; what nothing is known about is left out."""
    item: dict[str, Any] = {
        "id": work.id,
        "type": work.type if work.type in CSL_TYPES else "document",
        "title": tidy(work.title),
        "publisher": tidy(work.publisher),
        "container-title": tidy(work.container),
        "issued": _csl_date(work.issued) if work.issued else None,
        "URL": web_address(work.url),
        "accessed": _csl_date(work.accessed.isoformat()) if work.accessed else None,
        "version": tidy(work.version),
        "language": work.language,
        "note": tidy("; ".join(work.notes)),
    }
    return {key: value for key, value in item.items() if value}


def _csl_date(text: str) -> dict[str, Any]:
    date = known_date(text)
    if date is None:
        return {"literal": tidy(text)}
    return {"date-parts": [[int(part) for part in text.split("-")]]}
