"""The toll of the event that one article reports: its dead and its injured, read over all its sentences.

A number is not a toll: victims are told one by one and in sum, again in each paragraph, with the parts of a whole, with
those of other events and of the year, and with an attacker who may or may not be counted. What is left open is open:
where the sentences differ, the toll is the range of what they say and not `sure`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

import msgspec

from variorum.compare.headline import Headline, headline_of, read_headline
from variorum.model import Quantity, Span, Timex, TollReading
from variorum.text import vocabulary

Role = Literal["killed", "injured"]
#: Roles of those who may be among the ones taken to hospital.
_HARMED: Final = ("injured", "shot", "hospitalized")

_SENTENCE: Final = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])|\n\s*\n")
_NEAR: Final = 48  # characters before a number in which words take it back
_CONTINUES: Final = re.compile(
    r"(?i)[\"“']?(?:he|she|they|it|that|those|the (?:attack|blast|crash|shooting|explosion)) "
)
#: A year, or a month without a day: news gives neither of the event itself.
_YEAR: Final = re.compile(
    r"\b(?:[Ii]n|of|[Ss]ince|from|[Dd]uring|late|early|until) (?:[A-Z][a-z]+ )?(?:19"
    r"|20)\d\d\b|\b(?:19|20)\d\d (?:attack|shooting|bombing|crash|massacre|earthquake"
    r"|flood|fire|disaster|war)"
    r"|\b[Ii]n (?:early |late |mid-)?(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b(?! \d)"
)
_CLAUSE: Final = re.compile(
    r"; |, (?=(?:bringing|making|taking|raising|adding|compared|when|while|where|which"
    r"|but|though|although|whereas|after|up from|down from)\b)|,? (?=(?:when|since"
    r"|after)\b)| – | — | \("
)
_RELATIVE: Final = re.compile(
    r"(?i)\b(?:that|which|who|in which|where) (?:had |has |have |also )?(?:\w+ )?(?:kill"
    r"|left|claim|injur|wound|took)\w* (?:[\w-]+ ){0,3}\Z|\bin which (?:at least "
    r"|more than |about )?\Z"
)
_SINCE: Final = re.compile(r"(?i),? (?:since|in|on) [^.;,]{2,30}, when\b|, when\b[^.;]*\b(?:at|in) an?other\b")
_DEFINITE: Final = re.compile(r"(?i)\b(?:the|these|those|all|both)(?: \w+)? \Z")


class _Words(msgspec.Struct, frozen=True):
    """`data/tally.toml`."""

    elsewhere: tuple[str, ...]
    statistics: tuple[str, ...]
    superseded: tuple[str, ...]
    unreal: tuple[str, ...]
    teasers: tuple[str, ...]
    attackers: tuple[str, ...]
    armed: tuple[str, ...]
    included: tuple[str, ...]
    excluded: tuple[str, ...]
    more: tuple[str, ...]
    anyone: frozenset[str]
    ordinals: dict[str, int]
    animals: frozenset[str]
    groups: frozenset[str]
    definite: tuple[str, ...]
    dying: tuple[str, ...]
    relatives: tuple[str, ...]
    weapons: tuple[str, ...]
    illness: tuple[str, ...]
    wounds: tuple[str, ...]
    alive: tuple[str, ...]
    hurting: tuple[str, ...]
    killed: tuple[str, ...]
    plural: dict[str, tuple[str, ...]]
    heading: dict[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    loaded: _Words = vocabulary.load("tally", _Words)
    return loaded


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\w-])(?:{_any(getattr(_words(), name))})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Tally:
    """Dead and injured of one event; null where the article tells none. ``attacker`` says whether the attackers are
    among the killed or left out of them, where the article tells of any who died."""

    killed: TollReading | None = None
    injured: TollReading | None = None
    attacker: Literal["in", "out"] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """When a report was written, an ISO date or the beginning of one, and the time expressions of its text: what is
    told of another time is of another event."""

    published: str | None = None
    times: tuple[Timex, ...] = ()

    @property
    def year(self) -> str | None:
        """The year of writing."""
        return self.published[:4] if self.published else None


@dataclass(frozen=True, slots=True)
class _Told:
    """One number of the event's victims. ``total``: said to be all; ``more``: on top of others; ``general``: of
    anyone."""

    quantity: Quantity
    role: str
    low: float
    high: float | None
    sentence: int
    total: bool
    more: bool
    general: bool
    definite: bool
    aside: bool
    doubted: bool
    other_voice: bool
    listed: bool
    worst: bool


def tally(text: str, quantities: Sequence[Quantity], setting: Setting | None = None) -> Tally:
    """The toll of the event that ``text`` reports, from its numbers in order."""
    ends = [m.end() for m in _SENTENCE.finditer(text)]
    setting = setting or Setting()
    out = excluded(text, quantities, setting)
    own = [q for q in quantities if q.span not in out]
    told = [t for q in own if (t := _told(text, q, quantities, ends))]
    attacker, told = _without_attackers(text, told)
    own_words = {t.role for t in told if not t.aside}
    told = [t for t in told if not t.aside or t.role not in own_words or any(_is_of(o, t) for o in told)]
    killed = _sum([t for t in told if t.role == "killed" and not _is_part(t, told, "killed")])
    killed = _nth(text, out, setting, killed)
    killed = killed or _listed(text, "dying") or (_named(text, "dying") if attacker is None else None)
    injured = _with_unnumbered(text, _injured(text, told, killed), told, setting)
    injured = injured or _listed(text, "hurting") or _named(text, "hurting")
    line = headline_of(text)
    if line is not None:
        head, span = read_headline(line), (text.index(line), text.index(line) + len(line))
        killed = _headed(killed, head.killed, "killed" in head.numbered, head, span, attacker)
        injured = _headed(injured, head.injured, "injured" in head.numbered, head, span, None)
    return Tally(killed, injured, attacker)


def _nth(text: str, out: frozenset[Span], setting: Setting, killed: TollReading | None) -> TollReading | None:
    """ "A second person has died", "the fourth to lose his life": as many as the ordinal says, if none says more."""
    for match in _ordinal_death().finditer(text):
        begin = max((m.end() for m in _SENTENCE.finditer(text, 0, match.start())), default=0)
        nth = float(_words().ordinals[match["nth"].lower()])
        if _tells_other(text, begin, match.end(), setting) or any(
            a < match.end() and match.start() < b for a, b in out
        ):
            continue
        return TollReading(nth, nth, (match.span(),)) if killed is None or killed.low < nth else killed
    return killed


@cache
def _ordinal_death() -> re.Pattern[str]:
    persons = rf"{_any([*_words().definite, *_words().anyone])}"
    return re.compile(
        rf"(?i)\b(?P<nth>{_any(_words().ordinals)}) (?:[\w-]+ ){{0,2}}?(?:{persons})(?: (?:of|in|from|shot in|hurt in|injured in|wounded in"
        r"|who was [\w ]{3,20})[^.;,]{1,50}?)? (?:has |have |had )?(?:also |now )?(?:died|dies|succumbed|to (?:die|lose (?:his|her|their) life))\b"
    )


def _headed(
    body: TollReading | None, told: int | None, numbered: bool, head: Headline, span: Span, attacker: str | None
) -> TollReading | None:
    """What a report tells by its text and by its headline, which knows best: ``told`` is what that says."""
    if told is None:
        return body
    high = None if head.at_least else float(told)
    if body is None:
        return TollReading(told, high, (span,))
    if body.low == told:
        return replace(body, high=high if body.high is None else body.high)
    disputed = body.high is not None and body.low < told <= body.high
    with_attacker = attacker is not None and told == body.low + 1
    if disputed or with_attacker or (not numbered and body.low > told):
        return body
    return TollReading(told, high, (span, *body.spans), sure=False)


def _is_of(part: _Told, whole: _Told) -> bool:
    """Whether a number is told as a part of another one."""
    return part.quantity.of is not None and _meet(whole.quantity.span, part.quantity.of)


# --- what is left out ---------------------------------------------------------------------------------------------


def excluded(
    text: str, quantities: Sequence[Quantity], setting: Setting | None = None, *, taken_back: bool = True
) -> frozenset[Span]:
    """The numbers that tell of another event or of a statistic, and with ``taken_back`` those of what is not, or no
    longer, held."""
    setting = setting or Setting()
    starts = [0, *(m.end() for m in _SENTENCE.finditer(text))]
    found: set[Span] = set()
    before = False
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        inside = [q for q in quantities if begin <= q.span[0] < end]
        other = bool(_pattern("teasers").match(text, begin)) or (before and bool(_CONTINUES.match(text, begin)))
        clauses = list(_clauses(text, begin, end))
        for first, last in clauses:
            told = other or _tells_other(text, first, last, setting)
            # "In 1998, when 16 died": what a clause says of time holds of the one that "when" opens
            told = told or (
                text.startswith("when", first) and first > begin and _tells_other(text, begin, first, setting)
            )
            here = [q for q in inside if first <= q.span[0] < last]
            found.update(
                q.span
                for q in here
                if (taken_back and _taken_back(text, q, begin))
                or _decided(other=told, elsewhen=_elsewhen(q.span, (begin, end), setting), whole=other)
            )
        before = other or all(_tells_other(text, a, b, setting) for a, b in clauses[:1])
    return frozenset(found)


def _decided(*, other: bool, elsewhen: bool | None, whole: bool) -> bool:
    """Whether a number is of another event: the date nearest to it outweighs words of its clause, not a teaser's."""
    return whole or (other if elsewhen is None else elsewhen)


