/* A page loaded anew has a session that knows nothing of the rows that lay over the map
   before. Only that there were some stays in the tab: the program then says so. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { page } = bv.host;

  bv.noteSession = ({ session, own }) => {
    let known = null;
    try {
      known = page.sessionStorage.getItem("bv-own");
      if (own) page.sessionStorage.setItem("bv-own", session);
      else page.sessionStorage.removeItem("bv-own");
    } catch {
      return; // the browser keeps nothing for this page: then there is nothing to say
    }
    if (known && known !== session && !own) bv.send({ lost: true });
  };
})();
