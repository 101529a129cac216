"""The shared files of a site that are not its content: style, icon, small scripts."""

from __future__ import annotations

from borderviz.content import Atlas
from borderviz.render.web_files import web_file
from borderviz.site.model import Site
from borderviz.standalone.sheets import reading_css
from borderviz.theme import load_theme


def site_css(atlas: Atlas) -> str:
    """Write the style sheet of the pages without a map: the app's, and the frame's."""
    return tight(reading_css(atlas) + web_file("site.css"))


def tight(css: str) -> str:
    r"""
    Drop the spaces at the ends of lines and the empty lines.

    Examples
    --------
    >>> tight("a\n\n  b")
    'a\nb'
    """
    lines = (line.strip() for line in css.splitlines())
    return "\n".join(line for line in lines if line)


def icon() -> str:
    """Draw the icon: a line, and one triangle that points across it."""
    theme = load_theme()
    light, dark = theme.light, theme.dark
    style = (
        f".l{{stroke:{light['zone']}}}.t{{fill:{light['south']}}}"
        f"@media(prefers-color-scheme:dark){{.l{{stroke:{dark['zone']}}}"
        f".t{{fill:{dark['south']}}}}}"
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -16 32 32">'
        f"<style>{style}</style>"
        '<path class="l" d="M-15 3L-5-2L4 2L15-4" fill="none" stroke-width="5"/>'
        '<path class="t" d="M0 14L-10-6H10Z"/></svg>'
    )


def write_assets(site: Site) -> str:
    """Write the shared files; return the style sheet, for the page that holds it."""
    css = site_css(site.atlas)
    site.asset("site.css", css)
    site.asset("icon.svg", icon())
    site.asset("table.js", web_file("site_table.js"))
    return css
