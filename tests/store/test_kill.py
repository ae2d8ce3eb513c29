"""What was acknowledged survives `kill -9`; there is no half article; the next start goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from writer import article

from variorum.edition import to_json
from variorum.library import Library
from variorum.pipeline import Config, collate
from variorum.store import open_store

_KILLS = int(os.environ.get("VARIORUM_KILLS", "4"))
_MANY = 100_000  # more than anybody gets to


@pytest.mark.parametrize("seed", [1])
def test_killed_while_adding(url: str, seed: int, tmp_path: Path) -> None:
    """Killed again and again, at no moment in particular."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    collated: set[str] = set()
    open_store(url).close()
    for kill in range(_KILLS):
        log = tmp_path / f"{kill}.log"
        # Each goes over what the last one may have left half done, then on.
        begin = max(0, len(acknowledged) - 8)
        with log.open("wb") as out:
            writer = [sys.executable, str(Path(__file__).parent / "writer.py"), url, str(begin // 4 * 4), str(_MANY)]
            process = subprocess.Popen(writer, stdout=out, env=os.environ | {"OMP_NUM_THREADS": "1"})
        # After so many acknowledgements, not so many seconds: a busy machine is killed as deep in the work as others.
        lines = chance.randint(1, 60)
        while log.read_bytes().count(b"\n") < lines:
            assert process.poll() is None
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.wait()
        for line in log.read_text().split("\n")[1:-1]:
            (collated if line.startswith("collated ") else acknowledged).add(line.removeprefix("collated "))
        store = open_store(url)
        held = {a.id: a for a in store.articles("killed")}
        assert acknowledged <= held.keys()
        for number, one in ((int(i[4:]), a) for i, a in held.items()):
            assert one == article(number)  # whole, with its words and its bytes
            assert store.raw("killed", one.id).data == one.text.encode()
        newest = max(held, default=None)
        if newest is not None:
            assert store.search(f"report {int(newest[4:])} late", "killed").rows[0].card.id == newest
        assert collated <= {a.id for a in store.articles("collated")}
        store.close()
    assert len(acknowledged) > 20
    store = open_store(url)
    library = Library(store, Config(embedder="none"))
    library.collate("collated")
    state = store.collection("collated")
    assert state.collated == state.version
    again = library.add("collated", [article(int(i[4:])) for i in sorted(collated)])
    assert again.new == ()
    plain = collate(list(store.articles("collated")), Config(embedder="none"))
    assert to_json(store.edition("collated")) == to_json(plain)
    store.close()
