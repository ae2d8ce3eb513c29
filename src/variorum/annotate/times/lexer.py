"""The words of time expressions as one letter each, and the rules as patterns over those letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Final

import msgspec

from variorum.annotate.numerals import Numeral, alternatives, numeral_at
from variorum.annotate.numerals import beginnings as number_beginnings
from variorum.annotate.numerals import words as number_words
from variorum.annotate.times.values import Moment
from variorum.model import Span
from variorum.text import vocabulary
from variorum.text.dates import Calendar, WrittenDate, written_dates


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word that may be part of a time expression. ``kind`` is its letter in the patterns:

    B month, W weekday, S season, P part of day, H holiday, D decade, I a whole numeric date, C clock, Z zone, N era,
    y four digits, d 1 to 31 in digits, n other digits, w number word, v unsaid number, o/O ordinal in words/digits,
    a/t article,
    U unit, u units, c century, k quarter, T today …, l last/next/that, m early/late/mid, e end/start, g ago/later,
    q about, E every, x per, A daily, r now/recently, R former, f of, i in/on/at, j to/or, b and, L long/old, F fiscal,
    + more/full, z or so, p period/time, X once/twice/times, K Mondays, h half of a year, J Q3 or H1,
    V digits like a date that are none.
    """

    kind: str
    value: Any
    start: int
    end: int


class TimeWords(msgspec.Struct, frozen=True):
    """`data/time.toml`."""

    seasons: dict[str, str]
    dayparts: dict[str, str]
    units: dict[str, str]
    plural_units: dict[str, str]
    days: dict[str, int]
    deictic: dict[str, int]
    anaphoric: dict[str, int]
    shifts: dict[str, int]
    modifiers: dict[str, tuple[str, ...]]
    edges: dict[str, tuple[str, ...]]
    approximate: dict[str, tuple[str, ...]]
    vague_counts: dict[str, str]
    halves: dict[str, str]
    refs: dict[str, str]
    history_refs: dict[str, str]
    sets: dict[str, str]
    zones: dict[str, str]
    decades: dict[str, int]
    holidays: dict[str, tuple[int, int]]
    movable: dict[str, tuple[int, int, int]]
    easter: dict[str, int]
    eras: dict[str, int]
    national: dict[str, tuple[str, ...]]
    links: dict[str, str]
    fragile: tuple[str, ...]
    designating: tuple[str, ...]
    reporting: tuple[str, ...]
    sequence: tuple[str, ...]


@cache
def _time_words() -> TimeWords:
    loaded: TimeWords = vocabulary.load("time", TimeWords)
    return loaded


@cache
def _lexicon() -> dict[str, tuple[str, Any]]:
    """Every word and phrase with its letter and value; later groups win over earlier ones."""
    w = _time_words()
    calendar = vocabulary.load("calendar", Calendar)
    entries: dict[str, tuple[str, Any]] = {word: (letter, None) for word, letter in w.links.items()}
    for words, letter in (
        (w.zones, "Z"),
        (w.seasons, "S"),
        (w.dayparts, "P"),
        (w.units, "U"),
        (w.plural_units, "u"),
        (w.sets, "A"),
        (w.decades, "D"),
        (w.eras, "N"),
        (w.halves, "h"),
    ):
        entries |= {word: (letter, value) for word, value in words.items()}
    entries |= {zone.casefold(): ("Z", offset) for zone, offset in calendar.zones.items() if len(zone) > 1}
    for groups, letter in ((calendar.months, "B"), (calendar.weekdays, "W")):
        entries |= {name: (letter, number) for number, names in enumerate(groups, 1) for name in _english(names)}
    entries |= {word: ("T", (shift, "NI" if word == "tonight" else None)) for word, shift in w.days.items()}
    entries |= {word: ("l", ("here", steps)) for word, steps in w.deictic.items()}
    entries |= {word: ("l", ("told", steps)) for word, steps in w.anaphoric.items()}
    entries |= {word: ("g", (_shift_from(word), sign)) for word, sign in w.shifts.items()}
    entries |= {f"{name}s": ("K", number) for name, (kind, number) in entries.items() if kind == "W" and len(name) > 5}
    for group, letter in ((w.modifiers, "m"), (w.edges, "e"), (w.approximate, "q")):
        entries |= {word: (letter, word) for word in group["words"]}
    entries |= {
        word: ("v" if count == "X" else "w", None if count == "X" else float(count))
        for word, count in w.vague_counts.items()
    }
    entries |= {word: ("r", ref) for word, ref in w.refs.items()}
    entries |= {word: ("R", ref) for word, ref in w.history_refs.items()}
    entries["current"] = ("l", ("here", 0))
    entries |= {word: ("D", decade * 10) for word, decade in w.decades.items()}
    entries |= {word: ("o", number) for word, number in number_words().ordinals.items()}
    entries |= {word: ("H", ("fixed", *day)) for word, day in w.holidays.items()}
    entries |= {word: ("H", ("nth", *rule)) for word, rule in w.movable.items()}
    entries |= {word: ("H", ("easter", days)) for word, days in w.easter.items()}
    entries |= {"century": ("c", "C"), "quarter": ("k", "Q")}
    return entries


