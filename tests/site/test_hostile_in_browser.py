"""A site of an atlas whose every text holds every payload, in a real browser."""

from __future__ import annotations

import functools
import http.server
import threading

import pytest

from borderviz.content import load
from hostile import EVERY, assert_harmless, hostile_copy

from .conftest import build, without_pictures

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(atlantis, tmp_path_factory):
    """The hostile atlas as a site behind a plain server: its addresses."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    root = tmp_path_factory.mktemp("every") / "atlas"
    hostile = load(hostile_copy(atlantis.root, root, (EVERY,)))
    with pytest.MonkeyPatch.context() as patch:
        without_pictures(patch)
        built = build(tmp_path_factory.mktemp("site"), hostile)
    handler = functools.partial(Quiet, directory=str(built.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://localhost:{server.server_port}"
        yield [
            f"{home}/{path.path.relative_to(built.folder)}"
            for path in built.pages
            if "data" not in path.path.parts
        ]
        server.shutdown()


def test_every_page_of_a_site(watched, pages):
    assert len(pages) > 40
    for address in pages:
        watched.goto(address)
        assert_harmless(watched)
