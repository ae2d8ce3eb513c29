"""What a sentence says something of, read from its words: the thing before a verb, or behind it.

"Harbour Road, closed since Monday, has reopened": the road by its kind and its name. Whether two sentences speak of one
road is told by both: kinds agree, and names, or there is but one road in the story. Who is only described ("the man who
robbed the driver"), or is one of several ("another driver"), is nobody that can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from variorum.text.normalise import fold

#: Texts of which is remembered what they name.
_REMEMBERED: Final = 6_000

_TOKEN: Final = re.compile(r"\w+(?:[-'’&.]\w+)*\.?(?=\s+[A-Z])|\w+(?:[-'’&.]\w+)*|[^\w\s]")
#: Words of a subject, and of what stands between commas behind it, at most.
_LONGEST: Final = 12
_ASIDE: Final = 9
#: Characters before a name in which words say what its bearer is.
_NEAR: Final = 40
_ANOTHER: Final = frozenset({"another", "other", "second"})
_ARTICLES: Final = frozenset(
    {"the", "a", "an", "all", "this", "that", "its", "their", "his", "her", "our", "my", "your", "both"}
)
_MARKS: Final = frozenset({",", "–", "—"})
_PAST: Final = frozenset({"was", "were", "had"})
#: Join two verbs of one subject, of which the first is led by one of these.
_JOINS: Final = frozenset({"and", "but"})
_VERBS: Final = frozenset({"is", "are", "was", "were", "has", "have", "had", "will"})
_PARTICIPLES: Final = frozenset(
    {"found", "known", "held", "seen", "built", "bound", "set", "struck", "hit", "who", "which"}
)
#: Who is only called by his age: "the 29-year-old".
_AGED: Final = re.compile(r"^\d{1,3}(?=-year-olds?$)")
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
    plain: frozenset[str]


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
        tokens = list(_TOKEN.finditer(text, 0, place))
        between = self._between(tokens)
        if between is None or between < 0:
            return None
        past = any(fold(token[0]) in _PAST for token in tokens[between + 1 :])
        last, aside = _without_aside(tokens, between)
        if last is None:
            return None
        first = self._start(tokens, last)
        if first is None:
            return None
        if first == last:
            return self._of_two_verbs(text, tokens, last)
        end = tokens[between].start() if aside else place
        read = self._subject(tokens[first + 1 : last + 1], text, tokens[0].start()) or self._subject(aside, text, -1)
        return read and replace(read, span=(tokens[first + 1].start(), end), past=past)

    def _between(self, tokens: Sequence[re.Match[str]]) -> int | None:
        """The last token before auxiliaries and adverbs; None if one of them leaves open whether it is so."""
        last = len(tokens) - 1
        while last >= 0 and self._is_between(low := fold(tokens[last][0])):
            if low in self._grammar.unsure:
                return None
            last -= 1
        return last

    def _start(self, tokens: Sequence[re.Match[str]], last: int) -> int | None:
        """The token before a subject that ends at ``last``, past a clause that says which one is meant; None where it
        stands in a clause that does not say that it is so."""
        grammar, first = self._grammar, last
        while first >= 0 and _is_word(tokens[first][0]):
            word = fold(tokens[first][0])
            if word in grammar.doubtful:
                return None
            if word in grammar.bounds:
                break
            first -= 1
        return first

    def _of_two_verbs(self, text: str, tokens: Sequence[re.Match[str]], last: int) -> Thing | None:
        """ "The driver has been questioned and" – of whom the first verb is said."""
        if last < 1 or fold(tokens[last][0]) not in _JOINS:
            return None
        verb = next((t for t in tokens[:last] if fold(t[0]) in _VERBS), None)
        return self.before(text, verb.start()) if verb is not None and verb.start() > tokens[0].start() else None

    def _subject(self, tokens: Sequence[re.Match[str]], text: str, sentence: int) -> Thing | None:
        own = self._without_day(tokens)
        if not own or len(own) > _LONGEST or self._holds_a_clause(own):
            return None
        return self._read(own, sentence)

    def behind(self, text: str, place: int) -> Thing | None:
        """What a verb that ends at ``place`` is done to."""
        own: list[re.Match[str]] = []
        grammar = self._grammar
        for token in _TOKEN.finditer(text, place):
            stops = not _is_word(token[0]) or fold(token[0]) in grammar.bounds | grammar.doubtful | grammar.prepositions
            if stops or len(own) == _OBJECT:
                break
            own.append(token)
        return self._read(own, -1) if own else None

    def _is_between(self, word: str) -> bool:
        return word in self._grammar.auxiliaries or word in self._grammar.unsure or _is_adverb(word)

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

    def _read(self, tokens: Sequence[re.Match[str]], sentence: int) -> Thing | None:
        grammar, words = self._grammar, [fold(token[0]) for token in tokens]
        cut = next((n for n, word in enumerate(words) if word in grammar.prepositions), len(words))
        cut = next((n for n in range(1, cut) if self._kind(words[:n])[2] and _is_described(words[n], grammar)), cut)
        own, words = tokens[:cut], words[:cut]
        if not words or not grammar.others.isdisjoint(words) or any(word.isdigit() for word in words):
            return None
        kind, many, length = self._kind(words)
        rest = words[: len(words) - length]
        named = {word.rstrip(".") for n, word in enumerate(words) if self._names(n, own, sentence)}
        names = frozenset(named - grammar.titles - grammar.determiners - set(words[len(rest) :]))
        if kind is None:
            if not names or words[-1].rstrip(".") not in names:
                return None
            called = [word for word in words if word.rstrip(".") not in names]
            kind, many, length = self._kind(called)  # "the hiker Ada Holm"
            rest = called[: len(called) - length] if isinstance(kind, int) else called
            kind = kind if isinstance(kind, int) else None
        narrowed = frozenset(w for w in rest if w.replace("-", "").isalpha()) - names
        narrowed -= grammar.determiners | grammar.titles | grammar.plain
        return Thing(kind, names, narrowed, many, (own[0].start(), own[-1].end()))

    def _names(self, n: int, own: Sequence[re.Match[str]], sentence: int) -> bool:
        """Whether a word is part of a name, by its capital, which it has not only because it opens the sentence."""
        word = own[n][0]
        return word[0].isupper() and len(word.rstrip(".")) > 1 and not self._opens(n, own, sentence)

    def _opens(self, n: int, own: Sequence[re.Match[str]], sentence: int) -> bool:
        """Whether a word is capital only because it opens the sentence."""
        return own[n].start() == sentence and not (n + 1 < len(own) and own[n + 1][0][0].isupper())

    def _kind(self, words: Sequence[str]) -> tuple[int | str | None, bool, int]:
        words = [_AGED.sub("#", word) for word in words]
        for length in (4, 3, 2, 1):
            known = self._kinds.get(tuple(words[-length:])) if length <= len(words) else None
            if known:
                return known[0], known[1], length
        return (words[-1], False, 1) if self._any and words[-1].isalpha() else (None, False, 0)

    def kind_before(self, text: str, place: int) -> int | None:
        """Of which kind the words right before a place say that somebody is."""
        words = [fold(word) for word in text[max(0, place - _NEAR) : max(0, place)].split()[-3:]]
        kind = self._kind(words)[0] if words else None
        return kind if isinstance(kind, int) else None

    def named(self, texts: Iterable[str]) -> Mapping[int, list[frozenset[str]]]:
        """The names that things of each kind have in some texts: "Harbour Road", "Velm Road"."""
        known: dict[int, list[frozenset[str]]] = {}
        for text in texts:
            for kind, names in _named(self, text):
                _join(known.setdefault(kind, []), names)
        return known

    def named_in(self, text: str) -> Iterator[tuple[int, frozenset[str]]]:
        """The kinds that have names in a text, with these."""
        tokens = list(_TOKEN.finditer(text))
        for n in range(len(tokens)):
            kind, _, length = self._kind([fold(t[0]) for t in tokens[max(0, n - 3) : n + 1]])
            names: set[str] = set()
            back = n - length
            while (
                length
                and back >= 0
                and tokens[back][0][0].isupper()
                and fold(tokens[back][0]) not in self._grammar.determiners
            ):
                names.add(fold(tokens[back][0]))
                back -= 1
            if isinstance(kind, int) and names:
                yield kind, frozenset(names)


@lru_cache(_REMEMBERED)
def _named(reader: Reader, text: str) -> Sequence[tuple[int, frozenset[str]]]:
    return list(reader.named_in(text))


def two_of_a_kind(one: str, other: str, noun: str) -> bool:
    """Whether two texts give a thing two names ("Mill Road", "Quay Road"), or one speaks of another one.

    >>> two_of_a_kind("Mill Road is open", "The road is closed", "road")
    False
    >>> two_of_a_kind("Mill Road is open", "Another road is closed", "road")
    True
    >>> two_of_a_kind("The Velm office will close", "Our office in Velm stays open", "office")
    False
    """
    pattern = re.compile(rf"((?:[A-Z][\w'’-]* )*)(?i:{re.escape(noun)})\w{{0,3}}\b")
    named = [pattern.search(text) for text in (one, other)]
    before = [frozenset(fold(found[1]).split()) if found else frozenset() for found in named]
    if any(not _ANOTHER.isdisjoint(words) for words in before) or any(
        re.search(rf"\b(?:{'|'.join(sorted(_ANOTHER))}) {re.escape(noun)}", fold(text)) for text in (one, other)
    ):
        return True
    names = [words - _ARTICLES for words in before]
    told = [frozenset(map(fold, _TOKEN.findall(text))) for text in (one, other)]  # "the Velm office", "ours in Velm"
    return bool(names[0] and names[1]) and names[0].isdisjoint(told[1]) and names[1].isdisjoint(told[0])


def _join(groups: list[frozenset[str]], names: frozenset[str]) -> None:
    met = [group for group in groups if group & names]
    groups[:] = [group for group in groups if not group & names] + [names.union(*met)]


def _without_aside(tokens: Sequence[re.Match[str]], last: int) -> tuple[int | None, Sequence[re.Match[str]]]:
    """The last token before what is put in between commas, and that; None if nothing opens what a comma closes."""
    mark = tokens[last][0]
    if mark not in _MARKS:
        return last, ()
    opens = [n for n in range(max(0, last - _ASIDE), last) if tokens[n][0] == mark]
    return (opens[-1] - 1, tokens[opens[-1] + 1 : last]) if opens and opens[-1] else (None, ())


def _is_described(word: str, grammar: Grammar) -> bool:
    """Whether a word behind a noun only says more of it: "the bomb found in Velm", "the truce starting on Monday"."""
    return word in grammar.days or word in _PARTICIPLES or (word.endswith(("ing", "ed")) and len(word) > len("being"))


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
