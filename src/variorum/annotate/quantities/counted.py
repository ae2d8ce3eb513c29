"""One paragraph as its quantities are read: where its tokens stand, and which noun a number may count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from variorum.annotate.tokens import Doc, Token
from variorum.model import Quantity, Timex
from variorum.text import vocabulary

NOUNS = ("NOUN", "PROPN")
_PHRASE = 9  # words that a noun phrase after a number may have


class CountingWords(msgspec.Struct, frozen=True):
    """`data/counting.toml`."""

    persons: tuple[str, ...]
    tolls: tuple[str, ...]
    nobody: tuple[str, ...]
    collectives: dict[str, int]
    nought: tuple[str, ...]
    remaining: tuple[str, ...]
    cumulative: tuple[str, ...]
    pronoun_one: tuple[str, ...]
    change: tuple[str, ...]
    no_units: tuple[str, ...]
    singulars: dict[str, str]
    moments: tuple[str, ...]
    pointing: tuple[str, ...]


@cache
def counting() -> CountingWords:
    loaded: CountingWords = vocabulary.load("counting", CountingWords)
    return loaded


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity and the words it counts with their modifiers, for comparing with corpora that keep those. A
    ``tentative`` one is a count only where another number gives it a role: "two hurt, among them a nurse"."""

    quantity: Quantity
    phrase: str
    tentative: bool = False


def hyphened(text: str, end: int, noun: str) -> str:
    """A noun with what a hyphen ties to it: "passer-by", "brother-in-law"."""
    tied = _TIED.match(text, end)
    return noun + tied[0].lower() if tied else noun


_TIED = re.compile(r"(?i)-(?:by|in-law|at-arms|up|on)\b")


class Paragraph:
    """One paragraph being read; offsets are the paragraph's own."""

    def __init__(self, doc: Doc, offset: int, times: Sequence[Timex]) -> None:
        self.doc = doc
        self.text = doc.flat
        self.starts = doc.starts
        local = [(t.span[0] - offset, t.span[1] - offset, t) for t in times]
        local = [x for x in local if x[1] > 0 and x[0] < len(self.text)]
        self.dates = [(a, b) for a, b, t in local if t.type in ("DATE", "TIME")]

    def token(self, position: int) -> Token | None:
        index = bisect_right(self.starts, position) - 1
        return self.doc[index] if 0 <= index < len(self.doc) else None

    def is_phrase(self, start: int, head: Token) -> bool:
        """Whether only words that modify a noun stand between a number and ``head``."""
        return (
            head.pos_ in NOUNS
            and head.i - start < _PHRASE
            and not any(a <= head.idx < b for a, b in self.dates)
            and all(
                t.pos_ in ("ADJ", "NUM", "ADV", *NOUNS) or t.tag_ in ("VBN", "VBG", "HYPH", "AFX", "``", "''")
                for t in self.doc[start : head.i]
            )
        )

    def phrase_head(self, index: int, *, determined: bool = False) -> Token | None:
        """The last noun of the noun phrase that starts at a token, or null when none does."""
        doc = self.doc
        head = None
        for token in doc[index : index + _PHRASE]:
            if any(a <= token.idx < b for a, b in self.dates):
                break
            if token.pos_ in NOUNS and not (token.tag_ == "NNP" and head is not None and head.tag_ == "NNS"):
                if (
                    head is not None
                    and head.tag_ == "NNS"
                    and token.dep_ not in ("compound",)
                    and token.head.i != head.i
                    and head.dep_ != "compound"
                ):
                    break
                head = token
            elif (token.lower_ in ("more", "other", "additional", "further", "less") and head is None) or (
                determined and head is None and token.pos_ in ("DET", "PRON")
            ):
                continue
            elif head is not None and not (
                token.text in ("-", "'s", "'") or (token.pos_ == "NUM" and doc[token.i - 1].text == "-")
            ):
                break
            elif (
                token.pos_ in ("ADJ", "NUM", "ADV", "DET")
                or token.text in ("-", "'s", "'", "&", '"')
                or token.tag_ in ("VBN", "VBG", "HYPH", "POS", "CC", "AFX")
                or (token.pos_ == "ADP" and doc[token.i - 1].text == "-")  # "burnt-out cars"
            ):
                if token.pos_ == "DET" and not determined:
                    break
                if token.tag_ == "CC" or (token.pos_ == "ADV" and not self.modifies(token)):
                    break
                if token.tag_ in ("VBN", "VBG") and token.dep_ not in ("amod", "compound") and head is None:
                    break
            else:
                break
        return head

    def modifies(self, token: Token) -> bool:
        return token.dep_ == "advmod" and token.head.i > token.i and token.head.pos_ in ("ADJ", "VERB", *NOUNS)
