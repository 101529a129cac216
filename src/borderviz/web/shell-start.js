/* The last script: makes the map and shows what the address asks for. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { shell } = bv;

  const onTheme = () => {
    const isDark = getComputedStyle(document.documentElement).colorScheme === "dark";
    const wanted = isDark ? "light" : "dark";
    const isSystems = matchMedia(`(prefers-color-scheme: ${wanted})`).matches;
    shell.useTheme(isSystems ? "" : wanted);
  };

  // Where it is narrow, filters and layers would stand between the map and its words.
  const fold = document.querySelector(".bv-left");
  if (fold && matchMedia("(max-width: 820px)").matches) fold.open = false;

  const map = L.map(document.querySelector(".bv-map"), {
    center: [0, 0],
    zoom: 4,
    minZoom: 3,
    maxZoom: 14,
    zoomSnap: 0.5,
    zoomControl: false,
    attributionControl: false,
    worldCopyJump: false,
  });
  bv.start(map);
  const theme = document.querySelector(".bv-theme");
  if (theme) theme.addEventListener("click", onTheme);
  const field = document.querySelector(".bv-search input");
  // Whoever goes to the field will type: what it needs is read meanwhile.
  if (field) field.addEventListener("focus", () => bv.piece("search", shell.lang).catch(() => {}), { once: true });
  // The whole atlas opens with what the embedded map shows.
  const whole = document.querySelector(".bv-full");
  const address = whole && whole.getAttribute("href");
  const follow = () => {
    whole.href = address + window.location.hash;
  };
  if (whole) {
    follow();
    for (const event of ["pointerenter", "focus", "click"]) whole.addEventListener(event, follow);
  }
  shell.start().catch(() => {
    document.body.dataset.failed = "1";
  });
})();
