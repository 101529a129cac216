"""Files and folders written whole or not at all, and never over others unasked."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from borderviz.writing import SIGN, OutputError, new_file, new_folder, replacing


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_when_all_has_gone_well(tmp_path):
    path = tmp_path / "a.csv"
    with new_file(path, force=False) as part:
        assert part.suffix == ".csv"
        assert part.parent == tmp_path
        part.write_bytes(b"x")
        assert not path.exists()
    assert path.read_bytes() == b"x"
    assert names(tmp_path) == ["a.csv"]


def half(part):
    """Write a part of what was to be written, and fail."""
    (part / "x" if part.is_dir() else part).write_text("half")
    raise ZeroDivisionError


@pytest.mark.parametrize("writer", [new_file, new_folder])
def test_a_fault_while_writing_leaves_nothing(tmp_path, writer):
    with pytest.raises(ZeroDivisionError), writer(tmp_path / "a", force=True) as part:
        half(part)
    assert names(tmp_path) == []


def test_a_file_that_is_there_stays(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with (
        pytest.raises(
            OutputError, match=r"a\.csv was not written: it is there.*--force"
        ),
        new_file(path, force=False),
    ):
        pytest.fail("nothing is made for a file that cannot be written")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


def test_force_replaces_a_file_only_when_the_new_one_is_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), new_file(path, force=True) as part:
        half(part)
    assert path.read_text() == "old"
    with new_file(path, force=True) as part:
        part.write_text("new")
    assert path.read_text() == "new"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize(
    ("writer", "is_folder"), [(new_file, True), (new_folder, False)]
)
def test_neither_takes_the_place_of_the_other(tmp_path, writer, is_folder):
    path = tmp_path / "a"
    if is_folder:
        path.mkdir()
    else:
        path.write_text("old")
    with pytest.raises(OutputError, match="of that name is there"):
        writer(path, force=True).__enter__()
    assert path.is_dir() == is_folder


def test_an_empty_folder_may_be_filled_and_a_full_one_may_not(tmp_path):
    path = tmp_path / "site"
    path.mkdir()
    with new_folder(path, force=False) as part:
        (part / "index.html").write_text("1")
    with (
        pytest.raises(OutputError, match=r"it is not empty.*--force"),
        new_folder(path, force=False),
    ):
        pytest.fail("nothing is made for a folder that cannot be written")
    assert (path / "index.html").read_text() == "1"


def test_force_replaces_a_folder_with_all_that_is_in_it(tmp_path):
    path = tmp_path / "site"
    with new_folder(path, force=False) as part:
        (part / "deep").mkdir()
        (part / "deep" / "old.html").write_text("old")
    with new_folder(path, force=True) as part:
        (part / "index.html").write_text("1")
        assert (path / "deep" / "old.html").exists()
    assert names(path) == ["index.html", SIGN]
    assert names(tmp_path) == ["site"]


def test_force_replaces_no_folder_that_was_not_written_so(tmp_path):
    path = tmp_path / "home"
    path.mkdir()
    (path / "thesis.txt").write_text("mine")
    with (
        pytest.raises(OutputError, match=r"it is not empty.*nothing replaces it"),
        new_folder(path, force=True),
    ):
        pytest.fail("nothing is made for a folder that cannot be written")
    assert names(path) == ["thesis.txt"]


def test_a_folder_in_the_working_folder_can_be_named_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with new_folder(Path("site"), force=False) as part:
        (part / "index.html").write_text("1")
    assert names(tmp_path) == ["site"]


@pytest.mark.parametrize("writer", [new_file, new_folder])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere/a.csv", "no such file or directory.*make it first"),
        ("file/a.csv", "not a directory.*name a folder"),
        ("x" * 300, "too long.*shorter"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_with_its_cure(
    tmp_path, writer, name, reason
):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match=f"(?i){reason}"),
        writer(tmp_path / name, force=False) as part,
    ):
        part.write_text("x")
    assert names(tmp_path) == ["file"]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 kB; only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    words = [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if not mount or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("writer", [new_file, new_folder])
def test_a_full_disk_is_told_and_nothing_is_left_on_it(small_disk, writer):
    path = small_disk / "a.csv"
    with (
        pytest.raises(OutputError, match=r"no space left.*The disk is full: make room"),
        writer(path, force=False) as part,
    ):
        (part / "x" if part.is_dir() else part).write_bytes(os.urandom(1 << 20))
    assert names(small_disk) == []


def test_a_full_disk_leaves_the_older_file_alone(small_disk):
    path = small_disk / "a.csv"
    path.write_text("old")
    with (
        pytest.raises(OutputError, match="disk is full"),
        new_file(path, force=True) as p,
    ):
        p.write_bytes(os.urandom(1 << 20))
    assert path.read_text() == "old"
    assert names(small_disk) == ["a.csv"]


def test_a_disk_that_is_read_only_is_told(small_disk):
    words = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(words, check=True, capture_output=True)
    with (
        pytest.raises(OutputError, match=r"read-only.*name another one"),
        new_file(small_disk / "a", force=False) as part,
    ):
        part.write_text("x")


def test_a_folder_without_leave_to_write_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("root may write everywhere")
        with (
            pytest.raises(OutputError, match=r"denied.*a folder of your own"),
            new_file(tmp_path / "a", force=False) as part,
        ):
            part.write_text("x")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_of_our_own_is_replaced_unasked(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    with replacing(path) as part:
        part.write_text("new")
    assert path.read_text() == "new"
