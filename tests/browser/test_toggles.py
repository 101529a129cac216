"""Layer toggles: exactly their features, on the same map, and in the address."""

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from borderviz.layers import counts

pytestmark = pytest.mark.browser

IS_SHOWN = "([id, on]) => map.hasLayer(borderviz.groups.get(id)) === on"


def toggle(dashboard, layer, *, on):
    dashboard.checkbox(layer).click()
    expect(dashboard.is_checked(layer)).to_be_checked(checked=on)
    dashboard.wait_js(IS_SHOWN, [layer, on])


def test_every_toggle_takes_and_brings_exactly_its_own_features(dashboard, atlas):
    """The mark on the frame's window goes if the map is ever made anew."""
    before = dashboard.open().ids()
    dashboard.js("() => { window.__mark = map; }")
    for layer in atlas.settings.layers:
        name = "place" if layer.places else layer.id
        toggle(dashboard, layer.id, on=not layer.on)
        now = dashboard.ids()
        assert (name in now) is (not layer.on)
        rest = {k: v for k, v in now.items() if k != name}
        assert rest == {k: v for k, v in before.items() if k != name}
        listed = [
            other.id
            for other in atlas.settings.layers
            if other.on is not (other.id == layer.id)
        ]
        dashboard.wait_address(layers=".".join(listed))
        toggle(dashboard, layer.id, on=layer.on)
        assert dashboard.ids() == before
    dashboard.wait_address(layers="")
    assert dashboard.js("() => window.__mark === map")


def test_cities_of_routes_are_named_as_soon_as_the_routes_are_on(dashboard):
    dashboard.open()
    city = dashboard.in_map.locator(".bv-words").get_by_text("Shenyang", exact=True)
    expect(city).to_be_hidden()
    toggle(dashboard, "routes", on=True)
    expect(city).to_be_visible()
    toggle(dashboard, "routes", on=False)
    expect(city).to_be_hidden()


def test_layers_survive_a_reload(dashboard, atlas):
    dashboard.open()
    toggle(dashboard, "sites", on=True)
    toggle(dashboard, "incidents", on=False)
    wanted = [
        layer.id
        for layer in atlas.settings.layers
        if (layer.on and layer.id != "incidents") or layer.id == "sites"
    ]
    dashboard.wait_address(layers=".".join(wanted))
    before = dashboard.ids()
    dashboard.reload()
    assert dashboard.ids() == before
    assert dashboard.query["layers"] == ".".join(wanted)
    expect(dashboard.is_checked("sites")).to_be_checked()
    expect(dashboard.is_checked("incidents")).not_to_be_checked()


def test_no_layer_at_all_is_a_view_too(visit, atlas):
    first = visit().open("?layers=sites")
    toggle(first, "sites", on=False)
    first.wait_address(layers="none")
    second = visit().open(f"?{first.page.url.split('?')[1]}")
    assert second.ids() == {}
    for layer in atlas.settings.layers:
        expect(second.is_checked(layer.id)).not_to_be_checked()


def test_a_toggle_keeps_what_is_selected_and_where_the_map_is(dashboard):
    dashboard.open("?sel=changbai-hyesan")
    dashboard.look_at(41.41, 128.18, 9)
    toggle(dashboard, "crossings-south", on=False)
    # The sentence above the map gets a second line. The map keeps its middle then, give
    # or take half a pixel, which is 0.001 degrees here.
    dashboard.page.wait_for_function(
        """() => {
          const query = new URLSearchParams(location.search);
          const [lat, lon, zoom] = (query.get('at') || '').split(',').map(Number);
          return query.get('sel') === 'changbai-hyesan' && query.get('layers')
            && zoom === 9 && Math.hypot(lat - 41.41, lon - 128.18) < 0.003;
        }"""
    )
    expect(dashboard.popup).to_be_visible()
    assert dashboard.js("() => map.getZoom()") == 9


# How many circles are counted where the map is.
COUNTED = "() => Number(document.querySelector('.bv-coverage').dataset.circles)"


def test_circles_for_all_are_drawn_on_demand_and_kept(dashboard, atlas):
    dashboard.open()
    layer = dashboard.in_map.locator(".bv-coverage")
    expect(layer).to_have_count(0)
    dashboard.page.locator(".st-key-layer-circles label").click()
    dashboard.wait_address(circles="1")
    counted = dashboard.js(COUNTED)
    assert counted > 150
    off = {layer.id for layer in atlas.settings.layers if not layer.on}
    assert not off & set(dashboard.ids())
    dashboard.reload()
    assert dashboard.js(COUNTED) == counted
    dashboard.page.locator(".st-key-layer-circles label").click()
    expect(layer).to_have_count(0)
    dashboard.wait_address(circles="")


def test_a_toggle_after_the_first_is_one_run_and_few_bytes(visit, atlas):
    """The map is told what to show, and nothing that it has is sent again."""
    received: list[bytes] = []
    dashboard = visit()
    dashboard.page.on(
        "websocket",
        lambda found: found.on(
            "framereceived", lambda frame: received.append(bytes(frame))
        ),
    )
    dashboard.open()
    counted = counts(atlas)
    most = max(atlas.settings.layers, key=lambda x: counted[x.id] if x.on else 0)
    toggle(dashboard, most.id, on=not most.on)
    dashboard.wait_address(layers=_listed(atlas, most.id))
    for on in (most.on, not most.on, most.on):
        asked, before = len(dashboard.sent), len(received)
        toggle(dashboard, most.id, on=on)
        dashboard.wait_address(layers="" if on is most.on else _listed(atlas, most.id))
        dashboard.page.wait_for_function(
            "document.querySelector('[data-test-script-state=\"notRunning\"]')"
        )
        kinds = [ForwardMsg.FromString(m).WhichOneof("type") for m in received[before:]]
        assert kinds.count("script_finished") == 1
        assert len(dashboard.sent) - asked == 1
        assert sum(map(len, received[before:])) <= 50_000


def _listed(atlas, changed: str) -> str:
    """Write which layers are on when one of them is not as it was."""
    return ".".join(
        x.id for x in atlas.settings.layers if x.on is not (x.id == changed)
    )
