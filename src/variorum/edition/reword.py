"""Smoother wording for a brief, from outside, on terms: nothing may be said that the cited words do not say.

Whoever rewords (a language model behind the `ports.Rewriter` seam) is not trusted. A rewording is taken only where
every word of content stands in the words it rewords, figures keep what they count, names keep their order, and
negations, hedges, bounds and sources are those that were there. Anything else is refused with a reason, and the
extracted sentence stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from variorum.errors import VariorumError
from variorum.model import Article, BriefSentence, Problem, Statement, Story
from variorum.ports import Rewriter
from variorum.text.dates import Calendar
from variorum.text.normalise import fold, squeeze
from variorum.text.vocabulary import load

_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[%$€£¥]")
#: What no sentence of a brief has: markup, addresses, line breaks, fences.
_STRANGE: Final = re.compile(r"[<>{}\[\]`|\\]|https?:|www\.|\n", re.I)
#: A rewording is hardly longer than what it rewords, and no stub of it.
_LENGTHS: Final = (0.4, 1.25)
#: Words after a figure of which one must follow it in the cited words too.
_COUNTED: Final = 3
_SHORTEST_STEM: Final = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """``data/rewording.toml``: words without content, and groups of words of which each must be kept."""

    free: frozenset[str]
    kept: tuple[frozenset[str], ...]


def reworded(
    story: Story, articles: Sequence[Article], statements: Sequence[Statement], rewriter: Rewriter
) -> tuple[Story, list[Problem]]:
    """The story with each brief sentence as ``rewriter`` words it, where that is faithful; and what was refused, or
    failed, with the reason. After a first failure nothing more is asked."""
    texts = {article.id: article.text for article in articles}
    told: list[BriefSentence] = []
    problems: list[Problem] = []
    broken = False
    for sentence in story.brief:
        cited = [squeeze(texts[c.article][slice(*c.span)]) for c in sentence.citations if c.article in texts]
        new = sentence.text
        if not broken:
            try:
                new = squeeze(rewriter.reword(sentence.text, cited))
            except VariorumError as exc:
                broken = True
                problems.append(Problem(rewriter.name, "edit", f"no rewording: {exc}; the extracted sentences stay"))
        reason = refusal(new, sentence.text, cited, _sources(sentence, statements))
        if reason is not None:
            problems.append(Problem(rewriter.name, "edit", f"a rewording was refused ({reason}): {sentence.text[:80]}"))
        told.append(sentence if reason is not None else replace(sentence, text=new))
    return replace(story, brief=tuple(told)), problems


def refusal(new: str, old: str, cited: Sequence[str], sources: Sequence[str] = ()) -> str | None:
    """Why ``new`` may not stand for ``old``, which rests on the ``cited`` words of ``sources``; None if it may."""
    if new == old:
        return None
    if not _LENGTHS[0] * len(old) <= len(new) <= _LENGTHS[1] * len(old) or _STRANGE.search(new):
        return "it is no sentence of that length"
    words = _words(new)
    for check in (_strangers, _kept, _figures, _order):
        if reason := check(words, _words(old), _words(" ".join([old, *cited]))):
            return reason
    for source in sources:
        if _told(source, old) and not _told(source, new):
            return f"it leaves out who says so: {source}"
    return None


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text.replace("n't", " n't").replace("n’t", " n't"))


@cache
def _terms() -> Terms:
    known: Terms = load("rewording", Terms)
    return known


def _stem(word: str) -> str:
    """What inflection leaves of a word; figures stay."""
    plain = fold(word).removesuffix("'s").removesuffix("’s")
    if not plain.isalpha():
        return plain
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "d", "e"):
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM - 1:
            return plain[: -len(ending)]
    return plain


def _content(words: Sequence[str]) -> Iterator[str]:
    return (word for word in words if fold(word) not in _terms().free)


def _strangers(new: Sequence[str], _: Sequence[str], known: Sequence[str]) -> str | None:
    """Names, figures, dates and every other word of content must be there already."""
    stems = {_stem(word) for word in known}
    strange = [word for word in _content(new) if _stem(word) not in stems and not _is_kept(word)]
    return f"not in the cited words: {', '.join(strange[:4])}" if strange else None


def _is_kept(word: str) -> bool:
    return any(fold(word) in group for group in _terms().kept)


def _kept(new: Sequence[str], old: Sequence[str], _: Sequence[str]) -> str | None:
    """Negations, denials, hedges, plans, conditions and bounds: as many as there were."""
    for group in _terms().kept:
        before, after = (sum(fold(word) in group for word in words) for words in (old, new))
        if before != after:
            return f"{'drops' if before > after else 'adds'} {' / '.join(sorted(group)[:3])}"
    return None


def _figures(new: Sequence[str], _: Sequence[str], known: Sequence[str]) -> str | None:
    """A figure counts what it counted: one of the words after it follows it in the cited words."""
    for figure, after in _counted(new):
        if after and not any(figure == other and after & follow for other, follow in _counted(known)):
            return f"{figure} counts something else"
    return None


def _counted(words: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    content = [_stem(word) for word in _content(words)]
    for number, word in enumerate(content):
        if word[:1].isdigit() or word in _number_words():
            yield word, set(content[number + 1 : number + 1 + _COUNTED])


@cache
def _number_words() -> frozenset[str]:
    return frozenset(map(_stem, _NUMBERS.split()))


_NUMBERS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen "
    "half both several"
)


def _order(new: Sequence[str], old: Sequence[str], _: Sequence[str]) -> str | None:
    """Names keep their order: who did it to whom."""
    before, after = _names(old), _names(new)
    shared = set(before) & set(after)
    if [n for n in dict.fromkeys(before) if n in shared] != [n for n in dict.fromkeys(after) if n in shared]:
        return "it changes the order of the names"
    return None


def _names(words: Sequence[str]) -> list[str]:
    common = {fold(word) for word in words if word[:1].islower()} | _terms().free | _dates()
    return [_stem(word) for word in words if word[:1].isupper() and fold(word) not in common]


@cache
def _dates() -> frozenset[str]:
    """Names of months and weekdays, which may stand anywhere."""
    calendar: Calendar = load("calendar", Calendar)
    return frozenset(fold(name) for names in (*calendar.months, *calendar.weekdays) for name in names)


def _sources(sentence: BriefSentence, statements: Sequence[Statement]) -> list[str]:
    """The words that name the sources of what a sentence tells."""
    places = {(c.article, c.span) for c in sentence.citations}

    def inside(statement: Statement) -> bool:
        begin, end = statement.span
        return any(article == statement.article and a <= begin and end <= b for article, (a, b) in places)

    return list(dict.fromkeys(row.name for s in statements if inside(s) for row in s.attribution))


def _told(source: str, text: str) -> bool:
    """Whether the text names the source by its last word, or whole."""
    heads = [word for word in _words(source) if fold(word) not in _terms().free]
    stems = {_stem(word) for word in _words(text)}
    return bool(heads) and _stem(heads[-1]) in stems
