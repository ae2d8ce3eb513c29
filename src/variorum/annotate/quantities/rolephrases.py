"""The role of a number by the words right beside it, whatever the parse makes of them: set phrases, passives, verbs,
labels."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from variorum.annotate.quantities.rolewords import (
    Kind,
    Roles,
    actives,
    chosen,
    counting_words,
    participles,
    pick,
    predicates,
)

_LONGEST: Final = 7  # words of the longest set phrase
_BEFORE: Final = re.compile(r"(?:[\w'’-]+:? )+\Z")
_AFTER: Final = re.compile(r"(?: [\w'’]+(?:[-–][\w'’]+)*){1,14}")
_AGE: Final = re.compile(r" \((?:aged )?\d+\)|, (?:aged )?\d+,")
_WINDOW: Final = 72  # characters before a number in which a set phrase stands
#: "raised the number of people killed in the fire to 29", "the death toll has gone up to 15"
_TALLY: Final = re.compile(
    r"(?i)\b(?:number of (?:(?:the|those|people|persons|civilians|soldiers|victims|children|workers|cases of) ){0,2}"
    r"(?P<of>killed|dead|deaths|injured|wounded|missing|arrested|displaced|evacuated|infected|rescued|hospitalized)"
    r"|(?:death )?toll(?! (?:road|booth|plaza|bridge|gate|free)))\b[^.;:\d]{0,60}?"
    r" (?:to|at|is|was|now|of|reaches|reached|passed|hit|hits|exceeds|exceeded)"
    r" (?:at least |about |more than |over |nearly )?\Z"
)
_TALLY_REACH: Final = 110  # characters before a number in which its tally stands
_ACTING: Final = ("shot dead", "died", "found dead", "arrested", "injured", "hurt", "wounded", "fled")
_OBJECT: Final = re.compile(
    r"(?i) (?:his|her|their|its|the|an?|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|\d+|several|many|some|about|dozens|scores|hundreds|thousands|at least|more|as many) "
)
_VESSEL: Final = re.compile(
    r" (?:an?|the|his|her|its|their|one of) (?:[\w'’-]+ ){1,5}?(?=(?:was|were|are|is|died|perished)\b)"
)


def role_by_phrase(
    text: str, start: int, end: int, *, inner: bool = False, kind: Kind = "either", loosely: bool = False
) -> str | None:
    """The role by a set phrase right before or after the words at ``[start, end)``: "the loss of [19 lives]", "[two
    people] lost their lives". These hold whatever the parse makes of them; ``loosely`` those that do not."""
    table = predicates()
    tally = None if loosely else _TALLY.search(text, max(0, start - _TALLY_REACH), start)
    if tally is not None:
        word = (tally["of"] or "death").lower()
        if role := pick(participles() if word in participles() else table.noun, [word], kind):
            return role
    if role := _by_phrase_before(text, start, kind, table.loosely_before if loosely else table.before):
        return role
    found = None if inner else _phrase_after(text, end, kind, table.loosely_after if loosely else table.after)
    if found is None:
        return None
    role, phrase, stop = found
    if role == "carried" and (finite := _role_of_those_aboard(text, start, stop, kind)):
        return finite
    return None if phrase in _ACTING and _OBJECT.match(text, stop) else role


def _by_phrase_before(text: str, start: int, kind: Kind, table: dict[str, Roles]) -> str | None:
    run = _BEFORE.search(text, max(0, start - _WINDOW), start)
    if run is None:
        return None
    words = run[0].lower().split()
    fillers = counting_words().fillers
    for _ in range(4):
        if role := _longest_end(table, words, kind):
            return role
        if not words or words[-1] not in fillers:
            break
        words.pop()
    return None


