"""The page when there is no atlas to show: what is wrong, where, and what to do."""

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
    problems = error.problems if isinstance(error, ContentError) else ()
    parts = [tag("h1", say("content-error-title", lang))]
    if problems:
        items = [
            tag(
                "li",
                tag("b", p.where),
                tag("span", f"{p.found} → {p.allowed}"),
                tag("span", p.cure),
                lang="en",
            )
            for p in problems[:MOST]
        ]
        parts += [
            tag("p", say("content-error", lang, count=len(problems))),
            tag("p", say("content-error-hint", lang)),
            tag("ol", *items),
        ]
    else:
        parts.append(tag("p", str(error), lang="en"))
    return tag("div", *parts, class_="bv-error bv-record", lang=lang, role="alert")
