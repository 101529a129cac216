"""The sheet from which everything shown can be taken along.

Nothing is made before somebody asks for it: each button holds a function of
`take_files`, and a click on it is no run of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from borderviz.overlay_files.limits import ROWS
from borderviz.render.citation import STYLES
from borderviz.render.context import Context
from borderviz.render.take_html import (
    citation_html,
    file_name,
    heading_html,
    said_html,
    short_html,
    snippet_html,
    take_css,
    taken,
    words_html,
)
from borderviz.selection import Selection
from borderviz.ui import visit
from borderviz.ui.charts_panel import scheme
from borderviz.ui.layers_panel import escaped
from borderviz.ui.overlay_own import Shown
from borderviz.ui.take_files import CITATION_ENDINGS, FORMS, MIME, Taken

SCHEMES = ("light", "dark")
CITATION_NAMES = {"bibtex": "BibTeX", "csl": "CSL-JSON"}


def draw(selection: Selection, context: Context, own: Shown | None = None) -> None:
    """Draw the sheet."""
    what = Taken(selection, taken(context), visit.today(), visit.address(), own)
    st.html(take_css(context.view.lang))
    _parts(what)


@st.fragment
def _parts(what: Taken) -> None:
    """Draw its parts; a choice made in one of them changes nothing else of the page."""
    if what.own:
        with st.container(key="take-own"):
            _own(what)
    with st.container(key="take-data"):
        _data(what)
    with st.container(key="take-pictures"):
        _pictures(what)
    with st.container(key="take-page"):
        _page(what)
    with st.container(key="take-embed"):
        _embed(what)
    with st.container(key="take-cite"):
        _citation(what)


def _data(what: Taken) -> None:
    from borderviz.export.table import SCOPES, chosen_of

    context = what.context
    count = {x: len(chosen_of(what.selection, context, scope=x)) for x in SCOPES}
    st.html(heading_html("take-data", context))
    words = {x: context.say(f"take-scope-{x}", count=count[x]) for x in SCOPES}
    scope = _choice("take-scope", words, "events", context)
    more = count[scope] - count["events"]
    st.html(said_html(what.selection, context, more=more))
    with st.container(key="take-forms", horizontal=True):
        for form, name in FORMS.items():
            make = partial(what.data, (form,), scope)
            _button(name, form, make, (f"{scope}-{form}", "zip"), what)
        make = partial(what.data, tuple(FORMS), scope)
        _button(context.say("take-all"), "all", make, (scope, "zip"), what)
    st.html(words_html(context, context.say("take-data-said")))


def _own(what: Taken) -> None:
    context = what.context
    st.html(heading_html("overlay-page-take", context))
    if what.own_count > ROWS:
        said = context.say("overlay-page-take-many", count=what.own_count, limit=ROWS)
        st.html(words_html(context, said))
        return
    st.html(words_html(context, context.say("overlay-page-take-said")))
    with st.container(key="take-own-forms", horizontal=True):
        for form, name in FORMS.items():
            make = partial(what.own_data, (form,))
            _button(name, f"own-{form}", make, (f"own-{form}", "zip"), what)
        make = partial(what.own_data, tuple(FORMS))
        _button(context.say("take-all"), "own-all", make, ("own", "zip"), what)
    st.html(words_html(context, context.say("overlay-page-picture-said")))


def _pictures(what: Taken) -> None:
    from borderviz.pictures.catalogue import SIZES, names

    context = what.context
    st.html(heading_html("take-pictures", context))
    titles = names(context)
    name = st.selectbox(
        escaped(context.say("take-picture")),
        list(titles),
        format_func=lambda x: titles[x],
        key="take-picture",
        placeholder=context.say("take-picture"),
        label_visibility="collapsed",
    )
    sizes = {x: context.say(f"take-size-{x}") for x in SIZES}
    colours = {x: context.say(f"take-scheme-{x}") for x in SCHEMES}
    with st.container(key="take-looks", horizontal=True):
        size = _choice("take-size", sizes, "web", context)
        look = _choice("take-scheme", colours, scheme(), context)
    with st.container(key="take-drawn", horizontal=True):
        for form in ("png", "svg"):
            make = partial(what.picture, name, form, size, look)
            file = (f"{name}-{size}-{look}", form)
            _button(form.upper(), form, make, file, what)
    given = SIZES[size]
    said = context.say(
        f"take-size-said-{size}",
        pixels=given.pixels,
        height=given.height_pixels,
        mm=given.mm,
        dpi=given.dpi,
    )
    st.html(words_html(context, said, context.say("take-pictures-said")))


def _page(what: Taken) -> None:
    context = what.context
    st.html(heading_html("take-page", context))
    st.html(words_html(context, context.say("take-page-said")))
    file = ("page", "html")
    _button(context.say("take-page-get"), "page", what.page, file, what)


def _embed(what: Taken) -> None:
    context, here = what.context, st.context.url or ""
    st.html(heading_html("take-embed", context))
    st.html(words_html(context, context.say("take-embed-said")))
    is_at_home = visit.is_at_home(here)
    st.html(snippet_html(what.selection, context, here, is_at_home=is_at_home))


def _citation(what: Taken) -> None:
    context = what.context
    st.html(heading_html("cite-view", context))
    found = what.cited()
    st.html(short_html(found, context))
    names = {x: CITATION_NAMES.get(x) or context.say("cite-plain") for x in STYLES}
    # The whole of it can be hundreds of sources: written when somebody wants to see it.
    style = st.segmented_control(
        escaped(context.say("take-cite-style")),
        list(names),
        format_func=lambda x: escaped(names[x]),
        key="take-cite-style",
        label_visibility="collapsed",
    )
    if style:
        st.html(citation_html(found, style, context))
        file = ("citation", CITATION_ENDINGS[style])
        words = context.say("take-cite-get", name=names[style])
        _button(words, "citation", partial(what.citation, style), file, what)
    else:
        st.html(words_html(context, context.say("take-cite-said")))


def _choice(key: str, words: dict[str, str], first: str, context: Context) -> str:
    """Draw a choice of which one is always made."""
    found = st.segmented_control(
        escaped(context.say(key)),
        list(words),
        format_func=lambda x: escaped(words[x]),
        default=first,
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    return found or first


def _button(
    words: str, key: str, make: Callable[[], bytes], file: tuple[str, str], what: Taken
) -> None:
    """Draw a button that hands over a file of a name and an ending, made on a click."""
    name, ending = file
    st.download_button(
        escaped(words),
        data=make,
        file_name=file_name(name, ending, what.context),
        mime=MIME[ending],
        key=f"take-get-{key}",
        on_click="ignore",
    )
