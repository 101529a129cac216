"""A citation as it is read: its lines in plain text, and the one under a picture."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from borderviz.bibliography import Work, bibtex, csl_item, plain_text, tidy
from borderviz.render.context import Context
from borderviz.texts import date_words

STYLES = ("plain", "bibtex", "csl")


@dataclass(frozen=True)
class Line:
    """
    One line of a citation in plain text.

    Parameters
    ----------
    text
        The words.
    is_source
        True if they are a source's own, which are in no certain language.
    """

    text: str
    is_source: bool = False


@dataclass(frozen=True)
class Citation:
    """
    What to cite, ready for every style.

    Parameters
    ----------
    works
        The producers, then the atlas.
    lines
        The same in plain text, with what to do with them.
    short
        One line, for under a picture.
    """

    works: tuple[Work, ...]
    lines: tuple[Line, ...]
    short: str

    def text(self, style: str) -> str:
        """
        Write the citation in one of `STYLES`, with a line feed at its end.

        Parameters
        ----------
        style
            "plain", "bibtex", or "csl" (a JSON list, what reference managers import).

        Raises
        ------
        ValueError
            If there is no such style.
        """
        if style == "plain":
            return "\n".join(line.text for line in self.lines) + "\n"
        if style == "bibtex":
            return bibtex(self.works)
        if style == "csl":
            items = [csl_item(work) for work in self.works]
            return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
        msg = f"no style {style!r}; there are {', '.join(STYLES)}"
        raise ValueError(msg)


def lines_of(
    producers: Sequence[Work], own: Work, context: Context
) -> tuple[Line, ...]:
    """Write the plain text: producers, then the atlas, with a heading for each."""
    lang, texts = context.view.lang, context.atlas.texts
    first = [Line(plain_text(w, lang, texts), is_source=True) for w in producers]
    if first:
        first = [Line(context.say("cite-first")), *first, Line("")]
    named = [own.title]
    if own.container:
        named = [context.say("cite-title", title=own.title), own.container]
    accessed = _accessed(own.accessed, context)
    names = context.listed(map(context.plain, context.atlas.settings.attribution), ",")
    said = [*named, context.version(), accessed, *own.notes, own.url]
    return (
        *first,
        Line(context.say("cite-then")),
        Line(". ".join(tidy(part).removesuffix(".") for part in said if part)),
        Line(tidy(context.say("cite-map", names=names))),
    )


def _accessed(today: dt.date | None, context: Context) -> str:
    if today is None:
        return ""
    date = date_words(today.isoformat(), context.view.lang)
    return context.say("cite-accessed", date=date)


def short_of(context: Context, today: dt.date | None, url: str) -> str:
    """Name atlas, data version, day and address in one line."""
    atlas, lang = context.atlas, context.view.lang
    said = context.say(
        "cite-short",
        title=context.plain(atlas.settings.title),
        hash=atlas.fingerprint,
    )
    date = date_words(today.isoformat(), lang) if today else ""
    return tidy(context.listed(filter(None, [said, date, url]), ","))
