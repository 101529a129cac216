"""The options that commands about a view share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

ViewOption = Annotated[
    str, typer.Option("--view", metavar="QUERY", help="What a link has after its `?`.")
]
LangOption = Annotated[
    str, typer.Option(help="Language; else the view's own.", show_default=False)
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="PATH",
        help="Where to write; - is the terminal's own output. Without it the file is "
        "named by the atlas, here.",
        show_default=False,
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace what is there already.")
]
AddressOption = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="Where the page is served; links and citations then lead there.",
        show_default=False,
    ),
]
ScopeOption = Annotated[
    Literal["events", "layers"],
    typer.Option(help="The events alone, or all that the layers show."),
]
SizeOption = Annotated[
    Literal["web", "print", "slide"],
    typer.Option(help="For a page, for print at 300 dpi, or 16 to 9."),
]
SchemeOption = Annotated[Literal["light", "dark"], typer.Option(help="Colours.")]
WhatOption = Annotated[
    str, typer.Option(metavar="NAME", help="map, or a chart or strip by its name.")
]