def _longest_end(table: dict[str, Roles], words: list[str], kind: Kind) -> str | None:
    for size in range(min(_LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[-size:])
        roles = table.get(phrase) or table.get(phrase.rstrip(":"))
        if roles and (role := chosen(roles, kind)):
            return role
    return None


def _phrase_after(text: str, end: int, kind: Kind, table: dict[str, Roles]) -> tuple[str, str, int] | None:
    """The role, the phrase and its end of a set phrase after ``end``, auxiliaries and adverbs set aside."""
    if age := _AGE.match(text, end):
        end = age.end()
    run = _AFTER.match(text, end)
    if run is None:
        return None
    words = run[0].lower().split()
    helpers = counting_words().helpers
    most = next((n for n, w in enumerate(words[:5]) if not (w in helpers or w.endswith("ly"))), min(5, len(words)))
    for skipped in range(most, -1, -1):
        if found := _longest_start(table, words[skipped:], kind):
            role, size = found
            role = "killed" if role == "survived" and "never" in words[:skipped] else role
            length = sum(len(w) + 1 for w in words[: skipped + size])
            return role, " ".join(words[skipped : skipped + size]), end + length
    return None


def _longest_start(table: dict[str, Roles], words: list[str], kind: Kind) -> tuple[str, int] | None:
    for size in range(min(_LONGEST, len(words)), 0, -1):
        roles = table.get(" ".join(words[:size]))
        if roles and (role := chosen(roles, kind)):
            return role, size
    return None


def _role_of_those_aboard(text: str, start: int, end: int, kind: Kind) -> str | None:
    """ "All [22] aboard were killed", "all [six people] on board a helicopter died": the finite verb decides."""
    if vessel := _VESSEL.match(text, end):
        end = vessel.end() - 1
    after = _phrase_after(text, end, kind, predicates().after)
    found = role_by_words(text, start, end, kind) or (after[0] if after else None)
    return None if found == "carried" else found


# --- verbs beside a number ------------------------------------------------------------------------------------------

_PASSIVE: Final = re.compile(
    r"(?i)(?: \(?(?:aged )?\d+\)?)?(?:,? (?:in all|in total|all told|altogether|of them|among them|combined))?"
    r"(?:, [^,;.:]{1,60},|,? including [^,;.:]{1,60}?|,)?"
    r" (?:(?:who|that|which|had|have|has|also|now|later|still|already|reportedly|since|to|could|must|may|will|would) )"
    r"{0,4}(?:was|were|been|is|are|being|be|got|get) (?:(?:[a-z]+ly|also|later|then|being|been|all|still|now|both) )"
    r"{0,2}(?P<verb>[a-z-]+)(?P<more>(?: [a-z]+){0,4})(?![\w-])"
)
_ACTIVE: Final = re.compile(
    r"(?i)\b(?P<verb>[a-z]+)(?: (?P<more>dead|down|hostage|out|up|off|away|over|in|back|free|home))?"
    r"(?: (?:another|a further|the|all|an estimated|about|some|at least|nearly|his|her|their|its))? \Z"
)
_PASSIVE_BEFORE: Final = re.compile(r"(?i)\b(?:was|were|been|is|are|be|being)(?: \w+ly)? \Z")
#: After a participle that says what befell the words before it: "[14 barns] flattened when …".
_BOUNDARY: Final = re.compile(
    r"(?i)(?:[.,;:!?)–\n]|$| (?:in|as|by|after|when|at|on|near|during|over|from|and|since|for|before|while|overnight"
    r"|so|off|outside|inside|across|along|amid|under|with|within|until|this|last|without|because|but|following|ahead"
    r"|through|yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|late|early|or|to)\b)"
)
_BARE: Final = re.compile(
    r"(?i)(?: (?:[a-z]+ly|also|still|already|left|reported))? (?P<verb>[a-z-]+)(?P<more>(?: [a-z]+){0,3})"
)


def role_by_words(text: str, start: int, end: int, kind: Kind = "either") -> str | None:
    """The role by a passive after the words at ``[start, end)``, or by a verb right before them, where the parse gives
    none: "roughly fifteen people, half of them police, [were hurt]"."""
    match = _PASSIVE.match(text, end)
    if match and match["verb"].lower() not in ("not", "no") and (role := _by_form(match, kind)):
        return role
    match = _ACTIVE.search(text, max(0, start - 40), start)
    if match and not _PASSIVE_BEFORE.search(text, max(0, match.start() - 16), match.start()):
        verb, more = match["verb"].lower(), (match["more"] or "").lower()
        names = [f"{verb} {more}", verb] if more else [verb]
        return pick(participles(), names[:1], kind) if more else pick(actives(), names, kind)
    return None


def _by_form(match: re.Match[str], kind: Kind) -> str | None:
    verb, more = match["verb"].lower(), match["more"].lower().split()
    names = [" ".join([verb, *more[:size]]) for size in range(len(more), -1, -1)]
    hit = more[:1] == ["by"] and any(w in ("gunfire", "bullet", "bullets", "shots") for w in more)
    return "shot" if hit else pick(participles(), names, kind)


def role_by_bare_participle(text: str, end: int, kind: Kind) -> str | None:
    """The role by a participle alone right after the words, as headlines and lists have it: "[14 barns] flattened"."""
    match = _BARE.match(text, end)
    if match is None:
        return None
    for size in range(len(match["more"].split()), -1, -1):
        words = [match["verb"], *match["more"].split()[:size]]
        stop = match.start("verb") + len(" ".join(words))
        if _BOUNDARY.match(text, stop) and (role := pick(participles(), [" ".join(words).lower()], kind)):
            return role
    return None


def role_past_modifiers(text: str, start: int, end: int, kind: Kind) -> str | None:
    """The role by what follows a phrase that only says which ones: "[twelve inmates] at the remand centre have tested
    positive", "[the miners], 11 in all, have been trapped"."""
    run = _AFTER.match(text, end)
    words = run[0].split() if run else []
    if len(words) < 3 or words[0].lower() not in counting_words().prepositions:
        return None
    position = end + len(words[0]) + 1
    for word in words[1:9]:
        if word.lower() in _FINITE:
            tables = predicates().after, predicates().loosely_after
            found = next((f for table in tables if (f := _phrase_after(text, position, kind, table))), None)
            return role_by_words(text, start, position, kind) or (found[0] if found else None)
        if word.lower() in _STOPS:
            return None
        position += len(word) + 1
    return None


_FINITE: Final = frozenset(
    {"was", "were", "have", "has", "had", "are", "is", "remain", "remained", "remains", "lost", "died"}
)
_STOPS: Final = frozenset({"and", "but", "who", "which", "that", "when", "as", "while", "after", "said", "says"})


#: What a verb before a number and a word after what it counts tell together: "let [three] go", "cut [two women] free".
_AROUND: Final = (
    (re.compile(r"(?i)\b(?:let|letting|lets) \Z"), re.compile(r" (?:go|out|off|leave|walk)\b"), "released"),
    (re.compile(r"(?i)\b(?:set|sets|setting) \Z"), re.compile(r" free\b"), "released"),
    (re.compile(
        r"(?i)\b(?:cut|cuts|cutting|pull\w*|drag\w*|dug|dig\w*|pri[sz]ed) \Z"), re.compile(r" (?:free"
        r"|clear|loose)\b"), "rescued"
    ),
    (re.compile(
        r"(?i)\b(?:help\w*|led|lead\w*|guid\w+|carr\w+) \Z"), re.compile(r" (?:to safety|ashore"
        r"|to shore)\b"), "rescued"
    ),
    (re.compile(r"(?i)\b(?:on board|aboard|in which)\b[^.;,\d]{0,40}\b(?:were|was) \Z"), re.compile(""), "carried"),
    (re.compile(r"(?i)\b(?:kidnapped|abducted|seized) (?:along |together )?with \Z"), re.compile(""), "kidnapped"),
    (re.compile(r"(?i)\b(?:released|freed) (?:along |together )?with \Z"), re.compile(""), "released"),
    (re.compile(r"(?i)\b(?:arrested|detained|held) (?:along |together )?with \Z"), re.compile(""), "arrested"),
    (re.compile(r"(?i)\b(?:killed|died|murdered) (?:along |together )?with \Z"), re.compile(""), "killed"),
    (re.compile(r"(?i)\barrest\w* [^.;,\d]{2,30} (?:along|together) with \Z"), re.compile(""), "arrested"),
)  # fmt: skip


def role_by_both_sides(text: str, start: int, end: int, kind: Kind) -> str | None:
    """The role by a verb before a number and a word after what it counts."""
    for before, after, role in _AROUND:
        if "with" in before.pattern and kind != "person":
            continue
        if after.match(text, end) and before.search(text, max(0, start - 64), start) and chosen([role], kind):
            return role
    return None


# --- labels ---------------------------------------------------------------------------------------------------------

_LABEL: Final = re.compile(
    r"(?:^|[.;,•(\n–] ?|, )(?P<words>[A-Za-z][A-Za-z'’-]*(?: [A-Za-z'’-]+){0,4})(?P<colon>:)? "
    r"(?:(?:about|roughly|around|some|at least|nearly|over|up to|estimated) )?[$€£]?\Z"
)
_LABELLED: Final = re.compile(r" ?(?:[.;,)\n]|$| so far\b| since\b| \(| in\b| on\b| and\b)")


def role_by_label(text: str, start: int, end: int, kind: Kind) -> str | None:
    """The role by a label before a number: "Houses destroyed: [17]", "own casualties [nine]"."""
    match = _LABEL.search(text, max(0, start - 60), start)
    if match is None or not (match["colon"] or _LABELLED.match(text, end)):
        return None
    words = match["words"].lower().split()
    for table in (predicates().after, predicates().loosely_after):
        phrase = _longest_end(table, words, kind) if match["colon"] and len(words) > 1 else None
        if phrase is not None:
            return phrase
    for word in reversed(words):
        if role := _by_label_word(word, kind):
            return role
        if not match["colon"]:
            return None
    return None


def _by_label_word(word: str, kind: Kind) -> str | None:
    table = predicates()
    singular = _singular(word)
    return (
        pick(table.noun, [word, singular], kind)
        or pick(table.adjective, [word], kind)
        or pick(participles(), [word], kind)
    )


@cache
def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word
