"""Citations: numbered in the order of use, linked only where that is allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.citations import issued, linkable, reference, references
from borderviz.model import Source

HOSTS = ["example.org", "news.example.net"]
GOOD = [
    "https://example.org",
    "https://example.org/",
    "http://www.example.org/a?b=c&d=%20#e",
    "https://a.b.example.org:8443/x",
    "HTTPS://EXAMPLE.ORG/",
    "https://news.example.net/2001/05/04",
    "https://example.org/압록강",
    "https://example.org/@user/javascript:alert(1)",
    "https://example.org//evil.invalid",
    "https://example.org/" + "a" * 10_000,
]
BAD = [
    "",
    "example.org",
    "//example.org/x",
    "/example.org",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "https://",
    # other schemes
    "javascript:alert(1)",
    "javascript:alert(1)//example.org",
    "javascript://example.org/%0aalert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript://example.org",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data://example.org/text",
    "vbscript:x",
    "file://example.org/etc/passwd",
    "ftp://example.org/",
    "blob:https://example.org/x",
    "view-source:https://example.org/",
    "mailto:a@example.org",
    # other hosts
    "https://example.com/",
    "https://example.net/",
    "https://evilexample.org/",
    "https://example.org.evil.invalid/",
    "https://example.orgevil.invalid/",
    "https://evil.invalid/example.org",
    "https://evil.invalid/?example.org",
    "https://evil.invalid#example.org",
    "https://.example.org/",
    "https://example.org./",
    "https://www..example.org/",
    "https://[::1]/example.org",
    "https://[example.org",
    # a host that Python and a browser read differently
    "https://evil.invalid\\.example.org/",
    "https://evil.invalid\\@example.org/",
    "https://evil.invalid%2f.example.org/",
    "https://evil.invalid%5c.example.org/",
    "https://evil.invalid\uff0f.example.org/",
    "https://evil.invalid\u2044.example.org/",
    # a user's name
    "https://user@example.org/",
    "https://user:password@example.org/",
    "https://@example.org/",
    "https://example.org@evil.invalid/",
    "https://example.org:443@evil.invalid/",
    # look-alikes
    "https://ехample.org/",
    "https://ｅxample.org/",
    "https://example。org/",
    "https://example.orɡ/",
    "https://exam\u00adple.org/",
    "https://exam\u200bple.org/",
    # spaces and what nobody sees
    " https://example.org/",
    "https://example.org/ ",
    "https://example.org/a b",
    "https://example.org/\n",
    "https://exa\tmple.org/",
    "ht\ntps://example.org/",
    "\x01https://example.org/",
    "https://example.org/\x00",
    "https://example.org/\u2028",
    "https://example.org/\u202egpj.exe",
    "https://example.org/\ud800",
    # ports
    "https://example.org:/",
    "https://example.org:x/",
    "https://example.org:-1/",
    "https://example.org:٤٤٣/",
]


@pytest.mark.parametrize("url", GOOD, ids=lambda u: u[:50])
def test_addresses_that_may_be_linked(url):
    assert linkable(url, HOSTS) == url


@pytest.mark.parametrize("url", BAD, ids=ascii)
def test_addresses_that_may_not_be_linked(url):
    assert linkable(url, HOSTS) == ""


@pytest.mark.parametrize("url", GOOD, ids=lambda u: u[:50])
def test_nothing_is_linked_without_a_list_of_hosts(url):
    assert linkable(url, []) == ""


@given(
    st.text(st.sampled_from("htps:/\\@.?#evil.example.org%[] \n") | st.characters()),
    st.sampled_from(["", "https://", "http:", "https://example.org", "HTTP://www."]),
    st.sampled_from(["", "example.org", ".example.org/", "@example.org"]),
)
def test_whatever_is_linked_begins_with_an_allowed_host(middle, start, end):
    url = linkable(start + middle + end, HOSTS)
    if url:
        host = url.lower().split("://")[1].split("/")[0].split("?")[0].split("#")[0]
        host = host.split(":")[0]
        assert url.lower().startswith(("http://", "https://"))
        assert any(host == h or host.endswith("." + h) for h in HOSTS)


def test_references_are_numbered_by_first_use(atlantis):
    record = atlantis.records["2001-05-04-reed-bridge-walker"]
    found = references(record, atlantis.sources, atlantis.settings.link_hosts)
    assert list(found)[:2] == ["tidings-2001-05-04", "mirror-copy"]
    assert [r.number for r in found.values()] == list(range(1, len(found) + 1))
    assert set(found) >= set(record.sources)


def test_each_record_cites_all_its_sources_once(atlas):
    for record in atlas.records.values():
        found = references(record, atlas.sources, atlas.settings.link_hosts)
        cited = {i for s in record.statements for i in s.sources}
        cited |= {i for s in record.stated for i in s.sources}
        cited |= {i for c in record.conflicts for i in c.sources}
        assert set(found) == cited | set(record.sources), record.id
        assert [r.number for r in found.values()] == list(range(1, len(found) + 1))


def test_a_source_that_is_not_listed_is_left_out(atlantis):
    record = atlantis.records["2001-05-04-reed-bridge-walker"]
    kept = {"mirror-copy": atlantis.sources["mirror-copy"]}
    found = references(record, kept, [])
    assert {i: r.number for i, r in found.items()} == {"mirror-copy": 1}


def test_a_copy_on_another_host_is_cited_without_link(atlantis):
    copy = reference(
        3, atlantis.sources["mirror-copy"], hosts=atlantis.settings.link_hosts
    )
    assert (copy.number, copy.url, copy.is_described) == (3, "", True)
    assert copy.issued == "undated"
    told = reference(1, atlantis.sources["tidings-2001-05-04"], hosts=["example.org"])
    assert told.url == "https://www.example.org/tidings/2001/reed-bridge"
    assert not told.is_described


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, ""),
        ({}, ""),
        ({"date-parts": [[2001]]}, "2001"),
        ({"date-parts": [[2001, 5]]}, "2001-05"),
        ({"date-parts": [[987, 5, 4]]}, "0987-05-04"),
        ({"date-parts": [[2001, 1, 2], [2001, 1, 9]]}, "2001-01-02"),
        ({"literal": "in the fog"}, "in the fog"),
        ({"date-parts": [], "literal": "x"}, "x"),
        ({"date-parts": "2001"}, ""),
    ],
)
def test_dates_are_written_as_far_as_they_are_known(date, expected):
    source = Source(id="a", type="book", publisher="P", title="T", issued=date)
    assert issued(source) == expected
