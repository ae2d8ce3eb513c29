"""How much of what an editor expects of the invented incidents is found (`golden/trials`).

    python bench/trials.py [NAME ...] [--texts DIR] [--list]

The expectations are prose; what is read of them are the words they quote. Of claims: which pairs of words are told as
one, and how many claims that pass for corroborated may by the expectations. Of contradictions and updates: one is found
where a conflict of the edition has words of two of its sides; what is shown besides has words of no two, and what is
false has words of two that only look so. ``--list`` names what was missed and what is shown besides. ``--texts`` is a
folder that holds NAME.md beside NAME/, by default `golden/trials`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))

from judge import HERE as GOLDEN
from judge import Judge

import variorum
from variorum.model import Claim, Conflict

#: A report and the words it is quoted with: ``r2.html: "…"``.
_QUOTE: Final = re.compile(r'(r\d\.(?:html|txt))(?: \([^)]*\))?: "([^"]+)"')
_SECTION: Final = re.compile(r"^## (\d)\.", re.M)
_LOOKS: Final = re.compile(r"^[*#]+ ?Only look like", re.M)
_UPDATES: Final = re.compile(r"^### Updates", re.M)
_SIDES: Final = re.compile(r"→|<?->|\bagainst\b|\bdenied by\b|\bthe denial:")
_ROOTS: Final = re.compile(r"\b[Rr]oots?:? (\d)(?:[-–](\d))?")
_RELATION: Final = re.compile(r"\b(contradiction|update)")

Ref = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one incident. ``claims``: the words of each, and how many roots it has at the least, where
    that is told; ``conflicts``: the relations that are right and the words of each side; ``apart``: words that only
    look like a conflict."""

    claims: Sequence[tuple[Sequence[Ref], int | None]]
    conflicts: Sequence[tuple[frozenset[str], Sequence[Sequence[Ref]]]]
    apart: Sequence[Sequence[Ref]]


def read_expected(text: str) -> Expected:
    """What the prose of one incident quotes."""
    sections = {m[1]: text[m.end() :].split("\n## ", 1)[0] for m in _SECTION.finditer(text)}
    told, looks = _LOOKS.split(sections["2"], maxsplit=1)
    headed = dict(zip(("contradiction", "update"), _UPDATES.split(told, maxsplit=1), strict=False))
    return Expected(
        [(words, _least(item)) for item in _items(sections["1"]) if (words := _quotes(item))],
        [
            (_relations(item, name), sides)
            for name, part in headed.items()
            for item in _items(part)
            if len(sides := [words for side in _SIDES.split(item) if (words := _quotes(side))]) > 1
        ],
        [_quotes(item) for item in _items(looks)],
    )


def _items(text: str) -> list[str]:
    """The items of a numbered or dashed list; what a numbered one lists below is its own."""
    numbered = re.search(r"^\d+\. ", text, re.M)
    return re.split(r"^\d+\. ", text, flags=re.M)[1:] if numbered else re.split(r"^- ", text, flags=re.M)[1:]


def _quotes(text: str) -> list[Ref]:
    return [{"file": file, "words": words} for file, words in _QUOTE.findall(text)]


def _least(item: str) -> int | None:
    found = _ROOTS.search(item)
    return int(found[1]) if found else None


def _relations(item: str, heading: str) -> frozenset[str]:
    return frozenset(_RELATION.findall(item.split('"', 1)[0])) or frozenset({heading})


