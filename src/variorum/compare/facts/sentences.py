"""Statements by the sentence that they are read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.model import Span
from variorum.text.normalise import fold

#: Stands for what no statement has, as what sets a source's words off: "and not, as [it had first stated], from".
_GAP: Final = ","


@dataclass(frozen=True, slots=True)
class Sentence:
    """The statements of one sentence, by index, its words as far as they tell anything, and where these begin."""

    facts: tuple[tuple[int, Fact], ...]
    text: str
    begin: int

    def before(self, span: Span) -> str:
        """The words before a place in it, folded, and one space."""
        return f"{fold(self.text[: span[0]]).rstrip()} "

    def behind(self, span: Span) -> str:
        """The words behind it, folded."""
        return fold(self.text[span[1] :])


def sentences(facts: Sequence[Fact]) -> Iterator[Sentence]:
    """The sentences of a story, but for those of correction notices."""
    told = ((n, f) for n, f in enumerate(facts) if not f.corrects)
    for _, own in groupby(told, key=lambda pair: (pair[1].statement.article, pair[1].scene.sentence)):
        pairs = tuple(own)
        begin = min(f.statement.span[0] for _, f in pairs)
        text = [_GAP] * (max(f.statement.span[1] for _, f in pairs) - begin)
        for _, f in pairs:
            start = f.statement.span[0] - begin
            text[start : start + len(f.statement.text)] = f.statement.text
        yield Sentence(pairs, "".join(text), begin)
