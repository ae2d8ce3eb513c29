"""Boilerplate that gives itself away by coming again: a paragraph that a publisher has under reports of all kinds.

A paragraph that comes again under reports of *one* thing is background, which newsrooms write once and use for weeks.
So repetition counts only between reports that have little else in common.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from sys import intern
from typing import Final

from variorum.model import BODY_BLOCKS, Article
from variorum.text.normalise import fold

TIMES: Final = 3  # unrelated reports that have it
TRIED: Final = 12  # reports looked at for them: the work stays linear in a publisher's reports
_LONGEST: Final = 80  # words; longer ones are text
_UNRELATED: Final = 0.25  # of the longer words of the shorter report at most are the other's, too
_LONG_WORD: Final = re.compile(r"[^\W\d_]{6,}")
_TITLE_WORD: Final = re.compile(r"[^\W\d_]{5,}")

_Place = tuple[int, int]  # article, block
#: The distinct words of a text, and of its headline; small, as many are held at once.
Look = tuple[tuple[str, ...], tuple[str, ...]]


def repeats_marked(articles: Sequence[Article]) -> list[Article]:
    """The articles in their order, with what their publisher repeats under unrelated reports as boilerplate."""
    by_publisher: dict[str, list[int]] = {}
    for index, article in enumerate(articles):
        if name := repeater(article):
            by_publisher.setdefault(name, []).append(index)
    chrome = {place for group in by_publisher.values() if len(group) >= TIMES for place in _chrome(articles, group)}
    touched = {index for index, _ in chrome}
    return [marked(a, {b for i, b in chrome if i == n}) if n in touched else a for n, a in enumerate(articles)]


def marked(article: Article, blocks: Container[int]) -> Article:
    """The article with some of its blocks, by number, as boilerplate."""
    changed = (replace(b, kind="boilerplate") if n in blocks else b for n, b in enumerate(article.blocks))
    return replace(article, blocks=tuple(changed))


def _chrome(articles: Sequence[Article], group: Sequence[int]) -> Iterable[_Place]:
    places: dict[str, list[_Place]] = {}
    for index in group:
        for number, words in short_paragraphs(articles[index]):
            places.setdefault(words, []).append((index, number))
    common = {words: found for words, found in places.items() if len({i for i, _ in found}) >= TIMES}
    look = cache(lambda i: look_of(articles[i], common))
    for found in common.values():
        if unrelated(look(i) for i in list(dict.fromkeys(i for i, _ in found))[:TRIED]):
            yield from found


def repeater(article: Article) -> str | None:
    """Whose repetitions the article's may be: its publisher's, if it is known."""
    return article.domain or article.publisher


def short_paragraphs(article: Article) -> Iterator[tuple[int, str]]:
    """The blocks of ``article`` that may be what a publisher repeats, by number, with their folded words."""
    for number, block in enumerate(article.blocks):
        if block.kind in BODY_BLOCKS:
            words = article.text[slice(*block.span)]
            if 3 <= len(words.split()) <= _LONGEST:
                yield number, fold(words)


def look_of(article: Article, common: Container[str]) -> Look:
    """What an article is told from others by: the longer words of its paragraphs that are not ``common``, and of its
    headline."""
    paragraphs = (fold(article.text[slice(*b.span)]) for b in article.blocks if b.kind in BODY_BLOCKS)
    words = dict.fromkeys(word for text in paragraphs if text not in common for word in _LONG_WORD.findall(text))
    title = dict.fromkeys(_TITLE_WORD.findall(fold(article.title or "")))
    return tuple(map(intern, words)), tuple(map(intern, title))


def unrelated(looks: Iterable[Look]) -> bool:
    """Whether `TIMES` of the articles that look so have little in common."""
    kept: list[tuple[set[str], set[str]]] = []
    for words, title in ((set(words), set(title)) for words, title in looks):
        if all(_differ(words, other) and title.isdisjoint(heading) for other, heading in kept):
            kept.append((words, title))
        if len(kept) == TIMES:
            return True
    return False


def _differ(one: set[str], other: set[str]) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 10 and len(one & other) <= _UNRELATED * smaller
