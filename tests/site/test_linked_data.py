"""What pages tell machines: JSON-LD that parses, no finer than the atlas."""

from __future__ import annotations

import re

from borderviz.citations import references

from .pages import json_of

# A date as exact as it is known, or two of them.
DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


def described(site):
    """Give every record with what the page of it says, in one language."""
    lang = site.atlas.settings.default_language
    for record in site.atlas.records.values():
        (data,) = json_of(site.page(f"{lang}/records/{record.id}.html"))
        yield record, data


def test_every_page_says_what_it_is_part_of(any_site):
    for page in any_site.plain:
        if page.path.name == "404.html":
            continue
        (data,) = json_of(page)
        assert data["@context"] == "https://schema.org"
        assert data["@type"] == "WebPage"
        assert data["inLanguage"] in any_site.atlas.settings.languages
        assert data["dateModified"] == "2026-11-23"
        assert data["isPartOf"]["@type"] == "Dataset"
        assert any_site.atlas.fingerprint in data["isPartOf"]["version"]


def test_dates_are_as_exact_as_they_are_known(any_site):
    for record, data in described(any_site):
        about = data["about"]
        if about["@type"] != "Event":
            assert "startDate" not in about
            continue
        assert about.get("startDate") == record.date
        assert about.get("endDate") == record.date_end
        if record.date:
            assert re.fullmatch(f"{DATE}(/{DATE})?", data["temporalCoverage"])


def test_a_place_is_a_circle_no_finer_than_in_the_atlas(any_site):
    circles = 0
    for record, data in described(any_site):
        about = data["about"]
        place = about.get("location", about)
        position = any_site.atlas.positions.get(record.id)
        geo = place.get("geo")
        if position is None or about["@type"] == "Thing":
            assert geo is None
            continue
        if record.uncertainty_km:
            circles += 1
            assert geo["@type"] == "GeoCircle"
            assert geo["geoRadius"] == round(record.uncertainty_km * 1000)
            geo = geo["geoMidpoint"]
        assert (geo["longitude"], geo["latitude"]) == position
    assert circles


def test_every_source_of_a_record_is_cited(any_site):
    atlas = any_site.atlas
    for record, data in described(any_site):
        found = references(record, atlas.sources, atlas.settings.link_hosts)
        works = data["citation"]
        assert [work["name"] for work in works] == [
            r.source.title for r in found.values()
        ]
        assert [work.get("url", "") for work in works] == [
            r.url for r in found.values()
        ]


def test_a_record_names_the_licences_of_its_words_and_of_its_line(real):
    for record, data in described(real):
        wanted = ["https://creativecommons.org/licenses/by/4.0/"]
        if record.geometry:
            wanted.append("https://opendatacommons.org/licenses/odbl/1-0/")
        found = data["license"]
        assert ([found] if isinstance(found, str) else found) == wanted
