"""Who stands behind a claim: newsrooms and root sources, each as a range with reasons in words.

Every statement may be put down to one of several keys where it cannot be told which ("the ministry" or "the
government"). The most that can be distinct is a maximum matching of statements to keys, the fewest a smallest set of
keys that meets every statement; what is certain lies between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from variorum.compare.claims.issuers import issuer_keys, issuer_of, may_be_his_office
from variorum.compare.claims.kindred import Kindred
from variorum.compare.claims.media import MediaNamed
from variorum.compare.claims.owners import houses, name_key
from variorum.compare.claims.phrases import one_speaker, own_text
from variorum.compare.claims.relays import ShortNames
from variorum.compare.facts.doubt import no_speaker, same_wording
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.order import is_later
from variorum.compare.facts.telling import listed
from variorum.compare.facts.vocabulary import words
from variorum.compare.facts.wishes import asks_for
from variorum.model import Article, Attribution, Lineage, Link, Origin, Root, Span, Statement, Support
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
_NAMED: Final = "named as the source"
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
#: Names of sources whose words are remembered: each is held to those of every claim.
_REMEMBERED: Final = 5_000
#: Letters of a surname from which one wrong letter makes no other surname.
_SPELT: Final = 6
_WORDS: Final = re.compile(r"[\w.]*\w")
#: A number that a report tells as that of the authorities.
_OFFICIAL: Final = re.compile(
    r"\bofficial (?:death )?(?:toll|figures?|counts?|numbers?|tally|total|estimates?)\b", re.I
)
#: The head of what is told after somebody who stands elsewhere in its sentence.
_SPOKEN: Final = re.compile(r"(?:[a-z][\w'-]* ){1,3}(?:say|says|said)\s?,")
#: The root of what somebody asks for.
_ASKED: Final = "asked"
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
    ) -> None:
        self._articles = {article.id: article for article in articles}
        told = list(statements)
        self.kindred = Kindred(articles, lineage.links)
        self._house = houses(owners)
        self._house.update(_acronyms(articles, told, self._house))
        self._wires = frozenset(self.key(credit.agency) for article in articles for credit in article.credits)
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
        self._cited: dict[str, dict[Root, Statement]] = {}
        for statement in told:
            if statement.root.kind in _ANSWERABLE and statement.attribution:
                self._cited.setdefault(statement.article, {}).setdefault(statement.root, statement)

    def cited(self, article: str) -> Mapping[Root, Statement]:
        """The bodies and persons whom a report, or an earlier one of its newsroom, names as its sources, each with
        where it does so first."""
        found: dict[Root, Statement] = {}
        for own in (*self._before(article), article):
            for root, statement in self._cited.get(own, {}).items():
                found.setdefault(root, statement)
        return found

    def _before(self, article: str) -> list[str]:
        """The reports of one newsroom, by publisher or agency, that are not known to be later."""
        here = self._articles[article]
        told, own = here.published.value if here.published else "", self._house_of(here)
        return [
            other.id for other in self._articles.values()
            if other.id != article and self._house_of(other) & own
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
            return Newsroom(frozenset({self.key(relay)}), relay, _NAMED)
        if room.keys != own.keys:
            return self._taken(article, statement.span, room, own)
        return self._credited(article, statement) or self._after_others(article, own)

    def printed_by(self, statement: Statement) -> frozenset[str]:
        """The newsroom whose words they are, whatever medium they name as their source."""
        article = self._articles[statement.article]
        return self._source_of(article, statement.span, self._own(article), hops=4).keys

    def is_taken(self, statement: Statement) -> bool:
        """Whether it is known from which report the words were taken."""
        return self._passage(self._articles[statement.article], statement.span) is not None

    def has_no_title(self, statement: Statement) -> bool:
        """Whether nobody says whose the report is: it may be the very one that another retells."""
        return not self._house_of(self._articles[statement.article])

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
        """What a report says beside the text it took may be that text in other words, if it took the greater part; and
        what it says too of what an outlet reported that it names for something else, it may have from there."""
        heard = {key: name for key, name in self._heard.get(article.id, {}).items() if key not in own.keys}
        room = self._beside_a_copy(article, own)
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
                room = self._own(parent)
                keys |= room.keys.union(*(self._of_origin(o, room).keys for _, o in self._origins.get(parent.id, ())))
                labels.append(room.label)
        if not labels:
            return own
        return Newsroom(frozenset(keys), own.label, f"perhaps after {listed(labels)}, of which most is taken")

    def _credited(self, article: Article, statement: Statement) -> Newsroom | None:
        """The agency that byline, dateline or credit line gives the report to, or that the lead credits: then what the
        report says without a source, and the lead itself, are the agency's."""
        for credit in article.credits:
            lead = credit.place == "lead" and (not statement.attribution or _covers(statement.span, credit.span))
            if lead or credit.place in ("byline", "dateline", "credit"):
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