def _elsewhen(span: Span, sentence: Span, setting: Setting) -> bool | None:
    """Whether the date nearest to a number, in its sentence, is far from the day of writing; null where none is."""
    day = _day(setting.published)
    if day is None:
        return None
    near = [
        (max(t.span[0] - span[1], span[0] - t.span[1]), t)
        for t in setting.times
        if t.type in ("DATE", "TIME") and sentence[0] <= t.span[0] < sentence[1]
    ]
    for _, time in sorted(near, key=lambda x: (x[0], x[1].span)):
        begin, end = _day(time.begin), _day(time.end)
        if begin is None or end is None:
            continue
        return end < day - _RECENT or end - begin > _LONG
    return None


_RECENT: Final = timedelta(days=21)  # a report tells of what happened since then
_LONG: Final = timedelta(days=45)  # what is counted over a longer time is a statistic


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _clauses(text: str, begin: int, end: int) -> Iterable[Span]:
    first = begin
    for mark in _CLAUSE.finditer(text, begin, end):
        yield first, mark.end()
        first = mark.end()
    yield first, end


def _tells_other(text: str, begin: int, end: int, setting: Setting) -> bool:
    """Whether words of a clause, or the "since …" that follows it, tell of another event or of a statistic."""
    since = _SINCE_WHEN.match(text, end)
    words = text[begin : since.end() if since else end]
    if _pattern("elsewhere").search(words) or _pattern("statistics").search(words) or _YEARS_LONG.search(words):
        return True
    return any(setting.year is None or setting.year not in match[0] for match in _YEAR.finditer(words))


