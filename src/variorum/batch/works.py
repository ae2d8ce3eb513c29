"""The stages as functions from record batches to record batches: what each phase does to one part of a table.

A work knows nothing of who runs it. What it is given beside its batches is small or stands in a folder; models are
loaded once a process.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import Any, ClassVar, Final, TypeVar, cast

import msgspec
import numpy as np
import pyarrow as pa

from variorum.annotate import Annotator, date_from_text
from variorum.annotate.parse import flat_paragraphs
from variorum.batch.folders import Folder, Side, batched, shape
from variorum.batch.trail import Trail, reason
from variorum.edition import to_json
from variorum.ingest import Ingest
from variorum.ingest.repetition import marked, repeater, short_paragraphs
from variorum.lineage.agencies import credited, named_once, own_agency
from variorum.lineage.evidence import newsroom_key
from variorum.lineage.fingerprint import fingerprint
from variorum.lineage.lots import Lot, Shared, credited_within, solved
from variorum.lineage.publish import link_order
from variorum.lineage.trace import precedence
from variorum.model import (
    Annotation,
    Article,
    Edition,
    Entity,
    Lineage,
    Link,
    Origin,
    Problem,
    Producer,
    Stamp,
    Story,
)
from variorum.parts import parts
from variorum.pipeline import Config, Tools, naming_of, renamed, story_key, told
from variorum.stories.passages import tellings
from variorum.stories.profile import profile
from variorum.stories.resemblance import Table, met
from variorum.text.embed import load_embedder
from variorum.text.shingle import words
from variorum.text.stamps import interval

T = TypeVar("T")
Batches = Iterator[pa.RecordBatch]
Rows = Iterator[tuple[Any, ...]]

# --- the shapes of the tables between phases ---------------------------------------------------------------------

_HEAD: Final = 2000  # characters of a text that tell what its story is called, and in which language

UNITS: Final = shape(path="string")
#: ``id`` is null where ``record`` is a problem.
READ: Final = shape(place="string", id="string", characters="int32", record="binary")
ARTICLES: Final = shape(place="string", id="string", characters="int32", record="binary", position="int64")
REPEATED: Final = shape(words="uint64", position="int64")
CARDS: Final = shape(
    position="int64", id="string", source="string", characters="int32", title="string", head="string",
    language="string", published="binary", newsroom="string", publisher="string", credited="list:string",
    within="list:string",
)  # fmt: skip
RANKS: Final = shape(
    position="int64", id="string", own="string", stranger="bool", partial="bool", time="double",
)  # fmt: skip
PRINTS: Final = shape(
    article="string", position="int64", words="int32", twin="binary", hashes="list:uint64", at="list:int32"
)
LOTS: Final = shape(
    numbers="list:int64", own="list:string", pairs="list:int64", leader="list:int64"
)  # fmt: skip
SOLVED: Final = shape(kind="string", child="string", record="binary")
PARAGRAPHS: Final = shape(words="binary", position="int32", characters="int32", times="int32")
OWNED: Final = shape(words="binary")
PARSES: Final = shape(words="binary", record="binary")
DEALT_PARSES: Final = shape(words="binary", record="binary", position="int64")
ANNOTATED: Final = shape(
    id="string", stamp="binary", problems="binary", entities="binary", record="binary"
)  # fmt: skip
PROFILES: Final = shape(
    position="int64", terms="list:uint64", prominence="list:double", names="list:uint64", spelt="list:string",
    lead="list:bool", numeric="list:bool", time="double", tellings="binary",
)  # fmt: skip
ROWS: Final = shape(begin="int64", end="int64")
MET: Final = shape(near="list:int32", seen="list:double")
TOLD: Final = shape(
    story="string", key="string", position="int64", record="binary", dated="list:string", several="list:string"
)


@dataclass(frozen=True, slots=True)
class Work:
    """What one phase does: a function of the batches of part ``part`` of its source. ``schema`` is that of what it
    gives."""

    schema: ClassVar[pa.Schema]
    doing: ClassVar[str] = ""

    def run(self, batches: Batches, part: str, trail: Trail) -> Batches:
        """The batches of the part that comes of it."""
        return batched(self.schema, self.rows(batches, part, trail))

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        """The same as rows."""
        raise NotImplementedError


def encoded(thing: object) -> bytes:
    """As JSON."""
    return msgspec.json.encode(thing)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decoded(data: bytes, kind: type[T]) -> T:
    """What `encoded` was given."""
    decoder: msgspec.json.Decoder[T] = _decoder(cast("Any", kind))
    return decoder.decode(data)


def columns(batches: Batches, *names: str) -> Rows:
    """Some columns, row by row."""
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def articles_in(batches: Batches) -> Iterator[Article]:
    """The articles of a table that has them as ``record``."""
    return (decoded(record, Article) for (record,) in columns(batches, "record"))


def clean(article: Article) -> Article:
    """Half a surrogate pair, which no file can hold, as one question mark: offsets stay."""
    try:
        msgspec.json.encode(article)
    except UnicodeEncodeError:
        built = msgspec.to_builtins(article)
        return msgspec.convert(_mended(built), Article)
    return article


def _mended(thing: Any) -> Any:
    if isinstance(thing, str):
        return thing.encode("utf-8", "replace").decode()
    if isinstance(thing, dict):
        return {key: _mended(value) for key, value in thing.items()}
    return [_mended(item) for item in thing] if isinstance(thing, list | tuple) else thing


# --- ingest -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read(Work):
    """Files → articles, and what is wrong with them."""

    config: Config
    schema: ClassVar = READ
    doing: ClassVar = "reading"

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        number, why = 0, reason(self.doing)
        ingest = Ingest(self.config.ingest, before=lambda record: why if trail.set_aside(record.source) else None)
        for paths, aside in trail.windows((path for (path,) in columns(batches, "path")), str):
            lost = (Problem(path, "ingest", why) for path in aside)
            for item in chain(ingest.read(paths), lost):
                trail.set_aside(paths[-1] if paths else "")  # what is between two records is no fault of the first
                number += 1
                place = f"{part}/{number:09d}"
                if isinstance(item, Article):
                    article = clean(item)
                    yield place, article.id, len(article.text), encoded(article)
                else:
                    yield place, None, 0, encoded(item)


def said_of(whose: str, words: str) -> int:
    """A paragraph of a publisher's as a number."""
    name = f"{whose}\0{words}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Repeats(Work):
    """Articles → the paragraphs that their publisher may have under others, too."""

    schema: ClassVar = REPEATED

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        for record, position in columns(batches, "record", "position"):
            article = decoded(record, Article)
            if whose := repeater(article):
                yield from ((said_of(whose, words), position) for _, words in short_paragraphs(article))


