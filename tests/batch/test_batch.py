"""A batch gives what `collate` gives, whatever its parts, its interruptions and what is wrong with its input."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import archives
from poisoned import DEATHS, Poisoned, PoisonedRead
from roundups import DIGEST, FERRY, QUARRY, VOTE
from variorum.batch.engines import LocalEngine
from variorum.batch.folders import Folder, batched, shape
from variorum.batch.load import load
from variorum.batch.published import PUBLISHED
from variorum.batch.run import Report, Run, Sizes
from variorum.cli import app
from variorum.edition import from_json
from variorum.errors import NothingReadableError, UsageError, VariorumError
from variorum.model import Edition
from variorum.pipeline import Config, collate
from variorum.store import open_store

#: Many parts of few articles each.
SMALL = Sizes(articles=7, told_articles=5, block=10, lot=6)


@pytest.fixture(scope="module")
def crew() -> Iterator[LocalEngine]:
    """Two processes."""
    engine = LocalEngine(2)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of sixty invented articles."""
    return archives.write(archives.archive(60), tmp_path_factory.mktemp("archive") / "archive.jsonl")


@pytest.fixture(scope="module")
def done(source: Path, crew: LocalEngine, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A batch of it in many parts."""
    folder = tmp_path_factory.mktemp("batch") / "out"
    return folder, Run(folder, Config(), crew, sizes=SMALL).batch([source])


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, sorted."""
    rows = pq.read_table(folder / name).to_pylist()
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, default=str))


def editions(folder: Path) -> list[Edition]:
    """What was found, story by story in order."""
    rows = sorted(pq.read_table(folder / "told").to_pylist(), key=lambda row: row["position"])
    return [from_json(row["record"]) for row in rows]


def test_same_answer_as_collate(source: Path, done: tuple[Path, Report]) -> None:
    """Articles, links, origins, entities, statements and stories with their claims are those of `collate`."""
    told, edition = editions(done[0]), collate([source])
    assert sum(len(story.claims) for story in edition.stories) > 50
    assert len(edition.lineage.links) > 30
    same(told, edition)
    assert set(done[1].problems) == set(edition.problems)
    assert {part.producer for part in map(_hashable, told)} == {_hashable(edition).producer}


def same(told: list[Edition], edition: Edition) -> None:
    """Whether stories with all that concerns them are those of an edition."""
    assert [part.stories[0] for part in told] == list(edition.stories)
    assert {a for part in told for a in part.articles} == set(edition.articles)
    assert {repr(s) for p in told for s in p.statements} == set(map(repr, edition.statements))
    assert {repr(x) for p in told for x in p.lineage.links} == set(map(repr, edition.lineage.links))
    places = {(o.id, o.label, p) for o in edition.lineage.origins for p in o.passages}
    assert {(o.id, o.label, p) for part in told for o in part.lineage.origins for p in o.passages} == places
    named = {(e.id, e.name, e.kind, e.aliases, m) for e in edition.entities for m in e.mentions}
    assert {(e.id, e.name, e.kind, e.aliases, m) for p in told for e in p.entities for m in e.mentions} == named


def test_an_article_of_several_stories(crew: LocalEngine, tmp_path: Path) -> None:
    """A digest is in each of its stories, in whatever part they are told, and once in the tables and the library."""
    texts = [*FERRY, *VOTE, *QUARRY, "\n\n".join(DIGEST)]
    source = archives.write([{"text": text} for text in texts], tmp_path / "in.jsonl")
    Run(tmp_path / "out", Config(), crew, sizes=Sizes(articles=3, told_articles=1)).batch([source])
    told, edition = editions(tmp_path / "out"), collate([source])
    same(told, edition)
    assert sum(len(part.articles) for part in told) > len(edition.articles) == len(table(tmp_path / "out", "articles"))
    store = open_store(str(tmp_path / "library.db"))
    assert load(tmp_path / "out", store, "news") == len(edition.articles)
    held = store.edition("news")
    assert held.stories == edition.stories
    assert set(held.lineage.links) == set(edition.lineage.links)
    assert set(map(repr, held.statements)) == set(map(repr, edition.statements))
    assert {e.id: sorted(e.mentions, key=repr) for e in held.entities} == {
        e.id: sorted(e.mentions, key=repr) for e in edition.entities
    }
    store.close()


