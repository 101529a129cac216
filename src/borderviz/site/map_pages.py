"""The map page of every language, the one at the root, and the map to be embedded."""

from __future__ import annotations

from collections.abc import Callable

from borderviz.render.context import Context
from borderviz.render.html import Html, join, script_json, tag
from borderviz.render.web_files import web_file
from borderviz.selection import Selection
from borderviz.site.frame import ways
from borderviz.site.head import icon_link, meta, shared, short
from borderviz.site.linked import page_data
from borderviz.site.model import Page, Site
from borderviz.site.names import ALL, DOWNLOADS, EMBED, MAP, page_path
from borderviz.site.styles import tight
from borderviz.standalone.shell import Material, as_script, document, material

# What the head of the map has room for; the last of them leads to all.
NEAR = ("charts.html", DOWNLOADS, ALL)


def write_maps(site: Site, selection: Selection, context: Context) -> None:
    """
    Write the files of the map and the pages that show it.

    Parameters
    ----------
    site
        What they belong to.
    selection, context
        The view, of the narrowed atlas.
    """
    made = material(selection, context, today=site.today, address=site.address)
    site.asset("map.js", made.script)
    site.asset("map.css", made.css + tight(web_file("site_map.css")))
    for name, block in made.blocks.items():
        site.asset(f"{name}.js", as_script(name, block))
    for lang in site.languages:
        here = site.links(lang, MAP)
        site.write(f"{lang}/{MAP}", _map(site, made, lang, here.to, here.root))
        site.write(f"{lang}/{EMBED}", _embed(site, made, lang))
    default = site.atlas.settings.default_language
    at_root = _map(site, made, default, lambda p: f"{default}/{p}", lambda p: p)
    site.write(MAP, at_root)


def _map(
    site: Site,
    made: Material,
    lang: str,
    to: Callable[[str], str],
    root: Callable[[str], str],
) -> str:
    """Write the map's page as it is seen from a folder."""
    context = site.context(lang, MAP)
    settings = site.atlas.settings
    said = context.plain(settings.subtitle)
    title = context.plain(settings.title)
    page = Page(MAP, title, said, Html(""), now=MAP)
    data = page_data(title, said, MAP, site, context)
    head = join(
        [
            meta("description", short(said)),
            icon_link(root(site.files["icon.svg"])),
            shared(page, site, lang, root),
            tag("script", Html(script_json(data)), type="application/ld+json"),
        ]
    )
    return document(
        made,
        lang,
        kind="site",
        script=root(site.files["map.js"]),
        sheet=root(site.files["map.css"]),
        blocks={name: root(site.files[f"{name}.js"]) for name in made.blocks},
        languages={code: root(f"{code}/{MAP}") for code in site.languages},
        ways=[(words, to(path)) for path, words in ways(context) if path in NEAR],
        pages={p.id: to(page_path(p.id)) for p in site.atlas.pages},
        head=head,
    )


def _embed(site: Site, made: Material, lang: str) -> str:
    links = site.links(lang, EMBED)
    head = join(
        [
            meta("robots", "noindex"),
            icon_link(links.root(site.files["icon.svg"])),
        ]
    )
    return document(
        made,
        lang,
        kind="embed",
        script=links.root(site.files["map.js"]),
        sheet=links.root(site.files["map.css"]),
        blocks={name: links.root(site.files[f"{name}.js"]) for name in made.blocks},
        head=head,
        full=site.full(f"{lang}/{MAP}") or MAP,
    )
