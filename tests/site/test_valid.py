"""HTML that an independent judge finds nothing wrong with."""

from __future__ import annotations

from .validator import faults


def test_every_page_of_the_invented_atlas_is_valid(invented):
    pages = [p.path for p in invented.pages if "data" not in p.path.parts]
    assert len(pages) > 40
    assert faults(pages) == []


def test_a_page_of_every_kind_of_the_real_atlas_is_valid(real):
    pages = [p.path for p in real.pages if p.path.parent.parent == real.folder]
    pages = [path for path in pages if "data" not in path.parts]
    kinds = {record.kind: record.id for record in real.atlas.records.values()}
    for lang in real.atlas.settings.languages:
        records = real.folder / lang / "records"
        pages += [records / f"{name}.html" for name in (*kinds.values(), "index")]
    assert faults(pages) == []


def test_the_judge_finds_faults(tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<!doctype html><html><body><p><div id=1></p>", encoding="utf-8")
    assert faults([bad])
