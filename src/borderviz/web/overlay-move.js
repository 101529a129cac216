/* Where the reader's own rows are, and how the map goes there: without a word of it in the
   address, for where a reader's rows lie is nothing that a copied link should tell. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const { map } = bv;
  const NEAREST = 12; // the zoom beyond which nothing is gained by going there unasked
  const ROOM = { padding: [32, 32], maxZoom: NEAREST, animate: false };

  own.isShown = (row) => own.now.on && (!own.now.shown || own.now.shown[row] === 1);

  const boxOf = ([left, top, right, bottom]) =>
    L.latLngBounds(own.latLng(left, bottom), own.latLng(right, top));

  /* The box of the rows that pass a test, with their lines and areas; null for none. */
  const extent = (isWanted) => {
    const { spots, spotRows, parts } = own.now.data;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const add = (row, a, b, c, d) => {
      if (!isWanted(row)) return;
      west = Math.min(west, a);
      north = Math.min(north, b);
      east = Math.max(east, c);
      south = Math.max(south, d);
    };
    spotRows.forEach((row, n) => {
      const [x, y] = [spots[2 * n], spots[2 * n + 1]];
      add(row, x, y, x, y);
    });
    for (const { row, box } of parts) add(row, ...box);
    return west === Infinity ? null : boxOf([west, north, east, south]);
  };

  /* The box of all rows, and of those that are shown; rows on the server are told of. */
  own.extentOfAll = () => {
    const { crowd } = own.now;
    return crowd ? boxOf(own.worldBox(crowd.whole)) : extent(() => true);
  };

  const extentShown = () => {
    const { crowd } = own.now;
    if (!crowd) return extent(own.isShown);
    return crowd.box ? boxOf(own.worldBox(crowd.box)) : null;
  };

  own.unnoted = (move) => {
    bv.isGuided = true;
    move();
    const end = () => {
      bv.isGuided = false;
    };
    if (map._panAnim && map._panAnim._inProgress) map.once("moveend", end);
    else end();
    bv.holdView();
  };

  const fit = (all, options = {}) => {
    if (all) own.unnoted(() => map.fitBounds(all, { ...ROOM, ...options }));
  };

  const isAnySeen = () => {
    if (own.now.crowd) return map.getBounds().intersects(extentShown());
    const { min, max } = map.getPixelBounds();
    const [near, far] = [min, max].map((pixel) => pixel.divideBy(2 ** map.getZoom()));
    const { at, count } = own.now.data;
    for (let row = 0; row < count; row += 1) {
      const [x, y] = [at[2 * row], at[2 * row + 1]];
      if (own.isShown(row) && x > near.x && x < far.x && y > near.y && y < far.y) return true;
    }
    return false;
  };

  /* Rows of which none would be seen: the map goes to them, once. */
  own.look = () => {
    const all = extentShown();
    if (all && !isAnySeen()) fit(all);
  };

  own.showAll = () => {
    if (own.now.data) fit(extentShown());
  };

  /* Go to one row and all of its shape. */
  own.show = (row) => {
    const { data, crowd } = own.now;
    if (crowd) fit(own.placeOf(data, row).toBounds(Math.max(2000, 2600 * data.radii[row])));
    else fit(extent((other) => other === row));
  };

  /* Go as near to a cell as its rows need to stand apart. */
  own.showCell = (address) => {
    fit(own.boundsOf(own.cellAt(address)), { padding: [0, 0], maxZoom: map.getMaxZoom() });
  };
})();
