"""What a date in a statement dates: its verb, or something else that it speaks of in passing.

"Wanted in the 1967 killings", "since taking the town in June", "the dam, built in 1961": the date is of another act,
and "the 2012 squad", "last year's party" only name a thing. The parse tells, by the way up from the date to the verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final, Literal

import msgspec

from variorum.annotate.parse import Tree
from variorum.model import Timex
from variorum.text import vocabulary

#: What a date is tied to: the verb, an act told in passing, or a noun that it only names.
Tie = Literal["verb", "act", "noun"]

_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_NAMING: Final = frozenset({"compound", "nmod", "nummod", "amod"})
_TO_DAYS: Final = frozenset({"on", "in"})
_ACTS: Final = frozenset({"relcl", "appos"})
_FAR: Final = 120  # characters before a date in which the title opens that it stands in
#: A story titled "Six dark days in May" is not of May.
_IN_TITLE: Final = re.compile(
    r"\b(?:titled|entitled|headlined|named|called|dubbed|headline|title|captioned)\b[^\"“”'‘’]{0,12}[\"“'‘][^\"“”]*\Z",
    re.I,
)
_LONGEST: Final = 20  # words up the tree after which nothing is told


class _Words(msgspec.Struct, frozen=True):
    before_another_act: frozenset[str]
    of_the_same_act: frozenset[str]


class _Shape(msgspec.Struct, frozen=True):
    ties: _Words
    sequence: frozenset[str]


@cache
def _shape() -> _Shape:
    shape: _Shape = vocabulary.load("time", _Shape)
    return shape


def tie_of(tree: Tree, time: Timex, verb: int) -> Tie:
    """What ``time`` is tied to in the clause of the token ``verb``; the verb where its way does not lead there, or
    where that token is no verb: a heading, or a sentence of which the parser missed the verb."""
    if _IN_TITLE.search(tree.flat, max(0, time.span[0] - tree.block.span[0] - _FAR), time.span[0] - tree.block.span[0]):
        return "noun"
    way = list(_way(tree, time, verb)) if tree.pos[verb] in _VERBS else []
    if not way or way[-1] != verb:
        return "verb"
    first = bisect_left(tree.start, time.span[0])
    opened = first > 0 and tree.word[first - 1] in _TO_DAYS  # "On 9 March envoys met": of no noun, whatever the parse
    if _is_of_object(tree, first, verb):
        return "act"
    for below, at in pairwise(way):
        if not opened and tree.dep[below] in _NAMING and tree.pos[at] in _NOUNS and at > below:
            return "noun"
        if _is_other_act(tree, below, time):
            return "act"
    return "verb"


def _is_of_object(tree: Tree, token: int, verb: int) -> bool:
    """Whether a time behind the object of a verb of sequence is that of the object: "the raid follows a strike on the
    mill in March"."""
    if tree.lemma[verb] not in _shape().sequence:
        return False
    return any(verb < c < token for c in tree.kids(verb, "dobj"))


def _way(tree: Tree, time: Timex, verb: int) -> Iterator[int]:
    """The tokens from the head of a time up to ``verb``, both included."""
    first, end = bisect_left(tree.start, time.span[0]), bisect_left(tree.start, time.span[1])
    within = range(first, max(end, first + 1))
    if first >= len(tree.start):
        return
    at = next((t for t in within if tree.head[t] not in within or tree.head[t] == t), first)
    for _ in range(_LONGEST):
        yield at
        if at == verb or tree.head[at] == at:
            return
        at = tree.head[at]


def _is_other_act(tree: Tree, token: int, time: Timex) -> bool:
    """Whether ``token`` heads words that tell of an act beside that of the verb above."""
    dep, tag, words = tree.dep[token], tree.tag[token], _shape().ties
    if dep in _ACTS:
        return True
    if dep == "acl":
        return tag in ("VBN", "VBD")  # "carrying", "awaiting" go on with the verb
    if dep == "pcomp":
        return tree.word[tree.head[token]] not in words.of_the_same_act
    if dep == "advcl":
        marks = [tree.word[c] for c in tree.kids(token, "mark", "advmod") if c < token]
        bare = tag == "VBN" and not tree.kids(token, "mark", "aux", "auxpass", "nsubj", "nsubjpass")
        return bare or any(m in words.before_another_act for m in marks)
    if dep not in ("prep", "mark") or tree.word[token] not in words.before_another_act:
        return False
    # "Since Monday", "until 2030" say how long it goes on; "after 6 p.m. on Monday", "not before Monday" tell the day.
    direct = any(tree.start[c] < time.span[1] and time.span[0] < tree.end[c] for c in tree.kids(token, "pobj"))
    tells = time.type == "TIME" or time.tense == "future" or tree.word[token] in ("since", "until", "till")
    return not (direct and tells)
