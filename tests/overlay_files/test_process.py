"""The process that reads: what comes back, what it may not do, how it may end."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
import shapely

from borderviz.overlay_files import (
    RawTable,
    RefusedFileError,
    limits,
    packing,
    process,
    read_file,
)

from .files import (
    POINT,
    geojson,
    geopackage,
    kml,
    placemark,
    read,
    sheet_row,
    workbook,
    zipped,
)
from .test_sniff import CSW, GML, VRT, WFS

FILES = {
    "a.csv": "이름,b\n가,2\n1\n".encode("cp949"),
    "a.geojson": geojson(POINT, None, properties={"a": 1.5, "b": True}).encode(),
    "a.gpkg": geopackage(),
    "a.kml": kml(placemark()).encode(),
    "a.kmz": zipped([("doc.kml", kml(placemark()))]),
    "a.xlsx": workbook(sheet_row(1, "a", "b") + sheet_row(2, 1, "x")),
}
PROJECTED = {"type": "name", "properties": {"name": "EPSG:5179"}}


def why(data, name="a.csv", **choices):
    with pytest.raises(RefusedFileError) as caught:
        read_file(data, name, **choices)
    return caught.value.reason.key


@pytest.mark.parametrize("name", FILES)
def test_what_comes_back_is_what_was_read(name):
    table, expected = read_file(FILES[name], name), read(FILES[name], name)
    assert isinstance(table, RawTable)
    for field in ("form", "layer", "layers", "encoding", "columns", "cells"):
        assert getattr(table, field) == getattr(expected, field)
    for field in ("notes", "problems", "bad_count"):
        assert getattr(table, field) == getattr(expected, field)
    assert table.numbers.tolist() == expected.numbers.tolist()
    assert table.numbers.dtype == np.int32
    if expected.shapes is None:
        assert table.shapes is None
    else:
        assert shapely.equals_exact(table.shapes, expected.shapes).tolist() == [
            shape is not None for shape in expected.shapes
        ]


def test_coordinates_are_converted_with_all_doors_closed():
    point = {"type": "Point", "coordinates": [953000.0, 1952000.0]}
    text = geojson(point, crs=PROJECTED)
    assert read_file(text.encode(), "a.geojson").shapes[0].x == pytest.approx(
        126.968, abs=0.001
    )


@pytest.mark.parametrize(
    "encoding", ["cp949", "cp1252", "shift_jis", "gb18030", "big5"]
)
def test_every_encoding_can_be_read_with_all_doors_closed(encoding):
    table = read_file(b"a,b\n1,2\n", "a.csv", encoding=encoding)
    assert table.encoding == encoding


def test_a_refusal_comes_back_with_what_fills_it():
    with pytest.raises(RefusedFileError) as caught:
        read_file(b"a,b\n1,2\n", "a.csv", encoding="nonsense")
    assert caught.value.reason.values == {"encoding": "nonsense"}


def test_a_choice_reaches_the_worker():
    assert why(FILES["a.gpkg"], "a.gpkg", layer="no\nsuch") == "file-layer"


@pytest.fixture
def canary():
    """A server on this machine that writes down whoever comes."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, seen
    server.shutdown()
    thread.join()
    server.server_close()


SECRET = "the-secret-of-this-machine"


def _pointing_at(url, path):
    """Files of every kind that ask to fetch an address or open a file."""
    entity = '<!DOCTYPE kml [<!ENTITY x SYSTEM "{}">]>'
    link = f"<NetworkLink><Link><href>{url}</href></Link></NetworkLink>"
    relation = '<Relationship Id="r2" Type="x/sharedStrings" Target="{}"/>'
    external = relation.replace("/>", ' TargetMode="External"/>')
    rows = sheet_row(1, "a", "b") + (
        f'<row r="2"><c t="str"><f>WEBSERVICE("{url}")</f><v>x</v></c>'
        f'<c t="inlineStr"><is><t>=HYPERLINK("{url}")</t></is></c></row>'
    )
    attach = f"CREATE VIEW v AS SELECT readfile('{path}') AS title;"
    attach += "INSERT INTO gpkg_contents VALUES ('v', 'features', 0)"
    crs = {"type": "link", "properties": {"href": url, "type": "proj4"}}
    return [
        VRT.format(path=path),
        VRT.format(path=f"/vsicurl/{url}"),
        WFS.replace("http://127.0.0.1:9/wfs", url),
        CSW.replace("http://127.0.0.1:9/csw", url),
        GML.replace("http://127.0.0.1:9/a.xsd", url),
        f"/vsicurl/{url}",
        f"/vsizip//vsicurl/{url}",
        f"/vsitar//vsicurl/{url}",
        url.upper(),
        str(path),
        f"a,b\n{path},{url}\n",
        kml(placemark(name="&x;"), entity.format(f"file://{path}")),
        kml(placemark(name="&x;"), entity.format(url)),
        kml(placemark(name="&x;"), f'<!DOCTYPE kml SYSTEM "{url}">'),
        kml(
            link
            + placemark(
                f"<Style><IconStyle><Icon><href>{url}</href></Icon>"
                f"</IconStyle></Style><styleUrl>{url}#x</styleUrl>"
            )
        ),
        kml(placemark(f"<Model><Link><href>{path}</href></Link></Model>")),
        kml(
            placemark(
                f'<Schema schemaLocation="{url}"/><description>'
                f'&lt;img src="{url}"&gt;</description>'
            )
        ),
        geojson(POINT, crs=crs),
        geojson(POINT, properties={"a": {"$ref": url}, "b": f"file://{path}"}),
        geojson(POINT, crs={"type": "name", "properties": {"name": url}}),
        geopackage(more=attach),
        workbook(rows, relations=relation.format(f"file://{path}")),
        workbook(rows, relations=relation.format(f"../..{path}")),
        workbook(rows, relations=external.format(url)),
        zipped([("doc.kml", kml(link + placemark())), ("a.png", url)]),
    ]


