"""The news agencies that are known by name: the one reading of ``data/agencies.toml`` for all stages."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.model import Article, Credit, Span
from variorum.text import vocabulary
from variorum.text.normalise import fold

#: Characters of a line that are looked at.
_LINE = 300


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency: ``name`` is the short form the field uses. ``loose`` names need more than a mention."""

    name: str
    also: tuple[str, ...] = ()
    domain: str | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Agencies:
    agency: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class _Help:
    partial: tuple[str, ...]


def is_partial(article: Article, credit: Credit) -> bool:
    """Whether a credit is for help with a report that is the newsroom's own: "additional reporting by AFP"."""
    begin, end = line_of(article, credit.span)
    line, words = fold(article.text[begin : min(end, begin + _LINE)]), vocabulary.load("agencies", _Help)
    return any(phrase in line for phrase in words.partial)


def line_of(article: Article, span: Span) -> Span:
    """The line in which ``span`` stands."""
    end = article.text.find("\n", span[1])
    return article.text.rfind("\n", 0, span[0]) + 1, len(article.text) if end < 0 else end


def known_agencies() -> tuple[Agency, ...]:
    """All of them, in the order of the file. Raises `errors.VocabularyError`."""
    known: _Agencies = vocabulary.load("agencies", _Agencies)
    return known.agency