def test_stories_under_dates_found_since(crew: LocalEngine, tmp_path: Path) -> None:
    """Articles that state no date take one from their text; where that puts them among the others, what resembles them
    is looked for anew."""
    days = ("Sunday, June 1, 2031", "Tuesday, June 3, 2031", "Thursday, June 5, 2031")
    undated = [
        f"Divers found the wreck of the {n} ferry off Orrin on {day}." for n, day in zip("ABC", days, strict=True)
    ]
    records = archives.archive(20) + [
        {"url": f"https://late.example/{n}", "text": f"{text}\n\n{text.replace('found', 'had looked for')}"}
        for n, text in enumerate(undated)
    ]
    records.sort(key=lambda record: record["url"])
    source = archives.write(records, tmp_path / "in.jsonl")
    report = Run(tmp_path / "out", Config(), crew, sizes=SMALL).batch([source])
    assert [phase.kept for phase in report.phases if phase.name == "met"] == [0, 0]
    same(editions(tmp_path / "out"), collate([source]))


def _hashable(edition: Edition) -> Any:
    return replace(edition, producer=repr(edition.producer))  # type: ignore[arg-type]


def test_tables_say_what_the_stories_hold(done: tuple[Path, Report]) -> None:
    """Every table has the rows that the report counts, and each is there."""
    folder, report = done
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {*PUBLISHED, "fingerprints", "told", "work"}
    for name in PUBLISHED:
        assert len(table(folder, name)) == report.counts[name] > 0, name
    claims = {row["id"]: row for row in table(folder, "claims")}
    for row in table(folder, "statements"):
        if row["claim"] is not None:
            assert row["id"] in claims[row["claim"]]["statements"]


def test_paragraphs_are_parsed_once(done: tuple[Path, Report]) -> None:
    """Each distinct paragraph is parsed by one part, and what was saved is told."""
    folder, report = done
    (parsed,) = (folder / "work").glob("parsed-*")
    words = pq.read_table(parsed, columns=["words"]).column("words").to_pylist()
    assert len(words) == len(set(words)) > 50
    assert report.asked > report.parsed > 0
    (borrowed,) = (folder / "work").glob("borrowed-*")
    assert pq.read_table(borrowed, columns=["words"]).num_rows > 0


def test_other_parts_same_tables(source: Path, done: tuple[Path, Report], crew: LocalEngine, tmp_path: Path) -> None:
    """Another number of parts changes no row of any table."""
    Run(tmp_path / "out", Config(), crew, sizes=Sizes(articles=25, lot=20)).batch([source])
    for name in (*PUBLISHED, "fingerprints", "told"):
        assert table(tmp_path / "out", name) == table(done[0], name), name


def test_goes_on_where_it_was(source: Path, done: tuple[Path, Report], crew: LocalEngine) -> None:
    """A second run finds all done; a part that is gone is made again, alone, with the same bytes."""
    folder, _ = done
    again = Run(folder, Config(), crew, sizes=SMALL).batch([source])
    assert all(p.kept == p.parts for p in again.phases if p.parts > 1)
    (annotated,) = (folder / "work").glob("annotated-*")
    lost = annotated / "000002.parquet"
    before = lost.read_bytes()
    lost.unlink()
    (annotated / "_done").unlink()
    again = Run(folder, Config(), crew, sizes=SMALL).batch([source])
    (phase,) = (p for p in again.phases if p.name == "annotated")
    assert phase.parts - phase.kept == 1
    assert lost.read_bytes() == before


def test_changed_settings_redo_what_depends_on_them(source: Path, crew: LocalEngine, tmp_path: Path) -> None:
    """Another least confidence of conflicts compares again, and neither reads nor annotates."""
    config = Config()
    Run(tmp_path / "out", config, crew, sizes=SMALL).batch([source])
    other = replace(config, compare=replace(config.compare, min_confidence=0.99))
    phases = {p.name: p for p in Run(tmp_path / "out", other, crew, sizes=SMALL).batch([source]).phases}
    assert all(phases[name].kept == phases[name].parts for name in ("read", "marked", "parsed", "annotated", "solved"))
    assert phases["told"].kept == 0


def test_parquet_in_folders(source: Path, done: tuple[Path, Report], crew: LocalEngine, tmp_path: Path) -> None:
    """Parquet of the same articles gives the same claims; a corrupt file is listed and the rest goes on."""
    records = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    (tmp_path / "in").mkdir()
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "in" / "a.parquet")
    (tmp_path / "in" / "b.parquet").write_bytes((tmp_path / "in" / "a.parquet").read_bytes()[:-200])
    report = Run(tmp_path / "out", Config(), crew).batch([tmp_path / "in"])
    assert [row["id"] for row in table(tmp_path / "out", "claims")] == [row["id"] for row in table(done[0], "claims")]
    assert any(p.source.endswith("b.parquet") for p in report.problems)


