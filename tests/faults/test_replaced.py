"""An atlas that is replaced while it is read, file by file, as a checkout does."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace

import pytest

from borderviz.content import content_files, read
from borderviz.ui import assets, map_files
from faults.readers import Reader, get

OLD = ("two borders", "Coral Line", "old-chronicle")
NEW = ("three shores", "Pearl Line", "new-chronicle")


@pytest.fixture
def other(atlantis_copy, tmp_path):
    """A later version: a title, a name and the id of a source are others everywhere."""
    found = shutil.copytree(atlantis_copy, tmp_path / "other")
    for path in content_files(found):
        text = path.read_text(encoding="utf-8")
        for old, new in zip(OLD, NEW, strict=True):
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    assert read(found)[1] == []
    return found


def files_of(reader):
    """All files that the map of a reader's page fetches, from the address in it."""
    script = get(reader.script).decode()
    named = json.loads(
        re.match(r"window\.borderviz=\{files:(\{.*?\}),sheet:", script)[1]
    )
    names = [named["base"], named["close"], named["overlay"], *named["words"].values()]
    folder = reader.script.rpartition("/")[0]
    return [f"{folder}/{name.rpartition('/')[2]}" for name in names]


@pytest.mark.browser
def test_nobody_sees_a_mixture_and_open_pages_keep_their_files(
    start, atlantis_copy, other
):
    server = start(atlas=atlantis_copy)
    before = Reader(server.origin).run("lang=en")
    old_files, seen = files_of(before), []
    changed = [
        path
        for path in content_files(other)
        if path.read_bytes() != (atlantis_copy / path.relative_to(other)).read_bytes()
    ]
    assert len(changed) > 8
    # The sources first: until the last file has come, some refer to nothing.
    for path in sorted(changed, key=lambda path: path.name != "sources.json"):
        shutil.copy(path, atlantis_copy / path.relative_to(other))
        with Reader(server.origin) as reader:
            reader.run("lang=en")
            assert reader.exceptions == []
            data = b"".join(map(get, files_of(reader))).decode()
            is_new = NEW[0] in reader.text
            for words, is_told in ((OLD, not is_new), (NEW, is_new)):
                assert (words[0] in reader.text) == is_told
                assert (words[1] in data) == is_told
            seen.append(('class="bv-reload"' in reader.text, is_new))
    # Half of a change is a fault that the page tells; the last file makes it whole.
    assert (True, False) in seen
    assert seen[-1] == (False, True)
    for address in old_files:
        assert get(address)
    assert before.run("lang=en").exceptions == []
    assert NEW[0] in before.text
    assert server.tracebacks() == []
    before.vanish()
    server.end()


def test_files_of_the_last_versions_are_kept_and_no_others(atlantis, monkeypatch):
    monkeypatch.setattr(map_files, "_published", {})
    bases = []
    for number in range(map_files.VERSIONS + 3):
        nobody = [{"en": f"Nobody {number}"}]
        settings = atlantis.settings.model_copy(update={"attribution": nobody})
        assets.publish(replace(atlantis, settings=settings))
        made = map_files.published()
        bases.append(set(made.files))
    kept = set().union(*bases[-map_files.VERSIONS :])
    assert {name for name in set().union(*bases) if map_files.file(name)} == kept
    assert kept != set().union(*bases)
