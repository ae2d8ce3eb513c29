"""Sentences of an article that could stand in a brief: whole, self-contained, with their sources named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Final

from variorum.model import ASSERTIVE_BLOCKS, Article, Attribution, Block, Span, Statement
from variorum.text import vocabulary
from variorum.text.dates import Calendar
from variorum.text.normalise import flat_markup, flat_quotes, fold, squeeze
from variorum.text.people import is_person_word
from variorum.text.shelf import Shelf
from variorum.text.vocabulary import longest_first

_SENTENCES: Final = 6_000  # that are kept, of all stories together
_LONGEST_QUOTE: Final = 1200  # characters; more is a mark that nobody closed
_END: Final = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s)|\n[ \t]*\n")
_LAST_WORD: Final = re.compile(r"(?:^|[\s(\"'“‘])([\w.]{1,12})\s?\.$")
_WORD: Final = re.compile(r"\w[\w'’-]*")
_DAY: Final = len("2031-05-10")
_AFTERTHOUGHT: Final = re.compile(
    r",\s(?:[a-z]+\s){0,2}[\w-]+\s(?:hour|day|week|month|year)s?\s(?:after|before)\s[^,;:\"“”]+(?=\.\Z)"
)
_NOBODY: Final = frozenset({"outlet", "agency", "organisation", "document"})  # sources that no "he" can mean
_MARKS: Final = "\"'“‘«„€$£`"  # that a sentence may begin with
_THING: Final = re.compile(r"\b(?:they|them|their|it|its)\b")
_PARTICIPLE: Final = re.compile(
    r"(?:(?:after|before|upon|on|while|when|by|without|since)\s)?\w+ing\b[^,]*,\s(?:they|he|she|it|who)\b"
)
_QUOTED: Final = re.compile(r'"[^"]*"')
_SINGLE: Final = re.compile(
    r"(?<![\w'])'(?=[a-z])(?!(?:s|re|ll|ve|d|m|t|em|n|til|cause)\b)(?!.*'(?!\w))|\A[^']*[.,!?]'\W*\Z", re.S
)  # one mark of a quotation without the other
_DATELINE: Final = re.compile(
    r"(?:[A-Z][\w.'’-]*,?\s){1,4}(?:[A-Z][a-z]+\.?\s\d+(?:, \d{4})?,?\s)?\([A-Z][\w .&/-]{1,30}\)\s*[–—-]+\s*(?=[A-Z])"
)
_CALIBRE: Final = re.compile(r"\b(?:an?|the|with|of|his|her|or) ?\.\s?\d")  # "a . 357 Magnum"
_WRITTEN_AT: Final = re.compile(
    r"([A-Z][a-z]{3,})(?:\s?/\s?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s?:\s+(?=[A-Z])"
)
_THEN: Final = re.compile(
    r"\A\W*(?:at|by|in|on|from) the (?:same )?(?:time|day|night|moment)\b(?!\s(?:of|when|that))"
    r"|\b(?:at|by) (?:exactly |precisely |about )?that (?:time|moment|point|hour)\b"
)  # a time that was told before
_OF_SOME: Final = re.compile(
    r"\A\W*(?:(?:many|most|some|all|none|several|few|both|each|another|others) (?:\w+ly )?"
    r"(?:are|is|were|was|have|has|had|will|would|do|did|can|could)\b|not (?:a )?(?:single )?one\b)"
)  # of whom was told before
#: "Two of them", "a fifth had died", "said this was wrong", "in the same place": the noun was told before.
_FOR_A_NOUN: Final = re.compile(
    r"\A\W*(?:\w+ )?(?:\w+ of (?:them|those|these)\b(?! who| that)|(?:a|the) (?:\w+(?:th|rd|nd|st)|first|other)"
    r"(?:,| (?:was|is|has|had|died)\b))"
    r"|\b(?:this|that's) (?:is|was|were|had|has|would|could|might|meant|means)\b"
    r"|\b(?:said|says|added|and|but|because) that (?:was|is) (?:not|wrong|untrue|right|true|false)\b"
    r"|\b(?:in|on|at) the (?:very )?same (?:place|spot|site|slope|hall|room|road|street|house|building|day|night)\b"
    r"(?! (?:as|that|where|when))"
)
#: What was so at first is understood beside what is so now.
_AT_FIRST: Final = re.compile(
    r"\A(?!.*\b(?:but|now|later|since|instead|then|not|correct\w*|rather)\b).*"
    r"\b(?:had|was|were|has) (?:at first|initially|originally)\b",
    re.S,
)
_AHEAD: Final = re.compile(
    r"\A\W*(?:[\w-]+ ){0,3}(?:after|before|when|while|since|although|though|as|once|because|if)\b[^,;]*, "
)  # "Two days after it had opened, the bridge …"
_FROM_THEN: Final = re.compile(r"\bfrom (?:on )?\Z")  # of which Monday it is the tense does not tell
_BRACKET: Final = 60  # characters
_SOURCE: Final = re.compile(r"\b(?:source|insider|witness|colleague|neighbour|neighbor)\b")
_RELATIVE: Final = frozenset({"who", "which"})
_BODIES: Final = frozenset({"it", "they"})
_POINTING: Final = frozenset({"this", "that", "these", "those"})
_ONE: Final = re.compile(r"(?i:an?|one)\s")
_INSIDE: Final = frozenset(",;:")  # marks behind a full stop that ends no sentence ("Jr. , 49")
_BULLET: Final = re.compile(r"[-–—•*·▪]\s+")
_SPACE_BEFORE_MARK: Final = re.compile(r"\s+([,.;:!?])")


@dataclass(frozen=True, slots=True)
class Ends:
    """Words for a state of a time, and words for what ends it."""

    passing: tuple[str, ...]
    ending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefWords:
    """Words that decide which sentence can stand alone: `data/brief.toml`."""

    dangling: tuple[str, ...]
    connectives: tuple[str, ...]
    echoes: tuple[str, ...]
    familiar: tuple[str, ...]
    media: tuple[str, ...]
    unique: frozenset[str]
    several: tuple[str, ...]
    prepositions: tuple[str, ...]
    references: tuple[str, ...]
    pointing: tuple[str, ...]
    chatter: tuple[str, ...]
    nobody: tuple[str, ...]
    ties: tuple[str, ...]
    hearsay: tuple[str, ...]
    refuting: tuple[str, ...]
    closing: tuple[str, ...]
    persons: tuple[str, ...]
    writers: tuple[str, ...]
    pronouns: tuple[str, ...]
    abbreviations: tuple[str, ...]
    before_names: frozenset[str]
    appeals: tuple[str, ...]
    withdrawn: tuple[str, ...]
    participles: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    overtaken: tuple[str, ...]
    passing: tuple[str, ...]
    deictic: frozenset[str]
    parts: frozenset[str]
    long_ago: tuple[str, ...]
    outcomes: tuple[tuple[str, ...], ...]
    decisive: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    cardinals: tuple[str, ...]
    ordinals: tuple[str, ...]
    crimes: tuple[str, ...]
    hedges: tuple[str, ...]
    second_hand: tuple[str, ...]
    ends: tuple[Ends, ...]


@dataclass(frozen=True, slots=True)
class _Headlines:
    """What the brief needs of `data/headlines.toml`."""

    persons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence where it stands, with the statements it makes; ``place`` counts the article's sentences from 0, and
    ``speakers`` are the names of those who say what it tells, by where the pronouns end that stand for them.

    It has no slots, for what is read of it is read once and kept with it, or by `of_sentence`.
    """

    article: Article
    span: Span
    statements: tuple[Statement, ...]
    place: int
    opened: bool = False
    closed: bool = False
    speakers: tuple[tuple[int, str], ...] = ()

    @cached_property
    def text(self) -> str:
        """Its words without leftover markup, on one line; with a capital where trimming ``opened`` it, and a full stop
        where trimming ``closed`` it."""
        return self.told(self.notes)

    @property
    def notes(self) -> dict[int, str]:
        """What is set in to name its speakers, by where."""
        return {end: f" ({name})" for end, name in self.speakers}

    @cached_property
    def flat(self) -> str:
        """Its text in small letters and with straight quotes."""
        return flat_quotes(self.text).casefold()

    @cached_property
    def unquoted(self) -> str:
        """What it says outside of quotation marks, in small letters."""
        return _QUOTED.sub(" ", self.flat)

    @cached_property
    def is_whole(self) -> bool:
        """Whether it can be told at all: complete, quotations closed, no question, no appeal, no writer's "we",
        every source named in it."""
        text, flat = self.text, self.flat
        return (
            not text[:1].islower()
            and (text[:1].isalnum() or text[:1] in _MARKS)
            and text.count("(") == text.count(")")
            and text.rstrip("\"'”’»)")[-1:] in {".", "!"}
            and not _cut_off(text)
            and not _CALIBRE.search(self.article.text[max(0, self.span[0] - 12) : self.span[0]] + text[:6])
            and any(map(_says_something, self.statements))
            and flat.count('"') % 2 == 0
            and not _SINGLE.search(flat)
            and text.count("``") == text.count("''")
            and not any(appeal in flat for appeal in brief_words().appeals)
            and not _first_person().search(_QUOTED.sub(" ", flat_quotes(text)))
            and all(names_its_source(self, s) for s in self.statements)
            and (any(s.attribution for s in self.statements) or not (flat.startswith('"') and flat.endswith('"')))
        )

    @cached_property
    def leans(self) -> bool:
        """Whether it is understood better after another one: it points back, opens with a quote, or has a person's
        pronoun before anybody whom it can mean."""
        if points_back(self.text) or self.flat.startswith('"'):
            return True
        return _wants_a_person(self)

    def names(self, end: int) -> bool:
        """Whether the name is set behind the pronoun that ends there."""
        return any(end == place for place, _ in self.speakers)

    def told(self, notes: Mapping[int, str]) -> str:
        """As `text`, with ``notes`` set in at the offsets, into the article's text, that they stand behind."""
        places = [self.span[0], *sorted(notes), self.span[1]]
        parts = [self.article.text[a:b] + notes.get(b, "") for a, b in pairwise(places)]
        words = squeeze(flat_markup("".join(parts)))
        words = _SPACE_BEFORE_MARK.sub(r"\1", words)
        words += "." if self.closed else ""
        return words[:1].upper() + words[1:] if self.opened else words


