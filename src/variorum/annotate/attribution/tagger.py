"""A small network that finds cues and, for each cue, its content and its source.

One bidirectional LSTM reads a paragraph; each of its tokens is judged as a cue, and for each cue a second, smaller one
reads the tokens around it as seen from that cue and labels them, with the best path through a linear-chain CRF (after
Pareti et al. 2013 and Newell et al. 2018, PolNeAR; conditioned on the cue as in semantic role labelling). The weights
are learned by ``train/attribution.py`` and run here in NumPy alone; see ``data/models/attribution.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from variorum.annotate.attribution.drafts import Paragraph
from variorum.annotate.attribution.features import (
    PAIR,
    TOKEN,
    Rules,
    Vocabulary,
    pair_categories,
    rows,
    rules,
    token_categories,
    window,
)
from variorum.annotate.attribution.network import Ints, Weights, best_paths, dense, lstm, relu, sigmoid
from variorum.annotate.attribution.passage import Range
from variorum.annotate.products import Floats, one_thread
from variorum.errors import VocabularyError

#: Labels of the second network, in the order of its outputs.
CONTENT: Final = 1
SOURCE: Final = 2
CUE: Final = 3
#: How many tokens are read at once: bounds memory, about 3 kB a token.
CHUNK: Final = 12_000
KNOWN: Final = 20_000  #: how many paragraphs' cues are remembered, a kilobyte each
_CUES: Final = 256  #: how many cues are labelled at once
ABOVE: Final = ("lemma", "tag", "dep", "words")  #: what a token is told of its head
MODEL: Final = Path(__file__).parents[2] / "data" / "models" / "attribution.safetensors"


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the network says of one token as a cue: how likely it attributes, and how likely it reports words; the
    tokens of its content, of its source and of the whole cue."""

    token: int
    likely: float
    reports: float
    content: tuple[Range, ...]
    source: Range | None
    cue: Range


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on a token is a cue: one that the rules read too, one that reports, any other one."""

    known: float = 0.65
    reporting: float = 0.65
    other: float = 0.75


class Tagger:
    """The network with its weights in memory. Raises `errors.VocabularyError` where the file is not what it should
    be."""

    def __init__(self, path: Path = MODEL, thresholds: Thresholds | None = None, known: int = KNOWN) -> None:
        self._weights, self._vocabulary = _load(path)
        #: Which weights these are: the file's name and the head of its digest.
        self.version = f"{path.stem} {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
        self._thresholds = thresholds or Thresholds()
        self._most = known
        self._known: OrderedDict[bytes, list[Tagged]] = OrderedDict()

    def tag(self, paragraphs: Sequence[Paragraph]) -> list[list[Tagged]]:
        """The cues of each paragraph, in order; what else is read with it does not show. The last ``known`` of them are
        remembered: an archive has many paragraphs more than once."""
        keys = [_looks(p) for p in paragraphs]
        found = {key: self._known[key] for key in keys if key in self._known}
        fresh = {key: p for key, p in zip(keys, paragraphs, strict=True) if key not in found}
        for chunk in _chunks(list(fresh.items())):
            found.update(zip((key for key, _ in chunk), self._tag([p for _, p in chunk]), strict=True))
        for key in dict.fromkeys(keys):
            self._known[key] = found[key]
            self._known.move_to_end(key)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return [found[key] for key in keys]

    def _tag(self, paragraphs: Sequence[Paragraph]) -> list[list[Tagged]]:
        with one_thread():
            return self._read(paragraphs)

    def _read(self, paragraphs: Sequence[Paragraph]) -> list[list[Tagged]]:
        if not any(p.tree.start for p in paragraphs):
            return [[] for _ in paragraphs]
        lengths = np.array([len(p.tree.start) for p in paragraphs])
        starts = np.concatenate([[0], np.cumsum(lengths)])
        read = [rules(p) for p in paragraphs]
        states = self._encode(paragraphs, read, lengths, starts)
        hidden = relu(dense(states, self._weights, "cue.0"))
        chances = sigmoid(dense(hidden, self._weights, "cue.2"))
        cues = [
            (number, token)
            for number, start in enumerate(starts[:-1])
            for token in self._candidates(chances[start : starts[number + 1]], read[number])
        ]
        found: list[list[Tagged]] = [[] for _ in paragraphs]
        labels = self._label(paragraphs, read, states, starts, cues)
        for (number, token), path in zip(cues, labels, strict=True):
            likely, reports = chances[starts[number] + token]
            found[number].append(_tagged(paragraphs[number], token, float(likely), float(reports), path))
        return found

    def _candidates(self, chances: Floats, read: Rules) -> list[int]:
        """The tokens of one paragraph that are cues."""
        limits = self._thresholds
        likely, reports = chances[:, 0], chances[:, 1]
        sure = (likely >= limits.other) | ((likely >= limits.reporting) & (reports >= limits.reporting))
        known = [token for token in read.of_cue if likely[token] >= limits.known]
        return sorted({*map(int, np.flatnonzero(sure)), *known})

    def _encode(self, paragraphs: Sequence[Paragraph], read: Sequence[Rules], lengths: Ints, starts: Ints) -> Floats:
        """The state of each token in its paragraph, (tokens, 2 × units)."""
        columns = [token_categories(p, r) for p, r in zip(paragraphs, read, strict=True)]
        merged = [[value for c in columns for value in c[number]] for number in range(len(TOKEN))]
        ids = rows(merged, TOKEN, self._vocabulary, "token")
        parts = {name: self._weights[f"e.{name}.weight"][ids[:, i]] for i, name in enumerate(TOKEN)}
        trees = [np.array(p.tree.head, dtype=np.intp) for p in paragraphs]
        heads = np.concatenate([start + tree for start, tree in zip(starts, trees, strict=False)])
        above = np.concatenate([parts[name] for name in ABOVE], axis=1)[heads]
        vectors = np.concatenate([p.tree.doc.tensor for p in paragraphs]) * self._weights["norm"]
        x = relu(dense(np.concatenate([vectors, *parts.values(), above], axis=1), self._weights, "inp"))
        return lstm(x, lengths, self._weights, "lstm")

    def _label(
        self,
        paragraphs: Sequence[Paragraph],
        read: Sequence[Rules],
        states: Floats,
        starts: Ints,
        cues: Sequence[tuple[int, int]],
    ) -> Iterator[NDArray[np.int8]]:
        """The labels of the tokens in each cue's window."""
        here, there = dense(states, self._weights, "a"), dense(states, self._weights, "b")
        for first in range(0, len(cues), _CUES):
            some = cues[first : first + _CUES]
            windows = [window(paragraphs[n].tree, token) for n, token in some]
            lengths = np.array([b - a + 1 for a, b in windows])
            seen = [pair_categories(paragraphs[n], token, read[n].of_cue.get(token)) for n, token in some]
            merged = [[value for c in seen for value in c[i]] for i in range(len(PAIR))]
            ids = rows(merged, PAIR, self._vocabulary, "pair")
            tokens = np.concatenate(
                [starts[n] + np.arange(a, b + 1) for (n, _), (a, b) in zip(some, windows, strict=True)]
            )
            z = here[tokens] + np.repeat(there[[starts[n] + token for n, token in some]], lengths, axis=0)
            for i, name in enumerate(PAIR):
                z += self._weights[f"p.{name}.weight"][ids[:, i]]
            scores = dense(lstm(relu(z), lengths, self._weights, "pl"), self._weights, "o")
            yield from best_paths(scores, lengths, self._weights)


