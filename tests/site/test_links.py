"""Every link of a site leads somewhere: to a file of it, to a place in that file."""

from __future__ import annotations

from urllib.parse import urlsplit


def test_every_link_leads_to_a_file_and_to_a_place_in_it(any_site):
    pages = [p for p in any_site.pages if "data" not in p.path.parts]
    assert [fault for page in pages for fault in any_site.faults(page)] == []


def test_there_is_a_page_for_every_record_in_every_language(any_site):
    shown = set(any_site.atlas.records)
    for lang in any_site.atlas.settings.languages:
        assert any_site.ids_of(lang) == shown


def test_every_page_is_led_to_from_the_list_of_all(any_site):
    for lang in any_site.atlas.settings.languages:
        start = any_site.folder / lang / "all.html"
        seen, todo = set(), [start]
        while todo:
            path = todo.pop()
            if path in seen or path.suffix != ".html" or "data" in path.parts:
                continue
            seen.add(path)
            if path.parent.name == "records" and path.name != "index.html":
                continue
            for address in any_site.page(str(path)).addresses:
                parts = urlsplit(address)
                if parts.path and not parts.scheme:
                    target = (path.parent / parts.path).resolve()
                    if target.is_relative_to(any_site.folder / lang):
                        todo.append(target)
        assert seen == set((any_site.folder / lang).rglob("*.html"))


def test_pages_without_a_map_take_nothing_from_elsewhere(any_site):
    for page in any_site.plain:
        taken = [a["src"] for _, a in page.elements if "src" in a]
        taken += [a["srcset"] for _, a in page.elements if "srcset" in a]
        taken += [a["href"] for a in page.link("stylesheet") + page.link("icon")]
        assert [x for x in taken if urlsplit(x).scheme or x.startswith("//")] == []


def test_only_hosts_of_the_atlas_and_its_licences_are_linked(any_site):
    settings = any_site.atlas.settings
    known = [*settings.link_hosts, "example.org"]
    known += [urlsplit(x.address).hostname or "" for x in settings.licences]
    for page in any_site.plain:
        for found in page.all("a"):
            host = urlsplit(found.get("href", "")).hostname
            assert host is None or any(
                host == name or host.endswith("." + name) for name in known
            ), host


def test_every_folder_has_an_index_so_that_a_lost_reader_finds_back(any_site):
    folders = {page.path.parent for page in any_site.plain}
    assert all((folder / "index.html").is_file() for folder in folders)
    lost = any_site.page("404.html")
    assert lost.all("link") == []
    assert {a["href"] for a in lost.all("a")} == {f"{any_site.address}index.html"}
