"""load.py [--articles 100000] [--readers 50] [--minutes 10] [--think 5] [--databases sqlite postgresql]: `variorum
serve` under readers and a writer.

The library is that of ``bench/library.py``: ten statements an article, stories of eight. The server is a process of its
own, started by its command, and asked over HTTP. Each reader opens the page of a story or searches, reads ``--think``
seconds on average (exponential), and asks again; one writer adds a report every two seconds and follows its job. Told
are the times until a page is there whole, what was no 200, and the memory of the server after a minute and at the
end.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from library import QUERIES, SAMPLE, filled, library, tell

import variorum

_SETTLED = 60.0  # seconds after which memory is looked at for the first time


def main() -> None:
    """Each database in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=5)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    given = parser.parse_args()
    sample = variorum.collate([SAMPLE])
    for database in given.databases:
        with library(database) as (store, url, size):
            stories = filled(store, sample, given.articles, random.Random(1))
            print(f"   {size() / 1e6:.0f} MB on disk", flush=True)
            with served(url) as (address, server):
                Crowd(address, server, stories, given.think).work(given.readers, given.minutes * 60)


@contextlib.contextmanager
def served(url: str) -> Iterator[tuple[str, int]]:
    """The address of a server over a library, and its process."""
    command = [sys.executable, "-m", "variorum", "serve", "--library", url, "--port", "0", "--embedder", "none"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://[\d.:]+", process.stdout.readline())
        if found is None:
            raise SystemExit("the server did not start")
        try:
            yield found[0], process.pid
        finally:
            process.terminate()


class Crowd:
    """Readers and a writer of one server, and what they saw."""

    def __init__(self, address: str, server: int, stories: list[tuple[str, str]], think: float) -> None:
        self._address, self._server, self._stories, self._think = address, server, stories, think
        self._times: defaultdict[str, list[float]] = defaultdict(list)
        self._failed: Counter[str] = Counter()

    def work(self, readers: int, seconds: float) -> None:
        """Let them, and tell."""
        until = time.monotonic() + seconds
        each = [threading.Thread(target=self._read, args=(n, until)) for n in range(readers)]
        each.append(threading.Thread(target=self._write, args=(until,)))
        for thread in each:
            thread.start()
        time.sleep(min(_SETTLED, seconds / 2))
        before = memory(self._server)
        for thread in each:
            thread.join()
        for kind, spent in sorted(self._times.items()):
            tell(f"{kind}, {readers} readers and a writer", spent)
        print(f"   errors: {dict(self._failed) or 'none'}")
        print(f"   memory of the server: {before:.0f} MB, at the end {memory(self._server):.0f} MB", flush=True)

    def _read(self, seed: int, until: float) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=self._address, timeout=60) as client:
            time.sleep(chance.uniform(0, self._think))
            while time.monotonic() < until:
                if chance.random() < 1 / 3:
                    query = chance.choice(QUERIES)
                    self._timed("search", lambda q=query: client.get("/search", params={"q": q}))
                else:
                    collection, story = chance.choice(self._stories)
                    path = f"/c/{collection}/stories/{story}"
                    self._timed("story page", lambda p=path: client.get(p))
                time.sleep(min(chance.expovariate(1 / self._think), max(0.0, until - time.monotonic())))

    def _write(self, until: float) -> None:
        with variorum.Client(self._address) as client:
            number = 0
            while time.monotonic() < until:
                number += 1
                text = f"The harbour office counted {number} ships on Monday, its head Ana Ruiz said. None was late."
                report = {"title": f"Ships counted: {number}", "text": text, "published": "2031-05-03"}
                begin = time.perf_counter()
                try:
                    job = client.add("incoming", [report])
                    self._failed["job"] += job.state != "done"
                except variorum.VariorumError as exc:
                    self._failed[str(exc)[:80]] += 1
                self._times["report added and collated"].append(time.perf_counter() - begin)
                time.sleep(2)
        self._failed = +self._failed

    def _timed(self, kind: str, ask: Callable[[], httpx.Response]) -> None:
        begin = time.perf_counter()
        try:
            status = ask().status_code
        except httpx.HTTPError as exc:
            self._failed[type(exc).__name__] += 1
            return
        self._times[kind].append(time.perf_counter() - begin)
        if status != 200:
            self._failed[f"{kind} {status}"] += 1


def memory(process: int) -> float:
    """Resident memory of a process and all that it began, in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return int(found[1] if found else 0) / 1024 + sum(memory(int(child)) for child in below)


if __name__ == "__main__":
    main()
