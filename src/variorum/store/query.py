"""What is typed into the search field, read into a `Query`. Nothing of it ever becomes SQL: words are letters and
digits, dates are dates, and all are bound."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.errors import UsageError
from variorum.model import Span
from variorum.store.words import folded, placed, spelt, words

#: Fields and the index columns they look at; without a field the text itself.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "": ("title", "body"),
    "title": ("title",),
    "publisher": ("publisher",),
    "author": ("authors",),
    "person": ("people",),
    "place": ("places",),
}
_DATES: Final = ("from", "to")
_PART: Final = re.compile(r'(?P<no>-)?(?:(?P<field>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MOST: Final = 32  # parts of a query
_LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, in one of ``columns``; ``prefix`` lets the last one have any ending."""

    columns: tuple[str, ...]
    words: tuple[str, ...]
    prefix: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All ``terms`` must hold; ``begin`` and ``end`` are ISO dates, inclusive."""

    terms: tuple[Term, ...] = ()
    begin: str | None = None
    end: str | None = None


def read_query(text: str) -> Query:
    """The query of a line as a person writes it. Raises `UsageError` for one that cannot be meant."""
    if len(text) > _LONGEST:
        raise UsageError(f"search: {len(text)} characters are too many; {_LONGEST} are the most")
    terms: list[Term] = []
    dates: dict[str, str] = {}
    for part in _PART.finditer(text.replace("“", '"').replace("”", '"')):
        field, said = part["field"] or "", part["phrase"] if part["phrase"] is not None else part["word"]
        if field in _DATES:
            dates[field] = _date(field, said)
            continue
        if field not in FIELDS:  # "23:15" and "http://…" are words, not fields
            field, said = "", f"{field}:{said}"
        terms += _terms(FIELDS[field], said, absent=part["no"] is not None, exact=part["phrase"] is not None)
    if len(terms) > _MOST:
        raise UsageError(f"search: {len(terms)} words and phrases are too many; {_MOST} are the most")
    if not terms and not dates:
        raise UsageError('search: no word in it; write dam, "burst at night", title:flood, from:2031-05-01')
    return Query(tuple(terms), dates.get("from"), dates.get("to"))


def _terms(columns: tuple[str, ...], said: str, *, absent: bool, exact: bool) -> Iterator[Term]:
    if not exact and said.endswith("*"):
        found = tuple(words(said))
        last = [spelt(folded(w)) for w in re.findall(r"[^\W_]+", said)][-1:]
        if found and last and last[0]:  # the plural stays on: what is typed is a beginning
            yield Term(columns, (*found[:-1], last[0]), prefix=True, absent=absent)
    elif found := tuple(words(said)):
        yield Term(columns, found, absent=absent)


def _date(field: str, said: str) -> str:
    match = _DATE.fullmatch(said)
    if match is None:
        raise UsageError(
            f"search: {field}:{said} is no date; write {field}:2031, {field}:2031-05 or {field}:2031-05-03"
        )
    year, month, day = match[1], match[2], match[3]
    if month is not None and not 1 <= int(month) <= 12:
        raise UsageError(f"search: {field}:{said}: there is no month {month}")
    if field == "from":
        return "-".join((year, month or "01", day or "01"))
    last_month = month or "12"
    return "-".join((year, last_month, day or str(monthrange(max(1, int(year)), int(last_month))[1])))


def found_in(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Where the words of the terms stand in a text, phrases as one span, in order."""
    spots = list(placed(text))
    wanted = [t for t in terms if not t.absent and "body" in t.columns]
    spans = set()
    for i in range(len(spots)):
        for term in wanted:
            if _stands(term, [word for word, _ in spots[i : i + len(term.words)]]):
                spans.add((spots[i][1][0], spots[i + len(term.words) - 1][1][1]))
    return tuple(sorted(spans))


def _stands(term: Term, row: list[str]) -> bool:
    if len(row) < len(term.words) or tuple(row[:-1]) != term.words[:-1]:
        return False
    return row[-1].startswith(term.words[-1]) if term.prefix else row[-1] == term.words[-1]
