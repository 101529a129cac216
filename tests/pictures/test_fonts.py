"""Fonts of pictures: what came with the package, and what happens without a glyph."""

from __future__ import annotations

import subprocess
import sys

import pytest

from borderviz.errors import BorderVizError
from borderviz.pictures import fonts


def test_font_files_are_in_the_folder_one_a_weight():
    files = fonts.font_files()
    assert [f.parent for f in files] == [fonts.font_folder()] * len(files)
    assert len(files) >= 2
    assert all(f.suffix == ".ttf" and f.stat().st_size > 10_000 for f in files)


def test_first_family_draws_latin_hangul_and_hanja():
    assert (
        fonts.missing(["Panmunjom 1984, 0.5 km", "판문점", "板門店"], ["NanumGothic"])
        == set()
    )


def test_families_are_those_of_the_package_where_they_are_enough():
    assert fonts.families_for(["Amnok, Ŏrang", "압록강", "Ĉio"]) == fonts.FAMILY


def test_second_family_is_needed_for_breves():
    assert fonts.missing(["Ŏ"], fonts.FAMILY[:1]) == {"Ŏ"}


def test_character_that_no_font_has_is_told_by_its_number():
    with pytest.raises(fonts.GlyphError, match=r"U\+103A0") as caught:
        fonts.families_for(["a \U000103a0"])
    assert caught.value.missing == ("\U000103a0",)
    assert isinstance(caught.value, BorderVizError)


def test_marks_without_shape_are_not_missed():
    assert fonts.missing(["a\u200b\u202e\x00\n"]) == set()


@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_each_weight_has_a_file(weight):
    paths = {fonts.font_of(family, weight) for family in fonts.FAMILY}
    assert None not in paths
    assert len(paths) == len(fonts.FAMILY)


def test_weights_differ():
    assert len({fonts.font_of(fonts.FAMILY[0], w) for w in fonts.WEIGHTS}) == 3


def test_unknown_family_has_no_file():
    assert fonts.font_of("No Such Family", 400) is None


def test_svg_asks_for_the_same_family_first_and_ends_in_a_generic_one():
    assert fonts.SVG_FAMILY[0] == fonts.FAMILY[0]
    assert fonts.SVG_FAMILY[-1] == "sans-serif"


def test_missing_package_is_told(monkeypatch):
    monkeypatch.setattr(fonts, "find_spec", lambda name: None)
    fonts.font_folder.cache_clear()
    with pytest.raises(BorderVizError, match="NanumGothic"):
        fonts.font_folder()


def test_importing_pictures_does_not_import_the_plotting_library():
    code = (
        "import sys, borderviz.pictures.fonts, borderviz.pictures.map_picture;"
        "print('matplotlib' in sys.modules, 'koreanize_matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
