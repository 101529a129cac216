"""All that the page draws of an upload, and files with its rows to take along."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from xml.etree import ElementTree as ET

import html5lib

from borderviz.export.overlay import data_bytes, problems_csv
from borderviz.overlay.narrow import Narrowing
from borderviz.render.overlay_legend import legend_html
from borderviz.render.overlay_map import command, packed_html
from borderviz.render.overlay_record import row_html
from borderviz.render.overlay_table import table_html
from borderviz.render.overlay_timeline import band
from borderviz.render.overlay_words import sentence
from fuzz.parts import atlas
from fuzz.targets import tables
from hostile import PAYLOADS
from own_rows import asked, everything

WORDS = (*tables.WORDS, *PAYLOADS)
SEEDS = (*tables.SEEDS, b"\x01\xff\xfflat\tlon\t<b>\xff1\xff2\xff<img src=x onerror=x>")
_TODAY = dt.date(2024, 1, 1)
_NEVER = {"script", "img", "iframe", "object", "embed", "base", "link", "style", "form"}


def one(data):
    for overlay, words in tables.overlays(data):
        if len(overlay):
            _draw(overlay, words)
            _take(overlay)


def _draw(overlay, words):
    shown, context = everything(overlay), asked(atlas())[1]
    band(overlay, shown, context)
    json.dumps(command(overlay, shown, 0), allow_nan=False)
    sentence(overlay, shown, Narrowing(words=words), context)
    markup = [
        packed_html(overlay),
        row_html(overlay, 0, context),
        legend_html(overlay, shown, context),
        table_html(overlay, shown, context, sort=words, chosen=0),
    ]
    page = html5lib.parseFragment("".join(markup), namespaceHTMLElements=False)
    for node in page.iter():
        assert str(node.tag).lower() not in _NEVER
        assert not any(name.lower().startswith("on") for name in node.attrib)
        assert "javascript:" not in node.attrib.get("href", "").lower()


def _take(overlay):
    shown, context = everything(overlay), asked(atlas())[1]
    files = {
        form: data_bytes(form, overlay, shown, context, today=_TODAY)
        for form in ("csv", "geojson", "kml")
    }
    text = files["csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(overlay) + 1
    assert len(set(map(len, rows))) == 1
    assert len(json.loads(files["geojson"])["features"]) == len(overlay)
    ET.fromstring(files["kml"])
    problems_csv(overlay, context)
