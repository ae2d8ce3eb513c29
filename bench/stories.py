"""stories.py DATA SCORERS: stories found in labelled collections, in a stream and at once, with one setting for all.

DATA is the folder with ``stories_{fnc,ecbplus}_train.jsonl``, SCORERS that of ``stories.py``. The stream is run in
several orders, to see how much the order matters.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from variorum.model import Article, Stamp
from variorum.stories import StoryStream, gather

ORDERS = 3


def main() -> None:
    """Every set, batch and stream."""
    data, scorer = Path(sys.argv[1]), _scorer(Path(sys.argv[2]) / "stories.py")
    for name in ("fnc", "ecbplus"):
        rows = [json.loads(x) for x in (data / f"stories_{name}_train.jsonl").read_text("utf-8").splitlines()]
        gold = {row["id"]: row["cluster"] for row in rows if row["cluster"] is not None}
        articles = [_article(row) for row in rows]
        begin = time.perf_counter()
        batch = {i: story.id for story in gather(articles) for i in story.articles}
        _report(f"{name} batch", scorer, gold, batch, time.perf_counter() - begin)
        for seed in range(ORDERS):
            random.Random(seed).shuffle(articles)
            begin = time.perf_counter()
            stream = StoryStream()
            found = {article.id: stream.add(article) for article in articles}
            _report(f"{name} stream {seed}", scorer, gold, found, time.perf_counter() - begin)


def _article(row: dict[str, Any]) -> Article:
    published = Stamp(row["published"], "day", "metadata") if row["published"] else None
    return Article(row["id"], "bench", row["text"], title=row["title"] or None, published=published)


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _report(what: str, scorer: ModuleType, gold: dict[str, str], found: dict[str, str], seconds: float) -> None:
    precision, recall, f1 = scorer.bcubed(gold, found)
    count = len({found[i] for i in gold})
    rate = len(found) / seconds
    print(f"{what}: BCubed P {precision:.4f} R {recall:.4f} F1 {f1:.4f}, {count} stories, {rate:.0f} articles/s")


if __name__ == "__main__":
    main()
