"""What a number is a part of, where the whole is told by another number of the paragraph: "two of them", "one fatally",
"including three children", "118: 109 passengers and nine crew", "the other six".

A part that no predicate of its own gives a role has that of its whole. What the words leave open stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import msgspec

from variorum.annotate.numerals import alternatives
from variorum.annotate.quantities.counted import Counted, Paragraph
from variorum.annotate.quantities.rolewords import kind_of, predicates, suits
from variorum.model import Quantity, Span
from variorum.text import vocabulary

_REACH: Final = 240  # characters between a part and its whole
_WINDOW: Final = 48  # characters before a number in which words tie it
_CLOSE: Final = 80  # characters between a number and what it includes
_OF_THOSE: Final = re.compile(r"(?i)\bof (?:the |these |those |its |their |his |her )?(?:about |some )?\Z")
_THEN: Final = re.compile(r"[^.;:,]{0,40}, (?:at least |some |about |only |just |more than )?")
_AFTER_COMMA: Final = re.compile(r"[,(–] ?(?:at least |some |about )?\Z")
_AND_THEN: Final = re.compile(r"[^.;:]{0,40}?,? (?:and |while |but )?(?:a further |another )?")
_OPENING: Final = re.compile(
    r"(?:[.;:!?]\"? |, (?:but |while |though |although )|^)(?:but |while |by \w+ |at least |only |and )?\Z"
)
_OTHERS: Final = re.compile(r"(?i) others?\b")
_FATES: Final = ("killed", "injured", "missing", "rescued", "survived", "hospitalized", "shot_down", "casualty")
_FEW: Final = 8  # numbers back among which the whole is looked for


class _Words(msgspec.Struct, frozen=True):
    """`data/wholes.toml`."""

    pronouns: tuple[str, ...]
    including: tuple[str, ...]
    grave: tuple[str, ...]
    fatal: tuple[str, ...]
    rest: tuple[str, ...]
    repeating: tuple[str, ...]
    gathering: tuple[str, ...]
    befalling: tuple[str, ...]
    figures: tuple[str, ...]


@cache
def _words() -> _Words:
    loaded: _Words = vocabulary.load("wholes", _Words)
    return loaded


@dataclass(frozen=True, slots=True)
class _Patterns:
    of_them: re.Pattern[str]
    including: re.Pattern[str]
    severity: re.Pattern[str]
    fatally: re.Pattern[str]
    rest: re.Pattern[str]
    repeating: re.Pattern[str]
    of_which: re.Pattern[str]
    figure: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = _words()
    grave = alternatives([*words.grave, *words.fatal])
    return _Patterns(
        of_them=re.compile(rf"(?i) (?:more )?of (?:{alternatives(words.pronouns)})\b"),
        including=re.compile(
            rf"(?i)[,(–-]? ?\b(?:{alternatives(words.including)})(?: (?:were|was|are))?"
            r"(?: (?:at least|about|some|the|also|more than|up to|nearly|almost|an?))* ?\Z"
        ),
        severity=re.compile(
            rf"(?i),? (?:of them )?(?:(?:is|are|was|were|being) )?(?:in )?(?:an? )?(?:{grave})(?!\w)(?! \w+ed\b)"
        ),
        fatally=re.compile(rf"(?i),? (?:{alternatives(words.fatal)})(?!\w)"),
        rest=re.compile(rf"(?i)\b(?:the|all|those|their) (?:{alternatives(words.rest)}) \Z"),
        repeating=re.compile(rf"(?i)\b(?:{alternatives(words.repeating)}) \Z"),
        of_which=re.compile(r"(?i)\bof (?:which|whom|them|these|those),? (?:at least |about |some |only |the )?\Z"),
        figure=re.compile(rf"(?i)\b(?:{alternatives(words.figures)})\b[^.;,]{{0,24}}\Z"),
    )


def with_wholes(paragraph: Paragraph, found: Sequence[Counted]) -> list[Counted]:
    """The numbers of a paragraph, those that are parts of others tied to them."""
    told: list[Counted] = []
    for counted in found:
        quantity = _of_named(paragraph.text, counted.quantity, told)
        pronoun = quantity.of is not None and paragraph.text[slice(*quantity.of)].lower() in _words().pronouns
        if (
            (quantity.of is None or pronoun)
            and quantity.unit_code is None
            and (tied := _tied(paragraph, quantity, told))
        ):
            quantity = tied
        elif quantity.role is None and quantity.unit is None and quantity.unit_code is None:
            quantity = _same_figure(paragraph, quantity, told)
        told.append(replace(counted, quantity=quantity))
    told = _elliptic(paragraph, _shared(paragraph, told))
    return _on_top(paragraph.text, _listed(paragraph.text, _broken_down(paragraph.text, told)))


def _broken_down(text: str, told: list[Counted]) -> list[Counted]:
    """Bare numbers behind a colon are parts of the number before it, as far as they do not exceed it: "seven people
    died: four in Velm and two in Ostby"."""
    result = list(told)
    for n, counted in enumerate(told):
        whole = counted.quantity
        if whole.role is None or whole.low is None or whole.unit_code is not None:
            continue
        left = whole.low
        for k in range(n + 1, len(told)):
            part = told[k].quantity
            between = text[whole.span[1] : part.span[0]]
            listed = part.unit is None and part.of is None and part.role == whole.role and not part.cumulative
            if not listed or part.low is None or part.low > left or not _COLON.fullmatch(between):
                break
            left -= part.low
            result[k] = replace(result[k], quantity=replace(part, of=whole.span))
    return result


