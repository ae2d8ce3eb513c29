"""Spark gives the tables that the processes of one machine give, to the byte."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import archives
from variorum.batch.engines import LocalEngine, ranked_prints, route_table
from variorum.batch.folders import Folder, batched, shape
from variorum.batch.published import PUBLISHED
from variorum.batch.run import Run, Sizes
from variorum.batch.spark import SparkEngine, check_java
from variorum.batch.works import PRINTS
from variorum.errors import MissingDependencyError
from variorum.lineage import LineageConfig
from variorum.lineage.candidates import candidates
from variorum.lineage.fingerprint import fingerprint
from variorum.model import Article
from variorum.pipeline import Config

#: What a session for a few hundred rows is better without.
QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    """A session on two processors."""
    pytest.importorskip("pyspark", reason="no PySpark here (pip install 'variorum[spark]')")
    if shutil.which("java") is None:
        pytest.skip("no Java here (apt-get install openjdk-17-jre-headless)")
    engine = SparkEngine(processes=2, settings=QUICK)
    yield engine
    engine.close()


def in_bytes(path: Path) -> bytes:
    """A table, sorted, as one file."""
    table = pq.read_table(path)
    rows = sorted(table.to_pylist(), key=repr)
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), sink)
    return sink.getvalue()


def test_same_tables_to_the_byte(spark: SparkEngine, tmp_path: Path) -> None:
    """Both engines, in other numbers of parts."""
    source = archives.write(archives.archive(40, seed=7), tmp_path / "in.jsonl")
    local = LocalEngine(2)
    try:
        Run(tmp_path / "local", Config(), local, sizes=Sizes(articles=9, told_articles=5, lot=8)).batch([source])
    finally:
        local.close()
    report = Run(tmp_path / "spark", Config(), spark, sizes=Sizes(articles=14, told_articles=40)).batch([source])
    assert report.counts["links"] > 15
    for name in (*PUBLISHED, "fingerprints", "told"):
        assert in_bytes(tmp_path / "local" / name) == in_bytes(tmp_path / "spark" / name), name


@pytest.mark.parametrize("bucket", [2, 24])
def test_same_pairs_from_hot_buckets(spark: SparkEngine, tmp_path: Path, bucket: int) -> None:
    """No pair is dropped or counted otherwise when a bucket is hot and spread over ranges of articles."""
    records = archives.archive(70, seed=5)
    articles = [Article(str(n), "", record["text"]) for n, record in enumerate(records)]
    config = LineageConfig(bucket=bucket)
    prints = fingerprint(articles, config)
    rows = [
        (a.id, n, int(prints.sizes[n]), prints.twins[n], prints.of(n)[0], prints.of(n)[1])
        for n, a in enumerate(articles)
    ]
    folder = Folder(tmp_path / "work" / "prints", PRINTS, ("a", "b", "c"), "key")
    for part, begin in zip(folder.parts, (0, 30, 31), strict=True):
        end = {0: 30, 30: 31, 31: 70}[begin]
        folder.write(part, batched(PRINTS, rows[begin:end]))
    ranks = np.random.default_rng(4).permutation(70)
    ours = candidates(ranked_prints(folder, ranks), config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("variorum.batch.spark._BLOCK", 8)
        theirs, words = spark.candidates(folder, ranks, config)
    assert len(ours.pairs) > 40
    assert theirs.pairs.tolist() == ours.pairs.tolist()
    assert theirs.shared.tolist() == ours.shared.tolist()
    assert theirs.chrome.tolist() == ours.chrome.tolist()
    assert theirs.leader.tolist() == ours.leader.tolist()
    assert sorted(words.tolist()) == sorted(prints.sizes.tolist())


def test_same_deal(spark: SparkEngine, tmp_path: Path) -> None:
    """Rows go to the same parts in the same order, those with several routes to each, those without to none."""
    schema = shape(name="string", value="binary")
    source = Folder(tmp_path / "source", schema, ("x", "y"), "s")
    source.write("x", batched(schema, [(f"n{i}", b"x" * i) for i in range(300)]))
    source.write("y", batched(schema, [(f"m{i}", b"y") for i in range(50)]))
    keys = [*(f"n{i}" for i in range(0, 300, 2)), *(f"n{i}" for i in range(0, 300, 3)), "absent"]
    routes = route_table(keys, [i % 4 for i in range(len(keys))], range(len(keys)))
    placed = schema.append(pa.field("position", pa.int64()))
    found = []
    for engine in (LocalEngine(1), spark):
        target = Folder(tmp_path / engine.name, placed, tuple("abcde"), "t")
        engine.deal(source, "name", routes, target)
        found.append([pq.read_table(target.file(part)).to_pylist() for part in target.parts])
    assert found[0] == found[1]
    assert sum(map(len, found[0])) == len(keys) - 1
    assert found[0][4] == []


def test_without_java_or_with_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing Java, or one that Spark does not run on, is said before anything is done."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(MissingDependencyError, match=r"needs Java, .* cannot be run; install Java 17"):
        check_java()
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    with pytest.raises(MissingDependencyError, match=r"needs Java 17 to 21, .* is Java 11"):
        check_java()
