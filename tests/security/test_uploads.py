"""Files that no page of ours sent: to the upload address, by hand."""

from __future__ import annotations

import http.client
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser
MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE
XSRF = "_streamlit_xsrf"


def multipart(data, name="points.csv", kind="text/csv"):
    """Write a form with one file, the way a browser would."""
    edge = "edge"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
    ).encode("utf-8", "surrogateescape")
    body = head + data + f"\r\n--{edge}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={edge}"}


@pytest.fixture
def session(link):
    """The id of a connection that is open."""
    with link() as own:
        message = BackMsg()
        message.rerun_script.query_string = "lang=en"
        own.send(message.SerializeToString())
        while True:
            found = ForwardMsg()
            found.ParseFromString(own.recv(timeout=60))
            if found.HasField("new_session"):
                yield found.new_session.initialize.session_id
                return


@pytest.fixture
def put(ask):
    """Send a file to the upload endpoint, with the cookie unless it is left out."""

    def send(session, body, headers, *, token=True, file="a-file"):
        cookie = ask("GET", "/_stcore/health").headers["set-cookie"]
        value = cookie.split(";")[0].partition("=")[2]
        tokens = {"Cookie": f"{XSRF}={value}", "X-Xsrftoken": value} if token else {}
        path = f"/_stcore/upload_file/{session}/{file}"
        return ask("PUT", path, body, headers | tokens)

    return send


def test_a_file_needs_the_token_of_a_page_of_ours(put, session):
    body, headers = multipart(b"a,b\n")
    assert put(session, body, headers, token=False).status == 403
    assert put(session, body, headers).status == 204


def test_a_token_that_does_not_fit_its_cookie_is_refused(ask, session):
    body, headers = multipart(b"a,b\n")
    for cookie, token in (("", "x"), (f"{XSRF}=2|a|b|1", "2|a|b|2"), ("x=1", "")):
        found = ask(
            "PUT",
            f"/_stcore/upload_file/{session}/f",
            body,
            headers | {"Cookie": cookie, "X-Xsrftoken": token},
        )
        assert found.status == 403


@pytest.mark.parametrize("other", ["nobody", "..", "%2e%2e%2f", "0" * 36])
def test_a_file_for_a_session_that_is_not_there_is_refused(put, other):
    body, headers = multipart(b"a,b\n")
    assert put(other, body, headers).status in (400, 404, 405)


def test_a_file_over_the_limit_is_refused_before_it_is_read(put, session):
    """By its stated length: the server never takes the body."""
    headers = multipart(b"")[1] | {"Content-Length": str(LIMIT + 1)}
    assert put(session, b"--edge\r\n", headers).status == 413


def test_a_file_that_lies_about_its_length_is_cut_off(server, ask, session):
    """Sent in pieces without a length; refused as soon as it is too much."""
    cookie = ask("GET", "/_stcore/health").headers["set-cookie"]
    value = cookie.split(";")[0].partition("=")[2]
    connection = http.client.HTTPConnection(urlsplit(server.origin).netloc, timeout=60)
    head, kind = multipart(b"")[0].partition(b"\r\n\r\n")[0], multipart(b"")[1]
    sent = 0

    def pieces():
        nonlocal sent
        yield head + b"\r\n\r\n"
        while sent < 3 * LIMIT:
            sent += MEGABYTE
            yield b"\0" * MEGABYTE

    with ExitStack() as stack:
        stack.callback(connection.close)
        with suppress(ConnectionError):  # cut off in the middle
            connection.request(
                "PUT",
                f"/_stcore/upload_file/{session}/f",
                pieces(),
                {"Cookie": f"{XSRF}={value}", "X-Xsrftoken": value, **kind},
                encode_chunked=True,
            )
        assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    "name",
    ["../../x.csv", "C:\\x.csv", "a.csv:$x.geojson", "x\0.csv", "a" * 5000, "", "."],
)
def test_a_name_is_never_a_path(put, session, name, tmp_path):
    before = {path for path in ROOT.iterdir()}
    body, headers = multipart(b"a,b\n", name=name)
    assert put(session, body, headers).status in (204, 400)
    assert {path for path in ROOT.iterdir()} == before


def test_many_small_files_leave_the_server_answering(put, ask, session):
    body, headers = multipart(b"a,b\n")
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(
            lambda n: put(session, body, headers, file=f"f{n}").status, range(200)
        )
        assert set(found) == {204}
    assert ask("GET", "/_stcore/health").body == b"ok"
