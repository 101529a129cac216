/* Where the map's scripts are when no program serves the page: in the page itself. Also the
   one place that reads and writes the address. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const root = document.documentElement;
  bv.shell = { lang: root.lang };

  const theme = () => bv.queryOf(window.location.hash).theme || "";

  bv.host = {
    page: window,
    links: "a[href]",
    mark: "#",
    panels: ".bv-detail, .bv-over",
    search: ".bv-search",
    box: () => document.querySelector(".bv-map"),
    width: () => document.querySelector(".bv-map").clientWidth,
    send: (message) => bv.shell.take(message),
    keep: (at) => bv.shell.keep(at),
    scheme: () => (["dark", "light"].includes(theme()) ? theme() : ""),
    dressed: () => document.body,
    name: () => {},

    /* An address that others can open, where one is known; else the one of this page. */
    link: (href) => {
      const { address } = document.body.dataset;
      const found = new URL(address || window.location.href);
      if (!address) found.hash = href;
      else {
        const { lang, theme: _, ...query } = bv.queryOf(href);
        const spoken = lang || bv.shell.facts.lang;
        const isUsual = spoken === bv.shell.facts.usual;
        found.search = bv.fragmentOf(isUsual ? query : { ...query, lang: spoken }).slice(1);
      }
      return found.toString();
    },
  };

  bv.files = { close: "close" };
  bv.json = bv.block;
  bv.base = bv.block("base");
  bv.wordsOf = (lang) => bv.block(`words-${lang}`);
  bv.base.catch(() => {}); // whoever waits for it is told

  const put = (query, chosen, isNew) => {
    const fragment = bv.fragmentOf(chosen ? { ...query, theme: chosen } : query);
    if (fragment === (window.location.hash || "#")) return;
    const { pathname, search } = window.location;
    const way = isNew ? "pushState" : "replaceState";
    window.history[way](null, "", fragment === "#" ? pathname + search : fragment);
  };

  /* Write the address of a view: as a new entry, or in place of the one there is. */
  bv.shell.write = (query, isNew) => put(query, theme(), isNew);

  bv.shell.useTheme = (wanted) => {
    const { theme: before, ...query } = bv.queryOf(window.location.hash);
    if (before !== wanted) put(query, wanted, false);
    bv.shell.dress();
  };

  /* The bridge watches this attribute and dresses page and map. */
  bv.shell.dress = () => {
    document.body.className = `bv-shell${theme() ? ` bv-${bv.host.scheme()}` : ""}`;
  };
})();
