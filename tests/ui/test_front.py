"""The server's front: what it answers from memory, and what it leaves to Streamlit."""

import asyncio
import gzip
import re

import brotli
import pytest
from starlette.responses import PlainTextResponse
from streamlit import file_util

from borderviz.errors import ContentError
from borderviz.ui import data, front, map_files
from borderviz.ui.front_documents import PARTS, Documents
from borderviz.ui.front_files import Content, Shelf
from borderviz.ui.front_sources import Sources
from borderviz.ui.map_files import Published
from loops import finished

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
NAMED = re.compile(r'(?:src|href)="\./([^"]+)"')


class Answer:
    def __init__(self, messages):
        start, *bodies = messages
        self.status = start["status"]
        self.headers = {k.decode(): v.decode() for k, v in start["headers"]}
        self.body = b"".join(found.get("body", b"") for found in bodies)
        self.encoding = self.headers.get("content-encoding", "")

    @property
    def content(self):
        return UNPACK[self.encoding](self.body)


def ask(app, path, method="GET", query="", **headers):
    """Ask as a server would; headers are written with low lines."""
    messages = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        messages.append(message)

    told = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": told}
    scope |= {"query_string": query.encode()}
    finished(app(scope, receive, send))
    return Answer(messages)


@pytest.fixture(scope="module")
def sources():
    return Sources(file_util.get_static_dir())


@pytest.fixture
def app():
    """The front alone; what it hands on is answered by these words."""
    return front.Front(PlainTextResponse("handed on"))


def first_files(sources):
    """What the page of Streamlit's build names by itself."""
    found = NAMED.findall(sources.data("/index.html").decode())
    return [f"/{name}" for name in found if name.startswith("static/")]


def test_every_encoding_of_every_first_file_is_the_file(app, sources):
    files = first_files(sources)
    assert len(files) > 40
    for path in files:
        plain = ask(app, path)
        assert plain.body == sources.data(path)
        assert plain.encoding == ""
        for name in ("br", "gzip"):
            packed = ask(app, path, accept_encoding=name)
            assert packed.content == plain.body
            assert int(packed.headers["content-length"]) == len(packed.body)
            assert len(packed.body) <= len(plain.body)
    assert packed.headers["cache-control"].endswith("immutable")


def test_the_first_files_are_a_quarter_of_their_size(app, sources):
    paths = [p for p in first_files(sources) if p.endswith((".js", ".css"))]
    whole = sum(len(sources.data(path)) for path in paths)
    packed = sum(len(ask(app, path, accept_encoding="br").body) for path in paths)
    assert packed < whole / 4


@pytest.fixture
def script(sources):
    found = [path for path in first_files(sources) if "/react-dom." in path]
    return found[0]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.0, br;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("GZIP", "gzip"),
    ],
)
def test_only_what_a_browser_takes_is_sent(app, script, accepted, encoding):
    found = ask(app, script, accept_encoding=accepted)
    assert found.encoding == encoding
    assert found.headers["vary"] == "Accept-Encoding"


def test_what_a_browser_has_is_not_sent_again(app, script):
    tags = set()
    for accepted in ("br", "gzip", ""):
        first = ask(app, script, accept_encoding=accepted)
        tags.add(first.headers["etag"])
        for known in (first.headers["etag"], f'"x", W/{first.headers["etag"]}', "*"):
            again = ask(app, script, accept_encoding=accepted, if_none_match=known)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
            assert again.headers["cache-control"] == first.headers["cache-control"]
        other = ask(app, script, accept_encoding=accepted, if_none_match='"x"')
        assert other.status == 200
    assert len(tags) == 3


def test_head_has_the_headers_alone(app, script):
    got = ask(app, script, accept_encoding="br")
    head = ask(app, script, "HEAD", accept_encoding="br")
    assert (head.status, head.headers, head.body) == (200, got.headers, b"")


@pytest.mark.parametrize(
    ("method", "headers"),
    [("GET", {"range": "bytes=0-9"}), ("POST", {}), ("OPTIONS", {})],
)
def test_what_else_is_asked_of_a_file_is_handed_on(app, script, method, headers):
    assert ask(app, script, method, **headers).body == b"handed on"


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../../index.html",
        "/static/../../__init__.py",
        "//static/js/x.js",
        "/static/js/none.js",
        "/component/streamlit_folium.st_folium/../../__init__.py",
        "/_stcore/health",
        "/some/page",
        "",
    ],
)
def test_no_other_address_is_answered_from_memory(app, path):
    assert ask(app, path).body == b"handed on"
    assert list(app.shelf.addresses()) == []


