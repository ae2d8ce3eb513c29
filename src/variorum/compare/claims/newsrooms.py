"""Whose report a statement is: each as the newsrooms that it may be of, by copies, credits and the media that a report
names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from variorum.compare.claims.kindred import Kindred
from variorum.compare.claims.media import MediaNamed
from variorum.compare.claims.owners import houses, name_key
from variorum.compare.claims.recordings import spoken_of
from variorum.compare.claims.relays import ShortNames
from variorum.compare.claims.speakers import chief_sources, passes_on, unsure_speakers
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.order import is_later
from variorum.compare.facts.telling import listed
from variorum.compare.facts.vocabulary import words
from variorum.compare.facts.wishes import disowned
from variorum.model import Article, Attribution, Lineage, Link, Origin, Root, Span, Statement
from variorum.text.agencies import is_partial
from variorum.text.normalise import fold

#: A link less certain than this that carries less than half of an article, in words less alike, leaves open whether
#: they were taken.
_SURE_LINK: Final = 0.8
#: Where a credit stands that covers a whole report; in the body it covers its sentence, in a caption a picture.
_COVERING: Final = ("byline", "dateline", "credit", "lead")
#: From this share on, a report is mostly another's text.
_MOST: Final = 0.5
_AGENCY: Final = re.compile(r"\b(?:Agency|Newswire|Wire|Press|Bureau|Service)\Z", re.I)
#: How an article came by what its sentence puts down to another medium.
NAMED: Final = "named as the source"
#: Who may stand behind what a report tells as its own.
_ANSWERABLE: Final = ("person", "organisation")
_NONE: Final[frozenset[str]] = frozenset()
#: Statements at the head of a report that say whose news it is.
_HEAD: Final = 3
#: Who told it to whom, and so many letters a word has that may stand for a title.
_TOLD: Final = re.compile(
    r"\b(?:told|tells|telling|(?:spoke|speaking) to|interview with"
    r"|(?:report|article|interview|story|quoted|reported|published|cited) (?:by|in)) (?:the )?(?=(.{3,80}))"
)
_SHORT: Final = 4
#: Letters behind a statement in which the next sentence may say whose word it is.
_BEHIND: Final = 120
#: What an origin's label adds to the name of its newsroom.
_LABEL_TAIL: Final = re.compile(r" (?:dispatch|report)$")


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Whose report a statement is. ``keys`` holds more than one where that cannot be told; ``how`` says how the
    article came by it: "" on its own authority."""

    keys: frozenset[str]
    label: str
    how: str = ""


