"""Which media a report names, and behind which of its sentences they may stand.

A report says once where it has its news from ("the Tarn Echo reported", "told the Echo") and goes on in its own voice.
So what it tells without a source may be the medium's if the medium is named in the sentence, in one beside it, at the
head of the report or in a line of credit; that lowers the least of what may be distinct, and never the most.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from variorum.compare.claims.stations import media_told, medium_of
from variorum.model import Article, Attribution, Span, Statement
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

#: Sentences at the head of a report that say whose news it is.
_HEAD: Final = 3
#: Sentences in which a medium is named behind whose report the whole may be.
_OFTEN: Final = 2
#: Letters of the shortest name that is looked for.
_SHORT: Final = 3
#: Kinds of sources that have no name of their own.
_FACELESS: Final = ("unnamed", "document")
#: A domain, and what is left of one that was cut at its dot: "fr" of "tarn.fr".
_DOMAIN: Final = re.compile(r"\b[\w-]{2,40}\.[A-Za-z]{2,4}\b(?!\.)")
_TORN: Final = re.compile(r"([\w-]{2,40}\.)\Z")
_TAIL: Final = 4
_END: Final = re.compile(r"(?<=[.!?])[\"')]{0,2}\s+(?=[\"'(]?[A-Z0-9])|\n+")
_NONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class MediaWords:
    """``data/media.toml``."""

    credits: tuple[str, ...]
    pictures: tuple[str, ...]
    reporting: frozenset[str]
    titles: frozenset[str]
    states: frozenset[str]


class MediaNamed:
    """The media that the reports of a story name, by the keys of their newsrooms."""

    def __init__(self, articles: Iterable[Article], statements: Iterable[Statement], key: Callable[[str], str]) -> None:
        self._articles = {article.id: article for article in articles}
        self._names: dict[str, tuple[str, str]] = {}
        for statement in statements:
            for row in statement.attribution:
                if row.name and _is_medium(row):
                    whole = self._torn(statement.article, row) or row.name
                    for name in (whole, self._called(statement.article, row)):
                        self._names.setdefault(fold(name).removeprefix("the "), (key(whole), whole))
                medium = medium_of(row.name or "")
                if medium:
                    self._names.setdefault(fold(medium), (key(medium), medium))
                for domain in _DOMAIN.findall(row.name or ""):
                    self._names.setdefault(fold(domain), (key(domain), domain))
        for article in self._articles.values():
            for name in media_told(article.text):
                self._names.setdefault(fold(name).removeprefix("the "), (key(name), name))
        self._names = {short: self._names[self._at_length(short)] for short in self._names}
        self._read: dict[str, _Named] = {}

    def near(self, statement: Statement) -> Mapping[str, str]:
        """The media that may stand behind a statement that is put down to nobody, each with its name."""
        return self._of(statement.article).near(statement.span)

    def behind(self, statement: Statement, own: bool) -> Mapping[str, str]:
        """The media that may stand behind a statement: those that its source's name holds ("the Echo's sources",
        "tarn.fr", and "fr" of it), and those named beside it if the report tells it as its own or its source has no
        name."""
        found = dict(self._within(statement))
        if own or statement.root.kind in _FACELESS:
            found.update(self.near(statement))
        return found

    def _within(self, statement: Statement) -> Iterator[tuple[str, str]]:
        for row in statement.attribution if self._pattern else ():
            whole = self._torn(statement.article, row) or row.name or ""
            if row.kind != "person":
                yield from ((key, name) for _, key, name in self._places(whole))

    def _torn(self, article: str, row: Attribution) -> str | None:
        """The domain of which a source's name is the end."""
        text = self._articles[article].text
        if row.span is None or len(row.name or "") > _TAIL:
            return None
        before = _TORN.search(text, max(0, row.span[0] - 50), row.span[0])
        return before[1] + text[slice(*row.span)] if before else None

    def _at_length(self, short: str) -> str:
        """The longest name of a medium that begins and ends as another does and has all its words: "the Velm County
        News" for "the Velm News"."""
        words = short.split()
        if len(words) == 1:
            whole = [name for name in self._names if name.endswith(f" {short}")]
            return whole[0] if len(whole) == 1 else short
        longer = [
            name for name in self._names
            if len(words) > 1 and name.split()[:: len(name.split()) - 1 or 1] == words[:: len(words) - 1]
            and set(words) <= set(name.split())
        ]  # fmt: skip
        return max(longer, key=lambda name: (len(name), name), default=short)

    def _called(self, article: str, row: Attribution) -> str:
        """What a medium goes by where it is named: "Bloomberg" for Bloomberg News."""
        words = self._articles[article].text[slice(*row.span)] if row.span else ""
        return words if fold(words).removeprefix("the ") in fold(row.name or "") else row.name or ""

    def _of(self, article: str) -> _Named:
        if article not in self._read:
            text = self._articles[article].text
            self._read[article] = _Named(text, tuple(self._places(text)))
        return self._read[article]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        names = sorted((re.escape(n) for n in self._names if len(n) >= _SHORT), key=lambda n: (-len(n), n))
        return re.compile(rf"\b(?:{'|'.join(names)})\b", re.I) if names else None

    def _places(self, text: str) -> Iterator[tuple[Span, str, str]]:
        for found in self._pattern.finditer(text) if self._pattern else ():
            if any(letter.isupper() for letter in found[0]) or "." in found[0]:
                yield (found.span(), *self._names[fold(found[0])])


class _Named:
    """The media named in one report: ``places`` in order, each with the key and the name of a medium."""

    def __init__(self, text: str, places: Sequence[tuple[Span, str, str]]) -> None:
        self.places = places
        self._begins = [0, *(end.end() for end in _END.finditer(text))]
        lines = [line.end() for line in _credits().finditer(text)]
        numbers = [(self._number(span[0]), key, name) for span, key, name in places]
        self._by_sentence: dict[int, dict[str, str]] = {}
        for number, key, name in numbers:
            self._by_sentence.setdefault(number, {})[key] = name
        credited = {self._number(at) for at in lines}
        times = Counter(key for _, key in {(number, key) for number, key, _ in numbers})
        self._whole = {
            key: name for number, key, name in numbers
            if number < _HEAD or number in credited or times[key] >= _OFTEN
        }  # fmt: skip

    def near(self, span: Span) -> Mapping[str, str]:
        if not self.places:
            return _NONE
        first, last = self._number(span[0]), self._number(max(span[0], span[1] - 1))
        found = dict(self._whole)
        for number in range(first - 1, last + 2):
            found.update(self._by_sentence.get(number, _NONE))
        return found

    def _number(self, at: int) -> int:
        """Which sentence of the report stands there."""
        return bisect_right(self._begins, at) - 1


def _is_medium(row: Attribution) -> bool:
    """Whether a source is one that passes on what others say, and goes by a name."""
    name = (row.name or "").split()
    if not name or name[-1].islower():
        return False
    return row.kind in ("agency", "outlet") or (row.kind == "organisation" and row.cue_lemma in _words().reporting)


@cache
def _credits() -> re.Pattern[str]:
    """Where a line says whose the whole is, or whose picture stands beside it."""
    heads, pictures = ("|".join(map(re.escape, words)) for words in (_words().credits, _words().pictures))
    return re.compile(rf"^\s*(?:{heads})|\b(?:{pictures})\b[^\n.]{{0,80}}(?:/|\bfor )", re.I | re.M)


@cache
def _words() -> MediaWords:
    known: MediaWords = load("media", MediaWords)
    return known
