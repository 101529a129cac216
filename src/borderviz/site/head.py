"""The head of a page: what browsers, search engines and previews read of it."""

from __future__ import annotations

from collections.abc import Callable

from babel.core import get_global

from borderviz.render.html import Html, join, safe_text, script_json, tag
from borderviz.site.model import Page, Site
from borderviz.site.names import MAP
from borderviz.theme import load_theme

# Nothing from elsewhere, and no code inside a page: files of the site alone.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
DESCRIPTION = 200
Root = Callable[[str], str]


def void(name: str, /, **attributes: str | None) -> Html:
    """
    Write an element that holds nothing.

    Examples
    --------
    >>> void("meta", name="a", content='"')
    '<meta name="a" content="&quot;">'
    """
    parts = [
        f'{key.removesuffix("_").replace("_", "-")}="{safe_text(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return Html(f"<{' '.join([name, *parts])}>")


def meta(name: str, content: str) -> Html:
    """Write what a page says of itself; nothing if it says nothing."""
    key = "property" if name.startswith(("og:", "article:")) else "name"
    return void("meta", **{key: name}, content=content) if content else Html("")


def head(page: Page, site: Site, lang: str) -> Html:
    """
    Write the head of a page.

    Parameters
    ----------
    page
        The page.
    site
        Gives the shared files and, if it is known, the address.
    lang
        Its language.
    """
    links, context = site.links(lang, page.path), site.context(lang, page.path)
    name = context.plain(site.atlas.settings.title)
    title = page.title if page.path == MAP else f"{page.title} · {name}"
    theme = load_theme()
    style = links.root(site.files["site.css"])
    return tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=POLICY),
        meta("viewport", "width=device-width, initial-scale=1"),
        meta("color-scheme", "light dark"),
        *[
            void(
                "meta",
                name="theme-color",
                content=colours["page"],
                media=f"(prefers-color-scheme: {scheme})",
            )
            for scheme, colours in (("light", theme.light), ("dark", theme.dark))
        ],
        tag("title", title),
        meta("description", short(page.description)),
        void("link", rel="stylesheet", href=style),
        icon_link(links.root(site.files["icon.svg"])),
        *_scripts(page, site, lang),
        shared(page, site, lang),
        _data(page),
    )


def icon_link(address: str) -> Html:
    """Name the icon of the site."""
    return void("link", rel="icon", href=address, type="image/svg+xml")


def _scripts(page: Page, site: Site, lang: str) -> list[Html]:
    links = site.links(lang, page.path)
    return [tag("script", src=links.root(path), defer=True) for path in page.scripts]


def shared(page: Page, site: Site, lang: str, root: Root | None = None) -> Html:
    """
    Write what previews show, and where the page is in each language.

    Parameters
    ----------
    page, site, lang
        What is shown.
    root
        Writes the address of a shared file, if the page is seen from elsewhere.
    """
    root = root or site.links(lang, page.path).root
    context = site.context(lang, page.path)
    others = [code for code in site.languages if code != lang]
    picture = page.picture or site.files.get(f"share-{lang}", "")
    address = site.full(f"{lang}/{page.path}")
    parts = [
        meta("og:type", "website" if page.path == MAP else "article"),
        meta("og:site_name", context.plain(site.atlas.settings.title)),
        meta("og:title", page.title),
        meta("og:description", short(page.description)),
        meta("og:locale", locale_name(lang)),
        *[meta("og:locale:alternate", locale_name(code)) for code in others],
        meta("twitter:card", "summary_large_image" if picture else "summary"),
    ]
    if address:
        parts += [
            meta("og:url", address),
            void("link", rel="canonical", href=address),
            *alternates(page.path, site),
        ]
        if picture:
            parts += [
                meta("og:image", site.full(picture)),
                meta("og:image:width", "1200"),
                meta("og:image:height", "630"),
                meta("og:image:alt", context.plain(site.atlas.settings.subtitle)),
                meta("twitter:image", site.full(picture)),
            ]
    elif picture:
        # Those who make previews want a whole address; this one some of them resolve.
        parts.append(meta("og:image", root(picture)))
    return join(parts)


def alternates(path: str, site: Site) -> list[Html]:
    """Link a page in each language, and the one for readers of any other."""
    default = site.atlas.settings.default_language
    codes = {code: code for code in site.languages} | {"x-default": default}
    return [
        void(
            "link",
            rel="alternate",
            hreflang=name,
            href=site.full(f"{code}/{path}"),
        )
        for name, code in codes.items()
    ]


def _data(page: Page) -> Html:
    if not page.data:
        return Html("")
    # JSON with every sign that means anything to HTML written as an escape.
    return tag("script", Html(script_json(page.data)), type="application/ld+json")


def locale_name(lang: str) -> str:
    """
    Name a language with the country that previews want with it.

    Examples
    --------
    >>> locale_name("ko")
    'ko_KR'
    """
    parts = str(get_global("likely_subtags").get(lang, lang)).split("_")
    return "_".join(dict.fromkeys((parts[0], parts[-1])))


def short(text: str, most: int = DESCRIPTION) -> str:
    """
    Cut a text at a word, with a mark that it was longer.

    Examples
    --------
    >>> short("one two three", 9)
    'one two…'
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[: most - 1]
    return cut.rstrip(" ,;:.·-–—") + "…"