def _english(names: tuple[str, ...]) -> list[str]:
    """The first name is English, and so are its abbreviations."""
    return [name for name in names if names[0].startswith(name)]


def _shift_from(word: str) -> str:
    """What a shift counts from: the day of writing, the time told last, or the event named after it."""
    return "event" if word in ("before", "after") else "here" if word in ("ago", "from now", "hence") else "told"


_CLOCK: Final = (
    r"(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d)(?::[0-5]\d)?)?[ -]?(?P<half>[ap])(?:m\b|\.[ ]?m\b\.?)"
    r"|(?P<h2>[01]?\d|2[0-3]|24(?=:00)):(?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:[ ]?h(?:ou)?rs\b)?"
    r"|(?P<h3>[01]\d|2[0-3])(?P<m3>[0-5]\d)[ ]?(?:hrs\b|hours\b|h\b|(?=GMT\b|UTC\b))"
    r"|(?P<h4>1[0-2]|[1-9]) o'clock\b"
)
_SHAPE: Final = re.compile(
    rf"(?P<clock>{_CLOCK})|(?P<decade>(?:1\d|20)\d0'?s\b|'\d0s\b|[1-9]\d{{1,2}}0?s(?= BCE?\b))"
    r"|(?P<void>(?:(?:1\d|20)\d\d-\d\d-\d\d|\d\d?(?P<mark>[/.])\d\d?(?P=mark)(?:1\d|20)\d\d)(?![\w/-]|\.\d))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)|(?P<short>'\d\d\b(?!'?s))"
    r"|(?P<fiscal>(?:19|20)\d\d)(?:/|-|–)\d\d(?= (?:fiscal|financial|tax|budget) year\b)",
    re.I,
)
#: Hours and minutes with a point between them, behind what tells a time, and a second one that ends a period.
_DOTTED: Final = re.compile(
    r"([01]?\d|2[0-3])\.([0-5]\d)(?=[,;:)\"'”’]|\.(?!\d)| ?[–-]|\s(?:and|on|in|that|when|as|until|to|by|the|from|after|"
    r"before|but|local|this|yesterday|today|[MTWFS][a-z]+day)\b|\s*\Z)"
)
_AT_HOUR: Final = re.compile(r"(?i:\b(?:at|until|till|by|timed|since)(?: (?:about|around|exactly|precisely|just))? )\Z")
_FROM_HOUR: Final = re.compile(r"(?i:\bfrom )\Z")
_TO_HOUR: Final = re.compile(r" (?:until|till) \d\d?\.[0-5]\d(?!\d)")
_PRICED: Final = re.compile(
    r"(?i:\b(?:shares?|stocks?|prices?|priced|index|trad\w+|clos(?:ed|ing)|yields?|rates?|valued?|sold|quoted|odds|dollars?|"
    r"euros?|yen|pounds?|points?|percent|average|magnitude|speed|level|stood|score\w*)\b)"
)
_CODE: Final = re.compile(r"(?:Q[1-4]|H[12])(?!\w|[-/]\w)")
_OFFSET: Final = re.compile(r"(?P<name>GMT|UTC)\s?(?P<sign>[+-−])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?!\d)")
_PLACE_TIME: Final = re.compile(r" ?(?:[A-Z]\w+ )?[A-Z][\w.]+ [Tt]ime\b")
_SCAN: Final = re.compile(r"(?P<word>[^\W\d_]+)|(?P<digit>(?<!\w)'?\d[\d,.]*|\.?\d[\d,.]*)|\S")
_NUMERIC_DATE: Final = re.compile(r"\d[-./]\d|年")


