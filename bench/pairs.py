"""Pairs of texts: do they say the same, does one follow from the other, do they contradict each other?

    python bench/pairs.py [--cache FILE]

The scorers that are shipped were learned on these sets, so each figure is by scorers that did not see the pairs they
are measured on: NAnCo question by question with what was learned on the others, RTE3 in ten folds, drawn three times.
Which signals there are was chosen while looking at both sets whole, so the figures flatter a little. The relations are
those of `variorum compare --pairs`, and at the end the command's own path is timed.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from variorum.compare import CompareConfig, Scorers, Texts, judge
from variorum.compare.pairs import Judgement
from variorum.model import TextPair
from variorum.pipeline import relate

FOLDS, DRAWS, TIMED, SURE = 10, 3, 60, 0.7
Told = list[tuple[dict[str, Any], Judgement]]


def trainer() -> ModuleType:
    """``train/pairs.py``, which reads the sets and learns the scorers."""
    path = Path(__file__).parents[1] / "train/pairs.py"
    spec = importlib.util.spec_from_file_location("train_pairs", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no trainer at {path}")
    module = sys.modules["train_pairs"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(pair: dict[str, Any], texts: Texts, reader: Any, by: Scorers, *, answers: bool) -> Judgement:
    """One pair, as the command judges it."""
    return judge(texts, reader.id(pair["a"]), reader.id(pair["b"]), CompareConfig(), by, answers=answers)


def question_by_question(train: ModuleType, reader: Any, nanco: list[dict[str, Any]], rte: Sequence[Any]) -> None:
    """Same or different, each question by what the others taught."""
    says, examples = train.says(), train.answers(nanco, reader)
    bearing = train.learned(rte, says["bearing"])
    for name, signals in (("near alone", ["near", "few"]), ("all signals", list(examples[0].seen))):
        told: dict[str, Told] = {}
        for question in dict.fromkeys(pair["question"] for pair in nanco):
            seen = [e for e in only(train, examples, signals) if not e.part.startswith(question)]
            by = Scorers("", train.learned(seen, says["answers"]), bearing)
            asked = [pair for pair in nanco if pair["question"] == question]
            texts = reader.together(sorted({pair[side] for pair in asked for side in "ab"}), question)
            told[question] = [(pair, judged(pair, texts, reader, by, answers=True)) for pair in asked]
        each = [balanced(rows) for rows in told.values()]
        pooled = [row for rows in told.values() for row in rows]
        print(
            f"NAnCo same/different, {name}: balanced accuracy {sum(each) / len(each):.3f} (mean of questions; "
            f"{', '.join(f'{b:.3f}' for b in each)}), {balanced(pooled):.3f} pooled"
        )
    print("  right by confidence:", by_confidence(pooled, lambda pair, j: (pair["label"] == "same") == (j == "same")))
    print("  relations told:", dict(Counter(j.relation for _, j in pooled)))


def only(train: ModuleType, examples: Iterable[Any], signals: Sequence[str]) -> list[Any]:
    """Examples of which nothing but some signals was seen."""
    return [train.Example({s: e.seen[s] for s in signals}, e.label, e.part) for e in examples]


def balanced(rows: Told) -> float:
    """The mean of the shares of "same" and of "different" that were told."""
    same = [j.relation == "same" for pair, j in rows if pair["label"] == "same"]
    different = [j.relation != "same" for pair, j in rows if pair["label"] != "same"]
    return (sum(same) / len(same) + sum(different) / len(different)) / 2


def in_folds(train: ModuleType, reader: Any, rte: list[dict[str, Any]], examples: Sequence[Any], answers: Any) -> None:
    """Entailment and contradiction, each fold by what the others taught."""
    texts = [reader.together([pair["a"], pair["b"]]) for pair in rte]
    figures: dict[str, list[float]] = defaultdict(list)
    for seed in range(DRAWS):
        told: Told = []
        for fold in folds([e.label for e in examples], seed):
            learned = train.learned([e for n, e in enumerate(examples) if n not in fold], train.says()["bearing"])
            by = Scorers("", answers, learned)
            told += [(rte[n], judged(rte[n], texts[n], reader, by, answers=False)) for n in sorted(fold)]
        for name, figure in measured(told).items():
            figures[name].append(figure)
    for name, values in figures.items():
        print(f"RTE3 {name}: {sum(values) / DRAWS:.3f} ({min(values):.3f} to {max(values):.3f} in {DRAWS} draws)")
    print("  right by confidence:", by_confidence(told, lambda pair, j: means(j) == pair["label"]))
    print("  relations told:", dict(Counter(j.relation for _, j in told)))


def folds(labels: Sequence[str], seed: int) -> list[set[int]]:
    """Numbers of examples in parts, each with its share of each label."""
    draw, parts = random.Random(seed), [set[int]() for _ in range(FOLDS)]
    for label in sorted(set(labels)):
        members = [n for n, other in enumerate(labels) if other == label]
        draw.shuffle(members)
        for place, n in enumerate(members):
            parts[place % FOLDS].add(n)
    return parts


def means(relation: str) -> str:
    """The RTE3 label that a relation amounts to."""
    return {"same": "entailment", "entails": "entailment", "contradicts": "contradiction"}.get(relation, "neutral")


def measured(told: Told) -> dict[str, float]:
    """Of one drawing."""
    pairs = [(pair["label"], means(judgement.relation)) for pair, judgement in told]
    hits = sum(gold == found == "contradiction" for gold, found in pairs)
    there = sum(gold == "contradiction" for gold, _ in pairs)
    said = sum(found == "contradiction" for _, found in pairs)
    sure = [pair["label"] for pair, j in told if j.relation == "contradicts" and j.confidence >= SURE]
    return {
        "contradiction F1": 2 * hits / max(1, there + said),
        "contradiction precision": hits / max(1, said),
        "contradiction recall": hits / there,
        f"contradictions told {SURE} sure": len(sure),
        "… and their precision": sure.count("contradiction") / max(1, len(sure)),
        "three ways right": sum(gold == found for gold, found in pairs) / len(pairs),
        "entailment or not right": sum((gold == "entailment") == (found == "entailment") for gold, found in pairs)
        / len(pairs),
    }


def by_confidence(told: Told, right: Any) -> str:
    """How many are right of those told with less than .5, .6 … sure."""
    bins: dict[float, list[bool]] = defaultdict(list)
    for pair, judgement in told:
        bins[int(min(judgement.confidence, 0.99) * 10) / 10].append(right(pair, judgement.relation))
    return ", ".join(f"{b:.1f}+: {sum(bins[b]) / len(bins[b]):.2f} of {len(bins[b])}" for b in sorted(bins))


def timed(nanco: Sequence[dict[str, Any]], rte: Sequence[dict[str, Any]]) -> None:
    """The command's path, with nothing read before."""
    answers = [TextPair(p["id"], p["a"], p["b"], p["question"]) for p in nanco]
    for name, given in (("answers", answers), ("texts", [TextPair(p["id"], p["a"], p["b"]) for p in rte[:TIMED]])):
        begin = time.perf_counter()
        rate = sum(1 for _ in relate(given)) / (time.perf_counter() - begin)
        print(f"compare --pairs, {name}: {rate:.0f} pairs a second, the start included")


def main() -> None:
    """Both sets, and the speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="keep what was read of the texts here between runs")
    options = parser.parse_args()
    train = trainer()
    nanco, rte = train.rows(train.NANCO), train.rows(train.RTE)
    reader = train.Reader((pair[side] for pair in nanco + rte for side in "ab"), options.cache)
    examples = train.bearing(rte, reader)
    question_by_question(train, reader, nanco, examples)
    in_folds(train, reader, rte, examples, train.learned(train.answers(nanco, reader), {}))
    timed(nanco, rte)


if __name__ == "__main__":
    main()