#: For a function of one sentence.
of_sentence: Final = lru_cache(_SENTENCES)

#: The sentences of articles that were read last.
_READ: Final[Shelf[list[Sentence]]] = Shelf(_SENTENCES)


def sentences(article: Article, statements: Sequence[Statement]) -> list[Sentence]:
    """The sentences of ``article`` that make statements, in order, trimmed. A full stop inside a statement ends none.
    They are read once as long as the article and its statements stay as they are."""
    basis = article, tuple(statements)
    read = _READ.find(article.id, basis)
    if read is None:
        read = list(map(_trimmed, _sentences(article, statements)))
    _READ.put(article.id, basis, read)
    return read


def _sentences(article: Article, statements: Sequence[Statement]) -> Iterator[Sentence]:
    ordered = sorted(statements, key=lambda s: s.span)
    place = taken = 0
    for block in article.blocks or (Block((0, len(article.text)), "body"),):
        if block.kind not in ASSERTIVE_BLOCKS:
            continue
        for span in _split(article.text, block.span, ordered):
            while taken < len(ordered) and ordered[taken].span[0] < span[0]:
                taken += 1
            end = taken
            while end < len(ordered) and ordered[end].span[0] < span[1]:
                end += 1
            if end > taken:
                yield Sentence(article, span, tuple(ordered[taken:end]), place)
            place += 1
            taken = end


