"""An edition with everything looked up and put into words, for whoever shows it: Markdown, summary or page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final
from urllib.parse import quote

from variorum.model import (
    Article,
    Claim,
    ClaimStatus,
    Conflict,
    CreditPlace,
    Edition,
    Entity,
    Lineage,
    Link,
    Location,
    Origin,
    Relation,
    Role,
    Span,
    Stamp,
    Statement,
    Story,
    TimelineEntry,
)
from variorum.text.agencies import is_partial
from variorum.text.normalise import flat_markup, fold, squeeze
from variorum.text.stamps import earlier, interval

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
_LABEL_TAIL: Final = re.compile(r" (?:dispatch|report)$")  # what an origin's label adds to the agency's name
_ARTICLE: Final = re.compile(r"^the (?:number of )?(?=\S)")
_FIGURE: Final = re.compile(r"(?:(?:about|at least|at most|over|under) )?\d[\d.,]*(?<![.,])%?")
_FIGURES: Final = 7  # in a title
_HEADLINE: Final = 76  # characters
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Characters that a terminal or a browser obeys instead of showing: controls and changes of writing direction.
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: Stands for each character that an edition without full texts leaves out; the setting says that it is one.
MASK: Final = "▒"
WITHOUT_TEXTS: Final = ("texts", "quoted words only")
LEFT_OUT: Final = "Without the full texts: […] stands for words of the reports that are left out."
_MASKED: Final = re.compile(rf"{MASK}(?:[{MASK}\s]*{MASK})?")


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
        self.without_texts = is_without_texts(edition)

    def told(self, claim: Claim) -> str:
        """The words of a claim. Of several that are told by one sentence, the one that it says most of keeps the
        sentence, and the others have the words of their own clause."""
        own = self._clauses.get(claim.id)
        return own if own is not None else claim.text

    @cached_property
    def _clauses(self) -> dict[str, str]:
        """By claim, for those whose text is another's too, what the clause asserts."""
        found: dict[str, str] = {}
        for story in self.edition.stories if not self.without_texts else ():
            sharing: dict[str, list[tuple[Statement, Claim]]] = {}
            for claim in story.claims:
                first = next((s for s in self.said(claim.statements) if s.text == claim.text), None)
                if first is not None and first.article in self.articles:
                    sharing.setdefault(claim.text, []).append((first, claim))
            for told in sharing.values():
                whole = max(told, key=lambda t: (_extent(t[0]), t[0].polarity == "negated", t[1].id))
                for statement, claim in told:
                    text = self.articles[statement.article].text
                    if claim is not whole[1]:
                        found[claim.id] = " … ".join(text[begin:end] for begin, end in statement.content)
        return found

    @cached_property
    def home(self) -> dict[str, Origin]:
        """For each article the one origin that it counts under: the agency that it rests on, else the source of most
        of its words."""

        def weight(origin: Origin, article: str) -> tuple[bool, int]:
            words = sum(p.span[1] - p.span[0] for p in origin.passages if p.article == article)
            return origin.kind == "agency", words

        found: dict[str, Origin] = {}
        for origin in self.edition.lineage.origins:
            for article in origin.articles:
                if article not in found or weight(origin, article) > weight(found[article], article):
                    found[article] = origin
        return found

    def origins_of(self, articles: Iterable[str]) -> list[Origin]:
        """The origins that ``articles`` count under."""
        wanted = {self.home[a].id for a in articles if a in self.home}
        return [o for o in self.edition.lineage.origins if o.id in wanted]

    def origin(self, statement: Statement) -> Origin | None:
        """Where its words come from: the origin of at least half of them, else that of its article."""
        return self._agencies.origin(statement) or self.home.get(statement.article)

    def related(self, story: Story) -> list[tuple[int, Story]]:
        """The stories of the same affair, each with its number in the edition, from 1, the surest first."""
        numbered = {other.id: (n, other) for n, other in enumerate(self.edition.stories, 1)}
        pairs = (pair.stories for pair in self.edition.affairs if story.id in pair.stories)
        return [numbered[i] for pair in pairs for i in pair if i != story.id and i in numbered]

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
        return visible(record.publisher or f"unnamed outlet ({basename(record.source)})") if record else article

    def outlets(self, statements: Iterable[Statement]) -> str:
        """Where ``statements`` stand, each outlet once."""
        return ", ".join(
            dict.fromkeys(f"[{self.numbers.get(s.article, '?')}] {self.outlet(s.article)}" for s in statements)
        )

    def chain(self, statement: Statement) -> list[str]:
        """Who passed it on, from the publisher to the root source, neighbours of one name once; a publisher that tells
        it as its own does not stand at the end again."""
        names = [self.outlet(statement.article)]
        if not statement.attribution or statement.attribution[0].kind != "agency":
            names += [visible(agency)] if (agency := self._agencies.of(statement)) else []
        names += [visible(a.name) for a in statement.attribution]
        if statement.root.name and not (statement.attribution or _one_name(names[0], visible(statement.root.name))):
            names.append(visible(statement.root.name))
        return [n for i, n in enumerate(names) if n and (i == 0 or not _one_name(names[i - 1], n))]

    @cached_property
    def _agencies(self) -> Agencies:
        return Agencies(self.edition.articles, self.edition.lineage)

    def live(self, place: Location) -> str | None:
        """The address that opens an article's page on the web at the words of ``place``; None without one."""
        article = self.articles.get(place.article)
        return live_address(article.canonical_url or article.url, self.words(place)) if article else None

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
                words = f"{link.kind} of {self.parent(link.parent)}, {percent(link.share_of_child)}"
                found.setdefault(link.child, words + self._against_dates(link))
        return found

    def _against_dates(self, link: Link) -> str:
        """That the pages' own dates say otherwise: the words are held to be surer, for pages are dated anew."""
        parent, child = (self.articles.get(i) for i in (link.parent, link.child))
        stamps = [a.published for a in (parent, child) if a and a.published and a.published.basis != "inferred"]
        times = [time for time in map(interval, stamps) if time is not None]
        return ", though dated earlier" if len(times) == 2 and earlier(times[1], times[0]) == 1 else ""

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


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one, or the one is the other's initials.

    >>> _one_name("CW", "Coast Wire"), _one_name("CW", "Coast Watch Orr")
    (True, False)
    """
    initials = "".join(word[0] for word in other.split() if word[0].isupper())
    return one.casefold() == other.casefold() or (len(initials) > 1 and one == initials)


class Agencies:
    """The agency whose report a statement is, by the words that stem from it and by credits that cover the report. A
    credit in the lead covers only what the report says on no other authority."""

    def __init__(self, articles: Iterable[Article], lineage: Lineage) -> None:
        self._articles = {a.id: a for a in articles}
        self._origins: dict[str, list[tuple[Span, Origin]]] = {}
        for origin in lineage.origins:
            for place in origin.passages:
                self._origins.setdefault(place.article, []).append((place.span, origin))

    def of(self, statement: Statement) -> str | None:
        """Its name, as the article credits it; None if the report is the outlet's own."""
        article = self._articles.get(statement.article)
        if article is None:
            return None
        origin = self.origin(statement)
        covering = [c for c in article.credits if c.place in _COVERING and not is_partial(article, c)]
        if origin is not None and origin.kind == "agency":
            label = _LABEL_TAIL.sub("", origin.label)
            return next((c.agency for c in covering if c.agency == label), label)
        lead = next((c for c in covering if c.place == "lead"), None)
        whole = next((c for c in covering if c.place != "lead"), None)
        if whole is not None and (origin is None or not origin.in_collection or lead is None):
            return None if origin is not None and origin.kind == "newsroom" else whole.agency
        return lead.agency if lead and not statement.attribution else None

    def origin(self, statement: Statement) -> Origin | None:
        """The origin of at least half of its words; None where no passage tells."""
        begin, end = statement.span
        for span, origin in self._origins.get(statement.article, ()):
            if 2 * (min(span[1], end) - max(span[0], begin)) >= end - begin:
                return origin
        return None


