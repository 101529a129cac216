"""A reader's own data in words: the view as a sentence, and reasons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.overlay.narrow import Narrowing
from borderviz.overlay_files.raw import Reason
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.overlay_rows import own_name
from borderviz.texts import date_words


def reason_words(reason: Reason, context: Context) -> str:
    """Say what is wrong, or what was done, in the reader's language."""
    try:
        return context.say(f"overlay-{reason.key}", **reason.values)
    except KeyError:
        # A reader of files that was taken over may leave out what a reason is about.
        return context.say("overlay-page-failed")


def sentence(
    overlay: Overlay,
    mask: NDArray[np.bool_],
    narrowing: Narrowing,
    context: Context,
) -> str:
    """
    State in one sentence what of a reader's data is shown, as plain text.

    Parameters
    ----------
    overlay, mask
        The data, and which rows are shown.
    narrowing
        What was asked of it.
    context
        The page's filters, and the language.
    """
    total, count = len(overlay), int(np.count_nonzero(mask))
    called = {"own": own_name(overlay, context), "name": overlay.name}
    if not total:
        return context.say("overlay-view-said-empty", **called)
    if not narrowing.on:
        return context.say("overlay-view-said-off", total=total, **called)
    clauses = list(_clauses(narrowing, context))
    if not clauses:
        return context.say("overlay-view-said-all", total=total, **called)
    key = "overlay-view-said" if count else "overlay-view-said-none"
    listed = context.listed(clauses, ",")
    return context.say(key, count=count, total=total, clauses=listed, **called)


def _clauses(narrowing: Narrowing, context: Context) -> Iterator[str]:
    """Say what narrows it: its own choices, and the page's years and exactness."""
    filters, lang = context.view.filters, context.view.lang
    if narrowing.categories:
        yield context.listed(narrowing.categories, "or")
    if narrowing.words:
        yield context.say("overlay-view-clause-words", words=narrowing.words)
    if filters.since:
        yield context.say("clause-since", date=date_words(filters.since, lang))
    if filters.until:
        yield context.say("clause-until", date=date_words(filters.until, lang))
    if filters.within_km:
        yield context.say("clause-within", km=filters.within_km)


def said_html(
    overlay: Overlay,
    mask: NDArray[np.bool_],
    narrowing: Narrowing,
    context: Context,
) -> Html:
    """Write the sentence for the line under the page's own, with what is missing."""
    parts = [tag("span", sentence(overlay, mask, narrowing, context), class_="bv-said")]
    if overlay.bad_count:
        left = context.say("overlay-view-left-out", count=overlay.bad_count)
        parts.append(tag("small", left))
    return tag("div", join(parts, " "), class_="bv-own-said", role="status")
