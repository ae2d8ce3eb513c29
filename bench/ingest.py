"""ingest.py [--pages N] [--texts N] [--layouts DIR]: what reading costs, beside those who only extract.

  texts     plain text: articles a second on one core (JSONL records of invented reports, blocks found, dates, credits)
  archive   the same pages as WARC records: seconds a record for `variorum ingest`, for trafilatura alone on the same
            payloads (text and metadata; and its text alone), and for newspaper4k where it is installed
  memory    the peak of a process that reads the archive once, and ten times over
  quality   on golden layouts (pages with the text and metadata they should give, ``*.html`` beside ``*.json``): F1 of
            the main text's tokens and how often title, authors and date are right, for each extractor

Pages are layouts repeated with other words in them, so that no cache of texts helps anybody. Times are CPU seconds.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from variorum.ingest import Ingest
from variorum.model import Article

ROOT = Path(__file__).resolve().parent.parent
_WORD = re.compile(r"\w+")
_PEAK = """
import resource, sys
from variorum.ingest import Ingest
count = sum(1 for _ in Ingest().read([sys.argv[1]]))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--layouts", type=Path, default=ROOT / "tests/ingest/layouts")
    args = parser.parse_args()
    print(f"texts     {texts(args.texts):.0f} articles a second")
    layouts = list(golden(args.layouts))
    pages = list(varied([data for data, _ in layouts] or [invented()], args.pages))
    archive(pages)
    memory(pages)
    if layouts:
        quality(layouts)