_COLON: Final = re.compile(r"[^.;:\n]{0,60}: ?[^.;:\n]{0,120}")


def _of_named(text: str, part: Quantity, told: Sequence[Counted]) -> Quantity:
    """ "44 pilgrims … half of the pilgrims": a whole told without its number, which stands before."""
    if part.of is None or _NUMBERED.search(text[slice(*part.of)]):
        return part
    noun = text[slice(*part.of)].rpartition(" ")[2].lower()
    for counted in reversed(told[-_FEW:]):
        unit = (counted.quantity.unit or "").lower()
        if (
            len(unit) > 3
            and counted.quantity.unit_code is None
            and noun in (unit, unit + "s", unit + "es", _PLURALS.get(unit))
        ):
            most = _most(counted.quantity)
            enough = most is None or _least(part) <= most
            return replace(part, of=counted.quantity.span) if enough else part
    return part


_NUMBERED: Final = re.compile(
    r"(?i)\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|\w+teen|\w+ty|hundred|thousand)s?\b"
)
_PLURALS: Final = {"person": "people", "child": "children", "man": "men", "woman": "women"}
_MORE = re.compile(r"(?i)\b(?:more|another|further|additional)\b")


def _on_top(text: str, told: list[Counted]) -> list[Counted]:
    """Numbers that come on top of a tally told beside them: "two more died, raising the toll to 31"."""
    sums = {c.quantity.role for c in told if c.quantity.cumulative and c.quantity.role}
    return [
        replace(c, quantity=replace(c.quantity, cumulative=False))
        if c.quantity.role in sums and c.quantity.cumulative is None and _MORE.search(_beside(text, c.quantity.span))
        else c
        for c in told
    ]


def _beside(text: str, span: Span) -> str:
    near = text[max(0, span[0] - 10) : span[1] + 6]
    return near.replace("more than", "").replace("no more", "")


_JOINED = re.compile(
    r"(?:,? (?:and|or|as well as|plus|along with) |, )(?:another |a further |some "
    r"|about |at least |an? |the |his |her |their |its )?(?:crew of )?"
)
_CHANGED = re.compile(r",? \(?(?:up|down|compared with|compared to|rising|falling)?,? ?from (?:about |some |just )?")


