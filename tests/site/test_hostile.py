"""A site of an atlas whose every text tries to become code."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import html5lib
import pytest

from .conftest import build, without_pictures
from .pages import Page, is_map, json_of

FORBIDDEN = {"iframe", "object", "embed", "form", "base", "applet", "frame"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory, hostile):
    with pytest.MonkeyPatch.context() as patch:
        without_pictures(patch)
        site = build(
            tmp_path_factory.mktemp("site"), hostile, address="https://x.test/"
        )
    return [Read(p) for p in site.pages if "data" not in p.path.parts]


class Read:
    """A page as a browser reads it: its elements, and what it had to put up with."""

    def __init__(self, page: Page) -> None:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
        tree = parser.parse(page.source)
        self.page, self.path = page, page.path
        self.faults = {code for _, code, _ in parser.errors}
        self.elements = [
            (node.tag.partition("}")[2] or node.tag, dict(node.attrib), node.text or "")
            for node in tree.iter()
            if isinstance(node.tag, str)
        ]


def test_no_text_becomes_code(pages):
    assert len(pages) > 40
    for page in pages:
        for name, attributes, _ in page.elements:
            assert name not in FORBIDDEN, page.path
            assert [a for a in attributes if a.lower().startswith("on")] == []
            for key in ("href", "src", "srcset"):
                scheme = urlsplit(attributes.get(key, "")).scheme
                assert scheme in ("", "http", "https"), attributes[key]


def test_scripts_are_our_files_or_data(pages):
    for page in pages:
        for name, attributes, text in page.elements:
            if name != "script":
                continue
            kind = attributes.get("type", "")
            if kind:
                assert kind in {"application/ld+json", "application/octet-stream"}
                assert "<" not in text
            else:
                assert re.fullmatch(r"(\.\./)*assets/[a-z0-9-]+\.js", attributes["src"])
                assert not text


def test_what_machines_read_still_parses(pages):
    for page in pages:
        if page.path.name not in {"404.html", "embed.html"}:
            assert len(json_of(page.page)) == 1


def test_markup_is_read_without_repair(pages):
    for page in pages:
        if is_map(page.path):
            continue
        # A character that HTML knows no name for is a fault of the text, not of ours.
        faults = page.faults - {"invalid-codepoint"}
        assert faults == set(), page.path
