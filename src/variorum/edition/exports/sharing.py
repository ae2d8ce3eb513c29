"""The edition without full texts: what its findings quote stays, all other words of the reports are masked.

A mask has the length of what it stands for, so that every anchor still leads to its place and the edition keeps its
schema; ``producer.settings`` says that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from variorum.edition.wording import MASK, WITHOUT_TEXTS, basename, elided, is_without_texts, ledger
from variorum.model import Article, BriefSentence, Conflict, Edition, Location, Span, Statement, Story

#: The shares of an article's characters that may be quoted in full, and be shown at all.
QUOTED: Final = 1 / 3
SHOWN: Final = 1 / 2
#: Words of a claim that is not quoted in full: what is widely taken for a very short extract.
EXTRACT: Final = 8
Settings = dict[str, str | int | float | bool | None]
_WORD: Final = re.compile(r"\S+")
_LETTER: Final = re.compile(r"[^\n]")


def without_texts(edition: Edition) -> Edition:
    """The ``edition`` with quotes and anchors only.

    Quoted in full, up to `QUOTED` of an article: what the brief cites, then what conflicts, timeline and direct quotes
    rest on. Of other claims the first `EXTRACT` words stay, up to `SHOWN` of an article, contested ones first.
    Headlines stay; the words of frames, which would give sentences away, and the folders of whoever collated do not.
    An edition already without texts stays as it is.
    """
    if is_without_texts(edition):
        return edition
    return _Redaction(edition).edition()


class _Shown:
    """The places that may be shown of each article, and how many of its characters they cover."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._lengths = {a.id: len(a.text) for a in articles}
        self._covered: dict[str, set[int]] = {a: set() for a in self._lengths}
        self.places: dict[str, list[Span]] = {a: [] for a in self._lengths}

    def add(self, place: Location, most: float) -> None:
        """Show ``place`` too, unless more than ``most`` of its article would then be shown: then pass it over."""
        covered = self._covered.get(place.article)
        if covered is not None:
            new = set(range(*place.span)) - covered
            if len(covered) + len(new) <= self._lengths[place.article] * most:
                covered |= new
                self.places[place.article].append(place.span)