class Trial:
    """One incident's edition held to what is expected of it."""

    def __init__(self, folder: Path, expected: Expected) -> None:
        self.expected = expected
        self.judge = Judge(variorum.collate([folder]), {"claims": [{"words": words} for words, _ in expected.claims]})
        self.shown = [c for c in self.judge.conflicts if c.relation in ("contradiction", "update")]

    def ids(self, words: Sequence[Ref]) -> frozenset[str]:
        """The statements that tell some words."""
        return frozenset(s.id for ref in words for s in self.judge._covering(ref))

    def corroborated(self) -> Iterator[tuple[Claim, str]]:
        """Each claim that passes for corroborated, and what the expectations say of it."""
        told = [(self.ids(words), least) for words, least in self.expected.claims]
        for claim in self.judge.claims:
            if claim.status == "corroborated":
                of = [least for ids, least in told if len(ids & set(claim.statements)) > 1]
                known = [least for least in of if least is not None]
                yield (
                    claim,
                    "not expected"
                    if not of
                    else "unknown"
                    if not known
                    else ("right" if max(known) > 1 else "too high"),
                )

    def found(self) -> Iterator[tuple[int, Conflict | None]]:
        """Each expected conflict, by number, with the conflict shown that has words of two of its sides."""
        for number, (right, sides) in enumerate(self.expected.conflicts):
            ids = list(map(self.ids, sides))
            near = [c for c in self.shown if _has_two(c, ids)]
            yield number, min(near, key=lambda c: c.relation not in right, default=None)

    def besides(self) -> Iterator[tuple[Conflict, bool]]:
        """What is shown and was not expected, and whether it has words of two that only look so."""
        sides = [list(map(self.ids, sides)) for _, sides in self.expected.conflicts]
        apart = [[self.ids([ref]) for ref in words] for words in self.expected.apart]
        for conflict in self.shown:
            if not any(_has_two(conflict, ids) for ids in sides):
                yield conflict, any(_has_two(conflict, ids) for ids in apart)


def _has_two(conflict: Conflict, sides: Sequence[frozenset[str]]) -> bool:
    """Whether two sides have words of their own in two readings."""
    held = [frozenset(reading.statements) for reading in conflict.readings]
    return any(
        (one & a and other & b) or (one & b and other & a)
        for one, other in combinations(sides, 2)
        for a, b in combinations(held, 2)
        if one - other and other - one
    )


def told(name: str, trial: Trial, listed: bool) -> Counter[str]:
    """The figures of one incident; lists what was missed if asked."""
    right, wrong, missed = trial.judge.alignment()
    tally = Counter(joined=right, joined_wrongly=wrong, parted=missed)
    for claim, verdict in trial.corroborated():
        tally[f"corroborated, {verdict}"] += 1
        if listed and verdict != "right":
            print(f"{name} corroborated, {verdict}: {claim.text}")
    for number, conflict in trial.found():
        relations, sides = trial.expected.conflicts[number]
        how = "missed" if conflict is None else "found" if conflict.relation in relations else "other relation"
        tally[f"conflict, {how}"] += 1
        if listed and how != "found":
            print(f"{name} {how} {'/'.join(sorted(relations))}: " + " | ".join(side[0]["words"] for side in sides))
    for conflict, false in trial.besides():
        tally["conflict, false" if false else "conflict, besides"] += 1
        if listed:
            print(f"{name} {'FALSE' if false else 'besides'} {conflict.relation}: {conflict.explanation}")
    return tally


def line(tally: Counter[str]) -> str:
    """Figures in one line."""
    precision = tally["joined"] / max(1, tally["joined"] + tally["joined_wrongly"])
    recall = tally["joined"] / max(1, tally["joined"] + tally["parted"])
    kinds = ("right", "too high", "unknown", "not expected")
    hows = ("found", "other relation", "missed", "besides", "false")
    return (
        f"words told as one: P {precision:.2f} R {recall:.2f} of {tally['joined'] + tally['parted']}; corroborated: "
        + ", ".join(f"{tally[f'corroborated, {kind}']} {kind}" for kind in kinds)
        + "; contradictions and updates: "
        + ", ".join(f"{tally[f'conflict, {how}']} {how}" for how in hows)
    )


def main() -> None:
    """Collate, hold, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--texts", type=Path, default=GOLDEN / "trials")
    parser.add_argument("--list", action="store_true", help="what was missed and what is shown besides")
    options = parser.parse_args()
    everything: Counter[str] = Counter()
    for name in options.names or sorted(p.stem for p in options.texts.glob("*.md") if (p.parent / p.stem).is_dir()):
        expected = read_expected((options.texts / f"{name}.md").read_text("utf-8"))
        tally = told(name, Trial(options.texts / name, expected), options.list)
        everything.update(tally)
        print(f"{name}: {line(tally)}", flush=True)
    print(f"all: {line(everything)}")


if __name__ == "__main__":
    sys.exit(main())
