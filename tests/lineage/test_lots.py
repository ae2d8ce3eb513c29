"""The collection in lots and in several processes: the same result to the last byte."""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from test_trace import WORDS, article, credited, prose

from variorum.errors import WorkerError
from variorum.ingest import Ingest
from variorum.lineage import LineageConfig, crew, lots, trace
from variorum.lineage.crew import Crew
from variorum.model import Article, Lineage, Ruling

sys.path.append(str(Path(__file__).parents[2] / "bench"))
import copytrees


def mixed() -> list[Article]:
    """Families, lone articles, twins, a crowd, dispatches that others credit, and an id that comes twice."""
    rows, _ = copytrees.collection(3, 6)
    found = [Ingest.from_json(row) for row in rows]
    pick = random.Random(1)
    for i in range(60):
        words = [w if pick.random() > 0.02 else pick.choice(WORDS) for w in prose(90).split()]
        found.append(article(f"crowd{i}", " ".join(words), "13"))
    found += [article(f"twin{i}", prose(91), "12") for i in range(12)]
    wire = article("wire", "Rare tidings. " + prose(92), "12", publisher="Reuters")
    named = article("credits", "Reuters wrote it. " + prose(92, 40) + prose(93), "13")
    other = credited(named, "Reuters", "Reuters", "body")
    found += [wire, other, article("twice", prose(94)), article("twice", prose(95))]
    pick.shuffle(found)
    return found


def told(found: Lineage) -> bytes:
    """All of it."""
    return msgspec.json.encode(found)


def test_lots_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rulings across families too."""
    given = mixed()
    rulings = [Ruling("twin1", "wire"), Ruling("crowd1", "crowd2", holds=False)]
    whole = trace(given, rulings=rulings)
    assert len(whole.links) > 60
    for size in (1, 7, 50):
        monkeypatch.setattr(lots, "_LOT", size)
        assert told(trace(given, rulings=rulings)) == told(whole)


def test_processes_give_the_same() -> None:
    """Two of them, whatever each of them does first."""
    given = [replace(a, id=f"{a.id}-{n}", text=a.text + f" {n}") for n in range(3) for a in mixed()]
    assert told(trace(given, LineageConfig(processes=2))) == told(trace(given))


def test_a_crew_keeps_order_and_passes_faults_on() -> None:
    """What a process raises comes here, a dead process is said to be dead, and neither is waited for."""
    with Crew(2) as pair:
        assert list(pair.map(pow, ((2, n) for n in range(40)))) == [2**n for n in range(40)]
    begin = time.perf_counter()
    with pytest.raises(ZeroDivisionError), Crew(2) as pair:
        list(pair.map(divmod, ((1, n) for n in (1, 0, 1))))
    with pytest.raises(TypeError), Crew(2) as pair:
        list(pair.map(len, (((n for n in "given"),) for _ in range(9))))  # no process can be sent a generator
    with pytest.raises(WorkerError, match="fewer processes"), Crew(2) as pair:
        list(pair.map(os._exit, [(1,)]))
    assert time.perf_counter() - begin < 60


def test_little_text_is_not_worth_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one processor needs but one."""
    monkeypatch.setattr(crew, "processors", lambda: 1)
    with Crew(0, 10**9) as alone:
        assert list(alone.map(pow, [(2, 2)])) == [4]
    assert not alone._servants
    monkeypatch.setattr(crew, "processors", lambda: 2)
    assert not Crew(0, 1000)._servants
