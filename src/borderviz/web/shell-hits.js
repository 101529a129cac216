/* The search field: its hits follow each key, as lines that the program has written. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { shell } = bv;
  const MOST_HITS = 10;
  const find = (name) => document.querySelector(name);
  const say = (key, values) => shell.speaker.say(key, values);

  /* A line of the list, from what the panel of the record says at its head. */
  const lineOf = async ({ id, kind }, lang) => {
    const link = bv.element("a", "bv-item");
    const words = bv.element("span");
    const dot = bv.element("i", "bv-dot");
    dot.setAttribute("aria-hidden", "true");
    if (kind === "place") {
      const place = bv.words.places.find((other) => other.id === id);
      const at = `${place.at[1].toFixed(3)},${place.at[0].toFixed(3)},10`;
      Object.assign(link.dataset, { bv: "place", at });
      link.href = `#at=${at}`;
      words.append(bv.element("span", "", place.name), bv.element("small", "", say("search-place")));
    } else {
      const panel = bv.element("template");
      panel.innerHTML = await bv.piece(`record/${lang}/${id}`, lang);
      const { content } = panel;
      dot.className = content.querySelector(".bv-kicker i").className;
      const told = (name) => (content.querySelector(name) || { textContent: "" }).textContent;
      const date = (bv.all.get(id) || { date: told(".bv-when") }).date;
      const label = told(".bv-kicker").split(" · ")[0];
      words.append(...content.querySelector("h2").childNodes);
      words.append(bv.element("small", "", [date, label].filter(Boolean).join(" · ")));
      link.href = `#sel=${id}`;
    }
    link.append(dot, words);
    return link;
  };

  let typed = 0;

  shell.search = async (query) => {
    typed += 1;
    const mine = typed;
    const box = find(".bv-found");
    const { lang } = shell.view();
    const wanted = query.trim();
    if (!wanted) return box.replaceChildren();
    shell.searching ??= bv.piece("search", lang).then((text) => bv.searcher(JSON.parse(text)));
    const hits = (await shell.searching)(wanted, MOST_HITS);
    const lines = await Promise.all(hits.map((hit) => lineOf(hit, lang)));
    if (mine !== typed) return undefined;
    const list = bv.element(hits.length ? "nav" : "div", "bv-hits bv-record");
    if (hits.length) {
      list.setAttribute("aria-label", say("search"));
      list.append(...lines);
      shell.lead(list, false);
    } else {
      list.setAttribute("role", "status");
      list.append(bv.element("p", "bv-small", say("search-none", { query: wanted })));
    }
    return box.replaceChildren(list);
  };

  shell.endSearch = () => {
    typed += 1;
    const field = find(".bv-search input");
    if (!field) return;
    field.value = "";
    find(".bv-found").replaceChildren();
  };

  shell.fail = () => {
    const box = find(".bv-notes");
    if (box) box.replaceChildren(bv.element("div", "bv-note", say("shell-failed")));
  };
})();
