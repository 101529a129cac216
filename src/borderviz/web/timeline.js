/* The timeline and the search field are part of the page around the map; what a pointer or
   a key does there travels by the map's own message, so that the answer is immediate. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { page } = bv.host;
  const LEAST = 5; // pixels: a shorter pull is a click
  const TYPING = 120; // milliseconds without a key before the program is asked
  let pull = null; // {root, from, shade} while the pointer is down

  const share = (root, x) => {
    const box = root.getBoundingClientRect();
    return Math.min(1, Math.max(0, (x - box.left) / box.width));
  };

  const yearAt = (root, part) => {
    const first = Number(root.dataset.first);
    const last = Number(root.dataset.last);
    return Math.min(last, Math.floor(first + part * (last - first + 1)));
  };

  const onDown = (event) => {
    const root = event.target.closest && event.target.closest(".bv-timeline");
    if (!root || event.button || event.target.closest("a")) return;
    pull = { root, from: event.clientX, shade: null };
  };

  const onMove = (event) => {
    if (!pull) return describe(event);
    if (!pull.shade && Math.abs(event.clientX - pull.from) < LEAST) return undefined;
    if (!pull.shade) {
      pull.shade = page.document.createElement("i");
      pull.shade.className = "bv-t-brush";
      pull.root.appendChild(pull.shade);
    }
    const [a, b] = ends(event);
    pull.shade.style.left = `${a * 100}%`;
    pull.shade.style.width = `${(b - a) * 100}%`;
    return event.preventDefault();
  };

  const ends = (event) =>
    [share(pull.root, pull.from), share(pull.root, event.clientX)].sort((a, b) => a - b);

  const onUp = (event) => {
    if (!pull) return;
    const { root, shade } = pull;
    const [a, b] = ends(event);
    pull = null;
    if (!shade) {
      const [mark] = bv.near(root, ".bv-t:not(.bv-t-off)", event);
      if (mark) bv.choose(mark.dataset.id);
      return;
    }
    shade.remove();
    const [from, to] = [yearAt(root, a), yearAt(root, b)];
    const isFirst = from === Number(root.dataset.first);
    const isLast = to === Number(root.dataset.last);
    bv.send({ set: { from: isFirst ? "" : `${from}`, to: isLast ? "" : `${to}` } });
  };

  const onCancel = () => {
    if (pull && pull.shade) pull.shade.remove();
    pull = null;
  };

  /* The marks under the pointer or a few pixels beside it, the nearest first: a finger is
     not a needle. */
  bv.near = (root, selector, event, reach = 10) => {
    const found = [];
    for (const mark of root.querySelectorAll(selector)) {
      const box = mark.getBoundingClientRect();
      const x = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
      const y = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
      const far = Math.hypot(x, y);
      if (far < reach) found.push({ mark, far });
    }
    return found.sort((a, b) => a.far - b.far).map(({ mark }) => mark);
  };

  const describe = (event) => {
    const mark = event.target.closest && event.target.closest(".bv-t");
    if (!mark || mark.title || !bv.all) return;
    const text = bv.all.get(mark.dataset.id);
    if (text) mark.title = bv.nameOf(text);
  };

  /* Choose a record whether or not it has a point on the map. */
  bv.choose = (id) => {
    const item = bv.items.get(id);
    if (item) bv.mark(id, { open: true, move: true });
    bv.send({ set: { sel: id } });
  };

  /* Show on timeline, strips and table which record is selected. */
  bv.tellSelected = (id) => {
    for (const mark of page.document.querySelectorAll(".bv-t-on, .bv-row-on")) {
      mark.classList.remove("bv-t-on", "bv-row-on");
    }
    if (!id) return;
    const named = `[data-id="${CSS.escape(id)}"]`;
    for (const mark of page.document.querySelectorAll(`:is(.bv-t, .bv-s)${named}`)) {
      mark.classList.add("bv-t-on");
    }
    const row = page.document.querySelector(`.bv-records tr${named}`);
    if (row) row.classList.add("bv-row-on");
  };

  const LAYER = /(?:^|\s)st-key-layer-(\S+)/;

  /* A layer follows its checkbox at once; the program's own command comes after. */
  const onToggle = (event) => {
    const label = event.target.closest && event.target.closest("[class*=st-key-layer-] label");
    const found = label && LAYER.exec(label.closest("[class*=st-key-layer-]").className);
    if (!found || !bv.groups.has(found[1])) return;
    const input = label.querySelector("input");
    // The browser has turned a box that was clicked itself, and not yet one by its label.
    bv.previewLayer(found[1], event.target === input ? input.checked : !input.checked);
  };

  let timer = 0;

  const onInput = (event) => {
    if (!event.target.closest || !event.target.closest(bv.host.search)) return;
    const q = event.target.value;
    page.clearTimeout(timer);
    timer = page.setTimeout(() => bv.send({ set: { q } }), TYPING);
  };

  const onKey = (event) => {
    if (event.key !== "Escape" || !event.target.closest(bv.host.search)) return;
    page.clearTimeout(timer);
    bv.send({ set: { q: "" } });
  };

  bv.watchTimeline = () => {
    bv.listen([
      ["pointerdown", onDown],
      ["pointermove", onMove],
      ["pointerup", onUp],
      ["pointercancel", onCancel],
      ["input", onInput],
      ["keydown", onKey],
      ["click", onToggle],
    ]);
  };
})();
