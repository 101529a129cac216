"""The map page as HTML: one complete document that needs no server.

Scripts stand in the page, allowed by their hash alone, or in files beside it. All data
is in blocks of base64, which no browser takes for markup or for a script.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Literal

from borderviz.render.html import Html, tag
from borderviz.render.sentence import page_title
from borderviz.standalone.material import Material, material
from borderviz.standalone.packing import as_text
from borderviz.standalone.panels import everything, speaking
from borderviz.standalone.skeleton import embed_body, page_body, void

__all__ = ["FIRST", "Material", "as_script", "document", "material"]

Kind = Literal["file", "site", "embed"]
# What the first view needs, whatever it is.
FIRST = ("start", "start-{lang}", "base", "words-{lang}")


def as_script(name: str, block: bytes) -> str:
    """Write a block as a script that hands it over: from disk no other file is read."""
    taken = "((window.borderviz??={}).taken??={})"
    return f"{taken}[{json.dumps(name)}]={json.dumps(as_text(block))};\n"


def document(
    made: Material,
    lang: str,
    *,
    kind: Kind = "file",
    script: str = "",
    sheet: str = "",
    blocks: Mapping[str, str] = {},
    languages: Mapping[str, str] = {},
    ways: Sequence[tuple[str, str]] = (),
    pages: Mapping[str, str] = {},
    head: Html | None = None,
    csp: Sequence[str] = (),
    full: str = "",
) -> str:
    """
    Write the map page.

    Parameters
    ----------
    made
        What it is made of.
    lang
        Language in which it opens.
    kind
        A file by itself, a page of a site, or a map to stand in other pages.
    script, sheet
        Addresses of `made.script` and `made.css`; empty puts them into the page.
    blocks
        Addresses of blocks that are files made by `as_script`; all others are in the
        page.
    languages
        Addresses of the same page by language; empty switches in place.
    ways
        More links for the head of the page: words and address.
    pages
        Addresses of pages that are files of their own, by id.
    head
        More markup for the head of the document.
    csp
        More sources of scripts that the page may run, as in a policy.
    full
        Where an embedded map finds its whole.
    """
    context = speaking(made.context, lang)
    extra = head or Html("")
    inline = [] if script else [_safe(made.script)]
    allowed = [_hash(text) for text in inline]
    allowed += ["'self'"] if script or blocks else []
    style = void("link", rel="stylesheet", href=sheet)
    first = [name.format(lang=lang) for name in FIRST]
    parts = [
        void("meta", charset="utf-8"),
        void(
            "meta",
            http_equiv="Content-Security-Policy",
            content=_policy([*allowed, *csp]),
        ),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        tag("title", page_title(everything(made.atlas), context)),
        extra,
        # A page without an icon would be asked for one.
        Html("") if 'rel="icon"' in extra else void("link", rel="icon", href="data:,"),
        style if sheet else tag("style", Html(made.css)),
        *[tag("script", src=blocks[x], defer=True) for x in first if x in blocks],
        tag("script", src=script, defer=True) if script else Html(""),
    ]
    is_embed = kind == "embed"
    inside = (
        embed_body(context, full)
        if is_embed
        else page_body(made, context, languages, ways, pages)
    )
    body = tag(
        "body",
        inside,
        *[
            _block(name, data)
            for name, data in made.blocks.items()
            if name not in blocks and not (is_embed and name.startswith(UNUSED))
        ],
        *[tag("script", Html(text)) for text in inline],
        class_="bv-shell",
        data_kind=kind,
        data_address=made.address if kind == "file" and made.address else None,
        data_full=full or None,
        data_blocks=json.dumps(dict(blocks)) if blocks else None,
        data_languages=json.dumps(dict(languages)) if languages else None,
    )
    page = tag("html", tag("head", *parts), body, lang=lang)
    return f"<!doctype html>\n{page}\n"


# An embedded map has no panel and no search.
UNUSED = ("panels-", "search", "texts")


def _block(name: str, data: bytes) -> Html:
    text, kind = Html(as_text(data)), "application/octet-stream"
    return tag("script", text, type=kind, id=f"bv-block-{name}")


def _policy(scripts: Sequence[str]) -> str:
    """Allow our own scripts and nothing else; nothing may be asked for elsewhere."""
    rules = {
        "default-src": ["'none'"],
        "script-src": scripts,
        # Markers and marks on the timeline stand where their style says.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _safe(script: str) -> str:
    """Make sure that a script ends where we end it, and is hashed as it is read."""
    script = script.replace("\r\n", "\n")
    assert "</script" not in script
    assert "<!--" not in script
    return script