def _split(text: str, block: Span, statements: list[Statement]) -> Iterator[Span]:
    starts = [s.span[0] for s in statements]
    reach, ends = 0, []
    for statement in statements:
        reach = max(reach, statement.span[1])
        ends.append(reach)
    begin = block[0]
    for match in _END.finditer(text, block[0], block[1]):
        cut = match.end()
        before = bisect_right(starts, cut - 1) - 1
        if before >= 0 and ends[before] > cut:
            continue
        if (not _opens(text, cut, starts) and not _ends_sentence(text, match, block[1])) or _quoting(text, begin, cut):
            continue
        yield _stripped(text, (begin, cut))
        begin = cut
    if text[begin : block[1]].strip():
        yield _stripped(text, (begin, block[1]))


def _opens(text: str, cut: int, starts: list[int]) -> bool:
    """Whether a statement begins right after ``cut``, which settles that an abbreviation there ended a sentence too."""
    after = bisect_right(starts, cut)
    return after < len(starts) and not text[cut : starts[after]].strip() and text[starts[after]].isupper()


def _ends_sentence(text: str, match: re.Match[str], limit: int) -> bool:
    if match[0][0] == "\n":
        return True
    following = text[match.end() : min(limit, match.end() + 3)].lstrip()
    if following[:1].islower() or following[:1] in _INSIDE:
        return False
    if match[0][0] != ".":
        return True
    word = _LAST_WORD.search(text[max(0, match.start() - 13) : match.start() + 1])
    return not word or (len(word[1]) > 1 and word[1].lower() not in brief_words().abbreviations)


