"""The one encoder for text that goes into HTML or JavaScript, and a tag builder on it.

Nothing else in the project writes markup from data. `tag` escapes every plain string it
is given; only what `tag` itself made (`Html`) passes through.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable

_UNSAFE = re.compile("[&<>\"'\\\\`${}\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NAMED = {c: html.escape(c) for c in "&<>\"'"}
_WRITTEN = {c: f"&#{ord(c)};" for c in "\\`${}"} | _NAMED
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_RISKY = re.compile(r"[<>&'`${}_\u007f-\uffff]")


class Html(str):
    """Markup that has been escaped already."""

    __slots__ = ()


def safe_text(text: str) -> Html:
    r"""
    Encode data for HTML, and for HTML inside a JavaScript template literal.

    `html.escape` alone leaves `${…}`, backticks and backslashes, which run as code
    where a map library pastes HTML into a template literal. Control characters and lone
    surrogates, which no browser shows and which break encoders, become U+FFFD.

    Examples
    --------
    >>> safe_text("<b>${1}`")
    '&lt;b&gt;&#36;&#123;1&#125;&#96;'
    """
    # One pass, and none over what has nothing to encode: this is called for every word
    # of the page.
    return Html(_UNSAFE.sub(lambda found: _WRITTEN.get(found[0], "\ufffd"), text))


def script_json(value: object) -> str:
    r"""
    Encode data as JSON that is safe inside a script, an attribute or a template.

    Every character inside a string that means anything to HTML, to a template literal,
    to Jinja or to the map component's own text replacement becomes a `\u` escape.

    Examples
    --------
    >>> script_json({"a": "</script>${x}"})
    '{"a": "\\u003c/script\\u003e\\u0024\\u007bx\\u007d"}'
    """
    plain = json.dumps(value, ensure_ascii=True)
    return _STRING.sub(
        lambda found: _RISKY.sub(lambda c: f"\\u{ord(c.group()):04x}", found.group()),
        plain,
    )


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """
    Build one element; plain strings are escaped, `Html` is kept.

    Parameters
    ----------
    name
        Element name.
    *children
        Texts and elements, in order.
    **attributes
        A trailing underscore is dropped (`class_`), others become hyphens
        (`aria_label`); None and False leave the attribute out.

    Examples
    --------
    >>> tag("a", "1 < 2", href="?a=1&b=2", class_="x")
    '<a href="?a=1&amp;b=2" class="x">1 &lt; 2</a>'
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        words = key.removesuffix("_").replace("_", "-")
        parts.append(words if value is True else f'{words}="{safe_text(str(value))}"')
    inner = join(children)
    return Html(f"<{' '.join(parts)}>{inner}</{name}>")


def join(children: Iterable[str], between: str = "") -> Html:
    """Put pieces in a row; plain strings are escaped, `Html` is kept."""
    pieces = [c if isinstance(c, Html) else safe_text(c) for c in children]
    return Html(safe_text(between).join(pieces))
