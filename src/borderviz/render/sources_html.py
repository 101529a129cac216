"""Sources as readers see them: superscript numbers, and the numbered list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from borderviz.citations import Reference
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.texts import date_words


def cited(identities: Iterable[str], refs: dict[str, Reference]) -> Html:
    """Write the small numbers behind a statement; each leads to its source."""
    links = [
        tag(
            "a",
            str(refs[i].number),
            href=f"#bv-src-{refs[i].number}",
            title=f"{refs[i].source.publisher}: {refs[i].source.title}",
        )
        for i in identities
        if i in refs
    ]
    return tag("sup", join(links, " ")) if links else Html("")


def source_list(
    found: Sequence[Reference], context: Context, place: str = "src"
) -> Html:
    """Write a numbered list, linked where allowed; `place` names it on its page."""
    items = [
        tag("li", *_entry(r, context), id=f"bv-{place}-{r.number}", value=str(r.number))
        for r in found
    ]
    return tag("ol", *items, class_="bv-sources")


def _entry(found: Reference, context: Context) -> list[Html | str]:
    title: Html | str = found.source.title
    if found.url:
        host = (urlsplit(found.url).hostname or "").removeprefix("www.")
        title = tag(
            "a",
            found.source.title,
            href=found.url,
            target="_blank",
            rel="noopener noreferrer",
            title=host,
        )
    parts: list[Html | str] = [tag("b", found.source.publisher), ": ", title]
    date = date_words(found.issued, context.view.lang) if found.issued else ""
    if date:
        parts += [", ", date]
    remarks = []
    if found.is_described:
        remarks.append(context.say("source-described"))
    if not found.url and found.source.URL:
        remarks.append(context.say("source-no-link"))
    if remarks:
        parts += [" ", tag("small", f"({'; '.join(remarks)})")]
    if found.source.note:
        parts += [" ", tag("small", found.source.note, lang="en")]
    return parts
