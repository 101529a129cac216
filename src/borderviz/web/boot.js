/* Runs before anything else in the map frame: asks for the data at once, so that it
   arrives while Leaflet is still being read. Its `host` is all that the map's scripts know
   of where they are; a page that no program serves brings another. */
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

  /* Fetch a script that not every page needs. */
  bv.script = (address) =>
    new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", done);
      script.addEventListener("error", fail);
      document.head.appendChild(script);
    });

  const page = window.parent;

  bv.host = {
    page, // the window with the text around the map
    links: ".stApp a[href]", // what may lead into the atlas
    mark: "?", // how such an address begins
    panels: ".st-key-detail, .st-key-page", // what scrolls beside or over the map
    search: ".st-key-search",
    box: () => window.frameElement, // what holds the map's place in the page
    width: () => window.innerWidth,
    send: (message) => window.Streamlit.setComponentValue(message),

    /* Write where the map is into the address, without a new entry and without a run. */
    keep: (at) => {
      const address = new URL(page.location.href);
      address.searchParams.set("v", "1");
      address.searchParams.set("at", at);
      const query = address.search.replace(/%2C/g, ",");
      page.history.replaceState(page.history.state, "", address.pathname + query + address.hash);
    },

    /* What the reader chose for the page; empty where only the system knows. */
    scheme: () => {
      const app = page.document.querySelector(".stApp");
      const found = app ? page.getComputedStyle(app).colorScheme : "";
      return found === "dark" || found === "light" ? found : "";
    },
    dressed: () => page.document.querySelector(".stApp") || page.document.body,
    name: (title) => {
      window.frameElement.title = title;
    },
    link: (href) => new URL(href, page.location.href).toString(),
  };

  const wanted = new URLSearchParams(page.location.search).get("lang");
  const known = Object.hasOwn(words, wanted) ? wanted : lang;
  const coming = { [known]: json(words[known]) };

  // Until somebody tells it, Streamlit's page says of itself that it is in English.
  page.document.documentElement.lang = known;
  bv.base = json(base);
  bv.json = json;
  bv.wordsOf = (code) => (coming[code] = coming[code] || json(words[code]));
  // Whoever waits for them is told; until then a failure is nobody's.
  bv.base.catch(() => {});
  coming[known].catch(() => {});
})();
