"""The numbers of the event's victims, each with what its words say of it: a total, more, a part, in doubt, another
voice's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from variorum.compare.toll.words import NAME, pattern_of, tally_words
from variorum.model import Quantity, Span
from variorum.text.vocabulary import longest_first

#: Roles of those who may be among the ones taken to hospital.
HARMED: Final = ("injured", "shot", "hospitalized")

_RELATIVE: Final = re.compile(
    r"(?i)\b(?:that|which|who|in which|where) (?:had |has |have |also )?(?:\w+ )?(?:kill"
    r"|left|claim|injur|wound|took)\w* (?:[\w-]+ ){0,3}\Z|\bin which (?:at least "
    r"|more than |about )?\Z"
)
_DEFINITE: Final = re.compile(r"(?i)\b(?:the|these|those|all|both)(?: \w+)? \Z")


@dataclass(frozen=True, slots=True)
class Told:
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
    numbered: bool
    apposed: bool


def _harmed_role(text: str, quantity: Quantity) -> str | None:
    """The role, and of those who were saved with wounds that of the wounded: "nine were rescued with injuries"."""
    if quantity.role is None and quantity.unit in (None, "person", "teen", "teenager", "man", "woman"):
        hit = _HIT.match(text, quantity.span[1]) and pattern_of("weapons").search(text)
        return "shot" if hit else None
    if quantity.role == "hospitalized" and _STILL.match(text, quantity.span[1]):
        return None  # how many are left of those who were hurt
    if quantity.role not in ("rescued", "survived", "evacuated", "infected", "released"):
        return quantity.role
    after = text[quantity.span[1] : quantity.span[1] + 100].split(". ", maxsplit=1)[0]
    if quantity.role == "infected":
        return "hospitalized" if "hospital" in after else None
    return "injured" if _WOUNDED.search(after) else quantity.role


_STILL: Final = re.compile(
    r"(?i) (?:(?:of (?:them|whom)|more|people|others) )?(?:remain(?:s|ed|ing)?|(?:are|were|is|was) still|still)\b"
)
_HIT: Final = re.compile(r" (?:were|was|had been|have been) (?:hit|struck)\b")
_WOUNDED: Final = re.compile(
    r"(?i)\b(?:with (?:[\w-]+ )?(?:injuries|wounds|burns)|(?:pulled|brought|got|taken) out (?:injured|wounded|hurt)"
    r"|treated for (?:\w+ )?(?:burns|injuries|wounds|smoke inhalation|cuts))\b"
)


def told_of(text: str, quantity: Quantity, all_of_them: Sequence[Quantity], starts: Sequence[int]) -> Told | None:
    """A number as one of the event's victims, with what its words say of it; null where it counts none. ``starts`` are
    those of the text's sentences."""
    role = _harmed_role(text, quantity)
    sentence = bisect_right(starts, quantity.span[0]) - 1
    begin = starts[sentence]
    if _PARENT_OF.search(text, max(begin, quantity.span[0] - 16), quantity.span[0]):
        return None  # "a father of four"
    if role not in ("killed", "injured", "shot", "casualty", "hospitalized"):
        return None
    if quantity.unit in tally_words().animals or (quantity.unit in tally_words().groups and quantity.low == 1):
        return None
    if quantity.unit_code is not None:
        return None
    low, high = quantity.low, quantity.high
    if low is not None and 0 < low < 1:
        whole = next((q for q in all_of_them if quantity.of and meet(q.span, quantity.of)), None)
        if whole is None or whole.low is None or whole.unit_code is not None:
            return None
        low = high = round(low * whole.low)
    if quantity.low == 1 and (double := _DOUBLE.search(text, *quantity.span)):
        low = high = _MANIFOLD[double[0].lower()]  # "a double murder"
    extra = _companions(text, quantity)
    low, high = (None if low is None else low + extra), (None if high is None else high + extra)
    near = text[max(0, quantity.span[0] - 24) : quantity.span[1] + 8]
    return Told(
        quantity,
        role,
        low or 0.0,
        high,
        sentence,
        total=bool(quantity.cumulative) or bool(_RAISED.search(text, begin, quantity.span[0])),
        more=quantity.cumulative is False
        or (not near[:24].rstrip().endswith(" and") and bool(pattern_of("more").search(near.replace("more than", "")))),
        general=quantity.unit is None or quantity.unit.lower() in tally_words().anyone,
        aside=bool(_RELATIVE.search(text, max(0, quantity.span[0] - 48), quantity.span[0])),
        doubted=bool(_DOUBT.match(text, quantity.span[1])),
        other_voice=(quantity.unit is None or quantity.unit.lower() in tally_words().anyone)
        and bool(_HOWEVER.match(text, begin) or _VOICE.search(text, max(0, quantity.span[0] - 40), quantity.span[0])),
        definite=bool(
            _DEFINITE.search(text, max(0, quantity.span[0] - 24), quantity.span[0])
            or _OF_THEM.match(text, quantity.span[1])
        ),
        numbered=bool(_ONE.match(text, quantity.span[0])),
        apposed=bool(_APPOSED.search(text, max(begin, quantity.span[0] - 3), quantity.span[0]))
        and not _AND.match(text, quantity.span[1]),
        worst=quantity.unit is None and bool(_WORST.match(text, quantity.span[1])),
        listed=bool(_AMONG.search(text, max(0, quantity.span[0] - 80), quantity.span[0])),
    )


