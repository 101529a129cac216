"""Texts of an atlas that are longer than a record: story steps, pages, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from borderviz.model import DateText, Model, Slug, Text
from borderviz.prose import Prose

Title = Annotated[str, Field(min_length=1, max_length=90, pattern=r"\S")]
H = TypeVar("H", bound=Model)


class StepHead(Model):
    """
    What a step of the story shows.

    `box` is west, south, east, north: what the map must show on any screen. `view` is
    the query part of a link: layers and filters. `focus` is the record drawn as
    selected, while the panel tells the story.
    """

    chapter: Slug
    title: Title
    box: Annotated[list[float | int], Field(min_length=4, max_length=4)]
    view: str = ""
    focus: Slug | None = None


class PageHead(Model):
    """The front matter of a page; `label` is its name where there is little room."""

    title: Title
    label: Title | None = None


class TitleHead(Model):
    """The front matter of a step in another language than the default one."""

    title: Title


class Correction(Model):
    """A published datum that was changed: what it said, what it says, and why."""

    date: DateText
    records: list[Slug] = []
    text: Text
    sources: list[Slug] = []


@dataclass(frozen=True)
class Passage:
    """A document in one language: its file, title, short name and text."""

    file: str
    title: str
    label: str
    prose: Prose


@dataclass(frozen=True)
class Document(Generic[H]):
    """
    One step or page.

    Parameters
    ----------
    id
        What its address names it.
    file
        The file of the default language, inside the atlas.
    head
        What steers the program.
    passages
        Its words by language, the default language first.
    """

    id: str
    file: str
    head: H
    passages: dict[str, Passage]

    @property
    def titles(self) -> dict[str, str]:
        """Its title by language."""
        return {lang: found.title for lang, found in self.passages.items()}


Step = Document[StepHead]
Page = Document[PageHead]
