"""Quantities of the passages of ``golden/quantities``, open and kept apart, by genre.

    python bench/quantity_gold.py [--errors] [--genre NAME]

A row is matched to the gold row whose number its span covers. A row is right where its value, bound, unit, role and
whole are those of the gold, a passage where all its rows are and no other is read. A whole that stands without a number
is none, as in the gold; "voted for" and "voted against" are both *voted*, an abstention none. Dead and injured are the
toll of the event reported, read over the whole passage, in brackets those that the reader is sure of. ``--errors``
lists what is wrong in the open part; the kept part shows nothing but its scores.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from variorum.annotate import Annotator
from variorum.compare.toll import Tally, tally
from variorum.model import Annotation, Article, Block, Quantity, Span

GOLD: Final = Path(__file__).parents[1] / "golden" / "quantities" / "sentences.jsonl"
TRAITS: Final = ("value", "bound", "unit", "role", "of", "cumulative")
ISSUE: Final = TRAITS[:5]
#: Roles of the record by those of the gold.
ROLES: Final = {"voted_for": "voted", "voted_against": "voted", "abstained": None}
Row = dict[str, Any]


def annotated(passages: Sequence[Row]) -> list[Annotation]:
    """Every passage read as the plain body of an article."""
    articles = [
        Article(p["id"], p["id"], p["text"], language="en", blocks=(Block((0, len(p["text"])), "body"),))
        for p in passages
    ]
    found = list(Annotator().annotate(articles))
    assert all(isinstance(a, Annotation) for a in found)
    return found  # type: ignore[return-value]


def traits(quantity: Quantity, spans: Sequence[Span]) -> Row:
    """What of our row is compared; ``spans`` are those of the passage's gold rows."""
    of = next((s for s in spans if quantity.of and covers(quantity.of, s)), None)
    unit = quantity.unit.lower() if quantity.unit else None
    value = [None if end is None else round(end, 4) for end in (quantity.low, quantity.high)]
    role = ROLES.get(quantity.role or "", quantity.role)
    return dict(zip(TRAITS, (value, quantity.bound, unit, role, of, quantity.cumulative), strict=True))


def gold_traits(row: Row) -> Row:
    """The same of a gold row."""
    unit = row["unit"].lower() if row["unit"] else None
    value = [None if end is None else round(end, 4) for end in (row["low"], row["high"])]
    of = tuple(row["of"]) if row["of"] else None
    return dict(zip(TRAITS, (value, row["bound"], unit, row["role"], of, row["cumulative"]), strict=True))


def covers(outer: Span, inner: Span) -> bool:
    """Whether two spans share a character."""
    return outer[0] < inner[1] and inner[0] < outer[1]


def pairs(found: Sequence[Quantity], gold: Sequence[Row]) -> Iterator[tuple[Quantity | None, Row | None]]:
    """Our rows beside the gold's, one to one by their numbers; what has no partner stands alone."""
    left = list(found)
    for row in gold:
        near = [q for q in left if covers(q.span, tuple(row["span"]))]
        best = max(near, key=lambda q: (_shared(q, row), -(q.span[1] - q.span[0])), default=None)
        if best is not None:
            left.remove(best)
        yield best, row
    yield from ((q, None) for q in left)


def _shared(quantity: Quantity, row: Row) -> int:
    told, wanted = traits(quantity, ()), gold_traits(row)
    return sum(told[trait] == wanted[trait] for trait in TRAITS)


def toll_right(read: Tally, passage: Row, role: str) -> tuple[bool, bool, bool]:
    """Whether a toll is told, whether one is wanted, and whether they are the same."""
    told = getattr(read, role)
    wanted = passage["totals"].get(role)
    same = told is not None and wanted is not None and [told.low, told.high] == wanted
    return told is not None, wanted is not None, same


