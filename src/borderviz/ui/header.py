"""The top of the page: title, ways to story and pages, language."""

from __future__ import annotations

import streamlit as st

from borderviz.content import Atlas
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.prose_html import passage_of
from borderviz.render.story_html import step_link
from borderviz.ui import state
from borderviz.ui.kept_html import kept_html
from borderviz.ui.layers_panel import escaped
from borderviz.view import ViewState


def draw(atlas: Atlas, view: ViewState) -> None:
    """Draw the title and the choice of language."""
    context = Context(atlas, view)
    st.html(kept_html("header", context, lambda: _title(context)))
    languages = atlas.settings.languages
    if len(languages) > 1:
        st.segmented_control(
            escaped(context.say("language")),
            list(languages),
            format_func=lambda code: escaped(languages[code]),
            key=state.LANG_KEY,
            required=True,
            label_visibility="collapsed",
            on_change=state.on_language,
            args=(atlas,),
        )


def _title(context: Context) -> Html:
    """Write the title, and the ways to story and pages."""
    settings, view = context.atlas.settings, context.view
    title = context.words(settings.title, "h1")
    subtitle = context.words(settings.subtitle, "p")
    skip = tag("a", context.say("skip"), href="#bv-panel", class_="bv-skip")
    mode = " bv-in-page" if view.page else " bv-in-story" if view.story else ""
    return tag(
        "div",
        *(skip, title, subtitle, _ways(context)),
        class_=f"bv-title{mode}",
        lang=view.lang,
    )


def _ways(context: Context) -> Html:
    """Write the links to the story and to each page."""
    atlas, view = context.atlas, context.view
    links = []
    if atlas.story:
        links.append(
            tag(
                "a",
                context.say("story"),
                href=step_link(atlas.story[0], context),
                aria_current="page" if view.story and not view.page else None,
                target="_self",
            )
        )
    for page in atlas.pages:
        links.append(
            tag(
                "a",
                passage_of(page.passages, context)[1].label,
                href=context.query(view.with_(page=page.id, at="")),
                aria_current="page" if view.page == page.id else None,
                target="_self",
            )
        )
    if not links:
        return Html("")
    return tag("nav", *links, class_="bv-ways", aria_label=context.say("pages"))
