"""The view in words: what is shown, how many, and what narrows it."""

from __future__ import annotations

from collections.abc import Iterator

from borderviz.filters import WORDS
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.selection import Selection, event_layers, ways_out
from borderviz.texts import date_words
from borderviz.view import ViewState

_NOTHING = Html("")


def sentence(selection: Selection, context: Context) -> str:
    """
    State the view in one sentence, as plain text.

    Parameters
    ----------
    selection
        What the view shows.
    context
        The view and the reader's language.
    """
    count, total = len(selection.records), selection.total
    clauses = context.listed(_clauses(context), ",")
    if not clauses:
        return context.say("sentence-all", total=total)
    key = "sentence" if count else "sentence-none"
    return context.say(key, count=count, total=total, clauses=clauses)


def page_title(selection: Selection, context: Context) -> str:
    """Name the page: what is read, or what is shown, then the atlas."""
    atlas, view = context.atlas, context.view
    document = atlas.page_of.get(view.page) or atlas.step_of.get(view.story)
    record = None if view.page else atlas.records.get(view.selected)
    if document and not record:
        title = context.plain(document.titles)
        return " · ".join((title, context.plain(atlas.settings.title)))
    said = sentence(selection, context) if is_narrow(context) else ""
    first = context.plain(record.title) if record else said
    return " · ".join(filter(None, (first, context.plain(atlas.settings.title))))


def is_narrow(context: Context) -> bool:
    """Tell whether a view leaves out anything."""
    return any(_clauses(context))


def _clauses(context: Context) -> Iterator[str]:
    """Say what narrows the view, one clause a filter."""
    filters, lang = context.view.filters, context.view.lang
    for name in WORDS:
        words = [word_of(name, word, context) for word in getattr(filters, name)]
        listed = context.listed(words, "or")
        if name == "confidences" and words:
            yield context.say("clause-confidence", words=listed)
        elif words:
            yield listed
    if filters.since:
        yield context.say("clause-since", date=date_words(filters.since, lang))
    if filters.until:
        yield context.say("clause-until", date=date_words(filters.until, lang))
    if filters.within_km:
        yield context.say("clause-within", km=filters.within_km)
    if filters.cited:
        yield context.say("clause-cited", count=filters.cited)
    off = [x for x in event_layers(context.atlas) if x not in context.view.layers]
    if off:
        names = [x.name for x in context.atlas.settings.layers if x.id in off]
        listed = context.listed(context.plain(name) for name in names)
        yield context.say("clause-layers", names=listed)


def word_of(field: str, word: str, context: Context) -> str:
    """Name a word of a filter for a reader."""
    if field == "kinds":
        return context.say(f"kind-{word}")
    if field == "confidences":
        return context.say(f"confidence-short-{word}")
    return context.term(WORDS[field], word)


def sentence_html(selection: Selection, context: Context, own: Html = _NOTHING) -> Html:
    """
    Write the sentence, what is not on the map, and the ways back.

    Parameters
    ----------
    selection, context
        The view.
    own
        What is said below of a reader's own data.
    """
    parts = [tag("span", sentence(selection, context), class_="bv-said", role="status")]
    if selection.unplaced:
        said = context.say("sentence-unplaced", count=selection.unplaced)
        parts.append(tag("small", said))
    if is_narrow(context):
        everything = context.everything()
        parts.append(_link(context.say("show-everything"), everything))
    here = context.here()
    parts.append(
        tag("a", context.say("copy-view"), href=here, data_bv="copy", target="_self")
    )
    if not selection.records:
        ways = ways_out(context.atlas, context.view)[:3]
        rows = [tag("li", _way(way.name, way.count, way.view, context)) for way in ways]
        parts.append(
            tag("div", context.say("way-out"), tag("ul", *rows), class_="bv-note")
        )
    if own:
        parts.append(own)
    return tag("div", join(parts, " "), class_="bv-sentence", lang=context.view.lang)


def _way(name: str, count: int, view: ViewState, context: Context) -> Html:
    if name == "layers":
        words = context.say("way-out-layers", count=count)
    elif name == "all":
        words = context.say("way-out-all", count=count)
    else:
        said = context.say(f"filter-{name}")
        words = context.say("way-out-drop", name=said, count=count)
    return _link(words, context.query(view))


def _link(words: str, href: str) -> Html:
    return tag("a", words, href=href, target="_self")
