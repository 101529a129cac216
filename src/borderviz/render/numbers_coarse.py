"""What a line's length at each coarseness says, in words and as a table."""

from __future__ import annotations

from borderviz.competing import Profile
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.sources_html import AS_IS


def facts(profile: Profile, context: Context) -> Html:
    """Tell how long the line is with every vertex, and which line it is."""
    whole = profile.points[0]
    parts: list[str] = [
        context.say(
            "numbers-curve-facts",
            km=context.number(whole.length_km),
            vertices=whole.vertices,
            metres=context.number(profile.spacing_m, 0),
        ),
        " ",
    ]
    if profile.version:
        parts += [context.words(profile.version), " · "]
    files = context.row((tag("span", x, class_=AS_IS) for x in profile.files), ",")
    parts.append(tag("small", files, " · ", context.version()))
    return tag("p", *parts)


def reached(profile: Profile, context: Context) -> Html:
    """Tell at which coarseness the line becomes as short as each stated length."""
    items = [
        tag(
            "li",
            context.say(
                "numbers-reached",
                km=context.number(km),
                metres=metres(_two_digits(tolerance), context),
            ),
        )
        for km, tolerance in reversed(profile.reached)
        if tolerance
    ]
    parts = []
    if items:
        parts.append(tag("p", context.say("numbers-reached-intro")))
        parts.append(tag("ul", *items, class_="bv-q-reached"))
    for key, none in (("numbers-longer", 0), ("numbers-shorter", None)):
        values = [context.number(km) for km, t in profile.reached if t == none]
        if values:
            parts.append(tag("p", context.say(key, values=context.listed(values))))
    return join(parts)


def points_table(profile: Profile, context: Context) -> Html:
    """Write the curve in numbers, folded."""
    heads = ("numbers-col-tolerance", "numbers-col-length", "numbers-col-vertices")
    rows = [
        tag(
            "tr",
            tag("th", metres(point.tolerance_m, context), scope="row"),
            tag("td", context.number(point.length_km)),
            tag("td", context.number(point.vertices)),
        )
        for point in profile.points
    ]
    table = tag(
        "table",
        tag("caption", context.say("numbers-curve-caption")),
        tag(
            "thead", tag("tr", *[tag("th", context.say(h), scope="col") for h in heads])
        ),
        tag("tbody", *rows),
        class_="bv-q-points",
    )
    summary = tag("summary", context.say("numbers-curve-table"))
    return tag("details", summary, table)


def metres(tolerance_m: float, context: Context) -> str:
    """Write a tolerance: metres, or kilometres from a thousand on."""
    if tolerance_m == 0:
        return context.say("numbers-every-vertex")
    if tolerance_m < 1000:
        return context.say("numbers-metres", metres=context.number(tolerance_m, 0))
    return context.say("numbers-kilometres", km=context.number(tolerance_m / 1000))


def _two_digits(metres: int) -> int:
    """
    Round to two digits: the geometry bears no more.

    Examples
    --------
    >>> [_two_digits(n) for n in (7, 58, 112, 379)]
    [7, 58, 110, 380]
    """
    return round(metres, 2 - len(str(metres)))