class _Redaction:
    """The words of one edition that may be shown, and its records with the others masked."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._statements = {s.id: s for s in edition.statements}
        self._articles = {a.id: a for a in edition.articles}
        shown = _Shown(edition.articles)
        for place in self._quoted():
            shown.add(place, QUOTED)
        for place in self._extracts():
            shown.add(place, SHOWN)
        self._texts = {a.id: _masked(a, shown.places[a.id]) for a in edition.articles}
        self._quotable = "\n".join(self._texts.values())

    def _quoted(self) -> Iterator[Location]:
        """What deserves to be quoted in full, the most important first."""
        for story in self._edition.stories:
            yield from (place for sentence in story.brief for place in sentence.citations)
        claims = {c.id: c for story in self._edition.stories for c in story.claims}
        for story in self._edition.stories:
            told = [c for conflict in story.conflicts for reading in conflict.readings for c in reading.claims]
            told += [c for entry in story.timeline for c in entry.claims[:1]]
            for claim in (claims[c] for c in told if c in claims):
                if said := self._verbatim(claim.text, claim.statements):
                    yield Location(said.article, said.span)
        for statement in self._edition.statements:
            if statement.quote.kind == "direct":
                yield from (Location(statement.article, span) for span in statement.quote.spans)

    def _extracts(self) -> Iterator[Location]:
        """How the claims begin."""
        for claim in ledger(c for story in self._edition.stories for c in story.claims):
            if said := self._verbatim(claim.text, claim.statements):
                yield Location(said.article, _extract(said.text, said.span[0]))

    def _verbatim(self, text: str, statements: Iterable[str]) -> Statement | None:
        """The first of ``statements`` with these words, else of which they are a part."""
        found = [self._statements[s] for s in statements if s in self._statements]
        held = [s for s in found if s.article in self._articles]
        whole = next((s for s in held if s.text == text), None)
        return whole or next((s for s in held if text in s.text), None)

    def edition(self) -> Edition:
        """The records, masked."""
        edition = self._edition
        return replace(
            edition,
            producer=replace(edition.producer, settings=_settings(edition.producer.settings)),
            articles=tuple(replace(a, text=self._texts[a.id], source=_source(a.source)) for a in edition.articles),
            statements=tuple(map(self._statement, edition.statements)),
            stories=tuple(map(self._story, edition.stories)),
            problems=tuple(replace(p, source=_source(p.source)) for p in edition.problems),
        )

    def _statement(self, said: Statement) -> Statement:
        text = self._words(Location(said.article, said.span))
        return replace(said, text=text, frame=said.frame and replace(said.frame, terms=()))

    def _story(self, story: Story) -> Story:
        claims = {c.id: c for c in story.claims}

        def told(text: str, held: Iterable[str]) -> str:
            return self._told(text, (s for c in held if c in claims for s in claims[c].statements))

        return replace(
            story,
            claims=tuple(replace(c, text=self._told(c.text, c.statements)) for c in story.claims),
            conflicts=tuple(map(self._conflict, story.conflicts)),
            timeline=tuple(replace(e, text=told(e.text, e.claims)) for e in story.timeline),
            brief=tuple(map(self._brief, story.brief)),
        )

    def _told(self, text: str, statements: Iterable[str]) -> str:
        """What may be shown of ``text``, the words of one of ``statements``."""
        said = self._verbatim(text, statements)
        if said is None:
            return f"{text[: _extract(text)[1]]} […]"
        begin = said.span[0] + said.text.index(text)
        return elided(self._words(Location(said.article, (begin, begin + len(text)))))

    def _conflict(self, conflict: Conflict) -> Conflict:
        """The conflict with short labels: those that are made of a report's words may be long."""
        labels = dict.fromkeys([conflict.about, *(r.value for r in conflict.readings)])
        short = {label: self._label(label) for label in labels}
        explanation = conflict.explanation
        for label in sorted(labels, key=len, reverse=True):
            explanation = explanation.replace(label, short[label]) if label else explanation
        readings = tuple(replace(r, value=short[r.value]) for r in conflict.readings)
        return replace(conflict, about=short[conflict.about], readings=readings, explanation=explanation)

    def _label(self, label: str) -> str:
        words = label.removesuffix("…").rstrip()
        cut = label[: _extract(label)[1]]
        return label if len(words.split()) <= EXTRACT or words in self._quotable else f"{cut} …"

    def _brief(self, sentence: BriefSentence) -> BriefSentence:
        words = [self._words(place) for place in sentence.citations]
        if words and not any(MASK in w for w in words):
            return sentence
        return replace(sentence, text=elided(" ".join(words) or MASK))

    def _words(self, place: Location) -> str:
        return self._texts.get(place.article, "")[place.span[0] : place.span[1]]


def _extract(text: str, start: int = 0) -> Span:
    """Where the first words of ``text``, which begins at ``start``, stand: never more than half of them."""
    words = list(_WORD.finditer(text))
    most = min(EXTRACT, len(words) // 2)
    return (start, start + words[most - 1].end()) if most else (start, start)


def _masked(article: Article, shown: Iterable[Span]) -> str:
    """Its text of the same length, with the headline and what is ``shown``; line feeds stay."""
    text, parts, end = article.text, [], 0
    titles = (b.span for b in article.blocks if b.kind == "title")
    for begin, stop in sorted([*titles, *shown]):
        if stop > end:
            parts += [_LETTER.sub(MASK, text[end : max(end, begin)]), text[max(end, begin) : stop]]
            end = stop
    return "".join(parts) + _LETTER.sub(MASK, text[end:])


def _settings(settings: Settings) -> Settings:
    """The settings with the files they name, but not where those lie."""
    named = {k: _source(v) if isinstance(v, str) and v else v for k, v in settings.items()}
    return named | dict([WITHOUT_TEXTS])


def _source(source: str) -> str:
    return source if "://" in source else basename(source)
