/* The reader's view: read from the address, changed by what the reader does, and told to map
   and page as the program tells them in the app. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { shell } = bv;
  let view = null;
  let notes = { unknown: "", ignored: [] };
  let nav = 0;
  let ack = 0;

  const sets = ["layers", "filters", "sheet", "sort", "circles"];

  /* What a link in a panel changes; the rest of the view stays as the reader has set it. */
  shell.merged = (query, { isBack } = {}) => {
    if (query.story) return shell.codec.decode({ ...query, lang: view.lang }).view;
    if ("page" in query) return { ...view, page: query.page, at: "" };
    if (isBack && view.page) return { ...view, page: "", at: "" };
    const chosen = { selected: query.sel || "", listed: query.list || "" };
    return { ...view, ...chosen, page: "", at: query.at || "" };
  };

  /* An empty address asks for what the page opens with; then the plain view needs words. */
  const queryOf = (other) => {
    const query = shell.codec.encode(other);
    const isPlain = !Object.keys(query).length && Object.keys(shell.facts.opening).length;
    return isPlain ? { v: shell.facts.version } : query;
  };

  shell.addressOf = (other) => bv.fragmentOf(queryOf(other));

  shell.view = () => view;

  /* Change some fields; what a step of the story decides leads out of it. */
  shell.change = (changes, isNew = true) => {
    let after = { ...view, ...changes };
    if (after.story && sets.some((name) => name in changes)) after = { ...after, story: "" };
    shell.go(after, isNew);
  };

  shell.go = (after, isNew = true) => {
    notes = { unknown: "", ignored: [] };
    // Where the map was before a step of the story is no part of the step.
    const isTurned = after.story && after.story !== view.story;
    const { at } = bv.queryOf(window.location.hash);
    view = { ...after, at: "" };
    const kept = isTurned || !at ? {} : { at };
    shell.write({ ...queryOf(view), ...kept }, isNew);
    show();
  };

  shell.keep = (at) => {
    if (view) shell.write({ ...shell.codec.encode(view), v: shell.facts.version, at }, false);
  };

  /* A message of the map's scripts: a record was chosen, a link followed, years were drawn. */
  shell.take = ({ n, set, go }) => {
    ack = n;
    if (go !== undefined) {
      const { view: after } = shell.codec.decode(bv.queryOf(go));
      shell.endSearch();
      shell.go(after);
    } else if ("sel" in set) {
      if (!shell.facts.records.includes(set.sel)) return;
      shell.endSearch();
      shell.change({ selected: set.sel, listed: "", page: "" });
    } else if ("q" in set) shell.search(set.q);
    else {
      const { filters } = shell.codec.decode({ from: set.from || "", to: set.to || "" }).view;
      shell.change({ filters: { ...view.filters, since: filters.since, until: filters.until } });
    }
  };

  /* The view that the address asks for: at the start, after the back button, by hand. */
  const read = () => {
    // A link to the program means the same here: where it has no fragment, its query counts.
    const { hash, search } = window.location;
    const { theme: _, ...query } = bv.queryOf(hash.length > 1 ? hash : search.slice(1));
    const elsewhere = shell.elsewhere[query.lang];
    if (elsewhere) {
      const { lang: __, ...rest } = query;
      window.location.replace(elsewhere + bv.fragmentOf(rest));
      return;
    }
    const isEmpty = !Object.keys(query).length;
    const decoded = shell.codec.decode(isEmpty ? shell.facts.opening : query);
    view = decoded.view;
    notes = decoded;
    nav += 1;
    shell.dress();
    show();
  };

  const command = (selection, title) => {
    const step = shell.codec.steps.get(view.story);
    const chosen = view.selected || (step ? step.focus : "");
    return {
      lang: view.lang,
      layers: view.layers,
      hidden: selection.hidden,
      title,
      selected: chosen,
      step: view.story,
      box: step ? step.box : [],
      quiet: chosen !== view.selected,
      circles: view.circles,
      span: shell.facts.spans[chosen] || null,
      tiles: null,
      at: view.at,
      nav,
      ack,
      failed: shell.speaker.say("map-failed"),
    };
  };

  let drawn = 0;

  /* Bring page and map to the view. The last one wins if two overtake each other. */
  const show = async () => {
    drawn += 1;
    const mine = drawn;
    const spoken = await shell.spokenIn(view.lang);
    if (mine !== drawn) return;
    const isOther = !shell.spoken || shell.spoken.lang !== spoken.lang;
    shell.spoken = spoken;
    shell.lang = spoken.lang;
    shell.speaker = bv.speaker(shell.facts, spoken);
    const selection = shell.codec.select(view);
    if (isOther) shell.useLanguage(view);
    const title = [spoken.title];
    if (shell.speaker.isNarrow(view)) title.unshift(shell.speaker.sentence(view, selection));
    bv.show(command(selection, title.join(" · ")));
    shell.draw(view, selection, notes);
    const heading = await shell.panel(view, notes);
    if (mine !== drawn) return;
    if (heading) title.splice(0, title.length, heading, spoken.title);
    document.title = title.join(" · ");
    bv.tellSelected(bv.selected);
    document.body.dataset.panel = `${nav}.${ack}.${view.lang}`;
  };

  shell.spokenIn = (lang) => bv.block(`start-${lang}`);

  shell.start = async () => {
    shell.facts = await bv.block("start");
    shell.facts.usual = shell.facts.lang;
    // Without a word about it a page is in the language that it was written in.
    shell.facts.lang = shell.lang;
    shell.elsewhere = JSON.parse(document.body.dataset.languages || "{}");
    shell.codec = bv.codec(shell.facts);
    window.addEventListener("popstate", read);
    read();
  };
})();
