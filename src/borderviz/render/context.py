"""What every piece of the panel needs: atlas, view, and words in its language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from borderviz.content import Atlas
from borderviz.filters import Filters
from borderviz.model import Record
from borderviz.permalink import to_query
from borderviz.render.html import Html, join, tag
from borderviz.selection import with_event_layers
from borderviz.texts import (
    Words,
    date_words,
    list_words,
    number_words,
    percent_words,
    pick,
    range_words,
    say,
)
from borderviz.view import ViewState

# Stands for an id, and occurs in no address: ids are letters, digits and hyphens.
_ID = "~id~"


@dataclass(frozen=True)
class Context:
    """
    Words and links for one view.

    Parameters
    ----------
    atlas
        Where the content comes from.
    view
        The reader's view: gives the language and the start of every link.
    today
        The reader's day, for citations; None leaves the day of access out of them.
    writer
        Writes the address of a view where that is no query of this page, as in files
        that no program serves; None writes the query.
    address
        Where the atlas is served, for citations; empty if that is not known.
    """

    atlas: Atlas
    view: ViewState
    today: dt.date | None = None
    writer: Callable[[ViewState], str] | None = None
    address: str = ""

    def say(self, key: str, **values: object) -> str:
        """Return an interface text."""
        return say(key, self.view.lang, self.atlas.texts, **values)

    def words(self, text: dict[str, str] | None, name: str = "span") -> Html:
        """Wrap an atlas text in an element that says its language if it is another."""
        if not text:
            return Html("")
        found = self.pick(text)
        if not found.is_fallback:
            return tag(name, found.text)
        language = self.atlas.settings.languages.get(found.lang, found.lang)
        note = tag("small", self.say("only-in", language=language), class_="bv-only-in")
        return tag(
            name,
            tag("span", found.text, lang=found.lang),
            " ",
            note,
            class_="bv-fallback",
        )

    def plain(self, text: dict[str, str] | None) -> str:
        """Return an atlas text without markup."""
        return self.pick(text).text if text else ""

    def pick(self, text: dict[str, str]) -> Words:
        """Choose the words for this reader."""
        return pick(text, self.view.lang, self.atlas.settings.default_language)

    def date(self, record: Record) -> str:
        """Write a record's date or span, as exactly as it is known."""
        if not record.date:
            return ""
        first = date_words(record.date, self.view.lang)
        if not record.date_end:
            return first
        last = date_words(record.date_end, self.view.lang)
        return range_words(first, last, self.view.lang)

    def number(self, value: float, digits: int = 1) -> str:
        """Write a number."""
        return number_words(value, self.view.lang, digits)

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share of one as per cent."""
        return percent_words(share, self.view.lang, digits)

    def listed(
        self, items: Iterable[str], how: Literal["and", "or", ","] = "and"
    ) -> str:
        """Put plain words in a row as the language does."""
        return list_words(items, self.view.lang, how)

    def row(
        self, items: Iterable[Html], how: Literal["and", "or", ","] = "and"
    ) -> Html:
        """Put pieces of markup in a row as the language does."""
        pieces = list(items)
        between = self.listed(["\0"] * len(pieces), how).split("\0")
        parts = zip(between, [*pieces, Html("")], strict=True)
        return join(x for pair in parts for x in pair) if pieces else Html("")

    def term(self, field: str, key: str | None) -> str:
        """Return the atlas's word for a vocabulary value."""
        terms = getattr(self.atlas.settings.vocabulary, field)
        return self.plain(terms[key].name) if key in terms else (key or "")

    def link(self, record: Record | str, **changes: object) -> str:
        """Write the address that selects a record and keeps the rest of the view."""
        identity = record if isinstance(record, str) else record.id
        if identity and not changes and self.writer is None:
            return identity.join(self._around_selected)
        changes = {"page": "", **changes}
        return self.query(self.view.with_(selected=identity, at="", **changes))

    @cached_property
    def _around_selected(self) -> tuple[str, str]:
        """What stands before and after the id in the address of a record."""
        view = self.view.with_(selected=_ID, at="", page="")
        before, after = self.query(view).split(_ID)
        return before, after

    def query(self, view: ViewState) -> str:
        """Write the address of another view."""
        return self.writer(view) if self.writer else to_query(view, self.atlas)

    def here(self) -> str:
        """Write the address of this view, the map's position left to the browser."""
        return self.query(self.view.with_(at=""))

    def way_back(self, key: str, address: str, lang: str | None = None) -> Html:
        """Write the link at the top that leads to where the reader came from."""
        words = self.say(key)
        return tag(
            "a", words, href=address, class_="bv-back", target="_self", lang=lang
        )

    def back(self) -> Html:
        """Write the link from a record or list to the story or the overview."""
        key = "back-to-story" if self.view.story else "back-to-overview"
        return self.way_back(key, self.link("", listed=""))

    def version(self) -> str:
        """Say which version of the data this is."""
        atlas = self.atlas
        return self.say(
            "version", version=atlas.settings.version, hash=atlas.fingerprint
        )

    def everything(self) -> str:
        """Write the address of this view without filters, every event layer on."""
        view = with_event_layers(self.atlas, self.view)
        return self.query(view.with_(filters=Filters(), at=""))

    def style_of(self, record: Record) -> str:
        """Name the style a record is drawn in; empty if it is on no layer."""
        layer = self.atlas.layers_of.get(record.id)
        return record.style or (layer.style if layer else "")

    def record_link(self, record: Record, *, note: str = "") -> Html:
        """Write a list entry: swatch, title, date and a note; it selects the record."""
        small = " · ".join(x for x in (self.date(record), note) if x)
        return tag(
            "a",
            tag("i", class_=f"bv-dot bv-c-{self.style_of(record)}", aria_hidden="true"),
            tag(
                "span",
                self.words(record.title),
                tag("small", small) if small else Html(""),
            ),
            href=self.link(record),
            class_="bv-item",
            target="_self",
        )
