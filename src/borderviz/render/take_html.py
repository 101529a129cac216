"""What the sheet for taking things along says: names, sentences, the snippet to embed.

Nothing here makes a file; that is left to those who are asked for one.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from borderviz.render.citation import Citation
from borderviz.render.context import Context
from borderviz.render.css import css_string
from borderviz.render.html import Html, join, tag
from borderviz.render.sentence import page_title, sentence
from borderviz.render.sources_html import AS_IS
from borderviz.render.web_files import web_file
from borderviz.selection import Selection
from borderviz.texts import say

SNIPPET = "bv-snippet"
CITATION = "bv-view-citation"
# As wide as its column, as high as a screen allows; no more is known of other pages.
_FRAME_STYLE = "width:100%;height:36rem;max-height:90vh;border:0"


def taken(context: Context) -> Context:
    """Return the view without the sheet that it is taken from; order is kept."""
    view = context.view.with_(sheet="", page="", listed="", at="")
    return replace(context, view=view)


def file_name(what: str, ending: str, context: Context) -> str:
    """
    Name a download: atlas, what is in it, version of the data.

    Parameters
    ----------
    what
        Lower-case letters, digits and hyphens.
    ending
        What follows the last dot.
    context
        Gives the atlas.
    """
    atlas = context.atlas
    return f"{atlas.settings.id}-{what}-{atlas.fingerprint}.{ending}"


def said_html(selection: Selection, context: Context, *, more: int = 0) -> Html:
    """
    Say what is taken along, in the words of the page.

    Parameters
    ----------
    selection, context
        The events of the view.
    more
        How many records of other layers go with them.
    """
    parts = [tag("p", sentence(selection, context))]
    if more:
        parts.append(tag("p", context.say("take-more", count=more)))
    if not selection.records:
        parts.append(tag("p", context.say("take-data-none"), class_="bv-caution"))
    return _block(*parts, context=context)


def words_html(context: Context, *words: str) -> Html:
    """Write a small line of help, of sentences that are in the reader's language."""
    said = join(words, " ")
    return _block(tag("p", said, class_="bv-small"), context=context)


def heading_html(key: str, context: Context) -> Html:
    """Write the heading of a part."""
    return _block(tag("h3", context.say(key)), context=context)


def full_address(context: Context, address: str) -> str:
    """
    Write the address of the view on the page itself.

    Parameters
    ----------
    context
        The view.
    address
        Where the page is; empty if not known: then the link holds the query alone.
    """
    return _joined(address, context.query(context.view))


def frame_address(context: Context, address: str) -> str:
    """Write the address of the view for a frame in another page."""
    query = context.query(context.view.with_(sort="")).removeprefix("?")
    return _joined(address, "?embed=true" + (f"&{query}" if query else ""))


def _joined(address: str, query: str) -> str:
    """Put a query to an address of the web; without one it stays a query."""
    if not address.startswith(("http://", "https://")):
        return query
    # A browser leaves out the slash of a bare host.
    return urljoin(address if urlsplit(address).path else f"{address}/", query)


def snippet(selection: Selection, context: Context, address: str) -> Html:
    """Write the element that shows the view in another page."""
    return tag(
        "iframe",
        src=frame_address(context, address),
        title=page_title(selection, context),
        loading="lazy",
        style=_FRAME_STYLE,
    )


def snippet_html(
    selection: Selection, context: Context, address: str, *, is_at_home: bool
) -> Html:
    """
    Write the snippet as text to read and to copy.

    Parameters
    ----------
    selection, context
        The view.
    address
        Where the page is, as the reader's browser sees it.
    is_at_home
        True if that address leads nowhere from another machine: then it says so.
    """
    copy = _copy(SNIPPET, "take-embed", context)
    parts = [copy, _text(SNIPPET, snippet(selection, context, address), context)]
    if is_at_home:
        words = context.say("take-embed-local")
        parts.append(tag("p", words, class_="bv-small bv-caution"))
    return _block(*parts, context=context)


def citation_html(citation: Citation, style: str, context: Context) -> Html:
    """Write a citation in one style, to read and to copy."""
    copy = _copy(CITATION, "cite-view", context)
    text = _text(CITATION, citation.text(style), context)
    return _block(copy, text, context=context)


def short_html(citation: Citation, context: Context) -> Html:
    """Write the citation in one line."""
    line = tag("p", citation.short, class_=f"bv-short {AS_IS}")
    return _block(line, context=context)


def take_css(lang: str) -> Html:
    """Write the style of the sheet, with what Streamlit says in English only."""
    failed, making = (css_string(say(f"take-{x}", lang)) for x in ("failed", "making"))
    words = f".st-key-take{{--bv-failed:{failed};--bv-making:{making}}}"
    return tag("style", Html(words + web_file("take.css")), class_="bv-css")


def _copy(identity: str, of: str, context: Context) -> Html:
    words = context.say("cite-copy")
    return tag(
        "a",
        words,
        href=f"#{identity}",
        class_="bv-button",
        data_bv="copy-text",
        target="_self",
        aria_label=f"{words}: {context.say(of)}",
    )


def _text(identity: str, text: str, context: Context) -> Html:
    """Write what is copied; its letters are shown, never read as markup."""
    return tag(
        "pre",
        str(text) if not isinstance(text, Html) else "".join(text),
        id=identity,
        tabindex="0",
        translate="no",
        role="group",
        aria_label=context.say("take-text"),
        class_=AS_IS,
    )


def _block(*parts: Html, context: Context) -> Html:
    return tag("div", *parts, class_="bv-record bv-take", lang=context.view.lang)
