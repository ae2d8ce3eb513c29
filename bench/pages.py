"""How well pages are read beside trafilatura and newspaper4k: main text and metadata on invented layouts, and speed.

    python bench/pages.py [FOLDER]

Every reader gets the same bytes and the page's address, in the same run. Main text is scored by token F1 (mean over the
pages) against the words that the gold counts as the article's own; a title is right if it is the headline exactly, the
authors if they are the same set of names, a date if it is the same day. Speed is pages a CPU second, all pages read
``ROUNDS`` times, best of three; ours includes blocks, offsets, credits and dates. FOLDER holds pages and gold of the
same shape (``NAME.html``, ``NAME.json``); by default those of ``tests/ingest/layouts``.

trafilatura alone is also measured as it is used inside ours (text only, no metadata), which is what a page must cost.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
import layouts as gold

ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a page; all may be absent."""

    text: str = ""
    title: str | None = None
    authors: Sequence[str] = ()
    published: str | None = None
    publisher: str | None = None


Reader = Callable[[gold.Layout], Reading]


def ours(layout: gold.Layout) -> Reading:
    """Variorum."""
    article, _ = gold.read(layout)
    if article is None:
        return Reading()
    published = article.published and article.published.value
    return Reading(gold.main_text(article), article.title, article.authors, published, article.publisher)


def trafilatura(layout: gold.Layout) -> Reading:
    """trafilatura as it comes, with metadata."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        layout.data.decode("utf-8", "replace"), url=layout.gold["url"], include_comments=False, with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": True, "max_date": "2199-12-31"},
    )  # fmt: skip
    if found is None:
        return Reading()
    authors = [a.strip() for a in (found.author or "").split(";") if a.strip()]
    return Reading(found.text or "", found.title, authors, found.date, found.sitename)


def newspaper(layout: gold.Layout) -> Reading:
    """newspaper4k as it comes."""
    from newspaper import Article

    article = Article(layout.gold["url"], fetch_images=False)
    article.download(input_html=layout.data.decode("utf-8", "replace"))
    article.parse()
    when = article.publish_date
    site = article.meta_site_name or None
    return Reading(article.text, article.title, article.authors, when and when.isoformat()[:10], site)


def scores(reader: Reader, pages: Sequence[gold.Layout]) -> dict[str, float]:
    """Means over ``pages``, from 0 to 1."""
    rows = []
    for layout in pages:
        found, wanted = reader(layout), layout.gold
        precision, recall, f1 = gold.token_scores(layout.main, found.text)
        day = (found.published or "")[:10] == (wanted["published"] or "")[:10]
        rows.append(
            {
                "precision": precision, "recall": recall, "F1": f1,
                "title": found.title == wanted["title"],
                "authors": gold.same("authors", wanted["authors"], found.authors),
                "day": day, "publisher": found.publisher == wanted["publisher"],
            }
        )  # fmt: skip
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}


def speed(reader: Reader, pages: Sequence[gold.Layout]) -> float:
    """Pages a second, best of three."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        for _ in range(ROUNDS):
            for layout in pages:
                reader(layout)
        best = max(best, ROUNDS * len(pages) / (time.process_time() - began))
    return best


def text_alone(layout: gold.Layout) -> Reading:
    """What trafilatura's main text costs by itself."""
    from trafilatura import bare_extraction

    bare_extraction(layout.data.decode("utf-8", "replace"), include_comments=False, with_metadata=False)
    return Reading()


def main() -> int:
    """Print the table."""
    pages = [p for p in gold.layouts(*map(Path, sys.argv[1:2])) if "blocks" in p.gold]
    readers: dict[str, Reader] = {"variorum": ours, "trafilatura": trafilatura}
    if find_spec("newspaper"):
        readers["newspaper4k"] = newspaper
    else:
        print("newspaper4k is not installed (pip install newspaper4k): left out")
    print(f"{len(pages)} pages")
    columns = ("precision", "recall", "F1", "title", "authors", "day", "publisher")
    print(f"{'':<14}" + "".join(f"{c:>11}" for c in (*columns, "pages/s")))
    for name, reader in readers.items():
        found = scores(reader, pages)
        print(f"{name:<14}" + "".join(f"{100 * found[c]:>11.1f}" for c in columns) + f"{speed(reader, pages):>11.1f}")
    print(f"{'(its text)':<14}" + " " * 11 * len(columns) + f"{speed(text_alone, pages):>11.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
