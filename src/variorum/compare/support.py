"""Who stands behind a claim: newsrooms and root sources, each as a range with reasons in words.

Every statement may be put down to one of several keys where it cannot be told which ("the ministry" or "the
government"). The most that can be distinct is a maximum matching of statements to keys, the fewest a smallest set of
keys that meets every statement; what is certain lies between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.compare.facts import Fact, Names
from variorum.compare.organs import governments
from variorum.model import Article, Attribution, Lineage, Link, Origin, Root, Span, Statement, Support
from variorum.text.normalise import fold
from variorum.text.vocabulary import load

#: Links less certain than this leave open whether the words were copied.
_SURE_LINK: Final = 0.8
#: Kinds of link that carry words.
_CARRIES: Final = frozenset({"copy", "excerpt", "rewrite", "revision"})
_DOMAIN: Final = re.compile(r"(?:https?://)?(?:www\.|m\.|edition\.)?([\w-]{2,60})(?:\.[\w-]{2,20}){1,3}(?:/.*)?")
_LABEL_TAIL: Final = re.compile(r"\s+(?:dispatch|report|wire|copy)$", re.I)


@dataclass(frozen=True, slots=True)
class Owner:
    """A house and its titles."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owners:
    """``data/owners.toml``."""

    owners: tuple[Owner, ...]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Whose report a statement is. ``keys`` holds more than one where that cannot be told; ``how`` says how the
    article came by it: "" on its own authority."""

    keys: frozenset[str]
    label: str
    how: str = ""


class Newsrooms:
    """Puts statements down to newsrooms: the agency that the article credits, the origin of a copied passage, or the
    publisher; titles of one owner are one newsroom."""

    def __init__(self, articles: Sequence[Article], lineage: Lineage, owners: Sequence[tuple[str, str]] = ()) -> None:
        self._articles = {article.id: article for article in articles}
        self._owner = {_name_key(t): o.name for o in load("owners", Owners).owners for t in (o.name, *o.titles)}
        self._owner.update({_name_key(title): owner for title, owner in owners})
        self._links: dict[str, list[Link]] = {}
        for link in lineage.links:
            if link.kind in _CARRIES:
                self._links.setdefault(link.child, []).append(link)
        self._origins: dict[str, list[tuple[Span, Origin]]] = {}
        for origin in lineage.origins:
            for place in origin.passages:
                self._origins.setdefault(place.article, []).append((place.span, origin))

    def key(self, name: str) -> str:
        """One key for all titles and spellings of one house."""
        plain = _name_key(name)
        return fold(self._owner.get(plain, plain))

    def of(self, statement: Statement) -> Newsroom:
        """The newsroom of one statement."""
        relay = _relay(statement.attribution)
        if relay is not None:
            return Newsroom(frozenset({self.key(relay.name)}), relay.name, "named as the source")
        return self._at(statement.article, statement.span, bool(statement.attribution), frozenset())

    def _at(self, article: str, span: Span, attributed: bool, seen: frozenset[str]) -> Newsroom:
        record = self._articles.get(article)
        origin = self._agency_origin(article, span)
        if origin is not None:
            label = _LABEL_TAIL.sub("", origin.label)
            return Newsroom(frozenset({self.key(label)}), label, "by lineage")
        copied = self._copied(article, span, attributed, seen | {article})
        if copied is not None:
            return copied
        hidden = self._hidden_origin(article, span)
        if hidden is not None:
            return Newsroom(frozenset({hidden.id}), _LABEL_TAIL.sub("", hidden.label), "from a common source")
        if record is None:
            return Newsroom(frozenset({article, "?"}), "an unknown outlet")
        agency = _credited(record, span, attributed)
        if agency is not None:
            return Newsroom(frozenset({self.key(agency[0])}), agency[0], f"credited in the {agency[1]}")
        if record.publisher:
            return Newsroom(frozenset({self.key(record.publisher)}), record.publisher)
        return Newsroom(frozenset({article, "?"}), f"an unnamed outlet ({record.source})")

    def _agency_origin(self, article: str, span: Span) -> Origin | None:
        found = [o for place, o in self._origins.get(article, ()) if o.kind == "agency" and _covers(place, span)]
        return found[0] if found else None

    def _hidden_origin(self, article: str, span: Span) -> Origin | None:
        """An original that several articles share and that is not there itself."""
        found = [
            o
            for place, o in self._origins.get(article, ())
            if not o.in_collection and o.kind != "agency" and len(o.articles) > 1 and _covers(place, span)
        ]
        return found[0] if found else None

    def _copied(self, article: str, span: Span, attributed: bool, seen: frozenset[str]) -> Newsroom | None:
        for link in sorted(self._links.get(article, ()), key=lambda k: (-k.confidence, k.parent)):
            if link.parent in seen:
                continue
            for passage in link.passages:
                if _covers(passage.child, span):
                    there = _carried(span, passage.child, passage.parent)
                    parent = self._at(link.parent, there, attributed, seen)
                    how = f"{link.kind}, {link.share_of_child:.0%}"
                    if link.confidence >= _SURE_LINK:
                        return Newsroom(parent.keys, parent.label, how)
                    return Newsroom(parent.keys | {article}, parent.label, f"perhaps a {how}")
        return None


def _name_key(name: str) -> str:
    """A title and its domain in one form: "The Daily Post", "dailypost.example" → "dailypost"."""
    folded = fold(name)
    domain = _DOMAIN.fullmatch(folded)
    plain = domain[1] if domain and " " not in folded else folded
    squeezed = re.sub(r"[^\w]+", "", plain)
    return squeezed.removeprefix("the") if len(squeezed) > 6 else squeezed


def _relay(chain: Sequence[Attribution]) -> Attribution | None:
    """The medium that the sentence itself names as the one who passes it on, the outermost."""
    return next((row for row in chain if row.kind == "agency" or (row.kind == "outlet" and row.relay)), None)


def _credited(article: Article, span: Span, attributed: bool) -> tuple[str, str] | None:
    """The agency whose report the whole article is, or its unattributed statements and its lead."""
    for credit in article.credits:
        if credit.place in ("byline", "dateline", "credit"):
            return credit.agency, {"credit": "credit line"}.get(credit.place, credit.place)
    for credit in article.credits:
        if credit.place == "lead" and (not attributed or (span[0] <= credit.span[0] and credit.span[1] <= span[1])):
            return credit.agency, credit.place
    return None


def _covers(place: Span, span: Span) -> bool:
    """At least half of the span stands in the place."""
    return 2 * (min(place[1], span[1]) - max(place[0], span[0])) >= max(1, span[1] - span[0])


def _carried(span: Span, child: Span, parent: Span) -> Span:
    """Where the words of a passage stand in its parent, to the nearest."""
    scale = (parent[1] - parent[0]) / max(1, child[1] - child[0])
    begin, end = (parent[0] + round((p - child[0]) * scale) for p in span)
    return max(parent[0], begin), min(parent[1], max(end, begin + 1))


# --- root sources -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """The root of one statement: its possible ``keys``, its name, and whether it is the newsroom itself."""

    keys: frozenset[str]
    label: str
    own: bool = False


def _voice(fact: Fact, room: Newsroom, rooms: Newsrooms, names: Names) -> Voice:
    root, chain = fact.statement.root, fact.statement.attribution
    if not chain:
        return Voice(frozenset(f"newsroom:{key}" for key in room.keys), room.label, True)
    if root.kind in ("agency", "outlet") and root.name:
        return Voice(frozenset({f"newsroom:{rooms.key(root.name)}"}), root.name, True)
    if root.kind == "unnamed" or not (root.name or root.entity):
        label = root.name or "an unnamed source"
        return Voice(frozenset({f"unnamed:{min(room.keys)}:{_head(label)}", "unnamed"}), label)
    return Voice(_named_keys(root, names), root.name or names.name(root.entity))


def _named_keys(root: Root, names: Names) -> frozenset[str]:
    entity = names.by_id.get(root.entity or "")
    name = names.name(root.entity, root.name or "")
    own = f"source:{names.thing(root.entity)}" if root.entity else f"source:{fold(name)}"
    state = governments().organ_of(name, entity.role if entity else None)
    if state is None:
        return frozenset({own})
    return frozenset({own, f"government:{state}"})


def _head(label: str) -> str:
    return fold(label).split(" ")[-1]


def _with_open_governments(voices: Sequence[Voice]) -> list[Voice]:
    """An organ of a state that is not named may be one of any state that speaks here."""
    states = frozenset(k for v in voices for k in v.keys if k.startswith("government:"))
    return [Voice(v.keys | states, v.label, v.own) if "government:" in v.keys else v for v in voices]


def _with_own_summaries(voices: Sequence[Voice], rooms: Sequence[Newsroom]) -> list[Voice]:
    """What a newsroom says without a source may rest on the source it names for the same claim elsewhere."""
    named: dict[frozenset[str], set[str]] = {}
    for voice, room in zip(voices, rooms, strict=True):
        if not voice.own:
            named.setdefault(room.keys, set()).update(voice.keys)
    return [
        Voice(v.keys | named.get(room.keys, set()), v.label, True) if v.own else v
        for v, room in zip(voices, rooms, strict=True)
    ]


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


def support(facts: Sequence[Fact], rooms: Newsrooms, names: Names, titles: Mapping[str, str]) -> Support:
    """How many stand behind the statements of one claim. ``titles`` names the articles' outlets in the reasons."""
    newsrooms = [rooms.of(fact.statement) for fact in facts]
    voices = [_voice(fact, room, rooms, names) for fact, room in zip(facts, newsrooms, strict=True)]
    voices = _with_own_summaries(_with_open_governments(voices), newsrooms)
    return Support(
        articles=len({fact.statement.article for fact in facts}),
        newsrooms=distinct_range(room.keys for room in newsrooms),
        roots=distinct_range(voice.keys for voice in voices),
        reasons=(*_newsroom_reasons(facts, newsrooms, titles), *_root_reasons(voices, newsrooms)),
    )


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
    return f"{label}, carried by " + listed(f"{c} ({how})" if how else c for c, how in carriers.items())


