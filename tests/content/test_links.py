"""Addresses: written so that they can be compared, linked only where that is safe."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from borderviz.citations import linkable


@pytest.fixture(scope="module")
def addresses(atlas):
    return {s.id: s.URL for s in atlas.sources.values() if s.URL}


def test_hosts_are_in_lower_case(addresses):
    hosts = {identity: urlsplit(url).netloc for identity, url in addresses.items()}
    assert {i: h for i, h in hosts.items() if h != h.lower()} == {}


def test_an_address_is_of_the_web_or_names_a_package(addresses):
    schemes = Counter(urlsplit(url).scheme for url in addresses.values())
    assert set(schemes) == {"http", "https", "package"}
    assert schemes["package"] == 3


def test_an_address_has_no_room_for_surprises(addresses):
    for identity, url in addresses.items():
        if not url.startswith("package: "):
            assert url.isascii() or url.isprintable(), identity
            assert not any(c.isspace() for c in url), identity
            assert urlsplit(url).username is None, identity


def test_the_list_of_hosts_is_sorted_and_has_no_doubles(atlas):
    hosts = atlas.settings.link_hosts
    assert hosts == sorted(set(hosts))


def test_most_sources_can_be_followed(atlas, addresses):
    """A host left off the list by accident would lose its links without a word."""
    hosts = atlas.settings.link_hosts
    linked = [url for url in addresses.values() if linkable(url, hosts)]
    assert len(linked) >= 300


def test_sources_say_who_published_what_and_when(atlas):
    for source in atlas.sources.values():
        assert source.publisher.strip(), source.id
        assert source.title.strip(), source.id
        if source.issued is not None:
            assert set(source.issued) in ({"date-parts"}, {"literal"}), source.id
            for parts in source.issued.get("date-parts", []):
                assert 1 <= len(parts) <= 3, source.id
                assert 1950 <= parts[0] <= 2026, source.id
                assert all(1 <= part <= 31 for part in parts[1:]), source.id
