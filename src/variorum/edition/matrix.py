"""The claim ledger as a matrix: for every claim and every origin, whether it says so, denies it, says otherwise, or is
silent. Copies stand under their origin, so that a text which fifty sites repeat is one column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from variorum.edition.wording import Wording, ledger
from variorum.model import Claim, Origin, Statement, Story
from variorum.text.normalise import fold

Stance = Literal["says", "denies", "both", "otherwise", "silent"]
#: Each stance with its sign and what it is called.
STANCES: Final[dict[Stance, tuple[str, str]]] = {
    "says": ("●", "says so"),
    "denies": ("✕", "denies it"),
    "both": ("◐", "says so, and carries a denial"),
    "otherwise": ("≠", "says otherwise"),
    "silent": ("·", "is silent"),
}
#: Orders that need no column; an origin's id is one more.
SORTS: Final = ("contested", "text", "origins", "first")
_PLACE: Final[dict[Stance, int]] = {"says": 0, "both": 1, "denies": 2, "otherwise": 3, "silent": 4}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one origin has on one claim, with the statements that say so, the earliest first."""

    stance: Stance
    statements: tuple[Statement, ...] = ()

    @property
    def reports(self) -> int:
        """How many articles carry it."""
        return len({s.article for s in self.statements})


_SILENT: Final = Cell("silent")


@dataclass(frozen=True, slots=True)
class Column:
    """An origin and the articles that have words of it, itself among them, by their numbers."""

    origin: Origin
    numbers: tuple[int, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, and a cell for each origin that is not silent."""

    claim: Claim
    told: Mapping[str, Cell]

    def cell(self, origin: str) -> Cell:
        """What that origin has on it."""
        return self.told.get(origin, _SILENT)

    def count(self, *stances: Stance) -> int:
        """How many origins take one of the stances (of those that are not silent)."""
        return sum(c.stance in stances for c in self.told.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are wanted, and in which order. ``words`` must all stand in the claim or in the name of somebody who
    tells it; ``stance`` is that of ``origin``, without one that of any."""

    words: str = ""
    statuses: frozenset[str] = frozenset()
    origin: str | None = None
    stance: str | None = None
    sort: str = "contested"


class Matrix:
    """Claims × origins of one story. Columns stand in the order of how many claims they have something on."""

    def __init__(self, wording: Wording, story: Story) -> None:
        self._wording = wording
        self._story = story
        otherwise = self._otherwise()
        self.rows = tuple(Row(claim, self._cells(claim, otherwise.get(claim.id, ()))) for claim in ledger(story.claims))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every origin of the story."""
        numbers: dict[str, set[int]] = {o.id: set() for o in self._wording.origins_of(self._story.articles)}
        for article in self._story.articles:
            if article in self._wording.home:
                numbers[self._wording.home[article].id].add(self._wording.numbers[article])
        for row in self.rows:
            for origin, cell in row.told.items():
                numbers.setdefault(origin, set()).update(self._wording.numbers[s.article] for s in cell.statements)
        claims = Counter(origin for row in self.rows for origin in row.told)
        known = self._wording.origins
        found = [Column(known[o], tuple(sorted(held)), claims[o]) for o, held in numbers.items()]
        return tuple(sorted(found, key=lambda c: (-c.claims, c.numbers, c.origin.id)))

    def asked(self, asked: Asked) -> list[Row]:
        """The rows that are wanted, in the order that is wanted."""
        return self._sorted([row for row in self.rows if self._fits(row, asked)], asked.sort)

    def _fits(self, row: Row, asked: Asked) -> bool:
        if asked.statuses and row.claim.status not in asked.statuses:
            return False
        if asked.origin and asked.stance:
            return row.cell(asked.origin).stance == asked.stance
        if asked.origin and asked.origin not in row.told:
            return False
        if asked.stance and not any(c.stance == asked.stance for c in row.told.values()):
            return False
        return not asked.words.strip() or all(w in self._words(row) for w in fold(asked.words).split())

    def _words(self, row: Row) -> str:
        said = [s for cell in row.told.values() for s in cell.statements]
        return fold(" ".join((row.claim.text, *(name for s in said for name in self._wording.chain(s)))))

    def _sorted(self, rows: list[Row], sort: str) -> list[Row]:
        """`ledger`'s order, or another; what is equal there stays in `ledger`'s."""
        if sort == "text":
            return sorted(rows, key=lambda r: fold(r.claim.text))
        if sort == "origins":
            return sorted(rows, key=lambda r: (-r.count("says", "both"), -len(r.told)))
        if sort == "first":
            return sorted(rows, key=lambda r: r.claim.first_reported or "9")
        if sort in self._wording.origins:
            return sorted(rows, key=lambda r: _PLACE[r.cell(sort).stance])
        return rows

    def _cells(self, claim: Claim, others: Sequence[str]) -> dict[str, Cell]:
        says = self._by_origin(s for s in claim.statements if s not in claim.denied_by)  # else repeated to deny it
        denies = self._by_origin(claim.denied_by)
        cells = {o: Cell("both" if o in denies else "says", said) for o, said in says.items()}
        for origin, said in denies.items():
            cells[origin] = Cell("both", cells[origin].statements + said) if origin in cells else Cell("denies", said)
        for origin, said in self._by_origin(others).items():
            cells.setdefault(origin, Cell("otherwise", said))
        return cells

    def _otherwise(self) -> dict[str, tuple[str, ...]]:
        """For each claim the statements of the readings that stand against its own."""
        found: dict[str, dict[str, None]] = {}
        for conflict in self._story.conflicts:
            if conflict.relation != "contradiction":
                continue
            for reading in conflict.readings:
                against = [s for other in conflict.readings if other is not reading for s in other.statements]
                for claim in reading.claims:
                    found.setdefault(claim, {}).update(dict.fromkeys(against))
        return {claim: tuple(said) for claim, said in found.items()}

    def _by_origin(self, ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        found: dict[str, tuple[Statement, ...]] = {}
        for statement in self._wording.said(ids):
            origin = self._wording.origin(statement)
            if origin is not None:
                found[origin.id] = (*found.get(origin.id, ()), statement)
        return found
