// Opens cited articles beside the story, sorts and filters the ledger, shows notes. The page reads without it.
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const reader = document.getElementById("reader");
  const slot = reader && reader.querySelector(".slot"); // none on the page of one article, which is read in place
  const note = document.getElementById("note");
  let opener = null;
  document.documentElement.classList.add("js");
  const MANY = 8; // articles; more are listed, and read one by one in the reader
  const many = document.querySelectorAll(".source").length > MANY;
  document.body.classList.toggle("many", many);

  // --- the reader: the article itself moves there, so that nothing is on the page twice ---

  const range = (hash) => {
    const match = /^#a(\d+)(?:-(\d+)-(\d+))?$/.exec(hash);
    return match && { article: "a" + match[1], from: match[2] && +match[2], to: match[3] && +match[3] };
  };
  const sendHome = () => {
    const article = slot.firstElementChild;
    if (article) document.querySelector(`.home[data-for="${article.id}"]`).append(article);
  };
  const unmark = () => all(".hit").forEach((piece) => piece.classList.remove("hit"));

  const open = (hash, from) => {
    const where = range(hash);
    const article = where && document.getElementById(where.article);
    if (!article) return false;
    if (reader && article.parentElement !== slot) {
      sendHome();
      article.parentElement.dataset.for = article.id;
      article.parentElement.dataset.away = `${article.dataset.name}: open in the reader`;
      slot.append(article);
    }
    if (reader) {
      reader.hidden = false;
      document.body.classList.add("reading");
      reader.querySelector(".reader-name").textContent = article.dataset.name;
    }
    all(".words.on").forEach((link) => link.classList.remove("on"));
    if (from) { opener = from; from.classList.add("on"); }
    unmark();
    const hits = where.from === undefined ? [] : all(".m", article).filter((piece) => {
      const at = +piece.dataset.at;
      return at >= where.from && at < where.to;
    });
    hits.forEach((piece) => {
      piece.classList.add("hit");
      const fold = piece.closest("details");
      if (fold) fold.open = true;
    });
    if (!reader) {
      rove(hits[0]);
      if (hits[0]) { hits[0].scrollIntoView({ block: "center" }); hits[0].focus({ preventScroll: true }); }
      return true;
    }
    const target = hits[0] || article;
    const gap = target.getBoundingClientRect().top - slot.getBoundingClientRect().top;
    slot.scrollTop += gap - (hits[0] ? slot.clientHeight * 0.3 : 0);
    rove(hits[0]);
    (hits[0] || slot).focus({ preventScroll: true });
    if (from) keepInSight(from);
    return true;
  };
  // A small screen shows the reader over the lower half: what was clicked must not vanish behind it.
  const keepInSight = (link) => {
    const [box, cover] = [link.getBoundingClientRect(), reader.getBoundingClientRect()];
    if (cover.top > 0 && box.bottom > cover.top - 8) scrollBy(0, box.bottom - cover.top * 0.7);
    else if (box.top < 60) scrollBy(0, box.top - 80);
  };
  const close = () => {
    if (!reader || reader.hidden) return;
    unmark();
    sendHome();
    reader.hidden = true;
    document.body.classList.remove("reading");
    all(".words.on").forEach((link) => link.classList.remove("on"));
    hide();
    if (opener) opener.focus();
    opener = null;
  };
  // A served story holds no texts: that of an article is brought from its own page when it is first opened. There it is
  // the first and only one; here it goes under its number.
  const FAR = 100000; // above it are those that this part of the list does not hold, which no address can name
  let far = FAR;
  const bring = async (here, url) => {
    const answer = await fetch(url);
    const found = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article.source");
    if (!found) return null;
    const text = found.querySelector(".text");
    all("[id]", text).forEach((mark) => mark.removeAttribute("id"));
    text.classList.add("lent");
    let article = here;
    if (here) here.append(document.adoptNode(text));
    else {
      const home = document.createElement("div");
      home.className = "home";
      home.hidden = true;
      article = document.adoptNode(found);
      article.id = `a${far += 1}`;
      article.dataset.page = url;
      article.querySelector("h2").id = `${article.id}-h`;
      home.append(article);
      document.getElementById("articles").append(home);
    }
    text.setAttribute("aria-labelledby", `${article.id}-h`);
    rove(text.querySelector(".m"));
    return article;
  };
  const enter = (hash, from) => {
    if (!open(hash, from)) return false;
    if (parseInt(hash.slice(2), 10) <= FAR) history.replaceState(null, "", hash);
    return true;
  };
  // Opens the words of a link that leads to another page, or of one here whose text is not here yet.
  const reach = (hash, from, url) => {
    const here = url ? all(".source[data-page]").find((one) => one.dataset.page === url) : document.getElementById(range(hash).article);
    const page = url || (here && here.dataset.page);
    const there = (article) => enter(hash.replace(/^#a\d+/, `#${article.id}`), from);
    if (!page) return enter(hash, from);
    if (here && here.querySelector(".text")) return there(here);
    const away = () => { if (url) location.assign(url + hash); };
    bring(here, page).then((article) => article ? there(article) : away(), away);
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const hash = link && link.getAttribute("href");
    if (!hash || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const away = reader && link.matches(".words") && !hash.startsWith("#") && range(link.hash);
    if (away ? reach(link.hash, link, link.pathname) : range(hash) && reach(hash, link)) event.preventDefault();
    else if (hash.startsWith("#c-")) reveal(hash.slice(1));
  });
  if (reader) reader.querySelector(".close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { if (note.hidden) close(); else { hide(); close(); } }
  });

  // --- notes on marks: by pointer, and by arrow keys from the one mark of an article that Tab reaches ---

  const rove = (piece) => {
    if (!piece) return;
    const text = piece.closest(".text");
    all('.m[tabindex="0"]', text).forEach((other) => { other.tabIndex = -1; });
    piece.tabIndex = 0;
  };
  all(".text").forEach((text) => rove(text.querySelector(".m")));
  const notesOf = (piece) => {
    const at = +piece.dataset.at;
    const text = piece.closest(".text");
    return all("i[data-note]", text).filter((mark) => {
      const next = mark.dataset.at === undefined ? startOf(mark) : +mark.dataset.at;
      return next <= at && at < +mark.dataset.end;
    }).map((mark) => mark.dataset.note);
  };
  const startOf = (mark) => {
    let next = mark.nextElementSibling;
    while (next && next.tagName === "I") next = next.nextElementSibling;
    mark.dataset.at = next ? next.dataset.at : "-1";
    return +mark.dataset.at;
  };
  const hide = () => { note.hidden = true; };
  const show = (piece) => {
    const lines = notesOf(piece);
    if (!lines.length) return hide();
    note.textContent = lines.join("\n");
    note.hidden = false;
    const box = piece.getClientRects()[0];
    const own = note.getBoundingClientRect();
    const above = box.top - own.height - 8;
    note.style.top = `${above > 4 ? above : Math.min(box.bottom + 8, innerHeight - own.height - 4)}px`;
    note.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8))}px`;
  };
  document.addEventListener("pointerover", (event) => {
    const piece = event.target.closest && event.target.closest(".m");
    if (piece) show(piece); else hide();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".m") && event.target.matches(":focus-visible")) show(event.target); else hide();
  });
  // Moving by keys scrolls too: the note of the mark that has the focus stays with it.
  document.addEventListener("scroll", () => {
    const at = document.activeElement;
    if (at && at.matches(".m:focus-visible") && !note.hidden) show(at); else hide();
  }, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(".m")) return;
    const pieces = all(".m", event.target.closest(".text"));
    const next = pieces[pieces.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    rove(next);
    next.focus();
  });

  // --- the ledger: sorted by its heads, filtered by status and words ---

  all(".ledger").forEach((table) => {
    const section = table.closest("section");
    const form = section.querySelector(".filters");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const order = new Map(rows.map((row, place) => [row, place]));
    const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const more = document.createElement("button");
    more.type = "button";
    more.className = "more";
    const minor = rows.filter((row) => row.classList.contains("minor")).length;
    let full = rows.length < 12 || minor < 5 || minor === rows.length;
    const filter = () => {
      const wanted = form.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
      const kinds = new Set(all("input:checked", form).map((box) => box.value));
      const sought = wanted.length > 0;
      let met = 0;
      let seen = 0;
      Array.from(body.rows).forEach((row) => {
        const fits = kinds.has(row.dataset.status) && wanted.every((word) => words.get(row).includes(word));
        met += fits;
        row.hidden = !fits || (!full && !sought && row.classList.contains("minor"));
        seen += !row.hidden;
      });
      form.querySelector(".shown").textContent = `${seen} of ${rows.length} claims`;
      more.hidden = seen === met;
      more.textContent = `Show all ${met} claims`;
    };
    const key = {
      status: (row) => row.dataset.status, first: (row) => row.dataset.first, text: (row) => words.get(row).trim(),
      newsrooms: (row) => -parseFloat(row.dataset.newsrooms), roots: (row) => -parseFloat(row.dataset.roots),
    };
    all("th", table).forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        all("th", table).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const of = key[head.dataset.key];
        const turn = down ? -1 : 1;
        rows.slice().sort((a, b) => {
          const [x, y] = [of(a), of(b)];
          return (x < y ? -turn : x > y ? turn : 0) || order.get(a) - order.get(b);
        }).forEach((row) => body.append(row));
        filter();
      });
    });
    more.addEventListener("click", () => { full = true; filter(); });
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    table.after(more);
    table.addEventListener("reveal", () => {
      full = true;
      form.reset();
      filter();
    });
    filter();
  });
  const reveal = (id) => {
    const row = document.getElementById(id);
    if (!row) return;
    if (row.hidden) row.closest("table").dispatchEvent(new Event("reveal"));
    const fold = row.querySelector("details");
    if (fold) fold.open = true;
  };

  // --- on paper everything is open and in its place ---

  let folded = [];
  addEventListener("beforeprint", () => {
    close();
    document.body.classList.remove("many");
    folded = all("details:not([open])");
    folded.forEach((fold) => { fold.open = true; });
    all(".ledger").forEach((table) => table.dispatchEvent(new Event("reveal")));
  });
  addEventListener("afterprint", () => {
    document.body.classList.toggle("many", many);
    folded.forEach((fold) => { fold.open = false; });
  });
  addEventListener("hashchange", () => { if (range(location.hash)) reach(location.hash, null); });
  // Read in place, the browser goes to the words too, and takes the focus away while it does: come after it.
  if (range(location.hash) && !reader) addEventListener("load", () => setTimeout(() => open(location.hash, null)));
  else if (range(location.hash)) reach(location.hash, null);
  else if (location.hash.startsWith("#c-")) reveal(location.hash.slice(1));
})();
