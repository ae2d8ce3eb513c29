"""One paragraph as the readers of cues see it: tokens between marks and outside, noun phrases, and what one cue gives.

Quotation marks are harder evidence than the parse of a small pipeline: what lies between marks is never torn apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from variorum.annotate.attribution.quotes import Quotation
from variorum.annotate.lexicon import lexicon
from variorum.annotate.names import lore
from variorum.annotate.parse import Tree
from variorum.model import Span, Stance

Range = tuple[int, int]
"""Tokens, first and last included."""

SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
CLAUSAL: Final = ("ccomp", "parataxis")
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
PUNCTUATION: Final = frozenset(",:;-–—.\"'`…") | {"''", "``", "--", "..."}
DASHES: Final = frozenset({"-", "–", "—", "--", ":"})


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One cue with what it attributes. ``mention`` are the words of the source. An "attitude" attributes no words
    ("backs the bill"): only the taggers read it."""

    tree: Tree
    token: int
    cue: Range
    lemma: str
    stance: Stance
    form: Literal["verb", "phrase", "noun", "adverb", "headline", "attitude"]
    mention: Range | None = None
    content: tuple[Range, ...] = ()
    recipient: Range | None = None
    opinion: bool = False
    negated: bool = False
    told: tuple[Quotation, ...] = ()

    @property
    def extent(self) -> Range:
        """Cue and source together."""
        parts = [self.cue, *([self.mention] if self.mention else []), *([self.recipient] if self.recipient else [])]
        return min(a for a, _ in parts), max(b for _, b in parts)


