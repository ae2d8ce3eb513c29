"""What annotating costs beside what it rests on: bare spaCy, textacy, the cache of paragraphs, two processes.

    python bench/annotate.py [pace|cache|processes|lengths …] [--articles N]

``pace`` and ``cache`` and ``processes`` read ``$VARIORUM_SHARED`` (default ``../shared``). Every part runs in a process
of its own, so that its peak memory is its own. Peers and we read the same texts in the same process, turn by turn;
figures are CPU seconds except where two processes are compared, which is by the clock.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy

from variorum.annotate import AnnotateConfig, Annotator
from variorum.annotate.parse import paragraphs
from variorum.model import Article
from variorum.text.normalise import flat_markup, flat_quotes

DATA = Path(os.environ.get("VARIORUM_SHARED", Path(__file__).parents[2] / "shared")) / "bench/data"
ROUNDS = 3
MODEL = AnnotateConfig().model


def main() -> int:
    """Run the parts named, or all, each in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part")
    parser.add_argument("--articles", type=int, default=42, help="how many articles of PolNeAR are read")
    parser.add_argument("--here", action="store_true", help="run the one part named in this process")
    options = parser.parse_args()
    if options.here:
        PARTS[options.parts[0]](options.articles)
        print(f"   peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        return 0
    worst = 0
    for part in options.parts or PARTS:
        command = [sys.executable, __file__, part, "--here", "--articles", str(options.articles)]
        worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


# --- beside bare spaCy and textacy ------------------------------------------------------------------------------------


def pace(count: int) -> None:
    """All readers know the language's words before they are timed: they have read other articles of the same kind."""
    articles = polnear()
    known, timed = articles[count : 2 * count], articles[:count]
    nlp = spacy.load(MODEL)
    fresh = Annotator(AnnotateConfig(cache_megabytes=0))
    kept = Annotator(AnnotateConfig())
    readers: dict[str, Callable[[list[Article]], object]] = {
        "bare nlp.pipe, whole texts": lambda read: sink(nlp.pipe(a.text for a in read)),
        "bare nlp.pipe, paragraphs": lambda read: sink(nlp.pipe(pieces(read), batch_size=AnnotateConfig().batch)),
        "annotate": lambda read: sink(fresh.annotate(read)),
        "annotate, all seen before": lambda read: sink(kept.annotate(read)),
        **textacy_reader(nlp),
    }
    for read in readers.values():
        read(known)
    sink(kept.annotate(timed))
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            seconds[name].append(cpu(lambda read=read: read(timed)))
    words = sum(len(a.text.split()) for a in timed)
    bare = seconds["bare nlp.pipe, paragraphs"]
    print(f"{len(timed)} articles, {words} words; CPU seconds, median of {ROUNDS} rounds; ratio to bare paragraphs")
    for name, spent in seconds.items():
        ratio = statistics.median(s / b for s, b in zip(spent, bare, strict=True))
        middle = statistics.median(spent)
        print(f"   {name:28} {middle:6.2f} s  {len(timed) / middle:6.1f} articles/s  ratio {ratio:.2f}")
    if "textacy" not in readers:
        print("   textacy                      not installed")


def textacy_reader(nlp: spacy.Language) -> dict[str, Callable[[list[Article]], object]]:
    """textacy's direct quotations, paragraph by paragraph, where it is installed."""
    if importlib.util.find_spec("textacy") is None:
        return {}
    from textacy.extract.triples import direct_quotations

    def read(articles: list[Article]) -> None:
        for doc in nlp.pipe(pieces(articles), batch_size=AnnotateConfig().batch):
            try:
                sink(direct_quotations(doc))
            except ValueError:  # an odd number of marks: it reads no quotation of such a paragraph
                continue

    return {"textacy": read}


# --- the cache --------------------------------------------------------------------------------------------------------


def cache(_: int) -> None:
    """Texts of which many are copies, with a memory and without."""
    articles = synthetic(400)
    for name, megabytes in (("with", AnnotateConfig().cache_megabytes), ("without", 0)):
        annotator = Annotator(AnnotateConfig(cache_megabytes=megabytes))
        sink(annotator.annotate(polnear()[:2]))  # load
        asked, parsed = annotator.parser.asked, annotator.parser.parsed
        spent = cpu(lambda annotator=annotator: sink(annotator.annotate(articles)))
        asked, parsed = annotator.parser.asked - asked, annotator.parser.parsed - parsed
        print(f"{len(articles)} articles, many of them copies, {name} memory: {spent:.1f} s; ", end="")
        print(f"{1 - parsed / asked:.1%} of {asked} characters were never parsed again")


# --- lengths ----------------------------------------------------------------------------------------------------------


def lengths(_: int) -> None:
    """Odd texts of a size, twice and four times it: seconds for each, which must no more than double."""
    annotator = Annotator(AnnotateConfig(cache_megabytes=0))
    sink(annotator.annotate([Article("a", "a", "The dam broke.", language="en")]))
    print("seconds at one, two and four times the size; growth is of the last doubling")
    for name, make in ODD.items():
        spent = []
        for times in (1, 2, 4):
            article = Article("a", "a", make(times), language="en")
            spent.append(cpu(lambda article=article: sink(annotator.annotate([article]))))
        print(f"   {name:24}" + "".join(f"{s:8.2f}" for s in spent) + f"   growth {spent[2] / spent[1]:.2f}")


_SENTENCES = (
    "The harbour master, Ada Quell, said on Tuesday that at least {n} boats had left the bay.",
    '"We have no fuel for {n} days," a spokesman for the Tolmar Port Authority told the Evening Wire.',
    "Officials in Veldan denied claims by the opposition that {n} people were injured.",
    "According to the ministry, Minister Jan Brod{n} will meet President Iva Rusk of Morland next week.",
)


def _news(sentences: int, joint: str = "\n") -> str:
    return joint.join(_SENTENCES[i % 4].format(n=i) for i in range(sentences))


def _drawn(characters: str, count: int) -> str:
    """So many of some characters in no order: no stretch of it comes again, so that nothing is read from a memory."""
    return "".join(random.Random(1).choices(characters, k=count))


ODD: dict[str, Callable[[int], str]] = {
    "news, 25,000 words": lambda n: _news(1_700 * n),
    "one paragraph": lambda n: _news(400 * n, " "),
    "all capitals": lambda n: _news(400 * n).upper(),
    "no punctuation": lambda n: "".join(c for c in _news(400 * n, " ") if c.isalnum() or c == " "),
    "2,500 quotation marks": lambda n: " ".join(f'"He left {i}," he said.' for i in range(1_250 * n)),
    "only quotation marks": lambda n: _drawn("\"'“”‘’«»„", 2_500 * n),
    "unbalanced marks": lambda n: " ".join(f'"He left {i}, he said. “She stayed, she said.' for i in range(300 * n)),
    "a table of numbers": lambda n: "\n".join(f"{i} | {i * 7} | 3.{i} % | ${i}m | {i}-{i + 4}" for i in range(400 * n)),
    "numbers in one line": lambda n: " ".join(f"{i},{i:03}" for i in range(1, 2_000 * n)),
    "one word": lambda n: _drawn("abcdefgh", 12_500 * n),
    "one word a paragraph": lambda n: "\n\n".join(f"Word{i}" for i in range(1_250 * n)),
    "names": lambda n: ". ".join(f"Ada{i % 97} Quell{i} met Jan Brod{i % 89}" for i in range(500 * n)),
    "names, none twice": lambda n: "\n".join(f"{_drawn('ABCDE', 1)}{i}a Quell{i} met him." for i in range(500 * n)),
    "only punctuation": lambda n: _drawn(".,;!?…-–—()[]", 5_000 * n),
    "only white space": lambda n: "The dam broke." + _drawn(" \t\xa0\u2003", 10_000 * n) + "So it did.",
    "invisible characters": lambda n: _drawn("\u200b\u202e\u202c\u00ad\x00\x07abc ", 6_000 * n),
    "brackets and links": lambda n: " ".join(f"[a{i}](b *c _d{i} `e" for i in range(400 * n)),
    "markup": lambda n: _drawn("*_#>[]()ab <", 6_000 * n),
}


# --- two processes ----------------------------------------------------------------------------------------------------


def processes(_: int) -> None:
    """The same articles in one process and in two, turn by turn, and whether the results are equal. Beside the clock,
    which counts what else the machine does, the CPU time of the process that has most of it."""
    articles = synthetic(240)
    spent: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    found = {}
    with Annotator(AnnotateConfig()) as one, Annotator(AnnotateConfig(processes=2)) as two:
        for annotator in (one, two):
            sink(annotator.annotate(polnear()))  # start, load, know the language's words
        for turn in range(2):
            for number, annotator in ((1, one), (2, two)):
                clock, busy = time.perf_counter(), busy_seconds()
                found[number] = list(map(repr, annotator.annotate(articles[turn::2])))
                most = max(after - before for before, after in zip(busy, busy_seconds(), strict=True))
                spent[number].append((time.perf_counter() - clock, most))
            print(f"   results {'equal' if found[1] == found[2] else 'DIFFER'} on {len(articles) // 2} articles")
        workers = [peak_megabytes(child.pid) for child in multiprocessing.active_children()]
    for name, at in (("by the clock", 0), ("by the CPU time of the busiest process", 1)):
        ratios = [alone[at] / shared[at] for alone, shared in zip(spent[1], spent[2], strict=True)]
        print(f"   two processes have {', '.join(f'{r:.2f}' for r in ratios)} times the throughput {name}")
    print(f"   peak memory of the workers {max(workers):.0f} MB; load of the machine {os.getloadavg()[0]:.1f}")


def busy_seconds() -> list[float]:
    """CPU seconds of this process and of its children, each by itself (Linux)."""
    tick = os.sysconf("SC_CLK_TCK")
    pids = [os.getpid(), *sorted(child.pid or 0 for child in multiprocessing.active_children())]
    rows = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return [(int(row[11]) + int(row[12])) / tick for row in rows]


def peak_megabytes(pid: int | None) -> float:
    """The most memory that a process has had (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


# --- helpers ----------------------------------------------------------------------------------------------------------


def polnear() -> list[Article]:
    """PolNeAR's development part, every other article first."""
    rows = [json.loads(x) for x in (DATA / "attribution_polnear_dev.jsonl").read_text("utf-8").splitlines()]
    return [Article(r["id"], r["id"], r["text"], language="en") for r in (*rows[::2], *rows[1::2])]


def synthetic(count: int) -> list[Article]:
    """Articles with their copies, as they come: families stand together."""
    lines = (DATA / "lineage_synthetic_dev_docs.jsonl").read_text("utf-8").splitlines()[:count]
    rows = map(json.loads, lines)
    return [Article(r["id"], r["id"], r["text"], title=r["title"], language="en") for r in rows]


def pieces(articles: list[Article]) -> list[str]:
    """The distinct paragraphs, as they are parsed."""
    longest = AnnotateConfig().longest_paragraph
    found = (a.text[slice(*b.span)] for a in articles for b in paragraphs(a, longest))
    return list(dict.fromkeys(flat_markup(flat_quotes(text)) for text in found))


def sink(items: Iterable[object]) -> None:
    """Take all and keep none."""
    for _ in items:
        pass


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


PARTS: dict[str, Callable[[int], None]] = {
    "pace": pace, "cache": cache, "processes": processes, "lengths": lengths,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
