"""Whether attackers who died are among the killed that a report counts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Literal

from variorum.compare.toll.victims import Told
from variorum.compare.toll.words import pattern_of, tally_words
from variorum.text.vocabulary import longest_first


def without_attackers(text: str, told: list[Told]) -> tuple[Literal["in", "out"] | None, list[Told]]:
    """Whether attackers who died are among the killed, and the numbers without theirs."""
    pattern = pattern_of("attackers")
    own: list[Told] = []
    attacker: Literal["in", "out"] | None = None
    for t in told:
        words = text[slice(*t.quantity.span)]
        after = text[t.quantity.span[1] : t.quantity.span[1] + 40]
        is_attacker = bool(pattern.search(words)) or (t.low == 1 and bool(pattern_of("armed").search(after)))
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


def _is_he(text: str, dead: Told) -> bool:
    """Whether the one dead is told of as anybody ("a man is dead"), and the headline or the lead says that it is an
    attacker ("Suspect dead, two deputies wounded")."""
    anybody = dead.quantity.unit in (None, "man", "woman", "person", "suspect")
    attackers = longest_first(tally_words().attackers)
    dies = r"(?:dead|dies|died|killed|shot dead|fatally shot|found dead)"
    return anybody and bool(
        re.match(rf"(?i)[^.\n]{{0,60}}\b(?:{attackers})(?: is| was| found)? {dies}\b", text)
        or re.match(rf"(?i)[^.\n]{{0,60}}\b(?:kill|shoot|gun down)s? (?:\w+ )?(?:{attackers})\b", text)
    )


def _said_of_attackers(text: str) -> Literal["in", "out"] | None:
    """Whether words say that attackers died, and are in the number or not; where they only say that they died, not."""
    words = tally_words()
    before = "the |an? |its |his |her |two |three |four |both |all |alleged |suspected |lone "
    who = rf"(?:{before})*(?:\w+ )?(?:{longest_first(words.attackers)})\b"
    if re.search(rf"(?i)\b(?:{longest_first(words.excluded)}) {who}", text):
        return "out"
    if re.search(rf"(?i)\b(?:{longest_first(words.included)}) {who}", text):
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
