"""A batch: the path of the data over an archive, phase by phase, with tables between them on the disk.

    read → articles → marked → cards → ranked ─ prints → candidates → lots → solved → origins ─┐
                         ├── paragraphs → parsed → annotated ─ dates ─ entities ────────────────┤
                         └── profiles → met → stories ──────────────────────────────────────────┴→ told → tables

Per part the phases are `works`; what looks at all articles at once sees a few numbers and names of each. The answer is
that of `pipeline.collate` on the same articles, whatever the parts, the processes or the engine.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import msgspec
import numpy as np
import pyarrow as pa

from variorum import __version__
from variorum.annotate import date_from_story, link_entities
from variorum.batch import works as w
from variorum.batch.engines import Engine, Receipt, route_table
from variorum.batch.folders import Folder, Side, batched, digest, full
from variorum.batch.published import PUBLISHED
from variorum.cycles import unsearched
from variorum.errors import NothingReadableError, UsageError
from variorum.ingest import Ingest
from variorum.ingest.rawstore import MARK
from variorum.ingest.repetition import TIMES, TRIED, look_of, repeater, unrelated
from variorum.lineage.agencies import agency_names
from variorum.lineage.evidence import newsroom_key
from variorum.lineage.fingerprint import Shelf
from variorum.lineage.kinship import Lexicon
from variorum.lineage.lots import Shared, cut, only_dispatches, sampled
from variorum.lineage.origins import Stem, gathered
from variorum.lineage.publish import Agencies, Dispatch
from variorum.model import Annotation, Article, Entity, Location, Origin, Problem, Stamp, Story
from variorum.pipeline import Config, Tools, code_digest, models_of, what_annotates
from variorum.ports import Progress
from variorum.stories.copies import distinct_texts
from variorum.stories.gather import sorted_out
from variorum.stories.passages import Telling
from variorum.stories.profile import Profile
from variorum.stories.resemblance import Met, Table, settled
from variorum.stories.spelling import chosen_spellings, respelt
from variorum.stories.tongues import Tongues
from variorum.stories.views import VIEWS
from variorum.text.embed import load_embedder
from variorum.text.shingle import among


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the parts are at most; no result depends on it. ``unit_bytes`` and ``unit_files`` of small files that
    are read together; articles and characters of a part; of the stories that are compared together; ``block`` texts
    whose likes are looked for at once; ``lot`` articles whose copies are (0: as many as suit)."""

    unit_bytes: int = 32_000_000
    unit_files: int = 256
    articles: int = 256
    characters: int = 1_000_000
    told_articles: int = 128
    told_characters: int = 500_000
    block: int = 2_000
    lot: int = 0


#: The buckets of each article.
Homes = dict[str, list[int]]
_LEAST_SPARK: Final = 200_000  # articles from which a cluster pays


@dataclass(slots=True)
class Phase:
    """What a phase did, for the report: ``kept`` parts were there already."""

    name: str
    parts: int = 0
    kept: int = 0
    rows: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    slowest: float = 0.0
    median: float = 0.0


@dataclass(slots=True)
class Report:
    """What a run did: ``counts`` of what there is, ``problems`` of what was left out."""

    engine: str
    phases: list[Phase] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    parsed: int = 0
    problems: list[Problem] = field(default_factory=list)
    seconds: float = 0.0
    advice: str = ""

    @property
    def saved(self) -> float:
        """The share of all text to be parsed that was not parsed again."""
        return 1 - self.parsed / self.asked if self.asked else 0.0


@cache
def _own_digest() -> str:
    files = sorted(Path(__file__).parent.glob("*.py"))
    return digest(code_digest(), *(path.read_bytes() for path in files if path.stem not in _NO_SAY))


_NO_SAY: Final = ("spark", "report", "load")