class Newsrooms:
    """Puts statements down to newsrooms: the medium that the sentence names as its source, else the origin of the
    words, else the agency that the lead credits for what the report says itself, else the publisher. Titles of one
    owner are one newsroom."""

    def __init__(
        self,
        articles: Sequence[Article],
        lineage: Lineage,
        owners: Sequence[tuple[str, str]] = (),
        statements: Iterable[Statement] = (),
        retold: frozenset[frozenset[str]] = frozenset(),
    ) -> None:
        self._articles = {article.id: article for article in articles}
        told = list(statements)
        self._before: dict[str, list[str]] = {}
        self.kindred = Kindred(articles, lineage.links, retold)
        self._house = houses(owners)
        self._house.update(_acronyms(articles, told, self._house))
        self._wires = frozenset(self.key(credit.agency) for article in articles for credit in article.credits)
        self._houses = {article.id: self._house_of(article) for article in articles}
        self._titles = frozenset(self.key(article.publisher) for article in articles if article.publisher)
        self._called = {
            fold(title).removeprefix("the "): title for title in sorted({a.publisher for a in articles if a.publisher})
        }
        self._short = ShortNames(self._called.values())
        self._links: dict[str, list[Link]] = {}
        for link in lineage.links:
            self._links.setdefault(link.child, []).append(link)
        self._origins: dict[str, list[tuple[Span, Origin]]] = {}
        for origin in lineage.origins:
            for place in origin.passages:
                self._origins.setdefault(place.article, []).append((place.span, origin))
        for places in self._origins.values():
            places.sort(key=lambda place: (place[0], place[1].id))
        self._heard = self._media_named(told)
        self.media = MediaNamed(articles, told, self.key)
        self._chiefs = chief_sources(told)
        self._unsure = unsure_speakers(told)
        self._recordings: dict[str, frozenset[str]] = {}
        self._cited: dict[str, dict[Root, Statement]] = {}
        for statement in told:
            if statement.root.kind in _ANSWERABLE and statement.attribution:
                self._cited.setdefault(statement.article, {}).setdefault(statement.root, statement)

    def cited(self, article: str) -> Mapping[Root, Statement]:
        """The bodies and persons whom a report, an earlier one of its newsroom, or one that it may be in other words,
        names as its sources, each with where it does so first."""
        found: dict[Root, Statement] = {}
        if article not in self._before:
            self._before[article] = self._of_its_house(article)
        for own in (*self._before[article], *(other.id for other in self.kindred.followed(article)), article):
            for root, statement in self._cited.get(own, {}).items():
                found.setdefault(root, statement)
        return found

    def recordings(self, article: str) -> frozenset[str]:
        """The kinds of recordings and writings, as keys of roots, of which a report speaks."""
        if article not in self._recordings:
            self._recordings[article] = spoken_of(self._articles[article].text)
        return self._recordings[article]

    def is_unsure(self, statement: Statement) -> bool:
        """Whether it cannot be told who said it."""
        return statement.id in self._unsure

    def chief(self, article: str) -> Root | None:
        """Who speaks in nearly all that a report puts down to anybody."""
        return self._chiefs.get(article)

    def _of_its_house(self, article: str) -> list[str]:
        """The reports of one newsroom, by publisher or agency, that are not known to be later."""
        here = self._articles[article]
        told, own = here.published.value if here.published else "", self._houses[article]
        return [
            other.id for other in self._articles.values()
            if other.id != article and not own.isdisjoint(self._houses[other.id])
            and not is_later(other.published.value if other.published else None, told)
        ]  # fmt: skip

    def _house_of(self, article: Article) -> frozenset[str]:
        wires = (c.agency for c in article.credits if c.place in _COVERING)
        return frozenset(self.key(name) for name in (article.publisher, *wires) if name)

    def _media_named(self, statements: Iterable[Statement]) -> dict[str, dict[str, str]]:
        """The outlets that each report names at its head as a source, by their keys, if they have a report here that
        is not known to be later."""
        published: dict[str, list[str]] = {}
        for article in self._articles.values():
            when = article.published.value if article.published else ""
            wires = (credit.agency for credit in article.credits if credit.place in _COVERING)
            for name in (article.publisher, *wires):
                if name:
                    published.setdefault(self.key(name), []).append(when)
        found: dict[str, dict[str, str]] = {}
        for statement in _at_the_head(statements):
            here = self._articles.get(statement.article)
            relay = self._relay(statement) if here else None
            if here is None or relay is None:
                continue
            key, told = self.key(relay), here.published.value if here.published else ""
            if any(not is_later(when, told) for when in published.get(key, ())):
                found.setdefault(here.id, {})[key] = relay
        return found

    def key(self, name: str) -> str:
        """One key for all titles and spellings of one house."""
        plain = name_key(name)
        return self._house.get(plain, plain)

    def of(self, statement: Statement) -> Newsroom:
        """The newsroom of one statement."""
        article = self._articles[statement.article]
        own = self._own(article)
        room = self._source_of(article, statement.span, own, hops=4)
        relay = self._relay(statement)
        if relay is not None and not (_short_for(relay, own.label) or _short_for(relay, room.label)):
            return Newsroom(frozenset({self.key(relay)}), relay, NAMED)
        if room.keys != own.keys:
            return self._taken(article, statement.span, room, own)
        return self._credited(article, statement) or self._after_others(article, own)

    def printed_by(self, statement: Statement) -> frozenset[str]:
        """The newsroom whose words they are, whatever medium they name as their source."""
        article = self._articles[statement.article]
        return self._source_of(article, statement.span, self._own(article), hops=4).keys

    def printing(self, statement: Statement) -> frozenset[str]:
        """The houses whose report it stands in: its publisher, and an agency that is credited for the whole."""
        return self._houses[statement.article]

    def is_taken(self, statement: Statement) -> bool:
        """Whether it is known from which report the words were taken."""
        return self._passage(self._articles[statement.article], statement.span) is not None

    def has_no_title(self, statement: Statement) -> bool:
        """Whether nobody says whose the report is: it may be the very one that another retells."""
        return not self._houses[statement.article]

    def is_disowned(self, statement: Statement) -> bool:
        """Whether the sentence behind it says whose word it is: "Five dead. That is what the police say." """
        text = self._articles[statement.article].text
        return disowned(text[statement.span[1] : statement.span[1] + _BEHIND])

    def is_own(self, statement: Statement, name: str) -> bool:
        """Whether a report names its own outlet."""
        return _short_for(name, self._own(self._articles[statement.article]).label)

    def publishes(self, name: str) -> bool:
        """Whether a body is known here as one whose reports are printed."""
        return self.key(name) in self._wires | self._titles

    def _relay(self, statement: Statement) -> str | None:
        """The medium that the sentence itself names as the one who passes it on, the outermost."""
        own = self._own(self._articles[statement.article]).label
        for row in statement.attribution:
            known = row.kind == "agency" or (row.kind == "outlet" and row.relay) or self._is_medium(row)
            if known and row.name:
                return row.name
        return self._told_to(statement, own) if statement.attribution else None

    def _is_medium(self, row: Attribution) -> bool:
        """Whether a name that may be read as any body's or person's is that of a medium here."""
        if row.kind not in ("organisation", "person") or not row.name:
            return False
        key = self.key(row.name)
        return key in self._wires or (key in self._titles and row.cue_lemma in words().relaying)

    def _told_to(self, statement: Statement, own: str) -> str | None:
        """The outlet here whom a source told it: "Brod told the Echo that", if the report calls it by its title."""
        text = self._articles[statement.article].text
        begin, end = statement.span
        begin = max(text.rfind(mark, 0, begin) for mark in ("\n", ". ", ".” ", '." ')) + 1
        for told in _TOLD.finditer(fold(text[begin:end])):
            for called, title in self._called.items():
                named = any(told[1].startswith(f"{name} ") for name in _short_names(called))
                if named and called in fold(text) and not _short_for(title, own):
                    return title
        return next((title for title in self._short.named(text[begin:end]) if not _short_for(title, own)), None)

    def _source_of(self, article: Article, span: Span, own: Newsroom, hops: int) -> Newsroom:
        """Whose words they are: the report they were taken from, where that is known, else their origin."""
        taken = self._passage(article, span) if hops else None
        if taken is not None:
            parent = self._articles[taken[0]]
            return self._source_of(parent, taken[1], self._own(parent), hops - 1)
        origin = self._origin(article.id, span)
        return own if origin is None else self._of_origin(origin, own)

    def _passage(self, article: Article, span: Span) -> tuple[str, Span] | None:
        """The report that the words were taken from, and where they stand in it."""
        for link in self._links.get(article.id, ()):
            if link.kind == "credit" or link.parent not in self._articles or link.parent == article.id:
                continue
            for passage in link.passages:
                if _covers(passage.child, span):
                    shift = passage.parent[0] - passage.child[0]
                    return link.parent, (max(0, span[0] + shift), max(1, span[1] + shift))
        return None

    def _own(self, article: Article) -> Newsroom:
        if article.publisher:
            return Newsroom(frozenset({self.key(article.publisher)}), article.publisher)
        return Newsroom(frozenset({article.id}), _outlet(article))

    def _origin(self, article: str, span: Span) -> Origin | None:
        """The origin of most of the words."""
        places = self._origins.get(article, [])
        share: dict[str, int] = {}
        origins = {}
        for place, origin in places[max(0, bisect_left(places, span[0], key=lambda p: p[0][0]) - 1) :]:
            if place[0] >= span[1]:
                break
            share[origin.id] = share.get(origin.id, 0) + max(0, min(place[1], span[1]) - max(place[0], span[0]))
            origins[origin.id] = origin
        best = max(share, key=lambda key: (share[key], key), default=None)
        return origins[best] if best is not None and share[best] else None

    def _of_origin(self, origin: Origin, own: Newsroom) -> Newsroom:
        label = _LABEL_TAIL.sub("", origin.label)
        if origin.kind == "agency":
            return Newsroom(frozenset({self.key(label)}), label)
        holders = [self._articles[a] for a in origin.articles if a in self._articles]
        if any(article.publisher == label for article in holders):
            return Newsroom(frozenset({self.key(label)}), label)
        if len(holders) < 2:
            return own
        return Newsroom(frozenset({origin.id}), _outlet(holders[0]))

    def _of_missing(self, article: str, parent: str, own: Newsroom) -> Newsroom:
        """The newsroom of an original that is not here, by its id."""
        found = next((origin for _, origin in self._origins.get(article, ()) if origin.id == parent), None)
        return own if found is None else self._of_origin(found, own)

    def _taken(self, article: Article, span: Span, room: Newsroom, own: Newsroom) -> Newsroom:
        """Words that stem from another newsroom, with how the article came by them."""
        links = sorted(self._links.get(article.id, ()), key=lambda link: link.kind == "credit")
        for link in links:
            passage = next((p for p in link.passages if _covers(p.child, span)), None)
            if passage is not None:
                sure = max(link.confidence, passage.similarity) >= _SURE_LINK or link.share_of_child >= 0.5
                how = f"{link.kind}, {link.share_of_child:.0%}"
                keys = room.keys if sure else room.keys | own.keys
                return Newsroom(keys, room.label, how if sure else f"perhaps {how}")
        places = {c.place for c in article.credits if self.key(c.agency) in room.keys and c.place in _COVERING}
        return Newsroom(room.keys, room.label, f"credited in the {min(places)}" if places else "by its words")

    def _after_others(self, article: Article, own: Newsroom) -> Newsroom:
        """What a report says beside the text it took may be that text in other words, if it took the greater part, and
        so may a whole report; and what it says too of what an outlet reported that it names for something else, it may
        have from there."""
        heard = {key: name for key, name in self._heard.get(article.id, {}).items() if key not in own.keys}
        room = self._told_before(article, self._beside_a_copy(article, own))
        if not heard:
            return room
        how = room.how or f"perhaps after {listed(heard.values())}, named elsewhere in it"
        return Newsroom(room.keys.union(heard), room.label, how)

    def _beside_a_copy(self, article: Article, own: Newsroom) -> Newsroom:
        """What a report says beside the text it took may be that text in other words, if it took the greater part."""
        keys, labels = set(own.keys), []
        for link in self._links.get(article.id, ()):
            if link.kind not in ("copy", "excerpt", "rewrite") or link.share_of_child < _MOST:
                continue
            parent = self._articles.get(link.parent)
            if parent is None:
                # The original is missing: another that took from it may have kept what this one says otherwise.
                room = self._of_missing(article.id, link.parent, own)
                if not room.keys <= own.keys:
                    keys |= room.keys
                    labels.append("a missing original")
            else:
                rooms = self._rooms_of(parent)
                keys = keys.union(*(room.keys for room in rooms))
                labels.append(rooms[0].label)
        if not labels:
            return own
        return Newsroom(frozenset(keys), own.label, f"perhaps after {listed(labels)}, of which most is taken")

    def _told_before(self, article: Article, own: Newsroom) -> Newsroom:
        """A report that hardly tells anything beside another may be that one in other words."""
        rooms = [room for before in self.kindred.followed(article.id) for room in self._rooms_of(before)]
        keys = own.keys.union(*(room.keys for room in rooms))
        if keys == own.keys:
            return own
        how = f"perhaps after {listed(room.label for room in rooms)}, in other words and the same order"
        return Newsroom(keys, own.label, own.how or how)

    def _rooms_of(self, article: Article) -> list[Newsroom]:
        """The newsroom of a report, and those whose words are in it."""
        room = self._own(article)
        return [room, *(self._of_origin(origin, room) for _, origin in self._origins.get(article.id, ()))]

    def _credited(self, article: Article, statement: Statement) -> Newsroom | None:
        """The agency that byline, dateline or credit line gives the report to, or that the lead credits: then what the
        report says without a source, and the lead itself, are the agency's."""
        for credit in article.credits:
            lead = credit.place == "lead" and (not statement.attribution or _covers(statement.span, credit.span))
            whole = credit.place in ("byline", "dateline", "credit") and not is_partial(article, credit)
            if lead or whole:
                return Newsroom(frozenset({self.key(credit.agency)}), credit.agency, f"credited in the {credit.place}")
        return None


