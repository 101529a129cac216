/* The reader's own rows, taken out of the element that the page holds for the map: words,
   and numbers as arrays. Written by render/overlay_map.py. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = (bv.overlay = {});
  const { page } = bv.host;
  const TYPES = { i4: Int32Array, f4: Float32Array, i2: Int16Array, u1: Uint8Array };
  const WORLD = 256; // pixels of the whole world at zoom 0

  const element = (version) =>
    page.document.querySelector(`.bv-own-data[data-version="${CSS.escape(version)}"]`);

  let watch = null;

  /* End the wait for an element that nobody wants any more. */
  own.stopWaiting = () => {
    if (watch) watch.disconnect();
    watch = null;
  };

  /* The page may draw the element after the map's command came. */
  const arrived = (version) =>
    new Promise((resolve) => {
      own.stopWaiting();
      const found = element(version);
      if (found) return resolve(found.textContent);
      watch = new MutationObserver(() => {
        const late = element(version);
        if (!late) return;
        own.stopWaiting();
        resolve(late.textContent);
      });
      return watch.observe(page.document.body, { childList: true, subtree: true });
    });

  const bytesOf = (text) => {
    const signs = atob(text);
    const bytes = new Uint8Array(signs.length);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = signs.charCodeAt(i);
    return bytes;
  };

  const inflated = (bytes) => {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).arrayBuffer();
  };

  /* Take the buffer apart: length of the words, the words, the arrays in their order. */
  const parse = (buffer) => {
    const length = new DataView(buffer).getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    let from = 4 + length;
    for (const [name, type, count] of head.arrays) {
      // A copy: the buffer with all words in it can go.
      head[name] = new TYPES[type](buffer, from, count).slice();
      from += head[name].byteLength;
    }
    return head;
  };

  /* Degrees to pixels of the whole world at zoom 0, so that a zoom is one multiplication. */
  const projected = (degrees, units) => {
    const found = new Float64Array(degrees.length);
    for (let i = 0; i < degrees.length; i += 2) {
      const sine = Math.sin(((degrees[i + 1] / units) * Math.PI) / 180);
      const bounded = Math.max(-0.9999, Math.min(0.9999, sine));
      found[i] = WORLD * (0.5 + degrees[i] / units / 360);
      found[i + 1] = WORLD * (0.5 - Math.log((1 + bounded) / (1 - bounded)) / (4 * Math.PI));
    }
    return found;
  };

  /* From steps to sums, each `width` numbers a step. */
  const summed = (steps, width) => {
    for (let i = width; i < steps.length; i += 1) steps[i] += steps[i - width];
    return steps;
  };

  /* Where each line or area is in the array of vertices, and its box. */
  const parts = ({ path, ringSizes, partRings, partRows, areas }) => {
    let vertex = 0;
    let ring = 0;
    return Array.from(partRows, (row, n) => {
      const part = { row, isArea: Boolean(areas[n]), rings: [], box: [Infinity, Infinity, -Infinity, -Infinity] };
      const { box } = part;
      for (const last = ring + partRings[n]; ring < last; ring += 1) {
        const end = vertex + ringSizes[ring];
        part.rings.push([vertex, end]);
        for (; vertex < end; vertex += 1) {
          const [x, y] = [path[2 * vertex], path[2 * vertex + 1]];
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x);
          box[3] = Math.max(box[3], y);
        }
      }
      return part;
    });
  };

  /* The points that are drawn: those of rows without a shape, and those of shapes. */
  const spots = (head) => {
    const single = [];
    for (let i = 0; i < head.shaped.length; i += 1) if (!head.shaped[i]) single.push(i);
    const rows = new Int32Array(single.length + head.pointRows.length);
    const at = new Float64Array(2 * rows.length);
    single.forEach((row, n) => {
      rows[n] = row;
      at[2 * n] = head.at[2 * row];
      at[2 * n + 1] = head.at[2 * row + 1];
    });
    rows.set(head.pointRows, single.length);
    at.set(head.points, 2 * single.length);
    return { rows, at };
  };

  const read = async (text) => {
    const head = parse(await inflated(bytesOf(text)));
    for (const name of ["at", "points"]) head[name] = projected(head[name], head.units);
    head.path = projected(summed(head.path, 2), head.units);
    const { rows, at } = spots(head);
    return {
      count: head.kinds.length,
      marks: head.marks, // [token, symbol] of each kind
      categoryOf: (row) => head.categories[head.category[row]] || "",
      titles: head.titles.split("\n"),
      dates: head.dates.split("\n"),
      ends: head.ends.split("\n"),
      numbers: summed(head.numbers, 1),
      radii: head.radii,
      kinds: head.kinds,
      at: head.at, // of rows
      spots: at, // of what is drawn as a point
      spotRows: rows,
      path: head.path,
      parts: parts(head),
    };
  };

  /* Read the rows of a version, as soon as the page has them. */
  own.read = async (version) => read(await arrived(version));

  /* A place of the arrays as Leaflet has it. */
  own.latLng = (x, y) => {
    const n = Math.PI * (1 - (2 * y) / WORLD);
    return L.latLng((Math.atan(Math.sinh(n)) * 180) / Math.PI, (x / WORLD - 0.5) * 360);
  };

  own.placeOf = (data, row) => own.latLng(data.at[2 * row], data.at[2 * row + 1]);
})();