def _root_reasons(voices: Sequence[Voice], rooms: Sequence[Newsroom]) -> list[str]:
    lines = []
    named = {v.label: None for v in voices if not v.own}
    if named:
        lines.append(f"root {'source' if len(named) == 1 else 'sources'}: {listed(named)}")
    nameless = [
        (v.label, room.keys) for v, room in zip(voices, rooms, strict=True) if "unnamed" in v.keys and not v.own
    ]
    unnamed, houses = {label for label, _ in nameless}, {keys for _, keys in nameless}
    if len(unnamed) > 1 or len(houses) > 1:
        lines.append(f"unnamed sources may be one: {listed(label for label, _ in nameless)}")
    for state, organs in _organs(voices).items():
        lines.append(f"may be one root, as organs of one government{f' ({state})' if state else ''}: {listed(organs)}")
    if named and any(v.own and len(v.keys) > 1 for v in voices):
        lines.append("what a newsroom says without a source may rest on the source it names elsewhere")
    return lines


def _organs(voices: Sequence[Voice]) -> dict[str, list[str]]:
    """Sources that share a government, by its name."""
    found: dict[str, dict[str, None]] = {}
    for voice in voices:
        for key in sorted(k for k in voice.keys if k.startswith("government:") and not voice.own):
            found.setdefault(key.removeprefix("government:"), {})[voice.label] = None
    return {state: list(organs) for state, organs in sorted(found.items()) if len(organs) > 1}


def listed(names: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C", each name once."""
    distinct = list(dict.fromkeys(names))
    return " and ".join([", ".join(distinct[:-1]), distinct[-1]]) if len(distinct) > 1 else "".join(distinct)