class Passage:
    """A parsed paragraph with its marks: ``quotations`` are its outer quotations, in order, ``nested`` those in them;
    ``inside`` holds for each token the number of its quotation or -1, ``bounds`` the tokens of each quotation."""

    def __init__(self, tree: Tree, quotations: list[Quotation], nested: Sequence[Quotation] = ()) -> None:
        self.tree = tree
        self.quotations = quotations
        self.nested = nested
        self.lexicon = lexicon()
        self.inside = _inside(tree, quotations)
        self.bounds = _bounds(self.inside)

    def opens(self, token: int) -> bool:
        """Whether a quotation begins at ``token``."""
        return token < len(self.inside) and self.inside[token] >= 0 and self.bounds[self.inside[token]][0] == token

    def is_agency(self, token: int) -> bool:
        """Whether a word is the name of a known agency, in small letters too ("dpa")."""
        return self.tree.doc[token].text in lore().agencies

    def mention(self, who: int | None, cue: int) -> Range | None:
        """The words of the source whose head is ``who``, without the cue where it stands in their midst."""
        if who is None:
            return None
        first, last = self.noun_range(who)
        if first <= cue <= last:
            # A participle that modifies its own source ("a statement saying …").
            last = max(who, min(last, cue - 1)) if who < cue else last
            first = min(who, max(first, cue + 1)) if who > cue else first
        elif last + 1 == cue:
            first = self._after_stray_comma(first, who, last)
        return self.strip(first, last)

    def noun_range(self, head: int) -> Range:
        """The words of a noun phrase with its appositions, without clauses set off by commas."""
        tree = self.tree
        first, last = tree.left[head], tree.right[head]
        for child in tree.children[head]:
            cut = tree.dep[child] in ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "conj", "dep", "cc")
            if child > head and cut and self._leaves(child, head):
                last = min(last, tree.left[child] - 1)
        first = max([first, *(i + 1 for i in range(first, head) if self._is_dash(i))])
        where = self.inside[head]
        while self.inside[last] != where and last > head:
            last -= 1
        while self.inside[first] != where and first < head:
            first += 1
        return self.strip(first, last)

    def _is_dash(self, token: int) -> bool:
        """Whether a mark sets off what stands before it, and is no hyphen inside a word ("law-enforcement agents")."""
        tree = self.tree
        joins = token and tree.end[token - 1] == tree.start[token] and tree.end[token] == tree.start[token + 1]
        return tree.word[token] in DASHES and not (tree.word[token] == "-" and joins)

    def possessor(self, who: int) -> Range:
        """The words of an owner without the "'s"."""
        first, last = self.noun_range(who)
        while last > who and self.tree.word[last] in ("'s", "’s", "'", "’"):
            last -= 1
        return first, last

    def strip(self, first: int, last: int) -> Range:
        """A stretch without punctuation at its ends; one token stays."""
        word = self.tree.word
        while last > first and (word[last] in PUNCTUATION or word[last].isspace()):
            last -= 1
        while first < last and (word[first] in PUNCTUATION or word[first].isspace()):
            first += 1
        return first, last

    def _after_stray_comma(self, first: int, who: int, last: int) -> int:
        """ "…, now Reyes, Okafor said": an apposition before a verb closes with a comma; without one, what stands
        before the comma is no part of the name."""
        tree = self.tree
        commas = [i for i in range(first, last) if tree.word[i] == ","]
        joined = any(tree.dep[i] == "cc" for i in range(first, last))
        lone = len(commas) == 1 and not joined and tree.pos[last] == "PROPN" and tree.dep[last] == "appos"
        return commas[0] + 1 if lone and who < commas[0] else first

    def _leaves(self, child: int, head: int) -> bool:
        """Whether ``child`` begins something that is no part of the mention of ``head``."""
        tree = self.tree
        if tree.dep[child] == "punct":
            return tree.word[child] in (":", ";", "—", "–", "--")
        if tree.dep[child] in ("conj", "cc", "dep"):
            return tree.dep[child] == "conj" and tree.pos[child] in ("VERB", "AUX")
        before = tree.left[child] - 1
        return tree.dep[child] in ("ccomp", "parataxis", "advcl") or (before > head and tree.word[before] in (",", "-"))

    # --- surface evidence -----------------------------------------------------------------------------------------

    def settle(self, content: list[Range], reading: Reading) -> tuple[Range, ...]:
        """``content`` corrected by marks: a quotation is taken whole or, where the cue itself stands in one, all
        content stays inside; stripped of punctuation, in order, without the cue and its source."""
        where = self.inside[reading.token]
        settled: list[Range] = []
        for piece in sorted(content):
            first, last = self._snap(*piece, where)
            for part in self._without(first, last, reading):
                first, last = self.strip(*part)
                if first <= last and self.tree.word[first] not in PUNCTUATION:
                    settled.append((first, last))
        return tuple(settled)

    def _snap(self, first: int, last: int, where: int) -> Range:
        if where >= 0:
            low, high = self.bounds[where]
            return max(first, low), min(last, high)
        if self.inside[first] >= 0:
            first = min(first, self.bounds[self.inside[first]][0])
        if last < len(self.inside) and self.inside[last] >= 0:
            last = max(last, self.bounds[self.inside[last]][1])
        return first, last

    @staticmethod
    def _without(first: int, last: int, reading: Reading) -> list[Range]:
        """A stretch without the cue and its source, nor what stands between the two; but one that lies there as a whole
        is meant: "allegations of fraud from its own auditor"."""
        low, high = reading.cue if reading.form == "adverb" else reading.extent
        parts = [reading.cue, reading.mention or reading.cue, reading.recipient or reading.cue]
        if all(last < begin or end < first for begin, end in parts):
            return [(first, last)]
        sides = [(first, min(last, low - 1)), (max(first, high + 1), last)]
        return [side for side in sides if side[0] <= side[1]]


def _inside(tree: Tree, quotations: list[Quotation]) -> list[int]:
    """For each token the number of the quotation it stands in, marks included, or -1."""
    inside = [-1] * len(tree.start)
    number = 0
    for token, start in enumerate(tree.start):
        while number < len(quotations) and quotations[number].span[1] <= start:
            number += 1
        if number < len(quotations) and quotations[number].span[0] <= start:
            inside[token] = number
    return inside


def _bounds(inside: list[int]) -> dict[int, Range]:
    bounds: dict[int, Range] = {}
    for token, number in enumerate(inside):
        if number >= 0:
            bounds[number] = (bounds.get(number, (token, token))[0], token)
    return bounds


def chars(tree: Tree, content: Range) -> Span:
    """Offsets of a token range."""
    return tree.start[content[0]], tree.end[content[1]]
