"""The edition as one page that works from a disk: no request, no foreign code, readable without its script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Protocol

from variorum.edition import wording as words
from variorum.edition.atlas import Told, draw_map, places_of
from variorum.edition.beside import Excerpts, excerpts
from variorum.edition.drawing import copy_tree, event_line
from variorum.edition.marks import Mark, Part, parts
from variorum.edition.web import code_hash, environment, template
from variorum.edition.wording import Wording
from variorum.model import Article, Claim, Edition, Link, Location, Quantity, Span, Statement, Story, Timex

_MOST: Final = 3


#: How many rows of a section a served page holds at a time. All sections full stay under 300 kB.
TURNS: Final = {
    "conflicts": 8, "claims": 24, "timeline": 24, "places": 20, "copies": 16, "origins": 60, "articles": 40,
    "people": 12, "names": 80,
}  # fmt: skip


class Desk(Protocol):
    """Where a page that is served leads beyond itself. It holds no texts, and a few rows of each section at a time."""

    def leaf(self, section: str) -> int:
        """Which part of a section is asked for, from 0."""
        ...

    def turned(self, section: str, leaf: int) -> str:
        """The same page with another part of a section."""
        ...

    def told_by(self, words: str) -> str:
        """All claims in which words stand, or that are told by somebody of a name."""
        ...

    def article(self, article: str) -> str:
        """The page of an article."""
        ...

    def about_story(self) -> str:
        """Where it is decided what belongs to the story, and which names are one."""
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


def shown(edition: Edition, desk: Desk | None = None, sought: Location | None = None) -> dict[str, Any]:
    """What the template of an edition is filled with; ``desk`` for a page that is served. The words at ``sought`` can
    be linked to, whatever was found there."""
    wording = Wording(edition)
    return {
        "edition": edition,
        "w": wording,
        "sections": _Sections(wording, desk, sought),
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


@dataclass(frozen=True, slots=True)
class Turn:
    """Some rows of a section, from number ``first`` (from 0) of ``total``; where the rows before and after them are."""

    rows: Sequence[Any]
    first: int
    total: int
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Copied:
    """A passage that an article took from another text, ``parent`` in words."""

    span: Span
    kind: str
    parent: str
    link: Link


class _Sections:
    """What the template asks for beyond single records."""

    def __init__(self, wording: Wording, desk: Desk | None = None, sought: Location | None = None) -> None:
        self._wording = wording
        self._desk = desk
        self.inline = desk is None  # the texts stand on the page
        #: How many of those who say a thing are listed; all, where the page stands alone.
        self.most = None if self.inline else _MOST
        self._cited: dict[str, list[Span]] = {sought.article: [sought.span]} if sought else {}
        for story in wording.edition.stories:
            for sentence in story.brief:
                for place in sentence.citations:
                    self._cited.setdefault(place.article, []).append(place.span)
        self._said: dict[str, list[Statement]] = {}
        for statement in wording.edition.statements:
            self._said.setdefault(statement.article, []).append(statement)
        self._places_of: dict[str, tuple[list[Told], list[Told]]] = {}
        self._status = {s: claim for claim in wording.claims.values() for s in claim.statements}

    @cached_property
    def passages(self) -> dict[Link, Excerpts]:
        """For each link between two articles the passages it rests on, as far as there is room. Where the texts do not
        stand on the page, one of their own compares them."""
        links = self._wording.edition.lineage.links if self.inline else ()
        return dict(excerpts(links, self._wording.articles))

    def turn(self, section: str, rows: Sequence[Any]) -> Turn:
        """The rows of a section that this page holds."""
        if self._desk is None:
            return Turn(rows, 0, len(rows))
        most = TURNS[section]
        leaf = min(self._desk.leaf(section), max(0, len(rows) - 1) // most)
        before = self._desk.turned(section, leaf - 1) if leaf else None
        after = self._desk.turned(section, leaf + 1) if (leaf + 1) * most < len(rows) else None
        return Turn(rows[leaf * most : (leaf + 1) * most], leaf * most, len(rows), before, after)

    def about(self, claim: str) -> str:
        """Where a claim stands: here, or in another part of its section."""
        if self._desk is None:
            return f"#{claim}"
        leaf = self._places.get(claim, 0) // TURNS["claims"]
        here = min(self._desk.leaf("claims"), max(0, len(self._places) - 1) // TURNS["claims"])
        return f"#{claim}" if leaf == here else f"{self._desk.turned('claims', leaf)}#{claim}"

    @cached_property
    def _places(self) -> dict[str, int]:
        return {c.id: n for story in self._wording.edition.stories for n, c in enumerate(words.ledger(story.claims))}

    def home(self, number: int) -> str:
        """Where an article stands: on this page, or on its own."""
        if self._desk is None or number in self._numbers_here:
            return f"#a{number}"
        return self._desk.article(self._wording.edition.articles[number - 1].id)

    @cached_property
    def _numbers_here(self) -> frozenset[int]:
        held = self.turn("articles", self._wording.edition.articles)
        return frozenset(range(held.first + 1, held.first + len(held.rows) + 1))

    def href(self, article: str, span: Span) -> str:
        """Where words can be read: on this page, or on that of their article."""
        place = f"-{span[0]}-{span[1]}"
        if self._desk is not None:  # where it is the only one
            return f"{self._desk.article(article)}#a1{place}"
        return f"#a{self._wording.numbers.get(article, 0)}{place}"

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
        marks += [
            Mark(c.span, "copied", f"{c.kind} of {c.parent}", c.span not in notes) for c in self.copied(article.id)
        ]
        return marks + [
            Mark(span, "statement" if said else "citation", "\n".join(said), True) for span, said in notes.items()
        ]

    def copied(self, article: str) -> list[Copied]:
        """The passages of an article that it took from others, in order; of one span the surest parent first."""
        found = [
            Copied(passage.child, link.kind, self._wording.parent(link.parent), link)
            for link in self._links_to.get(article, ())
            for passage in link.passages
        ]
        return sorted(found, key=lambda c: (c.span, -c.link.confidence))

    @cached_property
    def _links_to(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self._wording.edition.lineage.links:
            found.setdefault(link.child, []).append(link)
        return found

    def found_in(self, statement: Statement) -> list[str]:
        """What the words of a statement hold beside what they say: a quote, times, numbers."""
        quote = [f"{statement.quote.kind} quote"] if statement.quote.spans else []
        return [*quote, *map(_time_note, statement.times), *map(_quantity_note, statement.quantities)]

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

    def tree(self, story: Story, links: Sequence[Link], width: int, gutter: int) -> object:
        """The copy tree of some links, drawn for a page of ``width``."""
        return copy_tree(self._wording, story, width, gutter, links)

    def places(self, story: Story) -> tuple[list[Told], list[Told]]:
        """The places of a story that can be told, and those that cannot."""
        if story.id not in self._places_of:
            self._places_of[story.id] = places_of(self._wording, story)
        return self._places_of[story.id]

    def map(self, told: Sequence[Told], width: int, height: int) -> object:
        """Some of them on a map."""
        return draw_map(told, width, height)

    def line(self, story: Story, turn: Turn, width: int) -> object:
        """The line of some events, drawn for a page of ``width``."""
        return event_line(self._wording, replace(story, timeline=tuple(turn.rows)), width, turn.first + 1)


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