def _with_any_media(newsrooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[Newsroom]:
    """Media that nobody names ("local media reported", "it has been reported") may be any that reports the same."""
    anyone = _NONE.union(*(room.keys for room in newsrooms))
    return [
        replace(room, keys=anyone)
        if (room.how == _NAMED and _is_faceless(room.label)) or _is_said_about(fact.statement.attribution)
        else room
        for room, fact in zip(newsrooms, facts, strict=True)
    ]


def _is_said_about(chain: Sequence[Attribution]) -> bool:
    """Whether it is reported, and by nobody who is spoken of."""
    return any(row.kind == "unnamed" and row.span is None and row.cue_lemma in words().relaying for row in chain)


def _is_faceless(medium: str) -> bool:
    last = medium.rsplit(maxsplit=1)[-1] if medium else ""
    return last[:1].islower() and "." not in last  # "Local media", but not "courier.example"


def _with_media_named_for_it(newsrooms: Sequence[Newsroom], facts: Sequence[Fact], rooms: Newsrooms) -> list[Newsroom]:
    """What a newsroom tells as its own, and puts down to a medium elsewhere, it may have from there: "nobody bought the
    barge", "nobody bought the barge, the Tarn Echo reported"."""
    named: dict[str, dict[str, str]] = {}
    for room, fact in zip(newsrooms, facts, strict=True):
        for key in rooms.printed_by(fact.statement) if room.how == _NAMED else ():
            named.setdefault(key, {}).update(dict.fromkeys(room.keys, room.label))

    def heard(room: Newsroom) -> Newsroom:
        media = {} if room.how == _NAMED else {k: v for key in room.keys for k, v in named.get(key, {}).items()}
        if media.keys() <= room.keys:
            return room
        how = room.how or f"perhaps after {listed(media.values())}, named for the same"
        return replace(room, keys=room.keys.union(media), how=how)

    return [heard(room) for room in newsrooms] if named else list(newsrooms)


def _with_echoes(rooms: Sequence[Newsroom], facts: Sequence[Fact], echoes: frozenset[str]) -> list[Newsroom]:
    """What a report that tells nothing of its own tells may be from any earlier one that tells it."""

    def heard(room: Newsroom, fact: Fact) -> Newsroom:
        if fact.statement.article not in echoes or room.how == _NAMED:
            return room
        earlier = [r for r, f in zip(rooms, facts, strict=True) if is_later(fact.reported, f.reported)]
        keys = room.keys.union(*(r.keys for r in earlier))
        if keys == room.keys:
            return room
        how = f"perhaps after {listed(r.label for r in earlier)}, for nothing in it is new"
        return Newsroom(keys, room.label, room.how or how)

    return [heard(room, fact) for room, fact in zip(rooms, facts, strict=True)] if echoes else list(rooms)


# --- root sources -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """The root of one statement: its possible ``keys``, its name, and whether it is the newsroom itself; ``leans`` if
    the newsroom names a source for the claim elsewhere, so that it is no root beside that source."""

    keys: frozenset[str]
    label: str
    own: bool = False
    leans: bool = False


def _voice(fact: Fact, room: Newsroom, rooms: Newsrooms, names: Names) -> Voice:
    voice, issuer = _heard(fact, room, rooms, names), issuer_of(room.label)
    if issuer is None:
        return voice
    # Whatever a release says, of whomever, rests on the word of the body that issues it.
    if not fact.statement.attribution:
        return Voice(voice.keys | issuer_keys(issuer, names), issuer)
    return replace(voice, keys=voice.keys | issuer_keys(issuer, names))


def _heard(fact: Fact, room: Newsroom, rooms: Newsrooms, names: Names) -> Voice:
    if not fact.statement.attribution:
        return Voice(frozenset(f"newsroom:{key}" for key in room.keys), room.label, True)
    root = fact.statement.root
    if root.name and (room.how == _NAMED and root.name == room.label):
        return Voice(frozenset(f"newsroom:{key}" for key in room.keys), root.name, True)
    if root.name and root.kind != "outlet" and rooms.is_own(fact.statement, root.name):
        # "The Star understands": by nobody whom it names.
        return _sourced(Root(root.name, None, "unnamed"), room, rooms, names)
    return _sourced(root, room, rooms, names)


def _sourced(root: Root, room: Newsroom, rooms: Newsrooms, names: Names) -> Voice:
    if root.kind in ("agency", "outlet") and root.name and _is_faceless(root.name):
        return Voice(frozenset(f"newsroom:{key}" for key in room.keys), root.name, True)
    if root.kind in ("agency", "outlet") and root.name:
        return Voice(frozenset({f"newsroom:{rooms.key(root.name)}"}), root.name, True)
    if root.kind == "organisation" and root.name and rooms.publishes(root.name):
        return Voice(frozenset({f"newsroom:{rooms.key(root.name)}"}), root.name)
    # A document that nobody names ("a report", "the posting") is as faceless as an unnamed person.
    if root.kind == "unnamed" or not (root.name or root.entity) or (root.kind == "document" and not root.entity):
        label = root.name or "an unnamed source"
        return Voice(frozenset({f"unnamed:{min(room.keys)}:{_head(label)}", "unnamed"}), label)
    return Voice(_named_keys(root, names), root.name or names.name(root.entity))


def _named_keys(root: Root, names: Names) -> frozenset[str]:
    own = _source_key(root, names)
    state = names.state_of(root.entity, root.name or "")
    return frozenset({own}) if state is None else frozenset({own, f"government:{state}"})


def _source_key(root: Root, names: Names) -> str:
    return f"source:{names.thing(root.entity) if root.entity else _body(root.name or '')}"


def _body(name: str) -> str:
    """What a body without a name of its own is called: "the country's coast guard" is the coast guard."""
    whose, _, body = fold(name).partition("'s ")
    return body if body and whose in words().realm else fold(name)


def _head(label: str) -> str:
    return fold(label).split(" ")[-1]


def _with_open_governments(voices: Sequence[Voice]) -> list[Voice]:
    """An organ of a state that is not named may be one of any state that speaks here."""
    states = frozenset(k for v in voices for k in v.keys if k.startswith("government:"))
    return [Voice(v.keys | states, v.label, v.own) if "government:" in v.keys else v for v in voices]


def _voices(facts: Sequence[Fact], newsrooms: Sequence[Newsroom], rooms: Newsrooms, names: Names) -> list[Voice]:
    """The root of each statement, with whom else it may be or rest on."""
    voices = [_voice(fact, room, rooms, names) for fact, room in zip(facts, newsrooms, strict=True)]
    going_on = [
        (n, fact.continues, _sourced(fact.continues.root, room, rooms, names))
        for n, (fact, room) in enumerate(zip(facts, newsrooms, strict=True))
        if fact.continues
    ]
    statements = [*(fact.statement for fact in facts), *(statement for _, statement, _ in going_on)]
    known = _with_possible_twins([*voices, *(voice for *_, voice in going_on)], statements, names)
    voices, before = known[: len(voices)], known[len(voices) :]
    for (n, *_), voice in zip(going_on, before, strict=True):
        voices[n] = Voice(voices[n].keys | voice.keys, voices[n].label, True)
    known = _with_open_governments(_with_hearsay(_with_roots_of_outlets(voices, newsrooms, facts), facts))
    return _with_own_summaries(known, newsrooms, facts, _cited(known, facts, rooms, names))


def _cited(
    voices: Sequence[Voice], facts: Sequence[Fact], rooms: Newsrooms, names: Names
) -> Mapping[str, frozenset[str]]:
    """For each article the keys of the sources of a claim whom it cites for something else."""
    sources = {
        (_source_key(fact.statement.root, names), _described(voice, fact.statement, names)): voice.keys
        for voice, fact in zip(voices, facts, strict=True)
        if not voice.own and fact.statement.root.kind in _ANSWERABLE
    }
    found: dict[str, frozenset[str]] = {}
    for article in dict.fromkeys(fact.statement.article for fact in facts) if sources else ():
        known = [
            (_source_key(root, names), _described(Voice(_NONE, root.name or ""), statement, names))
            for root, statement in rooms.cited(article).items()
        ]
        same = (k for (a, one), k in sources.items() if any(a == b or _serves(one, two) for b, two in known))
        found[article] = _NONE.union(*same)
    return found


def _serves(one: _Source, two: _Source) -> bool:
    """Whether one of two sources is a body that the other belongs to by its office: "the airport operator", "airport
    spokesman Hal Merrow"."""
    body, person = (one, two) if one.kind == "organisation" else (two, one)
    if body.kind != "organisation" or person.kind != "person":
        return False
    called, office = ({stem(w) for w in some if w not in words().empty} for some in (body.called, person.office))
    return bool(called & office)


def _with_roots_of_outlets(voices: Sequence[Voice], rooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[Voice]:
    """What one report puts down to an outlet has the roots that the outlet's own report gives for it."""
    given: dict[frozenset[str], set[str]] = {}
    relayed = [voice.own and bool(fact.statement.attribution) for voice, fact in zip(voices, facts, strict=True)]
    for voice, room, passed_on in zip(voices, rooms, relayed, strict=True):
        if not passed_on:
            given.setdefault(room.keys, set()).update(voice.keys)
    return [
        Voice(frozenset(given[room.keys]), voice.label, True) if passed_on and room.keys in given else voice
        for voice, room, passed_on in zip(voices, rooms, relayed, strict=True)
    ]


def _with_hearsay(voices: Sequence[Voice], facts: Sequence[Fact]) -> list[Voice]:
    """What is told as heard, with no word of whom ("reportedly", "is believed"), or after a writing that nobody names
    ("according to a report"), may have been read in any report."""
    reports = _NONE.union(*(voice.keys for voice in voices if voice.own))
    return [
        v if v.own or _told(fact) else Voice(v.keys | reports, v.label) for v, fact in zip(voices, facts, strict=True)
    ]


def _told(fact: Fact) -> bool:
    """Whether the words say who told it."""
    root = fact.statement.root
    if root.kind == "document":
        return root.entity is not None
    return root.kind != "unnamed" or fact.statement.attribution[-1].span is not None


def _with_possible_twins(voices: Sequence[Voice], statements: Sequence[Statement], names: Names) -> list[Voice]:
    """Two names may stand for one source, and a source without a name for any that has one. Who counts on too many is
    told so; a low end that is too low misleads nobody."""
    sources = [_described(voice, statement, names) for voice, statement in zip(voices, statements, strict=True)]
    told = {source: v.keys for v, source in zip(voices, sources, strict=True) if not v.own}
    named = {one: keys for one, keys in told.items() if one.named}
    anybody = _NONE.union(*named.values())
    nameless = {one: keys for one, keys in told.items() if not one.named}
    twins = {
        one: keys.union(*(other for two, other in named.items() if _may_be(one, two)))
        if one.named
        else keys.union(anybody, *(other for two, other in nameless.items() if _called_alike(one, two)))
        for one, keys in told.items()
    }
    return [v if v.own else Voice(twins[source], v.label) for v, source in zip(voices, sources, strict=True)]


@dataclass(frozen=True, slots=True)
class _Source:
    """What tells who a source is: what kind it is, the words it is called by, those of its office, and whether it
    speaks for somebody else; ``named`` if it goes by a name and not only by what it is ("the union", "officials")."""

    kind: str
    called: tuple[str, ...]
    office: frozenset[str]
    speaks: bool
    named: bool


def _described(voice: Voice, statement: Statement, names: Names) -> _Source:
    root = statement.root
    capitals = [word for word in _WORDS.findall(voice.label)[0 if root.entity else 1 :] if word[0].isupper()]
    faceless = "unnamed" in voice.keys
    return _Source(
        root.kind,
        _folded(voice.label),
        frozenset(_folded(f"{names.role(root.entity) or ''} {_called_at_length(statement)}")),
        root.kind != "organisation" and names.speaks(root.entity, voice.label),
        bool(capitals) and not faceless and fold(voice.label) not in words().pointing,
    )


@lru_cache(_REMEMBERED)
def _folded(name: str) -> tuple[str, ...]:
    return tuple(map(fold, _WORDS.findall(name)))


def _called_at_length(statement: Statement) -> str:
    """The words that the innermost source goes by here: "Dr Anna Smith of Velm hospital"."""
    span = statement.attribution[-1].span if statement.attribution else None
    begin = statement.span[0]
    return statement.text[max(0, span[0] - begin) : max(0, span[1] - begin)] if span else ""


def _may_be(one: _Source, two: _Source) -> bool:
    """Whether a named source may be another that is named better: a person by more words, a body by its full name or
    the one that its letters stand for, and for somebody the body that he has an office in or speaks for."""
    if one.kind == "organisation" != two.kind:
        return False
    if two.kind == "organisation" != one.kind:
        return one.speaks or set(two.called) <= one.office | set(one.called)
    if may_be_his_office(one.called, two.called):
        return True
    if one.kind == "person" and one.called and two.called and _misspelt(one.called[-1], two.called[-1]):
        return True
    if (len(one.called), one.called) >= (len(two.called), two.called):
        return False
    if one.kind == "organisation":
        return _stands_for(one.called, two.called)
    return one.called[-1] in two.called or two.called[-1] in one.called


def _misspelt(one: str, two: str) -> bool:
    """Whether two surnames are one with a letter wrong, or two of them in each other's place."""
    return one != two and min(len(one), len(two)) >= _SPELT and OSA.distance(one, two, score_cutoff=1) <= 1


def _called_alike(one: _Source, two: _Source) -> bool:
    """Whether a description without a name may be of a source that is described more fully: "the union", "the
    seafarers' union", "a union for seafarers"; "emergency services" may be any that come to help."""
    if one.called and one.called[-1] in words().umbrella:
        return two.kind != "document"
    left, right = ({stem(word) for word in source.called if word not in words().empty} for source in (one, two))
    return one.kind == two.kind and bool(left) and left <= right


def _stands_for(short: Sequence[str], long: Sequence[str]) -> bool:
    letters = "".join(short).replace(".", "")
    initials = "".join(word[0] for word in long if word not in words().empty)
    return set(short) <= set(long) or (len(letters) > 1 and letters in (initials, "".join(word[0] for word in long)))


def _with_own_summaries(
    voices: Sequence[Voice], rooms: Sequence[Newsroom], facts: Sequence[Fact], cited: Mapping[str, frozenset[str]]
) -> list[Voice]:
    """What a newsroom says without a source rests on the source it names for the same claim elsewhere, and may rest on
    one that its own sentence speaks of ("the coast guard raised its count"), or on one that another report names for
    the claim and this one for something else."""
    named: dict[str, set[str]] = {}
    for voice, room in zip(voices, rooms, strict=True):
        for key in () if voice.own else room.keys:
            named.setdefault(key, set()).update(voice.keys)
    others = [(voice.keys, _telling_words(voice.label)) for voice in voices if not voice.own]

    organs = [key for v in voices if not v.own and any(k.startswith("government:") for k in v.keys) for key in v.keys]

    def rests(voice: Voice, room: Newsroom, fact: Fact) -> Voice:
        told = _telling_words(fact.statement.text)
        spoken_of = (keys for keys, label in others if label and 2 * len(label & told) >= len(label))
        elsewhere = cited.get(fact.statement.article, _NONE).union(
            organs if _OFFICIAL.search(fact.statement.text) else ()
        )
        keys = voice.keys.union(elsewhere, *(named.get(key, ()) for key in room.keys), *spoken_of)
        return Voice(keys, voice.label, True, leans=named.keys() >= room.keys)

    return [rests(v, r, f) if v.own else v for v, r, f in zip(voices, rooms, facts, strict=True)]


def _telling_words(text: str) -> frozenset[str]:
    """Words long enough to tell a source by."""
    return frozenset(word for word in re.findall(r"\w+", fold(text)) if len(word) > 3)


# --- ranges -------------------------------------------------------------------------------------------------------


def distinct_range(options: Iterable[frozenset[str]]) -> tuple[int, int]:
    """The fewest and the most distinct keys when each set of options stands for one of its keys.

    >>> distinct_range([frozenset("a"), frozenset("ab"), frozenset("c")])
    (2, 3)
    """
    sets = sorted({frozenset(o) for o in options if o}, key=lambda o: (len(o), sorted(o)))
    return _fewest(sets), _most(sets)


def _fewest(sets: Sequence[frozenset[str]]) -> int:
    """How many sets share no key with each other, taken greedily: never more than the smallest number of keys that
    meets all sets, for the low end must not be too high."""
    taken: set[str] = set()
    count = 0
    for options in sets:
        if not taken & options:
            taken |= options
            count += 1
    return count


def _most(sets: Sequence[frozenset[str]]) -> int:
    """Size of a maximum matching of sets to keys (augmenting paths: Kuhn 1955)."""
    holder: dict[str, int] = {}

    def place(n: int, tried: set[str]) -> bool:
        for key in sorted(sets[n] - tried):
            tried.add(key)
            if key not in holder or place(holder[key], tried):
                holder[key] = n
                return True
        return False

    return sum(place(n, set()) for n in range(len(sets)))


# --- the count ----------------------------------------------------------------------------------------------------


def support(
    facts: Sequence[Fact],
    rooms: Newsrooms,
    names: Names,
    titles: Mapping[str, str],
    echoes: frozenset[str] = _NONE,
) -> Support:
    """How many stand behind the statements of one claim. ``titles`` names the articles' outlets in the reasons;
    ``echoes`` are the articles that tell nothing of their own."""
    return weigh(facts, rooms, names, titles, echoes)[0]


def weigh(
    facts: Sequence[Fact],
    rooms: Newsrooms,
    names: Names,
    titles: Mapping[str, str],
    echoes: frozenset[str] = _NONE,
) -> tuple[Support, Sequence[frozenset[str]]]:
    """As `support`; and for each statement the roots it may have: two that share one may have one root."""
    newsrooms = _with_any_media([rooms.of(fact.statement) for fact in facts], facts)
    newsrooms = _with_media_named_for_it(_with_echoes(newsrooms, facts, echoes), facts, rooms)
    voices = _voices(facts, newsrooms, rooms, names)
    wording = same_wording(facts)
    # What several report of a source in its words, each may have heard from the source itself.
    own = [shared if no_speaker(fact) else _NONE for fact, shared in zip(facts, wording, strict=True)]
    alike = list({room.keys: room.label for room, shared in zip(newsrooms, own, strict=True) if shared}.values())
    reasons = [*_newsroom_reasons(facts, newsrooms, titles), *_root_reasons(voices, newsrooms, facts)]
    if len(alike) > 1:
        reasons.append(f"worded too alike to be told apart: {listed(alike)}")
    by_itself = _told_as_own(newsrooms, facts, rooms)
    kin = [rooms.kindred.behind(n, free, facts) for n, free in enumerate(by_itself)]
    media = _media_behind(by_itself, kin, facts, rooms)
    reasons.extend(_kin_reasons(kin, newsrooms, facts))
    reasons.extend(_media_reasons(media, facts, rooms))
    # Words that are alike have one speaker, whomever the reports put them down to: one text was misread, or miscopied.
    roots = _of_one_text(_of_anybody(voices, facts), wording)
    roots = _with_those_behind([own | behind for own, behind in zip(roots, media, strict=True)], kin)
    alike_in_part = one_speaker(facts)
    roots = _with_those_behind(roots, alike_in_part)
    untitled = [rooms.has_no_title(fact.statement) for fact in facts]
    as_printed = own_text(facts, media, untitled)
    roots = _with_those_behind(roots, as_printed)
    if any(alike_in_part):
        reasons.append("one says what another quotes, or says it in the same words, so one speaker may be behind both")
    low = distinct_range(roots)[0]
    high = distinct_range(v.keys for v in voices if not v.leans)[1]
    backing = Support(
        articles=len({fact.statement.article for fact in facts}),
        newsrooms=_range(
            [room.keys for room in newsrooms],
            [a | (_newsrooms(b) if alone else _NONE) for a, b, alone in zip(own, media, untitled, strict=True)],
            [[*a, *b] for a, b in zip(kin, as_printed, strict=True)],
        ),
        roots=(low, high),
        reasons=tuple(reasons),
    )
    return backing, roots


def _of_anybody(voices: Sequence[Voice], facts: Sequence[Fact]) -> list[frozenset[str]]:
    """The roots that each may have, where what is taken for a source may be none: a pronoun, a verb of saying without a
    speaker, and a dateline or a label before a colon, stand for whoever else tells it; so does a newsroom where
    somebody speaks in its sentence. What somebody asks for, all newsrooms have from the one who asks."""
    everybody = _NONE.union(*(voice.keys for voice in voices))

    def of(voice: Voice, fact: Fact) -> frozenset[str]:
        if _of_a_speaker(fact) if voice.own else _is_no_source(voice.label, fact):
            return everybody
        return voice.keys | {_ASKED} if voice.own and asks_for(fact) else voice.keys

    return [of(voice, fact) for voice, fact in zip(voices, facts, strict=True)]


def _of_a_speaker(fact: Fact) -> bool:
    """Whether its sentence goes on after the word of a speaker: "police say, and it was so"."""
    return _SPOKEN.match(fold(fact.statement.text)) is not None


def _is_no_source(label: str, fact: Fact) -> bool:
    statement = fact.statement
    if fold(label) in words().pointing or not _told(fact):
        return True
    return statement.quote.kind != "direct" and statement.text.startswith(f"{label}:")


def _of_one_text(keys: Sequence[frozenset[str]], wording: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The roots that each may have: of words that are alike, all that the reports put them down to."""
    named: dict[str, set[str]] = {}
    for own, shared in zip(keys, wording, strict=True):
        for word in shared:
            named.setdefault(word, {word}).update(own)
    return [own.union(*(named[word] for word in shared)) for own, shared in zip(keys, wording, strict=True)]


def _told_as_own(newsrooms: Sequence[Newsroom], facts: Sequence[Fact], rooms: Newsrooms) -> list[bool]:
    """Which statements a report tells as its own, and not in words that are known to be another's."""
    return [
        no_speaker(fact) and room.how != _NAMED and not rooms.is_taken(fact.statement)
        for room, fact in zip(newsrooms, facts, strict=True)
    ]


def _media_behind(
    by_itself: Sequence[bool], kin: Sequence[Sequence[int]], facts: Sequence[Fact], rooms: Newsrooms
) -> list[frozenset[str]]:
    """The keys of the media that may stand behind each statement; on whose report another rests that names a medium
    may be that medium."""
    near = [
        frozenset(f"newsroom:{key}" for key in rooms.media.behind(fact.statement, free))
        for free, fact in zip(by_itself, facts, strict=True)
    ]
    resting = [[near[n] for n, others in enumerate(kin) if m in others] for m in range(len(facts))]
    return [own.union(*more) if free else own for own, more, free in zip(near, resting, by_itself, strict=True)]


def _newsrooms(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key.removeprefix("newsroom:") for key in keys)


def _media_reasons(media: Sequence[frozenset[str]], facts: Sequence[Fact], rooms: Newsrooms) -> list[str]:
    """The media that may stand behind two reports of a claim."""
    behind: dict[str, set[str]] = {}
    for fact, keys in zip(facts, media, strict=True):
        for key in keys:
            behind.setdefault(key, set()).add(fact.statement.article)
    named = {k: v for f in facts for k, v in rooms.media.behind(f.statement, True).items()}
    both = [named[k] for k in sorted(named) if len(behind.get(f"newsroom:{k}", ())) > 1]
    return [f"may rest on what is named beside it in more reports than one: {listed(both)}"] if both else []


def _with_those_behind(keys: Sequence[frozenset[str]], behind: Sequence[Sequence[int]]) -> list[frozenset[str]]:
    """The keys of each statement, and of those that it may rest on."""
    return [own.union(*(keys[m] for m in others)) for own, others in zip(keys, behind, strict=True)]


def _kin_reasons(behind: Sequence[Sequence[int]], rooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[str]:
    pairs = {
        tuple(sorted((facts[n].rank[0], facts[m].rank[0]))): (rooms[n].label, rooms[m].label)
        for n, others in enumerate(behind)
        for m in others
    }
    labels = dict.fromkeys(label for _, pair in sorted(pairs.items()) for label in pair)
    return [f"share wording elsewhere, so one may rest on the other: {listed(labels)}"] if labels else []


def _range(
    options: Sequence[frozenset[str]], wording: Sequence[frozenset[str]], behind: Sequence[Sequence[int]]
) -> tuple[int, int]:
    """The range of distinct keys; words too alike to be two reports, and reports that may be behind others, lower its
    low end."""
    low, high = distinct_range(options)
    shared = _with_those_behind([keys | words for keys, words in zip(options, wording, strict=True)], behind)
    return min(low, distinct_range(shared)[0]), high


def _newsroom_reasons(facts: Sequence[Fact], rooms: Sequence[Newsroom], titles: Mapping[str, str]) -> list[str]:
    """One line for each newsroom: who carried it and how."""
    lines: dict[frozenset[str], tuple[str, dict[str, str]]] = {}
    for fact, room in zip(facts, rooms, strict=True):
        carriers = lines.setdefault(room.keys, (room.label, {}))[1]
        carriers.setdefault(titles[fact.statement.article], room.how)
    return [_newsroom_line(label, carriers) for label, carriers in lines.values()]


def _newsroom_line(label: str, carriers: Mapping[str, str]) -> str:
    if all(how == "" for how in carriers.values()):
        return f"{listed(carriers)} on its own authority"
    if list(carriers) == [label]:
        return f"{label}, {carriers[label]}"
    return f"{label}, carried by " + listed(f"{c} ({how})" if how else c for c, how in carriers.items())


def _root_reasons(voices: Sequence[Voice], rooms: Sequence[Newsroom], facts: Sequence[Fact]) -> list[str]:
    lines = []
    named: dict[str, str] = {}
    for voice in voices:
        if not voice.own:
            named.setdefault(_body(voice.label), voice.label)
    if named:
        lines.append(f"root {'source' if len(named) == 1 else 'sources'}: {listed(named.values())}")
    nameless = [
        (v.label, room.keys) for v, room in zip(voices, rooms, strict=True) if "unnamed" in v.keys and not v.own
    ]
    unnamed, houses = {label for label, _ in nameless}, {keys for _, keys in nameless}
    if len(unnamed) > 1 or len(houses) > 1:
        lines.append(f"unnamed sources may be one: {listed(label for label, _ in nameless)}")
    for state, organs in _organs(voices).items():
        lines.append(f"may be one root, as organs of one government{f' ({state})' if state else ''}: {listed(organs)}")
    if any(v.leans for v in voices):
        lines.append("what a newsroom says without a source rests on the source it names for the same elsewhere")
    if named and any(v.own and len(v.keys) > 1 and not v.leans for v in voices):
        lines.append("what a newsroom says without a source may rest on the source it names elsewhere")
    if any(fact.continues for fact in facts):
        lines.append("what goes on about a source's words may rest on that source")
    return lines


def _organs(voices: Sequence[Voice]) -> dict[str, list[str]]:
    """Sources that share a government, by its name."""
    found: dict[str, dict[str, str]] = {}
    for voice in voices:
        for key in sorted(k for k in voice.keys if k.startswith("government:") and not voice.own):
            found.setdefault(key.removeprefix("government:"), {}).setdefault(_body(voice.label), voice.label)
    return {state: list(organs.values()) for state, organs in sorted(found.items()) if len(organs) > 1}