_SINCE_WHEN: Final = re.compile(r"since [^.;,]{3,30}")
_YEARS_LONG: Final = re.compile(
    r"(?i)\b(?:in|over|within|during) (?:the |a |this )?(?:(?:last|past|previous) )?(?:[\w-]+ ){0,2}?"
    r"(?:years|months|decades?|century)\b|\bthis (?:decade|century)\b"
    r"|\b(?:years?|months?|weeks|decades?|seasons?) (?:after|ago|before|earlier)\b"
)


def _taken_back(text: str, quantity: Quantity, begin: int) -> bool:
    before = re.split(r"; | but ", text[max(begin, quantity.span[0] - _NEAR) : quantity.span[0]])[-1]
    if _pattern("superseded").search(before) or _HAD_SAID.search(before) or re.search(r"(?i)\bfrom \Z", before):
        return True
    return bool(re.search(rf"(?i)(?<![\w-])(?:{_any(_words().unreal)}) (?:(?!and )\w+ ){{0,2}}\Z", before))


_HAD_SAID: Final = re.compile(
    r"(?i)\bhad (?:\w+ ){0,2}(?:given|said|put|spoken|reported|counted|listed|announced|told|estimated)\b[^.;]*\Z"
    r"|\bafter putting\b[^.;]*\Z|\bcorrect(?:ed|ing|s|ion)\b[^.;]*\Z"
)


# --- victims ------------------------------------------------------------------------------------------------------