#: What is said of the worst hurt of those who were: "twelve were wounded …, and seven were in serious condition".
_WORST: Final = re.compile(
    r"(?i) (?:of them )?(?:were |was |are |is |remain(?:ed|s)? )?(?:listed )?(?:in )?(?:an? )?(?:very )?"
    r"(?:serious|critical|grave|severe|stable)"
)
_MANIFOLD: Final = {"double": 2.0, "triple": 3.0, "quadruple": 4.0}
_DOUBLE: Final = re.compile(r"(?i)\b(?:double|triple|quadruple)\b")
_OF_THEM: Final = re.compile(r"(?i) among (?:them|the (?:dead|victims|killed|injured|wounded)|those)\b")
_ONE: Final = re.compile(r"(?i)(?:one|1) ")
_AND: Final = re.compile(r"(?:(?! was | died)[^.;]){0,40}? and ")
_APPOSED: Final = re.compile(r", \Z")
_PARENT_OF: Final = re.compile(r"(?i)\b(?:father|mother|parents?|grandmother|grandfather|dad|mom|mum) of \Z")

_RAISED: Final = re.compile(
    r"(?i)\b(?:(?:tak|bring|rais|push|driv)(?:es|ing)|took|taken|brought|raised|pushed|rose|ris(?:es|en|ing)|climb\w*"
    r"|mount\w*|jump\w*|(?:gone|went|goes) up)\b[^.;,]{0,60}? to (?:at least |about |more than )?\Z"
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
    r"|puts? (?:it|the \w+|the (?:number|toll|count) of [\w ]{1,20}) at"
    r"|(?:gave|gives?|giving) (?:a|its|their) (?:\w+ )?(?:toll|figure|count) of"
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
    persons = longest_first([*tally_words().definite, *tally_words().relatives])
    who = rf"(?:the|his|her|its|their) (?:[\w-]+ ){{0,2}}?(?:{persons})"
    kin = rf"(?:{who}|(?:{longest_first(tally_words().relatives)})(?= (?:was|were|died|have|had|are)\b))"
    start, end = quantity.span
    before = re.search(rf"(?i)\b{who}(?:,|,? and) \Z", text[max(0, start - 48) : start])
    after = re.match(
        rf"(?i)(?: [^.;,]{{0,48}},)?,? (?:along with|together with|as well as) {who}\b|,? and {kin}\b",
        text[end : end + 120],
    )
    named = re.match(rf"(?:, [^.;]{{1,24}},)? and {NAME} were\b", text[end : end + 80])
    return int(before is not None) + int(after is not None) + int(named is not None)


def is_part(told: Told, others: Sequence[Told], role: str) -> bool:
    """Whether those a number counts are among those of another number of the same role."""
    of = told.quantity.of
    if of is None:
        return False
    whole = next((t for t in others if meet(t.quantity.span, of)), None)
    if whole is None:  # "four of the injured": the whole has its number elsewhere, if anywhere
        return any(t.role == role and t is not told and t.low >= told.low > 0 for t in others)
    return whole.role == role and whole is not told and told.low > 0


def meet(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def is_of(part: Told, whole: Told) -> bool:
    """Whether a number is told as a part of another one."""
    return part.quantity.of is not None and meet(whole.quantity.span, part.quantity.of)
