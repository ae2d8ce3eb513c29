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

  // --- the margin: a note shows its words, and words their notes, by pointer and by keys ---

  const margin = all(".margin li > a:first-child").map((link) => {
    const [from, to] = link.hash.split("-").slice(1).map(Number);
    return { note: link.parentElement, from, to };
  });
  const glow = (event) => {
    all(".glow").forEach((piece) => piece.classList.remove("glow"));
    const note = event.target.closest && event.target.closest(".margin li");
    const words = event.target.closest && event.target.closest(".text .m");
    const at = words && +words.dataset.at;
    margin.filter((one) => (note ? one.note === note : words && one.from <= at && at < one.to)).forEach((one) => {
      one.note.classList.add("glow");
      if (!note) return;
      all(".text .m").filter((m) => +m.dataset.at >= one.from && +m.dataset.at < one.to).forEach((m) => m.classList.add("glow"));
    });
  };
  if (margin.length) ["pointerover", "focusin"].forEach((kind) => document.addEventListener(kind, glow));

  // --- files are dropped anywhere on the form that takes them ---

  all("form.drop").forEach((form) => {
    const field = form.querySelector("[type=file]");
    const told = document.getElementById("dropped");
    const tell = () => {
      const names = Array.from(field.files, (file) => file.name);
      told.textContent = names.length ? `${names.length} ${names.length === 1 ? "file" : "files"}: ${names.slice(0, 8).join(", ")}${names.length > 8 ? " …" : ""}` : "";
    };
    told.textContent = "Files can be dropped here.";
    field.addEventListener("change", tell);
    ["dragenter", "dragover"].forEach((kind) => form.addEventListener(kind, (event) => {
      if (!Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    }));
    ["dragleave", "drop"].forEach((kind) => form.addEventListener(kind, () => form.classList.remove("over")));
    form.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
      tell();
    });
  });

  // --- a job tells how far it is, between the times that its page asks again by itself ---

  const job = document.querySelector("#job[data-events]");
  if (job && window.EventSource) {
    const told = new EventSource(job.dataset.events);
    const bar = document.querySelector("progress");
    told.addEventListener("progress", (event) => {
      const now = JSON.parse(event.data);
      const far = now.stage ? ` · ${now.stage} ${now.done}${now.total ? ` of ${now.total}` : ""}` : "";
      job.textContent = now.state + far;
      if (now.total) Object.assign(bar, { max: now.total, value: now.done }); else bar.removeAttribute("value");
    });
    told.addEventListener("end", () => { told.close(); location.reload(); });
    told.addEventListener("error", () => told.close()); // the page asks again all the same
    addEventListener("pagehide", () => told.close());
  }

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
