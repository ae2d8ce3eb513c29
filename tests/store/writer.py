"""A process that adds to a library and says what was acknowledged, to be killed in the middle of it.

    python writer.py URL FROM TO

Each line it writes names articles that are safe.
"""

from __future__ import annotations

import sys

from variorum.library import Library
from variorum.model import Article, Raw, Stamp
from variorum.pipeline import Config
from variorum.store import open_store

PLACES = ("Lodra", "Harwick", "Velda", "Orrin", "Tarnov")


def article(number: int) -> Article:
    """An invented report, with several hundred words so that writing it takes a while."""
    place = PLACES[number % len(PLACES)]
    text = f"Report {number}. The ferry from {place} was late, the harbour office said on Monday. " * 60
    day = f"2031-05-{number % 28 + 1:02d}"
    return Article(id=f"art-{number:06d}", source=f"{number}.txt", text=text, published=Stamp(day, "day", "stated"))


def main(url: str, begin: int, end: int) -> None:
    """Add one by one, each with its bytes and a finding; collate a few now and then."""
    store = open_store(url)
    store.create("killed")
    store.create("collated")
    library = Library(store, Config(embedder="none"))
    print("ready", flush=True)
    for number in range(begin, end, 4):
        some = [article(n) for n in range(number, min(number + 4, end))]
        added = store.add("killed", some, {a.id: Raw(a.text.encode(), "text/plain") for a in some})
        for known in (*added.new, *added.known):
            print(known, flush=True)
        store.keep("annotation", {f"{a.id}:x": a.text.encode() for a in some})
        if number % 16 == 0:
            added = library.add("collated", [article(number)])
            for known in (*added.new, *added.known):
                print("collated", known, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