@dataclass(frozen=True, slots=True)
class Mark(Work):
    """Articles → articles, with what their publishers repeat as boilerplate."""

    chrome: Side
    schema: ClassVar = ARTICLES

    def run(self, batches: Batches, part: str, trail: Trail) -> Batches:
        chrome = self.chrome.get()
        return batches if not chrome else batched(self.schema, self._marked(batches, chrome))

    @staticmethod
    def _marked(batches: Batches, chrome: frozenset[int]) -> Rows:
        for place, name, characters, record, position in columns(batches, *ARTICLES.names):
            article = decoded(record, Article)
            whose = repeater(article)
            found = {n for n, words in short_paragraphs(article) if whose and said_of(whose, words) in chrome}
            yield place, name, characters, encoded(marked(article, found)) if found else record, position


@dataclass(frozen=True, slots=True)
class Card(Work):
    """Articles → what the whole collection has to know of each."""

    schema: ClassVar = CARDS

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        for record, position in columns(batches, "record", "position"):
            a = decoded(record, Article)
            head = next((part for part in (a.text[:_HEAD], a.text[:5000]) if part.strip()), "")
            stamp = encoded(a.published) if a.published else None
            newsroom = newsroom_key(a.publisher) if a.publisher else None
            whole = [name for pair in credited(a) for name in pair]
            within = list(credited_within(a))
            yield (
                position, a.id, a.source, len(a.text), a.title, head, a.language, stamp, newsroom, a.publisher,
                whole, within,
            )  # fmt: skip


# --- lineage ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rank(Work):
    """Articles → whose dispatch each is, and its place in the order in which they are worked on."""

    names: Side
    schema: ClassVar = RANKS

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        names = self.names.get()
        for record, position in columns(batches, "record", "position"):
            article = decoded(record, Article)
            own = own_agency(article, names)
            stranger, partial, time, name, _ = precedence(article, own)
            yield position, name, own, stranger, partial, time


