// Sharpens pages that work without it: filters act as they are set, the matrix is walked by arrow keys, files are dropped.
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // --- filters: a choice acts at once; words narrow what is shown while they are typed, and Enter asks the server ---

  all("form.sieve").forEach((form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, [type=checkbox]")) form.requestSubmit();
    });
    // An empty field says nothing, so it does not stand in the address.
    form.addEventListener("submit", () => all("input, select", form).forEach((field) => {
      if (field.type !== "checkbox" && field.name && !field.value) field.disabled = true;
    }));
    addEventListener("pageshow", () => all(":disabled", form).forEach((field) => { field.disabled = false; }));
    const table = document.querySelector(".matrix");
    const search = form.querySelector("[type=search]");
    if (!table || !search) return;
    const rows = Array.from(table.tBodies[0].rows);
    const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    search.addEventListener("input", () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const seen = rows.filter((row) => {
        row.hidden = !wanted.every((word) => words.get(row).includes(word));
        return !row.hidden;
      });
      document.querySelector(".shown").textContent = `${seen.length} of ${rows.length} claims here; Enter looks through all`;
    });
  });

  // --- the matrix: arrows go from mark to mark, along a claim or along an origin ---

  all(".matrix").forEach((table) => table.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = Array.from(table.tBodies[0].rows);
    let [y, x] = [rows.indexOf(cell.parentElement), cell.cellIndex];
    for (;;) {
      y += step[0];
      x += step[1];
      const next = rows[y] && rows[y].cells[x];
      if (!next || x < 1) return;
      const link = !rows[y].hidden && next.querySelector("a");
      if (link) {
        event.preventDefault();
        link.focus();
        return;
      }
    }
  }));
})();
