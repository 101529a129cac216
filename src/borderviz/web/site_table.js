// Puts the rows of the table into the order of a heading; the orders are in the page.
"use strict";
(() => {
  const frame = document.querySelector(".bv-site-table");
  const body = frame?.querySelector("tbody");
  if (!body) return;
  const orders = JSON.parse(frame.dataset.orders);
  const rows = [...body.rows];
  const heads = [...frame.querySelectorAll("thead a")];
  const nameOf = (link) => link.hash.replace("#bv-by-", "") || "date";
  const sort = (link) => {
    const head = link.closest("th");
    const isReverse = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.closest("th").removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isReverse ? "descending" : "ascending");
    const order = orders[(isReverse ? "-" : "") + nameOf(link)];
    body.append(...order.map((place) => rows[place]));
  };
  for (const link of heads) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      sort(link);
    });
  }
})();