def _poisoned(tmp_path: Path) -> str:
    """A run over twelve articles of which the fifth is deadly; where the one problem is that says so."""
    records = archives.archive(12, seed=3)
    records[4]["text"] += "\n\nThe cellar held a poison, the inspector Ruta Dahl said."
    source = archives.write(records, tmp_path / "in.jsonl")
    engine = LocalEngine(1)
    try:
        report = Run(tmp_path / "out", Config(), engine).batch([source])
    finally:
        engine.close()
    assert (tmp_path / "deaths").read_text().count("died") == 3
    (problem,) = (p for p in report.problems if "died" in p.reason)
    return problem.source


def test_a_poisoned_article_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After three dead processes the article is left out with its reason; what stands beside it is read as ever."""
    monkeypatch.setattr("variorum.batch.works.Annotate", Poisoned)
    monkeypatch.setenv(DEATHS, str(tmp_path / "deaths"))
    assert _poisoned(tmp_path).endswith("in.jsonl:5")
    by_article = {row["article"] for row in table(tmp_path / "out", "statements")}
    articles = {row["id"]: row for row in table(tmp_path / "out", "articles")}
    unread = [row["source"].rpartition(":")[2] for name, row in articles.items() if name not in by_article]
    assert unread == ["5"]


def test_a_record_that_kills_its_reader_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It alone, and not the file that it stands in."""
    monkeypatch.setattr("variorum.batch.works.Read", PoisonedRead)
    monkeypatch.setenv(DEATHS, str(tmp_path / "deaths"))
    assert _poisoned(tmp_path).endswith("in.jsonl:5")
    assert len(table(tmp_path / "out", "articles")) == 11


def test_a_full_disk_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No space left ends the run with what to do, and leaves no half part."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    folder = Folder(tmp_path / "table", shape(n="int64"), ("a",), "key")
    with pytest.raises(VariorumError, match=r"no space left.*same command again"):
        folder.write("a", batched(folder.schema, [(1,)]))
    assert folder.missing() == ["a"]
    assert not list((tmp_path / "table").iterdir())


def test_folders_of_others_are_left_alone(source: Path, crew: LocalEngine, tmp_path: Path) -> None:
    """A folder with something else in it is refused; nothing readable is said so."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        Run(tmp_path, Config(), crew).batch([source])
    with pytest.raises(NothingReadableError, match="no such file"):
        Run(tmp_path / "out", Config(), crew).batch([tmp_path / "absent"])


def test_a_warc_that_ends_early(crew: LocalEngine, tmp_path: Path) -> None:
    """What came before the cut is read, and the cut is listed."""
    page = (
        "<html><title>Mill fire</title><body><article><p>" + "Two people died in the mill fire. " * 9 + "</p></article>"
    )
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    record = b"".join(
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper{n}.example/a\r\n"
        f"WARC-Date: 2031-05-03T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
        + b"\r\n\r\n"
        for n in (1, 2)
    )
    (tmp_path / "cut.warc").write_bytes(record[:-300])
    report = Run(tmp_path / "out", Config(), crew).batch([tmp_path / "cut.warc"])
    assert report.counts["articles"] >= 1
    assert any("cut.warc" in p.source for p in report.problems)


def test_the_command(source: Path, tmp_path: Path) -> None:
    """It writes tables and reports, says what there is, and ends with 1 where something was left out."""
    result = CliRunner().invoke(app, ["batch", str(source), "-o", str(tmp_path / "out"), "--processes", "1"])
    assert result.exit_code == 1, result.output
    assert "60 articles" in result.output
    told = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert told["counts"]["articles"] == 60
    assert "de" in told["problems"][0]["reason"]
    assert "60 articles" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_killed_and_given_again(source: Path, done: tuple[Path, Report], tmp_path: Path) -> None:
    """A run that is killed while it annotates goes on from there, and ends with the same tables."""
    told = ["batch", str(source), "-o", str(tmp_path / "out"), "--processes", "1"]
    process = subprocess.Popen([sys.executable, "-m", "variorum", "-q", *told])
    for _ in range(1200):
        if list((tmp_path / "out" / "work").glob("parsed-*/000000.parquet")):
            break
        time.sleep(0.1)
    process.kill()
    process.wait()
    assert not (tmp_path / "out" / "told").exists()
    engine = LocalEngine(1)
    try:
        report = Run(tmp_path / "out", Config(), engine).batch([source])
    finally:
        engine.close()
    phases = {p.name: p for p in report.phases}
    assert phases["read"].kept == phases["parsed"].kept == 1
    assert phases["told"].kept == 0
    assert table(tmp_path / "out", "claims") == table(done[0], "claims")