def _shared(paragraph: Paragraph, told: list[Counted]) -> list[Counted]:
    """What is said of one of several that are listed is said of all ("4 rebels and 1 soldier dead"), and a figure that
    changed is one of the same ("29, up from four")."""
    result, text = list(told), paragraph.text
    for n in [*range(len(told) - 1), *reversed(range(len(told) - 1))]:
        first, second = result[n].quantity, result[n + 1].quantity
        between = text[first.span[1] : second.span[0]]
        listed = (
            first.unit and second.unit and not first.unit_code and not second.unit_code and _JOINED.fullmatch(between)
        )
        changed = (
            first.unit_code == second.unit_code and second.unit in (None, first.unit) and _CHANGED.fullmatch(between)
        )
        if not (listed or changed) or (first.role is None) == (second.role is None):
            continue
        if (
            first.role is None
            and listed
            and second.unit not in predicates().noun
            and _may_have(paragraph, first, second.role)
        ):
            result[n] = replace(result[n], quantity=replace(first, role=second.role))
        elif second.role is None and _may_have(paragraph, second, first.role):
            result[n + 1] = replace(result[n + 1], quantity=replace(second, role=first.role))
    return result


def _may_have(paragraph: Paragraph, quantity: Quantity, role: str | None) -> bool:
    """Whether the noun counted is of a kind that can have a role."""
    token = paragraph.token(quantity.span[1] - 1)
    noun = paragraph.phrase_head(token.i + 1) if token is not None and token.pos_ == "NUM" else token
    return role is not None and suits(role, kind_of(noun))


_COMPARED: Final = re.compile(
    r"(?i)[^.;]{0,70}?(?:,? |\(|– ?)(?:against|compared (?:with|to)|up from|down from|versus|vs\.?"
    r"|as against|instead of|rather than"
    r"|and not|not|from|more than the|than the|on top of|after|and only|in contrast to)"
    r" (?:(?:about|some|just|only|the|a|as many as|at least|nearly|almost) )*"
)
_AND_MORE: Final = re.compile(
    r"(?i)[^.;]{0,60}?(?:,|;|,? and|,? or|,? but|,? while)(?: then)? (?:(?:about|some|just|only|another|at least) )*"
)
_AND_WITH: Final = re.compile(
    r"(?i)[^.]{0,80}?(?:,? and|,? while|,|;) (?:[A-Z][\w'.-]+|the|Mr|Ms|Mrs|its|his"
    r"|her)[^.;\d]{0,60}? (?:(?:about|just|only|some|at|with|on|to) )*"
)
_BARE_AFTER: Final = re.compile(
    r"(?i)(?:[,;.:)]|$|\n| (?:in|at|on|near|by|among|from|last|the|a|an|elsewhere|before|during|when"
    r"|as|four|five|ten|two|three)\b| for (?:the|his|her|its)\b)"
)


def _elliptic(paragraph: Paragraph, told: list[Counted]) -> list[Counted]:
    """What is said once holds for the figure beside it that has no words of its own: "118 this month, compared with 73
    in all of July", "arrested one in Paris and two in Rome"."""
    result = list(told)
    for n, counted in enumerate(told):
        bare = counted.quantity
        if n == 0 or bare.role or not _is_bare(paragraph.text, bare):
            continue
        first = result[n - 1].quantity
        between = paragraph.text[first.span[1] : bare.span[0]]
        alike = first.unit_code == bare.unit_code or bare.unit_code is None
        if first.role is None or first.role in _SINGULAR or not alike:
            continue
        side = first.role in ("voted", "voted_for", "voted_against") and _AND_WITH.fullmatch(between)
        joined = _AND_MORE.fullmatch(between) and not _has_verb(paragraph, first.span[1], bare.span[0])
        if side or joined or _COMPARED.fullmatch(between):
            role = "voted" if side else first.role
            result[n] = replace(counted, quantity=replace(bare, role=role))
    return result


