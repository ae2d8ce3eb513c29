"""stories.py DATA SCORERS: stories found in labelled collections, at once and in a stream, with one setting for all.

DATA is the folder with ``stories_{fnc,ecbplus}_train.jsonl``, SCORERS that of ``stories.py``. Beside them stand piles
of a hundred invented events each (`bench.pile`), dated and not. The stream is run in several orders. The peer is
scikit-learn's average linkage over tf-idf, cut where each collection's own labels like it best: more than any user can.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from pile import pile
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from variorum.model import Article, Stamp
from variorum.stories import StoryStream, gather

ORDERS = 3
PILES = 3
CUTS = np.arange(0.08, 0.4, 0.01)
Scorer = Callable[[dict[str, str], dict[str, str]], tuple[float, float, float]]


def main() -> None:
    """Every set, batch, stream and peer."""
    data, bcubed = Path(sys.argv[1]), _scorer(Path(sys.argv[2]) / "stories.py")
    for name in ("fnc", "ecbplus"):
        rows = [json.loads(x) for x in (data / f"stories_{name}_train.jsonl").read_text("utf-8").splitlines()]
        gold = {row["id"]: row["cluster"] for row in rows if row["cluster"] is not None}
        _measure(name, [_article(row) for row in rows], gold, bcubed)
    for seed in range(PILES):
        articles, gold = pile(seed)
        _measure(f"pile {seed}", articles, gold, bcubed)
        _measure(f"pile {seed} undated", [replace(a, published=None) for a in articles], gold, bcubed)


def _measure(name: str, articles: list[Article], gold: dict[str, str], bcubed: Scorer) -> None:
    begin = time.process_time()
    stories = gather(articles)
    seconds = time.process_time() - begin
    most: dict[str, tuple[float, str]] = {}  # labels know of one story an article: that which has most of it
    for story in stories:
        for i in story.articles:
            most[i] = max(most.get(i, (0.0, "")), (story.shares[i], story.id))
    shared = sum(share < 1 for share, _ in most.values())
    found = {i: story for i, (_, story) in most.items()}
    _report(f"{name} batch ({shared} articles in several stories)", bcubed, gold, found, seconds)
    reached = []
    for seed in range(ORDERS):
        arriving = random.Random(seed).sample(articles, len(articles))
        begin = time.process_time()
        stream = StoryStream()
        first = {article.id: stream.add(article) for article in arriving}
        stream.settle()
        last = {i: stream.story(i) for i in first}
        changed = sum(first[i] != last[i] for i in first) / len(first)
        seconds = time.process_time() - begin
        _report(f"{name} stream {seed}, as told at once", bcubed, gold, first, seconds)
        reached.append(
            _report(f"{name} stream {seed} ({changed:.1%} decided otherwise later)", bcubed, gold, last, seconds)
        )
    print(f"{name} stream: orders differ by {max(reached) - min(reached):.4f}")
    begin = time.process_time()
    _, cut, found = max(((bcubed(gold, f)[2], cut, f) for cut, f in _peer(articles)), key=lambda one: (one[0], one[1]))
    _report(f"{name} scikit-learn, best cut {cut:.2f}", bcubed, gold, found, time.process_time() - begin)


def _peer(articles: Sequence[Article]) -> list[tuple[float, dict[str, str]]]:
    texts = [f"{a.title or ''}\n{a.text}" for a in articles]
    table = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    distances = np.clip(1 - (table @ table.T).toarray(), 0, 1)
    found = []
    for cut in CUTS.tolist():
        model = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=1 - cut)
        labels = model.fit_predict(distances)
        found.append((cut, {a.id: str(label) for a, label in zip(articles, labels.tolist(), strict=True)}))
    return found


def _article(row: dict[str, Any]) -> Article:
    published = Stamp(row["published"], "day", "metadata") if row["published"] else None
    return Article(row["id"], "bench", row["text"], title=row["title"] or None, published=published)


def _scorer(path: Path) -> Scorer:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.bcubed  # type: ignore[no-any-return]


def _report(what: str, bcubed: Scorer, gold: dict[str, str], found: dict[str, str], seconds: float) -> float:
    """One line: scores, how many stories were split over several groups, how many groups hold several stories."""
    precision, recall, f1 = bcubed(gold, found)
    groups: defaultdict[str, set[str]] = defaultdict(set)
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for i, story in gold.items():
        groups[found[i]].add(story)
        stories[story].add(found[i])
    sizes = Counter(found.values())
    split, mixed = (sum(len(x) > 1 for x in table.values()) for table in (stories, groups))
    print(
        f"{what}: BCubed P {precision:.4f} R {recall:.4f} F1 {f1:.4f}, {len(sizes)} groups for {len(stories)} stories, "
        f"{split} stories split, {mixed} groups mixed, {len(found) / seconds:.0f} articles a CPU second",
        flush=True,
    )
    return f1


if __name__ == "__main__":
    main()
