"""An edition with everything looked up and put into words, for whoever shows it: Markdown, summary or page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from variorum.model import (
    Article,
    Claim,
    ClaimStatus,
    Conflict,
    Credit,
    CreditPlace,
    Edition,
    Entity,
    Location,
    Origin,
    Relation,
    Stamp,
    Statement,
    Story,
    TimelineEntry,
)
from variorum.text.normalise import flat_markup, squeeze

STATUS: Final[dict[ClaimStatus, tuple[str, str, str]]] = {
    "corroborated": ("Corroborated", "●", "two independent sources or newsrooms at least"),
    "disputed": ("Disputed", "◆", "another claim contradicts it"),
    "denied": ("Denied", "✕", "somebody denies it"),
    "single_origin": ("Single origin", "○", "one source stands behind it"),
    "planned": ("Planned", "▷", "announced, not yet told as done"),
    "superseded": ("Superseded", "↺", "a later state of it is reported"),
    "unclear": ("Unclear", "?", "nothing settles it"),
}
RELATION: Final[dict[Relation, tuple[str, str]]] = {
    "contradiction": ("Contradiction", "≠"),
    "update": ("Update", "→"),
    "rounding": ("Rounding", "≈"),
    "different_scope": ("Different scope", "⊂"),
}
_COVERING: Final[frozenset[CreditPlace]] = frozenset({"byline", "dateline", "credit", "lead"})
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Characters that a terminal or a browser obeys instead of showing: controls and changes of writing direction.
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Wording:
    """What the records of an ``edition`` say, in words; articles are numbered from 1 in the edition's order."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.articles = {a.id: a for a in edition.articles}
        self.numbers = {a.id: n for n, a in enumerate(edition.articles, 1)}
        self.statements = {s.id: s for s in edition.statements}
        self.entities = {e.id: e for e in edition.entities}
        self.origins = {o.id: o for o in edition.lineage.origins}
        self.claims = {c.id: c for story in edition.stories for c in story.claims}

    def origins_of(self, articles: Iterable[str]) -> list[Origin]:
        """The origins that any of ``articles`` stems from."""
        wanted = frozenset(articles)
        return [o for o in self.edition.lineage.origins if wanted.intersection(o.articles)]

    def said(self, ids: Iterable[str]) -> list[Statement]:
        """The statements that are there, the earliest report first."""
        found = [self.statements[i] for i in ids if i in self.statements]
        return sorted(found, key=lambda s: (self._published(s.article), self.numbers.get(s.article, 0), s.span))

    def _published(self, article: str) -> str:
        stamp = self.articles[article].published if article in self.articles else None
        return stamp.value if stamp else "9999"

    def outlet(self, article: str) -> str:
        """What to call an article's publisher."""
        record = self.articles.get(article)
        return visible(record.publisher or record.source.rsplit("/", 1)[-1]) if record else article

    def chain(self, statement: Statement) -> list[str]:
        """Who passed it on, from the publisher to the root source, neighbours of one name once."""
        names = [self.outlet(statement.article)]
        if not statement.attribution or statement.attribution[0].kind != "agency":
            names += self._agency(statement.article)
        names += [visible(a.name) for a in statement.attribution]
        if statement.root.name and not statement.attribution:
            names.append(visible(statement.root.name))
        return [n for i, n in enumerate(names) if n and (i == 0 or n.casefold() != names[i - 1].casefold())]

    def _agency(self, article: str) -> list[str]:
        """The agency whose report the whole article is, by what it credits at its head or foot."""
        record = self.articles.get(article)
        credit = credited(record) if record else None
        return [visible(credit.agency)] if credit else []

    def words(self, place: Location) -> str:
        """The exact words at ``place``."""
        record = self.articles.get(place.article)
        return visible(record.text[place.span[0] : place.span[1]]) if record else ""

    @cached_property
    def copied(self) -> dict[str, str]:
        """For each article that copies, excerpts or rewrites another text, that text in words."""
        found: dict[str, str] = {}
        for link in self.edition.lineage.links:
            if link.kind in {"copy", "excerpt", "rewrite"}:
                found.setdefault(
                    link.child, f"{link.kind} of {self.parent(link.parent)}, {percent(link.share_of_child)}"
                )
        return found

    def parent(self, identity: str) -> str:
        """An article or origin as the parent of a link, in words."""
        if identity in self.articles:
            return f"[{self.numbers[identity]}] {self.outlet(identity)}"
        return visible(self.origins[identity].label) if identity in self.origins else identity

    def speakers(self) -> list[tuple[Entity, list[Statement]]]:
        """Named sources with what they said, those of most statements first."""
        found: dict[str, list[Statement]] = {}
        for statement in self.edition.statements:
            inner = statement.attribution[-1].entity if statement.attribution else None
            if inner in self.entities:
                found.setdefault(inner, []).append(statement)
        rows = [(self.entities[i], said) for i, said in found.items()]
        return sorted(rows, key=lambda row: (-len(row[1]), row[0].name))

    def status(self, story: Story, entry: TimelineEntry) -> ClaimStatus | None:
        """The status of the first claim behind a timeline entry."""
        return self.claims[entry.claims[0]].status if entry.claims and entry.claims[0] in self.claims else None


