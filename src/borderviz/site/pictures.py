"""The pictures of a site: previews, story steps and charts, drawn once each."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from borderviz.errors import BorderVizError
from borderviz.permalink import at_step
from borderviz.render.chart_parts import Scheme
from borderviz.render.context import Context
from borderviz.render.html import tag
from borderviz.selection import Selection, select
from borderviz.site.model import Site

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
CHART = "chart-"
_FRAME = re.compile(r'id="frame".*?<path d="([^"]*)"', re.DOTALL)
_NUMBER = re.compile(r"-?[0-9.]+")
_ROOT = re.compile(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"')
SHARE_PX = (1200, 630)
# A chart of a page is drawn twice, so that its letters keep their size on a phone.
CHART_PX = {"wide": 680, "thin": 350}


@dataclass(frozen=True)
class Job:
    """
    A picture to be drawn.

    Parameters
    ----------
    key, path
        What it is called, and where it goes.
    draw
        Draws it.
    may_lack
        True if a page says the same in words, so that it can do without.
    """

    key: str
    path: str
    draw: Callable[[], bytes]
    may_lack: bool = False


def draw_pictures(site: Site) -> None:
    """Draw every picture and write it; `site.files` then knows them."""
    jobs = list(_jobs(site))
    for done, job in enumerate(jobs):
        site.progress("pictures", done, len(jobs))
        try:
            drawn = job.draw()
        except BorderVizError:
            if job.may_lack:
                continue
            raise
        site.files[job.key] = site.write(job.path, drawn)
    site.progress("pictures", len(jobs), len(jobs))


def _jobs(site: Site) -> Iterator[Job]:
    from borderviz.pictures.catalogue import names

    for lang in site.languages:
        context = Context(site.atlas, site.asked.with_(lang=lang), today=site.today)
        yield Job(
            f"share-{lang}",
            f"pictures/{lang}/share.png",
            partial(share_picture, site, context),
        )
        shown = names(context)
        for name in shown:
            yield _job(name, site.selection, context, site)
        for scheme in SCHEMES:
            for name in shown:
                if name.startswith(CHART):
                    for wide in CHART_PX:
                        yield _chart(name, wide, context, scheme, site)
            for step in site.atlas.story:
                view = at_step(context.view, step.id, site.atlas)
                told = Context(site.atlas, view, today=site.today)
                yield _step(step.id, select(site.atlas, view), told, scheme, site)


def _job(name: str, selection: Selection, context: Context, site: Site) -> Job:
    """Draw what the page of downloads offers: a picture with all that belongs to it."""
    from borderviz.pictures.catalogue import picture

    lang = context.view.lang
    return Job(
        f"{name}-{lang}",
        f"pictures/{lang}/{name}.svg",
        partial(
            picture,
            name,
            selection,
            context,
            form="svg",
            size="web",
            today=site.today,
            address=site.address,
        ),
    )


def _step(
    identity: str,
    selection: Selection,
    context: Context,
    scheme: Scheme,
    site: Site,
) -> Job:
    key = f"step-{identity}-{context.view.lang}-{scheme}"
    path = f"pictures/{context.view.lang}/step-{identity}-{scheme}.svg"
    return Job(key, path, partial(_map_alone, path, selection, context, scheme, site))


def _map_alone(
    path: str, selection: Selection, context: Context, scheme: Scheme, site: Site
) -> bytes:
    """Draw the map of a step without the words around it, which its page has."""
    from borderviz.pictures.map_picture import map_picture

    whole = map_picture(
        selection,
        context,
        form="svg",
        # The size with the largest letters for its width: it is seen on phones too.
        size="print",
        scheme=scheme,
        today=site.today,
        address=site.address,
    )
    cut, site.sizes[path] = cropped(whole.decode("utf-8"))
    return cut.encode("utf-8")


def cropped(svg: str) -> tuple[str, tuple[int, int]]:
    """
    Cut a picture of the map down to what is inside its frame; tell how large that is.

    Examples
    --------
    >>> cropped('<svg width="9mm" height="9mm" viewBox="0 0 9 9"><g id="frame">'
    ...         '<path d="M 1 2 L 5 2 L 5 8"/></g></svg>')[1]
    (4, 6)
    """
    found = _FRAME.search(svg)
    if found is None:
        return svg, (1200, 900)
    numbers = [float(x) for x in _NUMBER.findall(found[1])]
    xs, ys = numbers[::2], numbers[1::2]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    size = f'viewBox="{min(xs):.2f} {min(ys):.2f} {wide:.2f} {high:.2f}"'
    return _ROOT.sub(size, svg, count=1), (round(wide), round(high))


def _chart(name: str, wide: str, context: Context, scheme: Scheme, site: Site) -> Job:
    lang, identity = context.view.lang, name.removeprefix(CHART)
    width = CHART_PX[wide]
    return Job(
        f"{name}-{lang}-{scheme}-{wide}",
        f"pictures/{lang}/{name}-{scheme}-{wide}.svg",
        partial(bare_chart, identity, width, site.selection, context, scheme),
        # The renderer shortens long names and may fail at that; the words remain.
        may_lack=True,
    )


def bare_chart(
    identity: str, width: int, selection: Selection, context: Context, scheme: Scheme
) -> bytes:
    """Draw a chart without the words around it, which its page has."""
    from borderviz.pictures.chart_picture import chart_parts

    _, draw = chart_parts(identity, selection, context, scheme)
    inner, high = draw(width, None)
    whole = tag(
        "svg",
        inner,
        xmlns="http://www.w3.org/2000/svg",
        width=str(width),
        height=f"{high:.0f}",
        viewBox=f"0 0 {width} {high:.0f}",
    )
    return whole.encode()


def share_picture(site: Site, context: Context) -> bytes:
    """Draw what a preview shows: the map's picture, fitted into the usual format."""
    from PIL import Image

    from borderviz.pictures.catalogue import picture
    from borderviz.theme import load_theme

    whole = picture(
        "map",
        site.selection,
        context,
        form="png",
        size="slide",
        today=site.today,
        address=site.address,
    )
    with Image.open(io.BytesIO(whole)) as found:
        image = found.convert("RGB")
    image.thumbnail(SHARE_PX, Image.Resampling.LANCZOS)
    ground = Image.new("RGB", SHARE_PX, load_theme().light["page"])
    left, top = ((a - b) // 2 for a, b in zip(SHARE_PX, image.size, strict=True))
    ground.paste(image, (left, top))
    target = io.BytesIO()
    ground.save(target, "PNG", optimize=True)
    return target.getvalue()