def _at_the_head(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The first statements of each article."""
    by_article: dict[str, list[Statement]] = {}
    for statement in statements:
        by_article.setdefault(statement.article, []).append(statement)
    for own in by_article.values():
        yield from sorted(own, key=lambda s: s.span)[:_HEAD]


def _outlet(article: Article) -> str:
    """What to call the outlet of an article."""
    return article.publisher or f"an unnamed outlet ({article.source.rsplit('/', 1)[-1]})"


def _acronyms(
    articles: Sequence[Article], statements: Sequence[Statement], houses: Mapping[str, str]
) -> dict[str, str]:
    """Credits by the initials of a publisher or of an agency that is named here in full: "KPB" and the Kestrian Press
    Bureau are one house, whichever of two reports calls it which. An agency that publishes here under its full name
    goes before one elsewhere that is known by the same letters."""
    credited = {credit.agency for article in articles for credit in article.credits}
    credited |= {row.name for s in statements for row in s.attribution if row.name and row.kind == "agency"}
    titles = sorted(name for name in credited if " " in name) + [a.publisher for a in articles if a.publisher]
    initials = {"".join(w[0] for w in title.split() if w[:1].isupper()): title for title in titles}
    return {
        name_key(name): houses.get(name_key(initials[name]), name_key(initials[name]))
        for name in sorted(credited & initials.keys())
        if (len(name) > 2 and name_key(name) not in houses) or _AGENCY.search(initials[name])
    }


def _short_names(title: str) -> tuple[str, ...]:
    """A title, and what it is called for short: "orvelle matin", "matin", "orvelle"."""
    parts = title.split()
    return (title, *(part for part in (parts[-1], parts[0]) if len(part) >= _SHORT))


def _short_for(name: str, label: str) -> bool:
    """Whether a medium is named by the end or the beginning of its title: "the Post" for "Velm Post"."""
    short, long = (fold(n).removeprefix("the ").split() for n in (name, label))
    return bool(short) and (
        long[-len(short) :] == short or long[: len(short)] == short or "".join(short) == "".join(long)
    )


def _covers(place: Span, span: Span) -> bool:
    """At least half of the span stands in the place."""
    return 2 * (min(place[1], span[1]) - max(place[0], span[0])) >= max(1, span[1] - span[0])


def newsrooms_of(facts: Sequence[Fact], rooms: Newsrooms, echoes: Mapping[str, str]) -> list[Newsroom]:
    """The newsroom of each statement of a claim, with those that it may have it from; ``echoes`` are the articles that
    tell nothing of their own, each with what shows it."""
    found = _with_any_media([rooms.of(fact.statement) for fact in facts], facts)
    found = _with_their_reports(found, facts, rooms)
    return _with_media_named_for_it(_with_echoes(found, facts, echoes), facts, rooms)


def _with_any_media(newsrooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[Newsroom]:
    """Media that nobody names ("local media reported", "it has been reported") may be any that reports the same; "its
    dispatch" is of another."""
    anyone = _NONE.union(*(room.keys for room in newsrooms))
    return [
        replace(room, keys=others, how=NAMED)
        if passes_on(fact.statement) and (others := anyone - room.keys)
        else replace(room, keys=anyone)
        if (room.how == NAMED and is_faceless(room.label)) or _is_said_about(fact.statement.attribution)
        else room
        for room, fact in zip(newsrooms, facts, strict=True)
    ]


def _with_their_reports(newsrooms: Sequence[Newsroom], facts: Sequence[Fact], rooms: Newsrooms) -> list[Newsroom]:
    """What is put down to a medium may be what its own report here tells, be that credited to an agency."""
    if not any(room.how == NAMED for room in newsrooms):
        return list(newsrooms)
    printed = [(rooms.printing(fact.statement), room.keys) for room, fact in zip(newsrooms, facts, strict=True)]
    return [
        replace(room, keys=room.keys.union(*(keys for house, keys in printed if not house.isdisjoint(room.keys))))
        if room.how == NAMED
        else room
        for room in newsrooms
    ]


def _is_said_about(chain: Sequence[Attribution]) -> bool:
    """Whether it is reported, and by nobody who is spoken of."""
    return any(row.kind == "unnamed" and row.span is None and row.cue_lemma in words().relaying for row in chain)


def is_faceless(medium: str) -> bool:
    """Whether a medium is spoken of and not named."""
    last = medium.rsplit(maxsplit=1)[-1] if medium else ""
    return last[:1].islower() and "." not in last  # "Local media", but not "courier.example"


def _with_media_named_for_it(newsrooms: Sequence[Newsroom], facts: Sequence[Fact], rooms: Newsrooms) -> list[Newsroom]:
    """What a newsroom tells as its own, and puts down to a medium elsewhere, it may have from there: "nobody bought the
    barge", "nobody bought the barge, the Tarn Echo reported"."""
    named: dict[str, dict[str, str]] = {}
    for room, fact in zip(newsrooms, facts, strict=True):
        for key in rooms.printed_by(fact.statement) if room.how == NAMED else ():
            named.setdefault(key, {}).update(dict.fromkeys(room.keys, room.label))

    def heard(room: Newsroom) -> Newsroom:
        media = {} if room.how == NAMED else {k: v for key in room.keys for k, v in named.get(key, {}).items()}
        if media.keys() <= room.keys:
            return room
        how = room.how or f"perhaps after {listed(media.values())}, named for the same"
        return replace(room, keys=room.keys.union(media), how=how)

    return [heard(room) for room in newsrooms] if named else list(newsrooms)


def _with_echoes(rooms: Sequence[Newsroom], facts: Sequence[Fact], echoes: Mapping[str, str]) -> list[Newsroom]:
    """What a report that tells nothing of its own tells may be from any earlier one that tells it."""

    def heard(room: Newsroom, fact: Fact) -> Newsroom:
        why = echoes.get(fact.statement.article)
        if why is None or room.how == NAMED:
            return room
        earlier = [r for r, f in zip(rooms, facts, strict=True) if is_later(fact.reported, f.reported)]
        keys = room.keys.union(*(r.keys for r in earlier))
        if keys == room.keys:
            return room
        how = f"perhaps after {listed(r.label for r in earlier)}, for {why}"
        return Newsroom(keys, room.label, room.how or how)

    told = any(fact.statement.article in echoes for fact in facts)
    return [heard(room, fact) for room, fact in zip(rooms, facts, strict=True)] if told else list(rooms)
