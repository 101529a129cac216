"""Clicks on the map with a real mouse: points, lines, stacks; tooltips and circles."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LONELY = ("2025-03-07-yellow-sea-drifters", "changbai-hyesan")
JSA = (37.956, 126.677)

# A point of a line that nothing else covers, in pixels of the frame.
FREE_SPOT = """id => {
  const size = map.getSize();
  for (const layer of borderviz.items.get(id).layers) {
    const shape = layer.getElement?.();
    if (!shape || !layer.options.interactive || !layer.getLatLngs) continue;
    for (const at of layer.getLatLngs().flat(3)) {
      const p = map.latLngToContainerPoint(at);
      if (p.x < 80 || p.y < 80 || p.x > size.x - 80 || p.y > size.y - 80) continue;
      if (document.elementFromPoint(p.x, p.y) === shape) return [p.x, p.y];
    }
  }
  return null;
}"""
GROUP_OF = """id => {
  let found = null;
  map.eachLayer((layer) => {
    const known = layer.feature && layer.feature.properties;
    if (!known || !known.ids || !known.ids.includes(id)) return;
    const p = map.latLngToContainerPoint(layer.getLatLng());
    const text = layer.getElement().textContent;
    found = { ids: known.ids, at: [p.x, p.y], text };
  });
  return found;
}"""


@pytest.mark.parametrize("record", LONELY)
def test_a_click_on_a_point_opens_popup_and_panel(dashboard, atlas, record):
    dashboard.open()
    lon, lat = atlas.positions[record]
    dashboard.look_at(lat, lon, 9)
    dashboard.click_map(*dashboard.spot(record))
    title = atlas.records[record].title["en"]
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    expect(dashboard.title).to_have_text(title)
    dashboard.wait_address(sel=record)
    place = atlas.records[record].place
    expect(dashboard.popup).to_contain_text(place["en"] if place else "")


def test_the_popup_does_not_wait_for_the_server(visit, atlas):
    """Nothing the page says reaches the server until the test lets it."""
    dashboard, held, servers = visit(), [], []

    def connect(route):
        server = route.connect_to_server()
        servers.append(server)
        route.on_message(lambda m: held.append(m) if is_cut else server.send(m))

    is_cut = False
    dashboard.page.route_web_socket("**/_stcore/stream", connect)
    dashboard.open()
    record = LONELY[0]
    lon, lat = atlas.positions[record]
    dashboard.look_at(lat, lon, 9)
    is_cut = True
    dashboard.click_map(*dashboard.spot(record))
    title = atlas.records[record].title["en"]
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    expect(dashboard.in_map.locator(".bv-circle-chosen")).to_be_attached()
    expect(dashboard.title).to_have_text("Overview")
    assert held
    for message in held:
        servers[-1].send(message)
    expect(dashboard.title).to_have_text(title)


@pytest.mark.parametrize(
    ("line", "lat", "lon", "zoom", "words"),
    [
        ("mdl", 38.3, 127.6, 10, "248 km"),
        ("dmz", 38.3, 127.6, 12, "Who asserts it"),
        ("china-border-yalu", 41.0, 126.3, 9, "795 km"),
        ("nll-west", 37.7, 125.4, 9, "Who asserts it"),
    ],
)
def test_a_click_on_a_line_says_what_it_is(
    dashboard, atlas, line, lat, lon, zoom, words
):
    dashboard.open()
    dashboard.look_at(lat, lon, zoom)
    spot = dashboard.js(FREE_SPOT, line)
    assert spot, f"{line} is nowhere free to be clicked"
    dashboard.click_map(*spot)
    title = atlas.records[line].title["en"]
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    expect(dashboard.title).to_have_text(title)
    expect(dashboard.detail).to_contain_text(words)
    dashboard.wait_address(sel=line)


def test_a_route_has_arrows_and_a_panel(dashboard, atlas):
    dashboard.open("?layers=routes")
    dashboard.look_at(44, 118, 5)
    arrows = dashboard.in_map.locator(".bv-arrow")
    assert arrows.count() > 10
    dashboard.click_map(*dashboard.js(FREE_SPOT, "mongolia"))
    expect(dashboard.title).to_have_text(atlas.records["mongolia"].title["en"])
    expect(dashboard.detail).to_contain_text("Lines join cities only.")


def test_a_stack_lists_all_its_records_and_opens_each(dashboard, atlas):
    dashboard.open()
    dashboard.look_at(*JSA, 14)
    group = dashboard.js(GROUP_OF, "2017-11-13-jsa")
    assert len(group["ids"]) >= 12
    assert group["text"] == str(len(group["ids"]))
    hidden = dashboard.js(
        "ids => ids.every(id => borderviz.items.get(id)"
        ".marker.getElement().classList.contains('bv-hidden'))",
        group["ids"],
    )
    assert hidden
    back = dashboard.page.get_by_role("link", name="Back to the overview")
    for record in group["ids"]:
        dashboard.click_map(*dashboard.js(GROUP_OF, record)["at"])
        rows = dashboard.popup.get_by_role("button").filter(has_not_text="×")
        expect(rows).to_have_count(len(group["ids"]))
        titles = [atlas.records[i].title["en"] for i in group["ids"]]
        assert sorted(rows.locator("b").all_inner_texts()) == sorted(titles)
        title = atlas.records[record].title["en"]
        rows.locator("b").get_by_text(title, exact=True).first.click()
        expect(dashboard.popup.locator("h3")).to_have_text(title)
        expect(dashboard.title).to_have_text(title)
        # It stays: a popup that closes is still there while it fades.
        assert dashboard.js("() => borderviz.popup.isOpen()")
        back.click()
        expect(dashboard.title).to_have_text("Overview")
        expect(dashboard.popup).to_have_count(0)


def test_a_pointer_over_a_symbol_brings_a_short_tooltip(dashboard, atlas):
    dashboard.open()
    record = LONELY[0]
    lon, lat = atlas.positions[record]
    dashboard.look_at(lat, lon, 8)
    tip = dashboard.in_map.locator(".bv-tip")
    expect(tip).to_have_count(0)
    x, y = dashboard.on_page(*dashboard.spot(record))
    dashboard.page.mouse.move(x, y)
    expect(tip).to_contain_text(atlas.records[record].title["en"])
    expect(tip).to_contain_text("7 March 2025")
    dashboard.page.mouse.move(x - 120, y - 120)
    expect(tip).to_have_count(0)
    assert "sel" not in dashboard.query


def test_a_selected_point_wears_the_circle_of_what_is_known(dashboard, atlas):
    record = "2025-10-19-cheorwon-soldier"
    dashboard.open(f"?sel={record}")
    chosen = dashboard.in_map.locator(".bv-circle-chosen")
    expect(chosen).to_be_attached()
    radii = dashboard.js(
        """() => {
          const found = [];
          map.eachLayer((layer) => {
            if (layer instanceof L.Circle) {
              found.push([layer.feature.properties.id, layer.getRadius()]);
            }
          });
          return found;
        }"""
    )
    assert atlas.records[record].uncertainty_km == 15
    assert radii == [[record, 15_000]]
    expect(dashboard.popup).to_contain_text("known within 15 km")