def main() -> None:
    """Print the scores of both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--genre")
    options = parser.parse_args()
    passages = [json.loads(line) for line in GOLD.open()]
    passages = [p for p in passages if options.genre in (None, p["genre"])]
    found = annotated(passages)
    for part in ("open", "kept"):
        chosen = [(p, a) for p, a in zip(passages, found, strict=True) if p["part"] == part]
        print(f"## {part}: {len(chosen)} passages")
        score(chosen, show=options.errors and part == "open")


def score(chosen: Sequence[tuple[Row, Annotation]], *, show: bool) -> None:
    """Print the scores of one part, and with ``show`` what is wrong in it."""
    count: Counter[str] = Counter()
    genres: dict[str, list[bool]] = {}
    for passage, annotation in chosen:
        wrong, right = _passage(passage, annotation, count)
        genres.setdefault(passage["genre"], []).append(right)
        _tolls(passage, annotation, count, wrong)
        if show and wrong:
            print(f"{passage['id']}: {passage['text']}", *wrong, sep="\n    ")
    rows, told, both = count["gold"], count["told"], count["matched"]
    print(f"passages wholly right {_share(count['passages'], len(chosen))} (cumulative too {count['strict']})")
    print("  by genre", ", ".join(f"{g} {_share(sum(r), len(r))}" for g, r in genres.items()))
    print(
        f"rows found P {_share(both, told)} R {_share(both, rows)}; wholly right P {_share(count['right'], told)}",
        end="",
    )
    print(f" R {_share(count['right'], rows)}")
    print("  of the rows found", ", ".join(f"{trait} {_share(count[trait], both)}" for trait in TRAITS))
    for role in ("killed", "injured"):
        hits, said, wanted = count[f"{role} right"], count[f"{role} told"], count[f"{role} wanted"]
        sure, held = count[f"{role} sure"], count[f"{role} sure and right"]
        print(f"toll {role}: P {_share(hits, said)} R {_share(hits, wanted)}", end="")
        print(f" (sure: P {_share(held, sure)} R {_share(held, wanted)})")
    print(f"attackers counted or not, said so: {_share(count['attacker right'], count['attacker wanted'])}", end="")
    print(f", told of others {count['attacker false']}")


def _passage(passage: Row, annotation: Annotation, count: Counter[str]) -> tuple[list[str], bool]:
    """What is wrong in the rows of one passage, and whether none is but for `cumulative`."""
    gold = passage["quantities"]
    spans = [tuple(row["span"]) for row in gold]
    wrong, right, strict = [], True, True
    for ours, row in pairs(annotation.quantities, gold):
        count["told"] += ours is not None
        count["gold"] += row is not None
        if ours is None or row is None:
            right = strict = False
            text = row["text"] if row else passage["text"][slice(*ours.span)] if ours else ""
            wrong.append(f"{'MISSED' if row else 'EXTRA'} {text!r} {gold_traits(row) if row else traits(ours, spans)}")  # type: ignore[arg-type]
            continue
        count["matched"] += 1
        told, wanted = traits(ours, spans), gold_traits(row)
        bad = [trait for trait in TRAITS if told[trait] != wanted[trait]]
        count.update(trait for trait in TRAITS if trait not in bad)
        count["right"] += not set(bad) & set(ISSUE)
        right, strict = right and not set(bad) & set(ISSUE), strict and not bad
        wrong += [f"{row['text']!r} {trait}: {told[trait]} for {wanted[trait]}" for trait in bad]
    count["passages"] += right
    count["strict"] += strict
    return wrong, right


def _tolls(passage: Row, annotation: Annotation, count: Counter[str], wrong: list[str]) -> None:
    """Counts what the toll reader makes of a passage, and adds what it gets wrong."""
    read = tally(passage["text"], annotation.quantities)
    for role in ("killed", "injured"):
        told, wanted, same = toll_right(read, passage, role)
        sure = told and getattr(read, role).sure
        count.update({f"{role} sure": sure, f"{role} sure and right": sure and same})
        count.update({f"{role} told": told, f"{role} wanted": wanted, f"{role} right": same})
        if (told or wanted) and not same:
            wrong.append(f"TOLL {role}: {getattr(read, role)} for {passage['totals'].get(role)}")
    if passage["attacker"]:
        count["attacker wanted"] += 1
        count["attacker right"] += read.attacker == passage["attacker"]
    elif read.attacker:
        count["attacker false"] += 1
    if read.attacker != passage["attacker"]:
        wrong.append(f"ATTACKER {read.attacker} for {passage['attacker']}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


if __name__ == "__main__":
    main()