def _outcome(data, name):
    """All that a reader could come to see of a file."""
    try:
        table = read_file(data, name)
    except RefusedFileError as error:
        return error.reason
    return table.columns, table.cells, table.notes, table.problems


def test_nothing_is_fetched_and_no_file_is_opened(canary, tmp_path):
    port, seen = canary
    secret = tmp_path / "secret.csv"
    secret.write_text(f"a,b\n{SECRET},1\n", encoding="utf-8")
    files = _pointing_at(f"http://127.0.0.1:{port}/x", secret)
    results = []
    for number, data in enumerate(files):
        name = f"a.{('csv', 'geojson', 'kml', 'gpkg', 'xlsx')[number % 5]}"
        raw = data.encode() if isinstance(data, str) else data
        results.append(_outcome(raw, name))
    assert "file-crashed" not in repr(results)
    assert SECRET not in repr(results)
    assert seen == []


WALLS = """
import sys
import borderviz.overlay_files.worker
from borderviz.overlay_files.walls import close_doors, limit_resources
limit_resources()
import ctypes, os, shutil, socket, subprocess, urllib.request
sock = socket.socket()
close_doors()
try:
    {attempt}
except (PermissionError, MemoryError, BlockingIOError) as error:
    print(type(error).__name__)
else:
    print("went through")
"""


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        ("open('/etc/passwd')", "PermissionError"),
        ("open('/tmp/x', 'w')", "PermissionError"),
        ("os.open('/etc/passwd', os.O_RDONLY)", "PermissionError"),
        ("os.listdir('/')", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("os.fork()", "PermissionError"),
        ("os.kill(1, 0)", "PermissionError"),
        ("os.remove('/tmp/x')", "PermissionError"),
        ("subprocess.run(['true'])", "PermissionError"),
        ("shutil.rmtree('/tmp/x')", "PermissionError"),
        ("socket.socket()", "PermissionError"),
        ("sock.connect(('127.0.0.1', 9))", "PermissionError"),
        ("socket.getaddrinfo('localhost', 80)", "PermissionError"),
        ("urllib.request.urlopen('http://127.0.0.1:9/')", "PermissionError"),
        ("ctypes.CDLL(None)", "PermissionError"),
        ("ctypes.string_at(0)", "PermissionError"),
        ("exec('1')", "PermissionError"),
        ("import antigravity", "PermissionError"),
        ("bytearray(4_000_000_000)", "MemoryError"),
    ],
)
def test_the_worker_cannot(attempt, refusal):
    code = WALLS.format(attempt=attempt)
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == refusal


@pytest.fixture
def other_worker(monkeypatch):
    """Let a few lines of Python stand for the worker."""

    def put(code):
        command = (sys.executable, "-I", "-c", textwrap.dedent(code))
        monkeypatch.setattr(process, "COMMAND", command)

    return put


FRAME = "import sys, os, json; w = sys.stdout.buffer.write\n"
FRAME += "def frame(b): w(len(b).to_bytes(8, 'big') + b)\n"
ABOUT = {
    **{"form": "csv", "layer": "", "layers": [], "encoding": "", "columns": ["a"]},
    **{"notes": [], "problems": [], "bad_count": 0, "has_shapes": False},
}