@dataclass(frozen=True, slots=True)
class Print(Work):
    """Articles → fingerprints."""

    config: Config
    schema: ClassVar = PRINTS
    doing: ClassVar = "fingerprinting"

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        given = ((decoded(record, Article), n) for record, n in columns(batches, "record", "position"))
        for window, aside in trail.windows(given, lambda pair: pair[0].id):
            for article, position in aside:
                yield article.id, position, 0, b"", [], []
            found = fingerprint([article for article, _ in window], self.config.lineage)
            for number, (article, position) in enumerate(window):
                hashes, at = found.of(number)
                yield article.id, position, int(found.sizes[number]), found.twins[number], hashes, at


@dataclass(frozen=True, slots=True)
class Solve(Work):
    """The articles of a lot → its links, and what stems from whom."""

    lots: Folder
    shared: Side
    names: Side
    schema: ClassVar = SOLVED

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        articles = named_once(articles_in(batches), self.names.get())
        known: Shared = self.shared.get()
        ((numbers, own, pairs, leader),) = self.lots.rows(LOTS.names, [part])
        prints = fingerprint(articles, known.config)
        both = np.array(pairs, np.int64).reshape(-1, 2)
        lot = Lot(numbers, articles, own, prints, both, np.array(leader, np.int64), {})
        found = solved(lot, known)
        for link in sorted(found.links, key=link_order):
            yield "link", link.child, encoded(link)
        for stem in found.stems:
            yield "stem", "", encoded(stem)


# --- annotate -----------------------------------------------------------------------------------------------------


def words_key(text: str) -> bytes:
    """A paragraph by its words."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Paragraphs(Work):
    """Articles → the distinct paragraphs of a part that are to be parsed, and how often each stands there."""

    config: Config
    schema: ClassVar = PARAGRAPHS

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        found: dict[bytes, list[int]] = {}
        for article in articles_in(batches):
            if not _english(article):
                continue
            for text in flat_paragraphs(article, self.config.annotate.longest_paragraph):
                row = found.setdefault(words_key(text), [len(text), 0])
                row[1] += 1
        for position, (key, (characters, times)) in enumerate(found.items()):
            yield key, position, characters, times


def _english(article: Article) -> bool:
    from variorum.annotate.annotator import refusal

    return refusal(article) is None


@cache
def _annotator(model: str, batch: int, longest: int, attribution: str) -> Annotator:
    """One in each process; what else its config holds is given with every call."""
    from variorum.annotate import AnnotateConfig

    return Annotator(AnnotateConfig(model=model, batch=batch, longest_paragraph=longest, attribution=attribution))


def annotator(config: Config) -> Annotator:
    """This process's annotator, for ``config``."""
    c = config.annotate
    held = _annotator(c.model, c.batch, c.longest_paragraph, c.attribution)
    held.config = replace(c, processes=1)
    return held


@dataclass(frozen=True, slots=True)
class Parse(Work):
    """Articles → the parses of the paragraphs that this part has to parse for all."""

    config: Config
    owned: Folder
    schema: ClassVar = PARSES
    doing: ClassVar = "parsing"

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        mine = {key for (key,) in self.owned.rows(["words"], [part])}
        parser = annotator(self.config).parser
        for window, _ in trail.windows(articles_in(batches), lambda article: article.id):
            texts: dict[bytes, str] = {}
            for article in window:
                if mine and _english(article):
                    for text in flat_paragraphs(article, self.config.annotate.longest_paragraph):
                        if (key := words_key(text)) in mine:
                            mine.discard(key)
                            texts[key] = text
            # An article that is set aside here is so again when it is annotated, and there it is told.
            if texts:
                yield from zip(texts, parser.bare(texts.values()), strict=True)


