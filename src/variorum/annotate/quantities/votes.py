"""The two numbers of a vote ("51-49", "by 60 votes to 40") and of a game ("3-1"): sides, never counts or intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec

from variorum.annotate.numerals import alternatives, digits_value, spoken, word_value
from variorum.model import Span
from variorum.text import vocabulary


@dataclass(frozen=True, slots=True)
class Side:
    """One number of a vote or a game, with its role."""

    span: Span
    value: float
    role: str | None


class _Words(msgspec.Struct, frozen=True):
    votes: tuple[str, ...]
    rejecting: tuple[str, ...]
    games: tuple[str, ...]
    favour: tuple[str, ...]
    against: tuple[str, ...]
    abstaining: tuple[str, ...]
    elections: tuple[str, ...]
    shares: tuple[str, ...]


@cache
def _words() -> _Words:
    loaded: _Words = vocabulary.load("votes", _Words)
    return loaded


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words of votes, of motions that fail, of games."""
    words = _words()
    return tuple(  # type: ignore[return-value]
        re.compile(rf"(?i)\b(?:{alternatives(w)})\b") for w in (words.votes, words.rejecting, words.games)
    )


@cache
def _beside() -> re.Pattern[str]:
    """A number with its side: "41 MPs voted for", "12 against", "three abstained"."""
    words = _words()
    small = alternatives(spoken())
    number = rf"(?<![\w.,-])(?P<number>\d{{1,3}}(?:,\d{{3}})*|(?:{small})(?:-(?:{small}))?)"
    return re.compile(
        rf"(?i){number}(?:(?: (?!(?:was|were|is|are|been"
        rf"|be) )[a-z]+){{0,2}}? [\"']?(?:(?P<voted_for>{alternatives(words.favour)})"
        rf"|(?P<voted_against>{alternatives(words.against)})|(?P<abstained>{alternatives(words.abstaining)}))(?!\w)"
        rf"| (?:(?P<bare_for>for)|(?P<bare_against>against))(?=,|;|\.| and\b|$))"
    )


_SMALL: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
_NIL: Final = "nothing|nil|none|zero"
_PAIR = re.compile(
    rf"(?i)(?<![\w.,:/-])(\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|{_SMALL})( votes| deputies| members| MPs| judges| ballots)?"
    rf"(?:[-–]|,? to )(\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|{_SMALL}|{_NIL})(?![\w:/-]|[.,]\d| per ?cent| ?%)"
)
_FOR_AND_AGAINST = re.compile(r"(?i)\b\d+ for\b.*\b\d+ against\b")
_FROM = re.compile(r"(?i)\b(?:from|between) \Z")
_VOTE_AFTER = re.compile(r"(?i) (?:vote|ruling|decision|split|majority ruling|verdict)\b")
_OUTCOME = re.compile(r"(?i)\b(?:voted|votes?(?: (?:was|of))?|passed|approved|adopted|rejected|by(?: an?)?) \Z")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")


def read_sides(text: str) -> Iterator[Side]:
    """The sides of every vote and game of a paragraph, in order; a sentence without words of either has none."""
    votes, rejecting, games = _cues()
    for sentence in _SENTENCE.finditer(text):
        if votes.search(sentence[0]) or _FOR_AND_AGAINST.search(sentence[0]):
            fails = rejecting.search(sentence[0]) is not None
            yield from sorted(_voted(text, sentence.span(), fails), key=lambda side: side.span)
        elif games.search(sentence[0]):
            scores = (p for p in _PAIR.finditer(text, *sentence.span()) if _is_score(text, p))
            for pair in scores:
                yield from (Side(pair.span(n), _value(pair[n]), None) for n in (1, 3))


def _voted(text: str, sentence: Span, fails: bool) -> Iterator[Side]:
    pairs = [p for p in _PAIR.finditer(text, *sentence) if _is_outcome(text, p)]
    for pair in pairs:
        first, second = _value(pair[1]), _value(pair[3])
        lost = fails and first > second
        yield Side(pair.span(1), first, "voted_against" if lost else "voted_for")
        yield Side(pair.span(3), second, "voted_for" if lost else "voted_against")
    for match in _beside().finditer(text, *sentence):
        value = _value(match["number"])
        if not any(p.start() <= match.start("number") < p.end() for p in pairs):
            yield Side(match.span("number"), value, (match.lastgroup or "").replace("bare_", "voted_"))


def _value(written: str) -> float:
    if written[0].isdigit():
        return digits_value(written)
    return 0.0 if written.lower() in _NIL.split("|") else word_value(written.lower()) or 0.0