@cache
def _phrases() -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of the lexicon's phrases, and a pattern of the phrases."""
    phrases = [p for p in _lexicon() if not p.isalpha()]
    first = frozenset(re.split(r"[^a-z]", p, maxsplit=1)[0] for p in phrases)
    return first, re.compile(rf"(?:{alternatives(phrases)})(?!\w)", re.I)


@cache
def _beginnings() -> frozenset[str]:
    """Every word that a lexeme may begin with."""
    return frozenset(_lexicon()) | _phrases()[0] | number_beginnings()


def lex(text: str, day_first: bool = True) -> tuple[str, list[Lexeme | None]]:
    """One letter for each word or mark of ``text`` (a space for words that no time expression holds), and their
    lexemes at the same places. ``day_first`` decides "04/05/2031"."""
    letters: list[str] = []
    lexemes: list[Lexeme | None] = []
    dates, beginnings = _numeric_dates(text, day_first), _beginnings()
    position = 0
    for match in _SCAN.finditer(text):
        start = match.start()
        if start < position:
            continue
        lexeme: Lexeme | None
        kind = match.lastgroup
        if start in dates:
            lexeme = dates[start]
        elif kind == "word":
            begins = match[0].lower() in beginnings or match[0] in "QH"  # four words of five do not
            lexeme = _word(text, match, "".join(letters[-2:])) if begins else None
        elif kind == "digit":
            lexeme = _digits(text, start)
        else:
            lexeme = _mark(match, text)
        position = lexeme.end if lexeme else match.end()
        letters.append(lexeme.kind if lexeme else " ")
        lexemes.append(lexeme)
    return "".join(letters), lexemes


def _numeric_dates(text: str, day_first: bool) -> dict[int, Lexeme]:
    return {d.span[0]: Lexeme("I", (_whole(d), d.ambiguous), *d.span) for d in numeric_dates(text, day_first)}


def numeric_dates(text: str, day_first: bool = True) -> list[WrittenDate]:
    """The whole dates that are written in digits alone."""
    if not _NUMERIC_DATE.search(text):
        return []
    written = written_dates(text, day_first=day_first)
    return [d for d in written if d.year and d.day and _numeric(text[slice(*d.span)]) and _standing(text, d.span)]


def _standing(text: str, span: Span) -> bool:
    """Whether a date in digits is none cut out of a longer number or a version."""
    return not _LONGER.match(text, span[1])


_LONGER: Final = re.compile(r"[/.-]?\d")


_AGES: Final = re.compile(r"(?i)\b(?:his|her|their) (?:early |mid-? ?|late )?\Z")


