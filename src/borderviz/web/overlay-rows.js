/* Single rows of those that stay on the server: what is known of them is fetched when
   somebody asks, and looks to all else like rows that the browser has. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const WORLD = 256; // pixels of the whole world at zoom 0
  const KEPT = 400; // rows whose words are kept

  const worldOf = (lon, lat) => {
    const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
    return [x, y].map((v) => Math.max(0, Math.min(WORLD - 1e-9, v)));
  };

  /* Degrees west, south, east, north as left, top, right, bottom of the world. */
  own.worldBox = ([west, south, east, north]) => {
    const [left, top] = worldOf(west, north);
    const [right, bottom] = worldOf(east, south);
    return [left, top, right, bottom];
  };

  /* The data of a command whose rows stay on the server. */
  own.crowd = ({ version, crowd }) => {
    const known = { titles: {}, dates: {}, ends: {}, numbers: {}, kinds: {}, radii: {}, at: {}, names: {} };
    return {
      ...known,
      known,
      version,
      address: crowd.address,
      asked: new Map(), // row -> promise, the latest last
      count: crowd.total,
      marks: crowd.looks,
      categoryOf: (row) => known.names[row] || "",
      spots: new Float64Array(0),
      spotRows: new Int32Array(0),
      path: [],
      parts: [],
    };
  };

  const take = (data, row, found) => {
    const { known } = data;
    known.titles[row] = found.title;
    known.dates[row] = found.date;
    known.ends[row] = found.end;
    known.numbers[row] = found.number;
    known.names[row] = found.category;
    known.kinds[row] = found.look;
    known.radii[row] = found.km || 0;
    [known.at[2 * row], known.at[2 * row + 1]] = worldOf(found.lon, found.lat);
  };

  const forget = (data, row) => {
    data.asked.delete(row);
    for (const [name, values] of Object.entries(data.known)) {
      if (name !== "at") delete values[row];
    }
    delete data.known.at[2 * row];
    delete data.known.at[2 * row + 1];
  };

  const ask = async (data, row) => {
    const response = await fetch(`${data.address}/${data.version}/row/${row}`);
    if (!response.ok) throw new Error(`${response.status} for row ${row}`);
    take(data, row, await response.json());
  };

  /* Tell whether all is known of rows that the browser needs to tell of them. */
  own.knows = (rows) => {
    const { data } = own.now;
    return !data || !data.known || rows.every((row) => row in data.known.titles);
  };

  /* Fetch what is to be said of rows; false if that failed. */
  own.learn = async (rows) => {
    const { data } = own.now;
    for (const row of rows) {
      if (!data.asked.has(row)) data.asked.set(row, ask(data, row));
    }
    try {
      await Promise.all(rows.map((row) => data.asked.get(row)));
    } catch {
      for (const row of rows) if (!(row in data.known.titles)) data.asked.delete(row);
      return false;
    }
    const kept = new Set([...rows, own.now.chosen]);
    for (const row of data.asked.keys()) {
      if (data.asked.size <= KEPT) break;
      if (!kept.has(row)) forget(data, row);
    }
    return own.now.data === data;
  };
})();
