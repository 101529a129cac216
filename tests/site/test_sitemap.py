"""What search engines are told: every page, in every language, by its whole address."""

from __future__ import annotations

from defusedxml import ElementTree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_the_sitemap_lists_every_page_once_and_nothing_else(invented):
    root = ElementTree.parse(invented.folder / "sitemap.xml").getroot()
    assert root.tag == f"{SITEMAP}urlset"
    listed = [found.text for found in root.iter(f"{SITEMAP}loc")]
    languages = invented.atlas.settings.languages
    there = [
        path.relative_to(invented.folder).as_posix()
        for lang in languages
        for path in (invented.folder / lang).rglob("*.html")
        if path.name != "embed.html"
    ]
    assert sorted(listed) == sorted(invented.address + path for path in there)


def test_each_entry_names_the_others_and_its_day(invented):
    root = ElementTree.parse(invented.folder / "sitemap.xml").getroot()
    listed = {found.text for found in root.iter(f"{SITEMAP}loc")}
    languages = {*invented.atlas.settings.languages, "x-default"}
    for entry in root:
        others = {x.get("hreflang"): x.get("href") for x in entry.iter(f"{XHTML}link")}
        assert set(others) == languages
        assert set(others.values()) <= listed
        assert entry.find(f"{SITEMAP}loc").text in others.values()
        assert entry.find(f"{SITEMAP}lastmod").text == "2026-11-23"


def test_robots_are_led_to_the_sitemap(invented):
    text = (invented.folder / "robots.txt").read_text()
    assert f"Sitemap: {invented.address}sitemap.xml" in text.splitlines()


def test_without_an_address_there_is_no_sitemap_but_the_list_of_all(homeless):
    assert not (homeless.folder / "sitemap.xml").exists()
    assert "Sitemap" not in (homeless.folder / "robots.txt").read_text()
    assert (homeless.folder / "en" / "all.html").is_file()
