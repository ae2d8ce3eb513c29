"""Reports that pass on, from beginning to end, what one other outlet has written."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from variorum.lineage.evidence import credit_words, newsroom_key
from variorum.lineage.fingerprint import body_spans
from variorum.model import Article, Origin, Span
from variorum.text.ids import content_id

_NAME = r"[A-Z][\w\u2019'-]{1,30}(?: (?:(?:of|the|de|la|du|van) )?[A-Z][\w\u2019'-]{1,30}){0,4}"
_TIMES = 2  # sentences that credit the outlet
_PART = 0.2  # of the lines of the body: who is named less often is a source among others
_LEAD = 0.34  # the first credit stands in the first third


@dataclass(frozen=True, slots=True)
class Relay:
    """The outlet whose report is passed on, and the words that name it first."""

    outlet: str
    span: Span

    @property
    def origin(self) -> Origin:
        """The outlet's report, which is not in the collection."""
        key = content_id("origin", "newsroom", newsroom_key(self.outlet))
        return Origin(key, f"{self.outlet} report", "newsroom", False, ())


class Relays:
    """What each article passes on, found once. ``here`` are the newsroom keys of those in the collection."""

    def __init__(self, here: Collection[str]) -> None:
        self._here = here
        self._found: dict[str, Relay | None] = {}

    def of(self, article: Article) -> Relay | None:
        """As `relay_of`."""
        if article.id not in self._found:
            self._found[article.id] = relay_of(article, self._here)
        return self._found[article.id]


def relay_of(article: Article, here: Collection[str]) -> Relay | None:
    """What ``article`` passes on: the outlet is introduced as a medium ("the daily N. reported"), is credited from
    the lead on and again, and is not among the newsroom keys of those ``here``, in the collection."""
    if not _before_a_name().search(article.text):  # as in nearly all there are
        return None
    introduced = list(_introduction().finditer(article.text))
    names = list(dict.fromkeys(match["name"] or match["other"] for match in introduced))
    if len(names) != 1 or newsroom_key(names[0]) in here:
        return None
    (name,) = names
    lines = _body_lines(article)
    pattern = _crediting(name)
    credited = [number for number, line in enumerate(lines) if pattern.search(line)]
    if len(credited) < max(_TIMES, _PART * len(lines)) or credited[0] > _LEAD * len(lines):
        return None
    return Relay(name, introduced[0].span())


@cache
def _before_a_name() -> re.Pattern[str]:
    """Blanks between the last word of a kind of medium and a capital: wherever the pattern below finds anything,
    at a tenth of its price. Blanks before capitals are few, so these are looked for first."""
    words = sorted({medium.split()[-1] for medium in credit_words().media})
    return re.compile(rf" (?=[A-Z])(?:{'|'.join(rf'(?<={re.escape(word)} )' for word in words)})")


def _body_lines(article: Article) -> list[str]:
    lines = (line for span in body_spans(article) for line in article.text[slice(*span)].split("\n"))
    return [line for line in lines if line.strip()]


def _crediting(name: str) -> re.Pattern[str]:
    """The outlet by name, or as "the newspaper"."""
    known = re.escape(name)
    return re.compile(
        rf"\b{known},? (?:has |had |also )?(?:{_reports()})\b|\b(?:[Aa]ccording to|told|tells|tell) (?:the )?{known}\b"
        rf"|\b[Tt]he (?:{_media()})(?: {known})?,? (?:has |had |also )?(?:{_reports()})\b"
    )


@cache
def _reports() -> str:
    return "|".join(map(re.escape, credit_words().reports))


@cache
def _media() -> str:
    return "|".join(sorted(map(re.escape, credit_words().media), key=lambda words: (-len(words), words)))


@cache
def _introduction() -> re.Pattern[str]:
    """ "the daily Norvik Post reported", "according to the newspaper Norvik Post"."""
    return re.compile(
        rf"\b[Tt]he (?:\w+ )?(?:{_media()}) (?P<name>{_NAME}),? (?:has |had |also )?(?:{_reports()})\b"
        rf"|(?:[Aa]ccording to|\b(?:told|tells)) the (?:\w+ )?(?:{_media()}) (?P<other>{_NAME})"
    )