def _word(text: str, match: re.Match[str], before: str) -> Lexeme | None:
    lower = match[0].lower()
    lexicon = _lexicon()
    start, end = match.span()
    if lower in _time_words().decades and _AGES.search(text, max(0, start - 16), start):
        return None  # "a man in his fifties"
    first_words, phrases = _phrases()
    phrase = phrases.match(text, start) if lower in first_words else None
    if phrase and not _overreaches(text, phrase):
        lower, end = phrase[0].lower(), phrase.end()
        return _known(lower if lower in lexicon else lower.replace("-", " "), text, (start, end), before)
    if match[0] in "QH" and (coded := _CODE.match(text, start)):
        return Lexeme("J", coded[0].upper(), *coded.span())
    if lower in _centuries() and (year := _spoken_year(text, start)):
        return year
    if lower in ("gmt", "utc") and (offset := _OFFSET.match(text, start)):
        zone = f"{'+' if offset['sign'] == '+' else '-'}{int(offset['hours']):02d}:{offset['minutes'] or '00'}"
        return Lexeme("Z", zone, *offset.span())
    if before.endswith("C") and (place := _PLACE_TIME.match(text, start)) and lower not in lexicon:
        return Lexeme("Z", "", *place.span())
    number = numeral_at(text, start, lower)
    if number and (lower not in lexicon or number.span[1] > end) and number.form != "fraction":
        return _number(number, text)
    if number and number.form == "fraction" and _counts_quarters(number, text, before) and lower in number_words().ones:
        return Lexeme("w", number_words().ones[lower], start, end)
    return _known(lower, text, (start, end), before) if lower in lexicon else None


def _counts_quarters(number: Numeral, text: str, before: str) -> bool:
    """Whether "two quarters" are stretches of time and no share ("three-quarters", "three quarters of its fuel")."""
    start, end = number.span
    return " quarters" in text[start:end] and (before[-1:] in ("l", "o") or not text.startswith(" of ", end))


@cache
def _centuries() -> frozenset[str]:
    """The words that a spoken year begins with: "nineteen ninety-six", "twenty twenty-four"."""
    return frozenset(
        word for word, value in {**number_words().ones, **number_words().tens}.items() if 16 <= value <= 20
    )


@cache
def _spoken() -> re.Pattern[str]:
    words = number_words()
    tens, ones = alternatives(words.tens), alternatives([w for w, value in words.ones.items() if 1 <= value <= 9])
    teens = alternatives([w for w, value in words.ones.items() if value >= 10])
    return re.compile(rf"(\w+)[ -](?:({tens})(?:[ -]({ones}))?|({teens}))\b", re.I)


def _spoken_year(text: str, start: int) -> Lexeme | None:
    match = _spoken().match(text, start)
    if not match:
        return None
    values = {**number_words().ones, **number_words().tens}
    parts = [int(values[word.lower()]) for word in match.groups() if word]
    return Lexeme("y", parts[0] * 100 + sum(parts[1:]), *match.span())


def _overreaches(text: str, phrase: re.Match[str]) -> bool:
    """Whether a phrase like "the past" is only the beginning of "the past three years"."""
    lexicon = _lexicon()
    if lexicon.get(phrase[0].lower().replace("-", " "), (" ",))[0] != "r":
        return False
    following = _NEXT_WORD.match(text, phrase.end())
    if not following:
        return False
    word = following[1].lower()
    return word[0].isdigit() or lexicon.get(word, (" ",))[0] in "Uuckvoa" or word in _small_numbers()


@cache
def _small_numbers() -> frozenset[str]:
    return frozenset(number_words().ones) | frozenset(number_words().tens)


def _whole(found: WrittenDate) -> Moment:
    clock = None if found.hour is None else f"{found.hour:02d}:{found.minute or 0:02d}"
    return Moment("D", found.year, found.month, found.day, part=clock, zone=found.zone or "" if clock else "")


def _numeric(written: str) -> bool:
    return not any(c.isalpha() for c in written)


def _known(key: str, text: str, span: Span, before: str) -> Lexeme | None:
    """The lexeme of a word or phrase of the lexicon, by the letter before it where it has more than one meaning."""
    start, end = span
    kind, value = _lexicon()[key]
    joined, before = before[-2:-1] if before.endswith("-") else "", before[-1:] or " "
    if key in _time_words().fragile and not _robust(key, kind, text, span, before):
        return Lexeme("o", 2, start, end) if key == "second" else None
    if kind == "m" and (joined or before) in ("U", "u", "c", "k") and key in _time_words().shifts:
        kind, value = "g", ("told", _time_words().shifts[key])
    if key == "second" and before in "dnwa":
        kind, value = "U", "TS"
    if kind in "BW" and len(key) < 5 and text[end : end + 1] == "." and key not in ("may", "june", "july"):
        end += 1
    return Lexeme(kind, value, start, end)