def test_every_answer_says_that_its_type_is_meant(app, script):
    for path in (script, "/some/page"):
        found = ask(app, path).headers
        assert found["x-content-type-options"] == "nosniff"
        assert found["referrer-policy"] == "strict-origin-when-cross-origin"
        # Whether another site may frame it is the operator's to say.
        assert not {"x-frame-options", "content-security-policy"} & found.keys()


def test_it_works_under_another_path(monkeypatch, script):
    monkeypatch.setattr(front, "base_path", lambda: "/maps/border")
    app = front.Front(PlainTextResponse("handed on"))
    assert ask(app, script).body == b"handed on"
    assert ask(app, f"/maps/border{script}").status == 200
    assert b'<div id="root">' in ask(app, "/maps/border/").content
    assert {r.path for r in front.parts()["routes"]} >= {"/maps/border/health"}


def test_the_least_asked_for_makes_room():
    shelf = Shelf(room_bytes=2500)
    for name in ("a", "b"):
        shelf.put(name, Content(name.encode() * 1000, "x.js", is_for_good=True))
    assert shelf.get("a")
    shelf.put("c", Content(b"c" * 1000, "x.js", is_for_good=True))
    assert list(shelf.addresses()) == ["a", "c"]
    shelf.put("d", Content(b"d" * 9000, "x.js", is_for_good=True))
    assert list(shelf.addresses()) == ["d"]


# --- hints ----------------------------------------------------------------------------


def hints(text):
    return re.findall(r'<link rel="(\w+)"[^>]* href="\./([^"]+)"', text)


def test_hints_name_files_that_are_there_once_and_that_the_page_does_not_name(
    app, sources
):
    own = set(first_files(sources))
    page = ask(app, "/").content.decode()
    found = [f"/{name}" for kind, name in hints(page) if kind == "modulepreload"]
    assert len(found) == len(set(found))
    added = [path for path in found if path not in own]
    assert set(added) <= sources.static
    names = " ".join(added)
    for part in PARTS:
        assert f"/{part}." in names
    assert page.count("<head>") == page.count("</head>") == 1


def test_the_compact_view_is_told_of_less(app):
    whole = ask(app, "/").content
    compact = ask(app, "/", query="embed=true&sel=x").content
    assert b"/Slider." in whole
    assert b"/Slider." not in compact
    assert b"/ComponentInstance." in compact


def test_a_build_without_such_parts_gets_no_hints(sources):
    assert Documents(sources).modules(("NoSuchPart", "Html.*")) == []


PUBLISHED = Published(
    "x.map_files/map-1.js",
    "x.map_files/base-1.json",
    {"en": "x.map_files/words-en-1.json", "ko": "x.map_files/words-ko-1.json"},
    "en",
    {},
)


@pytest.mark.parametrize(("query", "lang"), [("", "en"), ("lang=ko", "ko")])
def test_the_map_s_files_are_those_of_the_reader_s_language(
    app, monkeypatch, query, lang
):
    monkeypatch.setattr(map_files, "published", lambda: PUBLISHED)
    page = ask(app, "/", query=query).content.decode()
    wanted = [name for kind, name in hints(page) if kind == "prefetch"]
    assert f"component/x.map_files/words-{lang}-1.json" in wanted
    assert sum("words-" in name for name in wanted) == 1


def test_before_the_atlas_is_read_nothing_of_it_is_named(app, monkeypatch):
    monkeypatch.setattr(map_files, "published", lambda: None)
    assert b"prefetch" not in ask(app, "/").content


# --- health ---------------------------------------------------------------------------


async def told(warming):
    """Ask for the health while the page is first drawn as given."""
    front._warming.append(warming)
    try:
        found = await front.health(None)
    finally:
        front._warming.remove(warming)
    return found.status_code, found.body.decode().strip()


async def drawn(*, is_well):
    warming = asyncio.create_task(asyncio.sleep(0, (is_well, "")))
    await warming
    return await told(warming)


def test_nobody_is_sent_here_before_the_atlas_is_read():
    async def early():
        warming = asyncio.create_task(asyncio.Event().wait())
        found = await told(warming)
        warming.cancel()
        return found

    assert finished(early()) == (503, front.READING)


def test_it_is_healthy_when_the_atlas_can_be_shown(monkeypatch):
    monkeypatch.setattr(data, "shared", lambda _: None)
    assert finished(drawn(is_well=True)) == (200, front.READY)


def test_a_page_that_fails_is_not_healthy(monkeypatch):
    monkeypatch.setattr(data, "shared", lambda _: None)
    assert finished(drawn(is_well=False)) == (503, front.FAILED)


def test_an_atlas_with_faults_is_not_healthy(monkeypatch):
    def fails(_):
        raise ContentError([])

    monkeypatch.setattr(data, "shared", fails)
    assert finished(drawn(is_well=True)) == (503, front.BROKEN)