def _told(text: str, quantity: Quantity, all_of_them: Sequence[Quantity], ends: Sequence[int]) -> _Told | None:
    role = quantity.role
    sentence = bisect_right(ends, quantity.span[0])
    begin = ends[sentence - 1] if sentence else 0
    if _PARENT_OF.search(text, max(begin, quantity.span[0] - 16), quantity.span[0]):
        return None  # "a father of four"
    if role not in ("killed", "injured", "shot", "casualty", "hospitalized"):
        return None
    if quantity.unit in _words().animals or (quantity.unit in _words().groups and quantity.low == 1):
        return None
    if quantity.unit_code is not None:
        return None
    low, high = quantity.low, quantity.high
    if low is not None and 0 < low < 1:
        whole = next(
            (q for q in all_of_them if quantity.of and q.span[0] < quantity.of[1] and quantity.of[0] < q.span[1]), None
        )
        if whole is None or whole.low is None or whole.unit_code is not None:
            return None
        low = high = round(low * whole.low)
    extra = _companions(text, quantity)
    low, high = (None if low is None else low + extra), (None if high is None else high + extra)
    near = text[max(0, quantity.span[0] - 24) : quantity.span[1] + 8]
    return _Told(
        quantity,
        role,
        low or 0.0,
        high,
        sentence,
        total=bool(quantity.cumulative) or bool(_RAISED.search(text, begin, quantity.span[0])),
        more=quantity.cumulative is False
        or (not near[:24].rstrip().endswith(" and") and bool(_pattern("more").search(near.replace("more than", "")))),
        general=quantity.unit is None or quantity.unit.lower() in _words().anyone,
        aside=bool(_RELATIVE.search(text, max(0, quantity.span[0] - 48), quantity.span[0])),
        doubted=bool(_DOUBT.match(text, quantity.span[1])),
        other_voice=(quantity.unit is None or quantity.unit.lower() in _words().anyone)
        and bool(_HOWEVER.match(text, begin) or _VOICE.search(text, max(0, quantity.span[0] - 40), quantity.span[0])),
        definite=bool(_DEFINITE.search(text, max(0, quantity.span[0] - 24), quantity.span[0])),
        worst=quantity.unit is None and bool(_WORST.match(text, quantity.span[1])),
        listed=bool(_AMONG.search(text, max(0, quantity.span[0] - 80), quantity.span[0])),
    )


#: What is said of the worst hurt of those who were: "twelve were wounded …, and seven were in serious condition".
_WORST: Final = re.compile(
    r"(?i) (?:of them )?(?:were |was |are |is |remain(?:ed|s)? )?(?:listed )?(?:in )?(?:an? )?(?:very )?(?:serious|critical|grave|severe|stable)"
)
_PARENT_OF: Final = re.compile(r"(?i)\b(?:father|mother|parents?|grandmother|grandfather|dad|mom|mum) of \Z")
_RAISED: Final = re.compile(
    r"(?i)\b(?:(?:tak|bring|rais|push|driv)(?:es|ing)|took|taken|brought|raised|pushed|rose|ris(?:es|en|ing)|climb\w*|mount\w*|jump\w*"
    r"|(?:gone|went|goes) up)\b[^.;,]{0,60}? to (?:at least |about |more than )?\Z"
)
#: What stands before those told one by one of a number before them: "Two people in the house, a man, 61, and …".
_AMONG: Final = re.compile(
    r"(?i)\b(?:among (?:them|the \w+|those)|including|included|includes?)\b[^.;]*\Z"
    r"|\b(?:people|persons|others|victims|victim|members|individuals)\b[^.;]*(?:, |: | [–—] |\()\Z"
    r"|\b(?:people|persons|others|victims|members|individuals)\b[^.;]*(?:, |: | [–—] |\()"
    r"(?:an? |one |two )[^.;]* and \Z"
)
_DOUBT: Final = re.compile(
    r"(?i) (?:\w+ ){0,2}?(?:may|might|could|(?:is|are|was|were) (?:\w+ )?(?:feared|believed|thought|presumed))\b"
)
_VOICE: Final = re.compile(
    r"(?i)\b(?:speaks? of|spoke of|insists?(?: that)?(?: there (?:are|were))?|admits? to|admitted to|counted|counts"
    r"|puts? (?:it|the \w+|the (?:number|toll|count) of [\w ]{1,20}) at|(?:gave|gives?|giving) (?:a|its|their) (?:\w+ )?(?:toll|figure|count) of"
    r"|reports of|said(?: there were)?|says(?: there (?:are|were))?|claims?|claimed|alleged|alleges?) "
    r"(?:at least |about |only |some )?\Z"
    r"|\bnumber of (?:the )?(?:dead|killed|deaths) at \Z|\b(?:not|no) (?:less|fewer) than \Z"
)
#: How a sentence begins that says what others say.
_HOWEVER: Final = re.compile(
    r"(?i)[\"“']?(?:however|but|yet|relatives|residents|witnesses|locals|the opposition|opposition)\b"
)


