"""Atlases that each part of the page is written for: real, invented, hostile."""

from __future__ import annotations

import pytest

from borderviz.content import load
from hostile import hostile_copy


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, atlantis):
    return load(hostile_copy(atlantis.root, tmp_path_factory.mktemp("h") / "atlas"))


@pytest.fixture(params=["atlas", "atlantis", "hostile"])
def any_atlas(request):
    return request.getfixturevalue(request.param)