def _is_outcome(text: str, pair: re.Match[str]) -> bool:
    """Whether two numbers are the two sides rather than an interval ("about 30 to 40 members voted")."""
    if pair[2] or _OUTCOME.search(text, max(0, pair.start() - 24), pair.start()):
        return True
    first, second = _value(pair[1]), _value(pair[3])
    if text[pair.end(1)] not in "-–":
        lost = text[pair.end(1)] == "," or text[: pair.start()].endswith(", ")
        return (first > second or lost) and not _FROM.search(text, max(0, pair.start() - 10), pair.start())
    return first >= second or bool(_VOTE_AFTER.match(text, pair.end()))


def _is_score(text: str, pair: re.Match[str]) -> bool:
    """Whether two numbers are a score rather than an interval ("a 5-10 minute slot", "by 5 to 10 points")."""
    ends = not text[pair.end() : pair.end() + 2].strip().isalnum()
    dashed = text[pair.end(1)] in "-–" and pair[1][0].isdigit() and pair[3][0].isdigit()
    return dashed and (ends or _value(pair[1]) >= _value(pair[3]))


# --- votes counted ------------------------------------------------------------------------------------------------

_VOTES: Final = re.compile(r"(?i) (?:(?:valid|electoral|popular|yes|no|dissenting|first-preference) )?votes?\b")
_NO_VOTES: Final = re.compile(
    r"(?i)\b(?:by|margin (?:of|was)|lead(?:s|ing)? (?:of|by|was)|majority (?:of|was)|gap (?:of|was"
    r"|is)|ahead|behind|short of"
    r"|needs?|needed|needing|required?|requires|difference (?:of|was)|buy(?:ing)?|bought|sold|each"
    r"|than|over|lacks?|lacked"
    r"|another|plus|minus) (?:just |only |about |at least |some |the |a |mere )*\Z"
)
_SPARE: Final = re.compile(
    r"(?i) (?:more |fewer |extra |[a-z]+ )?votes? (?:ahead|behind|short|needed|required|more|fewer"
    r"|to spare|shy|away|to (?:win|pass|survive)"
    r"|separat\w+|apart|clear|adrift)| (?:more|fewer|extra|spoil\w+|invalid|blank|forged|fake|missing"
    r"|uncounted|postal|disputed"
    r"|contested|rejected|void|null|unused|empty|stuffed|false|fraudulent) (?:votes?|ballots?)"
    r"| ballot (?:papers|boxes|box)"
)
_VS: Final = re.compile(r"(?i) votes?,? (?:to|against|for|versus|and|in favou?r)\b")


def votes_role(text: str, start: int, end: int) -> str | None:
    """The role of a number of votes at ``[start, end)``: cast, but for margins, what is needed and what is void."""
    if not _VOTES.match(text, end) or _SPARE.match(text, end):
        return None
    before = _NO_VOTES.search(text, max(0, start - 32), start)
    return None if before and not _VS.match(text, end) else "voted"


# --- shares of the vote -------------------------------------------------------------------------------------------


def share_role(text: str, start: int, end: int) -> str | None:
    """The role of a share in percent at ``[start, end)``: of those who voted, or voted for or against something; ""
    where it is one of seats, of opinions, of what is counted or what is needed."""
    before, after, cue = _shares()
    sentence = _around(text, start)
    if _NEEDED.match(text, end) or _NEEDING.search(text, max(0, start - 40), start):
        return ""
    if match := after.match(text, end):
        return "voted_against" if match["no"] else "voted_for" if match["yes"] else "voted"
    if match := before.search(text, max(0, start - 48), start):
        return "voted_against" if match["no"] else "voted_for" if match["yes"] else "voted"
    if _OPINION.search(sentence) and not _EXIT.search(sentence):
        return "" if _TAKING.search(text, max(0, start - 32), start) else None
    if not cue.search(sentence) and not (_STRONG.search(text) and not _ECONOMY.search(sentence)):
        return None
    if _OF_OTHERS.match(text, end) or _CHANGE.search(text, max(0, start - 32), start):
        return None
    taking = _TAKING.search(text, max(0, start - 32), start) or _SHARE_BEFORE.search(text, max(0, start - 60), start)
    listed = _LISTED.search(text, max(0, start - 32), start) and _ENDS.match(text, end)
    return "voted" if taking or listed else None


def _around(text: str, position: int) -> str:
    begin = max(text.rfind(". ", 0, position), text.rfind("\n", 0, position)) + 1
    stop = text.find(". ", position)
    return text[begin : stop if stop >= 0 else len(text)]