def _companions(text: str, quantity: Quantity) -> int:
    """One for a victim that is named beside those counted and has no number: "the driver and seven pupils", "ten
    children, along with their teacher"."""
    if quantity.unit is None or not quantity.low or quantity.cumulative:
        return 0
    who = rf"(?:the|his|her|its|their) (?:[\w-]+ ){{0,2}}?(?:{_any([*_words().definite, *_words().relatives])})"
    kin = rf"(?:{who}|(?:{_any(_words().relatives)})(?= (?:was|were|died|have|had|are)\b))"
    start, end = quantity.span
    before = re.search(rf"(?i)\b{who}(?:,|,? and) \Z", text[max(0, start - 48) : start])
    after = re.match(
        rf"(?i)(?: [^.;,]{{0,48}},)?,? (?:along with|together with|as well as) {who}\b|,? and {kin}\b",
        text[end : end + 120],
    )
    named = re.match(rf"(?:, [^.;]{{1,24}},)? and {_NAME} were\b", text[end : end + 80])
    return int(before is not None) + int(after is not None) + int(named is not None)


def _is_part(told: _Told, others: Sequence[_Told], role: str) -> bool:
    """Whether those a number counts are among those of another number of the same role."""
    of = told.quantity.of
    if of is None:
        return False
    whole = next((t for t in others if t.quantity.span[0] < of[1] and of[0] < t.quantity.span[1]), None)
    if whole is None:  # "four of the injured": the whole has its number elsewhere, if anywhere
        return any(t.role == role and t is not told and t.low >= told.low > 0 for t in others)
    return whole is not None and whole.role == role and whole is not told and told.low > 0


def _sum(told: Sequence[_Told]) -> TollReading | None:
    """All sentences together: one is the first that tells, what is told later adds, repeats, corrects or differs."""
    told = [t for t in told if not t.doubted] or told
    current: list[_Told] | None = None
    low, high = 0.0, 0.0
    sure = True
    for n, voice in sorted({(t.sentence, t.other_voice) for t in told}):
        group = _of_sentence([t for t in told if (t.sentence, t.other_voice) == (n, voice)])
        if not group:
            continue
        if current is None or any(t.total for t in group) or (_low(current) == 0 and not any(t.total for t in current)):
            current = group
            continue
        if any(t.total for t in current) and not any(t.more for t in group):
            continue
        other = any(t.other_voice for t in group) and _low(group) not in (0, _low(current))
        verdict = "differ" if other else _beside(current, group)
        if verdict == "add":
            current = current + group
        elif verdict == "replace":
            current = group
        elif verdict == "differ":
            sure = False
            if other:  # somebody else's count; without that the lead knows best what happened
                low, high = sorted((_low(current), _low(group)))
    if current is None:
        return None
    spans = tuple(t.quantity.span for t in current)
    sure = sure and not any(t.doubted for t in current)
    if low != high:
        ends = [t.high for t in current]
        top = max(high, *(e for e in ends if e is not None)) if any(e is not None for e in ends) else None
        return TollReading(min(low, _low(current)), top, spans, sure=False)
    return TollReading(_low(current), _high(current), spans, sure)


def _of_sentence(group: list[_Told]) -> list[_Told]:
    """The numbers of one sentence that count: its total if it has one, and the whole where one is the sum of the
    rest."""
    totals = [t for t in group if t.total]
    if totals:
        return totals[-1:]
    group = [t for t in group if not (t.worst and any(w is not t and w.low > t.low for w in group))]
    if len(group) > 1:
        fresh = [t for t in group if not t.definite]
        group = fresh or group
        group = [t for t in group if not (t.listed and any(_holds(w, t) for w in group))]
    for whole in group:
        rest = [t for t in group if t is not whole]
        if len(rest) > 1 and sum(t.low for t in rest) == whole.low:
            return [whole]
    positive = [t for t in group if t.low or t.high is None or t.high]
    return positive or group[:1]


def _holds(whole: _Told, told: _Told) -> bool:
    """Whether a number told before another one may be all of which that one is a part."""
    return whole.general and whole.quantity.span < told.quantity.span and whole.low >= told.low


def _beside(current: Sequence[_Told], group: Sequence[_Told]) -> Literal["add", "same", "replace", "differ"]:
    low, new = _low(current), _low(group)
    if new == low or all(t.definite for t in group) or new == 0:
        return "same"
    if any(t.more for t in group) and new < max(low, 3):
        return "add"
    general = all(t.general for t in current), all(t.general for t in group)
    if general[0] and not general[1]:
        return "same" if new < low else "differ"
    if general[1] and not general[0]:
        if new <= low:
            return "same"
        near = group[0].sentence - current[-1].sentence <= _NEARBY and new <= 4 * low + 3
        return "replace" if near else "differ"  # a sum stands near those it adds up
    if general == (True, True):  # "one victim was in critical condition" is one of the eight
        return "same" if new == 1 or 3 * new <= low else "differ"
    return (
        "add"
        if not {t.quantity.unit for t in current} & {t.quantity.unit for t in group} and len(group) == 1
        else "differ"
    )


