/* The view as a fragment of the address, and which events it shows: what permalink.py and
   filters.py do in the program. Works on `facts`, the block `start`, and on nothing else. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const WORDS = ["kinds", "directions", "modes", "who", "areas", "confidences"];
  const NAMES = {
    from: "since",
    to: "until",
    kind: "kinds",
    dir: "directions",
    mode: "modes",
    who: "who",
    area: "areas",
    sure: "confidences",
    within: "within_km",
    cited: "cited",
  };
  const MOST = { within_km: 1000, cited: 50 };
  const LONGEST = 2000;
  // Of each event: id, layer, the six words, first day, last day, km, sources, placed.
  const [FIRST, LAST, KM, CITED, PLACED] = [8, 9, 10, 11, 12];

  const noFilters = () => ({
    since: "",
    until: "",
    ...Object.fromEntries(WORDS.map((name) => [name, []])),
    within_km: 0,
    cited: 0,
  });

  const isSet = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

  bv.codec = (facts) => {
    const known = facts.layers.map((layer) => layer.id);
    const records = new Set(facts.records);
    const steps = new Map(facts.steps.map((step) => [step.id, step]));
    const opening = facts.layers.filter((layer) => layer.on).map((layer) => layer.id);

    const plainView = () => ({
      lang: facts.lang,
      layers: opening,
      selected: "",
      listed: "",
      filters: noFilters(),
      sheet: "",
      sort: "",
      circles: false,
      at: "",
      story: "",
      page: "",
    });

    const isDate = (text) => {
      const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
      if (!found || Number(found[1]) < 1) return false;
      const [year, month, day] = [Number(found[1]), found[2] || "01", found[3] || "01"];
      const date = new Date(Date.UTC(2000, month - 1, day));
      date.setUTCFullYear(year, month - 1, day);
      return date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
    };

    const number = (text, most) => {
      if (text.length > 8 || !/^(?:\d+\.?\d*|\.\d+)$/.test(text)) return 0;
      const found = Number(text);
      return found > 0 && found <= most ? found : 0;
    };

    const inOrder = (all, wanted) => {
      if (!wanted.every((word) => all.includes(word))) return null;
      return all.filter((word) => wanted.includes(word));
    };

    const filterOf = (name, value) => {
      if (name === "since" || name === "until") return isDate(value) ? value : null;
      if (name in MOST) {
        const found = number(value, MOST[name]);
        return found && (name !== "cited" || Number.isInteger(found)) ? found : null;
      }
      return inOrder(facts.choices[name], value.split("."));
    };

    const isPosition = (value) => {
      const form = /^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2}(?:\.5)?)$/;
      const [, lat, lon, zoom] = (form.exec(value) || []).map(Number);
      return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 1 && zoom <= 18;
    };

    const fieldOf = (key, value) => {
      const one = (name, isGood) => (isGood ? { [name]: value } : null);
      switch (key) {
        case "v":
          return value === facts.version ? {} : null;
        case "lang":
          return one("lang", Object.hasOwn(facts.languages, value));
        case "sel":
          return one("selected", records.has(value));
        case "list":
          return one("listed", facts.lists.includes(value));
        case "layers": {
          const found = value === "none" ? [] : inOrder(known, value.split("."));
          return found && { layers: found };
        }
        case "page":
          return one("page", facts.pages.includes(value));
        case "show":
          return one("sheet", value === "table");
        case "sort":
          return one("sort", facts.sorts.includes(value.replace(/^-/, "")));
        case "circles":
          return value === "1" ? { circles: true } : null;
        case "at":
          return one("at", isPosition(value));
        default:
          return null;
      }
    };

    /* What a step shows, in the reader's language. */
    const atStep = (view, id) => {
      const query = { ...steps.get(id).query };
      const { show, ...own } = query;
      const { view: found } = decode(show === "table" ? query : own);
      return { ...found, lang: view.lang, story: id };
    };

    const decode = (query) => {
      let view = plainView();
      const ignored = [];
      let unknown = "";
      const step = query.story || "";
      const own = ["layers", "show", "sort", "circles", ...Object.keys(NAMES)];
      const isTold = steps.has(step) && !own.some((key) => key in query);
      if (isTold) view = atStep(view, step);
      for (const key of Object.keys(query).slice(0, 40)) {
        const value = query[key].slice(0, LONGEST);
        if ((key === "story" && isTold) || key === "theme") continue;
        const name = Object.hasOwn(NAMES, key) && NAMES[key];
        const found = name ? filterOf(name, value) : null;
        const changes = name
          ? found !== null && { filters: { ...view.filters, [name]: found } }
          : fieldOf(key, value);
        if (changes) view = { ...view, ...changes };
        else if (key === "sel") unknown = value.slice(0, 80);
        else ignored.push(`${key.slice(0, 20)}=${value.slice(0, 40)}`);
      }
      return { view, unknown, ignored: ignored.slice(0, 5) };
    };

    const written = (value) => {
      if (Array.isArray(value)) return value.join(".");
      return typeof value === "number" ? `${Number(value.toPrecision(6))}` : value;
    };

    const encode = (whole) => {
      const view = whole.story
        ? { ...whole, layers: opening, filters: noFilters() }
        : whole;
      const isOpening = view.layers.join() === opening.join();
      const fields = {
        lang: view.lang === facts.lang ? "" : view.lang,
        page: view.page,
        story: view.story,
        sel: view.selected,
        list: view.listed,
        ...Object.fromEntries(
          Object.entries(NAMES)
            .filter(([, name]) => isSet(view.filters[name]))
            .map(([key, name]) => [key, written(view.filters[name])]),
        ),
        layers: isOpening ? "" : view.layers.join(".") || "none",
        show: view.story ? "" : view.sheet,
        sort: view.story ? "" : view.sort,
        circles: view.circles && !view.story ? "1" : "",
        at: view.at,
      };
      const found = Object.entries(fields).filter(([, value]) => value);
      return found.length ? { v: facts.version, ...Object.fromEntries(found) } : {};
    };

    /* The events that meet all filters, oldest first, whatever layers are on. */
    const fitting = (filters) => {
      const until = filters.until && `${filters.until}-12-31`.slice(0, 10);
      const last = filters.until.length === 7 ? `${filters.until}-31` : until;
      return facts.events.filter((event) => {
        const isWanted = (name, n) => !filters[name].length || filters[name].includes(event[2 + n]);
        if (!WORDS.every(isWanted) || event[CITED] < filters.cited) return false;
        if (filters.within_km && !(event[KM] && event[KM] <= filters.within_km)) return false;
        if (!filters.since && !filters.until) return true;
        if (!event[FIRST]) return false;
        return (!last || event[FIRST] <= last) && (!filters.since || event[LAST] >= filters.since);
      });
    };

    /* The one selection that map, table, timeline and sentence take. */
    const select = (view) => {
      const fit = fitting(view.filters);
      const kept = new Set(fit.map(([id]) => id));
      const shown = fit.filter(([, layer]) => view.layers.includes(layer));
      return {
        ids: shown.map(([id]) => id),
        hidden: facts.events.map(([id]) => id).filter((id) => !kept.has(id)),
        total: facts.events.length,
        unplaced: shown.filter((event) => !event[PLACED]).length,
      };
    };

    return { plainView, noFilters, isSet, atStep, decode, encode, select, steps, WORDS };
  };

  bv.queryOf = (fragment) => Object.fromEntries(new URLSearchParams(fragment.replace(/^#/, "")));

  bv.fragmentOf = (query) => `#${new URLSearchParams(query)}`.replaceAll("%2C", ",");
})();
