"""A line's length against how coarsely it is drawn, with the stated lengths across it.

Elements only: the page's sanitiser takes drawings out. A stroke is a box clipped to the
shape of the stroke.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from borderviz.competing import Group, Profile
from borderviz.generalise import TOLERANCES_M
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.lanes import share
from borderviz.render.numbers_coarse import facts, metres, points_table, reached
from borderviz.render.numbers_plot import Axis, axis_of

# The whole line has no place on a logarithmic axis: it stands left of the first tick.
FIRST = 0.09
# Between two names at the right; a share of the height.
NAME_GAP = 0.06
# Kept where there is little room.
MAIN_TICKS = (100, 1000, 5000)


def curve_html(profile: Profile, group: Group, context: Context) -> Html:
    """
    Draw the curve, tell what it says, and write it as a table.

    Parameters
    ----------
    profile
        The line at every coarseness.
    group
        What is stated about the whole line.
    context
        Words and numbers of the reader's language.
    """
    return join(
        [
            facts(profile, context),
            _figure(profile, group, context),
            reached(profile, context),
            points_table(profile, context),
        ]
    )


def _figure(profile: Profile, group: Group, context: Context) -> Html:
    lengths = [point.length_km for point in profile.points]
    axis = axis_of([*lengths, *(km for km, _ in profile.reached)], close=0, steps=7)
    coarsest = profile.points[-1]
    said = context.say(
        "numbers-curve-said",
        km=context.number(lengths[0]),
        coarse=context.number(coarsest.length_km),
        metres=metres(coarsest.tolerance_m, context),
    )
    plot = tag(
        "div",
        *[_grid(tick, axis, context) for tick in axis.ticks],
        *[
            tag("i", class_="bv-q-level", style=f"top:{_top(km, axis)}")
            for km, _ in profile.reached
        ],
        _stroke(profile, axis),
        *_points(profile, axis, context),
        class_="bv-q-frame",
    )
    return tag(
        "div",
        tag("p", context.say("numbers-axis-length"), class_="bv-q-note"),
        tag(
            "div",
            plot,
            _names(group, axis, context),
            class_="bv-q-curve",
            role="img",
            aria_label=said,
        ),
        tag("p", context.say("numbers-axis-bends"), class_="bv-q-note bv-q-across"),
    )


def _grid(tick: float, axis: Axis, context: Context) -> Html:
    label = tag("span", context.number(tick, axis.digits))
    return tag("i", label, class_="bv-q-grid", style=f"top:{_top(tick, axis)}")


def _stroke(profile: Profile, axis: Axis) -> Html:
    places = [(_left(p.tolerance_m), _top(p.length_km, axis)) for p in profile.points]
    return tag("i", class_="bv-q-stroke", style=f"clip-path:{stroke(places, '1px')}")


def stroke(places: Sequence[tuple[str, str]], half: str) -> str:
    """
    Write a stroke through places as a CSS polygon.

    Parameters
    ----------
    places
        (left, top) as CSS lengths, from left to right.
    half
        Half the stroke's height.

    Examples
    --------
    >>> stroke([("0%", "9%"), ("100%", "5%")], "1px")[:53]
    'polygon(0% calc(9% - 1px),100% calc(5% - 1px),100% ca'
    """
    upper = [f"{left} calc({top} - {half})" for left, top in places]
    lower = [f"{left} calc({top} + {half})" for left, top in reversed(places)]
    return f"polygon({','.join([*upper, *lower])})"


def _points(profile: Profile, axis: Axis, context: Context) -> list[Html]:
    points = []
    for point in profile.points:
        left = _left(point.tolerance_m)
        words = metres(point.tolerance_m, context)
        is_main = point.tolerance_m in (0, *MAIN_TICKS)
        name = "bv-q-tick" if is_main else "bv-q-tick bv-q-minor"
        place = f"left:{left};top:{_top(point.length_km, axis)}"
        points += [
            tag("i", class_="bv-q-own", style=place),
            tag("span", words, class_=name, style=f"left:{left}"),
        ]
    return points


def _names(group: Group, axis: Axis, context: Context) -> Html:
    """Name each stated length at its height, or as near to it as there is room."""
    claims = [
        (row.claim.value, row.claim)
        for row in reversed(group.rows)
        if row.claim and row.claim.value
    ]
    wanted = [1 - axis.at(km) for km, _ in claims]
    parts = []
    before = None
    for (km, claim), place, top in zip(
        claims, wanted, spaced(wanted, NAME_GAP), strict=True
    ):
        ends = [("0%", share(place)), ("100%", share(top))]
        parts += [
            tag("i", class_="bv-q-leader", style=f"clip-path:{stroke(ends, '.7px')}"),
            tag(
                "span",
                tag("b", context.number(km)),
                tag("span", " ", context.words(claim.who), class_="bv-q-who"),
                class_="bv-q-again" if km == before else None,
                style=f"top:{share(top)}",
            ),
        ]
        before = km
    return tag("div", *parts, class_="bv-q-names")


def spaced(places: Sequence[float], gap: float) -> list[float]:
    """
    Move places apart until neighbours have a gap, each no farther than it must.

    Parameters
    ----------
    places
        Ascending.
    gap
        The least distance of neighbours.

    Returns
    -------
    list of float
        As many, ascending. Places that crowd are spread around their own mean.

    Examples
    --------
    >>> [round(place, 3) for place in spaced([0.2, 0.3, 0.3, 0.9], 0.1)]
    [0.167, 0.267, 0.367, 0.9]
    """
    crowds: list[list[float]] = []
    for place in places:
        crowds.append([place])
        while (
            len(crowds) > 1 and _first(crowds[-1], gap) < _last(crowds[-2], gap) + gap
        ):
            crowds[-2:] = [crowds[-2] + crowds[-1]]
    return [_first(crowd, gap) + n * gap for crowd in crowds for n in range(len(crowd))]


def _first(crowd: Sequence[float], gap: float) -> float:
    return sum(crowd) / len(crowd) - gap * (len(crowd) - 1) / 2


def _last(crowd: Sequence[float], gap: float) -> float:
    return _first(crowd, gap) + gap * (len(crowd) - 1)


def _left(tolerance_m: float) -> str:
    """Place a tolerance on the logarithmic axis, from its first tick to its last."""
    if tolerance_m == 0:
        return share(0)
    first, last = (math.log10(TOLERANCES_M[n]) for n in (1, -1))
    along = (math.log10(tolerance_m) - first) / (last - first)
    return share(FIRST + (1 - FIRST) * along)


def _top(km: float, axis: Axis) -> str:
    return share(1 - axis.at(km))
