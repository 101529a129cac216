/* Finds records and towns by words, as search.py does: the same fields, scores and order. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const FIELDS = { title: 80, name: 70, place: 60, text: 40, source: 20 };
  const SHORT = ["title", "name", "place"];
  const [EXACT, PREFIX, ALIKE, AT_START, TYPO, TYPO_FROM] = [100, 2, 4, 3, 0.1, 5];
  const [LONGEST, MOST_WORDS] = [200, 12];

  const isBetter = ([score, field], other) =>
    !other || score > other[0] || (score === other[0] && field > other[1]);

  const keep = (found, number, match) => {
    if (isBetter(match, found.get(number))) found.set(number, match);
  };

  bv.searcher = (data) => {
    const spelling = bv.spelling(data.tables);
    const { fold, squeeze, names, sound, passages } = spelling;
    const piles = Object.fromEntries(Object.keys(FIELDS).map((f) => [f, new bv.Pile(spelling)]));
    const exact = new Map();
    const citing = new Map();

    const add = (number, field, texts) => {
      piles[field].add(texts, [number], SHORT.includes(field));
      if (field !== "title" && field !== "name") return;
      for (const key of new Set(texts.flatMap((t) => [fold(t), ...names(t)]).map(squeeze))) {
        if (!key) continue;
        if (!exact.has(key)) exact.set(key, []);
        exact.get(key).push([number, field]);
      }
    };

    data.records.forEach((record, number) => {
      add(number, "title", record.title);
      add(number, "name", [...record.name, ...record.aliases]);
      add(number, "place", record.place);
      add(number, "text", record.text);
      for (const id of record.cites) {
        if (!citing.has(id)) citing.set(id, []);
        citing.get(id).push(number);
      }
    });
    data.places.forEach(([, called], n) => add(data.records.length + n, "name", called));
    for (const [id, owners] of citing) piles.source.add(data.sources[id], owners, false);

    const words = [
      ...new Set(Object.entries(piles).flatMap(([f, pile]) => pile.words(SHORT.includes(f)))),
    ].sort();
    const groups = spelling.groupsOf([
      ...data.places.map(([, called]) => called),
      ...data.labels,
      ...data.records.filter((r) => r.aliases.length).map((r) => [...r.title, ...r.name, ...r.aliases]),
    ]);
    const heard = spelling.bySound(words);
    const called = spelling.bySound([...groups.keys()].sort());
    const entries = [
      ...data.records.map(({ id }) => [id, "record"]),
      ...data.places.map(([id]) => [id, "place"]),
    ];
    const dateOf = (n) => (n < data.records.length ? data.records[n].date : "");
    const order = new Map();
    entries
      .map((_, n) => n)
      .sort((a, b) => {
        if (dateOf(a) !== dateOf(b)) return dateOf(a) < dateOf(b) ? 1 : -1;
        return entries[a].join(" ") < entries[b].join(" ") ? -1 : 1;
      })
      .forEach((n, rank) => order.set(n, rank));

    const groupOf = (plain) => {
      if (groups.has(plain)) return [plain];
      if (!spelling.isAscii(plain) && groups.has(plain.slice(0, -1))) return [plain.slice(0, -1)];
      return called.get(sound(plain)) || [];
    };

    const near = (plain, key) => {
      const found = plain.length >= TYPO_FROM ? bv.oneTypo(plain, words) : [];
      if (key.length < TYPO_FROM) return found;
      for (const [other, alike] of heard) if (other.startsWith(key)) found.push(...alike);
      for (const other of bv.oneTypo(key, [...called.keys()])) {
        for (const group of called.get(other)) found.push(...groups.get(group));
      }
      return found;
    };

    /* What to look for when a word was typed, with what each costs. */
    const termOf = (typed) => {
      const term = new Map();
      for (const form of [fold(typed), fold(typed, " ")]) {
        for (const passage of passages(form)) term.set(passage, 0);
        if (!term.has(` ${form}`)) term.set(` ${form}`, PREFIX);
      }
      const plain = squeeze(fold(typed));
      const keys = groupOf(plain);
      const others = [...new Set(keys.flatMap((key) => [...groups.get(key)]))].sort();
      const sounds = new Set([sound(plain), ...others.map((name) => sound(squeeze(name)))]);
      const alike = [...sounds].flatMap((key) => heard.get(key) || []);
      for (const passage of [...others, ...alike].flatMap(passages)) {
        if (!term.has(passage)) term.set(passage, ALIKE);
      }
      const isThere = () =>
        Object.values(piles).some((pile) => [...term.keys()].some((x) => pile.find(x).size));
      if (!keys.length && !isThere()) {
        for (const passage of near(plain, sound(plain)).flatMap(passages)) term.set(passage, EXACT);
      }
      return term;
    };

    const matches = (term) => {
      const best = new Map();
      for (const [field, base] of Object.entries(FIELDS)) {
        for (const [passage, cost] of term) {
          const score = cost >= EXACT ? base * TYPO : base - cost;
          const mayStart = field === "title" && cost < EXACT;
          const first = mayStart ? piles[field].find(`|${passage.trimStart()}`) : new Set();
          for (const number of piles[field].find(passage)) {
            keep(best, number, [score + (first.has(number) ? AT_START : 0), field]);
          }
        }
      }
      return best;
    };

    const allMatch = (plan) => {
      const each = plan.map(matches);
      const found = new Map();
      for (const number of each[0].keys()) {
        if (!each.every((matched) => matched.has(number))) continue;
        const all = each.map((matched) => matched.get(number));
        const mean = all.reduce((sum, [score]) => sum + score, 0) / each.length;
        const [, field] = all.reduce((a, b) => (isBetter(b, a) ? b : a));
        found.set(number, [Math.round(mean * 1000) / 1000, field]);
      }
      return found;
    };

    /* Ways to read a query: word by word, by names of many words, as one. */
    const plansOf = (typed) => {
      const single = typed.map(termOf);
      if (typed.length === 1) return [single];
      const joined = [];
      const whole = (from, to) => squeeze(fold(typed.slice(from, to).join("")));
      for (let at = 0; at < typed.length; ) {
        let end = Math.min(typed.length, at + 4);
        while (end > at + 1 && !groups.has(whole(at, end))) end -= 1;
        joined.push(end === at + 1 ? single[at] : termOf(typed.slice(at, end).join(" ")));
        at = end;
      }
      return [single, joined, [new Map([[` ${whole(0, typed.length)}`, 0]])]];
    };

    return (query, limit = 12) => {
      const typed = query.slice(0, LONGEST).split(/\s+/).filter((w) => fold(w)).slice(0, MOST_WORDS);
      if (!typed.length || limit <= 0) return [];
      const found = new Map();
      for (const plan of plansOf(typed)) {
        for (const [number, match] of allMatch(plan)) keep(found, number, match);
      }
      const whole = squeeze(fold(typed.join("")));
      const others = new Set(groupOf(whole).flatMap((key) => [...groups.get(key)].map(squeeze)));
      const tried = [[whole, EXACT], ...[...others].map((key) => [key, EXACT - ALIKE])];
      for (const [key, score] of tried) {
        for (const [number, field] of exact.get(key) || []) keep(found, number, [score, field]);
      }
      const ranked = [...found.keys()].sort(
        (a, b) => found.get(b)[0] - found.get(a)[0] || order.get(a) - order.get(b),
      );
      return ranked.slice(0, limit).map((n) => ({ id: entries[n][0], kind: entries[n][1] }));
    };
  };
})();
