/* Rows that are more than a browser can draw stay on the server. Their picture comes in
   tiles: counts in cells, or points where there are few. One picture is of one level and
   one set of filters; the one before stays until the next is whole. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const { map } = bv;
  const WORLD = 256; // pixels of the whole world at zoom 0
  const [LOWEST, HIGHEST] = [2, 13]; // levels
  const MARGIN = 0.35; // of the map's size, loaded beyond what is seen
  const AT_ONCE = 6; // requests
  const KEPT = 96; // tiles of a picture
  const AGAIN_MS = [1000, 4000, 10_000]; // after a failure

  let source = null; // address, version, filters, extent
  let picture = null; // what is drawn
  let coming = null; // what will be, when it is whole
  let again = 0;

  const levelOf = (zoom) => Math.max(LOWEST, Math.min(HIGHEST, Math.ceil(zoom) - 1));

  const newPicture = (level) => ({
    name: `${source.f}|${level}`,
    f: source.f,
    level,
    tiles: new Map(), // by address, the latest wanted last
    flights: new Map(), // address -> AbortController
    wanted: [],
    seen: [], // those of the wanted ones that the map shows
    failed: new Set(), // addresses
    resting: new Set(), // those of them that are not asked for now
    rounds: 0, // in which they were asked for again
    most: 1, // rows in its fullest cell
    isPoints: false, // or cells
  });

  /* Places of tiles on a part of the map, the nearest to its middle first. */
  const places = (centre, zoom, level, margin) => {
    const middle = map.project(centre, zoom);
    const half = map.getSize().multiplyBy(0.5 + margin);
    const scale = 2 ** (level - zoom) / WORLD;
    const last = 2 ** level - 1;
    const { box } = source;
    const range = (at, reach, from, to) => {
      const first = Math.max(0, Math.floor((at - reach) * scale), Math.floor(from * 2 ** level));
      const end = Math.min(last, Math.floor((at + reach) * scale), Math.floor(to * 2 ** level));
      return Array.from({ length: Math.max(0, end - first + 1) }, (_, n) => first + n);
    };
    const xs = range(middle.x, half.x, box[0], box[2]);
    const ys = range(middle.y, half.y, box[1], box[3]);
    const far = ([, x, y]) =>
      Math.hypot(x + 0.5 - middle.x * scale, y + 0.5 - middle.y * scale);
    return xs.flatMap((x) => ys.map((y) => [level, x, y])).sort((a, b) => far(a) - far(b));
  };

  const fetchTile = async (into, place) => {
    const name = place.join("/");
    const flight = new AbortController();
    into.flights.set(name, flight);
    const query = into.f ? `?f=${into.f}` : "";
    try {
      const address = `${source.address}/${source.version}/${name}${query}`;
      const response = await fetch(address, { signal: flight.signal });
      if (!response.ok) throw new Error(`${response.status} for ${address}`);
      const tile = own.parseTile(await response.arrayBuffer(), place);
      into.tiles.set(name, tile);
      into.failed.delete(name);
      into.most = tile.counts.reduce((a, b) => Math.max(a, b), into.most);
    } catch (error) {
      if (error.name !== "AbortError") {
        into.failed.add(name);
        into.resting.add(name);
      }
    }
    if (into.flights.get(name) === flight) into.flights.delete(name);
  };

  const isMissing = (into, place) => !into.tiles.has(place.join("/"));

  /* Ask for what is wanted and not there yet, so many at a time. */
  const pump = (into) => {
    const isIdle = (place) => {
      const name = place.join("/");
      return isMissing(into, place) && !into.flights.has(name) && !into.resting.has(name);
    };
    const room = Math.max(0, AT_ONCE - into.flights.size);
    for (const place of into.wanted.filter(isIdle).slice(0, room)) {
      fetchTile(into, place).then(() => {
        if (into !== picture && into !== coming) return;
        if (into.resting.size) retry(into);
        settle(into);
        pump(into);
      });
    }
  };

  /* After a while ask again for what failed, a few times; and when the map moves. */
  const retry = (into) => {
    own.tellCells();
    if (again || into.rounds === AGAIN_MS.length) return;
    again = setTimeout(() => {
      again = 0;
      into.resting.clear();
      pump(into);
    }, AGAIN_MS[into.rounds]);
    into.rounds += 1;
  };

  const stop = (old) => {
    if (old) for (const flight of old.flights.values()) flight.abort();
  };

  /* A tile has come: draw it, or the whole picture if it is the last one in view. */
  const settle = (into) => {
    if (into === coming) {
      if (coming.seen.some((place) => isMissing(coming, place))) return;
      stop(picture);
      [picture, coming] = [coming, null];
    }
    forgetFar();
    show(true);
  };

  /* Draw the picture, if a tile has come or what is seen is of another kind now. */
  const show = (isNew) => {
    const isPoints = arePoints();
    if (!isNew && isPoints === picture.isPoints) return;
    picture.isPoints = isPoints;
    arrange();
    own.redraw();
  };

  const forgetFar = () => {
    for (const name of picture.tiles.keys()) {
      if (picture.tiles.size <= Math.max(KEPT, picture.wanted.length)) return;
      picture.tiles.delete(name);
    }
  };

  /* One picture has one kind: all that is seen can stand apart, or none of it does. */
  const arePoints = () =>
    picture.seen.every((place) => (picture.tiles.get(place.join("/")) || picture).isPoints);

  /* The points of all tiles as one, for whatever draws or finds rows. */
  const arrange = () => {
    const { data } = own.now;
    const tiles = picture.isPoints ? [...picture.tiles.values()].filter((tile) => tile.isPoints) : [];
    const count = tiles.reduce((sum, tile) => sum + tile.rows.length, 0);
    data.spots = new Float64Array(2 * count);
    data.spotRows = new Int32Array(count);
    data.kinds = Object.create(data.known.kinds);
    data.radii = Object.create(data.known.radii);
    let from = 0;
    for (const { at, rows, looks, radii } of tiles) {
      data.spots.set(at, 2 * from);
      data.spotRows.set(rows, from);
      rows.forEach((row, i) => {
        data.kinds[row] = looks[i];
        data.radii[row] = radii[i] / 1000;
      });
      from += rows.length;
    }
  };

  /* Ask for what the map shows now, or will when it has moved. */
  const follow = (centre = map.getCenter(), zoom = map.getZoom()) => {
    if (!source || !own.now.on) return own.tellCells();
    const level = levelOf(zoom);
    const name = `${source.f}|${level}`;
    if (picture && picture.name === name) {
      stop(coming);
      coming = null;
    } else if (!coming || coming.name !== name) {
      stop(coming);
      coming = newPicture(level);
    }
    // With nothing to keep, what comes is drawn as it comes.
    if (!picture) [picture, coming] = [coming, null];
    const aim = coming || picture;
    aim.wanted = places(centre, zoom, level, MARGIN);
    aim.seen = places(centre, zoom, level, 0);
    aim.resting.clear();
    aim.rounds = 0;
    const names = new Set(aim.wanted.map((place) => place.join("/")));
    for (const [other, flight] of aim.flights) {
      if (names.has(other)) continue;
      flight.abort();
      aim.flights.delete(other);
    }
    for (const one of aim.wanted.map((place) => place.join("/")).reverse()) {
      const tile = aim.tiles.get(one);
      if (aim.tiles.delete(one)) aim.tiles.set(one, tile);
    }
    if (aim === coming) settle(aim);
    else show(false);
    pump(aim);
    return own.tellCells();
  };

  const onZoom = ({ center, zoom }) => follow(center, zoom);
  let frame = 0;
  const onMove = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => map._animatingZoom || follow());
  };
  const EVENTS = { zoomanim: onZoom, move: onMove, moveend: onMove };

  /* Bring the tiles to a command; without one they end. */
  own.useTiles = (command) => {
    if (!command) {
      cancelAnimationFrame(frame);
      clearTimeout(again);
      again = 0;
      stop(picture);
      stop(coming);
      if (source) map.off(EVENTS);
      source = picture = coming = null;
      return;
    }
    if (!source) map.on(EVENTS);
    const { crowd } = command;
    source = { ...crowd, box: own.worldBox(crowd.whole).map((v) => v / WORLD), version: command.version };
    follow();
  };

  own.picture = () => picture;

  /* How far the picture is; tests and measurements wait for it. */
  own.tilesState = () => {
    const aim = coming || picture;
    if (!aim || !source) return null;
    const tiles = [...picture.tiles.values()];
    const isWhole = !coming && !picture.seen.some((place) => isMissing(picture, place));
    return {
      isWhole: isWhole && picture.name === `${source.f}|${levelOf(map.getZoom())}`,
      level: picture.level,
      tiles: tiles.length,
      flights: aim.flights.size,
      sum: tiles.reduce((sum, tile) => sum + tile.total, 0),
      cells: picture.isPoints ? 0 : tiles.reduce((sum, tile) => sum + tile.cells.length, 0),
      points: own.now.data.spotRows.length,
      failures: aim.failed.size,
    };
  };
})();