def _quoting(text: str, begin: int, cut: int) -> bool:
    """Whether a quotation that has begun goes on after ``cut``; one that is never closed is soon given up."""
    return cut - begin < _LONGEST_QUOTE and flat_quotes(text[begin:cut]).count('"') % 2 == 1


def _stripped(text: str, span: Span) -> Span:
    words = text[span[0] : span[1]]
    return span[0] + len(words) - len(words.lstrip()), span[1] - len(words) + len(words.rstrip())


def _trimmed(sentence: Sentence) -> Sentence:
    """Without the mark of a list, or an opening that only tied it to the sentence before ("Meanwhile, …")."""
    start, end = sentence.span
    if bullet := _BULLET.match(sentence.article.text, start, end):
        sentence = replace(sentence, span=(start := bullet.end(), end))
    if dateline := _DATELINE.match(sentence.article.text, start, end):
        sentence = replace(sentence, span=(start := dateline.end(), end))
    if label := _label().match(sentence.article.text, start, end):
        sentence = replace(sentence, span=(start := label.end(), end))
    if place := _place_of_report(sentence):
        sentence = replace(sentence, span=(start := place.end(), end))
    opening = _openings().match(sentence.article.text, start, end)
    return replace(sentence, span=(opening.end(), end), opened=True) if opening else sentence