_NEARBY: Final = 4  # sentences


def _low(told: Sequence[_Told]) -> float:
    return sum(t.low if t.quantity.low is not None else (t.high or 0.0) for t in told)


def _high(told: Sequence[_Told]) -> float | None:
    return None if any(t.high is None for t in told) else sum(t.high or 0.0 for t in told)


def _injured(text: str, told: Sequence[_Told], killed: TollReading | None) -> TollReading | None:
    """The injured; of those shot, all whom it did not kill."""
    own = [t for t in told if t.role == "injured" and not _is_part(t, told, "injured")]
    own = [t for t in own if not _is_part(t, told, "shot") or t.quantity.of is None]
    shot = [t for t in told if t.role == "shot" and not _is_part(t, told, "shot")]
    # Who is in hospital need not be hurt, but is where the report tells of weapons or of dead, and of no illness.
    hurt = _pattern("weapons").search(text) is not None or (
        killed is not None and _pattern("illness").search(text) is None
    )
    taken = [t for t in told if t.role == "hospitalized" and not any(_is_part(t, told, r) for r in _HARMED)]
    hit = _of_shot(shot, told, killed) if shot else None
    if own and any(t.low or t.high is None for t in own):
        found = _sum([_alive(t, told) for t in own])
        # "Nine people were shot, one fatally … A man, 41, suffered a graze wound"
        few = found is not None and hit is not None and hit.low > found.low and shot[0].sentence < own[0].sentence
        return hit if few else found
    if shot:
        return hit
    if hurt and any(t.low for t in taken):
        return _sum([_alive(t, told) for t in taken])
    if own:
        return _sum(own)
    safe = [t for t in told if t.role == "casualty" and t.quantity.high == 0]
    return _sum(safe) if safe and killed is None else None


def _with_unnumbered(
    text: str, found: TollReading | None, told: Sequence[_Told], setting: Setting
) -> TollReading | None:
    """The injured with those who have no number: "her father was hit in the hand", "another man was shot in the leg".

    Where a number of many is told, they are among them; "no one else was hurt" leaves them."""
    own = [t for t in told if t.role in _HARMED]
    if found is not None and any(t.low > 1 or t.high is None for t in own):
        return found
    taken = [t.quantity.span for t in own if t.low]
    seen: dict[str, Span] = {}
    for match in _unnumbered().finditer(text):
        begin = max((m.end() for m in _SENTENCE.finditer(text, 0, match.start())), default=0)
        other = _tells_other(text, begin, match.end(), setting)
        if other or any(a < match.end() and match.start() < b for a, b in taken) or not _survived(text, match):
            continue
        new = match["det"].lower().startswith("a") or not match["det"]
        seen.setdefault(f"{match['who']}{match.start() if new else ''}".lower(), match.span())
    if not seen:
        return found
    before = found.low if found is not None else 0.0
    spans = (*(found.spans if found is not None and before else ()), *seen.values())
    return TollReading(before + len(seen), before + len(seen), spans, sure=False)


@cache
def _unnumbered() -> re.Pattern[str]:
    words = _words()
    who = _any([*words.definite, *words.relatives, "guest", "customer", "bystander", "resident", "neighbor", "deputy"])
    return re.compile(
        rf"(?i)\b(?P<det>his|her|their|another|a (?:second|third|fourth|fifth)|an?) (?:[\w-]+ ){{0,2}}?(?P<who>{who})\b"
        r"(?:, (?:aged )?\d{1,3}\b,?| \(\d{1,3}\))?(?:, [^.;,]{3,60},)? (?:was|were|is|are|has been|had been) (?:also |later |then |badly |seriously )?"
        r"(?:shot|hit|struck|grazed|cut|burned|burnt|bitten|stabbed|slashed|wounded|injured|hurt|airlifted|flown)"
        r"(?! (?:dead|to death|and killed|and died|multiple times and died))(?P<rest>[^.;]{0,80})"
    )


def _survived(text: str, match: re.Match[str]) -> bool:
    """Whether words say that one who was hit lives: where the wound is, or how the wounded fares."""
    after = text[match.end("who") : match.end() + 120]
    if re.search(
        r"(?i)\b(?:died|dead|killed|fatally|pronounced|did not survive)\b", after[: after.find(".", 40) + 1 or None]
    ):
        return False
    kin = match["det"].lower() in ("his", "her", "their")
    return kin or _pattern("wounds").search(match["rest"]) is not None or _pattern("alive").search(after) is not None


