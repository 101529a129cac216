"""Words of a caller as filters: the same that a link may have, or a clear refusal."""

from __future__ import annotations

from collections.abc import Iterable

from borderviz.content import Atlas
from borderviz.errors import WordError
from borderviz.filters import PARAMETERS, choices, decode_filter
from borderviz.permalink import decode_query
from borderviz.render.basemaps import BASEMAPS
from borderviz.view import ViewState

# What a keyword is called in a link.
_KEYWORDS = {
    "since": "from",
    "until": "to",
    "kind": "kind",
    "direction": "dir",
    "mode": "mode",
    "who": "who",
    "area": "area",
    "confidence": "sure",
    "within_km": "within",
    "cited": "cited",
}
_FORMS = {
    "since": "a date such as 1998, 1998-05 or 1998-05-31",
    "until": "a date such as 1998, 1998-05 or 1998-05-31",
    "within_km": "a number of kilometres up to 1000",
    "cited": "a whole number from 1 to 50",
}
_QUERY = "query"


def narrowed(view: ViewState, name: str, value: object, atlas: Atlas) -> ViewState:
    """
    Return a view in which one filter asks for something, or for nothing if it is empty.

    Raises
    ------
    WordError
        If the filter cannot ask for that.
    """
    key = _KEYWORDS[name]
    field = PARAMETERS[key]
    if value in ("", (), [], 0):
        return view.with_(filters=view.filters.without(field))
    if name in _FORMS:
        text = f"{value:g}" if isinstance(value, float) else str(value)
    else:
        words = value if isinstance(value, Iterable) else [value]
        words = [value] if isinstance(value, str) else words
        text = ".".join(checked(name, words, choices(atlas, field)))
    changes = decode_filter(key, text, atlas)
    if changes is None:
        raise WordError(name, text, (), _FORMS.get(name, ""))
    return view.with_(filters=view.filters.with_(**changes))


def of_link(query: str, atlas: Atlas) -> ViewState:
    """
    Read the view of a link, or of what it has after its `?`.

    Raises
    ------
    WordError
        If any part of it cannot be used.
    """
    text = query.partition("?")[2] if "?" in query else query
    found = decode_query(text, atlas, tuple(BASEMAPS))
    for part in (*found.ignored, *filter(None, [found.unknown_record])):
        raise WordError(_QUERY, part, (*PARAMETERS, "lang", "layers", "sel"))
    return found.view


def wrong_keyword(name: str) -> WordError:
    """Make the error for a keyword that does not exist."""
    return WordError("keyword", name, (*_KEYWORDS, "layers", "lang", _QUERY))


def checked(name: str, words: Iterable[object], known: Iterable[str]) -> list[str]:
    """
    Return the words as they are.

    Raises
    ------
    WordError
        If one does not exist.
    """
    allowed, found = tuple(known), [str(word) for word in words]
    for word in found:
        if word not in allowed:
            raise WordError(name, word, allowed)
    return found