def _place_of_report(sentence: Sentence) -> re.Match[str] | None:
    """The one name and the colon that a report, not its title, opens with: where it was written, or on which day
    too."""
    found = _WRITTEN_AT.match(sentence.article.text, *sentence.span) if sentence.place == 0 else None
    if found is None or found[0] in (sentence.article.title or ""):
        return None
    word = found[1].casefold()
    return None if is_person_word(word) or word in brief_words().several else found


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:(?i:{longest_first(brief_words().labels)})|The [a-z]+)\s*:\s+(?=[A-Z\"“])")


@of_sentence
def afterthought(sentence: Sentence) -> Span | None:
    """Where its end only says how long after or before another event it was: ", two days after a flood that cost five
    lives"."""
    found = _AFTERTHOUGHT.search(sentence.article.text, *sentence.span)
    return found.span() if found else None


def _cut_off(text: str) -> bool:
    """Whether its full stop is that of a title or an initial, so that the rest of it is missing."""
    word = _LAST_WORD.search(text)
    return word is not None and (len(word[1]) == 1 or word[1].lower() in brief_words().before_names)


def _says_something(statement: Statement) -> bool:
    """Whether a participant stands before its verb, if it was parsed: agencies' marks and stumps of sentences have
    none ("Newswire May 18, 2031")."""
    frame = statement.frame
    return frame is None or not frame.predicate or any(a.span[0] <= frame.span[0] for a in frame.arguments)


@of_sentence
def stands_alone(sentence: Sentence, length: Span) -> bool:
    """Whether a reader understands a whole sentence of ``length`` words without those around it."""
    return length[0] <= len(_WORD.findall(sentence.flat)) <= length[1] and _is_understood(sentence)


@of_sentence
def _is_understood(sentence: Sentence) -> bool:
    """Whether it is not opened by a pronoun that points back, and no exclamation of its writer."""
    unfit = _backward().match(sentence.flat) or _chatting().match(sentence.flat) or _pointing().search(sentence.flat)
    wants = (
        _wants_a_person(sentence)
        or _wants_an_object(sentence)
        or _wants_a_thing(sentence)
        or _PARTICIPLE.match(sentence.flat)
    )
    unfit = unfit or _THEN.search(sentence.unquoted) or _OF_SOME.match(sentence.flat)
    unfit = unfit or _FOR_A_NOUN.search(sentence.unquoted) or _AT_FIRST.search(sentence.unquoted)
    points = _points_with_a_word(sentence) or sentence.unquoted.rstrip(" )").endswith("!")
    return not (unfit or wants or points)


def _wants_a_person(sentence: Sentence) -> bool:
    """Whether "he", "his" or "her" stands in it before anybody whom it can mean, outside of what somebody says."""
    text = unquoted_in_place(sentence)
    pronoun = _person().search(text)
    if pronoun is None or _somebody().search(text, 0, pronoun.start()):
        return False
    if sentence.names(sentence.span[0] + pronoun.end()) or _is_ahead(sentence, pronoun):
        return False
    spans = [m.span for s in sentence.statements for m in s.mentions]
    spans += [a.span for s in sentence.statements for a in s.attribution if a.span and a.kind not in _NOBODY]
    return not _stands_before(sentence.span[0] + pronoun.start(), [*spans, *_people_in(sentence)])


def _people_in(sentence: Sentence) -> list[Span]:
    """Where one of a kind of people is brought in ("a game developer"), for whom "he" may stand."""
    heads = (a for s in sentence.statements if s.frame for a in s.frame.arguments if is_person_word(a.head))
    return [a.span for a in heads if _ONE.match(sentence.article.text, *a.span)]


def _stands_before(place: int, spans: Iterable[Span]) -> bool:
    return any(span[0] < place for span in spans)


def _wants_a_thing(sentence: Sentence) -> bool:
    """Whether "it", "they" or "their" stands in it before any name or noun."""
    pronoun = _THING.search(unquoted_in_place(sentence))
    if (
        pronoun is None
        or _is_ahead(sentence, pronoun)
        or not any(s.frame and s.frame.arguments for s in sentence.statements)
    ):
        return False
    spans = [m.span for s in sentence.statements for m in s.mentions]
    spans += [a.span for s in sentence.statements for a in s.attribution if a.span]
    heads = [a for s in sentence.statements if s.frame for a in s.frame.arguments]
    heads = [a for a in heads if fold(a.head) not in brief_words().pronouns]
    if pronoun[0] == "them":  # not who does it to them
        spans = sorted(set(spans))[1:]
    if pronoun[0].startswith("the"):
        heads = [a for a in heads if _several().search(sentence.article.text, *a.span)]
    return not _stands_before(sentence.span[0] + pronoun.start(), [*spans, *(a.span for a in heads)])


def _is_ahead(sentence: Sentence, pronoun: re.Match[str]) -> bool:
    """Whether it stands in a clause that opens the sentence and is named right behind it."""
    text = unquoted_in_place(sentence)
    opening = _AHEAD.match(text)
    if opening is None or pronoun.end() > opening.end():
        return False
    first = sentence.span[0] + opening.end()
    heads = [a.span for s in sentence.statements if s.frame for a in s.frame.arguments]
    named = [m.span for s in sentence.statements for m in s.mentions]
    return any(begin <= first < end for begin, end in heads) or any(begin == first for begin, _ in named)


def _wants_an_object(sentence: Sentence) -> bool:
    """Whether its first verb has nothing but "it" or "them" for an object, which cannot mean the one who does it: "The
    contractor has denied it"."""
    text, start = sentence.article.text, sentence.span[0]
    frames = sorted((s.frame for s in sentence.statements if s.frame), key=lambda f: f.span)
    frame = frames[0] if frames else None
    if frame is None:
        return False
    objects = [a for a in frame.arguments if a.span[0] >= frame.span[1]]
    subject = min((a.span for a in frame.arguments if a.span[1] <= frame.span[0]), default=None)
    first = min(objects, key=lambda a: a.span, default=None)
    if first is None or subject is None or subject[0] > start + 4:
        return False
    return text[slice(*first.span)].casefold() in {"it", "them"} and first.span[0] - frame.span[1] < 3


def _points_with_a_word(sentence: Sentence) -> bool:
    """Whether its verb has nothing but "this" or "that" for an object: "the ministry made that clear"."""
    text, start = unquoted_in_place(sentence), sentence.span[0]
    frames = [s.frame for s in sentence.statements if s.frame]
    objects = [a.span for frame in frames for a in frame.arguments if a.span[0] > frame.span[0] >= start]
    return any(text[begin - start : end - start] in _POINTING for begin, end in objects)


def unquoted_in_place(sentence: Sentence) -> str:
    """Its words as they stand in the article, in small letters, with blanks for what is quoted."""
    words = flat_quotes(sentence.article.text[slice(*sentence.span)]).casefold()
    return _QUOTED.sub(lambda m: " " * len(m[0]), words)


def names_its_source(sentence: Sentence, statement: Statement) -> bool:
    """Whether the innermost source of ``statement``, if it has one, stands in the sentence by more than a pronoun, or
    by that of one who stands in it too."""
    if not statement.attribution:
        return True
    source = statement.attribution[-1]
    span = source.span
    if span is None:  # "it has been reported" says itself that nobody is named
        return source.kind == "unnamed" and _is_inside(source.cue, sentence.span)
    if not _is_inside(span, sentence.span):
        return False
    word = sentence.article.text[span[0] : span[1]].casefold()
    if word not in brief_words().pronouns or sentence.names(span[1]):
        return True
    if word in _RELATIVE:
        return span[0] > sentence.span[0]
    if word in _BODIES and any(_is_other(sentence, a, span) for s in sentence.statements for a in s.attribution):
        return span[0] > sentence.span[0]  # "not 400, as it had said at first, but 600, the ministry said"
    named = [m.span for s in sentence.statements for m in s.mentions if source.entity and m.entity == source.entity]
    named += [a.span for s in sentence.statements for a in s.attribution if a.span and a.entity == source.entity]
    return source.kind == "person" and _stands_before(span[0], named or _people_in(sentence))


def _is_other(sentence: Sentence, source: Attribution, span: Span) -> bool:
    """Whether ``source`` stands in the sentence by a noun, and not where ``span`` does."""
    inside = _is_inside(source.span, sentence.span)
    if source.span is None or source.span == span or not inside:
        return False
    return sentence.article.text[slice(*source.span)].casefold() not in brief_words().pronouns


def _is_inside(part: Span | None, whole: Span) -> bool:
    return part is not None and whole[0] <= part[0] and part[1] <= whole[1]


def points_back(text: str) -> bool:
    """Whether it can only be understood after another sentence."""
    flat = flat_quotes(text).casefold()
    return bool(_echo().match(flat) or _backward().match(flat))


@of_sentence
def is_long_ago(sentence: Sentence) -> bool:
    """Whether it tells what was years before."""
    return _long_ago().search(sentence.unquoted) is not None


@of_sentence
def leans_on(sentence: Sentence) -> bool:
    """Whether a word in it ties it to what was told before: "was then taken", "is also checking"."""
    return _tied().search(sentence.unquoted) is not None


def days_meant(sentence: Sentence) -> dict[int, str]:
    """The days, in ISO, that are only named as seen from the day of the report ("on Monday", "this morning"), by where
    the words end, each once; not those in what somebody is quoted with, for he may have spoken on another day."""
    text, begin = flat_quotes(sentence.article.text), sentence.span[0]
    found: dict[str, int] = {}
    for time in sorted({t for s in sentence.statements for t in s.times}, key=lambda t: t.span):
        end, day = time.span[1], (time.begin or "")[:_DAY]
        words = frozenset(_WORD.findall(text[slice(*time.span)].casefold()))
        one_day = len(day) == _DAY and (time.end or "")[:_DAY] == day
        quoted = text[begin : time.span[0]].count('"') % 2 == 1
        quoted = quoted or is_of_hours(text, time.span) or bool(_FROM_THEN.search(text, begin, time.span[0]))
        seen = bool(words & _seen_from_today()) and words.isdisjoint(_months())
        if one_day and seen and not quoted and end <= sentence.span[1]:
            found.setdefault(day, end + 2 * text.startswith("'s", end))
    return {end: day for day, end in found.items()}


def names_a_day(words: str) -> bool:
    """Whether a weekday or "yesterday" is among the words."""
    return not _seen_from_today().isdisjoint(_WORD.findall(fold(words)))


def is_of_hours(text: str, span: Span) -> bool:
    """Whether a weekday in brackets is one on which something is open: "(Monday to Friday, 9 a.m. to 5 p.m.)"."""
    begin = text.rfind("(", max(0, span[0] - _BRACKET), span[0])
    end = text.find(")", begin) if begin >= 0 else -1
    return begin >= 0 and end >= span[1] and bool(_weekdays_on_end().search(text, begin, end))


@cache
def _weekdays_on_end() -> re.Pattern[str]:
    day = rf"(?:{longest_first(frozenset().union(*_calendar().weekdays))})s?"
    return re.compile(rf"\b{day}\s?(?:to|until|till|through|and|-|–)\s?{day}\b", re.I)


@of_sentence
def is_seen_from_today(sentence: Sentence) -> bool:
    """Whether it names a day only as seen from that of the report ("this morning", "yesterday"), outside of what
    somebody is quoted with."""
    text = flat_quotes(sentence.article.text)[slice(*sentence.span)]
    return _from_today().search(_QUOTED.sub(" ", text).casefold()) is not None


@cache
def _several() -> re.Pattern[str]:
    """What "they" can mean: a plural, several joined, or a body of people."""
    return re.compile(rf"s\b|\band\b|\b(?:{longest_first(brief_words().several)})\b", re.I)


@cache
def _from_today() -> re.Pattern[str]:
    """ "Today" by itself, "morning" behind "this" or "last"."""
    parts, days = sorted(brief_words().parts), sorted(brief_words().deictic - brief_words().parts)
    return re.compile(rf"\b(?:{longest_first(days)}|(?:this|last) (?:{longest_first(parts)}))\b")


def is_passing(sentence: Sentence) -> bool:
    """Whether it tells what is asked for, or what is so for the time being."""
    return _passing().search(sentence.unquoted) is not None


@cache
def _passing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(brief_words().passing)})\b")