def answer(**changes):
    return FRAME + f"frame(json.dumps({ABOUT | changes!r}).encode())\n"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "import os; os.abort()",
        "import os; os.kill(os.getpid(), 9)",
        "raise SystemExit(3)",
        "print('hello')",
        "import sys; sys.stdout.buffer.write(bytes(8))",
        "import sys; sys.stdout.buffer.write(b'\\xff' * 100)",
        "import sys; sys.stdout.buffer.write(bytes(7) + b'\\2' + b'[]')",
        FRAME + "frame(b'{}')",
        FRAME + "frame(b'[' * 100_000)",
        FRAME + "frame(json.dumps({'refused': {'key': 'x', 'values': {}}}).encode())",
        FRAME + "frame(json.dumps({'refused': 'file-empty'}).encode())",
        answer(),
        answer() + "frame(bytes(3))",
        answer() + "frame(bytes(4)); frame(b'[]')",
        answer() + "frame(bytes(4)); frame(b'[[1]]')",
        answer() + "frame(bytes(4)); frame(b'{\"a\": 1}')",
        answer() + "frame(bytes(4)); frame(b'[1]'); frame(b'more')",
        answer(columns=[1]) + "frame(bytes(4)); frame(b'[1]')",
        answer(form=None) + "frame(bytes(4)); frame(b'[1]')",
        answer(bad_count=-1) + "frame(bytes(4)); frame(b'[1]')",
        answer(notes=[{"key": "page-title", "values": {}}])
        + "frame(bytes(4)); frame(b'[1]')",
        answer(problems=[{"row": 1}]) + "frame(bytes(4)); frame(b'[1]')",
        answer(has_shapes=True) + "frame(bytes(4)); frame(b'[1]')",
        answer(has_shapes=True)
        + "frame(bytes(4)); frame(b'[1]'); frame(b'\\3\\0\\0\\0'); frame(b'abc')",
        answer(has_shapes=True)
        + "frame(bytes(4)); frame(b'[1]'); frame(b'\\xff' * 4); frame(b'')",
    ],
)
def test_a_worker_that_dies_or_talks_nonsense_is_told(code, other_worker):
    other_worker(code)
    assert why(b"a,b\n1,2\n") == "file-crashed"


def test_an_answer_that_is_whole_is_believed(other_worker):
    other_worker(answer() + "frame(b'\\5\\0\\0\\0'); frame(b'[1]')")
    table = read_file(b"", "a.csv")
    assert (table.numbers.tolist(), table.cells) == ([5], ((1,),))


def test_a_worker_that_takes_too_long_is_ended(other_worker, monkeypatch):
    monkeypatch.setattr(process, "READ_SECONDS", 0.5)
    other_worker("import threading; threading.Event().wait()")
    start = time.monotonic()
    assert why(bytes(5_000_000)) == "file-timeout"
    assert time.monotonic() - start < 10


def test_a_worker_that_says_too_much_is_ended(other_worker, monkeypatch):
    monkeypatch.setattr(process, "ANSWER_BYTES", 1000)
    other_worker("import sys\nwhile True: sys.stdout.buffer.write(bytes(1000))")
    assert why(b"") == "file-letters"


def test_a_worker_that_does_not_listen_is_no_trouble(other_worker):
    other_worker(answer() + "sys.stdin.close(); frame(bytes(4)); frame(b'[1]')")
    assert read_file(bytes(5_000_000), "a.csv").cells == ((1,),)


def test_a_worker_that_works_too_long_is_ended(other_worker, monkeypatch):
    other_worker(
        """
        from borderviz.overlay_files import walls
        walls.CPU_SECONDS = 1
        walls.limit_resources()
        while True: pass
        """
    )
    assert why(b"") == "file-crashed"


def test_a_file_that_takes_too_much_memory_is_told():
    text = b'{"type": "FeatureCollection", "features": [' + b"[]," * 6_000_000 + b"[]]}"
    assert len(text) <= limits.FILE_BYTES
    assert why(text, "a.geojson") in ("file-memory", "file-rows")


def test_a_third_file_waits_until_there_is_a_place(other_worker, monkeypatch):
    places = threading.BoundedSemaphore(limits.AT_ONCE)
    monkeypatch.setattr(process, "_places", places)
    monkeypatch.setattr(process, "WAIT_SECONDS", 0.1)
    other_worker("raise SystemExit(1)")
    # A place is given back however reading ends.
    assert [why(b"") for _ in range(3)] == ["file-crashed"] * 3
    assert limits.AT_ONCE == 2
    with places, places:
        assert why(b"") == "file-busy"
    assert why(b"") == "file-crashed"


def test_the_worker_gets_nothing_of_the_environment(other_worker, monkeypatch):
    monkeypatch.setenv("TOKEN", SECRET)
    other_worker(
        FRAME + "frame(json.dumps({'refused': {'key': 'file-crs', "
        "'values': {'crs': repr(dict(os.environ)) + os.getcwd()}}}).encode())"
    )
    with pytest.raises(RefusedFileError) as caught:
        read_file(b"", "a.csv")
    assert SECRET not in str(caught.value.reason.values)
    assert str(caught.value.reason.values["crs"]).endswith("/")


def test_packing_loses_nothing():
    for name, data in FILES.items():
        table = read(data, name)
        again = packing.unpacked(b"".join(packing.packed(table)))
        assert again.cells == table.cells
        assert json.dumps(again.columns) == json.dumps(table.columns)