def golden(folder: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Layouts that have a gold file, with what it says; those that hold an article."""
    for page in sorted(folder.glob("*.html")):
        file = page.with_suffix(".json")
        if file.exists() and gold_text(gold := json.loads(file.read_bytes())):
            yield page.read_bytes(), gold


# --- material -----------------------------------------------------------------------------------------------------

_NAMES = ("Orrin", "Senn", "Tarnmouth", "Holm", "Dale", "Brook", "Quell", "Thorn", "Berg", "Alder", "Marsh", "Keld")
_FIRST = ("Ada", "Lise", "Ivo", "Mirre", "Tam", "Edda", "Joren", "Silke", "Bram", "Nela", "Oskar", "Pia")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_THINGS = ("bridge", "lock", "ferry", "mill", "harbour", "school", "tower", "road", "dam", "market", "library", "pier")
_DEEDS = (
    "was closed",
    "was opened",
    "burned down",
    "had been sold",
    "was inspected",
    "is to be widened",
    "stood empty",
)


def report(rng: random.Random, paragraphs: int = 9) -> str:
    """An invented report of about 2.5 kB."""
    place, lines = rng.choice(_NAMES), []
    for _ in range(paragraphs):
        said = [
            f"The {rng.choice(_THINGS)} at {place} {rng.choice(_DEEDS)} on the {rng.randint(2, 28)}th, "
            f"said Ada {rng.choice(_NAMES)}, who has run it for {rng.randint(2, 40)} years."
            for _ in range(rng.randint(1, 3))
        ]
        lines.append(" ".join(said))
    head = f"{place} {rng.choice(_THINGS)} {rng.choice(_DEEDS)}"
    author = f"{rng.choice(_FIRST)} {rng.choice(_NAMES)}"
    day = f"{rng.randint(1, 28)} {rng.choice(_MONTHS)} 20{rng.randint(30, 99)}"
    clock = f"{rng.randint(10, 23)}:{rng.randint(10, 59)}"
    return f"{head}\n\nBy {author}\n{day}, {clock}\n\n" + "\n\n".join(lines)


def invented() -> bytes:
    """A page of a size and shape that news pages have, for want of golden layouts."""
    rng = random.Random(5)
    body = "".join(f"<p>{line}</p>" for line in report(rng).split("\n\n"))
    links = "".join(f'<li class="item"><a href="/{n}">The {rng.choice(_THINGS)} again</a></li>' for n in range(150))
    style = f"<style>{'.a{color:red}' * 1500}</style><script>{'var a=1;' * 3000}</script>"
    page = f"<html><head><title>x</title>{style}</head><body><nav><ul>{links}</ul></nav><main><article>{body}</article>"
    return f"{page}</main><footer><ul>{links}</ul></footer></body></html>".encode()


def varied(pages: list[bytes], count: int) -> Iterator[bytes]:
    """``count`` pages, no two alike: a paragraph of each has words of its own."""
    for number in range(count):
        page = pages[number % len(pages)]
        own = f"<p>{report(random.Random(number), 1).splitlines()[-1]} ({number})</p>".encode()
        place = page.rfind(b"</p>") + 4
        yield page[:place] + own + page[place:]


def packed(pages: Iterable[bytes], times: int = 1) -> bytes:
    """The pages as a WARC, a gzip member each."""
    out = io.BytesIO()
    for turn in range(times):
        for number, page in enumerate(pages):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            head = (
                "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
                f"WARC-Target-URI: https://bench.example/{turn}/{number}\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 3))
    return out.getvalue()


# --- speed --------------------------------------------------------------------------------------------------------


def texts(count: int) -> float:
    """Articles a second."""
    rng = random.Random(1)
    lines = b"\n".join(json.dumps({"text": report(rng)}).encode() for _ in range(count))
    list(Ingest().read([io.BytesIO(lines[: lines.index(b"\n")])]))
    begin = time.process_time()
    done = sum(isinstance(a, Article) for a in Ingest().read([io.BytesIO(lines)]))
    return done / (time.process_time() - begin)


def extractors() -> dict[str, Callable[[bytes], dict[str, Any]]]:
    """Everybody that makes text and metadata of a page."""
    from trafilatura import bare_extraction

    dates = {"max_date": "2099-12-31", "original_date": True, "extensive_search": True}  # the layouts are of 2031

    def theirs(page: bytes) -> dict[str, Any]:
        found = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dates)
        return found.as_dict() if found else {}

    def text_alone(page: bytes) -> dict[str, Any]:
        found = bare_extraction(page, with_metadata=False, include_comments=False)
        return found.as_dict() if found else {}

    def ours(page: bytes) -> dict[str, Any]:
        opened = io.BytesIO(page)
        opened.name = "page.html"
        article = next((a for a in Ingest().read([opened]) if isinstance(a, Article)), None)
        if article is None:
            return {}
        kinds = {"standfirst", "body", "quote", "list", "table", "correction"}
        text = "\n".join(article.text[slice(*b.span)] for b in article.blocks if b.kind in kinds)
        date = article.published.value[:10] if article.published else None
        return {"text": text, "title": article.title, "author": "; ".join(article.authors), "date": date}

    tools = {"variorum": ours, "trafilatura": theirs, "text alone": text_alone}
    try:
        import newspaper
    except ImportError:
        return tools

    def peer(page: bytes) -> dict[str, Any]:
        article = newspaper.Article("https://bench.example/")
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        date = article.publish_date.date().isoformat() if article.publish_date else None
        return {"text": article.text, "title": article.title, "author": "; ".join(article.authors), "date": date}

    return {**tools, "newspaper4k": peer}


def archive(pages: list[bytes]) -> None:
    """Seconds a record, and how many times trafilatura's. The tools take turns, so that a busy machine slows all."""
    archives = [packed(pages[start : start + 50]) for start in range(0, len(pages), 50)]
    tools = {name: tool for name, tool in extractors().items() if name != "variorum"}
    spent: Counter[str] = Counter()
    list(Ingest().read([io.BytesIO(packed(pages[:5]))]))
    for start, data in zip(range(0, len(pages), 50), archives, strict=True):
        begin = time.process_time()
        found = sum(isinstance(a, Article) for a in Ingest().read([io.BytesIO(data)]))
        spent["variorum"] += time.process_time() - begin  # type: ignore[assignment]
        assert found == len(pages[start : start + 50]), "a page gave no article: the comparison would not be fair"
        for name, tool in tools.items():
            begin = time.process_time()
            for page in pages[start : start + 50]:
                tool(page)
            spent[name] += time.process_time() - begin  # type: ignore[assignment]
    kilobytes = sum(map(len, pages)) / len(pages) / 1000
    for name, seconds in spent.items():
        ratio = seconds / spent["trafilatura"]
        print(f"archive   {name:12} {1000 * seconds / len(pages):6.1f} ms a page of {kilobytes:.0f} kB   {ratio:.2f} ×")


def memory(pages: list[bytes]) -> None:
    """Peak memory for an archive and for one ten times as large."""
    for times in (1, 10):
        with tempfile.NamedTemporaryFile(suffix=".warc.gz") as file:
            file.write(packed(pages[:100], times))
            file.flush()
            command = [sys.executable, "-c", _PEAK, file.name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            items, peak = done.stdout.split()
            print(f"memory    {items:>5} items from {file.tell() / 1e6:.1f} MB: {peak} MB")


# --- quality ------------------------------------------------------------------------------------------------------


def quality(layouts: list[tuple[bytes, dict[str, Any]]]) -> None:
    """F1 of tokens, and shares of right titles, authors and dates, on the layouts."""
    for name, tool in extractors().items():
        sums: Counter[str] = Counter()
        for page, gold in layouts:
            found = tool(page)
            sums["text"] += f1(gold_text(gold), found.get("text") or "")  # type: ignore[assignment]
            sums["title"] += plain(gold.get("title")) == plain(found.get("title"))
            authors = {plain(a) for a in gold.get("authors") or ()}
            sums["authors"] += authors == {plain(a) for a in (found.get("author") or "").split(";") if a.strip()}
            stated = gold.get("published") or ""
            stated = stated.get("value", "") if isinstance(stated, dict) else stated
            sums["date"] += (stated or "")[:10] == (found.get("date") or "")
        shares = "   ".join(
            f"{key} {100 * sums[key] / len(layouts):.1f}" for key in ("text", "title", "authors", "date")
        )
        print(f"quality   {name:12} {shares}   ({len(layouts)} layouts)")


def gold_text(gold: dict[str, Any]) -> str:
    """The main text that a gold file gives, whichever way it gives it."""
    if isinstance(gold.get("text"), str):
        return str(gold["text"])
    kinds = {"standfirst", "body", "quote", "list", "table", "correction"}
    blocks = gold.get("blocks") or []
    pairs = [(b["kind"], b["text"]) if isinstance(b, dict) else (b[0], b[1]) for b in blocks]
    return "\n".join(text for kind, text in pairs if kind in kinds)


def f1(gold: str, found: str) -> float:
    """Of the two bags of words."""
    one, other = Counter(_WORD.findall(gold.lower())), Counter(_WORD.findall(found.lower()))
    both = sum((one & other).values())
    return 2 * both / (sum(one.values()) + sum(other.values())) if both else float(not one and not other)


def plain(text: str | None) -> str:
    """For comparing names and titles."""
    return " ".join(_WORD.findall((text or "").lower()))


if __name__ == "__main__":
    main()