def credited(article: Article) -> Credit | None:
    """The credit that covers the whole report: in byline, dateline, credit line or lead."""
    return next((c for c in article.credits if c.place in _COVERING), None)


def visible(text: str) -> str:
    """The text with every control and change of direction written out, so that none of them can act."""
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text)


def line(text: str) -> str:
    """Words of an article on one line, without leftover markup."""
    return visible(squeeze(flat_markup(text)))


def clause(text: str) -> str:
    """As `line`, with dots where the words begin or end inside a sentence."""
    words = line(text)
    before = "… " if words[:1].islower() else ""
    after = "" if words.rstrip("\"'”’»)")[-1:] in {"", ".", "!", "?", "…"} else " …"
    return before + words + after


def shortened(text: str, most: int) -> str:
    """At most ``most`` characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"


def count(number: int, noun: str) -> str:
    """``1 root``, ``2 roots``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def span_of(pair: tuple[int, int]) -> str:
    """A range: ``2`` or ``2–3``."""
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}–{pair[1]}"


def ranged(pair: tuple[int, int], noun: str) -> str:
    """``1 newsroom``, ``2–3 newsrooms``."""
    return f"{span_of(pair)} {noun}{'' if pair == (1, 1) else 's'}"


def support(claim: Claim) -> str:
    """How many stand behind it."""
    rooms, roots = ranged(claim.support.newsrooms, "newsroom"), ranged(claim.support.roots, "root")
    return f"{rooms}, {roots}, {count(claim.support.articles, 'article')}"


def percent(share: float) -> str:
    """``93%``; never 100 for less than all of it."""
    return f"{100 if share >= 1 else min(99, round(100 * share))}%"


def day(value: str | None) -> str:
    """An ISO date as a reader writes it: ``5 Mar 2031``, ``5 Mar 2031, 09:40``, ``Mar 2031``."""
    if not value:
        return "undated"
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d))?)?)?", value)
    if not match or not 1 <= int(match[2] or 1) <= 12:
        return value
    parts = [str(int(match[3])) if match[3] else "", _MONTHS[int(match[2]) - 1] if match[2] else "", match[1]]
    return " ".join(p for p in parts if p) + (f", {match[4]}" if match[4] else "")


def period(begin: str | None, end: str | None) -> str:
    """One date or two, the second as short as it can be."""
    if not begin or not end or begin == end:
        return day(begin or end)
    if (begin[4:], end[4:]) == ("-01-01", "-12-31"):
        return begin[:4] if begin[:4] == end[:4] else f"{begin[:4]}–{end[:4]}"
    if begin[:7] == end[:7] and "T" not in begin + end and len(begin) == len(end) == 10:
        if begin[8:] == "01" and int(end[8:]) >= 28:
            return day(begin[:7])
        return f"{int(begin[8:])}–{day(end)}"
    return f"{day(begin)} – {day(end)}"


def dated(stamp: Stamp | None) -> str:
    """A date of an article, with how it is known where it does not simply stand there."""
    if stamp is None:
        return "undated"
    return day(stamp.value) + (" (inferred)" if stamp.basis == "inferred" else "")


def readings(conflict: Conflict) -> str:
    """The values that stand against each other."""
    mark = RELATION[conflict.relation][1]
    return f" {mark} ".join(visible(r.value) for r in conflict.readings)


def newest_first(claims: Iterable[Claim]) -> list[Claim]:
    """The claims as a ledger opens them: what is contested or confirmed before what stands alone, then by support."""
    order: dict[ClaimStatus, int] = {
        "corroborated": 0, "disputed": 0, "denied": 0, "single_origin": 1, "planned": 1, "unclear": 2, "superseded": 3,
    }  # fmt: skip

    def weight(claim: Claim) -> tuple[int, int, int, int, str, str]:
        backing = claim.support
        strength = (-backing.roots[0], -backing.newsrooms[0], -backing.articles)
        return order[claim.status], *strength, claim.first_reported or "9", claim.id

    return sorted(claims, key=weight)