@cache
def _seen_from_today() -> frozenset[str]:
    return brief_words().deictic.union(*_calendar().weekdays)


@cache
def _months() -> frozenset[str]:
    return frozenset().union(*_calendar().months)


@cache
def _calendar() -> Calendar:
    calendar: Calendar = vocabulary.load("calendar", Calendar)
    return calendar


@cache
def brief_words() -> BriefWords:
    """The lists of `data/brief.toml`."""
    words: BriefWords = vocabulary.load("brief", BriefWords)
    return words


@cache
def _openings() -> re.Pattern[str]:
    ties = rf"(?:{longest_first(brief_words().connectives)})\s?,\s+"
    return re.compile(
        rf"{ties}|(?-i:But|Yet|And)\s+(?=(?:in|on|at|since|after|before|the|police|(?-i:[A-Z])\w*)\s)", re.I
    )


@cache
def _backward() -> re.Pattern[str]:
    ties = rf"(?:(?:{longest_first(brief_words().prepositions)}) )?(?:{longest_first(brief_words().dangling)})\b"
    anywhere = rf".*\b(?:{longest_first(brief_words().references)})\b"
    at_the_end = rf".*\b(?:{longest_first(brief_words().closing)})\W*\Z"
    return re.compile(rf"[\"'(\[]*{ties}|{anywhere}|{at_the_end}", re.S)


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(brief_words().persons)})\b", re.I)


