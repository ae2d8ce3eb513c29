"""Invented families of copied articles whose history is known: the ground that `train/lineage.py` learns on.

Every word is made up from syllables by a seeded generator; only function words and the forms of credits are English.
An event happens; newsrooms report it; others copy, cut, edit, merge and credit, and are copied in turn, so that edits
are inherited. Then the record is damaged: originals are lost, times are missing, rough, tied or wrong. `stemmata`
is a second generator, built differently, on which nothing is trained.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]

_ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "sk",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
    "sh",
    "th",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "oa", "ou"]
_CODAS = ["l", "n", "r", "s", "t", "m", "ck", "sh", "nd", "rt", "st", "mp", "x", "d"]
_KNOWN = ("AFP", "Reuters", "AP", "dpa")
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_SAYS = ["said", "told", "added", "noted", "insisted", "warned", "explained", "stated", "argued", "confirmed"]
_LINKS = [
    "but",
    "and",
    "while",
    "although",
    "because",
    "after",
    "before",
    "since",
    "as",
    "when",
    "where",
    "until",
    "though",
]
_PREPS = [
    "in",
    "at",
    "near",
    "of",
    "from",
    "with",
    "for",
    "over",
    "under",
    "against",
    "about",
    "by",
    "into",
    "through",
    "across",
    "during",
]
_AUX = ["was", "were", "has", "have", "had", "will", "would", "could", "may", "might", "is", "are"]
_TINY = [
    "the",
    "the",
    "the",
    "a",
    "a",
    "its",
    "their",
    "his",
    "her",
    "this",
    "that",
    "some",
    "many",
    "several",
    "no",
    "every",
]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a collection. ``parents`` gives each copy's direct parents, the main one first; those not in
    the collection are named ``~…``, and ``lost`` has the parents of these. ``family`` numbers the tree each article
    stands in, ``body`` holds the words that are its own, furniture and credits aside: who has the same there cannot be
    told apart by them."""

    parents: dict[str, tuple[str, ...]]
    family: dict[str, int]
    body: dict[str, str]
    lost: dict[str, tuple[str, ...]]

    def nearest(self, name: str) -> tuple[str, ...]:
        """The nearest ancestors in the collection: direct parents, and what lost ones were made from."""
        found: list[str] = []
        for parent in self.parents[name] if name in self.parents else self.lost[name]:
            found += [parent] if parent[0] != "~" else self.nearest(parent)
        return tuple(dict.fromkeys(found))

    def renamed(self, new: dict[str, str]) -> Truth:
        """The same with other names for what is in the collection."""

        def all_new(above: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
            return {new.get(c, c): tuple(new.get(p, p) for p in ps) for c, ps in above.items()}

        family = {new[c]: f for c, f in self.family.items()}
        return Truth(all_new(self.parents), family, {new[c]: b for c, b in self.body.items()}, all_new(self.lost))


@dataclass(slots=True)
class Node:
    """An article in the making: paragraphs are lists of sentences."""

    name: str
    outlet: Outlet
    title: str
    body: list[list[str]]
    when: datetime
    above: tuple[str, ...] = ()
    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    agency: str | None = None
    depth: int = 0
    hidden: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newsroom with its habits: what it respells, how it marks quotations, how freely it edits, its furniture."""

    name: str
    domain: str
    respells: dict[str, str]
    curly: bool
    effort: float
    chrome: tuple[tuple[str, ...], tuple[str, ...]]
    breaks: str
    headlines: str


class Tongue:
    """A vocabulary for one collection, some words with two spellings."""

    def __init__(self, pick: random.Random, size: int = 2600) -> None:
        self.pick = pick
        words = {self._word() for _ in range(size * 2)}
        self.words = sorted(words)[:size]
        pick.shuffle(self.words)
        self.variants = {w: w[:-1] + pick.choice(["e", "ue", "is", "our"]) for w in self.words[:400]}

    def _word(self) -> str:
        pick = self.pick
        parts = [pick.choice(_ONSETS) + pick.choice(_VOWELS) for _ in range(pick.choice([1, 1, 2, 2, 3]))]
        return "".join(parts) + pick.choice(_CODAS)

    def word(self, topic: Sequence[str] = ()) -> str:
        """A content word, of the topic more often than not, frequent ones first."""
        if topic and self.pick.random() < 0.5:
            return self.pick.choice(topic)
        return self.words[min(int(self.pick.paretovariate(0.7) * 25) - 25, len(self.words) - 1)]

    def name(self) -> str:
        """One capitalised word."""
        return self._word().capitalize()

    def names(self, count: int) -> list[str]:
        """People of two words."""
        return [f"{self.name()} {self.name()}" for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Event:
    """What reports of one event have in common: its words, names, numbers and what officials declared."""

    topic: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    numbers: tuple[str, ...]
    statements: tuple[str, ...]


class Desk:
    """Writes and rewrites."""

    def __init__(self, pick: random.Random, tongue: Tongue) -> None:
        self.pick, self.tongue = pick, tongue

    def event(self) -> Event:
        pick, tongue = self.pick, self.tongue
        topic = tuple(pick.sample(tongue.words, 40))
        people = tuple(tongue.names(5))
        places = tuple(tongue.name() for _ in range(4))
        numbers = tuple(str(pick.randint(2, 900)) for _ in range(5))
        base = Event(topic, people, places, numbers, ())
        return replace(base, statements=tuple(self.plain(base, pick.randint(14, 40)) for _ in range(3)))

    def plain(self, event: Event, length: int) -> str:
        """A run of words that reads like a clause, without its full stop."""
        pick, out = self.pick, []
        while len(out) < length:
            draw = pick.random()
            if draw < 0.01:
                out.append(self.tongue.name())
            elif draw < 0.10:
                out.append(pick.choice(event.people).split()[1])
            elif draw < 0.15:
                out.append(pick.choice(event.places))
            elif draw < 0.18:
                out.append(pick.choice(event.numbers))
            else:
                shape = pick.choice(["tw", "tww", "pw", "ptw", "aw", "w", "lw", "ptww"])
                table = {"t": _TINY, "p": _PREPS, "a": _AUX, "l": _LINKS}
                out += [self.tongue.word(event.topic) if c == "w" else pick.choice(table[c]) for c in shape]
        return " ".join(out)

    def sentence(self, event: Event) -> str:
        pick = self.pick
        draw, mean = pick.random(), int(pick.gauss(20, 7))
        if draw < 0.22:
            return f"“{_cap(self.plain(event, max(6, mean)))},” {pick.choice(_SAYS)} {pick.choice(event.people)}."
        if draw < 0.27:
            return f"{pick.choice(event.people)} {pick.choice(_SAYS)} {self.plain(event, 8)} “{self.plain(event, 10)}”."
        if draw < 0.37:
            return f"On {pick.choice(_DAYS)}, {self.plain(event, max(7, mean))}."
        comma = ", " + self.plain(event, 6) if draw < 0.6 else ""
        return f"{_cap(self.plain(event, max(7, mean)))}{comma}."

    def body(self, event: Event, paragraphs: int) -> list[list[str]]:
        return [[self.sentence(event) for _ in range(self.pick.choice([1, 1, 2, 2, 3, 4]))] for _ in range(paragraphs)]

    def title(self, event: Event) -> str:
        words = self.plain(event, self.pick.randint(6, 10)).split()
        return " ".join(_cap(w) if self.pick.random() < 0.5 else w for w in words).strip()

    # --- what copyists do ---------------------------------------------------------------------------------------

    def edited(self, body: list[list[str]], rate: float, event: Event, respells: dict[str, str]) -> list[list[str]]:
        """Words changed, added, lost; sentences lost; house spelling."""
        drop = rate * self.pick.choice([0, 0.5, 1.5])
        out = []
        for paragraph in body:
            kept = [self._words(s, rate, event, respells) for s in paragraph if self.pick.random() >= drop]
            if kept:
                out.append(kept)
        return out or body

    def _words(self, sentence: str, rate: float, event: Event, respells: dict[str, str]) -> str:
        pick, out = self.pick, []
        for word in sentence.split(" "):
            bare = word.strip(',.“”"')
            if bare in respells:
                out.append(word.replace(bare, respells[bare]))
            elif pick.random() >= rate:
                out.append(word)
            else:
                draw = pick.random()
                if draw < 0.45 and bare:
                    out.append(word.replace(bare, self.tongue.word(event.topic), 1))
                elif draw < 0.6:
                    out += [word, self.tongue.word(event.topic)]
                elif draw < 0.7 and len(bare) > 3:
                    at = pick.randrange(1, len(bare) - 1)
                    out.append(word.replace(bare, bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :], 1))
                elif draw < 0.8 and pick.random() < 0.5:
                    out += [self.plain(event, pick.randint(2, 6)), word]
                elif word[-1:] in ".,”":
                    out.append(word)
        return " ".join(out)

    def reworded(self, body: list[list[str]], event: Event) -> list[list[str]]:
        """Every sentence that is no quotation said otherwise, with a few runs of its words kept."""
        out = []
        for paragraph in body:
            said = []
            for sentence in paragraph:
                if "“" in sentence and self.pick.random() < 0.8:
                    said.append(sentence)
                    continue
                words = sentence.split()
                begin = self.pick.randrange(max(1, len(words) - 12))
                kept = words[begin : begin + self.pick.randint(6, 14)]
                said.append(f"{_cap(self.plain(event, 6))} {' '.join(kept).rstrip('.')}.")
            out.append(said)
        return out

    def rebroken(self, body: list[list[str]], habit: str) -> list[list[str]]:
        """Paragraphs as the site's system breaks them."""
        if habit == "split":
            return [[s] for p in body for s in p]
        if habit == "join":
            return [a + b for a, b in zip(body[::2], [*body[1::2], []], strict=False)]
        if habit == "one":
            return [[s for p in body for s in p]]
        if habit == "some":
            out: list[list[str]] = []
            for paragraph in body:
                if out and self.pick.random() < 0.2:
                    out[-1] = out[-1] + paragraph
                elif len(paragraph) > 1 and self.pick.random() < 0.2:
                    out += [paragraph[:1], paragraph[1:]]
                else:
                    out.append(list(paragraph))
            return out
        return [list(p) for p in body]

    def moved(self, body: list[list[str]]) -> list[list[str]]:
        """One paragraph elsewhere."""
        out = list(body)
        if len(out) > 3:
            out.insert(self.pick.randrange(1, len(out)), out.pop(self.pick.randrange(1, len(out))))
        return out

    def inserted(self, body: list[list[str]], own: list[list[str]]) -> list[list[str]]:
        """The own paragraphs in a block at the end or in the middle, or strewn in."""
        draw = self.pick.random()
        if draw < 0.4:
            return body + own
        out = list(body)
        at = self.pick.randrange(1, len(out) + 1)
        if draw < 0.7:
            return out[:at] + own + out[at:]
        for paragraph in own:
            out.insert(self.pick.randrange(1, len(out) + 1), paragraph)
        return out


def _first_words(body: list[list[str]], count: int) -> list[list[str]]:
    """The body up to its ``count``-th word."""
    out: list[list[str]] = []
    for paragraph in body:
        kept = []
        for sentence in paragraph:
            words = sentence.split(" ")[: max(0, count)]
            count -= len(words)
            if words:
                kept.append(" ".join(words))
        if kept:
            out.append(kept)
    return out or body


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- a collection -------------------------------------------------------------------------------------------------


class World:
    """One collection in the making. Its temper (how many times are lost, whether publishers are known, how heavily
    people edit) is drawn anew for each."""

    def __init__(self, seed: int, bases: Sequence[list[list[str]]] = ()) -> None:
        self.pick = pick = random.Random(seed)
        self.tongue = Tongue(pick)
        self.desk = Desk(pick, self.tongue)
        self.bases = list(bases)
        self.lost_time = pick.choice([0.05, 0.1, 0.2, 1.0 if pick.random() < 0.4 else 0.1])
        self.wrong_time = pick.choice([0.03, 0.1, 0.15])
        self.day_time = pick.choice([0.1, 0.2, 0.4])
        self.publishers = pick.choice([0.0, 0.9, 0.7])
        self.urls = pick.choice([0.0, 0.0, 0.5])
        self.merging = pick.choice([0.08, 0.15, 0.22])
        self.hiding = pick.choice([0.15, 0.3])
        self.updating = pick.choice([0.0, 0.0, 0.06])
        self.crediting = pick.choice([0.1, 0.35, 0.6])
        self.deep = pick.choice([0.0, 0.5, 1.0])
        self.flat = pick.choice([1, 1, 4, 20])
        self.start = datetime(2031, 4, 1, 6)
        self.shared_chrome = [self._chrome(24, 70) for _ in range(5)]
        self.outlets = [self._outlet() for _ in range(40)]
        self.agencies = [*_KNOWN[:2], *(f"{self.tongue.name()} News Agency" for _ in range(2))]
        self.count = 0

    def _chrome(self, least: int, most: int) -> str:
        event = self.desk.event()
        return _cap(self.desk.plain(event, self.pick.randint(least, most))) + "."

    def _outlet(self) -> Outlet:
        pick = self.pick
        name = (
            f"{self.tongue.name()} {pick.choice(['Ledger', 'Courier', 'Post', 'Herald', 'Times', 'Today', 'Online'])}"
        )
        chosen = pick.sample(sorted(self.tongue.variants), pick.choice([0, 30, 120]))
        own = [self._chrome(8, 40) for _ in range(3)]
        head = tuple(pick.sample([own[0], *self.shared_chrome[:2]], pick.choice([0, 0, 1])))
        foot = tuple(pick.sample([*own[1:], *self.shared_chrome], pick.choice([0, 1, 2])))
        return Outlet(
            name,
            name.lower().replace(" ", "") + ".example",
            {w: self.tongue.variants[w] for w in chosen},
            pick.random() < 0.6,
            pick.choice([0.0, 0.01, 0.03, 0.08]),
            (head, foot),
            pick.choice(["keep", "keep", "keep", "keep", "split", "join", "some", "one"]),
            pick.choice(["keep", "keep", "own", "lead", "trim"]),
        )

    def node(self, **given: Any) -> Node:
        """A node with the next name."""
        self.count += 1
        return Node(name=f"a{self.count}", **given)

    def family(self) -> list[Node]:
        """One event with its independent reports, and all that was made of them."""
        pick, desk = self.pick, self.desk
        event = desk.event()
        nodes = [self._report(event) for _ in range(pick.choice([1, 1, 1, 2, 2, 3]))]
        many = pick.choice([0, 0, 1, 2, 3, 4, 6, 8, 11, 15])
        for _ in range(many):
            if pick.random() < self.updating:
                nodes.append(self._update(event, pick.choice(nodes)))
                continue
            merge = len(nodes) > 1 and pick.random() < self.merging
            nodes.append(self._merge(event, nodes) if merge else self._copy(event, nodes))
        self._hide(nodes)
        return nodes

    def _report(self, event: Event) -> Node:
        pick, desk = self.pick, self.desk
        body = (
            [list(p) for p in self.bases.pop()] if self.bases else desk.body(event, pick.choice([3, 5, 8, 12, 16, 22]))
        )
        for statement in pick.sample(event.statements, pick.choice([0, 0, 1, 2])):
            quoted = f"“{_cap(statement)},” {pick.choice(_SAYS)} {event.people[0]}."
            body.insert(pick.randrange(1, len(body) + 1), [quoted])
        outlet = pick.choice(self.outlets)
        node = self.node(outlet=outlet, title=desk.title(event), body=body, when=self._later(self.start, 60))
        if pick.random() < 0.3:
            node.agency = pick.choice(self.agencies)
            node.outlet = replace(outlet, name=node.agency, domain="", chrome=((), ()))
            if pick.random() < 0.7:
                self._credit(node, node.agency)
        elif pick.random() < 0.3:
            node.head.append(f"By {self.tongue.names(1)[0]}")
        return node

    def _later(self, when: datetime, median: float) -> datetime:
        hours = median * self.pick.lognormvariate(0, 1.0)
        return when + timedelta(minutes=max(2, int(hours * 60)))

    def _source(self, nodes: Sequence[Node]) -> Node:
        """Early and agency reports are copied most; in deep collections whatever came last."""
        if self.flat == 1 and self.pick.random() < self.deep:
            return self.pick.choice(nodes[-4:])
        weights = [(3 if n.agency else 1) + (2 * self.flat if not n.above else 0) for n in nodes]
        return self.pick.choices(nodes, weights)[0]

    def _copy(self, event: Event, nodes: Sequence[Node]) -> Node:
        pick, desk = self.pick, self.desk
        parent = self._source(nodes)
        outlet = parent.outlet if pick.random() < 0.04 and not parent.agency else pick.choice(self.outlets)
        effort = pick.choice([0, outlet.effort, outlet.effort, pick.choice([0.02, 0.06, 0.12])])
        respells = outlet.respells if effort or pick.random() < 0.5 else {}
        body = desk.edited(parent.body, effort, event, respells)
        for operation in pick.choices(
            [
                "none",
                "cut",
                "lose",
                "relead",
                "extend",
                "move",
                "excerpt",
                "quotes",
                "reword",
                "chop",
                "dateline",
                "slips",
            ],
            [30, 20, 10, 10, 11, 4, 5, 3, 2, 8, 5, 6],
            k=pick.choice([1, 1, 1, 2]),
        ):
            body = self._reshaped(body, operation, event)
        body = desk.rebroken(body, outlet.breaks)
        node = self.node(
            outlet=outlet, title=parent.title, body=body, when=self._later(parent.when, 4), above=(parent.name,)
        )
        node.depth = parent.depth + 1
        node.url = parent.url if outlet is parent.outlet and pick.random() < 0.7 else None
        self._headline(node, event)
        self._pass_credits(node, parent)
        return node

    def _update(self, event: Event, old: Node) -> Node:
        """A later version by the same newsroom: more at the top or the end, a few words corrected."""
        desk, pick = self.desk, self.pick
        body = desk.edited(old.body, 0.006, event, {})
        more = desk.body(event, pick.choice([1, 2, 4]))
        body = [*more, *body] if pick.random() < 0.4 else body + more if pick.random() < 0.8 else body
        node = self.node(
            outlet=old.outlet, title=old.title, body=body, when=self._later(old.when, 3), above=(old.name,)
        )
        node.depth, node.agency, node.url = old.depth + 1, old.agency, old.url
        node.head, node.foot = list(old.head), list(old.foot)
        return node

    def _reshaped(self, body: list[list[str]], operation: str, event: Event) -> list[list[str]]:
        pick, desk = self.pick, self.desk
        if operation == "cut":
            return body[: max(1, round(len(body) * pick.uniform(0.3, 0.9)))]
        if operation == "lose":
            return [p for i, p in enumerate(body) if not i or pick.random() > 0.25]
        if operation == "chop":  # at so many words, in the middle of a sentence
            return _first_words(body, round(sum(len(s.split()) for p in body for s in p) * pick.uniform(0.25, 0.95)))
        if operation == "dateline":
            return [[f"{self.tongue.name().upper()} {pick.choice('-—–')} {body[0][0]}", *body[0][1:]], *body[1:]]
        if operation == "slips":
            return [[self._misprinted(s) for s in p] for p in body]
        if operation == "relead":
            return [[desk.sentence(event) for _ in range(pick.choice([1, 2]))], *body[pick.choice([0, 1, 1]) :]]
        if operation == "extend":
            return desk.inserted(body, desk.body(event, pick.choice([1, 1, 2, 4])))
        if operation == "move":
            return desk.moved(body)
        if operation == "excerpt":
            begin = pick.randrange(max(1, len(body) - 2))
            return desk.inserted(desk.body(event, pick.choice([3, 6])), body[begin : begin + pick.choice([2, 3, 4])])
        if operation == "quotes":
            quotes = [[s] for p in body for s in p if "“" in s]
            return desk.inserted(desk.body(event, 5), quotes[: pick.randint(3, 6)]) if len(quotes) > 2 else body
        return desk.reworded(body, event) if operation == "reword" else body

    def _misprinted(self, sentence: str) -> str:
        pick, words = self.pick, sentence.split(" ")
        for at, word in enumerate(words):
            if len(word) > 3 and pick.random() < 0.03:
                place = pick.randrange(1, len(word))
                words[at] = pick.choice([word[:place] + word[place + 1 :], word[place:], word + word[-1]])
        return " ".join(words)

    def _merge(self, event: Event, nodes: Sequence[Node]) -> Node:
        pick, desk = self.pick, self.desk
        first, second = pick.sample(list(nodes), 2)
        if first.name in second.above or second.name in first.above:
            second = pick.choice([n for n in nodes if n is not first])
        one = desk.edited(first.body, pick.choice([0, 0.02, 0.06]), event, {})
        other = desk.edited(second.body, pick.choice([0, 0.02, 0.06]), event, {})
        one = one[: max(2, round(len(one) * pick.uniform(0.4, 1)))]
        begin = pick.randrange(max(1, len(other) // 2))
        part = other[begin : begin + max(2, round(len(other) * pick.uniform(0.25, 0.7)))]
        seen = {s for p in one for s in p}
        fresh = [p for p in part if not seen.intersection(p)]
        part = fresh or part
        outlet = pick.choice(self.outlets)
        body = desk.rebroken(desk.inserted(one, part), outlet.breaks)
        when = self._later(max(first.when, second.when), 3)
        # The main parent is the one that gave more.
        size_one, size_other = (sum(len(s) for p in b for s in p) for b in (one, part))
        above = (first.name, second.name) if size_one >= size_other else (second.name, first.name)
        if not fresh:  # a second source that gave nothing cannot be found
            above = (first.name,)
        main = first if above[0] == first.name else second
        node = self.node(outlet=outlet, title=main.title, body=body, when=when, above=above)
        node.depth = main.depth + 1
        self._headline(node, event)
        self._pass_credits(node, main)
        return node

    def _headline(self, node: Node, event: Event) -> None:
        pick = self.pick
        habit = node.outlet.headlines if pick.random() < 0.7 else pick.choice(["keep", "own", "lead", "trim"])
        words = node.title.split()
        if habit == "own":
            node.title = self.desk.title(event)
        elif habit == "lead":
            node.title = " ".join(node.body[0][0].rstrip(".").split()[: pick.randint(6, 12)])
        elif habit == "trim" and len(words) > 4:
            words[pick.randrange(len(words))] = self.tongue.word(event.topic)
            node.title = " ".join(words[: pick.randint(4, len(words))])

    def _pass_credits(self, node: Node, parent: Node) -> None:
        """Credits are kept, lost, or given: to the parent or to the agency behind it."""
        pick = self.pick
        agency = parent.agency
        kept = pick.random() < 0.5
        if kept:
            node.head, node.foot = list(parent.head), list(parent.foot)
        node.agency = None
        if agency and pick.random() < 0.6:
            node.head = [h for h in node.head if agency not in h]
            self._credit(node, agency)
        elif not agency and pick.random() < self.crediting:
            self._mention(node, parent.outlet.name)

    def _credit(self, node: Node, agency: str) -> None:
        pick, place = self.pick, self.tongue.name()
        form = pick.randrange(5)
        if form == 0:
            node.head.append(f"By {agency}")
        elif form == 1 and node.body and node.body[0]:
            node.body = [[f"{place.upper()} ({agency}) - {node.body[0][0]}", *node.body[0][1:]], *node.body[1:]]
        elif form == 2:
            node.foot.append(f"Source: {agency}")
        elif form == 3:
            node.head.append(f"{place} ({agency})")
        else:
            node.foot.append(f"({agency})")

    def _mention(self, node: Node, outlet: str) -> None:
        pick = self.pick
        form = pick.randrange(4)
        if form == 0:
            node.foot.append(f"This article was first published by the {outlet}.")
        elif form == 1:
            node.foot.append(f"Source: {outlet}")
        elif form == 2 and node.body:
            at = pick.randrange(len(node.body))
            node.body = [*node.body[:at], [f"The {outlet} first reported it.", *node.body[at]], *node.body[at + 1 :]]
        else:
            node.body = [[f"{node.body[0][0].rstrip('.')}, the {outlet} reported.", *node.body[0][1:]], *node.body[1:]]

    def _hide(self, nodes: Sequence[Node]) -> None:
        used = [n for n in nodes if any(n.name in m.above for m in nodes)]
        for node in used:
            chance = self.hiding * (1.3 if not node.above else 0.35)
            node.hidden = self.pick.random() < chance

    def row(self, node: Node) -> Row:
        """The article as a reader of JSONL gets it."""
        pick = self.pick
        head, foot = node.outlet.chrome
        paragraphs = [" ".join(p) for p in node.body]
        gap = "\n\n" if pick.random() < 0.9 else "\n"
        shown = pick.random() < 0.75
        text = gap.join([*(head if shown else ()), *node.head, *paragraphs, *node.foot, *(foot if shown else ())])
        if not node.outlet.curly:
            text = text.replace("“", '"').replace("”", '"')
        known = pick.random() < self.publishers
        url = None
        if pick.random() < self.urls and node.outlet.domain:
            node.url = node.url or f"https://{node.outlet.domain}/{node.name}"
            url = node.url
        return {
            "id": node.name,
            "title": node.title if pick.random() < 0.95 else None,
            "text": text,
            "published": self._stamp(node.when),
            "publisher": (node.outlet.name or None) if known else None,
            "url": url,
            "language": "en",
        }

    def _stamp(self, when: datetime) -> str | None:
        pick = self.pick
        if pick.random() < self.lost_time:
            return None
        if pick.random() < self.wrong_time:
            when += timedelta(hours=pick.choice([-40, -12, -5, 6, 20, 70]) * pick.random())
        if pick.random() < self.day_time:
            return when.strftime("%Y-%m-%d")
        return when.strftime("%Y-%m-%dT%H:%M:00") + pick.choice(["", "", "Z"])


def collection(seed: int, families: int = 12, bases: Sequence[list[list[str]]] = ()) -> tuple[list[Row], Truth]:
    """The articles of one collection in shuffled order under names that tell nothing, and the truth about them.
    ``bases`` are paragraphs of sentences to report instead of invented ones."""
    world = World(seed, bases)
    rows: list[Row] = []
    parents: dict[str, tuple[str, ...]] = {}
    family: dict[str, int] = {}
    body: dict[str, str] = {}
    lost: dict[str, tuple[str, ...]] = {}
    for number in range(families):
        nodes = world.family()
        gone = {n.name for n in nodes if n.hidden}
        tops = {n.name: _top(n, nodes) for n in nodes}
        for node in nodes:
            above = tuple(f"~{p}" if p in gone else p for p in node.above)
            if node.hidden:
                lost[f"~{node.name}"] = above
                continue
            rows.append(world.row(node))
            parents[node.name] = above
            family[node.name] = number * 100 + tops[node.name]
            body[node.name] = bare(" ".join(s for p in node.body for s in p))
    return _renamed(rows, Truth(parents, family, body, lost), world.pick)


def _top(node: Node, nodes: Sequence[Node]) -> int:
    """A number that all nodes of one tree share: merges join the trees of their parents."""
    number = {n.name: i for i, n in enumerate(nodes)}
    root = list(range(len(nodes)))

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    for n in nodes:
        for parent in n.above:
            a, b = find(number[n.name]), find(number[parent])
            root[max(a, b)] = min(a, b)
    return find(number[node.name])


def _renamed(rows: list[Row], truth: Truth, pick: random.Random) -> tuple[list[Row], Truth]:
    pick.shuffle(rows)
    new = {row["id"]: f"x{i:05}" for i, row in enumerate(rows)}
    rows = [{**row, "id": new[row["id"]], "url": row["url"]} for row in rows]
    return rows, truth.renamed(new)


def bare(text: str) -> str:
    """Its words, without case and marks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def sentences(text: str) -> list[list[str]]:
    """Paragraphs of sentences of a text, roughly."""
    parts = (p.strip() for p in re.split(r"\n+", text))
    return [re.split(r"(?<=[.!?\"”]) (?=[A-Z\"“])", p) for p in parts if p]
