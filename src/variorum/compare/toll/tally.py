"""The toll of the event that one article reports: its dead and its injured, read over all its sentences.

A number is not a toll: victims are told one by one and in sum, again in each paragraph, with the parts of a whole, with
those of other events and of the year, and with an attacker who may or may not be counted. What is left open is open:
where sentences differ, the first stands and is not `sure`; where another voice has another figure, both are the toll.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from variorum.compare.toll.attackers import without_attackers
from variorum.compare.toll.elsewhere import Setting, excluded
from variorum.compare.toll.headline import Headline, headline_of, read_headline
from variorum.compare.toll.unnumbered import named_with_ages, nth_death, one_unnumbered, with_unnumbered
from variorum.compare.toll.victims import HARMED, Told, is_of, is_part, meet, told_of
from variorum.compare.toll.words import pattern_of, sentence_starts, tally_words
from variorum.model import Quantity, Span, TollReading


@dataclass(frozen=True, slots=True)
class Tally:
    """Dead and injured of one event; null where the article tells none. ``attacker`` says whether the attackers are
    among the killed or left out of them, where the article tells of any who died."""

    killed: TollReading | None = None
    injured: TollReading | None = None
    attacker: Literal["in", "out"] | None = None


def tally(text: str, quantities: Sequence[Quantity], setting: Setting | None = None) -> Tally:
    """The toll of the event that ``text`` reports, from its numbers in order."""
    starts = sentence_starts(text)
    setting = setting or Setting()
    out = excluded(text, quantities, setting)
    own = [q for q in quantities if q.span not in out]
    told = [t for q in own if (t := told_of(text, q, quantities, starts))]
    attacker, told = without_attackers(text, told)
    own_words = {t.role for t in told if not t.aside}
    told = [t for t in told if not t.aside or t.role not in own_words or any(is_of(o, t) for o in told)]
    killed = _sum([t for t in told if t.role == "killed" and not is_part(t, told, "killed")])
    killed = nth_death(text, starts, out, setting, killed)
    killed = (
        killed
        or named_with_ages(text, starts, "dying")
        or (one_unnumbered(text, "dying") if attacker is None else None)
    )
    line = headline_of(text) or ""
    head, span = read_headline(line), (text.index(line), text.index(line) + len(line))
    killed = _headed(killed, head.killed, "killed" in head.numbered, head, span, attacker)
    injured = with_unnumbered(text, starts, _injured(text, told, killed), told, setting)
    if injured is None or injured.high == 0:
        injured = named_with_ages(text, starts, "hurting") or one_unnumbered(text, "hurting") or injured
    injured = _headed(injured, head.injured, "injured" in head.numbered, head, span, None)
    return Tally(killed, injured, attacker)


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
    if disputed and head.total:
        return replace(body, low=float(told))
    if disputed or with_attacker or (not numbered and body.low > told):
        return body
    return TollReading(told, high, (span, *body.spans), sure=False)


def _sum(told: Sequence[Told]) -> TollReading | None:
    """All sentences together: one is the first that tells, what is told later adds, repeats, corrects or differs."""
    told = [t for t in told if not t.doubted] or told
    current: list[Told] | None = None
    low, high = 0.0, 0.0
    sure = True
    for key in sorted({_breath(t) for t in told}):
        group = _of_sentence([t for t in told if _breath(t) == key])
        if not group:
            continue
        if current is None:
            current = group
            continue
        other = any(t.other_voice for t in group) and _low(current) != 0 and _low(group) not in (0, _low(current))
        if not other and (any(t.total for t in group) or (_low(current) == 0 and not any(t.total for t in current))):
            current = group
            continue
        if any(t.total for t in current) and not other and not any(t.more for t in group):
            continue
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
    most = all(t.quantity.low is None for t in current)  # "up to 40": perhaps nobody
    return TollReading(0.0 if most else _low(current), _high(current), spans, sure)


def _breath(told: Told) -> tuple[int, bool, int]:
    """What is told together: a sentence, but each figure that is said to be somebody's stands alone."""
    return told.sentence, told.other_voice, told.quantity.span[0] if told.other_voice else 0


