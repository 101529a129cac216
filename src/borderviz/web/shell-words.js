/* What the page says by itself, in the words and customs of one language: `spoken`, the block
   `start-xx`. The sentence is that of render/sentence.py. */
(() => {
  "use strict";
  const bv = window.borderviz;

  bv.speaker = (facts, spoken) => {
    const say = (key, values) => bv.fill(spoken.ui[key] || "", values, spoken.lang);

    /* Put words in a row as the language does. */
    const listed = (words, how = "and") => {
      if (how === ",") return words.join(spoken.lists[","]);
      const patterns = spoken.lists[how];
      const put = (pattern, a, b) => pattern.replace(/\{([01])\}/g, (_, n) => (n === "0" ? a : b));
      if (words.length < 2) return words.join("");
      if (words.length === 2) return put(patterns["2"], ...words);
      let found = put(patterns.end, words[words.length - 2], words[words.length - 1]);
      for (let n = words.length - 3; n > 0; n -= 1) found = put(patterns.middle, words[n], found);
      return put(patterns.start, words[0], found);
    };

    const dated = (text) => {
      const [year, month, day] = text.split("-");
      const known = day ? "day" : month ? "month" : "year";
      const pattern = spoken.dates[known][month ? Number(month) - 1 : 0];
      return pattern.replace("{year}", Number(year)).replace("{day}", Number(day));
    };

    const clauses = (view) => {
      const { filters } = view;
      const found = [];
      for (const name of Object.keys(facts.choices)) {
        const words = filters[name].map((word) => spoken.words[name][word] || word);
        if (!words.length) continue;
        const row = listed(words, "or");
        found.push(name === "confidences" ? say("clause-confidence", { words: row }) : row);
      }
      if (filters.since) found.push(say("clause-since", { date: dated(filters.since) }));
      if (filters.until) found.push(say("clause-until", { date: dated(filters.until) }));
      if (filters.within_km) found.push(say("clause-within", { km: filters.within_km }));
      if (filters.cited) found.push(say("clause-cited", { count: filters.cited }));
      const off = facts.layers.filter(({ id, events }) => events && !view.layers.includes(id));
      const names = off.map(({ id }) => spoken.layers[id]);
      if (names.length) found.push(say("clause-layers", { names: listed(names) }));
      return found;
    };

    /* State the view in one sentence. */
    const sentence = (view, { ids, total }) => {
      const said = clauses(view);
      const name = facts.part ? "shell-part" : "sentence";
      if (!said.length) return say(`${name}-all`, { total });
      const key = ids.length ? name : `${name}-none`;
      return say(key, { count: ids.length, total, clauses: listed(said, ",") });
    };

    return { say, listed, dated, sentence, isNarrow: (view) => clauses(view).length > 0 };
  };
})();
