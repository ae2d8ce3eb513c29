"""Every record that crosses from one stage to the next, and the published edition made of them.

All spans are ``[start, end)`` in Unicode code points of the article's ``text``. Ids are hashes of content, so the
same input gives the same ids on every run and on every machine. Records are frozen: a stage returns new ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Generic, Literal, TypeVar

Span = tuple[int, int]

SCHEMA: Final = "variorum.edition/1"

BlockKind = Literal[
    "title",
    "standfirst",
    "byline",
    "dateline",
    "body",
    "quote",
    "caption",
    "credit",
    "list",
    "table",
    "related",
    "correction",
    "boilerplate",
]
#: Kinds of block whose sentences are somebody's statements; the others are never parsed.
ASSERTIVE_BLOCKS: Final[frozenset[BlockKind]] = frozenset({"standfirst", "body", "quote", "list", "correction"})
#: Kinds of block whose words count as an article's own text in shares of copied text.
BODY_BLOCKS: Final[frozenset[BlockKind]] = frozenset({"standfirst", "body", "quote", "list", "table", "correction"})

Precision = Literal["year", "month", "day", "minute", "second"]
DateBasis = Literal["stated", "metadata", "url", "inferred"]
#: Where a page says something of itself; ``record`` is what the article came in (a feed, a row), ``profile`` what is
#: known of its publisher.
MetadataSource = Literal["record", "profile", "json-ld", "meta", "microdata", "rdfa", "visible", "url"]
MetadataField = Literal["title", "author", "publisher", "published", "modified", "canonical_url", "section", "language"]
CreditPlace = Literal["byline", "dateline", "credit", "lead", "body", "caption"]
EntityKind = Literal["person", "organisation", "place", "outlet", "agency", "event", "product", "law", "other"]
SourceKind = Literal["agency", "person", "organisation", "outlet", "document", "unnamed"]
Stance = Literal["report", "claim", "deny", "confirm", "warn", "ask", "promise"]
QuoteKind = Literal["none", "direct", "indirect", "mixed"]
Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Reality = Literal["happened", "ongoing", "planned", "conditional", "unknown"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeBasis = Literal["stated", "inferred"]
Tense = Literal["past", "present", "future"]
Bound = Literal["exact", "at_least", "at_most", "about"]
ArgumentRole = Literal["agent", "patient", "recipient", "place", "other"]
LinkKind = Literal["copy", "excerpt", "rewrite", "credit", "revision"]
OriginKind = Literal["agency", "newsroom", "document", "unknown"]
ClaimStatus = Literal["corroborated", "single_origin", "disputed", "denied", "superseded", "planned", "unclear"]
Relation = Literal["contradiction", "update", "rounding", "different_scope"]
ConflictKind = Literal["quantity", "category", "denial", "date", "place", "agent", "status"]
CheckKind = Literal["sum", "rate", "percentage", "interval", "speed"]
TimelineStatus = Literal["happened", "planned"]
PlaceKind = Literal["country", "region", "city"]
RoleState = Literal["current", "former", "future"]
Verdict = Literal["supported", "denied", "disputed", "silent"]
PairRelation = Literal["same", "entails", "refines", "contradicts", "different", "unknown"]
EditKind = Literal["changed", "added", "dropped"]
ChangeKind = Literal["status", "conflict", "reading", "settled", "claim", "support", "gone"]
DecisionKind = Literal[
    "copy",
    "not_copy",
    "merge_stories",
    "split_stories",
    "merge_claims",
    "split_claims",
    "same_entity",
    "other_entity",
    "attribution",
    "claim_status",
]
OutcomeState = Literal["agrees", "overrides", "disagrees", "lost"]
JobState = Literal["waiting", "running", "done", "failed", "interrupted"]
#: States of a job in which nothing more comes.
ENDED: Final[tuple[JobState, ...]] = ("done", "failed", "interrupted")

Row = TypeVar("Row")


# --- ingest -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date of the article itself. ``value`` is ISO 8601 with a zone only when known; ``reason`` says how an
    inferred one was found."""

    value: str
    precision: Precision
    basis: DateBasis
    span: Span | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stand in the record they came from, if it had markup: the XPath of their element, their offsets in
    its string value in code points, and their range in the bytes of the record (the page as the server meant it, with
    transfer and content encodings taken off). What could not be found for certain is null."""

    path: str | None
    span: Span | None = None
    bytes: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with its kind. Blocks are in order and do not overlap; between them stands only white space.
    ``raw`` says where the words stand in the record they came from."""

    span: Span
    kind: BlockKind
    raw: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A news agency that the article credits: its name and the words that name it. ``place`` decides what the
    credit covers: in byline, dateline, credit line or lead the whole report, in the body only its own sentence."""

    agency: str
    span: Span
    place: CreditPlace


@dataclass(frozen=True, slots=True)
class Metadatum:
    """What one source says of an article: ``value`` as given. ``chosen`` are those that the article itself
    repeats; ``flag`` says what speaks against the value, if anything does."""

    field: MetadataField
    value: str
    source: MetadataSource
    chosen: bool
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The bytes an article was read from: the page, the feed entry's content, the line of a table. ``sha256`` is their
    digest, under which they are kept; ``at`` the byte range of their record in the file they came in, as packed there,
    where they are a record of a file; ``encoding`` is what markup was decoded with."""

    sha256: str
    at: Span | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One web report as published at one time. ``domain`` is the registrable domain of its address, ``metadata`` all
    that the page says of itself, agreed or not."""

    id: str
    source: str
    text: str
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    language: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    retrieved: Stamp | None = None
    blocks: tuple[Block, ...] = ()
    domain: str | None = None
    section: str | None = None
    metadata: tuple[Metadatum, ...] = ()
    raw: RawRecord | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What was left out or could not be read: where, at which stage, why, and what to do about it."""

    source: str
    stage: str
    reason: str


