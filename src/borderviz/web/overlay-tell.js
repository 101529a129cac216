/* What the map says of the reader's own rows: name, date, card, list. All of it is text of
   an upload and is set as text. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  own.LISTED = 20; // rows of one place that a list names

  const rowWords = (row) => bv.say("overlay-map-row", { row: own.now.data.numbers[row] });

  own.nameOf = (row) => own.now.data.titles[row] || rowWords(row);

  const PARTIAL = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

  /* A partial date in the reader's language, no more exact than it is known. */
  const dateWords = (text) => {
    const found = PARTIAL.exec(text);
    if (!found) return text;
    const [, year, month, day] = found;
    const date = new Date(0);
    date.setUTCFullYear(Number(year), Number(month || 1) - 1, Number(day || 1));
    return new Intl.DateTimeFormat(bv.words.locale, {
      timeZone: "UTC",
      year: "numeric",
      ...(month && { month: "long" }),
      ...(day && { day: "numeric" }),
    }).format(date);
  };

  const when = (row) => {
    const { dates, ends } = own.now.data;
    return [dates[row], ends[row]].filter(Boolean).map(dateWords).join(" – ");
  };

  const category = (row) => own.now.data.categoryOf(row);

  const markOf = (row) => {
    const { data } = own.now;
    const [token, symbol] = data.marks[data.kinds[row]];
    const mark = bv.element("span", `bv-mark bv-own-mark bv-c-${token}`);
    mark.innerHTML = bv.svg(symbol, 0, 1);
    return mark;
  };

  own.tip = (rows) => {
    const box = bv.element("div");
    if (rows.length > 1) {
      box.append(bv.element("b", "", bv.say("overlay-map-here", { count: rows.length })));
      return box;
    }
    const [row] = rows;
    box.append(bv.element("b", "", own.nameOf(row)));
    const words = [when(row), category(row)].filter(Boolean).join(" · ");
    if (words) box.append(bv.element("p", "", words));
    return box;
  };

  own.cellTip = ({ count }) => {
    const box = bv.element("div");
    box.append(bv.element("b", "", bv.say("overlay-map-here", { count })));
    return box;
  };

  const lines = (box, className, ...texts) => {
    for (const text of texts.filter(Boolean)) box.append(bv.element("p", className, text));
  };

  own.card = (row) => {
    const km = own.now.data.radii[row];
    const box = bv.element("div", "bv-card");
    const kicker = bv.element("p", "bv-kicker bv-own-kicker");
    kicker.append(markOf(row), bv.element("span", "", category(row) || rowWords(row)));
    box.append(kicker, bv.element("h3", "", own.nameOf(row)));
    const exact = km > 0 ? bv.say("known-within", { km: Number(km.toPrecision(3)) }) : "";
    lines(box, "bv-meta", when(row), exact, category(row) ? rowWords(row) : "");
    return box;
  };

  const button = (row) => {
    const found = bv.element("button", "bv-row");
    found.type = "button";
    const words = bv.element("span");
    const small = [when(row), category(row)].filter(Boolean).join(" · ");
    words.append(bv.element("b", "", own.nameOf(row)), bv.element("small", "", small || rowWords(row)));
    found.append(markOf(row), words);
    found.addEventListener("click", (event) => {
      // The list is gone when the click reaches the map.
      event.stopPropagation();
      own.choose(row);
    });
    return found;
  };

  /* Arrows go from row to row; elsewhere they move the map. */
  const onKey = (event) => {
    const way = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const next = event.target[way];
    if (next) next.focus();
  };

  const listOf = (buttons) => {
    const list = bv.element("div", "bv-rows");
    list.append(...buttons);
    list.addEventListener("keydown", onKey);
    return list;
  };

  const titled = (key, values) => {
    const box = bv.element("div", "bv-card");
    box.append(bv.element("h3", "", bv.say(key, values)));
    return box;
  };

  const act = (words, small, action) => {
    const found = bv.element("button", "bv-row");
    found.type = "button";
    const text = bv.element("span");
    text.append(bv.element("b", "", words), bv.element("small", "", small));
    found.append(text);
    found.addEventListener("click", (event) => {
      event.stopPropagation();
      action();
    });
    return found;
  };

  /* A cell: how many lie there, and the way to see them apart. */
  own.cellCard = ({ count, address }) => {
    const box = titled("overlay-map-here", { count });
    lines(box, "bv-meta", bv.say("overlay-map-cell"));
    box.append(listOf([act(bv.say("overlay-map-nearer"), "", () => own.showCell(address))]));
    return box;
  };

  /* The fullest cells in view: each can be chosen as by a click on it. */
  own.cellList = (cells) => {
    const degrees = new Intl.NumberFormat(bv.words.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const where = (at) => bv.say("overlay-map-at", { lat: degrees.format(at.lat), lon: degrees.format(at.lng) });
    const button = (cell) => {
      const middle = own.boundsOf(cell).getCenter();
      const words = bv.say("overlay-map-here", { count: cell.count });
      return act(words, where(middle), () => own.openCell(cell, middle));
    };
    const box = titled("overlay-map-fullest");
    box.append(listOf(cells.map(button)));
    return box;
  };

  own.list = (rows) => {
    const box = titled("overlay-map-here", { count: rows.length });
    box.append(listOf(rows.slice(0, own.LISTED).map(button)));
    const more = rows.length - own.LISTED;
    if (more > 0) lines(box, "bv-meta", bv.say("overlay-map-more", { count: more }));
    return box;
  };

  /* The chosen row's symbol as a marker above all others. */
  own.marker = (row) => {
    const { data } = own.now;
    const [token, symbol] = data.marks[data.kinds[row]];
    const icon = L.divIcon({
      className: `bv-symbol bv-on-top bv-own-top bv-c-${token}`,
      html: bv.svg(symbol, 0, 1),
      iconSize: [26, 26],
    });
    const options = { icon, pane: "bv-selected", interactive: false, keyboard: false };
    return L.marker(own.placeOf(data, row), options);
  };

  /* How exactly its place is known, as the atlas's own records have it. */
  own.circle = (row) => {
    const { data } = own.now;
    const [token] = data.marks[data.kinds[row]];
    return L.circle(own.placeOf(data, row), {
      radius: data.radii[row] * 1000,
      pane: "bv-circles",
      interactive: false,
      className: `bv-circle bv-circle-chosen bv-c-${token}`,
    });
  };

  /* Timeline, strips and table show which row is chosen. */
  own.tellChosen = () => {
    const { document } = bv.host.page;
    for (const mark of document.querySelectorAll(".bv-own.bv-t-on, .bv-own-table .bv-row-on")) {
      mark.classList.remove("bv-t-on", "bv-row-on");
    }
    const named = `[data-row="${own.now.chosen}"]`;
    for (const mark of document.querySelectorAll(`.bv-own${named}`)) mark.classList.add("bv-t-on");
    const row = document.querySelector(`.bv-own-table tr${named}`);
    if (row) row.classList.add("bv-row-on");
  };
})();