def is_without_texts(edition: Edition) -> bool:
    """Whether it holds quotes and anchors only."""
    return WITHOUT_TEXTS in edition.producer.settings.items()


_WEB: Final = re.compile(r"(?i)https?://[^\s<>\"{}|\\^`\x00-\x20()]+")
_WHOLE, _ENDS = 12, 5  # words: a text fragment gives a quote up to so many as it is, of a longer one those at its ends


def live_address(url: str | None, words: str) -> str | None:
    """``url`` with a text fragment, which browsers scroll to and mark; None where either cannot be told to a browser.
    Source: URL Fragment Text Directives, W3C Community Group, ``#:~:text=start,end``."""
    given = words.split()
    if not url or not _WEB.fullmatch(url) or not given or MASK in words:
        return None
    ends = [given] if len(given) <= _WHOLE else [given[:_ENDS], given[-_ENDS:]]
    told = (quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={','.join(told)}"


def basename(source: str) -> str:
    """The last part of where something was read from; the folders before it are those of somebody's disk."""
    path, mark, inner = source.partition("#")
    return (re.split(r"[/\\]", path.rstrip("/\\"))[-1] or path) + mark + inner


def visible(text: str) -> str:
    """The text with every control and change of direction written out, so that none of them can act, and with words
    left out told as such."""
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", elided(text))


def elided(text: str) -> str:
    """The text with ``[…]`` for each stretch of masked characters."""
    return squeeze(_MASKED.sub(" […] ", text)) if MASK in text else text


def line(text: str) -> str:
    """Words of an article on one line, without leftover markup."""
    return visible(squeeze(flat_markup(text)))


def _extent(statement: Statement) -> int:
    """How much a statement asserts, in characters."""
    return sum(end - begin for begin, end in statement.content)


def clause(text: str) -> str:
    """As `line`, with dots where the words begin or end inside a sentence."""
    words = line(text)
    before = "… " if words[:1].islower() else ""
    after = "" if words.endswith("[…]") or words.rstrip("\"'”’»)")[-1:] in {"", ".", "!", "?", "…"} else " …"
    return _paired(before + words + after)


def _paired(text: str) -> str:
    """The text with the quotation mark added that stands outside it, so that no quotation is left open."""
    for opening, closing in (("“", "”"), ('"', '"')):
        if opening != closing:
            left, right = text.count(opening), text.count(closing)
            text = text + closing * (left == right + 1) if left > right else opening * (right == left + 1) + text
        elif text.count(opening) % 2:
            at = text.rindex(opening)
            opens = at == 0 or text[at - 1].isspace() or text[at - 1] in "(["
            text = text + closing if opens else opening + text
    return text


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


def headline(conflict: Conflict) -> str:
    """What a conflict is about, as a short title, with its figures: "Range class of the missile", "People killed:
    2 → 5"."""
    words = _ARTICLE.sub("", line(conflict.about)).strip(" .,;:…")
    words = shortened(words[:1].upper() + words[1:], _HEADLINE)
    figures = [_FIGURE.match(line(r.value)) for r in conflict.readings] if conflict.kind == "quantity" else []
    if not figures or len(figures) > _FIGURES or not all(figures):
        return words
    return f"{words}: " + f" {RELATION[conflict.relation][1]} ".join(f[0] for f in figures if f)


def ranked(story: Story) -> list[Conflict]:
    """Contradictions first, then updates; the surest first."""
    order = list(RELATION)
    return sorted(story.conflicts, key=lambda c: (order.index(c.relation), -c.confidence, c.id))


def spellings(entity: Entity) -> list[str]:
    """The other names of ``entity``, without those that only leave out words of its name."""
    known = frozenset(fold(entity.name).split())
    return [alias for alias in entity.aliases if not known.issuperset(fold(alias).split())]


def known_of(entity: Entity) -> str:
    """What a reader may want beside a name: a person's offices with their dates, a town's country and coordinates."""
    if entity.place is not None and entity.place.kind == "city":
        place = entity.place
        return f"{place.country} {place.latitude:.2f}, {place.longitude:.2f}"
    return "; ".join(map(_office, entity.roles))


def _office(role: Role) -> str:
    words = [*([role.state] if role.state != "current" else []), line(role.title)]
    country = f", {role.country}" if role.country else ""
    dates = f" ({period(role.first_reported, role.last_reported)})" if role.first_reported else ""
    return " ".join(words) + country + dates


def by_words(statements: list[Statement]) -> list[list[Statement]]:
    """Statements in groups of the same words said in the same way, in the order of the first of each."""
    groups: dict[tuple[str, tuple[str, ...]], list[Statement]] = {}
    for statement in statements:
        groups.setdefault((fold(line(statement.text)), tuple(flags(statement))), []).append(statement)
    return list(groups.values())


def flags(statement: Statement) -> list[str]:
    """How a statement says what it says, where that is not the plain case."""
    said: list[str] = [statement.reality] if statement.reality in {"planned", "conditional"} else []
    said += ["negated"] if statement.polarity == "negated" else []
    said += [statement.certainty] if statement.certainty in {"probable", "possible"} else []
    said += [a.stance for a in statement.attribution[-1:] if a.stance != "report"]
    return said


def ledger(claims: Iterable[Claim]) -> list[Claim]:
    """The claims as a ledger opens them: what is contested, then what is confirmed by the newsrooms that tell it, then
    the rest by its support."""
    order: dict[ClaimStatus, int] = {
        "denied": 0, "disputed": 0, "corroborated": 1, "single_origin": 2, "planned": 2, "unclear": 3, "superseded": 4,
    }  # fmt: skip

    def weight(claim: Claim) -> tuple[int, int, int, int, str, str]:
        backing = claim.support
        strength = (-backing.newsrooms[0], -backing.roots[0], -backing.articles)
        return order[claim.status], *strength, claim.first_reported or "9", claim.id

    return sorted(claims, key=weight)


def is_minor(claim: Claim) -> bool:
    """Whether a ledger may fold it away: one article's statement that nobody contests, confirms or plans."""
    return len(claim.statements) < 2 and claim.status in {"single_origin", "unclear"} and not claim.denied_by