def _has_verb(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether a verb begins in ``[start, end)``."""
    first, last = bisect_left(paragraph.starts, start), bisect_left(paragraph.starts, end)
    return any(t.pos_ in ("VERB", "AUX") for t in paragraph.doc[first:last])


#: Roles of which a bare number behind a comma may be something else: an age, a result.
_SINGULAR: Final = ("cost", "paid", "charged", "sold")


def _is_bare(text: str, quantity: Quantity) -> bool:
    """Whether a number has no noun of its own, as far as that is not the unit of the figure it stands beside."""
    bare = quantity.unit is None or quantity.unit_code == "percent"
    return bare and quantity.unit_code in (None, "percent") and bool(_BARE_AFTER.match(text, quantity.span[1]))


def _tied(paragraph: Paragraph, part: Quantity, told: Sequence[Counted]) -> Quantity | None:
    """The part with its whole, where the words around it say that it is one."""
    whole = _before(paragraph.text, part, told)
    if whole is None:
        return None
    if part.high == 0 and paragraph.text[slice(*part.span)].lower() != "none":
        return None  # "16 houses were hit; nobody is missing"
    if _OTHERS.match(paragraph.text, part.span[1]):
        return None
    if _is_told_of(paragraph.text, part, whole):
        return _part(_by_severity(paragraph.text, part), whole)
    last = told[-1].quantity
    if part.unit is not None and last.of is not None and last.unit is not None and part.role in (None, last.role):
        joined = re.fullmatch(r"[^.,;:]{0,24} and ", paragraph.text[last.span[1] : part.span[0]])
        opened = paragraph.text[max(0, last.span[0] - _WINDOW) : last.span[0]]
        if joined and _patterns().including.search(opened):
            return _part(part, _root(last, told))  # "including 311 children and 26 patients"
    return None if part.unit is not None else _bare_part(paragraph, part, whole, told)


def _is_told_of(text: str, part: Quantity, whole: Quantity) -> bool:
    """Whether words between a number and its whole tie them: "two of them", "including three", "of the 212 …, 59"."""
    pattern, start = _patterns(), part.span[0]
    before, between = text[max(0, start - _WINDOW) : start], text[whole.span[1] : start]
    if pattern.of_them.match(text, part.span[1]) or pattern.of_which.search(before):
        return True
    near = len(between) < _CLOSE and not re.search(r"[.;:]", between)
    if near and pattern.including.search(before) and (part.unit is not None or pattern.including.search(between)):
        return True
    opened = text[max(0, whole.span[0] - _WINDOW) : whole.span[0]]
    return bool(_OF_THOSE.search(opened) and _THEN.fullmatch(between))


def _bare_part(paragraph: Paragraph, part: Quantity, whole: Quantity, told: Sequence[Counted]) -> Quantity | None:
    """A number without a noun that is a part: "two fatally", "the other six", "…; one died", and the next of such."""
    text, start = paragraph.text, part.span[0]
    if whole.role in _words().befalling and _AFTER_COMMA.search(text[whole.span[1] : start]):
        graded = _by_severity(text, part)
        if graded.role is not None and (graded is not part or _patterns().severity.match(text, part.span[1])):
            return _part(graded, whole)
    reported = whole.unit is None and whole.role in ("launched", "fired") and part.role in _FATES
    if reported and re.fullmatch(r"[^.;:]{0,60}, ", text[whole.span[1] : start]):
        return _part(part, whole)  # "16 on board, 15 picked up by helicopter"
    if _patterns().rest.search(text, max(0, start - _WINDOW), start):
        return _part(part, _root(whole, told))
    last = told[-1].quantity
    beside = last.of is not None and last.unit_code is None and part.role is not None
    if beside and _AND_THEN.fullmatch(text, last.span[1], start):
        return _part(part, _root(last, told))  # "six were dug out, two were dead and one is missing"
    return _part(part, whole) if _opens(paragraph, part) and _may_befall(whole, part) else None


def _by_severity(text: str, part: Quantity) -> Quantity:
    """A part without a role of its own that words behind it say to have died, or to be badly hurt."""
    of_them = _patterns().of_them.match(text, part.span[1])
    end = of_them.end() if of_them else part.span[1]
    if part.role in (None, "shot", "injured") and _patterns().fatally.match(text, end):
        return replace(part, role="killed")
    return replace(part, role="injured") if part.role is None and _patterns().severity.match(text, end) else part


def _part(part: Quantity, whole: Quantity) -> Quantity:
    return replace(part, of=whole.span, role=part.role or whole.role)


def _before(text: str, part: Quantity, told: Sequence[Counted]) -> Quantity | None:
    """The nearest number before a part that may be its whole: it counts things or people, more of them, and is no part
    of the same whole itself, unless nothing else is near."""
    for counted in reversed(told[-_FEW:]):
        whole = counted.quantity
        if part.span[0] - whole.span[1] > _REACH:
            return None
        if whole.unit_code is not None or (whole.unit is None and whole.role is None):
            continue
        if _most(whole) is not None and _least(part) > _most(whole):  # type: ignore[operator]
            continue
        if _most(whole) is not None and 0 < (_most(whole) or 0) < 1:
            continue
        if whole.of is not None and (root := _root(whole, told)) is not whole:
            return whole if _patterns().of_them.match(text, part.span[1]) and "which" not in text else root
        return whole
    return None


def _root(whole: Quantity, told: Sequence[Counted]) -> Quantity:
    """The number that ``whole`` is itself a part of, if it is one."""
    if whole.of is None:
        return whole
    return next((c.quantity for c in told if c.quantity.span != whole.span and _meet(c.quantity.span, whole.of)), whole)


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _least(quantity: Quantity) -> float:
    return quantity.low if quantity.low is not None else quantity.high or 0.0


def _most(quantity: Quantity) -> float | None:
    return quantity.high


def _opens(paragraph: Paragraph, part: Quantity) -> bool:
    """Whether a number without a noun opens its clause: "…; one died", "Fifty made it out"."""
    token = paragraph.token(part.span[1] - 1)
    if token is None or token.i + 1 >= len(paragraph.doc):
        return False
    begin = max(0, part.span[0] - _WINDOW)
    opened = _OPENING.search(paragraph.text[begin : part.span[0]])
    opened = opened if opened and (opened.start() or not begin or opened[0][:1] in ".;:!?,") else None
    return bool(opened) and paragraph.doc[token.i + 1].pos_ in ("VERB", "AUX", "ADV")


def _may_befall(whole: Quantity, part: Quantity) -> bool:
    """Whether those of the whole may have met with what is said of the part."""
    if part.role is None or (whole.role is None and whole.unit is None):
        return False
    return whole.role in _words().gathering or whole.role is None


def _same_figure(paragraph: Paragraph, told: Quantity, before: Sequence[Counted]) -> Quantity:
    """ "The ministry puts the figure at 48", "a local doctor counted 18": a bare number that answers what the last one
    did."""
    start = told.span[0]
    if not _patterns().figure.search(paragraph.text, max(0, start - 60), start):
        return told
    last = next((c.quantity for c in reversed(before[-_FEW:]) if c.quantity.role in _words().befalling), None)
    if last is None:
        return told
    toll = re.search(r"(?i)\btoll\b", paragraph.text[max(0, start - 60) : start])
    return replace(told, role="killed" if toll else last.role)


def _listed(text: str, told: list[Counted]) -> list[Counted]:
    """ "118: 109 passengers, two infants and seven crew": what is listed after a number and adds up to it is"
    " its parts."""
    result = list(told)
    for n, counted in enumerate(told):
        whole = counted.quantity
        opened = re.match(r"[^.;:,–(]{0,30}(?::| –| -|,| \() ?", text[whole.span[1] : whole.span[1] + 40])
        if not opened or whole.high is None or whole.high < 2:
            continue
        parts = _that_add_up(text, told[n + 1 :], whole)
        for offset, part in enumerate(parts, n + 1):
            result[offset] = replace(part, quantity=_part(part.quantity, whole))
    return result


def _that_add_up(text: str, after: Sequence[Counted], whole: Quantity) -> list[Counted]:
    parts: list[Counted] = []
    total, end = 0.0, whole.span[1]
    for counted in after:
        part = counted.quantity
        joined = text[end : part.span[0]]
        if part.of or part.unit is None or part.unit_code or part.low != part.high or re.search(r"[.;]", joined):
            break
        if parts and not re.fullmatch(r"(?:[^,.;]{0,24}, |[^,.;]{0,24},? and |[^,.;]{0,24}, and )", joined):
            break
        parts.append(counted)
        total, end = total + (part.low or 0), part.span[1]
        if total >= (whole.high or 0):
            break
    return parts if len(parts) > 1 and total == whole.high else []