_DATED_SEASON: Final = re.compile(
    r" (?:of )?(?:[12]\d\d\d\b|\d{1,4} B\.?C)| of (?:next|last|this|that|the (?:same|following|previous)) year\b"
)

#: What stands before "the fall" where it is a time and nothing that fell.
_WITHIN: Final = re.compile(r"\b(?:in|by|until|till|for|through) the \Z", re.I)


def _robust(key: str, kind: str, text: str, span: Span, before: str) -> bool:
    """Whether a word that has another meaning means a time here: by its capital and its neighbours."""
    start, end = span
    capital = text[start].isupper()
    if kind == "B":
        return capital
    if kind == "W":
        return capital and bool(re.match(r"\.|, (?:[A-Z]|\d)| \d", text[end : end + 3]))
    if kind in "NZ":
        return text[start:end].isupper() and before in "dynCP"
    if kind == "S":
        if _DATED_SEASON.match(text, end):
            return True
        # "They plan it for the fall", but "men are trapped behind the fall".
        told_as_time = before != "t" or bool(_WITHIN.search(text, max(0, start - 12), start))
        return before in "tlmifE" and told_as_time and not text.startswith(" of ", end)
    return before in "dnwa-" and kind == "U"


_NEXT_WORD: Final = re.compile(r"[ -](\w+)")


def _number(found: Numeral, text: str) -> Lexeme:
    start, end = found.span
    written = text[start:end]
    if found.form == "vague":
        return Lexeme("v", None, start, end)
    if written.isdigit() and len(written) <= 2 and 1 <= found.low <= 31:
        return Lexeme("d", int(found.low), start, end)
    if written.isdigit() and len(written) == 4 and 1000 <= found.low < 2200:
        return Lexeme("y", int(found.low), start, end)
    return Lexeme("w" if found.form == "words" else "n", found.low, start, end)


def _digits(text: str, start: int) -> Lexeme | None:
    shape = _SHAPE.match(text, start)
    if dotted := _dotted_clock(text, start):
        return dotted
    if shape and (start == 0 or not text[start - 1].isalnum()):
        if shape["clock"]:
            return _clock(shape)
        if shape["decade"] and _AGES.search(text, max(0, start - 16), start):
            return None
        if shape["decade"]:
            digits = shape[0].strip("'sS")
            year = 1900 + int(digits) if shape[0][0] == "'" else int(digits)
            return Lexeme("D", year, *shape.span())
        if shape["void"]:
            return Lexeme("V", None, *shape.span())
        if shape["fiscal"]:
            return Lexeme("y", int(shape["fiscal"]), *shape.span())
        if shape["ordinal"]:
            return Lexeme("O", int(shape[0][:-2]), *shape.span())
        return Lexeme("Y", int(shape[0][1:]), *shape.span())
    if text[start] == "'":
        return Lexeme("'", None, start, start + 1)
    number = numeral_at(text, start, "0")
    return _number(number, text) if number else None


def _mark(match: re.Match[str], text: str) -> Lexeme | None:
    kind = {"–": "-"}.get(match[0], match[0])
    if kind == "'" and re.match(r"s\b", text[match.end() : match.end() + 2]):
        return Lexeme(kind, None, match.start(), match.end() + 1)
    return Lexeme(kind, None, *match.span()) if kind in ",.-'" else None


def _dotted_clock(text: str, start: int) -> Lexeme | None:
    """ "at 11.42", "until 19.03": hours and minutes with a point between them where nothing but a time can stand – not
    a price or a share ("closed at 11.42")."""
    found = _DOTTED.match(text, start)
    before = text[max(0, start - 80) : start] if found else ""
    if found is None or _PRICED.search(before):
        return None
    if not _AT_HOUR.search(before) and not (_FROM_HOUR.search(before) and _TO_HOUR.match(text, found.end())):
        return None
    return Lexeme("C", f"{int(found[1]):02d}:{found[2]}", *found.span())


