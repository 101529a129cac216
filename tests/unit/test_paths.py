"""Which atlas is read when nobody names one."""

from pathlib import Path

import pytest

from borderviz.paths import default_atlas

GEODATA = Path(__file__).parents[2] / "geodata"


def test_the_environment_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(tmp_path / "elsewhere"))
    assert default_atlas() == tmp_path / "elsewhere"


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_name_the_atlas_is_our_own(monkeypatch, value):
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)
    if value is not None:
        monkeypatch.setenv("BORDERVIZ_ATLAS", value)
    assert default_atlas() == GEODATA


def test_an_installed_package_has_its_atlas_inside(monkeypatch, tmp_path):
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)
    monkeypatch.setattr("borderviz.paths._PACKAGE", tmp_path / "lib" / "borderviz")
    assert default_atlas() == tmp_path / "geodata"
    inside = tmp_path / "lib" / "borderviz" / "geodata"
    inside.mkdir(parents=True)
    assert default_atlas() == inside