class Run:
    """One run over ``inputs`` into ``folder``."""

    def __init__(
        self,
        folder: Path,
        config: Config,
        engine: Engine,
        progress: Progress | None = None,
        sizes: Sizes | None = None,
    ) -> None:
        self.sizes = sizes or Sizes()
        self.folder, self.config, self.engine = folder, config, engine
        self.report = Report(engine.name)
        self._progress = progress
        self._run = uuid4().hex
        self._used: set[Path] = set()

    def batch(self, inputs: Sequence[str | Path]) -> Report:
        """All phases; then the tables stand in folders of their names. Raises `NothingReadableError`, `UsageError`,
        and `VariorumError` where the work cannot go on; given again, it goes on where it was."""
        begun = time.monotonic()
        with _locked(self.folder):
            articles = self.read(inputs)
            cards = self.cards(articles)
            prints = self.phase("prints", w.Print(self.config), articles, repr(self._lineage()))
            solved, origins = self.lineage(articles, cards, prints)
            annotated, parses = self.annotate(articles)
            stories, annotated = self.stories(articles, cards, annotated, parses)
            told = self.tell(articles, cards, annotated, solved, origins, stories)
            self.publish(told, prints)
        self.report.seconds = time.monotonic() - begun
        return self.report

    # --- phases in general ----------------------------------------------------------------------------------------

    def phase(
        self, name: str, work: w.Work, source: Folder, *basis: object, parts: Sequence[str] | None = None
    ) -> Folder:
        """``work`` on every part of ``source``; ``basis`` is all else that the result follows from."""
        key = digest(_own_digest(), name, source.key, *basis)
        schema = work.columns if isinstance(work, w.Tabulate) else work.schema
        target = self._folder(name, key, schema, source.parts if parts is None else parts)
        return self._work(name, work, source, target)

    def _folder(self, name: str, key: str, schema: pa.Schema, parts: Sequence[str]) -> Folder:
        path = self.folder / "work" / f"{name}-{key}"
        self._used.add(path)
        return Folder(path, schema, tuple(parts), key)

    def _work(self, name: str, work: w.Work, source: Folder, target: Folder) -> Folder:
        missing = len(target.missing())
        begun = time.monotonic()
        receipts = (
            self.engine.each(work, source, target, self._run, lambda d, n: self.tell_of(name, d, n)) if missing else []
        )
        target.finish()
        self._note(name, len(target.parts), len(target.parts) - missing, receipts, time.monotonic() - begun)
        return target

    def dealt(
        self, name: str, source: Folder, key: str, routes: pa.Table, schema: pa.Schema, parts: int, *basis: object
    ) -> Folder:
        """The rows of ``source`` dealt to so many parts by ``routes``, which follow from ``basis``."""
        target = self._folder(
            name, digest(_own_digest(), name, source.key, parts, self.sizes, *basis), schema, _numbered(parts)
        )
        missing, begun = len(target.missing()), time.monotonic()
        if missing:
            self.tell_of(name, 0, missing)
            self.engine.deal(source, key, routes, target)
        target.finish()
        self._note(name, parts, parts - missing, [], time.monotonic() - begun)
        return target

    def wrote(
        self, name: str, schema: pa.Schema, rows: Iterable[Iterable[tuple[Any, ...]]], parts: int, *basis: object
    ) -> Folder:
        """A table made here, of so many parts."""
        target = self._folder(name, digest(_own_digest(), name, parts, self.sizes, *basis), schema, _numbered(parts))
        if target.missing():
            for part, some in zip(target.parts, rows, strict=True):
                target.write(part, batched(schema, some))
            target.finish()
        return target

    @contextmanager
    def here(self, name: str) -> Iterator[None]:
        """Work that this process does itself, for the report. No search for cycles meanwhile: what is held of an
        archive is many objects and no cycles, and going through all again and again took a fifth of the time."""
        self.tell_of(name, 0, 0)
        begun, used = time.monotonic(), time.process_time()
        with unsearched():
            yield
        seconds, cpu = time.monotonic() - begun, time.process_time() - used
        self.report.phases.append(Phase(name, 1, 0, 0, seconds, cpu, 0, seconds, seconds))

    def side(self, name: str, thing: object, *basis: object) -> Side:
        """Something small for all parts of a phase."""
        path = self.folder / "work" / f"{name}-{digest(_own_digest(), name, *basis)}"
        self._used.add(path)
        return Side.put(path, thing)

    def tell_of(self, name: str, done: int, total: int) -> None:
        """How far a phase is."""
        if self._progress is not None:
            self._progress(name, done, total)

    def _note(self, name: str, parts: int, kept: int, receipts: Sequence[Receipt], seconds: float) -> None:
        times = sorted(r.seconds for r in receipts)
        self.report.phases.append(
            Phase(
                name, parts, kept, sum(r.rows for r in receipts), seconds, sum(r.cpu for r in receipts),
                max((r.memory for r in receipts), default=0), times[-1] if times else 0.0,
                times[len(times) // 2] if times else 0.0,
            )
        )  # fmt: skip

    def _lineage(self) -> object:
        return replace(self.config.lineage, processes=1)

    # --- ingest ---------------------------------------------------------------------------------------------------

    def read(self, inputs: Sequence[str | Path]) -> Folder:
        """All articles, each once, in parts of a bounded size, what their publishers repeat marked."""
        files = self._files(inputs)
        units = list(_units(files, self.sizes))
        names = [digest([(str(p), s.st_size, s.st_mtime_ns) for p, s in unit]) for unit in units]
        paths = self._folder("units", digest(names), w.UNITS, names)
        for name, unit in zip(names, units, strict=True):
            if not paths.file(name).exists():
                paths.write(name, batched(w.UNITS, ((str(path),) for path, _ in unit)))
        # The key is that of the settings alone: a file that was read is read, whatever else is given with it.
        target = self._folder("read", digest(_own_digest(), repr(self.config.ingest)), w.READ, names)
        (target.path / "_done").unlink(missing_ok=True)
        read = self._work("read", w.Read(replace(self.config, settings=())), paths, target)
        read = replace(read, key=digest(read.key, names))
        routes, parts = self._kept(read)
        articles = self.dealt("articles", read, "place", routes, w.ARTICLES, parts, "articles")
        return self._marked(articles)

    def _files(self, inputs: Sequence[str | Path]) -> list[tuple[Path, os.stat_result]]:
        listed = [str(name) for name in inputs]
        if wrong := [name for name in listed if name == "-" or "://" in name]:
            raise UsageError(f"batch reads files and folders, not {wrong[0]!r}; save it first (variorum ingest -o DIR)")
        out, found = self.folder.resolve(), []
        for item in Ingest(self.config.ingest).files(_unlisted(listed)):
            if isinstance(item, Problem):
                self.report.problems.append(item)
            elif not item.resolve().is_relative_to(out):
                found.append((item, item.stat()))
        if not found:
            told = "; ".join(f"{p.source}: {p.reason}" for p in self.report.problems[:5]) or "no file was found"
            raise NothingReadableError(f"nothing readable: {told}")
        return found

    def _kept(self, read: Folder) -> tuple[pa.Table, int]:
        """Where each article goes: the first of each id, in the order of the files, in parts of a bounded size."""
        first: dict[str, str] = {}
        places, buckets = list[str](), list[int]()
        count = characters = bucket = 0
        again: dict[str, str] = {}
        for place, name, size in read.rows(["place", "id", "characters"]):
            if name is None:
                continue
            if name in first:
                again[place] = name
                continue
            first[name] = place
            if count == self.sizes.articles or (count and characters + size > self.sizes.characters):
                bucket, count, characters = bucket + 1, 0, 0
            places.append(place)
            buckets.append(bucket)
            count, characters = count + 1, characters + size
        self._refuse(read, again)
        if not places:
            told = "; ".join(f"{p.source}: {p.reason}" for p in self.report.problems[:5])
            raise NothingReadableError(f"nothing readable: {told}")
        self.report.counts["articles"] = len(places)
        return route_table(places, buckets, np.arange(len(places))), bucket + 1

    def _refuse(self, read: Folder, again: dict[str, str]) -> None:
        """List what could not be read, and what is there a second time."""
        twice, sources = set(again.values()), dict[str, str]()
        for place, name, record in read.rows(["place", "id", "record"]):
            if name is None:
                self.report.problems.append(w.decoded(record, Problem))
            elif name in twice:
                source = w.decoded(record, Article).source
                before = sources.setdefault(name, source)
                if place in again:
                    reason = f"the same article (id {name}) as {before}; left out"
                    self.report.problems.append(Problem(source, "ingest", reason))

    def _marked(self, articles: Folder) -> Folder:
        repeats = self.phase("repeats", w.Repeats(), articles)
        with self.here("furniture"):
            chrome = self._chrome(articles, repeats)
        side = self.side("chrome", chrome, articles.key)
        return self.phase("marked", w.Mark(side), articles, repeats.key)

    def _chrome(self, articles: Folder, repeats: Folder) -> frozenset[int]:
        """The paragraphs that publishers have under unrelated reports, as `ingest.repeats_marked` finds them."""
        table = repeats.table(["words", "position"])
        words, positions = table["words"].to_numpy(), table["position"].to_numpy()
        order = np.lexsort((positions, words))
        words, positions = words[order], positions[order]
        fresh = np.append(True, (np.diff(words) != 0) | (np.diff(positions) != 0))[: len(words)]
        words, positions = words[fresh], positions[fresh]
        distinct, begins, counts = np.unique(words, return_index=True, return_counts=True)
        common = {int(word): positions[b : b + min(n, TRIED)].tolist() for word, b, n in zip(
            distinct[counts >= TIMES], begins[counts >= TIMES].tolist(), counts[counts >= TIMES].tolist(), strict=True
        )}  # fmt: skip
        looks = {
            p: look_of(article, _Common(article, common))
            for p, article in self._each(articles, {p for held in common.values() for p in held})
        }
        return frozenset(word for word, held in common.items() if unrelated(looks[p] for p in held))

    def _some(self, articles: Folder, positions: Iterable[int]) -> dict[int, Article]:
        """Some articles by their positions."""
        return dict(self._each(articles, positions))

    def _each(self, articles: Folder, positions: Iterable[int]) -> Iterator[tuple[int, Article]]:
        """The same one by one."""
        wanted = np.array(sorted(positions), np.int64)
        for part in articles.parts if len(wanted) else ():
            for batch in articles.batches(part, ["record", "position"]):
                here = np.flatnonzero(among(batch.column("position").to_numpy(), wanted))
                for record, n in w.columns(iter((batch.take(pa.array(here)),)), "record", "position"):
                    yield n, w.decoded(record, Article)

    def cards(self, articles: Folder) -> Cards:
        """What the whole collection knows of each article."""
        return Cards(self.phase("cards", w.Card(), articles))

    # --- lineage --------------------------------------------------------------------------------------------------

    def lineage(self, articles: Folder, cards: Cards, prints: Folder) -> tuple[Folder, tuple[Origin, ...]]:
        """Links, and origins by id."""
        config = self.config.lineage
        names = agency_names((one[i], one[i + 1]) for one in cards.column("credited") for i in range(0, len(one), 2))
        called = self.side("names", names, cards.key)
        ranked = self.phase("ranked", w.Rank(called), articles)
        with self.here("candidates"):
            by_rank, own, ids = _ranks(ranked)
            ranks = np.empty(len(by_rank), np.int64)
            ranks[by_rank] = np.arange(len(by_rank))
            found, words = self.engine.candidates(prints, ranks, config)
            pieces = list(cut(ids, words, found, {}, self.sizes.lot))
            within = {names.get(newsroom_key(name), name) for one in cards.column("within") for name in one}
            only = only_dispatches(own, within)
            sample = sampled(len(ids))
            wanted = dict.fromkeys([*sample, *only.values()])
            read = self._some(articles, (int(by_rank[i]) for i in wanted))
            sheets = Shelf([read[int(by_rank[i])] for i in wanted])
            at = {rank: n for n, rank in enumerate(wanted)}
            shared = Shared(
                replace(config, processes=1),
                found.chrome,
                Lexicon({i: sheets[at[i]].ids for i in sample}),
                frozenset(filter(None, cards.column("newsroom"))),
                Agencies(
                    frozenset(filter(None, own)), {a: Dispatch(ids[i], sheets[at[i]].ids) for a, i in only.items()}
                ),
            )
        basis = (prints.key, ranked.key, cards.key)
        rows = ([(p.numbers, [own[i] for i in p.numbers.tolist()], p.pairs.ravel(), p.leader)] for p in pieces)
        lots = self.wrote("lots", w.LOTS, rows, len(pieces), *basis)
        homes = np.concatenate([np.full(len(p.numbers), n) for n, p in enumerate(pieces)])
        numbers = np.concatenate([p.numbers for p in pieces])
        routes = route_table([ids[i] for i in numbers.tolist()], homes, numbers)
        together = self.dealt("families", articles, "id", routes, w.ARTICLES, len(pieces), *basis)
        work = w.Solve(lots, self.side("shared", shared, *basis), called)
        solved = self.phase("solved", work, together, lots.key)
        with self.here("origins"):
            stems = (w.decoded(record, Stem) for kind, record in solved.rows(["kind", "record"]) if kind == "stem")
            origins = gathered(ids, stems)
        return solved, origins

    # --- annotate -------------------------------------------------------------------------------------------------

    def annotate(self, articles: Folder) -> tuple[Folder, tuple[Folder, ...]]:
        """What is read out of each article; each distinct paragraph is parsed once, boilerplate never."""
        basis = what_annotates(self.config.annotate)
        config = replace(self.config, settings=())
        listed = self.phase("paragraphs", w.Paragraphs(config), articles, basis[2])
        with self.here("hash join"):
            owners = self.engine.owners(listed)
        self.report.asked, self.report.parsed = owners.asked, owners.parsed
        owned = self.wrote(
            "owned", w.OWNED, _by_bucket(owners.owned, len(articles.parts)), len(articles.parts), listed.key
        )
        parsed = self.phase("parsed", w.Parse(config, owned), articles, owned.key, basis[0], basis[1])
        foreign = self.dealt(
            "borrowed", parsed, "words", owners.foreign, w.DEALT_PARSES, len(articles.parts), listed.key
        )
        parses = (parsed, foreign)
        return self.phase("annotated", w.Annotate(config, parses), articles, parsed.key, basis), parses

    # --- stories --------------------------------------------------------------------------------------------------

    def stories(
        self, articles: Folder, cards: Cards, annotated: Folder, parses: tuple[Folder, ...]
    ) -> tuple[tuple[Story, ...], Folder]:
        """Stories, and annotations once all articles have the dates that can be found."""
        profiled = self.phase("profiles", w.Profiled(), articles)
        stamps = {
            position: w.decoded(stamp, Stamp)
            for position, (stamp,) in enumerate(annotated.rows(["stamp"])) if stamp
        }  # fmt: skip
        undated = [n for n, stamp in enumerate(cards.column("published")) if stamp is None and n not in stamps]
        found: tuple[Story, ...] | None = None
        if undated:
            found = self._gathered("stories, undated", profiled, cards, {})
            later = self._from_stories(found, articles, cards, annotated, stamps, undated)
            if later:
                annotated = self._redated(articles, annotated, parses, cards, later)
                stamps |= later
        if found is None or stamps:
            found = self._gathered("stories", profiled, cards, stamps)
        cards.stamps = stamps
        return found, annotated

    def _gathered(self, name: str, profiled: Folder, cards: Cards, stamps: dict[int, Stamp]) -> tuple[Story, ...]:
        config = self.config.stories
        with self.here(f"{name}: words"):
            profiles, tellings = _profiles(profiled, stamps)
            spelling = chosen_spellings(profiles)
            profiles = [respelt(one, spelling) for one in profiles]
            texts = distinct_texts(profiles)
            table = Table([profiles[i] for i in texts], config)
        basis = (profiled.key, repr(config), sorted(stamps.items()))
        count = len(texts)
        ranges = [(begin, min(begin + self.sizes.block, count)) for begin in range(0, count, self.sizes.block)]
        blocks = self.wrote("blocks", w.ROWS, ([one] for one in ranges), len(ranges), count)
        met = self.phase("met", w.Meet(self.side("vectors", table, *basis)), blocks, *basis)
        with self.here(name):
            pairs = settled(profiles, texts, table, _met(met), config)
            embedder = load_embedder(self.config.embedder)
            found = sorted_out(
                profiles, spelling, texts, pairs, lambda number: tellings.get(number, ()),
                lambda number: cards.standin(number, stamps), config, Tongues(embedder, config) if embedder else None,
            )  # fmt: skip
            return tuple(one.story(lambda number: cards.standin(number, stamps)) for one in found)

    def _from_stories(
        self, stories: Sequence[Story], articles: Folder, cards: Cards, annotated: Folder,
        stamps: dict[int, Stamp], undated: Sequence[int],
    ) -> dict[int, Stamp]:  # fmt: skip
        """The dates that undated articles take from the dated ones of their story."""
        number = {name: n for n, name in enumerate(cards.column("id"))}
        open_ = set(undated)
        asked = [s for s in stories if any(number[i] in open_ for i in s.articles)]
        wanted = {number[i] for s in asked for i in s.articles}
        read = self._some(articles, wanted)
        notes = {
            n: w.decoded(record, Annotation)
            for n, (record,) in enumerate(annotated.rows(["record"])) if n in wanted
        }  # fmt: skip
        read |= {n: replace(read[n], published=stamp) for n, stamp in stamps.items() if n in wanted}
        later = {}
        for story in asked:
            members = [(read[number[i]], notes[number[i]]) for i in story.articles]
            known = [member for member in members if member[0].published is not None]
            for article, annotation in members:
                if article.published is None and (stamp := date_from_story(article, annotation, known)):
                    later[number[article.id]] = stamp
        return later

    def _redated(
        self, articles: Folder, annotated: Folder, parses: tuple[Folder, ...], cards: Cards, later: dict[int, Stamp]
    ) -> Folder:
        ids = cards.column("id")
        by_part: dict[str, dict[str, Stamp]] = defaultdict(dict)
        parts = cards.parts()
        for n, stamp in later.items():
            by_part[parts[n]][ids[n]] = stamp
        side = self.side("stamps", dict(by_part), annotated.key)
        work = w.Redate(replace(self.config, settings=()), articles, parses, side)
        return self.phase("redated", work, annotated, articles.key)

    # --- entities, compare, edit ----------------------------------------------------------------------------------

    def tell(
        self, articles: Folder, cards: Cards, annotated: Folder, solved: Folder, origins: Sequence[Origin],
        stories: Sequence[Story],
    ) -> Folder:  # fmt: skip
        """Each story with all that concerns it."""
        with self.here("entities"):
            entities, ids, locals_ = self._entities(articles, annotated)
        with self.here("buckets"):
            number = {name: n for n, name in enumerate(cards.column("id"))}
            home, count = _buckets(stories, number, cards.column("characters"), self.sizes)
            homes = _homes(stories, home)
            rows = self._bucketed(stories, home, count, homes, cards, entities, ids, locals_, origins)
        basis = (articles.key, annotated.key, solved.key, repr(self.config.stories))
        buckets = self.wrote("buckets", w.BUCKETS, ([row] for row in rows), count, *basis, *self._problem_key())
        names = cards.column("id")
        where = [(name, bucket, n) for n, name in enumerate(names) for bucket in homes[name]]
        routes = route_table(*([row[i] for row in where] for i in range(3)))
        together = self.dealt("of stories", articles, "id", routes, w.ARTICLES, count, *basis)
        notes = self.dealt("notes", annotated, "id", routes, _placed(w.ANNOTATED), count, *basis)
        links = self.dealt("links", solved, "child", routes, _placed(w.SOLVED), count, *basis)
        tools = Tools(self.config, load_embedder(self.config.embedder), None, None)
        made = (__version__, dict(self.config.settings), models_of(tools))
        compared = (repr(self.config.compare), repr(self.config.edit), self.config.embedder, repr(self.config.settings))
        work = w.Tell(
            self.config, notes, links, buckets,
            self.side("media", _media(entities), *basis), self.side("models", made, *basis, *compared),
        )  # fmt: skip
        return self.phase("told", work, together, buckets.key, *compared)

    def _problem_key(self) -> tuple[object, ...]:
        return (digest([(p.source, p.reason) for p in self.report.problems]),)

    def _entities(
        self, articles: Folder, annotated: Folder
    ) -> tuple[tuple[Entity, ...], dict[str, str], list[list[str]]]:
        """The entities of the collection, the id there of each local one, and the local ones of each article."""
        notes = [
            Annotation(name, entities=w.decoded(things, tuple[Entity, ...]))
            for name, things in annotated.rows(["id", "entities"])
        ]
        standins = [
            Article(a.id, a.source, a.text, publisher=a.publisher)
            for (record,) in articles.rows(["record"]) for a in [w.decoded(record, Article)]
        ]  # fmt: skip
        entities, ids = link_entities(notes, standins, self.config.annotate.aliases)
        return entities, ids, [[e.id for e in note.entities] for note in notes]

    def _bucketed(
        self, stories: Sequence[Story], home: Sequence[int], count: int, homes: Homes, cards: Cards,
        entities: Sequence[Entity], ids: dict[str, str], locals_: Sequence[Sequence[str]], origins: Sequence[Origin],
    ) -> Iterator[tuple[bytes, bytes, bytes]]:  # fmt: skip
        members: list[list[int]] = [[] for _ in range(count)]
        for n, name in enumerate(cards.column("id")):
            for bucket in homes[name]:
                members[bucket].append(n)
        things = _entities_by_bucket(entities, count, homes, ids, locals_, cards.column("id"))
        roots: list[list[Origin]] = [[] for _ in range(count)]
        for origin in origins:
            for bucket, cut_ in _origin_by_bucket(origin, homes).items():
                roots[bucket].append(cut_)
        told_of: list[list[tuple[int, Story]]] = [[] for _ in range(count)]
        for position, (story, bucket) in enumerate(zip(stories, home, strict=True)):
            told_of[bucket].append((position, story))
        several = _several(stories)
        most = {
            name: max((stories[n].shares[name], stories[n].id) for n in places)[1] for name, places in several.items()
        }
        others: list[dict[int, set[str]]] = [defaultdict(set) for _ in range(count)]
        for name, places in several.items():
            for bucket in homes[name]:
                for n in places:
                    if home[n] != bucket:
                        others[bucket][n].add(name)
        sources = cards.column("source")
        problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in self.report.problems:
            problems[problem.source].append(problem)
        names = cards.column("id")
        for bucket in range(count):
            foreign = [(n, _only(stories[n], shared)) for n, shared in others[bucket].items()]
            here_told = sorted([*told_of[bucket], *foreign], key=lambda pair: pair[0])
            here = w.Bucket(
                tuple(story for _, story in here_told),
                {local: ids[local] for n in members[bucket] for local in locals_[n]},
                tuple(p for n in members[bucket] for p in problems.get(sources[n], ())),
                tuple(position if home[position] == bucket else None for position, _ in here_told),
                {names[n]: most[names[n]] for n in members[bucket] if names[n] in most},
            )  # fmt: skip
            yield w.encoded(here), w.encoded(things[bucket]), w.encoded(roots[bucket])

    # --- what is published ----------------------------------------------------------------------------------------

    def publish(self, told: Folder, prints: Folder) -> None:
        """The tables, each in a folder of its name; what earlier runs left and nobody needs goes."""
        for name, (columns, rows) in PUBLISHED.items():
            made = self.phase(f"table {name}".replace(" ", "-"), w.Tabulate(name, columns, rows), told, name)
            self.report.counts[name] = _expose(made, self.folder / name)
        self.report.counts["fingerprints"] = _expose(prints, self.folder / "fingerprints")
        _expose(told, self.folder / "told")
        known = set(self.report.problems)
        for (record,) in told.rows(["record"]):
            for problem in w.decoded(record, _Problems).problems:
                if problem not in known:
                    known.add(problem)
                    self.report.problems.append(problem)
        self.report.problems.sort(key=lambda p: (p.source, p.stage, p.reason))
        if self.report.engine == "local" and self.report.counts["articles"] >= _LEAST_SPARK:
            self.report.advice = (
                f"{self.report.counts['articles']:,} articles: on a cluster --engine spark would pay from here on"
            )
        for path in (self.folder / "work").iterdir():
            if path not in self._used:
                shutil.rmtree(path, ignore_errors=True)


class _Problems(msgspec.Struct):
    problems: tuple[Problem, ...]


class _Common:
    """The paragraphs that are common at an article's publisher, by their words."""

    def __init__(self, one: Article, common: dict[int, list[int]]) -> None:
        self._whose, self._common = repeater(one) or "", common

    def __contains__(self, words: object) -> bool:
        return w.said_of(self._whose, str(words)) in self._common


class Cards:
    """What the whole collection knows of each article, in their order."""

    def __init__(self, folder: Folder) -> None:
        self._folder, self.key = folder, folder.key
        self._held: dict[str, list[Any]] = {}
        self.stamps: dict[int, Stamp] = {}

    def column(self, name: str) -> list[Any]:
        """One thing of all articles."""
        if name not in self._held:
            self._held[name] = self._folder.table([name])[name].to_pylist()
        return self._held[name]

    def parts(self) -> list[str]:
        """The part that each article is in."""
        return [
            part for part in self._folder.parts for b in self._folder.batches(part, ["id"]) for _ in range(b.num_rows)
        ]

    def standin(self, number: int, stamps: dict[int, Stamp]) -> Article:
        """An article with what a story's title, keywords, language and dates are read from."""
        stated = self.column("published")[number]
        stamp = stamps.get(number) or (w.decoded(stated, Stamp) if stated else None)
        name, title = self.column("id")[number], self.column("title")[number]
        head, language = self.column("head")[number], self.column("language")[number]
        return Article(name, "", head, title=title, language=language, published=stamp)


# --- the folder of a run ------------------------------------------------------------------------------------------


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder is ours alone. Raises `UsageError` where it is not, or cannot be written."""
    mark = folder / MARK
    try:
        if folder.is_dir() and any(folder.iterdir()) and not mark.exists():
            raise UsageError(f"{folder}: is not empty and no folder of a batch; give a new one with -o")
        (folder / "work").mkdir(parents=True, exist_ok=True)
        mark.touch()
        with (folder / "work" / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as exc:
                raise UsageError(
                    f"{folder}: another run is at work in it; wait for its end, or give another folder"
                ) from exc
            yield
    except OSError as exc:
        raise full(folder, exc) from exc


def _expose(table: Folder, path: Path) -> int:
    """A table under its public name, its parts those of the last phase; how many rows it has."""
    import pyarrow.parquet as pq

    fresh = path.with_name(f".{path.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    rows = 0
    for number, part in enumerate(table.parts):
        file = table.file(part)
        rows += pq.read_metadata(file).num_rows
        target = fresh / f"part-{number:06d}.parquet"
        try:
            os.link(file, target)
        except OSError:  # a file system without hard links
            shutil.copyfile(file, target)
    shutil.rmtree(path, ignore_errors=True)
    fresh.rename(path)
    return rows


def _numbered(parts: int) -> list[str]:
    return [f"{n:06d}" for n in range(parts)]


def _unlisted(inputs: Sequence[str]) -> Iterator[str | Path]:
    """Inputs, with what ``@FILE`` lists in its place."""
    for name in inputs:
        if not name.startswith("@"):
            yield name
            continue
        path = Path(name[1:])
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as exc:
            raise UsageError(f"{path}: a list of sources that cannot be read; one path a line, in UTF-8") from exc
        yield from (path.parent / line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _units(files: Sequence[tuple[Path, os.stat_result]], sizes: Sizes) -> Iterator[list[tuple[Path, os.stat_result]]]:
    """Files that are read as one part: a large one alone, small ones together."""
    unit: list[tuple[Path, os.stat_result]] = []
    size = 0
    for path, stat in files:
        if unit and (size + stat.st_size > sizes.unit_bytes or len(unit) == sizes.unit_files):
            yield unit
            unit, size = [], 0
        unit.append((path, stat))
        size += stat.st_size
    if unit:
        yield unit


# --- what looks at all articles at once ---------------------------------------------------------------------------


def _ranks(ranked: Folder) -> tuple[Any, list[str | None], list[str]]:
    """Positions in the order in which articles are worked on, whose dispatch each is, and their ids."""
    rows = sorted(ranked.rows(["stranger", "partial", "time", "id", "position", "own"]))
    return np.array([row[4] for row in rows], np.int64), [row[5] for row in rows], [row[3] for row in rows]


def _by_bucket(owned: pa.Table, parts: int) -> Iterator[list[tuple[bytes]]]:
    order = np.lexsort((owned["position"].to_numpy(), owned["bucket"].to_numpy()))
    buckets = owned["bucket"].to_numpy()[order]
    keys = owned["key"].combine_chunks().take(pa.array(order)) if owned.num_rows else None
    cuts = np.searchsorted(buckets, np.arange(parts + 1))
    for begin, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        yield [(key,) for key in keys.slice(begin, end - begin).to_pylist()] if keys is not None else []


def _profiles(profiled: Folder, stamps: dict[int, Stamp]) -> tuple[list[Profile], dict[int, tuple[Telling, ...]]]:
    """What each article is recognised by, at the dates that were found since; and what those tell that may tell
    several events."""
    found: list[Profile] = []
    several: dict[int, tuple[Telling, ...]] = {}
    names = w.PROFILES.names[1:]
    for part in profiled.parts:
        for batch in profiled.batches(part):
            columns = [batch.column(name) for name in names]
            for row in range(batch.num_rows):
                terms, prominence, rare, spelt, lead, numeric, when, told = (column[row] for column in columns)
                time_ = w.seconds(stamps[len(found)]) if len(found) in stamps else when.as_py()
                if told.as_py() is not None:
                    several[len(found)] = tuple(
                        replace(one, profile=one.profile and replace(one.profile, time=time_))
                        for one in pickle.loads(told.as_py())  # our own file
                    )
                found.append(
                    Profile(
                        _array(terms, np.uint64), _array(prominence, np.float64), _array(rare, np.uint64),
                        tuple(spelt.as_py()), _array(lead, np.bool_), _array(numeric, np.bool_), time_,
                    )
                )  # fmt: skip
    return found, several


def _array(cell: Any, kind: Any) -> Any:
    return cell.values.to_numpy(zero_copy_only=False).astype(kind)


def _met(met: Folder) -> Iterator[Met]:
    for part in met.parts:
        for batch in met.batches(part):
            near, seen = (batch.column(name) for name in w.MET.names)
            for row in range(batch.num_rows):
                yield Met(_array(near[row], np.int64), _array(seen[row], np.float64).reshape(len(VIEWS), -1))


def _buckets(
    stories: Sequence[Story], number: dict[str, int], characters: Sequence[int], sizes: Sizes
) -> tuple[list[int], int]:
    """The bucket of each story: small ones together, a large one alone."""
    home, bucket, articles, size = list[int](), 0, 0, 0
    for story in stories:
        mine = sum(characters[number[i]] for i in story.articles)
        if articles and (articles + len(story.articles) > sizes.told_articles or size + mine > sizes.told_characters):
            bucket, articles, size = bucket + 1, 0, 0
        home.append(bucket)
        articles, size = articles + len(story.articles), size + mine
    return home, bucket + 1


def _entities_by_bucket(
    entities: Sequence[Entity], count: int, homes: Homes, ids: dict[str, str],
    locals_: Sequence[Sequence[str]], names: Sequence[str],
) -> list[list[tuple[int, Entity]]]:  # fmt: skip
    """The entities that a bucket's stories name, by their numbers, each with its mentions there: those mentioned in it,
    and those that its articles know."""
    known: dict[str, set[int]] = defaultdict(set)
    for n, held in enumerate(locals_):
        for local in held:
            known[ids[local]].update(homes[names[n]])
    found: list[list[tuple[int, Entity]]] = [[] for _ in range(count)]
    for number, entity in enumerate(entities):
        here: dict[int, list[Location]] = defaultdict(list)
        for m in entity.mentions:
            for bucket in homes[m.article]:
                here[bucket].append(m)
        for bucket in sorted(here.keys() | known[entity.id]):
            roles = tuple(
                replace(r, mentions=tuple(m for m in r.mentions if bucket in homes[m.article])) for r in entity.roles
            )
            found[bucket].append((number, replace(entity, mentions=tuple(here.get(bucket, ())), roles=roles)))
    return found


def _media(entities: Sequence[Entity]) -> dict[int, Entity]:
    """Agencies and outlets by their numbers: a credit alone may name one."""
    return {
        n: replace(e, mentions=(), roles=tuple(replace(r, mentions=()) for r in e.roles))
        for n, e in enumerate(entities) if e.kind in ("agency", "outlet")
    }  # fmt: skip


def _origin_by_bucket(origin: Origin, homes: Homes) -> dict[int, Origin]:
    articles: dict[int, list[str]] = defaultdict(list)
    passages: dict[int, list[Location]] = defaultdict(list)
    for name in origin.articles:
        for bucket in homes[name]:
            articles[bucket].append(name)
    for p in origin.passages:
        for bucket in homes[p.article]:
            passages[bucket].append(p)
    return {
        bucket: replace(origin, articles=tuple(names), passages=tuple(passages[bucket]))
        for bucket, names in articles.items()
    }


def _only(story: Story, names: Iterable[str]) -> Story:
    """A story with some of its articles alone."""
    kept = set(names)
    return replace(story, articles=tuple(i for i in story.articles if i in kept))


def _homes(stories: Sequence[Story], home: Sequence[int]) -> Homes:
    """The buckets of each article: of one that tells several events those of all its stories."""
    found: dict[str, set[int]] = defaultdict(set)
    for story, bucket in zip(stories, home, strict=True):
        for name in story.articles:
            found[name].add(bucket)
    return {name: sorted(buckets) for name, buckets in found.items()}


def _several(stories: Sequence[Story]) -> dict[str, list[int]]:
    """The stories, by their places, of each article that is in several."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, story in enumerate(stories):
        for name in story.articles:
            found[name].append(n)
    return {name: places for name, places in found.items() if len(places) > 1}


def _placed(schema: pa.Schema) -> pa.Schema:
    return schema.append(pa.field("position", pa.int64()))
