"""What a batch found, in a library of either kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import archives
from variorum.batch.engines import LocalEngine
from variorum.batch.load import load
from variorum.batch.run import Run, Sizes
from variorum.errors import UsageError
from variorum.pipeline import Config, collate
from variorum.store import open_store


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive of thirty articles, and the batch of it."""
    folder = tmp_path_factory.mktemp("import")
    source = archives.write(archives.archive(30, seed=11), folder / "in.jsonl")
    engine = LocalEngine(2)
    Run(folder / "out", Config(), engine, sizes=Sizes(articles=9, told_articles=6)).batch([source])
    engine.close()
    return source, folder / "out"


def test_the_library_holds_what_collate_finds(batch: tuple[Path, Path], new_url: Callable[[], str]) -> None:
    """Articles as they were read, stories, statements, links and the edition; it can be searched."""
    source, out = batch
    edition = collate([source])
    store = open_store(new_url())
    try:
        assert load(out, store, "archive") == len(edition.articles)
        held = store.collection("archive")
        assert (held.articles, held.stories, held.version, held.collated) == (30, len(edition.stories), 1, 1)
        found = store.edition("archive")
        assert found.stories == edition.stories
        assert set(found.lineage.links) == set(edition.lineage.links)
        assert {o.id: set(o.articles) for o in found.lineage.origins} == {
            o.id: set(o.articles) for o in edition.lineage.origins
        }
        assert {(e.id, e.name, frozenset(e.mentions)) for e in found.entities} == {
            (e.id, e.name, frozenset(e.mentions)) for e in edition.entities
        }
        article = edition.statements[0].article
        assert set(store.statements("archive", article)) == {s.id for s in edition.statements if s.article == article}
        stated = {a.id for a in store.articles("archive") if a.published is None}
        assert stated
        assert stated >= {a.id for a in edition.articles if a.published is None}
        word = edition.stories[0].title.split()[0].lower()
        assert store.search(word, "archive").rows
        with pytest.raises(UsageError, match="has articles already"):
            load(out, store, "archive")
        assert load(out, store, "again") == 30
    finally:
        store.close()


def test_no_batch_there(tmp_path: Path) -> None:
    """A folder without tables is refused, and no collection is left half made."""
    store = open_store(str(tmp_path / "library.db"))
    try:
        with pytest.raises(UsageError, match="no finished batch"):
            load(tmp_path, store, "archive")
        assert store.collection("archive").articles == 0
    finally:
        store.close()
