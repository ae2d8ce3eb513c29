"""room.py [--times 20]: how heavy the pages of a large story are, and how soon a browser shows them.

A story of 200 reports and 3,000 statements (``tests/crowd.py``, recombined from the bundled sample collection) is put
into a library, served by a real server, and opened by Chromium with an empty cache. Bytes are those of the page alone,
without and with gzip (a proxy's work); *served* is the server's time as a client on this machine sees it, *painted* the
browser's first contentful paint, both from the beginning of the request. The first request of each page, which decodes
the story, is counted too.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import variorum
from crowd import crowd, shelve
from variorum.library import Library
from variorum.pipeline import Config
from variorum.store import open_store
from variorum.web import Access, Limits, Room, Worker, create_app

SAMPLE = Path(variorum.__file__).parent / "data" / "sample"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
    const found = list.getEntriesByName("first-contentful-paint")[0];
    if (found) done(found.startTime);
}).observe({ type: "paint", buffered: true }))"""


def main() -> int:
    """Print the table; 1 if a page is over 300 kB or is painted, by the median, after more than a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "library.db"))
        edition = crowd(variorum.collate([SAMPLE]))
        story = f"/c/crowd/stories/{shelve(store, 'crowd', edition)}"
        library = Library(store, Config(embedder="none"))
        room = Room(library, Worker(library), Access(), Limits(reads=1_000_000))
        server = uvicorn.Server(uvicorn.Config(create_app(room), port=0, access_log=False, log_level="warning"))
        listening = server.config.bind_socket()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        home = f"http://127.0.0.1:{listening.getsockname()[1]}"
        article = f"/c/crowd/articles/{edition.articles[0].id}"
        told = edition.stories[0]
        print(
            f"{len(edition.articles)} reports, {len(edition.statements)} statements, {len(told.claims)} claims, ",
            end="",
        )
        print(f"{len(told.conflicts)} conflicts, {len(edition.lineage.origins)} origins")
        print(f"{'':<10}{'kB':>8}{'gzip kB':>9}{'served ms':>11}{'painted ms':>12}{'slowest':>9}")
        pages = {"story": story, "matrix": f"{story}/matrix", "article": article, "stories": "/"}
        good = [measure(name, home + path, times) for name, path in pages.items()]
        server.should_exit = True
        thread.join(10)
        store.close()
    return 0 if all(good) else 1


def measure(name: str, address: str, times: int) -> bool:
    """One row."""
    from playwright.sync_api import sync_playwright

    served, painted, body = [], [], b""
    chromium = next(p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(times):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(address)
            painted.append(page.evaluate(PAINT))
            context.close()
            begin = time.perf_counter()
            with urllib.request.urlopen(address) as answer:
                body = answer.read()
            served.append(1000 * (time.perf_counter() - begin))
        browser.close()
    size, median = len(body) / 1000, statistics.median(painted)
    print(f"{name:<10}{size:>8.0f}{len(gzip.compress(body)) / 1000:>9.0f}", end="")
    print(f"{statistics.median(served):>11.0f}{median:>12.0f}{max(painted):>9.0f}", flush=True)
    return size < 300 and median < 1000


if __name__ == "__main__":
    sys.exit(main())
