"""What a sentence says something of, read from its words: the thing before a verb, or behind it.

"Harbour Road, closed since Monday, has reopened": the road by its kind and its name. Whether two sentences speak of one
road is told by both: kinds agree, and names, or there is but one road in the story. Who is only described ("the man who
robbed the driver"), or is one of several ("another driver"), is nobody that can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from variorum.text.normalise import fold

_TOKEN: Final = re.compile(r"\w+(?:[-'’&.]\w+)*\.?(?=\s+[A-Z])|\w+(?:[-'’&.]\w+)*|[^\w\s]")
#: Words of a subject, and of what stands between commas behind it, at most.
_LONGEST: Final = 12
_ASIDE: Final = 9
#: Words behind a verb in which what it is done to ends.
_OBJECT: Final = 7


@dataclass(frozen=True, slots=True)
class Grammar:
    """``words`` of ``data/courses.toml``."""

    auxiliaries: frozenset[str]
    unsure: frozenset[str]
    prepositions: frozenset[str]
    bounds: frozenset[str]
    doubtful: frozenset[str]
    determiners: frozenset[str]
    others: frozenset[str]
    days: frozenset[str]
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing by its ``kind``, a number for the names that it is called by (None where only its own name is), the
    words of its name, and those that narrow it; ``many`` of them or one; ``span`` of all its words in the text."""

    kind: int | str | None
    names: frozenset[str]
    narrowed: frozenset[str]
    many: bool
    span: tuple[int, int]
    past: bool = False


