"""Trains the scorer of `variorum.lineage.relations` on invented copy trees and writes its forests.

    pip install -e '.[train]'
    python train/lineage.py [--sets N] [--out FILE]

The trees are those of `bench/copytrees.py`; nothing else is read. Four forests: ``edge`` and ``again`` (is this the
parent: first and second pass), ``root`` (has it none here), ``further`` (is this another parent). Each third of the
collections teaches the next: a forest sees the answers of those before it as they are on text they do not know, with
all that is argued beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from copytrees import Truth, collection

from variorum.ingest import Ingest
from variorum.lineage import (
    LineageConfig,
    relations,
)
from variorum.lineage.arguments import argued
from variorum.lineage.forest import MODEL, Forest, forests
from variorum.lineage.relations import Kin, in_one_go, weigh
from variorum.lineage.trace import prepare
from variorum.lineage.tree import leaning, trade_says

#: The truth of a collection and the ids of its articles by number; tables and labels.
Known = tuple[Truth, list[str]]
Examples = Iterable[tuple[Any, Any]]

OUT = Path(__file__).parents[1] / "src/variorum/data/models" / MODEL
#: Trees, leaves and the least examples of a leaf of each forest.
SHAPES = {"edge": (160, 24, 60), "again": (200, 24, 60), "root": (120, 16, 40), "further": (100, 16, 40)}


def main() -> None:
    """Make, learn one forest after the other, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=1500)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    begin = time.time()
    digest = hashlib.sha256()
    tensors: dict[str, Any] = {}
    learned: dict[str, Forest] = {}
    part = args.sets // 3

    def learn(name: str, examples: Examples) -> None:
        """A forest from ``examples``; one collection after the other, so that the articles of one are in memory."""
        given = list(zip(*examples, strict=True))
        rows, labels = np.concatenate(given[0]), np.concatenate(given[1])
        model = fitted(name, rows, labels)
        tensors.update({f"{name}.{key}": value for key, value in arrays(model, rows).items()})
        learned.update(forests({k: v for k, v in tensors.items() if k.startswith(f"{name}.")}))
        agrees = np.mean((learned[name].odds(rows) > 0) == labels)
        seconds = time.time() - begin
        print(f"{name}: {len(rows)} rows, {labels.sum()} yes, agrees {agrees:.4f}, {seconds:.0f} s", flush=True)

    learn("edge", ((relations.first_table(k), edge_labels(k, truth)) for k, truth in kins(range(part), digest)))
    learn("again", second_looks(kins(range(part, 2 * part), digest), learned))
    last = [(*solved(k, learned), truth) for k, truth in kins(range(2 * part, args.sets), digest)]
    learn("root", ((table, root_labels(k, truth)) for k, table, truth in last))
    learn("further", further_parents(last, learned))
    meta = {
        "data": digest.hexdigest(),
        "sets": str(args.sets),
        "columns": json.dumps(
            {
                "edge": relations.EDGE_NAMES,
                "again": relations.AGAIN_NAMES,
                "root": relations.CHILD_NAMES,
                "further": relations.FURTHER_NAMES,
            }
        ),
    }
    save_file(tensors, args.out, meta)
    print(f"wrote {args.out}, {args.out.stat().st_size} bytes, {time.time() - begin:.0f} s")


def kins(seeds: Iterable[int], digest: Any) -> Iterator[tuple[Kin, Known]]:
    """The families of some collections, as `trace` finds them, each with what is known of it."""
    for seed in seeds:
        rows, truth = collection(seed)
        for row in rows:
            digest.update(json.dumps(row, sort_keys=True).encode())
        work = prepare([Ingest.from_json(row) for row in rows], LineageConfig())
        ids = [a.id for a in work.articles]
        yield from ((one, (truth, ids)) for one in work.families)


def looked(one: Kin, learned: dict[str, Forest]) -> None:
    """The first look, as `solve` takes it: what is argued is part of it."""
    (odds,) = in_one_go(learned["edge"], [relations.first_table(one)])
    weigh(one, odds + argued(one) + trade_says(one), np.zeros(len(one.numbers), np.float32))


