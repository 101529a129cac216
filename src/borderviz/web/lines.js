/* Borders, zones and routes: SVG paths that take their colours from the style sheet. */
(() => {
  "use strict";
  const bv = window.borderviz;
  bv.mains = []; // lines without a dash: what the map is about, never to be hidden

  bv.drawLines = (base) => {
    const bands = base.lines.filter((line) => line.filled);
    const lines = base.lines.filter((line) => !line.filled);
    for (const line of [...bands, ...lines]) drawLine(line, base.styles[line.style]);
    base.routes.forEach((route, n) => drawRoute(route, base.styles[route.style], n));
  };

  const itemOf = (id, layer) => {
    if (!bv.items.has(id)) bv.items.set(id, { id, layer, layers: [] });
    return bv.items.get(id);
  };

  const path = (kind, points, item, options) => {
    const layer = kind(points, { renderer: bv.lineRenderer, ...options });
    layer.feature = bv.feature(item.id, { layer: item.layer });
    item.layers.push(layer);
    bv.groups.get(item.layer).addLayer(layer);
    return layer;
  };

  const hit = (style) => ({ className: `bv-hit bv-c-${style}`, weight: 16 });

  /* What is under the pointer is wider than what is seen: a finger must hit it. */
  const listen = (layer, item) => {
    layer.bindTooltip(() => bv.tooltip(item.id), { sticky: true, className: "bv-tip" });
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      bv.select(item.id, event.latlng);
    });
  };

  const drawLine = (line, style) => {
    const item = itemOf(line.id, line.layer);
    const parts = line.parts.map((rings) => rings.map((r) => bv.unpack(r, line.units)));
    if (line.filled) {
      const className = `bv-band bv-c-${line.style}`;
      const options = { className, weight: style.weight, renderer: bv.bandRenderer };
      listen(path(L.polygon, parts, item, options), item);
      return;
    }
    const points = parts.flat();
    const common = { interactive: false, smoothFactor: 1 };
    const dashArray = style.dash;
    if (!dashArray) {
      bv.mains.push({ layer: line.layer, points });
      path(L.polyline, points, item, {
        ...common,
        className: "bv-casing",
        weight: style.weight + 3,
      });
    }
    path(L.polyline, points, item, {
      ...common,
      className: `bv-line bv-c-${line.style}`,
      weight: style.weight,
      dashArray,
    });
    listen(path(L.polyline, points, item, hit(line.style)), item);
  };

  /* A leg is bent a little, each route by another amount: the lines are schematic, and
     routes that share two cities stay apart. */
  const bent = (leg, bend) => {
    const a = L.CRS.EPSG3857.project(L.latLng(leg[1], leg[0]));
    const b = L.CRS.EPSG3857.project(L.latLng(leg[3], leg[2]));
    const control = a
      .add(b)
      .divideBy(2)
      .add(L.point(a.y - b.y, b.x - a.x).multiplyBy(bend));
    const points = [];
    for (let i = 0; i <= 16; i += 1) {
      const t = i / 16;
      const u = 1 - t;
      const p = a
        .multiplyBy(u * u)
        .add(control.multiplyBy(2 * u * t))
        .add(b.multiplyBy(t * t));
      points.push(L.CRS.EPSG3857.unproject(p));
    }
    return points;
  };

  const drawRoute = (route, style, number) => {
    const item = itemOf(route.id, route.layer);
    const bend = 0.05 + 0.022 * (number % 6);
    const legs = route.legs.map((leg) => bent(leg, bend));
    path(L.polyline, legs, item, {
      interactive: false,
      className: `bv-casing bv-c-${route.style}`,
      weight: style.weight + 2,
    });
    path(L.polyline, legs, item, {
      interactive: false,
      className: `bv-line bv-c-${route.style}`,
      weight: style.weight,
      dashArray: style.dash,
    });
    listen(path(L.polyline, legs, item, hit(route.style)), item);
    route.legs.forEach((leg, n) => {
      if (leg[4]) arrow(legs[n], item, route.style);
    });
    for (const [lon, lat] of route.stops) {
      path(L.circleMarker, [lat, lon], item, {
        interactive: false,
        radius: 3.5,
        className: `bv-stop bv-c-${route.style}`,
      });
    }
  };

  /* An arrow head two thirds along, turned the way the leg runs on the map. */
  const arrow = (points, item, styleName) => {
    const [a, b] = [points[10], points[11]].map((p) => L.CRS.EPSG3857.project(p));
    const turn = (Math.atan2(b.x - a.x, b.y - a.y) * 180) / Math.PI;
    const icon = L.divIcon({
      className: `bv-arrow bv-c-${styleName}`,
      html: bv.svg("triangle", turn, "0.62"),
      iconSize: [20, 20],
    });
    const marker = L.marker(points[11], { icon, interactive: false, keyboard: false });
    marker.feature = bv.feature(item.id, { layer: item.layer });
    item.layers.push(marker);
    bv.groups.get(item.layer).addLayer(marker);
  };
})();
