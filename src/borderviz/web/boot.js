/* Runs before anything else in the map frame: asks for the data at once, so that it
   arrives while Leaflet is still being read. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { base, lang, words } = bv.files;
  const sheet = document.createElement("style");
  sheet.textContent = bv.sheet;
  document.head.appendChild(sheet);

  const json = (address) =>
    fetch(address).then((response) => {
      if (!response.ok) throw new Error(`${response.status} for ${address}`);
      return response.json();
    });

  const wanted = new URLSearchParams(window.parent.location.search).get("lang");
  const known = Object.hasOwn(words, wanted) ? wanted : lang;
  const coming = { [known]: json(words[known]) };

  // Until somebody tells it, Streamlit's page says of itself that it is in English.
  window.parent.document.documentElement.lang = known;
  bv.base = json(base);
  bv.json = json;
  bv.wordsOf = (code) => (coming[code] = coming[code] || json(words[code]));
  // Whoever waits for them is told; until then a failure is nobody's.
  bv.base.catch(() => {});
  coming[known].catch(() => {});
})();