@dataclass(frozen=True, slots=True)
class Annotate(Work):
    """Articles → what is read out of each, given the parses of its paragraphs: those of this part, and those that
    other parts have made. ``stamps`` are dates by article that were found since."""

    config: Config
    parses: tuple[Folder, ...]
    schema: ClassVar = ANNOTATED
    doing: ClassVar = "annotating"

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        reader = annotator(self.config)
        reader.parser.know(r for folder in self.parses for (r,) in folder.rows(["record"], [part]))
        for window, aside in trail.windows(articles_in(batches), lambda article: article.id):
            for article in aside:
                lost = Problem(article.source, "annotate", f"{reason(self.doing)}; its statements were not read")
                yield annotated(article, None, [lost], Annotation(article.id, article.blocks))
            for article, items in zip(window, reader.each(window), strict=True):
                problems = [item for item in items if isinstance(item, Problem)]
                annotation = items[-1]
                assert isinstance(annotation, Annotation)
                stamp = date_from_text(article, annotation) if article.published is None else None
                if stamp is not None:
                    annotation = dated(reader, article, stamp)
                yield annotated(article, stamp, problems, annotation)


def dated(reader: Annotator, article: Article, stamp: Stamp) -> Annotation:
    """What is read out of an article once its date is known."""
    annotation = reader.each([replace(article, published=stamp)])[0][-1]
    assert isinstance(annotation, Annotation)
    return annotation


def annotated(
    article: Article, stamp: Stamp | None, problems: Sequence[Problem], annotation: Annotation
) -> tuple[Any, ...]:
    """A row of `ANNOTATED`."""
    stamped = encoded(stamp) if stamp else None
    return article.id, stamped, encoded(problems), encoded(annotation.entities), encoded(annotation)


@dataclass(frozen=True, slots=True)
class Redate(Work):
    """What was read out of articles → the same, under the dates that their stories gave some of them."""

    config: Config
    articles: Folder
    parses: tuple[Folder, ...]
    stamps: Side
    schema: ClassVar = ANNOTATED

    def run(self, batches: Batches, part: str, trail: Trail) -> Batches:
        stamps: dict[str, dict[str, Stamp]] = self.stamps.get()
        here = stamps.get(part)
        return batches if not here else batched(self.schema, self._dated(batches, part, here))

    def _dated(self, batches: Batches, part: str, stamps: dict[str, Stamp]) -> Rows:
        reader = annotator(self.config)
        reader.parser.know(r for folder in self.parses for (r,) in folder.rows(["record"], [part]))
        by_id = {a.id: a for a in articles_in(self.articles.batches(part, ["record"])) if a.id in stamps}
        for row in columns(batches, *ANNOTATED.names):
            if (stamp := stamps.get(row[0])) is None:
                yield row
                continue
            article = by_id[row[0]]
            problems = decoded(row[2], tuple[Problem, ...])
            yield annotated(article, stamp, problems, dated(reader, article, stamp))


# --- stories ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profiled(Work):
    """Articles → what each is recognised by."""

    schema: ClassVar = PROFILES

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        for record, position in columns(batches, "record", "position"):
            article = decoded(record, Article)
            found = words(article.text)
            p, several = profile(article, found), tellings(article, found)
            told_ = pickle.dumps(several) if several else None
            yield position, p.terms, p.prominence, p.names, list(p.spelt), p.lead, p.numeric, p.time, told_


@dataclass(frozen=True, slots=True)
class Meet(Work):
    """Ranges of texts → for each text of them the earlier ones that it resembles."""

    vectors: Side
    schema: ClassVar = MET

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        vectors: Table = self.vectors.get()
        for begin, end in columns(batches, "begin", "end"):
            for found in met(vectors, begin, end):
                yield found.near, found.seen.ravel()


