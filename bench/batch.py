"""What a batch costs: each phase's throughput, processor seconds and memory, at several sizes; skew; what parsing once
saves; both engines in one run. Texts are recombined from `bench/pile.py`: invented events, three reports each, of which
the third copies the first and adds to it.

    python bench/batch.py phases 10000 100000          # all phases but those that read sentences
    python bench/batch.py whole 500 2000               # all phases
    python bench/batch.py annotated 10000 100000       # the phases up to annotating, of 30,000 paragraphs
    python bench/batch.py same 3000                    # all phases on both engines and with other parts: the tables
    python bench/batch.py saved 300                    # annotating each article whole, and each paragraph once
    python bench/batch.py skew 5000                    # one dispatch in so many copies; one publisher; one huge article
    python bench/batch.py yardstick 10000              # fingerprints and candidates, MinHashLSH of datasketch beside
    python bench/batch.py load 10000                   # into a library on PostgreSQL
    python bench/batch.py killed 60                    # Spark standalone, two workers, one killed in each phase
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

import pile  # noqa: E402

from variorum.annotate import AnnotateConfig, Annotator  # noqa: E402
from variorum.annotate.parse import flat_paragraphs  # noqa: E402
from variorum.batch import works as w  # noqa: E402
from variorum.batch.engines import Engine, LocalEngine  # noqa: E402
from variorum.batch.published import PUBLISHED  # noqa: E402
from variorum.batch.report import summary  # noqa: E402
from variorum.batch.run import Phase, Report, Run, Sizes  # noqa: E402
from variorum.ingest import Ingest, repeats_marked  # noqa: E402
from variorum.model import Article  # noqa: E402
from variorum.pipeline import Config  # noqa: E402

_OF_A_FILE = 50_000
_FURNITURE = "Sign up for the morning letter of {} and never miss a story again."


def records(count: int, seed: int = 1, copied: float = 1.0) -> Iterator[dict[str, str]]:
    """So many records: of this share of the events the third report copies the first, and half of all end with a line
    of their paper's. `saved` prints how much of their text stands in others."""
    made, dice = 0, random.Random(seed)
    while made < count:
        found: dict[str, dict[str, Article]] = {}
        articles, events = pile.pile(seed, min(2000, (count - made) // 3 + 1), years=10)
        for article in articles:
            found.setdefault(events[article.id], {})[article.id[-1]] = article
        for event in found.values():
            for number, article in sorted(event.items()):
                text = article.text
                if number == "2" and (copied == 1.0 or dice.random() < copied):
                    text = f"{event['0'].text}\n\n{text.rpartition(chr(10) * 2)[2]}"
                if dice.random() < 0.5:
                    text += f"\n\n{_FURNITURE.format(article.publisher)}"
                if made < count:
                    made += 1
                    yield {
                        "url": f"https://{number}.example/{seed}/{article.id}", "title": article.title or "",
                        "text": text,
                        "publisher": article.publisher or "",
                        "published": article.published.value if article.published else "",
                    }  # fmt: skip
        seed += 1


def pooled(count: int, pool: int = 30_000) -> Iterator[dict[str, str]]:
    """So many records put together from that many paragraphs: what an archive costs whose parsing is mostly done."""
    dice = random.Random(7)
    held = list(records(pool // 12))
    paragraphs = [text for row in held for text in row["text"].split("\n\n")][:pool]
    for number in range(count):
        text = "\n\n".join(dice.choices(paragraphs, k=12))
        yield held[number % len(held)] | {"url": f"https://pooled.example/{number}", "text": text}


def written(rows: Iterable[dict[str, str]], path: Path) -> list[str | Path]:
    """The records as JSONL, so many in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    left, paths = iter(rows), list[str | Path]()
    while some := list(islice(left, _OF_A_FILE)):
        paths.append(path.with_stem(f"{path.stem}-{len(paths):03d}"))
        with Path(paths[-1]).open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in some)
    return paths


class _Aloud(list[Phase]):
    """Phases, each told when it is over: large runs take hours."""

    def append(self, phase: Phase) -> None:
        """Told on stderr."""
        super().append(phase)
        cpu = phase.cpu or phase.seconds
        print(f"{phase.name}: {phase.seconds:.1f} s, {cpu:.1f} cpu s, {_memory():,.0f} MB", file=sys.stderr, flush=True)


def told(name: str, report: Report, articles: int) -> None:
    """The phases of a run, one a line."""
    print(f"\n{name}: {articles:,} articles in {report.seconds:,.1f} s (driver at most {_memory():,.0f} MB)")
    for p in report.phases:
        if p.seconds >= 0.2:
            cpu = p.cpu or p.seconds
            even = f"{p.slowest / p.median:4.1f}" if p.median else "   –"
            print(
                f"  {p.name:24} {p.seconds:8.1f} s  {cpu:8.1f} cpu s  {articles / p.seconds:10,.0f} articles/s"
                f"  {p.memory / 1e6:6,.0f} MB  slowest/median {even}"
            )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Phases(Run):
    """All phases but those that read sentences."""

    def batch(self, inputs: list[str | Path]) -> Report:  # type: ignore[override]
        """As `Run.batch`, without annotations."""
        begun = time.monotonic()
        (self.folder / "work").mkdir(parents=True)
        articles = self.read(inputs)
        cards = self.cards(articles)
        prints = self.phase("prints", w.Print(self.config), articles)
        self.lineage(articles, cards, prints)
        self._gathered("stories", self.phase("profiles", w.Profiled(), articles), cards, {})
        self.report.seconds = time.monotonic() - begun
        return self.report


class Annotations(Run):
    """The phases up to annotating."""

    def batch(self, inputs: list[str | Path]) -> Report:  # type: ignore[override]
        """As `Run.batch`, as far as annotations."""
        begun = time.monotonic()
        (self.folder / "work").mkdir(parents=True)
        self.annotate(self.read(inputs))
        self.report.seconds = time.monotonic() - begun
        return self.report


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="variorum-batch-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(kind: type[Run], rows: Iterable[dict[str, str]], engine: Engine) -> Report:
    """One run in a new folder."""
    with _folder() as folder:
        try:
            made = kind(folder / "out", Config(), engine)
            made.report.phases = _Aloud()
            return made.batch(written(rows, folder / "in.jsonl"))
        finally:
            engine.close()


def phases(sizes: list[int]) -> None:
    """Throughput without annotations, and how it grows."""
    _grown("local, no sentences", sizes, {size: run(Phases, records(size), LocalEngine(2)) for size in sizes})


def annotated(sizes: list[int]) -> None:
    """Throughput of annotating, and how it grows."""
    _grown("local, to annotations", sizes, {size: run(Annotations, pooled(size), LocalEngine(2)) for size in sizes})


def whole(sizes: list[int]) -> None:
    """Throughput of everything, and how it grows."""
    reports = {size: run(Run, records(size), LocalEngine(2)) for size in sizes}
    _grown("local", sizes, reports)
    for report in reports.values():
        print(" ", summary(report))


def _grown(name: str, sizes: list[int], reports: dict[int, Report]) -> None:
    """Each run, and the processor seconds an article of each phase by those of the smallest run: 1 is linear."""
    for size in sizes:
        told(name, reports[size], size)
    costs = {size: _costs(reports[size]) for size in sizes}
    first = costs[sizes[0]]
    print(f"\ngrowth by {sizes[0]:,} articles (1.00: linear); parts of less than a second there are not judged")
    for phase in ("all", *first):
        if phase == "all" or first[phase] >= 1.0:
            grown = [
                (sum(costs[n].values()) if phase == "all" else costs[n].get(phase, 0.0))
                / (sum(first.values()) if phase == "all" else first[phase]) * sizes[0] / n
                for n in sizes
            ]  # fmt: skip
            print(f"  {phase:24}", "  ".join(f"{value:5.2f}" for value in grown))


def _costs(report: Report) -> dict[str, float]:
    """Processor seconds of each phase; of those without, seconds of the clock."""
    found: dict[str, float] = {}
    for p in report.phases:
        found[p.name] = found.get(p.name, 0.0) + (p.cpu or p.seconds)
    return found


def same(sizes: list[int]) -> None:
    """Both engines, each with two ways of cutting: the tables must be the same to the byte."""
    from variorum.batch.spark import SparkEngine

    small = Sizes(articles=100, characters=150_000, told_articles=50, block=700, lot=300)
    for size in sizes:
        seen: dict[str, dict[str, str]] = {}
        with _folder() as folder:
            source = written(records(size), folder / "in.jsonl")
            for name, make, cut in (
                ("local", lambda: LocalEngine(2), None), ("local, small parts", lambda: LocalEngine(2), small),
                ("spark", lambda: SparkEngine(processes=2), None),
                ("spark, small parts", lambda: SparkEngine(processes=2), small),
            ):  # fmt: skip
                engine: Engine = make()
                try:
                    told(name, Run(folder / "out", Config(), engine, sizes=cut).batch(source), size)
                finally:
                    engine.close()
                seen[name] = {table: _sum(folder / "out" / table) for table in (*PUBLISHED, "fingerprints")}
                shutil.rmtree(folder / "out")
                first = seen["local"]
                wrong = [table for table, value in seen[name].items() if value != first[table]]
                print(
                    f"  {name}: " + (f"OTHERWISE: {', '.join(wrong)}" if wrong else "all tables the same"), flush=True
                )


def _sum(folder: Path) -> str:
    """The rows of a table, sorted, as one digest; of each row a digest is held."""
    import pyarrow.parquet as pq

    found = []
    for path in sorted(folder.glob("*.parquet")):
        for batch in pq.ParquetFile(path).iter_batches(256):
            found += [blake2b(repr(row).encode("utf-8", "replace")).digest() for row in batch.to_pylist()]
    return blake2b(b"".join(sorted(found))).hexdigest()


def saved(sizes: list[int]) -> None:
    """Annotating each article whole, in processor seconds, beside each distinct paragraph once: parsed, packed,
    unpacked in another's tables, read. No process starts and no model is loaded while the clock runs."""
    for size, copied in [(size, copied) for size in sizes for copied in (0.0, 1.0)]:
        rows = [row | {"text": _in_paragraphs(row["text"])} for row in records(size, copied=copied)]
        articles = repeats_marked([Ingest.from_json(row, source=f"{n}") for n, row in enumerate(rows)])
        # Who annotates whole articles knows of no furniture.
        plain = [replace(a, blocks=tuple(replace(b, kind="body") for b in a.blocks)) for a in articles]
        alone, here, there = (Annotator(AnnotateConfig(cache_megabytes=n)) for n in (0, 0, 2000))
        for annotator in (alone, here, there):
            list(annotator.annotate(articles[:2]))
        gc.collect()
        gc.freeze()  # as in the processes that annotate: what is loaded is not looked through for circles again
        begun = time.process_time()
        for article in plain:  # one by one: nothing is remembered from one to the next
            list(alone.annotate([article]))
        one_by_one = time.process_time() - begun
        begun = time.process_time()
        list(here.annotate(plain))
        windows = time.process_time() - begun
        begun = time.process_time()
        texts = [text for a in articles for text in flat_paragraphs(a, here.config.longest_paragraph)]
        distinct = list(dict.fromkeys(texts))
        parses = here.parser.bare(distinct)
        parsed = time.process_time() - begun
        there.parser.know(parses)
        list(there.annotate(articles))
        once = time.process_time() - begun
        whole_ = sum(len(t) for a in plain for t in flat_paragraphs(a, here.config.longest_paragraph))
        again = 1 - sum(map(len, distinct)) / whole_
        print(
            f"\n{size} articles, {again:.0%} of their characters are furniture or stand elsewhere too: "
            f"whole, one by one {one_by_one:.2f} cpu s, whole in windows {windows:.2f}, "
            f"each paragraph once {once:.2f} (parsed {parsed:.2f}); "
            f"{sum(map(len, parses)) / sum(map(len, distinct)):.0f} bytes a character are shipped"
        )
        gc.unfreeze()
        print(f"  speed-up {one_by_one / once:.2f} (one by one), {windows / once:.2f} (in windows)")


def _in_paragraphs(text: str) -> str:
    """The sentences of `pile`, which stand alone there, in paragraphs of three as in a newspaper."""
    told = text.split("\n\n")
    return "\n\n".join(" ".join(told[n : n + 3]) for n in range(0, len(told), 3))


def skew(sizes: list[int]) -> None:
    """One dispatch with many copies; one publisher with most articles; one article of 5 MB."""
    for size in sizes:
        dispatch = next(records(1, seed=99))["text"]
        rows = [
            {
                "url": f"https://copy{n}.example/",
                "text": f"{dispatch}\n\nEdition {n}.",
                "title": "A",
                "publisher": f"Paper {n % 500}",
                "published": f"2031-05-{1 + n % 28:02d}",
            }
            for n in range(size)
        ]
        told("one dispatch", run(Phases, rows, LocalEngine(2)), size)
        one = [row | {"publisher": "The One"} if n % 5 < 2 else row for n, row in enumerate(records(size))]
        told("one publisher of 40 %", run(Phases, one, LocalEngine(2)), size)
        long = list(records(size // 10))
        text = "\n\n".join(row["text"] for row in records(3500, seed=5))[:5_000_000]
        long.append(long[0] | {"url": "https://long.example/", "text": text})
        told("one article of 5 MB", run(Phases, long, LocalEngine(2)), len(long))


def yardstick(sizes: list[int]) -> None:
    """Fingerprints and the pairs that share them, beside MinHashLSH of datasketch on the same texts (128 permutations
    of shingles of five words, a Jaccard of at least 0.3), which stops at pairs."""
    from lineage_speed import _datasketch

    for size in sizes:
        rows = list(records(size))
        report = run(Phases, rows, LocalEngine(2))
        told("local, no sentences", report, size)
        ours = _costs(report)
        articles = [Ingest.from_json(row, source=f"{n}") for n, row in enumerate(rows)]
        begun = time.process_time()
        theirs = len(_datasketch(articles))
        used = time.process_time() - begun
        print(
            f"{size:,} articles: prints {ours['prints']:.1f} cpu s, candidates {ours['candidates']:.1f}; "
            f"MinHashLSH of datasketch {used:.1f} cpu s ({theirs:,} pairs)"
        )


def load(sizes: list[int]) -> None:
    """Import into PostgreSQL: the stories of one batch under other ids, until there are enough."""
    from databases import new_database, postgres_server
    from variorum.batch.load import told as stories
    from variorum.ports import ToldStory
    from variorum.store import open_store

    with _folder() as folder, postgres_server() as url:
        engine = LocalEngine(2)
        Run(folder / "out", Config(), engine).batch(written(records(90), folder / "in.jsonl"))
        engine.close()
        held = list(stories(folder / "out"))
        sizes_of = {one.key: len(json.loads(one.record)["articles"]) for one in held}

        def more(size: int) -> Iterator[ToldStory]:
            count = number = 0
            while count < size:
                for one in held:
                    mark = f"-{number:05d}".encode()
                    record = one.record
                    for kind in (b'"art-', b'"stm-', b'"story-'):
                        record = record.replace(kind, kind + mark[1:] + b"-")
                    count += sizes_of[one.key]
                    dated = frozenset(f"art{mark.decode()}-{i[4:]}" for i in one.dated)
                    yield ToldStory(f"{one.key}{mark.decode()}", number, record, dated)
                    number += 1
                    if count >= size:
                        return

        for size in sizes:
            for name in (new_database(url), str(folder / f"{size}.db"))[: 1 if size > 20_000 else 2]:
                store = open_store(name)
                begun, used = time.monotonic(), time.process_time()
                done = list(store.load("archive", more(size)))[-1]
                seconds = time.monotonic() - begun
                statements = sum(record.record.count(b'"polarity":') for record in held) * size / 90
                print(
                    f"{name.partition(':')[0][-12:]}: {done:,} articles, "
                    f"about {statements:,.0f} statements in {seconds:.1f} s "
                    f"({time.process_time() - used:.1f} cpu s here), {done / seconds:,.0f} articles/s"
                )
                store.close()


def killed(sizes: list[int]) -> None:
    """A standalone master with two workers on loopback; in each phase that has work for them a Python worker, or the
    executor above it, is killed while it writes. The tables are those of one machine."""
    import pyspark

    from variorum.batch.spark import SparkEngine

    home = Path(pyspark.__path__[0])
    small = Sizes(articles=max(1, sizes[0] // 3))
    with _folder() as folder:
        source = written(records(sizes[0]), folder / "in.jsonl")
        engine: Engine = LocalEngine(2)
        Run(folder / "local", Config(), engine).batch(source)
        engine.close()
        env = os.environ | {
            "SPARK_MASTER_HOST": "127.0.0.1",
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_MASTER_OPTS": "-Dspark.deploy.maxExecutorRetries=-1",
        }
        master = "spark://127.0.0.1:17077"

        def start(*words: str) -> subprocess.Popen[bytes]:
            log = (folder / f"{words[0]}-{len(words)}.log").open("ab")
            command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{words[0]}", *words[1:]]
            return subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)

        servers = [start("master.Master", "--host", "127.0.0.1", "--port", "17077", "--webui-port", "0")]
        time.sleep(5)
        work = ("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0", "-d")
        servers += [start(*work, str(folder / f"worker{n}"), master) for n in (1, 2)]
        time.sleep(5)
        reaper = _Reaper(folder / "spark" / "work", {server.pid for server in servers})
        try:
            spark = SparkEngine(master, 2, {"spark.executor.memory": "600m", "spark.driver.host": "127.0.0.1"})
            reaper.start()
            made = Run(folder / "spark", Config(), spark, sizes=small)
            made.report.phases = _Aloud()
            report = made.batch(source)
            reaper.over.set()
            spark.close()
        finally:
            reaper.over.set()
            for server in servers:
                os.killpg(server.pid, signal.SIGKILL)
        told(f"standalone, {len(reaper.deaths)} killed", report, sizes[0])
        for phase, (who, caught) in reaper.deaths.items():
            print(f"  {phase}: {who} killed, {'its part was cut off' if caught else 'its part was done meanwhile'}")
        print(f"  seen at work, nobody killed: {', '.join(sorted(reaper.seen - reaper.deaths.keys())) or 'nowhere'}")
        for name in (*PUBLISHED, "fingerprints"):
            ours, theirs = (_sum(folder / e / name) for e in ("local", "spark"))
            print(f"  {name}: {'the same' if ours == theirs else 'OTHERWISE'}")


class _Reaper(threading.Thread):
    """Kills once in each phase who is writing a part: its file has the number of the process in its name, and stands
    there as long as the part is worked on. In every other phase the executor above it dies."""

    def __init__(self, folder: Path, sessions: set[int]) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        #: For each phase who was killed, and whether a part was cut off.
        self.deaths: dict[str, tuple[str, bool]] = {}
        self.seen: set[str] = set()
        self._folder, self._sessions = folder, sessions

    def run(self) -> None:
        """Until it is over."""
        while not self.over.wait(0.001):
            for path in self._folder.glob("*/*.part"):
                phase, pid = path.parent.name.rpartition("-")[0], path.name.split(".")[-2]
                if pid.isdigit() and phase not in self.deaths and self._ours(int(pid)):
                    self.seen.add(phase)
                    self._kill(path, phase, int(pid))

    def _ours(self, pid: int) -> bool:
        try:
            return os.getsid(pid) in self._sessions
        except OSError:
            return False

    def _kill(self, path: Path, phase: str, pid: int) -> None:
        who, victim = "worker", pid
        try:
            if len(self.deaths) % 2:
                who, victim = "executor", _above(pid, "CoarseGrainedExecutorBackend")
            os.kill(victim, signal.SIGKILL)
        except OSError:  # it was faster
            return
        time.sleep(0.05)
        self.deaths[phase] = who, path.exists()


def _above(pid: int, name: str) -> int:
    """The process above this one whose command has this name. Raises `OSError` where there is none."""
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
        if name.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    raise ProcessLookupError(name)


def main() -> None:
    """The measurement that is asked for."""
    known = {f.__name__: f for f in (phases, annotated, whole, same, saved, skew, yardstick, load, killed)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=known)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and what was started ends, too
    parser.add_argument("sizes", type=int, nargs="+")
    given = parser.parse_args()
    known[given.what](given.sizes)


if __name__ == "__main__":
    main()