def _looks(paragraph: Paragraph) -> bytes:
    """All that the networks see of a paragraph: its words, and which of them its article puts between marks."""
    begin, end = paragraph.tree.block.span
    marks = [
        (q.span[0] - begin, q.span[1] - begin, q.inner[0] - begin, q.inner[1] - begin, q.opened, q.closed)
        for q in (*paragraph.quotations, *paragraph.reader.nested)
    ]
    seen = f"{len(paragraph.quotations)} {marks} {paragraph.text[begin:end]}"
    return hashlib.blake2b(seen.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _chunks(paragraphs: Sequence[tuple[bytes, Paragraph]]) -> Iterator[list[tuple[bytes, Paragraph]]]:
    """As many as are read at once."""
    chunk: list[tuple[bytes, Paragraph]] = []
    size = 0
    for key, paragraph in paragraphs:
        chunk.append((key, paragraph))
        size += len(paragraph.tree.start)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _tagged(paragraph: Paragraph, token: int, likely: float, reports: float, path: NDArray[np.int8]) -> Tagged:
    first = window(paragraph.tree, token)[0]
    sources = _runs(path == SOURCE, first)
    cues = [r for r in _runs(path == CUE, first) if r[0] <= token <= r[1]]
    near = min(sources, key=lambda r: min(abs(r[0] - token), abs(r[1] - token)), default=None)
    return Tagged(
        token, likely, reports, tuple(_runs(path == CONTENT, first)), near, cues[0] if cues else (token, token)
    )


def _runs(chosen: NDArray[np.bool_], offset: int) -> list[Range]:
    """The stretches of chosen tokens."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8)))
    return [(offset + int(a), offset + int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _load(path: Path) -> tuple[Weights, Vocabulary]:
    """The weights in float32 and the vocabulary that they were learned with."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="np") as file:
            weights = {key: file.get_tensor(key).astype(np.float32) for key in file.keys()}  # noqa: SIM118
            vocabulary = json.loads(file.metadata()["vocabulary"])
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as exc:
        raise VocabularyError(f"{path} holds no weights of the attribution taggers: {exc}") from exc
    return weights, {name: {value: i + 1 for i, value in enumerate(values)} for name, values in vocabulary.items()}
