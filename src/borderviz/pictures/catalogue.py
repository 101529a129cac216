"""Every picture that there is of a view: its name, its title, its sizes, its bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from borderviz.arrivals import arrivals
from borderviz.errors import BorderVizError, near_ids
from borderviz.pictures.sizes import SIZES
from borderviz.pictures.tokens import SCHEMES, Scheme
from borderviz.render.context import Context
from borderviz.selection import Selection

if TYPE_CHECKING:
    from borderviz.pictures.map_overlay import Own

__all__ = ["FORMS", "SIZES", "UnknownPictureError", "names", "picture"]

FORMS = ("png", "svg")
MAP, CHART, STRIP = "map", "chart-", "strip-"


class UnknownPictureError(BorderVizError):
    """A name, size, form or scheme that no picture has; `near` are like it."""

    def __init__(self, what: str, found: str, known: Iterable[str]) -> None:
        listed = list(known)
        self.near = near_ids(found, listed)
        there = ", ".join(listed)
        meant = f"; did you mean {' or '.join(self.near)}?" if self.near else "."
        super().__init__(f"no {what} {found!r}{meant} There are: {there}")


def names(context: Context) -> dict[str, str]:
    """
    List the pictures of an atlas: names, and their titles in the reader's language.

    Parameters
    ----------
    context
        Atlas and language. What is selected makes no difference: a picture of nothing
        says that it is one.
    """
    return {
        MAP: context.say("map-title"),
        **{
            CHART + identity: context.say(f"chart-{identity}-title")
            for identity in _charts(context)
        },
        **{
            STRIP + axis.record.id: context.say(
                f"strip-{axis.settings.strip}-title",
                line=context.plain(axis.record.title),
            )
            for axis in context.atlas.axes.values()
            if axis.settings.strip
        },
    }


def _charts(context: Context) -> list[str]:
    """List the ids of the charts, in the order of the page."""
    from borderviz.render.chart_rare import has_pairs

    found = arrivals(context.atlas.arrivals)
    listed = ["arrivals", "total"] if found.whole else []
    listed += ["rare"] if found.whole and has_pairs(found, context) else []
    areas = ["areas"] if context.atlas.settings.vocabulary.area else []
    return [*listed, "decades", *areas, "modes"]


def picture(
    name: str,
    selection: Selection,
    context: Context,
    *,
    form: str,
    size: str = "web",
    scheme: str = "light",
    today: dt.date | None,
    address: str = "",
    own: Own | None = None,
) -> bytes:
    """
    Draw a picture.

    Parameters
    ----------
    name
        One of `names`.
    selection, context
        What the view shows, and in which language.
    form
        `png` or `svg`.
    size
        One of `SIZES`.
    scheme
        Colours.
    today
        The day on which the picture is taken; None leaves it out.
    address
        Where the atlas is served, if that is known.
    own
        A reader's own rows; the map alone shows them.

    Raises
    ------
    UnknownPictureError
        If there is no such name, size, form or scheme; the message offers near ones.
    """
    known = names(context)
    asked: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("picture", name, known),
        ("size", size, SIZES),
        ("form", form, FORMS),
        ("colour scheme", scheme, SCHEMES),
    )
    for what, found, there in asked:
        if found not in there:
            raise UnknownPictureError(what, found, there)
    if name == MAP:
        from borderviz.pictures.map_picture import map_picture

        drawn: bytes = map_picture(
            selection,
            context,
            form=form,
            size=size,
            scheme=scheme,
            today=today,
            address=address,
            own=own,
        )
        return drawn
    colours: Scheme = "dark" if scheme == "dark" else "light"
    return _page(name, selection, context, form, size, colours, today, address)


def _page(
    name: str,
    selection: Selection,
    context: Context,
    form: str,
    size: str,
    scheme: Scheme,
    today: dt.date | None,
    address: str,
) -> bytes:
    """Draw a chart or a strip."""
    from borderviz.pictures.chart_picture import chart_parts
    from borderviz.pictures.page_svg import page_of
    from borderviz.pictures.png import png_of
    from borderviz.pictures.strip_picture import strip_parts
    from borderviz.pictures.tokens import palette
    from borderviz.render.citation import view_citation

    is_chart = name.startswith(CHART)
    if is_chart:
        words, draw = chart_parts(name.removeprefix(CHART), selection, context, scheme)
    else:
        axis = context.atlas.axes[name.removeprefix(STRIP)]
        words, draw = strip_parts(axis, selection, context, scheme)
    cited = view_citation(selection, context, today=today, address=address)
    settings = context.atlas.settings
    credit = [cited.short]
    licences = context.listed(
        (
            context.plain(one.name) if one.id.startswith("LicenseRef-") else one.id
            for one in settings.licences
        ),
        ",",
    )
    if licences:
        credit.append(context.say("picture-licences", names=licences))
    if not is_chart:
        credit.append(" · ".join(context.plain(x) for x in settings.attribution))
    words = replace(words, credit=tuple(credit))
    wanted = SIZES[size]
    lang = context.view.lang
    page = page_of(words, draw, wanted, palette(scheme), lang=lang, beside=is_chart)
    if form == "svg":
        return page.svg(wanted, on_paper=True).encode()
    said = {
        "Title": page.title,
        "Description": page.said,
        "Source": cited.short,
        "Copyright": " · ".join(credit[1:]),
    }
    drawing = page.svg(wanted, on_paper=False)
    return png_of(drawing, dpi=wanted.dpi, said=said)
