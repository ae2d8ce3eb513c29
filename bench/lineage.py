"""lineage.py DATA SCORER [OPTIONS]: copies found in a labelled collection, and how long it took.

DATA is the folder with ``lineage_synthetic_dev_{docs,labels}.jsonl``, SCORER the script that scores links. Ids tell
families there, so the articles get neutral ids and a shuffled order before `trace` sees them.
``--no-alternatives`` scores the links of the tree alone: an article whose parent is in doubt then counts for one pair
only. ``--blank`` takes all times and publishers away.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from variorum.lineage import trace
from variorum.model import Article, Lineage, Stamp


def main() -> None:
    """Read, trace, score."""
    args = _arguments()
    docs = args.data / "lineage_synthetic_dev_docs.jsonl"
    rows = [json.loads(line) for line in docs.read_text("utf-8").splitlines()]
    random.Random(args.seed).shuffle(rows)
    articles = [_article(number, row, args.blank) for number, row in enumerate(rows)]
    begin = time.perf_counter()
    lineage = trace(articles)
    seconds = time.perf_counter() - begin
    names = {article.id: row["id"] for article, row in zip(articles, rows, strict=True)}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as links:
        links.writelines(json.dumps(pair) + "\n" for pair in _pairs(lineage, names, args.no_alternatives))
        links.flush()
        labels = args.data / "lineage_synthetic_dev_labels.jsonl"
        subprocess.run([sys.executable, args.scorer, docs, labels, links.name], check=True)
    print(f"time {seconds:.1f} s, {len(articles) / seconds:.0f} articles a second")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--no-alternatives", action="store_true")
    parser.add_argument("--blank", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _article(number: int, row: dict[str, Any], blank: bool) -> Article:
    published = None
    if row["published"] and not blank:
        precision = "minute" if "T" in row["published"] else "day"
        published = Stamp(row["published"], precision, "metadata")  # type: ignore[arg-type]
    publisher = None if blank else row["publisher"]
    return Article(f"n{number}", "bench", row["text"], title=row["title"], publisher=publisher, published=published)


def _pairs(lineage: Lineage, names: dict[str, str], tree_only: bool) -> Iterator[dict[str, str]]:
    """The links between articles, then the other parents considered for the same child."""
    links = [link for link in lineage.links if link.parent in names]
    drawn = {frozenset((link.parent, link.child)) for link in links}
    for link in links:
        yield {"parent": names[link.parent], "child": names[link.child]}
    for link in [] if tree_only else links:
        for other in link.alternatives:
            if frozenset((other.parent, link.child)) not in drawn:
                yield {"parent": names[other.parent], "child": names[link.child]}


if __name__ == "__main__":
    main()