def _of_sentence(group: list[Told]) -> list[Told]:
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
    group = [t for t in group if not any(_renamed(w, t) for w in group)]
    for whole in group:
        rest = [t for t in group if t is not whole]
        if len(rest) > 1 and sum(t.low for t in rest) == whole.low:
            return [whole]
    positive = [t for t in group if t.low or t.high is None or t.high]
    return positive or group[:1]


def _renamed(one: Told, told: Told) -> bool:
    """Whether a single victim is told again in other words right behind: "One teenager, a 17-year-old boy, died"."""
    return one.numbered and one.low == 1 == told.low and told.apposed and one.quantity.span < told.quantity.span


def _holds(whole: Told, told: Told) -> bool:
    """Whether a number told before another one may be all of which that one is a part."""
    return whole.general and whole.quantity.span < told.quantity.span and whole.low >= told.low


_NEARBY: Final = 4  # sentences


def _beside(current: Sequence[Told], group: Sequence[Told]) -> Literal["add", "same", "replace", "differ"]:
    low, new = _low(current), _low(group)
    broad = all(t.quantity.unit in tally_words().broad for t in current)
    if broad and low > 1 and new == 1 and not any(t.more for t in group):
        return "same"
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


def _low(told: Sequence[Told]) -> float:
    return sum(t.low if t.quantity.low is not None else (t.high or 0.0) for t in told)


def _high(told: Sequence[Told]) -> float | None:
    return None if any(t.high is None for t in told) else sum(t.high or 0.0 for t in told)


def _injured(text: str, told: Sequence[Told], killed: TollReading | None) -> TollReading | None:
    """The injured; of those shot, all whom it did not kill."""
    own = [t for t in told if t.role == "injured" and not is_part(t, told, "injured")]
    own = [t for t in own if not is_part(t, told, "shot") or t.quantity.of is None]
    shot = [t for t in told if t.role == "shot" and not is_part(t, told, "shot")]
    # Who is in hospital need not be hurt, but is where the report tells of weapons or of dead, and of no illness.
    hurt = pattern_of("weapons").search(text) is not None or (
        killed is not None and pattern_of("illness").search(text) is None
    )
    taken = [t for t in told if t.role == "hospitalized" and not any(is_part(t, told, r) for r in HARMED)]
    # "67 are in hospital, 13 of them critical"
    worse = [t for t in own if any(is_of(t, w) and w.low > t.low for w in taken)]
    if worse and len(worse) == len(own):
        return _sum([_alive(t, told) for t in taken])
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


def _of_shot(shot: Sequence[Told], told: Sequence[Told], killed: TollReading | None) -> TollReading | None:
    """Those shot whom it did not kill."""
    found = _sum([_alive(t, told) for t in shot])
    if found is not None and killed is not None and found.low == killed.low and not _apart(shot, told):
        return None  # "both had been shot": the dead themselves
    if found is None or any(_fallen(t, told) for t in shot) or _apart(shot, told):
        return found
    return _less(found, killed.low) if killed and killed.low < found.low else found


def _apart(shot: Sequence[Told], told: Sequence[Told]) -> bool:
    """Whether the dead are told beside those shot: "one killed, four others shot"."""
    return any(t.more or t.quantity.span > d.quantity.span for t in shot for d in told if d.role == "killed")


def _alive(told: Told, others: Sequence[Told]) -> Told:
    """A number of people without the dead among them: "five with gunshot wounds, two of them died"."""
    fallen = _fallen(told, others)
    if not fallen or fallen > told.low:
        return told
    return replace(told, low=told.low - fallen, high=None if told.high is None else told.high - fallen)


def _fallen(whole: Told, told: Sequence[Told]) -> float:
    """The dead among those that a number counts."""
    parts = [t for t in told if t.role == "killed" and t.quantity.of]
    return sum(t.low for t in parts if t.quantity.of and meet(whole.quantity.span, t.quantity.of))


def _less(found: TollReading, fallen: float) -> TollReading:
    if not fallen or fallen > found.low:
        return found
    return replace(found, low=found.low - fallen, high=None if found.high is None else found.high - fallen)