def _of_shot(shot: Sequence[_Told], told: Sequence[_Told], killed: TollReading | None) -> TollReading | None:
    """Those shot whom it did not kill."""
    found = _sum([_alive(t, told) for t in shot])
    if found is None or any(_fallen(t, told) for t in shot) or _apart(shot, told):
        return found
    return _less(found, killed.low) if killed and killed.low < found.low else found


def _apart(shot: Sequence[_Told], told: Sequence[_Told]) -> bool:
    """Whether the dead are told beside those shot: "one killed, four others shot"."""
    return any(t.more or t.quantity.span > d.quantity.span for t in shot for d in told if d.role == "killed")


def _alive(told: _Told, others: Sequence[_Told]) -> _Told:
    """A number of people without the dead among them: "five with gunshot wounds, two of them died"."""
    fallen = _fallen(told, others)
    if not fallen or fallen > told.low:
        return told
    return replace(told, low=told.low - fallen, high=None if told.high is None else told.high - fallen)


def _fallen(whole: _Told, told: Sequence[_Told]) -> float:
    """The dead among those that a number counts."""
    parts = [t for t in told if t.role == "killed" and t.quantity.of]
    return sum(t.low for t in parts if t.quantity.of and _meet(whole.quantity.span, t.quantity.of))


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _less(found: TollReading, fallen: float) -> TollReading:
    if not fallen or fallen > found.low:
        return found
    return replace(found, low=found.low - fallen, high=None if found.high is None else found.high - fallen)


# --- attackers, and victims without a number ----------------------------------------------------------------------


def _without_attackers(text: str, told: list[_Told]) -> tuple[Literal["in", "out"] | None, list[_Told]]:
    """Whether attackers who died are among the killed, and the numbers without theirs."""
    pattern = _pattern("attackers")
    own: list[_Told] = []
    attacker: Literal["in", "out"] | None = None
    for t in told:
        words = text[slice(*t.quantity.span)]
        after = text[t.quantity.span[1] : t.quantity.span[1] + 40]
        is_attacker = bool(pattern.search(words)) or (t.low == 1 and bool(_pattern("armed").search(after)))
        if is_attacker and t.role == "killed":
            among = t.quantity.of is not None
            attacker = "in" if among else attacker or "out"
            if not among:
                continue
        own.append(t)
    if attacker is None:
        attacker = _said_of_attackers(text)
    dead = [t for t in own if t.role == "killed" and t.low]
    if attacker == "out" and len(dead) == 1 and dead[0].low == 1 and _is_he(text, dead[0]):
        own = [t for t in own if t is not dead[0]]
    if attacker == "out" and not any(t.role == "killed" for t in own):
        dead = [t for t in told if t.role == "killed"]
        own += [replace(t, low=0.0, high=0.0, quantity=replace(t.quantity, low=0.0, high=0.0)) for t in dead[:1]]
    return attacker, own


def _is_he(text: str, dead: _Told) -> bool:
    """Whether the one dead is told of as anybody ("a man is dead"), and the headline or the lead says that it is an
    attacker ("Suspect dead, two deputies wounded")."""
    anybody = dead.quantity.unit in (None, "man", "woman", "person", "suspect")
    attackers = _any(_words().attackers)
    dies = r"(?:dead|dies|died|killed|shot dead|fatally shot|found dead)"
    return anybody and bool(
        re.match(rf"(?i)[^.\n]{{0,60}}\b(?:{attackers})(?: is| was| found)? {dies}\b", text)
        or re.match(rf"(?i)[^.\n]{{0,60}}\b(?:kill|shoot|gun down)s? (?:\w+ )?(?:{attackers})\b", text)
    )


def _said_of_attackers(text: str) -> Literal["in", "out"] | None:
    """Whether words say that attackers died, and are in the number or not; where they only say that they died, not."""
    words = _words()
    before = "the |an? |its |his |her |two |three |four |both |all |alleged |suspected |lone "
    who = rf"(?:{before})*(?:\w+ )?(?:{_any(words.attackers)})\b"
    if re.search(rf"(?i)\b(?:{_any(words.excluded)}) {who}", text):
        return "out"
    if re.search(rf"(?i)\b(?:{_any(words.included)}) {who}", text):
        return "in"
    if re.search(rf"(?i)\b{who} among (?:them|the (?:dead|victims|fatalities|killed)|those)", text):
        return "in"
    if re.search(
        rf"(?i)\b{who},? (?:who |also |was |were |is |are |among )+(?:\w+ )?(?:counted|included|among)\b", text
    ):
        return "in"
    for pattern in _attackers_died(who):
        if pattern.search(text):
            return "out"
    return None


