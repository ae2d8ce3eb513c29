"""One occurrence of a name, and what the readers of names share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from variorum.annotate.names import lore, plain
from variorum.annotate.tokens import Doc
from variorum.model import EntityKind, Span

NUMERIC: Final = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL", "CARDINAL", "QUANTITY"})
HYPHENS: Final = frozenset("-‐‑–")
OPENING: Final = frozenset("\"“„«‘'(")
OWNS: Final = ("'s", "’s")
JOINED_BY_OF: Final = frozenset({"of", "for"})
#: Longest stretch of words that one name or role may take; longer ones are tables or shouted lines.
LONGEST: Final = 12


@dataclass(slots=True)
class Found:
    """One occurrence of a name. ``first`` and ``last`` are token indices in its doc, ``last`` exclusive. ``firm`` needs
    no further proof that it is a name, ``bare`` stands alone in marks, ``the`` follows a capitalised article inside a
    sentence. ``roles`` are the words of titles beside it, ``told`` where they stand. ``labels`` are the pipeline's
    votes, ``heads`` those of the name's own words, ``votes`` those of the words beside it."""

    doc: int
    first: int
    last: int
    span: Span
    text: str
    roles: list[str] = field(default_factory=list)
    told: list[Span] = field(default_factory=list)
    address: str | None = None
    firm: bool = False
    the: bool = False
    bare: bool = False
    votes: Counter[EntityKind] = field(default_factory=Counter)
    labels: Counter[EntityKind] = field(default_factory=Counter)
    heads: Counter[EntityKind] = field(default_factory=Counter)

    @property
    def key(self) -> str:
        """What its group of equal names is called."""
        return plain(self.text)

    def take_role(self, doc: Doc, first: int, last: int) -> None:
        """Adds the role that its doc's tokens from ``first`` to ``last``, exclusive, give."""
        offset = self.span[0] - doc[self.first].idx
        self.roles.append(doc[first:last].text)
        self.told.append((offset + doc[first].idx, offset + doc[last - 1].idx + len(doc[last - 1])))


def country_size(doc: Doc, i: int, last: int) -> int:
    """How many tokens from ``i`` name a country, by name or adjective."""
    table = lore()
    for size in range(min(4, last - i), 0, -1):
        words = plain(doc[i : i + size].text)
        if words in table.countries or words in table.adjectives:
            return size
    return 0
