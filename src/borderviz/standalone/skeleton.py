"""The body of the map page before any script has run: places for what will stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from borderviz.render.context import Context
from borderviz.render.html import Html, safe_text, tag
from borderviz.render.overview_html import overview_html
from borderviz.standalone.material import Material
from borderviz.standalone.parts import header_html, held, imprint_html, noscript_html


def void(name: str, /, **attributes: str) -> Html:
    """Write an element that has no end."""
    words = (f' {k.replace("_", "-")}="{safe_text(v)}"' for k, v in attributes.items())
    return Html(f"<{name}{''.join(words)}>")


def page_body(
    material: Material,
    context: Context,
    languages: Mapping[str, str],
    ways: Sequence[tuple[str, str]],
    pages: Mapping[str, str],
) -> Html:
    """
    Write the page with the map in its middle.

    Parameters
    ----------
    material
        What it is made of.
    context
        From `panels.speaking`.
    languages, ways, pages
        As in `shell.document`.
    """
    view = context.view
    whole = replace(material.asked, view=material.asked.view.with_(lang=view.lang))
    said = held(material.selection, whole)
    imprint = imprint_html(material.selection, context, whole)
    return tag(
        "div",
        tag(
            "a",
            context.say("skip"),
            href="#bv-panel",
            class_="bv-skip",
            data_say="text=skip",
        ),
        _head(context, languages, ways, pages),
        tag(
            "main",
            tag("div", class_="bv-sentence"),
            _left(context),
            tag("div", class_="bv-map"),
            tag("div", class_="bv-time"),
            _sheets(),
            tag(
                "div",
                tag(
                    "div",
                    class_="bv-notes",
                    data_words=context.say("shell-failed"),
                ),
                tag(
                    "p",
                    said,
                    class_="bv-note bv-held",
                    data_part="held",
                    lang=view.lang,
                ),
                noscript_html(material.selection, replace(whole, writer=None)),
                tag("div", overview_html(context), class_="bv-panel"),
                tag(
                    "footer",
                    imprint,
                    class_="bv-imprint bv-record",
                    data_part="imprint",
                    lang=view.lang,
                ),
                class_="bv-detail",
            ),
            class_="bv-body",
        ),
        tag("div", class_="bv-over", hidden=True),
        class_="bv-app",
        lang=view.lang,
    )


def _head(
    context: Context,
    languages: Mapping[str, str],
    ways: Sequence[tuple[str, str]],
    pages: Mapping[str, str],
) -> Html:
    lang = context.view.lang
    title = tag(
        "div",
        header_html(context, ways=ways, pages=pages),
        class_="bv-title",
        data_part="header",
        lang=lang,
    )
    field = void(
        "input",
        type="search",
        maxlength="200",
        autocomplete="off",
        placeholder=context.say("search-hint"),
        aria_label=context.say("search"),
        data_say="aria-label=search placeholder=search-hint",
    )
    search = tag(
        "div", field, tag("div", class_="bv-found"), class_="bv-search", role="search"
    )
    theme = tag(
        "button",
        "\N{CIRCLE WITH LEFT HALF BLACK}",
        type="button",
        class_="bv-theme",
        title=context.say("shell-colours"),
        aria_label=context.say("shell-colours"),
        data_say="aria-label=shell-colours title=shell-colours",
    )
    return tag(
        "header",
        title,
        search,
        _languages(context, languages),
        theme,
        class_="bv-header",
    )


def _languages(context: Context, languages: Mapping[str, str]) -> Html:
    names = context.atlas.settings.languages
    if len(names) < 2:
        return Html("")
    links = [
        tag(
            "a",
            name,
            href=languages.get(code, f"#lang={code}"),
            lang=code,
            hreflang=code,
            data_lang=code,
            aria_current="true" if code == context.view.lang else None,
        )
        for code, name in names.items()
    ]
    words = context.say("language")
    return tag(
        "nav",
        *links,
        class_="bv-langs",
        aria_label=words,
        data_say="aria-label=language",
    )


def _left(context: Context) -> Html:
    """Write the place of filters and layers; a narrow page folds them away."""
    words = context.say("layers-show")
    return tag(
        "details",
        tag("summary", words, data_say="text=layers-show"),
        tag("div", class_="bv-controls"),
        class_="bv-left",
        open=True,
    )


def _sheets() -> Html:
    sheet = tag("div", class_="bv-sheet", tabindex="0", role="region", hidden=True)
    return tag("div", tag("div", class_="bv-tabs"), sheet, class_="bv-sheets")


def embed_body(context: Context, full: str) -> Html:
    """
    Write the map alone, with the way to its whole.

    Parameters
    ----------
    context
        From `panels.speaking`.
    full
        Address of the page with everything.
    """
    title = context.plain(context.atlas.settings.title)
    link = tag(
        "a",
        context.say("shell-full"),
        href=full,
        target="_blank",
        rel="noopener",
        class_="bv-full",
    )
    foot = tag(
        "p", tag("b", title), " ", link if full else Html(""), class_="bv-embedded"
    )
    script = tag("noscript", tag("p", context.say("shell-noscript"), class_="bv-note"))
    return tag(
        "div",
        script,
        tag("div", class_="bv-map"),
        foot,
        class_="bv-app",
        lang=context.view.lang,
    )
