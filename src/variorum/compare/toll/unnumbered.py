"""Victims without a number: "the victim died", "her father was hit in the hand", "a third person has died"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

from variorum.compare.toll.elsewhere import Setting, tells_other
from variorum.compare.toll.victims import HARMED, Told
from variorum.compare.toll.words import NAME, pattern_of, tally_words
from variorum.model import Span, TollReading
from variorum.text.vocabulary import longest_first

Fates = Literal["dying", "hurting"]


def nth_death(
    text: str, starts: Sequence[int], out: frozenset[Span], setting: Setting, killed: TollReading | None
) -> TollReading | None:
    """ "A second person has died", "the fourth to lose his life": as many as the ordinal says, if none says more."""
    for match in _ordinal_death().finditer(text):
        begin = starts[bisect_right(starts, match.start()) - 1]
        nth = float(tally_words().ordinals[match["nth"].lower()])
        if tells_other(text, begin, match.end(), setting) or any(a < match.end() and match.start() < b for a, b in out):
            continue
        return TollReading(nth, nth, (match.span(),)) if killed is None or killed.low < nth else killed
    return killed


@cache
def _ordinal_death() -> re.Pattern[str]:
    words = tally_words()
    persons = longest_first([*words.definite, *words.anyone])
    return re.compile(
        rf"(?i)\b(?P<nth>{longest_first(words.ordinals)}) (?:[\w-]+ ){{0,2}}?(?:{persons})"
        r"(?: (?:of|in|from|shot in|hurt in|injured in|wounded in|who was [\w ]{3,20})[^.;,]{1,50}?)?"
        r" (?:has |have |had )?(?:also |now )?(?:died|dies|succumbed|to (?:die|lose (?:his|her|their) life))\b"
    )


def with_unnumbered(
    text: str, starts: Sequence[int], found: TollReading | None, told: Sequence[Told], setting: Setting
) -> TollReading | None:
    """The injured with those who have no number: "her father was hit in the hand", "another man was shot in the leg".

    Where a number of many is told, they are among them; "no one else was hurt" leaves them."""
    own = [t for t in told if t.role in HARMED]
    if found is not None and any(t.low > 1 or t.high is None for t in own):
        return found
    taken = [t.quantity.span for t in own if t.low]
    seen: dict[str, Span] = {}
    for match in _unnumbered().finditer(text):
        begin = starts[bisect_right(starts, match.start()) - 1]
        other = tells_other(text, begin, match.end(), setting)
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
    words = tally_words()
    who = longest_first(
        [*words.definite, *words.relatives, "guest", "customer", "bystander", "resident", "neighbor", "deputy"]
    )
    return re.compile(
        rf"(?i)\b(?P<det>his|her|their|another|a (?:second|third|fourth|fifth)|an?) (?:[\w-]+ ){{0,2}}?"
        rf"(?P<who>{who}|(?<=third)|(?<=fourth)|(?<=fifth))\b"
        r"(?:, (?:aged )?\d{1,3}\b,?| \(\d{1,3}\))?(?:, [^.;,]{3,60},)?"
        r" (?:was|were|is|are|has been|had been) (?:also |later |then |badly |seriously )?"
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
    return (
        kin or pattern_of("wounds").search(match["rest"]) is not None or pattern_of("alive").search(after) is not None
    )


def one_unnumbered(text: str, fates: Fates) -> TollReading | None:
    """One where "the victim died", "the man shot to death", or "his passenger was seriously injured", as many as there
    are relatives of whom it is said, and no number says more."""
    kin, anyone = _definite(fates)
    found = {m["who"]: m.span() for m in kin.finditer(text)}
    if len(found) > 1:
        return TollReading(len(found), len(found), tuple(found.values()), sure=False)
    match = anyone.search(text)
    return TollReading(1.0, 1.0, (match.span(),), sure=False) if match else None


@cache
def _definite(fates: Fates) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Relatives of whom a fate is told, and anyone that the text takes for known."""
    words = tally_words()
    told_of = r"(?:,[^,.;]{1,30}(?:,[^,.;]{1,40}){0,2},)?"
    fate = longest_first(getattr(words, fates))
    who = rf"(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ )?(?:{longest_first(words.definite)})"
    after = longest_first(words.killed) if fates == "dying" else "(?!)"
    return (
        re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?P<who>{longest_first(words.relatives)}){told_of} (?:{fate})\b"),
        re.compile(rf"\b{who}(?:{told_of} (?:{fate})| (?:{after}))\b"),
    )


_NAME_AND_AGE: Final = re.compile(rf"{NAME}, (?:aged )?\d{{1,2}}(?=[,.; ]|\Z)")
_ARE: Final = r"(?:who )?(?:(?:were|have|had|been|all|both|also|later) )*"


def named_with_ages(text: str, starts: Sequence[int], fates: Fates) -> TollReading | None:
    """As many as are named with their ages in a sentence that says what befell them all: "Ada Bo, 38, and Kit, 6,
    died", "Killed were Ada Bo, 38, and Kit, 6"."""
    plural, headed = _of_several(fates)
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        names = list(_NAME_AND_AGE.finditer(text, begin, end))
        if len(names) < 2:
            continue
        after = plural.search(text, names[-1].end(), end)
        if after or headed.search(text, begin, names[0].start()):
            return TollReading(len(names), len(names), tuple(m.span() for m in names), sure=False)
    return None


@cache
def _of_several(fates: Fates) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is said of several behind their names, and what stands before them."""
    words = tally_words()
    return (
        re.compile(rf"(?:,|\b{NAME}) {_ARE}(?:{longest_first(words.plural[fates])})\b"),
        re.compile(rf"\b(?:{longest_first(words.heading[fates])})\b[^.;\d]{{0,60}}?(?= (?:were|are|as)\b|:)"),
    )
