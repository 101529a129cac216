"""The licences of a site's content: named on every page, their texts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from borderviz.render.html import Html, join, tag

if TYPE_CHECKING:
    from borderviz.site.model import Site


def write_licences(site: Site) -> None:
    """Put the text of each licence into the site."""
    for licence in site.atlas.settings.licences:
        text = (site.atlas.root / licence.file).read_bytes()
        site.write(licence.file, text)


def licence_html(site: Site, lang: str, path: str) -> Html:
    """Name the licences, each linked to its text; say so if there are none."""
    context, links = site.context(lang, path), site.links(lang, path)
    found = [
        tag(
            "a",
            context.words(licence.name),
            href=links.root(licence.file),
            rel="license",
        )
        for licence in site.atlas.settings.licences
    ]
    if not found:
        return tag("span", context.say("site-no-licence"))
    return join([context.say("site-licences"), " ", context.row(found, ","), "."])