class Reader:
    """Reads things that are called by ``called``, names for kinds in lower case; all nouns with ``any_noun``."""

    def __init__(self, called: Sequence[Sequence[str]], grammar: Grammar, *, any_noun: bool = False) -> None:
        self._grammar = grammar
        self._any = any_noun
        self._kinds: Mapping[tuple[str, ...], tuple[int, bool]] = {
            tuple(form.split()): (number, many)
            for number, kind in enumerate(called)
            for name in kind
            for form, many in ((name, False), (plural(name), True))
        }

    def before(self, text: str, place: int) -> Thing | None:
        """What a verb at ``place`` is said of."""
        grammar, tokens = self._grammar, list(_TOKEN.finditer(text, 0, place))
        last, past = len(tokens) - 1, False
        while last >= 0 and (low := fold(tokens[last][0])) in grammar.auxiliaries | grammar.unsure or _is_adverb(low):
            if low in grammar.unsure:
                return None
            past = past or low in ("was", "were", "had")
            last -= 1
        end = place
        if last >= 0 and tokens[last][0] in (",", "–", "—"):
            end = tokens[last].start()
            opens = [n for n in range(max(0, last - _ASIDE), last) if tokens[n][0] == tokens[last][0]]
            if not opens:
                return None
            last = opens[-1] - 1
        first = last
        while first >= 0 and _is_word(tokens[first][0]) and fold(tokens[first][0]) not in grammar.bounds | grammar.doubtful:
            first -= 1
        if first >= 0 and fold(tokens[first][0]) in grammar.doubtful:
            return None
        own = self._without_day(tokens[first + 1 : last + 1])
        if not own or last - first > _LONGEST or self._holds_a_clause(own):
            return None
        read = self._read(own, text, sentence=tokens[0].start())
        return read and Thing(read.kind, read.names, read.narrowed, read.many, (own[0].start(), end), past)

    def behind(self, text: str, place: int) -> Thing | None:
        """What a verb that ends at ``place`` is done to."""
        own: list[re.Match[str]] = []
        grammar = self._grammar
        for token in _TOKEN.finditer(text, place):
            stops = not _is_word(token[0]) or fold(token[0]) in grammar.bounds | grammar.doubtful | grammar.prepositions
            if stops or len(own) == _OBJECT:
                break
            own.append(token)
        return self._read(own, text, sentence=-1) if own else None

    def _without_day(self, tokens: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
        """A subject without the day that opens its sentence."""
        words = [fold(token[0]) for token in tokens]
        if words and words[0] in self._grammar.prepositions | self._grammar.days:
            day = [n for n, word in enumerate(words[:4]) if word in self._grammar.days]
            return tokens[day[-1] + 1 :] if day else []
        return tokens

    def _holds_a_clause(self, tokens: Sequence[re.Match[str]]) -> bool:
        """Whether an article stands where a verb before it must have: "police found the driver"."""
        words = [fold(token[0]) for token in tokens]
        grammar = self._grammar
        return any(
            word in grammar.determiners and n and words[n - 1] not in grammar.prepositions | grammar.determiners
            for n, word in enumerate(words)
        )

    def _read(self, tokens: Sequence[re.Match[str]], text: str, sentence: int) -> Thing | None:
        words = [fold(token[0]) for token in tokens]
        cut = next((n for n, word in enumerate(words) if word in self._grammar.prepositions), len(words))
        own, words = tokens[:cut], words[:cut]
        if not words or not self._grammar.others.isdisjoint(words) or any(w[0].isdigit() and w.isdigit() for w in words):
            return None
        kind, many, length = self._kind(words)
        plain = words[: len(words) - length]
        names = frozenset(
            word.rstrip(".")
            for n, (token, word) in enumerate(zip(own, words, strict=True))
            if token[0][0].isupper() and len(word.rstrip(".")) > 1 and not self._opens(n, own, sentence)
        )
        names -= self._grammar.titles | self._grammar.determiners | (set(words[len(plain) :]) if length else set())
        if kind is None and (not names or words[-1].rstrip(".") not in names):
            return None
        narrowed = frozenset(plain) - names - self._grammar.determiners - self._grammar.titles
        narrowed = frozenset(w for w in narrowed if w.isalpha() or "-" in w)
        return Thing(kind, names, narrowed, many, (own[0].start(), own[-1].end()))

    def _opens(self, n: int, own: Sequence[re.Match[str]], sentence: int) -> bool:
        """Whether a word is capital only because it opens the sentence."""
        return own[n].start() == sentence and not (n + 1 < len(own) and own[n + 1][0][0].isupper())

    def _kind(self, words: Sequence[str]) -> tuple[int | str | None, bool, int]:
        for length in (4, 3, 2, 1):
            known = self._kinds.get(tuple(words[-length:])) if length <= len(words) else None
            if known:
                return known[0], known[1], length
        return (words[-1], False, 1) if self._any and words[-1].isalpha() else (None, False, 0)

    def named(self, texts: Iterable[str]) -> Mapping[int, list[frozenset[str]]]:
        """The names that things of each kind have in some texts: "Harbour Road", "Velm Road"."""
        known: dict[int, list[frozenset[str]]] = {}
        for text in texts:
            tokens = list(_TOKEN.finditer(text))
            for n in range(len(tokens)):
                kind, _, length = self._kind([fold(t[0]) for t in tokens[max(0, n - 3) : n + 1]])
                names: set[str] = set()
                back = n - length
                while length and back >= 0 and tokens[back][0][0].isupper() and fold(tokens[back][0]) not in self._grammar.determiners:
                    names.add(fold(tokens[back][0]))
                    back -= 1
                if isinstance(kind, int) and names:
                    _join(known.setdefault(kind, []), frozenset(names))
        return known


def _join(groups: list[frozenset[str]], names: frozenset[str]) -> None:
    met = [group for group in groups if group & names]
    groups[:] = [group for group in groups if not group & names] + [names.union(*met)]


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > len("early")


@cache
def plural(name: str) -> str:
    """Its last word as that of many."""
    if name.endswith(("s", "sh", "ch", "x")):
        return name if name.endswith(("ss", "s")) and not name.endswith("ss") else name + "es"
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    if name.endswith("man") and name != "talisman":
        return name[:-3] + "men"
    return name + "s"
