"""A small map for a record's page: land, borders, the nearest towns and the circle.

Drawn as part of the page, so that it follows the reader's colours and needs no script.
It shows no more than the map does: the circle is as wide as the place is uncertain.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import box as box_of
from shapely.geometry.base import BaseGeometry

from borderviz.content import Atlas
from borderviz.geometry import LonLat, legs, simplified
from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.symbol import symbol_of
from borderviz.site.locator_names import names, scale_bar
from borderviz.site.names import LinkWriter, plain_map
from borderviz.site.projected import HIGH, WIDE, Frame, path_data

# How coarse land and lines are: the drawing is too small to show more.
TOLERANCE_M = 250.0
# Never nearer than this many degrees of latitude from top to bottom: about 110 km.
LEAST_DEGREES = 1.0
# How many times its circle a place's surroundings are.
AROUND = 2.6
KM_PER_DEGREE = 111.32


@dataclass(frozen=True)
class Locator:
    """
    What draws the small maps of an atlas.

    Parameters
    ----------
    atlas
        Land, lines, places and records.
    symbols
        SVG path data by symbol, in a box of 20 units around 0, 0.
    """

    atlas: Atlas
    symbols: dict[str, str]

    @cached_property
    def _land(self) -> list[tuple[str, BaseGeometry]]:
        """Land as it is drawn, far and near, each with its class."""
        found = []
        for properties, shape in self.atlas.land:
            tier = properties.get("tier")
            if tier == "close" or "Polygon" not in shape.geom_type:
                continue
            name = "bv-l-shade" if properties.get("shaded") else "bv-l-land"
            coarse = simplified(shape, TOLERANCE_M * (8 if tier == "far" else 1))
            found.append((f"{name} bv-l-{tier}", shapely.make_valid(coarse)))
        return found

    @cached_property
    def _near(self) -> BaseGeometry:
        """Where the land is known in detail."""
        near = [s for p, s in self.atlas.land if p.get("tier") == "near"]
        return box_of(*shapely.total_bounds(near)) if near else shapely.Point()

    @cached_property
    def _lines(self) -> list[tuple[Record, BaseGeometry]]:
        wholes = {r.part_of for r in self.atlas.records.values()}
        return [
            (record, simplified(self.atlas.shapes[name], TOLERANCE_M))
            for record in self.atlas.records.values()
            if record.id not in wholes and not record.waypoints
            for name in record.geometry
        ]

    def figure(self, record: Record, context: Context, links: LinkWriter) -> Html:
        """
        Draw where a record is; nothing if it has no place of its own.

        Parameters
        ----------
        record
            What is drawn.
        context
            Words.
        links
            Lead to the map.
        """
        frame = self._frame(record)
        if frame is None:
            return Html("")
        words = context.say("site-locator", title=context.plain(record.title))
        drawing = tag(
            "svg",
            tag("rect", width=str(WIDE), height=str(HIGH), class_="bv-l-sea"),
            *self._grounds(frame),
            *self._borders(record, frame),
            *self._mark(record, frame),
            *names(self.atlas, record, frame, context),
            scale_bar(frame, context),
            viewBox=f"0 0 {WIDE} {HIGH}",
            role="img",
            aria_label=words,
        )
        to = links.to(plain_map(links.base, self.atlas, selected=record.id))
        link = tag("a", drawing, href=to, aria_label=context.say("site-on-map"))
        return tag("figure", link, class_="bv-locator")

    def _frame(self, record: Record) -> Frame | None:
        """Choose what surroundings are shown."""
        position = self.atlas.positions.get(record.id)
        shapes = list(self._own(record))
        if position:
            reach = AROUND * (record.uncertainty_km or 0) / KM_PER_DEGREE
            return Frame.around(position, max(LEAST_DEGREES / 2, reach))
        if not shapes:
            return None
        return Frame.of(tuple(shapely.total_bounds(shapes)), LEAST_DEGREES)

    def _own(self, record: Record) -> Iterator[BaseGeometry]:
        for name in record.geometry:
            yield self.atlas.shapes[name]
        if record.waypoints and record.id in self.atlas.shapes:
            yield self.atlas.shapes[record.id]

    def _grounds(self, frame: Frame) -> Iterator[Html]:
        near_box = shapely.intersection(self._near, frame.box)
        for name, shape in self._land:
            part = shapely.clip_by_rect(shape, *frame.box.bounds)
            if "bv-l-far" in name and not near_box.is_empty:
                part = part.difference(near_box)
            yield from _drawn(part, frame, name)

    def _borders(self, record: Record, frame: Frame) -> Iterator[Html]:
        for other, shape in self._lines:
            layer = layer_of(other, self.atlas.settings.layers)
            style = self.atlas.styles.get(other.style or (layer.style if layer else ""))
            if style is None or (style.form == "band" and other.id != record.id):
                continue
            is_own = record.id in (other.id, other.part_of)
            is_area = "Polygon" in shape.geom_type
            part = shapely.clip_by_rect(shape, *frame.box.bounds)
            name = f"bv-c-{other.style or (layer.style if layer else '')}"
            kind = "bv-l-area" if is_area else "bv-l-line"
            yield from _drawn(
                part,
                frame,
                f"{kind} {name}" + (" bv-l-own" if is_own else ""),
                stroke_width=None if is_area else f"{style.weight * 0.6:g}",
                stroke_dasharray=style.dash,
            )

    def _mark(self, record: Record, frame: Frame) -> Iterator[Html]:
        """Draw the circle and the symbol, or the legs of a route."""
        style = self._style(record)
        position = self.atlas.positions.get(record.id)
        if record.waypoints and record.id in self.atlas.shapes:
            points = [
                (p.x, p.y) for p in shapely.get_parts(self.atlas.shapes[record.id])
            ]
            yield from self._route(record, points, frame, style)
        if position is None:
            return
        x, y = frame.at(position)
        if radius := record.uncertainty_km:
            yield tag(
                "circle",
                cx=f"{x:.1f}",
                cy=f"{y:.1f}",
                r=f"{radius / frame.km_per_unit:.1f}",
                class_=f"bv-l-circle {style}",
            )
        symbol, turn = symbol_of(record, self.atlas)
        yield tag(
            "path",
            d=self.symbols[symbol],
            transform=f"translate({x:.1f} {y:.1f}) rotate({turn}) scale(.8)",
            class_=f"bv-l-mark {style}",
        )

    def _route(
        self, record: Record, points: list[LonLat], frame: Frame, style: str
    ) -> Iterator[Html]:
        for leg in legs(points, [w.group for w in record.waypoints]):
            data = "M" + "L".join(
                f"{x:.1f} {y:.1f}" for x, y in map(frame.at, (leg.start, leg.end))
            )
            yield tag("path", d=data, class_=f"bv-l-line bv-l-own bv-l-leg {style}")
        for point in points:
            x, y = frame.at(point)
            yield tag(
                "circle",
                cx=f"{x:.1f}",
                cy=f"{y:.1f}",
                r="3",
                class_=f"bv-l-stop {style}",
            )

    def _style(self, record: Record) -> str:
        layer = layer_of(record, self.atlas.settings.layers)
        name = record.style or (layer.style if layer else "")
        return f"bv-c-{name}" if name else ""


def _drawn(
    shape: BaseGeometry, frame: Frame, name: str, **attributes: str | None
) -> Iterator[Html]:
    data = path_data(shape, frame)
    if data and math.isfinite(frame.scale):
        yield tag("path", d=data, class_=name, **attributes)
