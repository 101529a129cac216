"""What the page says in one language before anything is asked of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from borderviz.filters import WORDS, choices
from borderviz.render.citation import record_citation
from borderviz.render.context import Context
from borderviz.render.html import safe_text
from borderviz.render.overview_html import overview_html
from borderviz.render.sentence import word_of
from borderviz.render.timeline_html import timeline_html
from borderviz.standalone.panels import everything
from borderviz.texts import date_words, locale_of, template_of

# Interface texts that the page's own scripts fill in.
SAID = (
    *("any", "at-least", "back-to-story", "copy-view", "filters", "filters-set"),
    *("how-exact", "ignored", "km", "language", "layer-count", "layer-count-of"),
    *("map-failed", "more-filters", "numbers-span", "preset-none", "presets"),
    *(
        "search",
        "search-hint",
        "search-none",
        "search-place",
        "sentence",
        "sentence-all",
    ),
    *("sentence-none", "sentence-unplaced", "sheet-table", "show-everything", "skip"),
    *("table-caption", "table-empty", "uncertainty-all", "unknown-record", "years"),
    *("clause-cited", "clause-confidence", "clause-layers", "clause-since"),
    *("clause-until", "clause-within", "filter-since", "filter-until"),
    *("filter-within_km", "filter-cited", *(f"filter-{name}" for name in WORDS)),
    *(
        "layers-show",
        "shell-part",
        "shell-part-all",
        "shell-part-none",
        "shell-not-here",
        "shell-failed",
        "shell-print",
        "shell-colours",
    ),
)


def spoken(context: Context, header: str, imprint: str, there: str) -> dict[str, Any]:
    """
    Collect the words of one language.

    Parameters
    ----------
    context
        From `panels.speaking`.
    header, imprint
        Markup of the head of the page and of its foot.
    there
        What of the atlas is here, in a sentence; empty if all is.
    """
    atlas, lang = context.atlas, context.view.lang
    settings = atlas.settings
    return {
        "lang": lang,
        "title": context.plain(settings.title),
        "ui": {key: template_of(key, lang, atlas.texts)[0] for key in SAID},
        "layers": {x.id: context.plain(x.name) for x in settings.layers},
        "groups": {x.id: context.plain(x.name) for x in settings.groups},
        "presets": {x.id: context.plain(x.name) for x in settings.presets},
        "words": {
            name: {word: word_of(name, word, context) for word in choices(atlas, name)}
            for name in WORDS
        },
        "lists": _lists(lang),
        "dates": _dates(lang),
        "overview": overview_html(context),
        "timeline": timeline_html(everything(atlas), context),
        "cite": _cite(context),
        "header": header,
        "imprint": imprint,
        "held": safe_text(there),
    }


def _cite(context: Context) -> dict[str, Any]:
    """Say how a record is cited, with signs for what differs from one to the next."""
    first = next(iter(context.atlas.records.values()), None)
    if first is None:
        return {}
    lang = context.view.lang
    some = first.model_copy(update={"id": "bv-record-id", "title": {lang: "bv-title"}})
    # A citation leads to the atlas itself: a fragment is nothing that others can open.
    citing = replace(context, writer=None)
    found = record_citation(
        some, citing, today=context.today, address=context.address
    ).text("plain")
    before, then = context.say("cite-first"), context.say("cite-then")
    own = found.partition(then)[2].strip()
    own = own.replace("bv-record-id", "{id}").replace("bv-title", "{title}")
    return {"summary": context.say("cite-record"), "first": before, "then": then} | {
        "own": own,
        "copy": context.say("cite-copy"),
    }


def _lists(lang: str) -> dict[str, Any]:
    """Say how a language puts words in a row: `texts.list_words`."""
    patterns = locale_of(lang).list_patterns
    between: str = patterns["standard"]["middle"]
    return {
        "and": dict(patterns["standard"]),
        "or": dict(patterns["or"]),
        ",": between.replace("{0}", "").replace("{1}", ""),
    }


def _dates(lang: str) -> dict[str, list[str]]:
    """Say how a language writes a date that is known to year, month or day."""
    # A year and a day that no month's name holds.
    year, day = "1987", "26"

    def pattern(text: str) -> str:
        words = date_words(text, lang)
        return words.replace(year, "{year}").replace(day, "{day}")

    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    return {
        "year": [pattern(year)],
        "month": [pattern(month) for month in months],
        "day": [pattern(f"{month}-{day}") for month in months],
    }
