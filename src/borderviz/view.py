"""The view a reader has, as one frozen value; `permalink` writes it as a link."""

from __future__ import annotations

from dataclasses import dataclass, replace

from borderviz.filters import Filters

_NOTHING = Filters()


@dataclass(frozen=True)
class ViewState:
    """
    Everything a link keeps.

    Parameters
    ----------
    lang
        Language code.
    layers
        Ids of the layers shown, in the atlas's order.
    selected
        Id of the selected record; empty for none.
    listed
        Which list the panel shows; empty for none.
    filters
        What narrows the events that are shown.
    sheet
        Which sheet under the map is open; empty for none.
    sort
        Column of the table, with a hyphen before it for the reverse; empty for by date.
    circles
        True if every uncertainty circle is drawn.
    basemap
        Id of an online background; empty for the offline one.
    at
        `lat,lon,zoom` of the map as the reader left it; empty for the opening view.
    story
        Step of the story that is told; its own layers and filters are the view's then.
    page
        Page that lies over the map; empty for none.
    """

    lang: str
    layers: tuple[str, ...]
    selected: str = ""
    listed: str = ""
    filters: Filters = _NOTHING
    sheet: str = ""
    sort: str = ""
    circles: bool = False
    basemap: str = ""
    at: str = ""
    story: str = ""
    page: str = ""

    def with_(self, **changes: object) -> ViewState:
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Decoded:
    """A view read from a link, and what of the link could not be used."""

    view: ViewState
    unknown_record: str = ""
    ignored: tuple[str, ...] = ()
