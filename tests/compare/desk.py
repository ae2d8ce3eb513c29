"""A small desk that writes invented reports as records, so that comparison is tested without reading any text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from variorum.compare import CompareConfig, compare
from variorum.model import (
    Argument,
    Article,
    Attribution,
    Block,
    Claim,
    Conflict,
    Credit,
    Entity,
    Frame,
    Lineage,
    Mention,
    Period,
    Quantity,
    Quote,
    Root,
    Stamp,
    Statement,
    Story,
    Timex,
)
from variorum.ports import Embedder
from variorum.text.embed import WordHashEmbedder

_SMALL = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "by", "for", "and", "was", "were", "is", "had", "has"]
)


@dataclass
class Desk:
    """Reports of one story. Names are written capitalised in the sentences and declared with `knows`."""

    entities: dict[str, Entity] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    lineage: Lineage = field(default_factory=Lineage)

    def knows(self, kind: Any, *names: str, role: str | None = None) -> None:
        """Things that reports may name; the id of each is its lower-cased name."""
        for name in names:
            self.entities[name.lower()] = Entity(name.lower(), name, kind, role=role)

    def report(self, publisher: str | None, published: str | None = None, agency: str | None = None) -> Report:
        """A new report of that outlet."""
        key = f"r{len(self.reports):02}"
        self.reports[key] = Report(self, key, publisher, published, agency)
        return self.reports[key]

    def story(
        self,
        config: CompareConfig | None = None,
        vectors: bool = True,
        order: int = 1,
        embedder: Embedder | None = None,
    ) -> Story:
        """The story compared; ``order`` -1 hands the reports over backwards; ``embedder`` in place of the words'."""
        reports = list(self.reports.values())[::order]
        ids = tuple(report.id for report in reports)
        return compare(
            Story("s", "a story", ids, dict.fromkeys(ids, 1.0)),
            [report.article() for report in reports],
            [statement for report in reports for statement in report.statements[::order]],
            list(self.entities.values())[::order],
            self.lineage,
            config or CompareConfig(),
            (embedder or WordHashEmbedder()) if vectors else None,
        )


@dataclass
class Report:
    """One report; `says` adds a sentence with what the reader of texts would have found in it."""

    desk: Desk
    id: str
    publisher: str | None
    published: str | None
    agency: str | None
    text: str = ""
    statements: list[Statement] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()

    def article(self) -> Article:
        stamp = Stamp(self.published, "day", "stated") if self.published else None
        credits = (Credit(self.agency, (0, 0), "byline"),) if self.agency else ()
        return Article(
            self.id,
            f"{self.id}.txt",
            self.text,
            publisher=self.publisher,
            published=stamp,
            credits=credits,
            blocks=self.blocks,
        )

    def says(
        self,
        text: str,
        by: str | None = None,
        kind: Any = "organisation",
        stance: Any = "report",
        polarity: Any = "affirmed",
        reality: Any = "happened",
        day: str | None = None,
        counts: tuple[tuple[Any, ...], ...] = (),
        does: str = "",
        times: tuple[tuple[str, Any, str], ...] = (),
        **roles: str,
    ) -> Statement:
        """``by``: the source; ``counts``: (number, unit, role[, bound]) of numbers that stand in the text as digits
        or as words; ``times``: (words, type, value); ``does``: the predicate; ``agent=``, ``patient=``: named
        participants."""
        begin = len(self.text) + (1 if self.text else 0)
        self.text = f"{self.text} {text}" if self.text else text
        span = (begin, begin + len(text))
        chain = (self._row(by, kind, stance, span),) if by else ()
        known = self.desk.entities.get((by or "").lower())
        root = (
            Root(by, known.id if known else None, kind) if by else Root(self.agency or self.publisher, None, "outlet")
        )
        statement = Statement(
            id=f"{self.id}-{len(self.statements):03}",
            article=self.id,
            span=span,
            text=text,
            content=(span,),
            attribution=chain,
            root=root,
            quote=Quote("none"),
            polarity=polarity,
            certainty="certain",
            reality=reality,
            times=tuple(_timex(text, begin, *time) for time in times),
            event_time=Period(day, day, "stated") if day else None,
            quantities=tuple(_quantity(_place(text, count[0], begin), *count) for count in counts),
            mentions=tuple(self._mentions(text, begin)),
            frame=_frame(text, span, does, roles),
        )
        self.statements.append(statement)
        return statement

    def _row(self, by: str, kind: Any, stance: Any, span: tuple[int, int]) -> Attribution:
        known = self.desk.entities.get(by.lower())
        key = f"a-{self.id}-{len(self.statements)}"
        relay = kind in ("agency", "outlet")
        return Attribution(key, by, kind, known.id if known else None, None, None, "say", (span,), stance, relay=relay)

    def _mentions(self, text: str, begin: int) -> list[Mention]:
        return [
            Mention(entity.id, (begin + found.start(), begin + found.end()))
            for entity in self.desk.entities.values()
            for found in re.finditer(re.escape(entity.name), text)
        ]


WORDS = dict(enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]))


def _place(text: str, number: float, begin: int) -> tuple[int, int]:
    """Where the number stands, as digits or as a word."""
    spelt = "|".join(filter(None, [f"{number:,}", WORDS.get(int(number))]))
    found = re.search(rf"\b({spelt})\b", text, re.I)
    assert found, f"{number} does not stand in {text!r}"
    return begin + found.start(), begin + found.end()


def _quantity(
    span: tuple[int, int], number: float, unit: str | None, role: str | None = None, bound: Any = "exact"
) -> Quantity:
    high = None if bound == "at_least" else number
    return Quantity(span, number, high, bound, unit, role=role)


def _timex(text: str, begin: int, words: str, kind: Any, value: str) -> Timex:
    place = begin + text.index(words)
    day = value if kind == "DATE" else None
    return Timex((place, place + len(words)), kind, value, day, day)


def _frame(text: str, span: tuple[int, int], does: str, roles: dict[str, str]) -> Frame:
    terms = tuple(dict.fromkeys(w for w in re.findall(r"[a-z-]+", text.lower()) if w not in _SMALL))
    arguments = tuple(Argument(role, name.lower(), span, entity=name.lower()) for role, name in roles.items())  # type: ignore[arg-type]
    return Frame(does, span, arguments, terms)


def claim_of(story: Story, statement: Statement) -> Claim:
    """The claim that holds a statement."""
    return next(claim for claim in story.claims if statement.id in claim.statements)


def between(story: Story, a: Statement, b: Statement) -> list[Conflict]:
    """The conflicts in which both statements stand, in different readings."""
    return [
        conflict
        for conflict in story.conflicts
        if {a.id, b.id} <= {s for r in conflict.readings for s in r.statements}
        and not any({a.id, b.id} <= set(r.statements) for r in conflict.readings)
    ]