# --- compare, edit ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some whole stories, and what of the collection concerns them. A story without a position is told elsewhere, and
    here with those articles alone that it shares; ``most`` names the story that has most of each article in several."""

    stories: tuple[Story, ...]
    ids: dict[str, str]
    problems: tuple[Problem, ...]
    positions: tuple[int | None, ...]
    most: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tell(Work):
    """The articles of a bucket of stories → each story, compared and edited, with all that concerns it."""

    config: Config
    annotations: Folder
    links: Folder
    buckets: Folder
    media: Side
    models: Side
    schema: ClassVar = TOLD
    doing: ClassVar = "comparing"

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        ((bucket, entities, origins),) = self.buckets.rows(["record", "entities", "origins"], [part])
        here: Bucket = decoded(bucket, Bucket)
        edition, stamped = self._edition(list(articles_in(batches)), part, here, entities, origins)
        tools = _tools(self.config)
        for window, aside in trail.windows(
            ((p, n) for p, n in zip(parts(edition), here.positions, strict=True) if n is not None),
            lambda pair: pair[0].stories[0].id,
        ):
            for piece, position in aside:
                (story,) = piece.stories
                lost = tuple(
                    Problem(a.source, "compare", reason(self.doing) + f" (story {story.id})") for a in piece.articles
                )
                told_ = replace(piece, problems=(*piece.problems, *lost))
                yield (
                    story.id,
                    story_key(piece, tools),
                    position,
                    _json(told_),
                    _among(stamped, piece),
                    _several(here.most, piece),
                )
            for piece, position in window:
                key = story_key(piece, tools)
                found, _ = told(piece, tools)
                yield (
                    found.stories[0].id,
                    key,
                    position,
                    _json(found),
                    _among(stamped, piece),
                    _several(here.most, piece),
                )

    def _edition(
        self, articles: list[Article], part: str, here: Bucket, entities: bytes, origins: bytes
    ) -> tuple[Edition, frozenset[str]]:
        """The bucket as an edition, and which of its articles state no date themselves."""
        stamps: dict[str, Stamp] = {}
        annotations: dict[str, Annotation] = {}
        problems: list[Problem] = []
        for name, stamp, told_, record in self.annotations.rows(["id", "stamp", "problems", "record"], [part]):
            annotations[name] = decoded(record, Annotation)
            problems += decoded(told_, tuple[Problem, ...])
            if stamp:
                stamps[name] = decoded(stamp, Stamp)
        articles = [replace(a, published=stamps[a.id]) if a.id in stamps else a for a in articles]
        named = self.media.get() | dict(decoded(entities, tuple[tuple[int, Entity], ...]))
        things = tuple(named[n] for n in sorted(named))
        naming = naming_of(here.ids, things)
        statements = chain.from_iterable(renamed(annotations[a.id], naming).statements for a in articles)
        links = sorted((decoded(r, Link) for (r,) in self.links.rows(["record"], [part])), key=link_order)
        version, settings, models = self.models.get()
        edition = Edition(
            producer=Producer(version, settings, models),
            articles=tuple(articles),
            entities=things,
            statements=tuple(statements),
            lineage=Lineage(tuple(links), decoded(origins, tuple[Origin, ...])),
            stories=here.stories,
            problems=(*here.problems, *problems),
        )
        return edition, frozenset(stamps)


def _among(ids: frozenset[str], piece: Edition) -> list[str]:
    return [article.id for article in piece.articles if article.id in ids]


def _several(most: dict[str, str], piece: Edition) -> list[str]:
    """The articles that are in other stories too, each followed by the story that has most of it."""
    return [name for article in piece.articles if article.id in most for name in (article.id, most[article.id])]


def _json(edition: Edition) -> bytes:
    return to_json(edition).encode()


_TOOLS: dict[str, Tools] = {}


def _tools(config: Config) -> Tools:
    """One set in each process."""
    key = repr((config.compare, config.edit, config.embedder))
    if key not in _TOOLS:
        _TOOLS.clear()
        _TOOLS[key] = Tools(config, load_embedder(config.embedder), None, None)
    return _TOOLS[key]


def seconds(stamp: Stamp | None) -> float | None:
    """The time of a date, as profiles have it."""
    when = interval(stamp)
    return sum(when) / 2 if when else None


BUCKETS: Final = shape(record="binary", entities="binary", origins="binary")


@dataclass(frozen=True, slots=True)
class Tabulate(Work):
    """Stories with all that concerns them → one of the tables that are published."""

    name: str
    columns: pa.Schema
    make: Callable[[Edition, frozenset[str]], Iterable[tuple[Any, ...]]]

    def run(self, batches: Batches, part: str, trail: Trail) -> Batches:
        return batched(self.columns, self.rows(batches, part, trail))

    def rows(self, batches: Batches, part: str, trail: Trail) -> Rows:
        for record, story, several in columns(batches, "record", "story", "several"):
            edition, most = decoded(record, Edition), dict(zip(several[::2], several[1::2], strict=True))
            own = frozenset(a.id for a in edition.articles if most.get(a.id, story) == story)
            yield from self.make(edition, own)
