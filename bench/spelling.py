"""Spellings of names: which pairs of golden/spelling/pairs.tsv linking takes for one thing.

Usage: python bench/spelling.py [--errors]
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from variorum.annotate import link_entities
from variorum.model import Annotation, Article, Entity, EntityKind, Location

PAIRS = Path(__file__).parent.parent / "golden/spelling/pairs.tsv"
SIZE = 400  #: characters of an invented article


def main() -> None:
    """Print how many of the pairs that are the same, and of those that differ, are told right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list every pair told wrong")
    options = parser.parse_args()
    right = {"same": 0, "different": 0}
    total = {"same": 0, "different": 0}
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kind: EntityKind = "person" if row["kind"] == "person" else "place"
            found = "same" if joined(row["name_a"], row["name_b"], kind) else "different"
            total[row["relation"]] += 1
            right[row["relation"]] += found == row["relation"]
            if options.errors and found != row["relation"]:
                print(f"{row['relation']:<10}{row['name_a']} | {row['name_b']} | {row['variation']}")
    for relation, count in total.items():
        print(f"{relation:<10} {right[relation]:>3} of {count}  {right[relation] / count:6.1%}")


def joined(one: str, other: str, kind: EntityKind) -> bool:
    """Whether two articles that name one thing each are found to name the same."""
    articles, notes = [], []
    for identity, name in (("a", one), ("b", other)):
        articles.append(Article(identity, identity, " " * SIZE))
        entity = Entity(f"{identity}-1", name, kind, mentions=(Location(identity, (0, len(name))),))
        notes.append(Annotation(identity, entities=(entity,)))
    return len(link_entities(notes, articles)[0]) == 1


if __name__ == "__main__":
    main()
