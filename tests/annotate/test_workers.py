"""Several processes: the results of one, in order; copies meet; a death is told and no hang; Ctrl-C stops all."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from variorum.annotate import AnnotateConfig, Annotator
from variorum.annotate.workers import Workers
from variorum.errors import MissingDependencyError, WorkerError
from variorum.model import Annotation, Article, Problem

GERMAN = "Der Damm ist am Montag gebrochen, sagte die Sprecherin der Behörde, und niemand wurde dabei verletzt. " * 3


def reports(count: int) -> list[Article]:
    """Short invented reports, every third one a copy of the first paragraph of another, every seventh not English."""
    texts = []
    for i in range(count):
        lead = f"The mayor of Tolmar, Ada Quell, said on Monday that {i // 3 * 3} boats had left the bay of Veldan."
        own = (
            f'"We lost {i} nets," fisherman Jan Brod told the Evening Wire. Officials denied that {i} people had died.'
        )
        texts.append(GERMAN if i % 7 == 6 else f"{lead}\n\n{own}\n\n\ud800 {'x' * i}")
    return [Article(f"a{i}", f"a{i}.txt", text) for i, text in enumerate(texts)]


@pytest.fixture(scope="module")
def pair() -> Iterator[Annotator]:
    """Two processes for all tests that leave them whole."""
    with Annotator(AnnotateConfig(processes=2)) as annotator:
        yield annotator


def test_two_processes_give_what_one_gives(annotator: Annotator, pair: Annotator) -> None:
    """Annotations and problems, their order, and every byte of them."""
    articles = reports(70)
    alone, shared = list(annotator.annotate(articles)), list(pair.annotate(iter(articles)))
    assert repr(shared) == repr(alone)
    assert [item.id for item in shared if isinstance(item, Annotation)] == [a.id for a in articles]
    assert sum(isinstance(item, Problem) for item in shared) == 10
    assert list(pair.annotate([])) == []


def test_a_reader_that_stops_early_stops_nobody_else(pair: Annotator) -> None:
    """What is not wanted any more is given up, and the processes go on with the next call."""
    first = next(iter(pair.annotate(reports(90))))
    assert isinstance(first, Annotation)
    assert len(list(pair.annotate(reports(3)))) == 3


def test_copies_go_where_their_original_went() -> None:
    """Of articles in pairs each goes to the process of its twin, and both processes get the same share."""
    texts = [" ".join(f"word{i}x{n}" for n in range(200)) for i in range(40)]
    workers = Workers(AnnotateConfig(processes=2))
    dealt = [workers._choose(Article("a", "a", text)) for text in texts]
    again = [workers._choose(Article("b", "b", text)) for text in texts]
    assert again == dealt
    assert sum(dealt) == 20


def test_a_dead_process_is_told() -> None:
    """A killed process ends the run with an error that says where, and what can be done."""
    others = set(multiprocessing.active_children())
    with Annotator(AnnotateConfig(processes=2)) as two:
        found = two.annotate(reports(400))
        next(found)
        for child in set(multiprocessing.active_children()) - others:
            child.kill()
        with pytest.raises(WorkerError, match=r"a\d+\.txt and .* more: killed, out of memory.*fewer processes"):
            list(found)


def test_what_a_process_raises_is_raised() -> None:
    """A pipeline that is not installed is named, as in one process."""
    with (
        Annotator(AnnotateConfig(model="xx_none", processes=2)) as two,
        pytest.raises(MissingDependencyError, match="xx_none"),
    ):
        list(two.annotate(reports(2)))


def test_little_work_starts_no_process() -> None:
    """Left to itself, a small collection is read here."""
    with Annotator(AnnotateConfig(processes=0)) as left:
        before = set(multiprocessing.active_children())
        assert len(list(left.annotate(reports(4)))) == 4
        assert set(multiprocessing.active_children()) <= before


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="sends a signal to a group of processes")
def test_ctrl_c_stops_all(tmp_path: Path) -> None:
    """Exit code 130, no trace of the code, and soon nobody left: not even in the middle of a lot."""
    source = tmp_path / "articles.jsonl"
    articles = [replace(a, text=a.text.replace("\ud800", "")) for a in reports(3_000)]
    source.write_text("".join(json.dumps(asdict(a)) + "\n" for a in articles), "utf-8")
    command = [sys.executable, "-m", "variorum", "annotate", str(source), "--processes", "2"]
    # a test run in the background of a script inherits an ignored SIGINT, which no terminal's user has
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as run:
        signal.signal(signal.SIGINT, heard)
        assert run.stdout is not None
        assert run.stderr is not None
        assert run.stdout.readline().startswith("{")
        os.killpg(run.pid, signal.SIGINT)
        said = run.stderr.read()
        assert run.wait(60) == 130
    assert said in ("", "variorum: stopped\n")
    assert any(gone(run.pid) or time.sleep(0.1) for _ in range(100))


def gone(group: int) -> bool:
    """Whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False