# --- annotate -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Location:
    """Words of one article."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place lies, by GeoNames. ``geonames`` is its number there, ``country`` the ISO 3166 code; coordinates
    are degrees, of countries and regions those of the middle of their towns, weighted by people. ``reason`` says what
    decided, or why nothing does: then all else is null, and ``confidence`` 0."""

    geonames: int | None
    latitude: float | None
    longitude: float | None
    country: str | None
    kind: PlaceKind | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office or description that reports gave a person: ``title`` as written, without the country and without
    "former"; ``state`` as of those reports; the dates of the first and the last of them; where the words stand."""

    title: str
    country: str | None
    state: RoleState
    first_reported: str | None
    last_reported: str | None
    mentions: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing that all its spellings name. ``role`` is the one that tells most, ``roles`` all of a person's, dated;
    ``place`` is null for what is no place."""

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    role: str | None = None
    mentions: tuple[Location, ...] = ()
    roles: tuple[Role, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text and the entity it names."""

    entity: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, a cue and what is attributed to the source. ``content`` leaves out quotation marks, cue and source.

    ``within`` is the id of the row it is nested in, ``continues`` that of the row it continues from an earlier
    paragraph. ``relay`` marks a medium that passes on ("told AFP", "Reuters reported"). ``quote`` says how the words
    are given. ``span`` and ``cue`` are null only for a continuation that repeats neither.
    """

    id: str
    name: str
    kind: SourceKind
    entity: str | None
    span: Span | None
    cue: Span | None
    cue_lemma: str
    content: tuple[Span, ...]
    stance: Stance
    quote: QuoteKind = "indirect"
    within: str | None = None
    continues: str | None = None
    relay: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """The innermost known source of a statement."""

    name: str | None
    entity: str | None
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a statement that are given as someone's own, without their marks."""

    kind: QuoteKind
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression with its TIMEX3 type and value. ``begin`` and ``end`` are the ISO dates (or date-times) it
    covers, ``end`` inclusive, null where open or unknown; ``anchor`` is the date it was resolved against; ``tense``
    that of the verb that governs it: whether it is told as gone or as to come; ``reason`` says why the value is
    partial or could be read another way."""

    span: Span
    type: TimexType
    value: str
    begin: str | None = None
    end: str | None = None
    anchor: str | None = None
    tense: Tense | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When something held. ``end`` is inclusive; an open end is null."""

    begin: str | None
    end: str | None
    basis: TimeBasis


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds ("at least 5": low 5, high null), the unit as written in the singular, what happened
    to what it counts (``role``), the span of the whole it is a part of (``of``), and whether it is a running total."""

    span: Span
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None = None
    unit_code: str | None = None
    role: str | None = None
    of: Span | None = None
    cumulative: bool | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of a statement: ``head`` is the lemma of its head noun, ``modifiers`` the lower-cased words that
    narrow it, in order, ``entity`` the named thing it is."""

    role: ArgumentRole
    head: str
    span: Span
    modifiers: tuple[str, ...] = ()
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Who did what to whom in one statement: the lemma of its predicate, its participants, and ``terms``, the
    distinct lower-cased lemmas of its content words in order (for comparing wording)."""

    predicate: str
    span: Span
    arguments: tuple[Argument, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence or clause asserts. ``span`` covers the clause with its cue and source where contiguous;
    ``content`` is what is asserted. ``attribution`` runs from the outermost source to the innermost. It has three
    times: when what it tells happened, as of when it is stated, and when it was reported: by its innermost source where
    the sentence says so, else by the article."""

    id: str
    article: str
    span: Span
    text: str
    content: tuple[Span, ...]
    attribution: tuple[Attribution, ...]
    root: Root
    quote: Quote
    polarity: Polarity
    certainty: Certainty
    reality: Reality
    times: tuple[Timex, ...] = ()
    event_time: Period | None = None
    as_of: Period | None = None
    reported: Period | None = None
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything read out of one article; ``id`` is the article's, ``entities`` those of this article alone until
    they are resolved across articles."""

    id: str
    blocks: tuple[Block, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Timex, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    entities: tuple[Entity, ...] = ()


# --- lineage ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that two articles share; ``similarity`` is 1.0 where the words are the same."""

    parent: Span
    child: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """A parent that was considered and lost."""

    parent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Revision:
    """What a later version changed: ``added`` and ``corrected`` are spans of the child, ``dropped`` of the parent."""

    added: tuple[Span, ...] = ()
    dropped: tuple[Span, ...] = ()
    corrected: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """``child`` took text from ``parent`` (an article or an origin), or credits it. Shares count body text only;
    ``evidence`` states in words what decided."""

    parent: str
    child: str
    kind: LinkKind
    share_of_child: float
    share_of_parent: float
    confidence: float
    passages: tuple[Passage, ...] = ()
    evidence: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The root of a lineage: an agency dispatch or a newsroom's own report. ``passages`` are the words of each
    article that stem from it. Every article has at least one origin."""

    id: str
    label: str
    kind: OriginKind
    in_collection: bool
    articles: tuple[str, ...]
    passages: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a human says of one link: ``child`` took text from ``parent``, or (``holds`` false) it did not."""

    parent: str
    child: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Lineage:
    """Who copied whom."""

    links: tuple[Link, ...] = ()
    origins: tuple[Origin, ...] = ()


# --- stories, compare, edit ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Support:
    """How many stand behind a claim. ``newsrooms`` and ``roots`` are ranges [low, high] over distinct ones."""

    articles: int
    newsrooms: tuple[int, int]
    roots: tuple[int, int]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements, from any article, that say the same thing; ``text`` is the clearest of them, verbatim; of a
    corroborated one the part of it that two sources tell."""

    id: str
    text: str
    statements: tuple[str, ...]
    status: ClaimStatus
    support: Support
    refines: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    first_reported: str | None = None
    last_reported: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer to the question that a conflict is about."""

    value: str
    claims: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Readings of one question side by side: a contradiction, or what only looks like one (``relation``). For an
    update the earlier state comes first."""

    id: str
    relation: Relation
    kind: ConflictKind
    about: str
    readings: tuple[Reading, ...]
    explanation: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Check:
    """Arithmetic that reports imply, with its working; ``holds`` is null where it cannot be told."""

    kind: CheckKind
    holds: bool | None
    explanation: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event on its own date, however many articles tell it."""

    begin: str
    end: str | None
    precision: Precision
    text: str
    claims: tuple[str, ...]
    status: TimelineStatus


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """One sentence of the brief and the words it rests on."""

    text: str
    citations: tuple[Location, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All the articles on one event as it unfolds. ``shares`` says how much of each article belongs to it; of one that
    tells other events too, ``passages`` are where it tells of this one."""

    id: str
    title: str
    articles: tuple[str, ...]
    shares: dict[str, float]
    begin: str | None = None
    end: str | None = None
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    checks: tuple[Check, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    brief: tuple[BriefSentence, ...] = ()
    keywords: tuple[str, ...] = ()
    passages: dict[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Affair:
    """Two ``stories`` of one longer affair, the ``names`` at the heart of both, and how much of what such names say
    they have in common, in (0, 1]."""

    stories: tuple[str, str]
    names: tuple[str, ...]
    alike: float


@dataclass(frozen=True, slots=True)
class Producer:
    """What made the edition: enough to make it again."""

    version: str
    settings: dict[str, str | int | float | bool | None]
    models: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything found about a set of articles: the result of ``variorum collate``."""

    producer: Producer
    articles: tuple[Article, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    lineage: Lineage = field(default_factory=Lineage)
    stories: tuple[Story, ...] = ()
    problems: tuple[Problem, ...] = ()
    affairs: tuple[Affair, ...] = ()
    schema: str = SCHEMA


# --- the toll of an event --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TollReading:
    """How many, as one report or several have it: an open ``high`` is null. ``spans`` are the words that say so,
    ``sure`` is false where the same text, or another report, says otherwise."""

    low: float
    high: float | None
    spans: tuple[Span, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ReportToll:
    """Dead and injured of the event that one article reports; null where it tells none. ``attacker`` says whether
    attackers who died are ``in`` the killed or left ``out``, null where none is told of."""

    article: str
    killed: TollReading | None = None
    injured: TollReading | None = None
    attacker: Literal["in", "out"] | None = None


@dataclass(frozen=True, slots=True)
class StoryToll:
    """The toll of a story: that of its latest report that tells one, not sure where reports differ; and each report's,
    in order of publication."""

    story: str
    title: str
    killed: TollReading | None = None
    injured: TollReading | None = None
    attacker: Literal["in", "out"] | None = None
    reports: tuple[ReportToll, ...] = ()


# --- asked of an edition ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Witness:
    """A statement that speaks to what was asked: who says it (``newsroom`` and ``root``), where, in which words, and
    ``how`` it bears on it, in words; ``likeness`` is 0..1."""

    statement: str
    article: str
    span: Span
    text: str
    newsroom: str
    root: str | None
    reported: str | None
    how: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the sentence asserts, and what the reports say to it. ``support`` counts those who say so;
    ``later`` are later states of it ("five dead" after "two"); ``near`` are the statements next to it where none says
    so; ``reason`` says in words why the verdict is what it is."""

    text: str
    verdict: Verdict
    support: Support | None
    says_so: tuple[Witness, ...]
    says_otherwise: tuple[Witness, ...]
    later: tuple[Witness, ...]
    near: tuple[Witness, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an edition says to a sentence: the verdict on the whole, and on each thing that it asserts."""

    sentence: str
    verdict: Verdict
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts to compare; those of one ``context`` (a question, a story) are answers to it."""

    id: str
    a: str
    b: str
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """How the first text of a pair stands to the second: says the ``same``; ``entails`` it (and says more); is refined
    by it (``refines``: the second says the same and more); ``contradicts`` it; is ``different``; or it cannot be told
    (``unknown``). ``confidence`` is 0..1."""

    id: str
    relation: PairRelation
    confidence: float


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise in a later edition: a claim's ``status`` or ``support``, a new ``claim``, one that is
    ``gone``, a new ``conflict``, a new ``reading`` in one, one that is ``settled``. ``about`` says in words what it is
    about; ``before`` and ``after`` are null where there was, or is, nothing. ``statements`` brought it."""

    kind: ChangeKind
    about: str
    before: str | None
    after: str | None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two editions, what matters most first; articles by their ids."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]


# --- a library that lasts -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles that are collated together. ``version`` counts every change to what is in it, ``collated`` is the
    version that the stories at hand were made from: lower where work is still to be done."""

    name: str
    created: str
    articles: int
    stories: int
    version: int
    collated: int


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes that an article was read from."""

    data: bytes
    media: str


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: ids that are new, ids that were there before, and what was refused."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as lists show it; ``published`` may be inferred, ``story`` is null until it is collated."""

    id: str
    collection: str
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    url: str | None
    source: str
    added: str
    story: str | None


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as lists show it; ``places`` and ``people`` are names. ``origins`` counts the roots of the copy trees of
    its articles, ``disputed`` claims that are disputed or denied, ``conflicts`` contradictions; ``updated`` is when
    something in it was last found otherwise."""

    id: str
    collection: str
    title: str
    begin: str | None
    end: str | None
    places: tuple[str, ...]
    people: tuple[str, ...]
    articles: int
    origins: int
    claims: int
    disputed: int
    conflicts: int
    updated: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found: ``marks`` are the words found, as spans of its text; ``snippet`` the stretch of
    the text that shows most of them, with ``snippet_marks`` inside it."""

    card: ArticleCard
    snippet: str
    snippet_span: Span
    snippet_marks: tuple[Span, ...]
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the cursor that asks for those after them; null at the end."""

    rows: tuple[Row, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human ruled, with who, when and why. It names what lasts, so that it holds on every later run:

    ``copy``, ``not_copy``: the article ``others`` took text from ``subjects`` (one id each), or did not;
    ``merge_stories``: the articles ``subjects`` are of one story; ``split_stories``: they are not of ``others``' story;
    ``merge_claims``, ``split_claims``: likewise of statements;
    ``same_entity``, ``other_entity``: the names ``subjects`` and ``others`` are one, or not;
    ``attribution``: the statements ``subjects`` are said by ``value``, by the newsroom itself where it is null;
    ``claim_status``: the claim that holds most of the statements ``subjects`` stands as ``value``.

    ``found`` is what the machine found when it was made. One that was ``undone`` stays on record.
    """

    id: str
    collection: str
    kind: DecisionKind
    subjects: tuple[str, ...]
    others: tuple[str, ...]
    value: str | None
    author: str
    reason: str
    made: str
    found: str | None = None
    undone: str | None = None
    undone_by: str | None = None
    undone_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision in a run. ``found`` is what the machine found by itself: it ``agrees``, or the decision
    ``overrides`` it; where it ``disagrees`` the machine finds something else than when the decision was made, and the
    desk should look again; ``lost`` is what it was about. The decision holds in all cases but the last."""

    decision: str
    state: OutcomeState
    found: str


@dataclass(frozen=True, slots=True)
class Job:
    """Long work on a collection and how far it is; ``total`` is 0 while unknown."""

    id: str
    collection: str
    kind: str
    state: JobState
    stage: str
    done: int
    total: int
    created: str
    updated: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Words inside a shared passage that are not the same: ``changed`` for others, ``added`` in the other article,
    ``dropped`` from the one. The side without words has an empty span where they would stand."""

    kind: EditKind
    one: Span
    other: Span


@dataclass(frozen=True, slots=True)
class Parallel:
    """A stretch that two articles share, and where its words differ; what no edit covers is the same in both."""

    one: Span
    other: Span
    similarity: float
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two articles held beside each other: ``passages`` in the order of the other, and which part of the words of
    either they are. Nothing is said of direction."""

    one: str
    other: str
    share_of_one: float
    share_of_other: float
    passages: tuple[Parallel, ...] = ()
