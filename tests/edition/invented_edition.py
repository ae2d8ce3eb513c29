"""An invented collection with everything an edition can hold, pointed at by words instead of by offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from variorum.model import (
    Article,
    Attribution,
    Block,
    BlockKind,
    Check,
    Claim,
    ClaimStatus,
    Conflict,
    Credit,
    Edition,
    Entity,
    Frame,
    Lineage,
    Link,
    Location,
    Mention,
    Origin,
    Passage,
    Period,
    Problem,
    Producer,
    Quantity,
    Quote,
    Reading,
    Root,
    Span,
    Stamp,
    Statement,
    Story,
    Support,
    Timex,
)
from variorum.text.ids import content_id


def find(text: str, words: str) -> Span:
    """Where ``words`` stand in ``text``; they must stand there."""
    start = text.index(words)
    return start, start + len(words)


def article(
    name: str,
    blocks: Iterable[tuple[BlockKind, str]],
    publisher: str | None,
    published: str | None,
    agencies: tuple[str, ...] = (),
    credit: str | None = None,
) -> Article:
    """An article of ``blocks``, joined by empty lines."""
    parts = list(blocks)
    text, spans = "", []
    for kind, words in parts:
        text += "\n\n" if text else ""
        spans.append(Block((len(text), len(text) + len(words)), kind))
        text += words
    precision: Any = "minute" if published and "T" in published else "day"
    title = next((words for kind, words in parts if kind == "title"), None)
    credits = (Credit(agencies[0], find(text, credit), "byline"),) if credit and agencies else ()
    stamp = Stamp(published, precision, "stated") if published else None
    return Article(
        content_id("a", name, text),
        f"{name}.txt",
        text,
        title=title,
        publisher=publisher,
        agencies=agencies,
        credits=credits,
        language="en",
        published=stamp,
        blocks=tuple(spans),
    )


@dataclass
class Newsroom:
    """Collects the records of one story while it is being written."""

    articles: list[Article] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def entity(self, name: str, kind: Any, role: str | None = None, aliases: tuple[str, ...] = ()) -> Entity:
        """A thing and all its mentions by name or alias."""
        mentions = [
            Location(a.id, m.span())
            for a in self.articles
            for m in re.finditer("|".join(map(re.escape, sorted((name, *aliases), key=len, reverse=True))), a.text)
        ]
        made = Entity(content_id("e", name), name, kind, aliases, role, tuple(mentions))
        self.entities[name] = made
        return made

    def say(
        self, where: Article, words: str, *sources: str, cue: str = "said", content: str | None = None, **more: Any
    ) -> Statement:
        """A statement; ``sources`` run from the outermost to the innermost and stand in the words."""
        span = find(where.text, words)
        body = find(where.text, content) if content else span
        chain = tuple(
            self._attribution(where, span, body, source, cue, number) for number, source in enumerate(sources)
        )
        inner = chain[-1] if chain else None
        root = (
            Root(inner.name, inner.entity, inner.kind)
            if inner
            else Root((where.agencies or (where.publisher,))[0], None, "agency" if where.agencies else "outlet")
        )
        mentions = tuple(
            Mention(e.id, m.span)
            for e in self.entities.values()
            for m in e.mentions
            if m.article == where.id and span[0] <= m.span[0] and m.span[1] <= span[1]
        )
        day = more.pop("on", None)
        defaults: dict[str, Any] = {
            "polarity": "affirmed",
            "certainty": "certain",
            "reality": "happened",
            "quote": Quote("none"),
            "event_time": Period(day, day, "stated") if day else None,
            "mentions": mentions,
            "frame": Frame("", span, terms=terms(words)),
        }
        made = Statement(
            content_id("s", where.id, span), where.id, span, words, (body,), chain, root, **(defaults | more)
        )
        self.statements.append(made)
        return made

    def _attribution(self, where: Article, span: Span, body: Span, source: str, cue: str, number: int) -> Attribution:
        start, _ = find(where.text[span[0] : span[1]], source)
        known = self.entities.get(source)
        kind: Any = known.kind if known and known.kind in {"person", "organisation", "agency", "outlet"} else "unnamed"
        at = where.text.find(cue, span[0], span[1])
        return Attribution(
            content_id("t", where.id, span, number),
            source,
            kind,
            known.id if known else None,
            (span[0] + start, span[0] + start + len(source)),
            (at, at + len(cue)) if at >= 0 else None,
            cue,
            (body,),
            "deny" if cue == "denied" else "report",
        )

    def claim(
        self,
        status: ClaimStatus,
        statements: Iterable[Statement],
        newsrooms: Span = (1, 1),
        roots: Span = (1, 1),
        **more: Any,
    ) -> Claim:
        """A claim of ``statements``, told in the words of the first."""
        said = tuple(statements)
        dates = sorted(self._date(s.article) for s in said)
        support = Support(len({s.article for s in said}), newsrooms, roots, ("written for the test",))
        made = Claim(
            content_id("c", *(s.id for s in said)),
            said[0].text,
            tuple(s.id for s in said),
            status,
            support,
            first_reported=dates[0] or None,
            last_reported=dates[-1] or None,
            **more,
        )
        self.claims.append(made)
        return made

    def _date(self, identity: str) -> str:
        stamp = next(a.published for a in self.articles if a.id == identity)
        return stamp.value if stamp else ""

    def conflict(self, relation: Any, kind: Any, about: str, explanation: str, *readings: tuple[str, Claim]) -> None:
        """Claims that answer one question differently."""
        rows = tuple(Reading(value, (c.id,), c.statements) for value, c in readings)
        key = content_id("x", about, relation)
        self.conflicts.append(Conflict(key, relation, kind, about, rows, explanation, 0.9))

    def story(self) -> Story:
        """What `compare` would hand to `edit`."""
        dates = sorted(a.published.value for a in self.articles if a.published)
        return Story(
            content_id("y", *(a.id for a in self.articles)),
            "",
            tuple(a.id for a in self.articles),
            {a.id: 1.0 for a in self.articles},
            dates[0] if dates else None,
            dates[-1] if dates else None,
            claims=tuple(self.claims),
            conflicts=tuple(self.conflicts),
        )


_SHORT = frozenset(["and", "for", "from", "had", "have", "said", "that", "the", "told", "was", "were", "with"])


def terms(words: str) -> tuple[str, ...]:
    """A rough stand-in for the content lemmas of a parse."""
    return tuple(dict.fromkeys(w for w in re.findall(r"[^\W_]{3,}", words.lower()) if w not in _SHORT))


LEAD = "The ferry Alma ran aground off Nordholm on Tuesday evening with 214 people on board, the coastguard said."
INJURED = "Eleven people were injured, two of them seriously, the coastguard said."
FAULT = "The shipping line Norrsund denied that the rudder had failed."
HEARING = "A hearing will be held in Port Veil on 12 March, Transport Minister Ada Lorne said."
CREWED = "Three tugs reached the ship before midnight."
APPEAL = "Like what you read? Support us from only 3 crowns a month. Sign up now!"


def newsroom() -> tuple[Newsroom, Lineage]:
    """Five invented reports of one grounding: a dispatch copied twice, two reports of their own."""
    n = Newsroom()
    wire = [("body", LEAD), ("body", INJURED), ("body", FAULT), ("body", CREWED), ("body", HEARING)]
    first = article(
        "gazette",
        [("title", "Ferry runs aground off Nordholm"), ("byline", "By KNA"), ("dateline", "5 March 2031"), *wire],  # type: ignore[list-item]
        "Harbour Gazette",
        "2031-03-05",
        ("KNA",),
        "KNA",
    )
    second = article(
        "coastline",
        [("title", "Ferry runs aground off Nordholm"), ("body", "(KNA)"), *wire, ("boilerplate", APPEAL)],  # type: ignore[list-item]
        "coastline.example",
        "2031-03-05T09:40",
        ("KNA",),
        "KNA",
    )
    third = article(
        "post",
        [
            ("title", "“It was like a drum,” says ferry passenger"),
            ("standfirst", "Passengers of the Alma tell of a bang and an hour in the dark."),
            (
                "body",
                "The Alma ran aground on the Skarv reef off Nordholm late on Tuesday, passengers said. "
                "“It was like a drum, and then the lights were gone,” said passenger Lisbet Orme.",
            ),
            (
                "body",
                "Two officers on the bridge told the Nordholm Post that the rudder had failed minutes before. "
                "He would not say more.",
            ),
            ("body", "Nine people were injured, the district hospital said."),
            ("caption", "The Alma on the reef. Photo: T. Berg"),
            ("related", "Read more: All ferry accidents since 1990"),
        ],
        "Nordholm Post",
        "2031-03-06",
    )
    fourth = article(
        "courier",
        [
            ("title", "Minister opens ferry hearing"),
            ("body", "A hearing on the grounding of the ferry Alma was held in Port Veil on 12 March."),
            (
                "body",
                "Thirteen people were injured in the accident, the coastguard said, correcting its earlier count.",
            ),
            ("body", "Norrsund will pay every passenger 400 crowns, its director Piers Holl told the hearing."),
        ],
        "Veil Courier",
        "2031-03-13",
    )
    fifth = article("undated", [("body", "Ferries in the strait stayed in port on Wednesday.")], None, None)
    n.articles = [first, second, third, fourth, fifth]
    n.entity("KNA", "agency")
    n.entity("coastguard", "organisation")
    n.entity("Norrsund", "organisation", "shipping line")
    n.entity("Ada Lorne", "person", "Transport Minister")
    n.entity("Lisbet Orme", "person", "passenger")
    n.entity("Piers Holl", "person", "director of Norrsund")
    n.entity("Nordholm", "place")
    n.entity("Port Veil", "place")
    _tell(n, first, second, third, fourth, fifth)
    return n, _lineage(first, second, third, fourth, fifth)


def _tell(n: Newsroom, first: Article, second: Article, third: Article, fourth: Article, fifth: Article) -> None:
    aground = [n.say(a, LEAD, "coastguard", on="2031-03-04") for a in (first, second)]
    time = Timex(find(first.text, "Tuesday evening"), "TIME", "2031-03-04TEV", "2031-03-04", "2031-03-04", "2031-03-05")
    count = Quantity(find(first.text, "214 people"), 214.0, 214.0, "exact", "person", role="aboard")
    n.statements[0] = aground[0] = replace(aground[0], times=(time,), quantities=(count,))
    reef = n.say(
        third,
        "The Alma ran aground on the Skarv reef off Nordholm late on Tuesday, passengers said.",
        "passengers",
        on="2031-03-04",
    )
    eleven = [n.say(a, INJURED, "coastguard") for a in (first, second)]
    nine = n.say(third, "Nine people were injured, the district hospital said.", "district hospital")
    thirteen = n.say(
        fourth,
        "Thirteen people were injured in the accident, the coastguard said, correcting its earlier count.",
        "coastguard",
    )
    denied = [n.say(a, FAULT, "Norrsund", cue="denied", polarity="negated") for a in (first, second)]
    rudder = n.say(
        third,
        "Two officers on the bridge told the Nordholm Post that the rudder had failed minutes before.",
        "Two officers on the bridge",
        cue="told",
        content="the rudder had failed minutes before",
    )
    n.say(third, "He would not say more.")
    drum = n.say(
        third,
        "“It was like a drum, and then the lights were gone,” said passenger Lisbet Orme.",
        "Lisbet Orme",
        content="It was like a drum, and then the lights were gone,",
        quote=Quote("direct", (find(third.text, "It was like a drum, and then the lights were gone,"),)),
    )
    tugs = [n.say(a, CREWED) for a in (first, second)]
    planned = [n.say(a, HEARING, "Ada Lorne", reality="planned", on="2031-03-12") for a in (first, second)]
    held = n.say(
        fourth, "A hearing on the grounding of the ferry Alma was held in Port Veil on 12 March.", on="2031-03-12"
    )
    pay = n.say(
        fourth,
        "Norrsund will pay every passenger 400 crowns, its director Piers Holl told the hearing.",
        "Piers Holl",
        cue="told",
        reality="planned",
    )
    port = n.say(fifth, "Ferries in the strait stayed in port on Wednesday.")
    n.claim("corroborated", [*aground, reef], (2, 2), (2, 2))
    old = n.claim("superseded", eleven)
    hospital = n.claim("disputed", [nine])
    new = n.claim("disputed", [thirteen])
    accused = n.claim("denied", [rudder], denied_by=tuple(s.id for s in denied))
    denial = n.claim("single_origin", denied)
    n.claim("single_origin", [drum])
    n.claim("single_origin", tugs)
    before = n.claim("superseded", planned)
    after = n.claim("single_origin", [held])
    n.claim("planned", [pay])
    n.claim("unclear", [port])
    n.conflict("update", "quantity", "people injured", "The coastguard corrected 11 to 13.", ("11", old), ("13", new))
    n.conflict(
        "contradiction",
        "quantity",
        "people injured",
        "The hospital says nine, the coastguard 13.",
        ("nine", hospital),
        ("13", new),
    )
    n.conflict(
        "contradiction",
        "denial",
        "whether the rudder failed",
        "Two officers say it failed, the line denies it.",
        ("the rudder failed", accused),
        ("it did not", denial),
    )
    n.conflict(
        "update", "status", "the hearing", "What was planned has been held.", ("planned", before), ("held", after)
    )


def _lineage(first: Article, second: Article, third: Article, fourth: Article, fifth: Article) -> Lineage:
    dispatch = Origin(
        "o-dispatch",
        "KNA dispatch",
        "agency",
        False,
        (first.id, second.id),
        tuple(Location(a.id, (find(a.text, LEAD)[0], find(a.text, HEARING)[1])) for a in (first, second)),
    )
    own = tuple(
        Origin(f"o-{number}", a.publisher or "unknown", "newsroom", True, (a.id,), (Location(a.id, (0, len(a.text))),))
        for number, a in enumerate((third, fourth, fifth))
    )
    links = tuple(
        Link("o-dispatch", a.id, "copy", share, 1.0, 0.97, (), ("credit line 'KNA'", "same words in 5 paragraphs"))
        for a, share in ((first, 1.0), (second, 0.93))
    )
    credit = Link(
        first.id,
        fourth.id,
        "rewrite",
        0.2,
        0.1,
        0.6,
        (Passage(find(first.text, "the coastguard said"), find(fourth.text, "the coastguard said"), 1.0),),
        ("one sentence reworded",),
    )
    return Lineage((*links, credit), (dispatch, *own))


def story_parts() -> tuple[Story, tuple[Article, ...], tuple[Statement, ...], tuple[Entity, ...], Lineage]:
    """What `edit` is called with."""
    n, lineage = newsroom()
    return n.story(), tuple(n.articles), tuple(n.statements), tuple(n.entities.values()), lineage


def edition() -> Edition:
    """The finished invented edition."""
    from variorum.edition import edit

    story, articles, statements, entities, lineage = story_parts()
    edited = edit(story, articles, statements, entities, lineage)
    check = Check("sum", True, "eleven injured = two seriously + nine lightly", (statements[3].id,))
    edited = replace(edited, checks=(check,))
    return Edition(
        Producer("0.1.0", {"plain": False}, {"spacy": "none"}),
        articles,
        entities,
        statements,
        lineage,
        (edited,),
        (Problem("broken.pdf", "ingest", "not a text: the file starts with %PDF; convert it to text first"),),
    )