def second_looks(given: Iterable[tuple[Kin, Known]], learned: dict[str, Forest]) -> Examples:
    """The second look, and which pairs are parent and child."""
    for one, truth in given:
        looked(one, learned)
        yield relations.second_table(one), edge_labels(one, truth)


def solved(one: Kin, learned: dict[str, Forest]) -> tuple[Kin, Any]:
    """The family after the second look, and the table of its members."""
    looked(one, learned)
    (odds,) = in_one_go(learned["again"], [relations.second_table(one)])
    one.odds, one.first = odds + trade_says(one), None
    return one, relations.child_table(one)


def further_parents(given: Iterable[tuple[Kin, Any, Known]], learned: dict[str, Forest]) -> Examples:
    """What is asked of other parents once each has one or none, and which of them are."""
    for one, table, truth in given:
        (roots,) = in_one_go(learned["root"], [table])
        weigh(one, one.odds, roots + leaning(one))
        pairs, rows = relations.further_table(one)
        yield rows, pair_labels(one, pairs, truth)


def edge_labels(one: Kin, known: Known) -> Any:
    """For each pair of a family whether the first is a direct parent of the second."""
    return pair_labels(one, one.pairs, known)


def pair_labels(one: Kin, pairs: Any, known: Known) -> Any:
    """The same for any pairs of it."""
    truth, ids = known
    name = [ids[n] for n in one.numbers]
    return np.array([name[p] in truth.parents[name[c]] for p, c in pairs.tolist()], np.bool_)


def root_labels(one: Kin, known: Known) -> Any:
    """For each member whether it has no parent in the family."""
    truth, ids = known
    name = [ids[n] for n in one.numbers]
    return np.array([not set(truth.parents[n]) & set(name) for n in name], np.bool_)


def fitted(name: str, rows: Any, labels: Any) -> HistGradientBoostingClassifier:
    """A forest of the shape that ``name`` has."""
    trees, leaves, least = SHAPES[name]
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=leaves, min_samples_leaf=least, learning_rate=0.08, l2_regularization=1.0,
        max_depth=8, random_state=0, early_stopping=False,
    )  # fmt: skip
    return model.fit(rows, labels)


def arrays(model: HistGradientBoostingClassifier, rows: Any) -> dict[str, Any]:
    """The trees of a fitted model in the shape of `Forest`; means below inner nodes are those of their leaves, weighted
    by examples."""
    trees = [predictor[0].nodes for predictor in model._predictors]
    width = max(map(len, trees))
    shape = (len(trees), width)
    out: dict[str, Any] = {
        "column": np.zeros(shape, np.int16), "limit": np.zeros(shape, np.float32),
        "missing": np.zeros(shape, np.bool_), "low": np.zeros(shape, np.int16), "high": np.zeros(shape, np.int16),
        "value": np.zeros(shape, np.float32),
    }  # fmt: skip
    depth = 0
    for t, nodes in enumerate(trees):
        means = _means(nodes)
        depth = max(depth, int(nodes["depth"].max()))
        for n, node in enumerate(nodes):
            out["value"][t, n] = means[n]
            if node["is_leaf"]:
                out["low"][t, n] = out["high"][t, n] = n
                continue
            out["column"][t, n], out["limit"][t, n] = node["feature_idx"], node["num_threshold"]
            out["missing"][t, n] = node["missing_go_to_left"]
            out["low"][t, n], out["high"][t, n] = node["left"], node["right"]
    out["base"] = np.array([model._baseline_prediction.ravel()[0]], np.float32)
    out["depth"] = np.array([depth], np.int16)
    return out


def _means(nodes: Any) -> Any:
    means = nodes["value"].copy()
    for n in range(len(nodes) - 1, -1, -1):
        if not nodes[n]["is_leaf"]:
            low, high = nodes[n]["left"], nodes[n]["right"]
            one, other = nodes[low]["count"], nodes[high]["count"]
            means[n] = (means[low] * one + means[high] * other) / (one + other)
    return means


if __name__ == "__main__":
    main()
