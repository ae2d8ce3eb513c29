"""The toll that a headline tells: "Man, woman killed, 4 hurt in crash", "Nine shot, one fatally", "Third victim dies".

Headlines leave out articles and verbs, and no parser reads them well; what they say of the dead and the hurt is the
most reliable line of a report. They are read by what they are made of: groups of items before or after a word of fate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import msgspec

from variorum.compare.toll.words import tally_words
from variorum.text import vocabulary
from variorum.text.vocabulary import longest_first

Fate = Literal["killed", "injured", "shot"]
_LONGEST: Final = 180  # characters of a headline


class _Fates(msgspec.Struct, frozen=True):
    """Words of `data/headlines.toml` after those they befall, and before them."""

    after: dict[Fate, tuple[str, ...]]
    before: dict[Fate, tuple[str, ...]]
    persons: frozenset[str]
    groups: tuple[str, ...]
    ordinals: dict[str, int]
    numbers: dict[str, int]
    unreal: tuple[str, ...]
    active: frozenset[str]
    grave: frozenset[str]
    several: dict[str, int]


@dataclass(frozen=True, slots=True)
class Headline:
    """What a headline tells: how many were killed and injured. ``total``: that all who died are counted, whenever they
    did; ``numbered``: of whom it gives a number and does not only name one or two; ``at_least``: that its number is the
    least."""

    killed: int | None = None
    injured: int | None = None
    at_least: bool = False
    total: bool = False
    numbered: frozenset[str] = frozenset()


@cache
def _fates() -> _Fates:
    loaded: _Fates = vocabulary.load("headlines", _Fates)
    return loaded


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = _fates()
    number = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{longest_first(words.numbers)})"
    after = {f: rf"(?P<{f}>{longest_first(words.after[f])})" for f in words.after}
    before = {f: rf"(?P<{f}_of>{longest_first(words.before[f])})" for f in words.before}
    return {
        "fate": re.compile(rf"(?i)(?<![\w-])(?:{'|'.join([*after.values(), *before.values()])})(?![\w-])"),
        "number": re.compile(
            rf"(?i)(?:(?:at least|over|more than|nearly|about|some|around|almost|up to|another|the|all|only|just|other)"
            rf" )*(?P<n>{number})(?! ?[-%])(?!-)\b"
        ),
        "toll": re.compile(
            r"(?i)\b(?:(?:death )?tolls?|number (?:of )?(?:those |people )?(?:killed|dead|deaths)|deaths)\b"
            r"[^,;:]{0,40}?(?:\b(?:to|at|now|hits|reaches|passes)\b|(?<=toll )\bof\b|:|(?<=oll)) "
            rf"?(?:at least |over )?(?P<n>{number})\b(?! ?-)"
        ),
        "bodies": re.compile(rf"(?i)(?P<n>{number}) bodies\b"),
        "ordinal": re.compile(
            rf"(?i)\b(?P<nth>{longest_first(words.ordinals)}) (?:[\w-]+ ){{0,2}}?"
            rf"(?:{longest_first(words.persons)}|body)(?: has| who)?"
            r"(?: [\w-]+){0,6}? (?:dies|died|dead|succumbs|found)\b"
        ),
        "fatally": re.compile(rf"(?i)\b(?P<n>{number})(?: of them)? fatally\b"),
        "hurt": re.compile(
            rf"(?i)\bnumber of (?:those |people )?(?:injured|wounded|hurt)\b[^,;:]{{0,40}}?\b(?:to|at) (?P<n>{number})"
        ),
        "family": re.compile(rf"(?i)\b(?:{longest_first(words.groups)}) of (?P<n>{number})\b"),
        "least": re.compile(r"(?i)\b(?:at least|over|more than|no fewer than|no less than)\b"),
        "unreal": re.compile(rf"(?i)\b(?:{longest_first(words.unreal)})\b"),
    }


def headline_of(text: str) -> str | None:
    """The first line of a text, if it may be a headline: short, with more below it, and no sentence of a report."""
    line, _, rest = text.lstrip().partition("\n")
    line = line.strip()
    return line if rest.strip() and 0 < len(line) <= _LONGEST and not line.endswith((".", ":")) else None


def read_headline(line: str) -> Headline:
    """The toll of a headline; nothing of what it does not say, or only fears."""
    patterns = _patterns()
    found: dict[str, int] = {}
    numbered: set[str] = set()
    if ordinal := patterns["ordinal"].search(line):
        found["killed"] = _fates().ordinals[ordinal["nth"].lower()]
    for begin, end, fate in _groups(line):
        told = _items(line[begin:end])
        grave = any(line[end:].lower().startswith(w) for w in _fates().grave)
        if (
            told is not None
            and not (grave and told > 1)
            and not patterns["unreal"].search(line[max(0, begin - 12) : end + 16])
        ):
            if fate not in found and patterns["number"].search(line[begin:end]):
                numbered.add(fate)
            found.setdefault(fate, told)
    if toll := patterns["toll"].search(line):
        found["killed"] = _value(toll["n"])
    if hurt := patterns["hurt"].search(line):
        found["injured"] = _value(hurt["n"])
    if bodies := patterns["bodies"].search(line):
        found.setdefault("killed", _value(bodies["n"]))
    if fatally := patterns["fatally"].search(line):
        found.setdefault("killed", _value(fatally["n"]))
    killed, shot = found.get("killed"), found.get("shot")
    injured = found.get("injured")
    if injured is None and shot is not None and fatally:
        injured = shot - (killed or 0) if shot > (killed or 0) else None
    return Headline(
        killed,
        injured,
        at_least=bool(patterns["least"].search(line)),
        total=bool(ordinal or toll),
        numbered=frozenset(
            {
                *numbered,
                *(["killed"] if ordinal or toll or fatally or bodies else ()),
                *(["injured"] if hurt or "shot" in numbered else ()),
            }
        ),
    )


def _groups(line: str) -> Iterator[tuple[int, int, str]]:
    """Where those stand of whom a word of fate is said, and what it says."""
    start = 0
    for match in _patterns()["fate"].finditer(line):
        name = match.lastgroup or ""
        stop = _STOP.search(line, match.end())
        end = stop.start() if stop else len(line)
        if name.endswith("_of") or (match[0].lower() in _fates().active and _is_object(line[match.end() : end])):
            yield match.end(), end, name.removesuffix("_of")
            start = end
        elif match.start() >= start:
            breaks = [m.end() for m in _BREAK.finditer(line, start, match.start())]
            yield breaks[-1] if breaks else start, match.start(), name
            start = match.end()


def _is_object(words: str) -> bool:
    """Whether persons stand right behind a verb: "killed [wife, daughter]", "shot [three deputies]"."""
    first = re.split(r",| and | & ", words)[0]
    return first.startswith(" ") and not _TIME.search(first) and _item(first.strip()) is not None


_TIME: Final = re.compile(r"(?i)\b(?:days?|weeks?|months?|years?|hours?|minutes?|times?|miles?|blocks?)\b")
_STOP: Final = re.compile(
    r"(?i)[;:()–—]| - |, (?!(?:an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten|wife|son|daughter|mother|father"
    r"|husband|brother|sister|girlfriend|baby|child)\b)"
    r"| (?:in|at|on|near|outside|after|as|when|before|during|inside|by|from|with|while|over|for|across|along|off)\b"
)
_BREAK: Final = re.compile(
    r"(?i)[;:()–—?!|]| - |\b(?:after|as|when|while|but|in|at|on|near|outside|during|leaves?|leaving|left|with"
    r"|says?|said|among|that|who|ends) "
)


def _items(words: str) -> int | None:
    """How many persons a list of items names: "Man, woman" 2, "mother and 2 children" 3; null where it names none."""
    family = _patterns()["family"].search(words)
    if family:
        return _value(family["n"])
    counts: list[int] = []
    for item in (i.strip() for i in re.split(r",| and | & ", words)):
        aged = counts and item.isdigit() and int(item) < _OLDEST  # "Dad, 42, stabbed"
        count = None if aged else _item(item)
        if count is not None:
            counts.append(count)
    return sum(counts) if counts else None


_OLDEST: Final = 120


def _item(item: str) -> int | None:
    number = _patterns()["number"].match(item)
    if number:
        if item[number.end() :].strip().lower() in _OTHER_FATES:
            return None
        return _value(number["n"])
    words = [w.lower() for w in re.findall(r"[\w'’-]+", re.split(r" of | from ", item)[0])]
    if not words or any(w.endswith(("wielding", "armed")) for w in words):
        return None
    last = words[-1].removesuffix("'s").removesuffix("’s")
    if last in _fates().several:
        return _fates().several[last]
    if re.fullmatch(r"(?:\d+|\w+)-(?:year|month|week|day)-old", last):
        return 1
    return 1 if last in _fates().persons and last not in tally_words().attackers else None


#: What else befalls those who are counted: "6 hit, 2 dead".
_OTHER_FATES: Final = ("hit", "missing", "trapped", "arrested", "rescued", "held", "shot", "stabbed")


def _value(written: str) -> int:
    written = written.lower()
    return _fates().numbers[written] if written in _fates().numbers else int(written.replace(",", ""))
