"""The validators are fetched once, and left out only on somebody's own machine."""

from __future__ import annotations

import pytest

import node_tools


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_without_node_a_laptop_skips_and_a_build_fails(ci, outcome, monkeypatch):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(outcome, match="there is no node"):
        node_tools.check_geojson(b"{}")


def test_a_package_that_cannot_be_fetched_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(node_tools, "CACHE", tmp_path / "node")
    monkeypatch.setattr(node_tools, "_program", lambda name: "false")
    with pytest.raises(pytest.fail.Exception, match="cannot be fetched"):
        node_tools.package("@example/nothing", "0.0.1")
    assert list((tmp_path / "node").iterdir()) == []


def test_a_package_that_is_there_is_not_fetched_again(monkeypatch):
    folder = node_tools.package(*node_tools.CHECK)
    monkeypatch.setattr(node_tools, "_program", lambda name: pytest.fail(name))
    assert node_tools.package(*node_tools.CHECK) == folder
