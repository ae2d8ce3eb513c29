"""The edition as one page that works from a disk: no request, no foreign code, readable without its script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

from variorum.edition import wording as words
from variorum.edition.beside import Excerpts, excerpts
from variorum.edition.drawing import copy_tree, event_line
from variorum.edition.marks import Mark, Part, parts
from variorum.edition.web import code_hash, environment, template
from variorum.edition.wording import Wording
from variorum.model import Article, Claim, Edition, Link, Quantity, Span, Statement, Story, Timex

_MOST: Final = 3


class Desk(Protocol):
    """Where a page that is served leads beyond itself."""

    @property
    def inline(self) -> bool:
        """Whether the texts stand on the page; else links lead to a page of each article."""
        ...

    def article(self, article: str) -> str:
        """The page of an article."""
        ...

    def about_claim(self, claim: str) -> str:
        """Where a claim is decided."""
        ...

    def about_link(self, parent: str, child: str) -> str:
        """Where it is decided who copied whom."""
        ...

    def beside(self, one: str, other: str) -> str:
        """The page that compares two articles."""
        ...


def to_html(edition: Edition) -> str:
    """The page. Texts of articles are only ever shown: everything is escaped, and the page's own policy forbids all
    code but its one script, named by hash."""
    style, script = template("page.css"), template("page.js")
    return environment().get_template("page.html.j2").render(
        style=style,
        script=script,
        style_hash=code_hash(style),
        script_hash=code_hash(script),
        **shown(edition),
    )  # fmt: skip


def shown(edition: Edition, desk: Desk | None = None) -> dict[str, Any]:
    """What the template of an edition is filled with; ``desk`` for a page that is served."""
    wording = Wording(edition)
    return {
        "edition": edition,
        "w": wording,
        "sections": _Sections(wording, desk),
        "desk": desk,
        "statuses": words.STATUS,
        "relations": words.RELATION,
        "left_out": words.LEFT_OUT,
    }


@dataclass(frozen=True, slots=True)
class Cell:
    """An article in the bar of the masthead, and whether a new origin begins with it."""

    number: int
    origin: int


class _Sections:
    """What the template asks for beyond single records."""

    def __init__(self, wording: Wording, desk: Desk | None = None) -> None:
        self._wording = wording
        self._desk = desk
        self.inline = desk is None or desk.inline
        #: How many of those who say a thing are listed; all, where the story is not long.
        self.most = None if self.inline else _MOST
        self._cited: dict[str, list[Span]] = {}
        for story in wording.edition.stories:
            for sentence in story.brief:
                for place in sentence.citations:
                    self._cited.setdefault(place.article, []).append(place.span)
        self._said: dict[str, list[Statement]] = {}
        for statement in wording.edition.statements:
            self._said.setdefault(statement.article, []).append(statement)
        #: For each link between two articles the passages it rests on, as far as there is room.
        shown = wording.edition.lineage.links if self.inline else ()  # else a page of their own compares them
        self.passages: dict[Link, Excerpts] = dict(excerpts(shown, wording.articles))
        self._status = {s: claim for claim in wording.claims.values() for s in claim.statements}

    def href(self, article: str, span: Span) -> str:
        """Where words can be read: on this page, or on that of their article."""
        place = f"#a{self._wording.numbers.get(article, 0)}-{span[0]}-{span[1]}"
        return place if self.inline or self._desk is None else self._desk.article(article) + place

    def bar(self) -> list[Cell]:
        """The articles, those that count under one origin together."""
        place = {origin.id: number for number, origin in enumerate(self._wording.edition.lineage.origins)}
        home = {article: place[origin.id] for article, origin in self._wording.home.items()}
        cells = [Cell(n, home.get(a, len(place) + n)) for a, n in self._wording.numbers.items()]
        return sorted(cells, key=lambda c: (c.origin, c.number))

    def parts(self, article: Article) -> list[Part]:
        """Its blocks with everything that was found in them marked."""
        return parts(article, self._marks(article))

    def _marks(self, article: Article) -> list[Mark]:
        notes: dict[Span, list[str]] = {span: [] for span in self._cited.get(article.id, ())}
        marks: list[Mark] = []
        for statement in self._said.get(article.id, ()):
            notes.setdefault(statement.span, []).append(self._note(statement))
            kind = f"{statement.quote.kind} quote: {statement.root.name or 'unknown'}"
            marks += [Mark(span, "quote", words.visible(kind)) for span in statement.quote.spans]
            marks += [Mark(t.span, "time", _time_note(t)) for t in statement.times]
            marks += [Mark(q.span, "quantity", _quantity_note(q)) for q in statement.quantities]
        return marks + [
            Mark(span, "statement" if said else "citation", "\n".join(said), True) for span, said in notes.items()
        ]

    def _note(self, statement: Statement) -> str:
        claim = self._status.get(statement.id)
        standing = f" · {words.STATUS[claim.status][0].lower()}, {words.support(claim)}" if claim else ""
        return " · ".join([" → ".join(self._wording.chain(statement)), *words.flags(statement)]) + standing

    def voices(self, statements: list[Statement]) -> list[str]:
        """The root sources of ``statements``, each once."""
        return list(dict.fromkeys(self._wording.chain(s)[-1] for s in statements))

    def standing(self, claims: tuple[str, ...]) -> list[Claim]:
        """For each status among ``claims`` the best supported one, what is contested first."""
        known = words.ledger(self._wording.claims[c] for c in claims if c in self._wording.claims)
        found: dict[str, Claim] = {}
        for claim in sorted(known, key=lambda c: c.status not in {"denied", "disputed"}):
            found.setdefault(claim.status, claim)
        return list(found.values())

    def tree(self, story: Story, width: int, gutter: int) -> object:
        """The copy tree, drawn for a page of ``width``."""
        return copy_tree(self._wording, story, width, gutter)

    def line(self, story: Story, width: int) -> object:
        """The line of events, drawn for a page of ``width``."""
        return event_line(self._wording, story, width)


def _time_note(time: Timex) -> str:
    anchor = f", seen from {words.day(time.anchor)}" if time.anchor else ""
    shown = words.period(time.begin, time.end) if time.begin or time.end else time.value
    return words.visible(f"time: {shown} ({time.value}){anchor}")


def _quantity_note(quantity: Quantity) -> str:
    low, high = (None if v is None else f"{v:,.10g}" for v in (quantity.low, quantity.high))
    value = low if low == high else f"{low or '?'} to {high or '?'}"
    bound = "" if quantity.bound == "exact" else quantity.bound.replace("_", " ") + " "
    value = (low or high or "?") if quantity.bound in {"at_least", "at_most"} else value
    unit = f" {quantity.unit}" if quantity.unit else ""
    role = f" ({quantity.role})" if quantity.role else ""
    return words.visible(f"quantity: {bound}{value}{unit}{role}")
