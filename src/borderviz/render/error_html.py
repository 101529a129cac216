"""What is wrong with the content, where, and what to do: for a page without an atlas,
and for one that shows the version before.
"""

from __future__ import annotations

from borderviz.errors import BorderVizError, ContentError
from borderviz.render.html import Html, tag
from borderviz.texts import say

MOST = 12


def error_html(error: BorderVizError, lang: str) -> Html:
    """
    Write what stands in the way of showing an atlas.

    Parameters
    ----------
    error
        What was raised while it was read.
    lang
        Language code of the reader.
    """
    parts = [tag("h1", say("content-error-title", lang))]
    if isinstance(error, ContentError) and error.problems:
        count = len(error.problems)
        parts += [tag("p", say("content-error", lang, count=count))]
        parts += _problems(error, lang)
    else:
        parts.append(tag("p", str(error), lang="en"))
    return tag("div", *parts, class_="bv-error bv-record", lang=lang, role="alert")


def reload_html(error: ContentError, version: str, lang: str) -> Html:
    """
    Write why an atlas is shown as it was before its files were changed.

    Parameters
    ----------
    error
        What is wrong with the files as they are now.
    version
        The data version that is shown.
    lang
        Language code of the reader.
    """
    said = say("reload-kept", lang, count=len(error.problems), hash=version)
    told = tag("details", tag("summary", said), *_problems(error, lang))
    return tag("div", told, class_="bv-reload", lang=lang, role="status")


def _problems(error: ContentError, lang: str) -> list[Html]:
    """List the first problems, each with its place and its cure."""
    items = [
        tag(
            "li",
            tag("b", p.where),
            tag("span", f"{p.found} → {p.allowed}"),
            tag("span", p.cure),
            lang="en",
        )
        for p in error.problems[:MOST]
    ]
    return [tag("p", say("content-error-hint", lang)), tag("ol", *items)]