@cache
def _attackers_died(who: str) -> tuple[re.Pattern[str], ...]:
    oneself = r"(?:himself|herself|themselves|themself)"
    dying = r"(?:shot dead|killed|dead|shot and killed|fatally shot|neutralised|neutralized|gunned down|died)"
    return (
        re.compile(rf"(?i)\bturn(?:ed|ing|s)? (?:the|a|his|her|their) \w+ on {oneself}"),
        re.compile(
            rf"(?i)\b(?:shot|kill(?:ed|ing|s)|shooting|hanged|hanging|stabbed|blew"
            rf"|blows|blowing|blown|detonat\w+|burn\w*) (?:and killed |fatally )?(?:{oneself}"
            rf"|(?:his|her|their) (?:vest|explosives|belt|device))"
        ),
        re.compile(
            r"(?i)\b(?:took|taking|takes|ended|taken) (?:his|her|their) own li(?:fe"
            r"|ves)|self-inflicted|died by suicide|suicide (?:bomb|attack|blast)|murder-suicide"
        ),
        re.compile(
            rf"(?i)\b{who}(?:,? (?:who|was|were|is|are|has|had|have|been|also|later"
            rf"|then|himself|themselves|subsequently))* {dying}\b"
        ),
        re.compile(
            rf"(?i)\b(?:he|she|they|{who}) (?:was|were) (?:then |later |also )?(?:shot"
            rf"|killed|gunned down) (?:dead |and killed )?by (?:the )?(?:police|officers?"
            rf"|guards?|soldiers?|troops|security|a )"
        ),
        re.compile(r"(?i)\band (?:then |finally )?(?:himself|herself|themselves)\b"),
        re.compile(rf"(?i)\b{who} and (?:[\w-]+ ){{1,4}}(?:died|were killed|were dead|perished)\b"),
        re.compile(rf"(?i)\bbefore (?:(?:he|she|they) (?:was|were)|being) (?:himself |themselves )?{dying}"),
        re.compile(rf"(?i)\b(?:kill|shoot|shot|gun)(?:ed|ing|s|ned|ning)?(?: dead| down)? {who}"),
    )


def _named(text: str, fates: Literal["dying", "hurting"]) -> TollReading | None:
    """One where "the victim died", "the man shot to death", or "his passenger was seriously injured", as many as there
    are relatives of whom it is said, and no number says more."""
    words = _words()
    told_of = r"(?:,[^,.;]{1,30}(?:,[^,.;]{1,40}){0,2},)?"
    fate = _any(getattr(words, fates))
    kin = re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?P<who>{_any(words.relatives)}){told_of} (?:{fate})\b")
    found = {m["who"]: m.span() for m in kin.finditer(text)}
    if len(found) > 1:
        return TollReading(len(found), len(found), tuple(found.values()), sure=False)
    who = rf"(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ )?(?:{_any(words.definite)})"
    after = words.killed if fates == "dying" else ()
    match = re.search(rf"\b{who}(?:{told_of} (?:{fate})| (?:{_any(after) or '(?!)'}))\b", text)
    return TollReading(1.0, 1.0, (match.span(),), sure=False) if match else None


_NAME: Final = r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|[A-Z][\w'’-]+)){0,3}"
_NAME_AND_AGE: Final = re.compile(rf"{_NAME}, (?:aged )?\d{{1,2}}(?=[,.; ]|\Z)")
_ARE: Final = r"(?:who )?(?:(?:were|have|had|been|all|both|also|later) )*"


def _listed(text: str, fates: Literal["dying", "hurting"]) -> TollReading | None:
    """As many as are named with their ages in a sentence that says what befell them all: "Ada Bo, 38, and Kit, 6,
    died", "Killed were Ada Bo, 38, and Kit, 6"."""
    plural = re.compile(rf"(?:,|\b{_NAME}) {_ARE}(?:{_any(_words().plural[fates])})\b")
    headed = re.compile(rf"\b(?:{_any(_words().heading[fates])})\b[^.;\d]{{0,60}}?(?= (?:were|are|as)\b|:)")
    starts = [0, *(m.end() for m in _SENTENCE.finditer(text))]
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        names = list(_NAME_AND_AGE.finditer(text, begin, end))
        if len(names) < 2:
            continue
        after = plural.search(text, names[-1].end(), end)
        if after or headed.search(text, begin, names[0].start()):
            return TollReading(len(names), len(names), tuple(m.span() for m in names), sure=False)
    return None
