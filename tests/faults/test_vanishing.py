"""Readers who go in the middle of something: of a file, of a page, of a hundred."""

from __future__ import annotations

import os
import signal

import pytest
from websockets.exceptions import ConnectionClosed

from faults.readers import Reader
from faults.serving import go_of, stop_of, until

pytestmark = pytest.mark.browser

ROWS = b"Title,Latitude,Longitude\nFirst,38,127\nSecond,38.1,127.2\n"
SHEET = "show=yours&lang=en"
MEGABYTE = 1_000_000
# What an allocator may keep for itself; the cut files together are four times as much.
SLACK_MB = 40


def test_uploads_that_are_cut_leave_nothing_and_the_next_one_works(unharmed):
    with Reader(unharmed.origin) as reader:
        reader.run(SHEET)
        reader.put(b"x" * 19 * MEGABYTE, cut_after=18 * MEGABYTE)
        before = unharmed.memory()
        for sent in (1, 2, 5, 9, 12, 15, 16, 17, 18, 18, 18, 18):
            reader.put(b"x" * 19 * MEGABYTE, cut_after=sent * MEGABYTE)
        assert unharmed.metric("UploadedFileManager") == 0
        until(lambda: unharmed.memory() < before + SLACK_MB)
        reader.run(SHEET, states=[reader.put(ROWS)])
        until_shown(reader)


def test_an_upload_cut_with_its_page_leaves_nothing(unharmed):
    for sent in (0, 1, 300, MEGABYTE):
        reader = Reader(unharmed.origin).run(SHEET)
        reader.put(b"x" * 5 * MEGABYTE, cut_after=sent)
        reader.vanish()


def test_a_file_whose_reader_has_gone_is_read_to_its_end_and_blocks_nobody(unharmed):
    gone = [begun(unharmed) for _ in range(2)]
    for reader, child in gone:
        reader.vanish()
        go_of(child)
    until(lambda: unharmed.children() == [])
    with Reader(unharmed.origin) as one, Reader(unharmed.origin) as other:
        for reader in (one, other):
            reader.run(SHEET)
            reader.run(SHEET, states=[reader.put(ROWS)])
        for reader in (one, other):
            until_shown(reader)


def test_a_child_that_is_killed_is_told_to_its_reader_alone(unharmed):
    reader, child = begun(unharmed)
    with Reader(unharmed.origin) as other:
        other.run(SHEET)
        other.run(SHEET, states=[other.put(ROWS)])
        until_shown(other)
    os.kill(child, signal.SIGKILL)
    until(lambda: unharmed.children() == [])
    until(lambda: "bv-note" in reader.run(SHEET).text)
    assert "Second" not in reader.text
    reader.run(SHEET, states=[reader.put(ROWS)])
    until_shown(reader)
    reader.vanish()


def test_two_hundred_who_come_and_go_at_once(unharmed):
    crowd = [Reader(unharmed.origin) for _ in range(200)]
    for reader in crowd:
        reader.ask("lang=en")
    for reader in crowd:
        reader.vanish()
    with Reader(unharmed.origin) as reader:
        assert "Panmunjom" in reader.run("lang=en").text


def test_pages_that_are_left_while_they_are_drawn_keep_no_place(unharmed):
    """Two are drawn at once: had one who left kept a place, nobody could be drawn."""
    for heard in range(8):
        reader = Reader(unharmed.origin)
        reader.ask("lang=en")
        for _ in range(heard):
            reader.hear()
        reader.vanish()


@pytest.mark.parametrize(
    "rubbish",
    [b"\xff" * 1000, b"\x0a\xff\xff\xff\xff\x0f", "text", "", b"\0" * 21 * MEGABYTE],
    ids=["noise", "cut", "text", "empty text", "too long"],
)
def test_a_message_that_is_none_ends_its_own_connection_alone(unharmed, rubbish):
    with Reader(unharmed.origin) as other:
        other.run("lang=en")
        reader = Reader(unharmed.origin).run("lang=en")
        with pytest.raises(ConnectionClosed):
            send_and_hear_the_end(reader, rubbish)
        assert "Panmunjom" in other.run("lang=en").text


def begun(server):
    """Have a reader's file being read; return both, the process held where it is."""
    before = set(server.children())
    reader = Reader(server.origin).run(SHEET)
    reader.ask(SHEET, states=[reader.put(ROWS)])
    (child,) = until(lambda: set(server.children()) - before)
    stop_of(child)
    while reader.ended is None:
        reader.hear()
    assert "Second" not in reader.text
    return reader, child


def send_and_hear_the_end(reader, data):
    """Send what is no message, and read until the line is closed."""
    reader.socket.send(data)
    while True:
        reader.hear()


def until_shown(reader):
    """Wait until a reader has their rows on the page."""
    until(lambda: "Second" in reader.run(SHEET).text)
    assert reader.exceptions == []
