"""Where everything of a site is: one file for each thing that a view can ask for.

Addresses are relative and name files, so that a site works under any address and from
a disk. Ids are slugs (the model says so); a name that could leave the folder is refused
all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from borderviz.content import Atlas
from borderviz.filters import Filters
from borderviz.permalink import LISTS, SHEETS, to_query
from borderviz.view import ViewState

MAP = "index.html"
STORY = "story.html"
ALL = "all.html"
DOWNLOADS = "downloads.html"
EMBED = "embed.html"
RECORDS = "records/index.html"
# Sheets and lists have names of their own, and the page of a text gives way to them.
TAKEN = frozenset(
    [
        *(f"{name}.html" for name in (*SHEETS, *LISTS)),
        *(MAP, STORY, ALL, DOWNLOADS, EMBED),
    ]
)
_SAFE = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
# Views on the map differ from the site's own in these; then the map has to open them.
_OF_THE_MAP = ("filters", "layers", "circles", "at", "basemap")


def file_name(identity: str) -> str:
    """
    Name the file of an id.

    Raises
    ------
    ValueError
        If the id could mean another file than one of its own.

    Examples
    --------
    >>> file_name("line-1")
    'line-1.html'
    """
    if not _SAFE.fullmatch(identity):
        msg = f"{identity!r} cannot name a file"
        raise ValueError(msg)
    return f"{identity}.html"


def record_path(identity: str) -> str:
    """Name a record's page, from the folder of its language."""
    return f"records/{file_name(identity)}"


def page_path(identity: str) -> str:
    """
    Name the page of one of the atlas's own texts.

    Examples
    --------
    >>> page_path("about"), page_path("table")
    ('about.html', 'page-table.html')
    """
    name = file_name(identity)
    return f"page-{name}" if name in TAKEN else name


def step_path(identity: str) -> str:
    """Name where a step of the story is told."""
    return f"{STORY}#{step_anchor(identity)}"


def step_anchor(identity: str) -> str:
    """Name the anchor of a step."""
    return f"bv-step-{identity}"


def up(path: str) -> str:
    """
    Write the way from a page to the folder of its language.

    Examples
    --------
    >>> up("table.html"), up("records/a.html")
    ('', '../')
    """
    return "../" * path.count("/")


def path_of(view: ViewState, base: ViewState, atlas: Atlas) -> str:
    """
    Name the file that shows a view, from the folder of its language.

    Parameters
    ----------
    view
        What a link asks for.
    base
        The view that the site was made of: what it has in common with the other needs
        no parameters.
    atlas
        What the site holds; what it does not hold is not linked: an empty name.
    """
    if view.page:
        return page_path(view.page) if view.page in atlas.page_of else ""
    if view.selected:
        return record_path(view.selected) if view.selected in atlas.records else ""
    if view.listed:
        return f"{view.listed}.html"
    if view.story:
        return step_path(view.story) if view.story in atlas.step_of else ""
    same = all(getattr(view, name) == getattr(base, name) for name in _OF_THE_MAP)
    if view.sheet and same:
        column = f"#bv-by-{view.sort.removeprefix('-')}" if view.sort else ""
        return f"{view.sheet}.html{column}"
    return MAP if same else map_path(view, atlas)


def map_path(view: ViewState, atlas: Atlas) -> str:
    """Name the map as a view asks for it; what the view needs stands behind a hash."""
    query = to_query(view.with_(lang=atlas.settings.default_language), atlas)
    return f"{MAP}#{query.removeprefix('?')}" if query != "?" else MAP


def plain_map(base: ViewState, atlas: Atlas, **changes: object) -> str:
    """Name the map with a few things changed, nothing else selected or opened."""
    free = base.with_(selected="", listed="", sheet="", story="", page="", at="")
    return map_path(free.with_(**changes), atlas)


@dataclass(frozen=True)
class LinkWriter:
    """
    What writes the links of one page.

    Parameters
    ----------
    path
        The page, from the folder of its language.
    base
        The view that the site was made of.
    atlas
        What the site holds.
    """

    path: str
    base: ViewState
    atlas: Atlas

    def __call__(self, view: ViewState) -> str:
        """Write the address of a view as seen from the page; empty if it has none."""
        found = path_of(view, self.base, self.atlas)
        return self.to(found) if found else ""

    def to(self, path: str) -> str:
        """Write the address of a file of the same language."""
        return quote(up(self.path) + path, safe="/#=&.,%+-_~?")

    def root(self, path: str) -> str:
        """Write the address of a file that all languages share."""
        return f"{up(self.path)}../{path}"


Progress = Callable[[str, int, int], None]
NO_FILTERS = Filters()
