"use strict";

// Sorts the table of runs by a click on the head of a column.

const rows = document.getElementById("rows");
const headings = [...document.querySelectorAll("th[aria-sort]")];

function compare(a, b) {
  if (a.dataset.number !== undefined) return Number(a.dataset.number) - Number(b.dataset.number);
  return a.dataset.value.localeCompare(b.dataset.value, "en", { numeric: true });
}

headings.forEach((heading, column) => {
  heading.querySelector("button").addEventListener("click", () => {
    const isDescending = heading.ariaSort === "ascending";
    const sign = isDescending ? -1 : 1;
    const sorted = [...rows.children].sort(
      (a, b) => sign * compare(a.children[column], b.children[column]),
    );
    for (const other of headings) other.ariaSort = "none";
    heading.ariaSort = isDescending ? "descending" : "ascending";
    rows.append(...sorted);
  });
});
