"""The static site behind nginx: what is sent, how, and what browsers may keep."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import subprocess
import sys

import pytest
from PIL import Image
from playwright.sync_api import expect

from borderviz.permalink import decode_query
from borderviz.pictures import catalogue, map_picture
from borderviz.render.context import Context
from borderviz.selection import select
from borderviz.site import write_site
from deploy.machines import ROOT, ask

COMPRESS = ROOT / "deploy" / "nginx" / "compress.py"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm" '
    b'viewBox="0 0 9 9"><g id="frame"><path d="M 1 2 L 5 2 L 5 8"/></g></svg>'
)
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".parquet": "application/vnd.apache.parquet",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".svg": "image/svg+xml",
}


def picture(name, *_, form, **__):
    if form != "png":
        return SVG
    target = io.BytesIO()
    Image.new("RGB", (1920, 1080)).save(target, "PNG")
    return target.getvalue()


@pytest.fixture(scope="module")
def folder(atlantis, tmp_path_factory):
    """The invented atlas as a site, compressed; each picture is a small one."""
    found = tmp_path_factory.mktemp("site")
    view = decode_query("", atlantis, ()).view
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "picture", picture)
        patch.setattr(map_picture, "map_picture", lambda *_, **__: SVG)
        write_site(
            found,
            select(atlantis, view),
            Context(atlantis, view),
            today=dt.date(2026, 11, 24),
            address="https://example.org/",
        )
    subprocess.run([sys.executable, str(COMPRESS), str(found)], check=True)
    return found


@pytest.fixture(scope="module")
def served(nginx, folder):
    return nginx("site", "--root", str(folder))


def path_of(folder, pattern):
    """Name one file of the site by how it is asked for."""
    found = sorted(p for p in folder.glob(pattern) if p.suffix != ".gz")
    return f"/{found[0].relative_to(folder).as_posix()}"


def test_every_kind_of_file_has_its_type(served, folder):
    kinds = {p.suffix for p in folder.rglob("*") if p.is_file()} - {".gz", ".png"}
    assert kinds == set(KINDS)
    for suffix, kind in KINDS.items():
        path = path_of(folder, f"**/*{suffix}")
        status, headers, body = ask(served.origin, path)
        assert (status, headers["content-type"]) == (200, kind), path
        assert headers["x-content-type-options"] == "nosniff"
        assert body == (folder / path[1:]).read_bytes()


def test_texts_are_sent_as_they_were_compressed_once(served, folder):
    for pattern in ("en/index.html", "assets/map-*.js", "data/*.geojson"):
        path = path_of(folder, pattern)
        plain = folder / path[1:]
        packed = plain.with_name(f"{plain.name}.gz")
        _, headers, body = ask(served.origin, path, Accept_Encoding="gzip, br")
        assert headers["content-encoding"] == "gzip"
        assert body == packed.read_bytes()
        assert gzip.decompress(body) == plain.read_bytes()
        assert len(body) < plain.stat().st_size / 2
        # A cache in between keeps both apart.
        assert headers["vary"] == "Accept-Encoding"
        _, headers, body = ask(served.origin, path)
        assert "content-encoding" not in headers
        assert body == plain.read_bytes()


def test_what_was_not_compressed_before_is_when_it_is_sent(served, folder):
    path = path_of(folder, "en/all.html")
    packed = folder / f"{path[1:]}.gz"
    kept = packed.read_bytes()
    packed.unlink()
    try:
        _, headers, body = ask(served.origin, f"{path}?again", Accept_Encoding="gzip")
        assert headers["content-encoding"] == "gzip"
        assert gzip.decompress(body) == (folder / path[1:]).read_bytes()
    finally:
        packed.write_bytes(kept)


def test_names_with_a_hash_are_kept_for_ever_all_else_is_asked_for(served, folder):
    names = [p.name for p in (folder / "assets").iterdir()]
    assert all("-" in name for name in names)
    wanted = {
        "assets/*.js": "public, max-age=31536000, immutable",
        "assets/*.css": "public, max-age=31536000, immutable",
        "pictures/**/*.svg": "public, max-age=3600",
        "en/index.html": "no-cache",
        "data/*.csv": "no-cache",
        "robots.txt": "no-cache",
    }
    for pattern, caching in wanted.items():
        headers = ask(served.origin, path_of(folder, pattern))[1]
        assert headers["cache-control"] == caching, pattern


def test_what_a_browser_has_is_not_sent_again(served, folder):
    for coding in ("gzip", "identity"):
        for pattern in ("en/index.html", "data/*.zip"):
            path = path_of(folder, pattern)
            headers = ask(served.origin, path, Accept_Encoding=coding)[1]
            status, again, body = ask(
                served.origin,
                path,
                Accept_Encoding=coding,
                If_None_Match=headers["etag"],
            )
            assert (status, body) == (304, b"")
            assert again["cache-control"] == headers["cache-control"]


def test_a_download_can_go_on_where_it_broke_off(served, folder):
    path = path_of(folder, "data/*.zip")
    whole = (folder / path[1:]).read_bytes()
    status, headers, body = ask(served.origin, path, Range="bytes=100-199")
    assert status == 206
    assert headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert body == whole[100:200]
    assert ask(served.origin, path, Range=f"bytes={len(whole)}-")[0] == 416


def test_what_is_not_there_is_told_by_the_site_s_own_page(served, folder):
    page = (folder / "404.html").read_bytes()
    for path in ("/nothing", "/en/records/nothing.html", "/assets/map-0.js"):
        status, headers, body = ask(served.origin, path)
        assert (status, body) == (404, page)
        assert headers["cache-control"] == "no-cache"
        assert headers["content-type"] == KINDS[".html"]
    for path in ("/../nginx.conf", "/%2e%2e/nginx.conf", "/assets/../../nginx.conf"):
        assert ask(served.origin, path)[0] in (400, 404)
    assert ask(served.origin, "/", method="POST")[0] in (403, 405)
    assert ask(served.origin, "/", method="HEAD")[0::2] == (200, b"")


def test_the_header_says_only_what_the_page_s_own_policy_cannot(served, folder):
    for path, framing in (
        ("/en/index.html", "frame-ancestors 'self'"),
        ("/en/embed.html", "frame-ancestors *"),
        ("/nothing", "frame-ancestors 'self'"),
    ):
        headers = ask(served.origin, path)[1]
        assert headers["content-security-policy"] == framing
        assert headers["referrer-policy"]


def test_nginx_says_neither_its_version_nor_who_asked(served, folder):
    assert ask(served.origin, "/")[1]["server"] == "nginx"
    served.stop()  # what is kept to be written goes out
    log = (served.folder / "access.log").read_text()
    assert "GET /en/index.html 200" in log
    assert "127.0.0.1" not in log
    assert "?again" not in log


@pytest.mark.browser
def test_a_browser_reads_it(nginx, folder, watched):
    at = nginx("site", "--root", str(folder))
    watched.goto(f"{at.origin}/")
    expect(watched.locator("h1")).not_to_be_empty()
    watched.wait_for_function("() => document.body.dataset.shown || window.map")
    watched.goto(f"{at.origin}/en/all.html")
    expect(watched.locator("main")).not_to_be_empty()
