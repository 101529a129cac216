/* The reader's controls where no program draws them: layers with their legend, filters,
   language. Everything is built from `facts` and `spoken`. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { shell } = bv;
  const find = (name) => document.querySelector(name);
  const say = (key, values) => shell.speaker.say(key, values);
  let update = []; // what brings each control after the view

  const heading = (words) => bv.element("h2", "bv-group", words);

  const filter = (name, value) =>
    shell.change({ filters: { ...shell.view().filters, [name]: value } });

  const labelled = (words, control) => {
    const label = bv.element("label", "bv-field");
    label.append(bv.element("span", "", words), control);
    return label;
  };

  const choice = (options, onChange) => {
    const select = bv.element("select");
    for (const [value, words] of options) select.add(new Option(words, value));
    select.addEventListener("change", () => onChange(select.value));
    return select;
  };

  const layers = () => {
    const found = [];
    for (const group of shell.facts.groups) {
      const own = shell.facts.layers.filter((layer) => layer.group === group && total(layer.id));
      if (own.length) found.push(heading(shell.spoken.groups[group]), ...own.map(toggle));
    }
    return [...found, heading(say("how-exact")), circles()];
  };

  const total = (id) => shell.facts.counted[id].length + (shell.facts.places[id] || 0);

  const box = (name, onChange) => {
    const label = bv.element("label", "bv-layer");
    const input = bv.element("input");
    input.type = "checkbox";
    input.addEventListener("change", () => onChange(input.checked));
    const words = bv.element("span", name);
    label.append(input, words);
    return { label, input, words };
  };

  const toggle = ({ id }) => {
    const { label, input, words } = box(`bv-w-${id}`, (isOn) => {
      const order = shell.facts.layers.map((layer) => layer.id);
      const on = new Set(shell.view().layers);
      if (isOn) on.add(id);
      else on.delete(id);
      shell.change({ layers: order.filter((other) => on.has(other)) });
    });
    label.dataset.layer = id;
    update.push((view, { hidden }) => {
      const gone = new Set(hidden);
      const count = total(id) - shell.facts.counted[id].filter((x) => gone.has(x)).length;
      const key = count === total(id) ? "layer-count" : "layer-count-of";
      input.checked = view.layers.includes(id);
      words.textContent = say(key, { name: shell.spoken.layers[id], count, total: total(id) });
    });
    return label;
  };

  const circles = () => {
    const { label, input, words } = box("", (isOn) => shell.change({ circles: isOn }));
    label.dataset.layer = "circles";
    words.textContent = say("uncertainty-all");
    update.push((view) => {
      input.checked = view.circles;
    });
    return label;
  };

  /* Two thumbs on one track; an end that is not moved keeps its month or day. */
  const years = () => {
    const [first, last] = shell.facts.years;
    const frame = bv.element("fieldset", "bv-years");
    const told = bv.element("output");
    const within = (year) => Math.min(last, Math.max(first, year));
    const thumb = (name, usual, key) => {
      const input = bv.element("input");
      Object.assign(input, { type: "range", min: first, max: last, step: 1 });
      input.setAttribute("aria-label", say(key));
      input.addEventListener("change", () => {
        filter(name, Number(input.value) === usual ? "" : input.value);
      });
      return input;
    };
    const low = thumb("since", first, "filter-since");
    const high = thumb("until", last, "filter-until");
    const tell = () => {
      if (Number(low.value) > Number(high.value)) [low.value, high.value] = [high.value, low.value];
      told.textContent = say("numbers-span", { low: low.value, high: high.value });
    };
    for (const input of [low, high]) input.addEventListener("input", tell);
    frame.append(bv.element("legend", "", say("years")), told, low, high);
    update.push(({ filters }) => {
      low.value = within(Number(filters.since.slice(0, 4)) || first);
      high.value = within(Number(filters.until.slice(0, 4)) || last);
      told.textContent = say("numbers-span", { low: low.value, high: high.value });
    });
    return frame;
  };

  const presets = () => {
    const names = shell.facts.presets.map(({ id }) => [id, shell.spoken.presets[id]]);
    const select = choice([["", say("preset-none")], ...names], (id) => {
      const preset = shell.facts.presets.find((other) => other.id === id);
      if (!preset) return;
      const { filters } = shell.codec.decode(preset.query).view;
      const on = shell.view().layers;
      const every = shell.facts.layers.filter((x) => x.events || on.includes(x.id));
      shell.change({ filters, layers: every.map((x) => x.id) });
    });
    select.setAttribute("aria-label", say("presets"));
    update.push(() => {
      select.value = "";
    });
    return select;
  };

  /* The words of one filter; those that no event has are not offered. */
  const words = (name, n) => {
    const used = new Set(shell.facts.events.map((event) => event[2 + n]));
    const offered = shell.facts.choices[name].filter((word) => used.has(word));
    if (offered.length < 2) return [];
    const frame = bv.element("fieldset", "bv-words-of");
    frame.append(bv.element("legend", "", say(`filter-${name}`)));
    for (const word of offered) {
      const button = bv.element("button", "bv-pill", shell.spoken.words[name][word]);
      button.type = "button";
      button.addEventListener("click", () => {
        const on = new Set(shell.view().filters[name]);
        if (!on.delete(word)) on.add(word);
        filter(name, shell.facts.choices[name].filter((other) => on.has(other)));
      });
      update.push(({ filters }) => {
        button.setAttribute("aria-pressed", String(filters[name].includes(word)));
      });
      frame.append(button);
    }
    return [frame];
  };

  const steps = (name, values, key) => {
    const told = (value) => (value ? say(key, { km: value, count: value }) : say("any"));
    const select = choice([0, ...values].map((value) => [value, told(value)]), (value) =>
      filter(name, Number(value)),
    );
    update.push(({ filters }) => {
      const value = String(filters[name]);
      if (![...select.options].some((option) => option.value === value)) {
        select.add(new Option(told(filters[name]), value));
      }
      select.value = value;
    });
    return labelled(say(`filter-${name}`), select);
  };

  const filters = () => {
    const title = heading("");
    update.push((view) => {
      const count = Object.values(view.filters).filter(shell.codec.isSet).length;
      title.textContent = say(count ? "filters-set" : "filters", { count });
    });
    const more = bv.element("details", "bv-more");
    more.open = Boolean(find(".bv-more[open]"));
    more.append(
      bv.element("summary", "", say("more-filters")),
      ...shell.codec.WORDS.flatMap(words),
      steps("within_km", shell.facts.exact, "km"),
      steps("cited", shell.facts.cited, "at-least"),
    );
    const [first, last] = shell.facts.years;
    const found = [title];
    if (first < last) found.push(years());
    if (shell.facts.presets.length) found.push(presets());
    return [...found, more];
  };

  /* Write everything that is in a language anew. */
  shell.useLanguage = () => {
    const left = find(".bv-controls");
    if (!left) return;
    update = [];
    left.replaceChildren(...filters(), ...layers());
    const { spoken } = shell;
    for (const part of ["header", "imprint", "held"]) {
      const box = find(`[data-part=${part}]`);
      if (box.lang === spoken.lang) continue;
      box.lang = spoken.lang;
      box.innerHTML = spoken[part];
    }
    for (const part of document.querySelectorAll("[data-say]")) {
      for (const pair of part.dataset.say.split(" ")) {
        const [where, key] = pair.split("=");
        if (where === "text") part.textContent = say(key);
        else part.setAttribute(where, say(key));
      }
    }
    find(".bv-app").lang = spoken.lang;
  };

  shell.drawControls = (view, selection) => {
    for (const bring of update) bring(view, selection);
    const title = find(".bv-title");
    if (!title) return;
    shell.lead(title, false);
    for (const way of title.querySelectorAll("nav a")) {
      const { page, story } = bv.queryOf(way.dataset.written || "");
      const isHere = page ? page === view.page : story && view.story && !view.page;
      if (isHere) way.setAttribute("aria-current", "page");
      else way.removeAttribute("aria-current");
    }
    for (const button of document.querySelectorAll(".bv-langs [data-lang]")) {
      if (button.dataset.lang === view.lang) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      const other = shell.elsewhere[button.dataset.lang];
      const address = shell.addressOf({ ...view, lang: other ? view.lang : button.dataset.lang });
      button.setAttribute("href", (other || "") + address);
    }
  };
})();
