"""The map's component gets what `st_folium` would have given it, made once."""

from __future__ import annotations

import pytest
import streamlit_folium
from streamlit_folium import st_folium

from borderviz.render import folium_map
from borderviz.ui import map_frame

SCRIPT = "../component/map-0123456789.js"
COMMANDS = (
    {"lang": "en", "layers": [], "title": "A"},
    {"lang": "ko", "layers": ["a-b"], "title": "</script>${x}`\\ 도\u2028", "at": ""},
    {"command": "command", "nested": {"command": "command"}},
)


@pytest.fixture
def given(monkeypatch):
    """Collect what the component gets."""
    found = []
    monkeypatch.setattr(
        streamlit_folium, "_component_func", lambda **given: found.append(given)
    )
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_it_gets_what_the_library_would_give(command, given):
    st_folium(
        folium_map.base_map(SCRIPT),
        key="map",
        height=map_frame.NOMINAL_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=folium_map.view_group(command),
        on_change=lambda: None,
    )
    for _ in range(2):
        map_frame.draw(SCRIPT, command, key="map", on_change=lambda: None)
    for one in given:
        assert callable(one.pop("on_change"))
    library, *ours = given
    assert ours == [library, library]
    # In its order too: what is sent is compared as text. These two are not sent.
    sent = [[x for x in one if x not in ("key", "default")] for one in given]
    assert sent == [sent[0]] * 3


def test_the_map_is_rendered_once_for_all_commands(given, monkeypatch):
    made = []
    base = map_frame.base_map
    monkeypatch.setattr(map_frame, "base_map", lambda x: made.append(x) or base(x))
    map_frame._frame.cache_clear()
    for command in COMMANDS * 3:
        map_frame.draw(SCRIPT, command, key="map", on_change=lambda: None)
    assert made == [SCRIPT]
    assert len({one["feature_group"] for one in given}) == len(COMMANDS)
    assert map_frame._frame.cache_info().maxsize < 20


def test_a_message_is_put_where_it_is_looked_for(given, monkeypatch):
    state = {}
    monkeypatch.setattr(map_frame.st, "session_state", state)
    heard = []
    map_frame.draw(SCRIPT, {}, key="map", on_change=lambda: heard.append(dict(state)))
    state[given[0]["key"]] = {"n": 1}
    given[0]["on_change"]()
    assert heard[0]["map"] == {"n": 1}
