"""Make the picture in the README: the sample edition, its brief beside a cited article at the marked words.

python bench/picture.py docs/edition.png        needs Chromium and Playwright's Python package
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import variorum
from variorum.edition import to_html

SAMPLE = Path(variorum.__file__).parent / "data/sample"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main(target: str) -> None:
    """Collate the sample, open its third citation and write a screenshot of 1400 × 900 pixels to ``target``."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "edition.html"
        page_file.write_text(to_html(variorum.collate([SAMPLE])), "utf-8")
        chromium = next(p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce", color_scheme="light")
        page.goto(page_file.as_uri())
        page.evaluate("document.querySelector('.counts').scrollIntoView()")
        page.evaluate("scrollBy(0, -90)")
        page.locator(".brief li:nth-child(3) a.cite").first.click()
        page.mouse.move(20, 20)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
