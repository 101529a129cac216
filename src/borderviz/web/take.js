/* What leads away from here shows the map as the reader has moved it: a link marked
   `data-bv="here"`, and the address in the lines to copy for another page. Where the map is
   stands in the browser's address alone, so it is put in when it is wanted. */
(() => {
  "use strict";
  const { page } = window.borderviz.host;
  const POSITION = /^-?[\d.]{1,9},-?[\d.]{1,9},[\d.]{1,4}$/;

  const placed = (href) => {
    const at = new URLSearchParams(page.location.search).get("at") || "";
    if (!POSITION.test(at)) return href;
    const address = new URL(href, page.location.href);
    address.searchParams.set("v", "1");
    address.searchParams.set("at", at);
    return address.href.replace(/%2C/g, ",");
  };

  const inText = (text) =>
    text.replace(/( src=")([^"]*)/, (all, before, href) => {
      const found = placed(href.replace(/&amp;/g, "&"));
      return before + found.replace(/&/g, "&amp;").replace(/"/g, "%22").replace(/</g, "%3C");
    });

  const onTouch = () => {
    const { document } = page;
    for (const link of document.querySelectorAll('.stApp a[data-bv="here"]')) {
      link.href = placed(link.getAttribute("href"));
    }
    const lines = document.getElementById("bv-snippet");
    const text = lines && inText(lines.textContent);
    if (lines && text !== lines.textContent) lines.textContent = text;
  };

  // Before the click itself: a menu or a second button of the mouse opens the link too.
  window.borderviz.listen([["pointerdown", onTouch], ["focusin", onTouch]]);
})();
