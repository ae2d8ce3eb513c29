"""Attribution on the passages of ``golden/attribution``, open and kept apart, by genre.

    python bench/attribution_gold.py [--misses] [--attribution taggers|rules]

A row is matched to the gold row whose content it overlaps most among those whose cues overlap. Exact and partial
compare content without punctuation, e2e also the source; the rest are shares of the matched rows. ``--misses`` lists
gold rows of the open part that are not met.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from variorum.annotate import AnnotateConfig, Annotator
from variorum.model import Annotation, Article, Attribution

GOLD = Path(__file__).parents[1] / "golden" / "attribution" / "sentences.jsonl"
TRAITS = ("nested", "relay", "stance", "quote", "source_kind")
Places = frozenset[int]


def places(text: str, spans: Any) -> Places:
    """The offsets of letters and digits in some spans, without the "that" that opens them (PolNeAR's habit)."""
    opened = [(a + 5 if text.startswith("that ", a) else a, b) for a, b in spans]
    return frozenset(i for begin, end in opened for i in range(begin, end) if text[i].isalnum())


def predicted(rows: tuple[Attribution, ...]) -> list[dict[str, Any]]:
    """Our rows in the gold's shape."""
    return [
        {
            "cue": [row.cue] if row.cue else [],
            "source": [row.span] if row.span else [],
            "content": row.content,
            "nested": row.within is not None,
            "relay": row.relay,
            "stance": row.stance,
            "quote": row.quote,
            "source_kind": row.kind,
        }
        for row in rows
    ]


def wanted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The gold rows of one passage."""
    return [
        {
            "cue": [r["cue_span"]] if r["cue_span"] else [],
            "source": [r["source_span"]] if r["source_span"] else [],
            "content": r["content_spans"],
            "nested": not r["flat"] and not r["relay"],
            **{trait: r[trait] for trait in TRAITS[1:]},
        }
        for r in rows
    ]


def matches(text: str, gold: list[dict[str, Any]], ours: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Pairs of gold and own rows, the best first: cues overlap, relays before others, then most content in common."""
    ranked = []
    for g, one in enumerate(gold):
        for o, other in enumerate(ours):
            common = len(places(text, one["content"]) & places(text, other["content"]))
            cue = any(a < d and c < b for a, b in one["cue"] for c, d in other["cue"]) or not one["cue"]
            if common and cue:
                ranked.append((one["relay"] == other["relay"], common, -g, -o))
    found: list[tuple[int, int]] = []
    for _, _, g, o in sorted(ranked, reverse=True):
        if all(-g != a and -o != b for a, b in found):
            found.append((-g, -o))
    return found


def judge(text: str, gold: list[dict[str, Any]], ours: list[dict[str, Any]], tally: Counter[str]) -> set[int]:
    """Count one passage into ``tally``; the gold rows whose content and source are both met."""
    tally["gold"] += len(gold)
    tally["ours"] += len(ours)
    met = set()
    for g, o in matches(text, gold, ours):
        one, other = gold[g], ours[o]
        content = places(text, one["content"]), places(text, other["content"])
        source = places(text, one["source"]), places(text, other["source"])
        same_source = bool(source[0] & source[1]) or not (source[0] or source[1])
        tally["matched"] += 1
        tally["exact"] += content[0] == content[1]
        tally["speaker"] += same_source
        tally["e2e"] += content[0] == content[1] and same_source
        for trait in TRAITS:
            tally[trait] += one[trait] == other[trait]
        if content[0] == content[1] and same_source:
            met.add(g)
    return met


def line(name: str, tally: Counter[str]) -> str:
    """One row of figures."""

    def f1(count: int) -> float:
        return 200 * count / max(1, tally["gold"] + tally["ours"])

    shares = " ".join(f"{t} {100 * tally[t] / max(1, tally['matched']):.0f}" for t in ("speaker", *TRAITS))
    figures = " / ".join(f"{f1(tally[key]):.1f}" for key in ("exact", "matched", "e2e"))
    return f"{name:24} {tally['gold']:4} rows  exact / partial / e2e F1: {figures}   {shares}"


def main() -> None:
    """Annotate, compare, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--attribution", default="taggers")
    options = arguments.parse_args()
    gold = [json.loads(row) for row in GOLD.read_text("utf-8").splitlines()]
    articles = [Article(id=g["id"], source=g["id"], text=g["text"], language="en") for g in gold]
    read = {
        a.id: a
        for a in Annotator(AnnotateConfig(attribution=options.attribution)).annotate(articles)
        if isinstance(a, Annotation)
    }
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for g in gold:
        rows, ours, tally = wanted(g["attributions"]), predicted(read[g["id"]].attributions), Counter[str]()
        met = judge(g["text"], rows, ours, tally)
        tallies[g["part"]].update(tally)
        tallies[f"{g['part']} {g['genre']}"].update(tally)
        if options.misses and g["part"] == "open" and (len(met) < len(rows) or len(ours) > len(rows)):
            print(f"\n{g['id']} {g['text']}")
            for number, row in enumerate(g["attributions"]):
                if number not in met:
                    print("  want", row["source"], "|", row["cue"], "|", row["content"])
            for attribution in read[g["id"]].attributions:
                words = [g["text"][slice(*s)] for s in attribution.content]
                cue = g["text"][slice(*attribution.cue)] if attribution.cue else None
                print("  have", g["text"][slice(*attribution.span)] if attribution.span else None, "|", cue, "|", words)
    for name in sorted(tallies):
        print(line(name, tallies[name]))


if __name__ == "__main__":
    main()