def _clock(match: re.Match[str]) -> Lexeme | None:
    hour = int(match["h"] or match["h2"] or match["h3"] or match["h4"])
    minute = int(match["m"] or match["m2"] or match["m3"] or 0)
    half = (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= (23 if half == "p" else 12):
            return None
        hour = hour if hour > 12 else hour % 12 + (12 if half == "p" else 0)
    end = match.end()
    return Lexeme("C", f"{hour:02d}:{minute:02d}", match.start(), end)


_NUM = "(?:[dnyw](?:[j-][dnw])?|av|v|a)"
_UNIT = "[Uck]"
_EDGE = "(?:t?m?-?(?:[eh]f|i?t?m?Pu?[fi])t?)?"
_MOD = "(?:t?m-?i?t?)?"
_YEAR = "(?:yN?|[nd]N)"
_AT = "(?:q?(?:CZ?|P),?i?t?)?"
_TAIL = f"(?:,?f?{_YEAR}|,?f?t?lU)"
_MONTH_FIRST = f"l?B-?(?:t?[Oo]|d){_TAIL}?"
_DAY_FIRST = f"(?:t?[dO]|t?of)f?B{_TAIL}?"
_DATE = f"(?:{_MONTH_FIRST}|{_DAY_FIRST}|B{_TAIL}|B,{_YEAR}|I|l?B)"
_QUARTER_TAIL = f"(?:f?(?:t?F?l?U|F?U?{_YEAR}|aUg))"

#: Rules by name; at each place the longest match wins, the earlier rule on a tie.
_RULES: Final = {
    "void": "V",
    "calendar": f"q?{_AT}{_EDGE}{_MOD}(?:t?W,?i?t?)?{_DATE}(?:,?P)?Z?",
    "days": f"{_EDGE}(?:t?[dO](?:[-jb]|,[dO],?b)t?[dO]f?B{_TAIL}?|B[dO](?:[-jb]|,[dO],?b)[dO]{_TAIL}?)",
    "half": "t?h(?:f(?:t?l?U|F?U?y))?",
    "years": f"{_EDGE}(?:[ndy][-jb][ndy]N|y-[dn])",
    "nth_weekday": f"t?[oOl]W[fi](?:t?l?U|B{_TAIL}?)",
    "weekday": f"(?:{_NUM}Ug)?{_AT}(?:t?m?-?i?t?m?Pu?[fi]t?)?m?i?t?l*W(?:m?-?P)?(?:ft?lU)?",
    "season": f"{_EDGE}{_MOD}t?l*S(?:,?f?(?:{_YEAR}|t?lU))?",
    "quarter": f"{_EDGE}{_MOD}(?:t?lU')?t?l?F?-?y?o-?F?-?k{_QUARTER_TAIL}?",
    "period": f"t?l\\+?(?:k|p){_QUARTER_TAIL}?|t?y[kp]|t?l?U-gk|U-gp|t?U-go-?k|t?lU'k|t\\+?k(?:aUg)?",
    "holiday": f"{_EDGE}(?:t?m?t?l)?H(?:,?{_YEAR})?[PU]?",
    "year": f"q?{_EDGE}{_MOD}(?:t?[Uu]|F|t?FU)?N?{_YEAR}|t?yF?U|tU[wn]",
    "decade": f"{_EDGE}t?m?-?t?DN?",
    "century": f"{_EDGE}t?m?-?t?[oO]-?cN?",
    "today": f"{_AT}(?:m-?P)?m?T(?:m?-?P)?",
    "deictic": f"(?:t?m?-?e[fi])?m?i?t?m?l+m?F?(?:{_UNIT}|P)(?:P)?z?",
    "double": f"t?{_UNIT}gl",
    "coded": f"J(?:,?f?{_YEAR}|'?Y)?|{_YEAR}J",
    "edge": f"(?:t?m?-?e[fi]|mi?)t{_UNIT}|U'?-?e",
    "ago": f"q*{_NUM}\\+?-?[Uuck]z?-?g|q*ug|t{_UNIT}g|U-g",
    "span_of": f"t?l(?:{_NUM})?q?\\+?-?uz?|t?{_NUM}lu|t?o{_NUM}-?u|t?l{_NUM}Uz?|t?Ru",
    "duration": f"a[dnw]-?Up|[dnwa]-?G-?[Uuc]|{_NUM}u'p|q*t?{_NUM}\\+?-?[Uuck](?:-?L|z|jw|G)?|[Uu]-L",
    "bare_units": "t?m?u",
    "repeated": f"E(?:{_NUM})?-?(?:{_UNIT}|u|W|B|S|P)|[dw]?X(?:[ax]{_UNIT}|E(?:{_NUM})?-?(?:{_UNIT}|u))|x{_UNIT}|A|K",
    "hour": "q?[dwC]itP",
    "week_of": f"tUf{_DATE}",
    "clock": "q?CZ?",
    "nth": "tO",
    "ordinal_unit": f"t?m?-?[oO]-?{_UNIT}",
    "daypart": "t?m?-?P",
    "history": "R",
    "whole": "t[+F]?U",
    "vague": "r",
}
_COMPILED: Final = [(name, re.compile(pattern)) for name, pattern in _RULES.items()]
_START: Final = re.compile(r"[^ ,.'\-fijbxgLZNtaqmFz+p]|[taqmF](?![ ,.])|N[ynd]|x[Uck]")


_LONGEST: Final = 48  # words and marks that a rule may take


def matches(letters: str) -> Iterator[tuple[str, int, int]]:
    """The rules that hold and where, left to right and not overlapping: name, first letter, one past the last."""
    position = 0
    while start := _START.search(letters, position):
        at = start.start()
        end = letters.find(" ", at, at + _LONGEST)
        name, length = _longest_at(letters[at : end if end >= 0 else at + _LONGEST])
        if name:
            yield name, at, at + length
        position = at + max(length, 1)


@lru_cache(maxsize=20_000)
def _longest_at(letters: str) -> tuple[str, int]:
    """The rule that takes most of the letters from the first on; the same few runs come again and again."""
    best = ("", 0)
    for name, pattern in _COMPILED:
        match = pattern.match(letters)
        if match and match.end() > best[1]:
            best = (name, match.end())
    return best


_PREPOSITION: Final = re.compile(
    r"(?i)\b(?:in|since|of|by|from|until|till|to|during|before|after|around|circa|between|and)\s+\Z"
)


@cache
def designating() -> frozenset[str]:
    """Nouns whose number is a name and no year."""
    return frozenset(_time_words().designating)


@cache
def national() -> frozenset[str]:
    """Holidays that countries keep on days of their own."""
    return frozenset(_time_words().national["holidays"])


@cache
def weighing() -> frozenset[str]:
    """Words that weigh a length and do not measure it."""
    return frozenset(_time_words().approximate["weighing"])


@cache
def circa() -> frozenset[str]:
    """Words that say that a date is not exact."""
    return frozenset(_time_words().approximate["dates"])


@cache
def sequence() -> frozenset[str]:
    """Verbs that set an act beside an earlier one."""
    return frozenset(_time_words().sequence)


@cache
def reporting() -> frozenset[str]:
    """Verbs of saying, whose present tells what is gone."""
    return frozenset(_time_words().reporting)


def after_preposition(text: str, position: int) -> bool:
    """Whether a preposition that takes years stands just before ``position``."""
    return bool(_PREPOSITION.search(text[max(0, position - 12) : position]))


def holiday(rule: tuple[Any, ...], year: int) -> date:
    """The day of a holiday in ``year`` (Easter after Meeus, Jones and Butcher)."""
    if rule[0] == "fixed":
        return date(year, rule[1], rule[2])
    if rule[0] == "easter":
        return _easter(year) + timedelta(days=rule[1])
    _, nth, weekday, month = rule
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)