@cache
def _first_person() -> re.Pattern[str]:
    return re.compile(rf"(?<![.\w])(?!US\b)(?i:{longest_first(brief_words().writers)})(?![.\w])")


@cache
def _long_ago() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(brief_words().long_ago)})\b")


@cache
def _tied() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{longest_first(brief_words().ties)})\b|,\s(?:however|though|too)[,.]|\balso\s(?!known|called|\d)"
    )


@cache
def _pointing() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{longest_first((*brief_words().pointing, *brief_words().nobody))})(?!\w)")


@cache
def _chatting() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{longest_first(brief_words().chatter)})\b")


@cache
def _somebody() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(_people())})(?:s|es|'s)?\b|\b\d+-year-old\b")


def names_somebody(text: str) -> bool:
    """Whether somebody is told of without a name: "an underworld source", "a night officer"."""
    return bool(_somebody().search(fold(text)) or _SOURCE.search(fold(text)))


def takes_somebody_for_known(sentence: Sentence) -> bool:
    """Whether "the man", "the elderly driver" stands in it before any name."""
    found = _known_person().search(unquoted_in_place(sentence))
    at = sentence.span[0] + found.start() if found else 0
    return found is not None and all(m.span[0] >= at for s in sentence.statements for m in s.mentions)


@cache
def _known_person() -> re.Pattern[str]:
    return re.compile(rf"\bthe (?:[\w-]+ )?(?:{longest_first(_people())})\b(?! (?:who|of|in|from|with|that))")


@cache
def _people() -> tuple[str, ...]:
    """Nouns of persons, as headlines have them."""
    loaded: _Headlines = vocabulary.load("headlines", _Headlines)
    return loaded.persons


@cache
def _echo() -> re.Pattern[str]:
    return re.compile(rf"the (?:{longest_first(brief_words().echoes)})\b")
