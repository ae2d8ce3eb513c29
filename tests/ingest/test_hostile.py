"""Hostile and damaged files: a problem with place and reason, no crash, no hang, nothing written anywhere else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile_files import CASES, NEWS, Case, write
from hypothesis import example, given, settings
from hypothesis import strategies as st

from variorum.ingest import Ingest, IngestConfig
from variorum.model import Article, Problem

SECONDS = 10  # for one file, on a machine that does other things besides


def read(data: bytes, name: str, **config: object) -> tuple[list[Article], list[Problem]]:
    """Articles and problems of one file."""
    opened = io.BytesIO(data)
    opened.name = name
    found = list(Ingest(IngestConfig(**config)).read([opened]))  # type: ignore[arg-type]
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


def test_there_are_enough() -> None:
    """As many as the corpus is to have, each with a name of its own."""
    assert len({case.name for case in CASES}) == len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_hostile_file(case: Case) -> None:
    """What must be said is said, what can be read is read, in time; spans hold and blocks cover their words."""
    if case.name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    if case.name.endswith(".pdf"):
        pytest.importorskip("pypdf")
    data = case.make()
    begin = time.process_time()
    articles, problems = read(data, case.name)
    assert time.process_time() - begin < SECONDS
    assert articles or problems
    if case.says:
        assert any(case.says in p.reason for p in problems), [p.reason for p in problems]
    assert all(p.source.startswith(case.name) and len(p.reason) < 1000 for p in problems)
    if case.words:
        assert any(case.words in a.text for a in articles), ([a.text for a in articles], problems)
    for article in articles:
        article.text.encode()  # can be written
        assert "Not this" not in article.text
        assert "root:" not in article.text
        for block in article.blocks:
            assert article.text[slice(*block.span)].strip()


# Of its own memory alone: ``ru_maxrss`` of a new process begins with what its parent had used.
RUN = """
import re, sys
from variorum.cli import main
try:
    main()
finally:
    sys.stderr.write("kB=" + re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
"""


def test_all_at_once_in_little_memory(tmp_path: Path) -> None:
    """The command reads them all, lists the problems, stays small, and writes nothing outside of its folder."""
    corpus = tmp_path / "in"
    names = {path.name for _, path in write(corpus)}
    (corpus / "loop").symlink_to(corpus)
    (corpus / "outside").symlink_to("/etc/hostname-that-is-not-there")
    os.mkfifo(corpus / "pipe.txt")
    before = {p for p in tmp_path.rglob("*") if "loop" not in p.parts}
    command = [sys.executable, "-c", RUN, "ingest", str(corpus), "--into", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    assert done.returncode == 1, done.stderr[-2000:]
    assert int(done.stderr.rsplit(b"kB=", 1)[1]) < 800_000  # of which the largest single page takes most
    assert b"Traceback" not in done.stderr
    after = {p for p in tmp_path.rglob("*") if "loop" not in p.parts}
    assert {p.relative_to(tmp_path).parts[0] for p in after - before} == {"out"}
    assert {p.name for p in corpus.iterdir()} == names | {"loop", "outside", "pipe.txt"}


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    """What was read stands, and the change is told."""
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"text": "{NEWS} {n}"}}\n' for n in range(2000)))
    found = []
    for item in Ingest().read([path]):
        if not found:
            path.write_text(path.read_text() + '{"text": "More."}\n')
        found.append(item)
    assert sum(isinstance(f, Article) for f in found) > 1
    assert isinstance(found[-1], Problem)
    assert "changed while it was read" in found[-1].reason


def test_a_file_that_is_cut_while_it_is_read(tmp_path: Path) -> None:
    """As above, for one that shrinks."""
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"text": "{NEWS} {n}"}}\n' for n in range(2000)))
    items = Ingest().read([path])
    assert isinstance(next(items), Article)
    path.write_text("")
    assert any("changed while it was read" in i.reason for i in items if isinstance(i, Problem))


# --- noise --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds() -> dict[str, bytes]:
    """Files to damage: those that are small."""
    made = {c.name: c.make() for c in CASES if not c.name.startswith(("gzip-bomb", "warc-bomb", "bomb", "zip-bomb"))}
    return {name: data for name, data in made.items() if len(data) < 20_000 and not name.endswith(".pdf")}


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_damaged_files(seeds: dict[str, bytes], data: st.DataObject) -> None:
    """Any file with any bytes changed, cut or put in raises nothing and makes nothing that cannot be written."""
    name = data.draw(st.sampled_from(sorted(seeds)))
    seed = seeds[name]
    place = data.draw(st.integers(0, len(seed)))
    signs = [b"<", b"&", b'"', b"]]>", b"\r\n\r\n", b"WARC/1.0\r\n", b"{", b"\x00"]
    noise = data.draw(st.binary(max_size=40) | st.sampled_from(signs))
    gone = data.draw(st.integers(0, 200))
    articles, problems = read(seed[:place] + noise + seed[place + gone :], name)
    assert articles or problems
    for article in articles:
        article.text.encode()


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=2000),
    st.sampled_from(
        ["a", "a.txt", "a.html", "a.xml", "a.jsonl", "a.json", "a.csv", "a.eml", "a.warc", "a.zip", "a.parquet"]
    ),
    st.sampled_from(
        [
            *(b"", b"WARC/1.0\r\n", b"<rss>", b"<newsItem>", b"{", b"PK\x03\x04", b"PAR1", b"\x1f\x8b\x08"),
            *(b"From: a\nDate: b\nTo: c\n", b"text,id\n"),
        ]
    ),
)
@example(b"\r!", "a.csv", b"")
def test_noise_under_any_name(data: bytes, name: str, before: bytes) -> None:
    """Every reader bears bytes without sense."""
    articles, problems = read(before + data, name)
    assert articles or problems
