"""Make the pictures in the README and the guide, of the sample collection.

python bench/picture.py docs/edition.png        the edition, its brief beside a cited article at the marked words
python bench/picture.py docs/room.png           the reading room: the same story, served
python bench/picture.py docs/matrix.png         its claims by origin

Needs Chromium and Playwright's Python package. Each is 1400 × 900 pixels.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

import variorum
from variorum.edition import to_html

SAMPLE = Path(variorum.__file__).parent / "data/sample"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


Shutter = Callable[[], object]


def edition(page: Any, take: Shutter) -> None:
    """The edition from a disk, its third sentence's first citation open."""
    with tempfile.TemporaryDirectory() as folder:
        page_file = Path(folder) / "edition.html"
        page_file.write_text(to_html(variorum.collate([SAMPLE])), "utf-8")
        page.goto(page_file.as_uri())
        _beside(page)
        take()


def room(page: Any, take: Shutter) -> None:
    """The story in the room, an article beside it."""
    with _served() as story:
        page.goto(story)
        _beside(page)
        take()


def matrix(page: Any, take: Shutter) -> None:
    """Claims by origin."""
    with _served() as story:
        page.goto(f"{story}/matrix")
        page.evaluate("document.querySelector('.key-signs').scrollIntoView()")
        take()


def _beside(page: Any) -> None:
    page.evaluate("document.querySelector('.counts').scrollIntoView()")
    page.evaluate("scrollBy(0, -90)")
    page.locator(".brief li:nth-child(3) a.cite").first.click()
    page.locator("#reader .hit").first.wait_for()
    page.mouse.move(20, 20)


@contextmanager
def _served() -> Iterator[str]:
    """A room over the sample collection; the address of its first story."""
    import uvicorn

    from variorum.library import Library
    from variorum.pipeline import Config
    from variorum.store import open_store
    from variorum.web import Access, Limits, Room, Worker, create_app

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "library.db"))
        library = Library(store, Config())
        library.add("sample", list(variorum.collate([SAMPLE]).articles))
        app = create_app(Room(library, Worker(library), Access(), Limits(), author="Ana"))
        server = uvicorn.Server(uvicorn.Config(app, port=0, access_log=False, log_level="warning"))
        listening = server.config.bind_socket()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        story = max(store.stories("sample").rows, key=lambda card: card.articles).id
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/c/sample/stories/{story}"
        server.should_exit = True
        thread.join(10)
        store.close()


PICTURES: dict[str, Callable[[Any, Shutter], None]] = {"edition": edition, "room": room, "matrix": matrix}


def main(*targets: str) -> None:
    """Write a picture to each target; the name of its file says of what."""
    with sync_playwright() as playwright:
        chromium = next(p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for target in targets:
            page = browser.new_page(
                viewport={"width": 1400, "height": 900}, reduced_motion="reduce", color_scheme="light"
            )
            PICTURES[Path(target).stem](page, partial(page.screenshot, path=target))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