_NEEDED: Final = re.compile(
    r"(?i)[- ](?:threshold|quorum|hurdle|barrier|needed|required|minimum|mark needed|necessary"
    r"|or more (?:is|are) needed|"
    r"of (?:the )?(?:votes?|ballots?|polling stations|precincts|districts|boxes|returns|results|wards"
    r"|tally|count|stations)"
    r" (?:had been |have been |has been |were |was |are |is |now |already )*(?:counted|tallied|in"
    r"|reporting|declared|checked"
    r"|verified|processed|reported|scanned)|counted|of (?:the )?(?:seats?|list|lists|candidates"
    r"|members|deputies|ministers))\b"
)
_NEEDING: Final = re.compile(
    r"(?i)\b(?:short of|needs?|needed|requires?|required|quorum(?: of| is| was)?|threshold(?: of| is| was)?|hurdle of"
    r"|minimum(?: of| is| was)?|below the|above the|points? ahead|margin of|lead of)"
    r" (?:the |a |at least |an? |more than |over |\w+ )?\Z"
)
_OPINION: Final = re.compile(
    r"(?i)\b(?:opinion polls?"
    r"|(?<!exit )(?<!to the )(?<!to )(?<!in the )(?<!at the )polls?(?! (?:station|clos|open|work"
    r"|clerk))|surveys?|pollsters?"
    r"|respondents?|approval|trust|undecided|intend)\b"
)
_EXIT: Final = re.compile(r"(?i)\bexit polls?\b|\bcast\b|\bturned out\b|\bwent to the polls\b|\bvoted\b")
_STRONG: Final = re.compile(
    r"(?i)\b(?:elections?|electoral|referendum|voters?|votes?|voted|ballots?|turnout|run-?off|first round|second round"
    r"|candidates?|incumbent|re-?elected|landslide|coalition|part(?:y|ies) crossed|seats?)\b"
)
_ECONOMY: Final = re.compile(
    r"(?i)\b(?:prices?|inflation|unemployment|wages?|pay|tax|taxes|growth|rents?|profits?|sales|exports|economy|interest"
    r"|salary|salaries|tariffs?|budget|deficit|fares?|costs?|strike|strikers|workers|union)\b"
)
_OF_OTHERS: Final = re.compile(
    r"(?i) of (?:the |those |all |its |their |registered |eligible )*(?!votes?\b|voters?\b|ballots?\b"
    r"|electorate\b|turnout\b|roll\b)[a-z]+"
)
_CHANGE: Final = re.compile(
    r"(?i)\b(?:rise|risen|rose|up|down|fall|fell|fallen|drop\w*|grew|increase|cut|swing|gained"
    r"|lost)(?: of| by)? (?:\w+ )?\Z"
)
_TAKING: Final = re.compile(
    r"(?i)\b(?:had|has|have|won|wins|win|winning|got|gets|took|takes|taking|received|polled|polls|polling|secured|garnered"
    r"|gained|captured|with|on|at|by|cleared|scored|claimed|give|gives|gave|giving|reached|reaching|managed|achieved|topped"
    r"|exceeded|below|above|was|is|were|only|just|leaves|left|to|from|than|commands|held|holds|barely|against|drew|attracted"
    r"|slumped to|fell to)(?: (?!points?\b)[\w'-]+){0,3}? (?:about |around |some |nearly |just |only "
    r"|over |between |under )?\Z"
)
_SHARE_BEFORE: Final = re.compile(
    r"(?i)\d(?: ?%| per ?cent| pct| percent)?(?: to | against | for [^.;\d]{2,40}(?: and |, )"
    r"|,? (?:and |while |to )?[^.;\d]{2,40} | \(|-)\Z"
)
_LISTED: Final = re.compile(r"(?:^|[,;:(.] ?|[A-Z][\w'-]+:? |\band )\Z")
_ENDS: Final = re.compile(r"(?:[.,;)\n]|$| (?:and|to|against|while|but)\b)")


@cache
def _shares() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _words()
    yes, no = alternatives([*words.favour, "for"]), alternatives([*words.against, "against"])
    of = alternatives(words.shares)
    return (
        re.compile(
            r"(?:(?P<yes>\bYES|\bYes|[\"']Yes[\"'])(?: side| camp| vote| votes)?:? (?:\w+ )?"
            r"|(?P<no>\bNO|\bNo|[\"']No[\"'])(?: side| camp| vote| votes)?:? (?:\w+ )?"
            r"|(?i:\bturnout)(?: (?i:(?!points)[a-z]+)){0,5}:? ?(?:\w+ )?)\Z"
        ),
        re.compile(rf"(?i) (?:of [a-z ]{{2,24}}? )?(?:(?P<yes>(?:{yes}))(?=\W|$)|(?P<no>(?:{no}))(?=\W|$)|(?:{of})\b)"),
        re.compile(rf"(?i)\b(?:{alternatives(words.elections)})\b"),
    )
