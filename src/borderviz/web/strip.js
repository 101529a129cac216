/* Strips and the map: what one points at, the other shows. The strips are part of the page
   around the map; they say in their attributes which line, which record, which kilometres. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { page } = bv.host;
  const pointed = L.layerGroup(); // what the pointer is on, in a strip
  const held = L.layerGroup(); // the range of the selected record
  const tapes = new Map(); // axis -> {points, at: km of each point}

  const EVERY = 16; // points from one that has its kilometre to the next, as in map_axes.py

  /* The points of a line in the order of its kilometres. Some have theirs from the program,
     which knows every bend; between them the drawn line is measured. */
  const tapeOf = (id) => {
    if (tapes.has(id)) return tapes.get(id);
    const axis = bv.baseData.axes[id];
    const points = axis.lines.flatMap((n) => {
      const line = bv.baseData.lines[n];
      return line.parts.flat().flatMap((flat) => bv.unpack(flat, line.units));
    });
    if (axis.reverse) points.reverse();
    const at = [0];
    let told = axis.at[0] / 100;
    axis.at.slice(1).forEach((step, n) => {
      const first = n * EVERY;
      const last = Math.min(first + EVERY, points.length - 1);
      const lengths = [0];
      for (let i = first + 1; i <= last; i += 1) {
        lengths.push(lengths[i - first - 1] + bv.map.distance(points[i - 1], points[i]));
      }
      const whole = lengths[lengths.length - 1] || 1;
      for (let i = 1; i < lengths.length; i += 1) {
        at[first + i] = told + ((step / 100) * lengths[i]) / whole;
      }
      told += step / 100;
    });
    const tape = { points, at };
    tapes.set(id, tape);
    return tape;
  };

  const pointAt = ({ points, at }, km) => {
    const found = at.findIndex((other) => other >= km);
    const next = found < 0 ? at.length - 1 : Math.max(1, found);
    const [a, b] = [points[next - 1], points[next]];
    const part = Math.min(1, Math.max(0, (km - at[next - 1]) / (at[next] - at[next - 1] || 1)));
    return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
  };

  /* Where a kilometre of a reference line is: [lat, lng]. */
  bv.placeOf = (id, km) => pointAt(tapeOf(id), km);

  const section = (id, low, high) => {
    const tape = tapeOf(id);
    const inner = tape.points.filter((_, n) => tape.at[n] > low && tape.at[n] < high);
    return [pointAt(tape, low), ...inner, pointAt(tape, high)];
  };

  const ribbon = (id, [low, high], className) =>
    L.polyline(section(id, low, high), {
      pane: "bv-circles",
      interactive: false,
      smoothFactor: 1,
      weight: 11,
      className,
    });

  const known = (id) => bv.baseData && bv.baseData.axes && bv.baseData.axes[id];

  /* Show on the line where the selected record may be. */
  bv.useSpan = (span) => {
    held.clearLayers();
    held.addTo(bv.map);
    if (!span || !known(span.axis)) return;
    for (const one of span.spans) held.addLayer(ribbon(span.axis, one, "bv-span"));
  };

  const numbers = (words) => words.split(",").map(Number);

  const marksOf = (id) => page.document.querySelectorAll(`.bv-s[data-id="${CSS.escape(id)}"]`);

  /* Make a record's marks on the strips stand out; an empty id ends it. */
  bv.tellPointed = (id) => {
    for (const mark of page.document.querySelectorAll(".bv-s-at")) mark.classList.remove("bv-s-at");
    if (id) for (const mark of marksOf(id)) mark.classList.add("bv-s-at");
  };

  const clear = () => {
    pointed.clearLayers();
    bv.tellPointed("");
    for (const hair of page.document.querySelectorAll(".bv-s-hair")) hair.remove();
  };

  const showRecord = (strip, mark) => {
    bv.tellPointed(mark.dataset.id);
    const spans = new Set([...marksOf(mark.dataset.id)].map((m) => m.dataset.span).filter(Boolean));
    for (const span of spans) pointed.addLayer(ribbon(strip.dataset.axis, numbers(span), "bv-span"));
    const item = bv.items.get(mark.dataset.id);
    const text = bv.texts.get(mark.dataset.id);
    if (!item || !item.at || !text || !text.km) return;
    pointed.addLayer(bv.circle(item, text.km, "bv-circle bv-circle-chosen"));
  };

  /* A hair at the pointer with its kilometre, and the same place on the map. */
  const showKm = (strip, event) => {
    const box = strip.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    if (part < 0 || part > 1) return;
    const { km } = bv.baseData.axes[strip.dataset.axis];
    const hair = page.document.createElement("i");
    hair.className = "bv-s-hair";
    hair.style.left = `${part * 100}%`;
    hair.textContent = bv.say("strip-km", { km: Math.round(part * km) });
    strip.appendChild(hair);
    const at = bv.placeOf(strip.dataset.axis, part * km);
    const options = { pane: "bv-circles", radius: 7, interactive: false, className: "bv-here" };
    pointed.addLayer(L.circleMarker(at, options));
  };

  /* A symbol before a bar: bars are many and run below most symbols. */
  const near = (strip, event) => {
    const symbols = bv.near(strip, ":is(.bv-s-dot, .bv-s-gate)[data-id]", event, 8);
    return symbols.length ? symbols : bv.near(strip, ".bv-s-bar[data-id]", event, 4);
  };

  const onMove = (event) => {
    const strip = event.target.closest && event.target.closest(".bv-strip");
    if (event.pointerType === "touch") return;
    clear();
    if (!strip || !bv.view || !known(strip.dataset.axis)) return;
    pointed.addTo(bv.map);
    const [mark] = near(strip, event);
    if (mark) showRecord(strip, mark);
    showKm(strip, event);
    describe(mark);
  };

  const describe = (mark) => {
    const text = mark && bv.all && bv.all.get(mark.dataset.id);
    if (text && !mark.title) mark.title = bv.nameOf(text);
  };

  const onClick = (event) => {
    const strip = event.target.closest && event.target.closest(".bv-strip");
    if (!strip || event.button || event.target.closest("a, .bv-own")) return;
    // Records of one day at one place lie on each other: each click takes the next.
    const ids = [...new Set(near(strip, event).map((mark) => mark.dataset.id))].sort();
    if (ids.length) bv.choose(ids[(ids.indexOf(bv.selected) + 1) % ids.length]);
  };

  bv.watchStrips = () => {
    bv.listen([
      ["pointermove", onMove],
      ["click", onClick],
    ]);
  };
})();
