"""lineage_speed.py DATA [--sizes 4000 …] [--peers] [--processes 1 2]: how fast copies are found, beside peers.

The texts are those of ``lineage_synthetic_dev_docs.jsonl``. For more of them than there are, they are recombined:
lot by lot the letters of the alphabet are put for one another, so that each lot has its own words, sentences of the
same lengths, and the same copies, but no run of words of another lot. Peers (``pip install -e '.[peers]'``) get what
their manuals say: shingles of five words, 128 permutations, banded search, Jaccard of at least 0.3; they stop at
pairs. Seconds are those of the clock and, on a machine that others use too, those of all processors together, the
start of further processes with them; kB are the growth of the peak memory of the first process beyond texts and
articles. A peak holds until the end: jobs compare in runs of their own.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import string
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from variorum.lineage import LineageConfig, trace
from variorum.lineage.archive import Archive
from variorum.lineage.candidates import candidates
from variorum.lineage.crew import Crew
from variorum.lineage.fingerprint import fingerprint, joined
from variorum.model import Article, Stamp

_PERMUTATIONS, _LEAST, _SHINGLE = 128, 0.3, 5


def main() -> None:
    """Each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[4201])
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--processes", type=int, nargs="*", default=[1])
    parser.add_argument("--library", type=int, nargs="*", default=[])
    parser.add_argument("--hot", type=int, nargs="*", default=[])
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.data / "lineage_synthetic_dev_docs.jsonl").open(encoding="utf-8")]
    trace(articles(rows, 50))  # load models and tables
    for size in args.sizes:
        _of_size(articles(rows, size), args.peers, args.processes)
    for size in args.library:
        _more(articles(rows, size + 1000))
    for size in args.hot:
        given = dispatches(rows, size)
        _report("variorum: copies of one dispatch, edited", given, trace)
        _report("variorum: copies of one dispatch, all alike", [replace(a, text=given[0].text) for a in given], trace)


def _of_size(given: Sequence[Article], peers: bool, processes: Sequence[int]) -> None:
    for name, peer in (("rensa", _rensa), ("datasketch", _datasketch)) if peers else ():
        _report(f"{name}: pairs", given, peer)
    for count in processes:
        config = LineageConfig(processes=count)
        _report(f"variorum ({count}): fingerprint + candidates", given, partial(_candidates, config=config))
        _report(f"variorum ({count}): the whole job", given, partial(trace, config=config))


def _candidates(given: Sequence[Article], config: LineageConfig) -> object:
    parts = ((given[i : i + 512], config) for i in range(0, len(given), 512))
    with Crew(config.processes) as crew:
        return candidates(joined(crew.map(fingerprint, parts)), config)


def _more(given: Sequence[Article]) -> None:
    archive, held = Archive(given.__getitem__), len(given) - 1000
    for begin in range(0, held, 10_000):
        archive.add(given[begin : min(held, begin + 10_000)])
    _report(f"variorum: 1,000 more beside {held:,}", given[held:], archive.add)


def articles(rows: Sequence[dict[str, Any]], size: int) -> list[Article]:
    """So many articles, lot by lot in other letters."""
    return [_article(i, row) for i, row in zip(range(size), _lots(rows), strict=False)]


def _lots(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    pick = random.Random(0)
    yield from rows
    while True:
        low = list(string.ascii_lowercase)
        pick.shuffle(low)
        other = "".join(low)
        table = str.maketrans(string.ascii_lowercase + string.ascii_uppercase, other + other.upper())
        for row in rows:
            yield {**row, "text": row["text"].translate(table), "title": (row["title"] or "").translate(table)}


def _article(number: int, row: dict[str, Any]) -> Article:
    value = row["published"]
    stamp = Stamp(value, "minute" if "T" in value else "day", "metadata") if value else None
    return Article(f"n{number}", "bench", row["text"], title=row["title"], published=stamp)


def dispatches(rows: Sequence[dict[str, Any]], size: int) -> list[Article]:
    """So many copies of one text, each with a few words changed."""
    pick, words = random.Random(1), rows[0]["text"].split(" ")
    out = []
    for i in range(size):
        copy = [w if pick.random() > 0.02 else w[::-1] for w in words]
        out.append(Article(f"d{i}", "bench", " ".join(copy)))
    return out


def _report(name: str, given: Sequence[Article], job: Callable[[Sequence[Article]], object]) -> None:
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin, busy = time.perf_counter(), _busy()
    job(given)
    seconds, worked, size = time.perf_counter() - begin, _busy() - busy, len(given)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / size
    print(
        f"{size:7} {name:42} {seconds:7.2f} s {size / seconds:7.0f} a second; worked {worked:7.2f} s"
        f" {size / worked:7.0f} a second; memory {grown:6.2f} kB each",
        flush=True,
    )


def _busy() -> float:
    """Seconds of processors that this process and those that it began have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _shingles(text: str) -> set[str]:
    words = text.lower().split()
    return {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}


def _rensa(given: Sequence[Article]) -> list[tuple[int, int]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=_LEAST, num_perm=_PERMUTATIONS, num_bands=32)
    signed = []
    for i, article in enumerate(given):
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=42)
        sketch.update(list(_shingles(article.text)))
        signed.append(sketch)
        index.insert(i, sketch)
    return [
        (i, j) for i, one in enumerate(signed) for j in index.query(one) if j > i and one.jaccard(signed[j]) >= _LEAST
    ]


def _datasketch(given: Sequence[Article]) -> list[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index, signed = MinHashLSH(threshold=_LEAST, num_perm=_PERMUTATIONS), []
    for i, article in enumerate(given):
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([s.encode() for s in _shingles(article.text)])
        signed.append(sketch)
        index.insert(i, sketch)
    return [
        (i, j) for i, one in enumerate(signed) for j in index.query(one) if j > i and one.jaccard(signed[j]) >= _LEAST
    ]


if __name__ == "__main__":
    main()
