"""Sources as readers see them: superscript numbers, and the numbered list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from borderviz.citations import Reference
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.scripts import language_of
from borderviz.texts import date_words

# The class of what stands in its own words, whatever language the page is in.
AS_IS = "bv-as-is"


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
        tag(
            "li",
            *_entry(r, context),
            id=f"bv-{place}-{r.number}",
            value=str(r.number),
            tabindex="-1",
        )
        for r in found
    ]
    return tag("ol", *items, class_="bv-sources")


def as_is(
    name: str, text: str, context: Context, **attributes: str | bool | None
) -> Html:
    """
    Write words that are not ours to translate, with the language they seem to be in.

    Parameters
    ----------
    name
        Element name.
    text
        A title, a publisher, another spelling of a name.
    context
        Gives the language around it.
    **attributes
        More attributes of the element.
    """
    lang = language_of(text, context.view.lang)
    return tag(name, text, class_=AS_IS, lang=lang, **attributes)


def _entry(found: Reference, context: Context) -> list[Html | str]:
    text = found.source.title
    # What the atlas says of itself has no address but the one it was given here.
    if found.url and not found.source.URL:
        title = as_is("a", text, context, href=found.url, target="_self")
    elif not found.url:
        title = as_is("span", text, context)
    else:
        host = (urlsplit(found.url).hostname or "").removeprefix("www.")
        title = as_is(
            "a",
            text,
            context,
            href=found.url,
            target="_blank",
            rel="noopener noreferrer",
            title=host,
        )
    parts: list[Html | str] = [
        as_is("b", found.source.publisher, context),
        ": ",
        title,
    ]
    date = date_words(found.issued, context.view.lang) if found.issued else ""
    if date:
        # Words instead of a date are the source's own.
        is_words = date == found.issued and not date.isdecimal()
        parts += [", ", as_is("span", date, context) if is_words else date]
    remarks = []
    if found.is_described:
        remarks.append(context.say("source-described"))
    if not found.url and found.source.URL:
        remarks.append(context.say("source-no-link"))
    if remarks:
        parts += [" ", tag("small", f"({'; '.join(remarks)})")]
    if found.source.note:
        parts += [" ", tag("small", found.source.note, class_=AS_IS, lang="en")]
    return parts
