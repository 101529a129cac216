"""Style sheets for pages that Streamlit does not draw: the same less its own."""

from __future__ import annotations

import re

from borderviz.content import Atlas
from borderviz.render.css import map_css, page_css
from borderviz.render.web_files import leaflet_file, symbol_paths, web_file

# What only Streamlit's markup has.
_STREAMLITS = re.compile(
    r"\.st[A-Z-]|\[data-(?:testid|baseweb|stale)|\[class\*=|^footer$"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
# Rules that hold rules, not declarations.
_GROUPS = ("@media", "@container", "@supports", "@layer")


def plain_rules(css: str) -> str:
    """
    Take out of a style sheet every rule that needs Streamlit's markup.

    Examples
    --------
    >>> plain_rules(".a, .stApp .b { color: red } @media print { .stB { top: 0 } }")
    '.a{color: red}'
    """
    css = _SPACE.sub(" ", _COMMENT.sub("", css))
    written = []
    for head, body in _rules(css):
        if head.startswith(_GROUPS):
            inner = plain_rules(body)
            written += [f"{head}{{{inner}}}"] if inner else []
            continue
        if head.startswith("@"):
            written.append(f"{head}{{{body}}}")
            continue
        kept = [s for s in _selectors(head) if not _STREAMLITS.search(s)]
        written += [f"{', '.join(kept)}{{{body}}}"] if kept else []
    return "\n".join(written)


def _rules(css: str) -> list[tuple[str, str]]:
    """Split a style sheet into heads and bodies; nothing in ours has a bare brace."""
    found, at = [], 0
    while (start := css.find("{", at)) >= 0:
        depth, end = 1, start + 1
        quote = ""
        while depth and end < len(css):
            c = css[end]
            if quote:
                quote = "" if c == quote else quote
            elif c in "\"'":
                quote = c
            else:
                depth += (c == "{") - (c == "}")
            end += 1
        found.append((css[at:start].strip(), css[start + 1 : end - 1].strip()))
        at = end
    return found


def _selectors(head: str) -> list[str]:
    """Split a list of selectors at the commas that no bracket holds."""
    parts, depth, start = [], 0, 0
    for number, c in enumerate(head):
        depth += (c in "([") - (c in ")]")
        if c == "," and not depth:
            parts.append(head[start:number].strip())
            start = number + 1
    return [*parts, head[start:].strip()]


def reading_css(atlas: Atlas) -> str:
    """Write the style sheet of a page that is read: everything but the map."""
    return plain_rules(page_css(atlas, symbol_paths()))


def shell_css(atlas: Atlas) -> str:
    """Write the style sheet of the map page."""
    parts = [
        leaflet_file("leaflet.css"),
        map_css(atlas),
        page_css(atlas, symbol_paths()),
    ]
    # Pictures of controls that our map does not have would be asked for in vain.
    sheet = re.sub(
        r"background-image:\s*url\(images/[^)]*\);?", "", plain_rules(parts[0])
    )
    return "\n".join([sheet, *map(plain_rules, parts[1:]), web_file("shell.css")])
