/* What stands around the map: panel, page, sentence, timeline, table, notes. The markup is
   the program's own, escaped there; here it is put in place and its links are led on. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { shell } = bv;
  const find = (name) => document.querySelector(name);
  const say = (key, values) => shell.speaker.say(key, values);

  /* Lead the links of some markup from the view they were written for to the reader's.
     The story's own links say all that they mean. */
  const lead = (box, isStory) => {
    for (const link of box.querySelectorAll("a[href^='#']:not([href^='#bv-'])")) {
      const written = (link.dataset.written ??= link.getAttribute("href"));
      const query = bv.queryOf(written);
      const isBack = link.classList.contains("bv-back");
      const { lang } = shell.view();
      const whole = isStory && { ...shell.codec.decode(query).view, lang };
      link.setAttribute("href", shell.addressOf(whole || shell.merged(query, { isBack })));
    }
    if (!shell.view().story) return;
    for (const link of box.querySelectorAll("header > .bv-back")) link.textContent = say("back-to-story");
  };

  const nameOf = ({ selected, listed, story, lang }) => {
    if (selected) return `record/${lang}/${selected}`;
    if (listed) return `list/${lang}/${listed}`;
    return story ? `story/${lang}/${story}` : "";
  };

  const noteBox = ({ unknown, ignored }) => {
    const found = [];
    const isPart = shell.facts.part;
    if (unknown) found.push(say(isPart ? "shell-not-here" : "unknown-record", { id: unknown }));
    if (ignored.length) {
      found.push(say("ignored", { what: shell.speaker.listed(ignored, ",") }));
    }
    return found.map((words) => {
      const box = bv.element("div", "bv-note", words);
      box.setAttribute("role", "status");
      return box;
    });
  };

  /* How to cite a record: its sources as they are listed, then where it was found. */
  const addCite = (article, id) => {
    const { cite } = shell.spoken;
    const listed = [...article.querySelectorAll("#bv-src .bv-sources > li")];
    const lines = listed.map((item) => {
      const link = item.querySelector("a[href^=http]");
      return [item.textContent, link && link.href].filter(Boolean).join(". ");
    });
    const title = article.querySelector("h2").textContent;
    const own = cite.own.replaceAll("{title}", title).replaceAll("{id}", id);
    const text = bv.element("pre", "", [cite.first, ...lines, "", cite.then, own].join("\n"));
    text.id = "bv-cite-plain";
    text.tabIndex = 0;
    const copy = bv.element("a", "bv-button", cite.copy);
    copy.href = "#bv-cite-plain";
    copy.dataset.bv = "copy-text";
    const fold = bv.element("details", "bv-cite");
    fold.append(bv.element("summary", "", cite.summary), copy, text);
    article.append(fold);
  };

  let shown = "";

  /* Show panel and page of a view; return the heading of what is read, if any. */
  shell.panel = async (view, notes) => {
    const panel = find(".bv-panel");
    if (!panel) return "";
    const name = nameOf(view);
    const page = view.page && `page/${view.lang}/${view.page}`;
    const [markup, over] = await Promise.all([
      name ? bv.piece(name, view.lang) : shell.spoken.overview,
      page ? bv.piece(page, view.lang) : "",
    ]);
    if (view !== shell.view()) return "";
    const key = `${name} ${view.lang}`;
    if (key !== shown) {
      shown = key;
      panel.innerHTML = markup;
      if (view.selected) addCite(panel.querySelector("article"), view.selected);
      find(".bv-detail").scrollTop = 0;
    }
    lead(panel, name.startsWith("story/"));
    find(".bv-notes").replaceChildren(...noteBox(notes));
    drawPage(over, view);
    const box = over ? find(".bv-over") : name ? panel : null;
    const heading = box && box.querySelector("h2");
    return heading && !heading.closest(".bv-listing") ? heading.textContent : "";
  };

  const drawPage = (markup, view) => {
    const over = find(".bv-over");
    const key = markup && `${view.page} ${view.lang}`;
    if (over.dataset.key !== key) {
      over.dataset.key = key;
      over.innerHTML = markup;
      over.scrollTop = 0;
    }
    over.hidden = !markup;
    find(".bv-body").inert = Boolean(markup);
    find(".bv-title").classList.toggle("bv-in-page", Boolean(markup));
    document.body.classList.toggle("bv-reading", Boolean(markup));
    lead(over, false);
  };

  const anchor = (words, href, kind) => {
    const link = bv.element("a", "", words);
    link.href = href;
    if (kind) link.dataset.bv = kind;
    return link;
  };

  const drawSentence = (view, selection) => {
    const box = find(".bv-sentence");
    if (!box) return;
    const said = bv.element("span", "bv-said", shell.speaker.sentence(view, selection));
    said.setAttribute("role", "status");
    const parts = [said];
    if (selection.unplaced) {
      const words = say("sentence-unplaced", { count: selection.unplaced });
      parts.push(bv.element("small", "", words));
    }
    if (shell.speaker.isNarrow(view)) {
      const filters = shell.codec.noFilters();
      const on = shell.facts.layers.filter((x) => x.events || view.layers.includes(x.id));
      const layers = on.map((x) => x.id);
      const wider = { ...view, filters, layers, at: "" };
      parts.push(anchor(say("show-everything"), shell.addressOf(wider)));
    }
    parts.push(anchor(say("copy-view"), shell.addressOf({ ...view, at: "" }), "copy"));
    box.replaceChildren(...parts.flatMap((part) => [part, " "]));
  };

  /* Shade what the filters leave out of time. */
  const shade = (root, { since, until }) => {
    for (const old of root.querySelectorAll(".bv-t-outside")) old.remove();
    const [start, end] = [Number(root.dataset.first), Number(root.dataset.last) + 1];
    const whole = Date.UTC(end, 0, 1) - Date.UTC(start, 0, 1);
    const share = (...day) => {
      const part = (Date.UTC(...day) - Date.UTC(start, 0, 1)) / whole;
      return `${100 * Math.min(1, Math.max(0, part))}%`;
    };
    const outside = (style) => Object.assign(root.appendChild(bv.element("i", "bv-t-outside")).style, style);
    if (since) {
      const [year, month, day] = since.split("-").map(Number);
      outside({ left: "0", width: share(year, (month || 1) - 1, day || 1) });
    }
    if (!until) return;
    // The day after the last one that is meant.
    const [year, month, day] = until.split("-").map(Number);
    const next = day ? [year, month - 1, day + 1] : month ? [year, month, 1] : [year + 1, 0, 1];
    outside({ left: share(...next), right: "0" });
  };

  const drawTimeline = (view, selection) => {
    const box = find(".bv-time");
    if (!box) return;
    if (box.dataset.lang !== view.lang) {
      box.dataset.lang = view.lang;
      box.innerHTML = shell.spoken.timeline;
    }
    lead(box, false);
    const root = box.querySelector(".bv-timeline");
    if (root) shade(root, view.filters);
    const ids = new Set(selection.ids);
    for (const mark of box.querySelectorAll(".bv-t")) {
      mark.classList.toggle("bv-t-off", !ids.has(mark.dataset.id));
    }
  };

  /* The table is written once in each language; rows are hidden and put in order. */
  const drawTable = async (view, selection) => {
    const box = find(".bv-sheets");
    if (!box) return;
    const isOpen = view.sheet === "table" && !view.story;
    const tab = anchor(
      say("sheet-table", { count: selection.ids.length }),
      shell.addressOf({ ...view, sheet: isOpen ? "" : "table", at: "" }),
    );
    tab.className = "bv-tab bv-tab-table";
    tab.setAttribute("role", "button");
    tab.setAttribute("aria-expanded", String(isOpen));
    const print = bv.element("button", "bv-plain", say("shell-print"));
    print.type = "button";
    print.addEventListener("click", () => window.print());
    const held = document.activeElement && document.activeElement.className;
    box.querySelector(".bv-tabs").replaceChildren(tab, print);
    if (held === tab.className) tab.focus();
    const sheet = box.querySelector(".bv-sheet");
    sheet.hidden = !isOpen;
    bv.refit();
    if (!isOpen) return;
    sheet.setAttribute("aria-label", tab.textContent);
    if (sheet.dataset.lang !== view.lang) {
      const [table, orders] = await Promise.all([
        bv.piece(`table/${view.lang}`, view.lang),
        bv.piece(`orders/${view.lang}`, view.lang),
      ]);
      if (view !== shell.view()) return;
      sheet.dataset.lang = view.lang;
      sheet.innerHTML = table;
      shell.orders = JSON.parse(orders);
    }
    const body = sheet.querySelector("tbody");
    if (!body) return;
    const count = selection.ids.length;
    const caption = count ? say("table-caption", { count }) : say("table-empty");
    sheet.querySelector("caption").textContent = caption;
    const rows = new Map([...body.rows].map((row) => [row.dataset.id, row]));
    const ids = new Set(selection.ids);
    const order = shell.orders[view.sort || "date"];
    body.append(...order.map((n) => rows.get(shell.facts.events[n][0])));
    for (const [id, row] of rows) row.hidden = !ids.has(id);
    lead(sheet, false);
    drawHeads(sheet, view);
    bv.tellSelected(bv.selected);
  };

  const drawHeads = (sheet, view) => {
    const now = view.sort || "date";
    const name = now.replace("-", "");
    sheet.querySelectorAll("thead th").forEach((head, n) => {
      const link = head.querySelector("a");
      if (!link) return;
      const mine = shell.facts.sorts[n];
      const wanted = mine === name && !now.startsWith("-") ? `-${mine}` : mine;
      link.href = shell.addressOf({ ...view, sort: wanted === "date" ? "" : wanted, at: "" });
      if (mine !== name) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", now.startsWith("-") ? "descending" : "ascending");
    });
  };

  shell.lead = lead;

  shell.draw = (view, selection, notes) => {
    document.body.classList.toggle("bv-telling", Boolean(view.story));
    const whole = find(".bv-full");
    if (whole) whole.href = document.body.dataset.full + shell.addressOf(view);
    drawSentence(view, selection);
    drawTimeline(view, selection);
    shell.drawControls(view, selection);
    drawTable(view, selection).catch(() => shell.fail());
    if (notes.unknown || notes.ignored.length) document.body.dataset.noted = "1";
  };
})();
