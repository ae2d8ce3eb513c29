"""Credits and times as sentences that a reader can check, and what credits cover. Never an outlet's standing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.model import Article, Credit, Span
from variorum.text import vocabulary
from variorum.text.agencies import is_partial
from variorum.text.normalise import fold, squeeze
from variorum.text.stamps import earlier, interval

WHOLE_REPORT = frozenset({"byline", "dateline", "credit"})
_PLACES = {"byline": "byline", "dateline": "dateline", "credit": "credit line", "lead": "lead", "body": "body"}
_HOST = re.compile(r"(?:https?://)?(?:www\d?\.|m\.|amp\.)?([\w.-]+\.[a-z]{2,})(?:[/:].*)?", re.I)
_SUFFIX = re.compile(r"(?:\.(?:com?|org|net|gov|edu|ac|info|news))?\.[a-z]{2,}$")


def newsroom_key(name: str) -> str:
    """What "The Evening Post", "eveningpost.com" and "https://www.eveningpost.com/x" have in common: "eveningpost"."""
    folded = fold(name)
    host = _HOST.fullmatch(folded)
    if host:
        folded = _SUFFIX.sub("", host[1]).rsplit(".", 1)[-1]
    letters = "".join(c for c in folded.removeprefix("the ") if c.isalnum())
    return letters.removeprefix("the") if host and len(letters) > 6 else letters


def quoted_credit(article: Article, credit: Credit) -> str:
    """The words of a credit and where they stand: "credit line 'By AFP' at [64, 70]"."""
    span = next((b.span for b in article.blocks if b.kind in WHOLE_REPORT and _holds(b.span, credit.span)), credit.span)
    words = squeeze(article.text[slice(*span)])
    if len(words) > 60:
        span, words = credit.span, squeeze(article.text[slice(*credit.span)])
    return f"{_PLACES[credit.place]} '{words}' at [{span[0]}, {span[1]}]"


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


@dataclass(frozen=True, slots=True)
class CreditWords:
    """``pointers`` say where the whole stands; ``media`` are kinds of medium, ``reports`` what they do."""

    pointers: tuple[str, ...]
    media: tuple[str, ...]
    reports: tuple[str, ...]


@cache
def credit_words() -> CreditWords:
    """The words of ``data/lineage.toml``."""
    words: CreditWords = vocabulary.load("lineage", CreditWords)
    return words


def whole_credits(article: Article) -> tuple[Credit, ...]:
    """Credits that cover the whole report: not those for additional reporting."""
    return tuple(c for c in article.credits if c.place in WHOLE_REPORT and not is_partial(article, c))


def points_on(article: Article) -> bool:
    """Whether the article itself says that the whole stands elsewhere."""
    text = article.text.lower()  # asked of every member of a family: folding costs fifty times as much
    return any(words in text for words in credit_words().pointers)


def lead_credit(article: Article) -> Credit | None:
    """The credit in the lead, if there is one."""
    return next((c for c in article.credits if c.place == "lead"), None)


def time_words(parent: Article, child: Article) -> str:
    """What the times of publication say, or nothing."""
    one, other = interval(parent.published), interval(child.published)
    if one is None or other is None:
        return ""
    gap = sum(other) / 2 - sum(one) / 2
    if abs(gap) < 60 or 0.1 < earlier(one, other) < 0.9:
        return "the times of publication do not tell which came first"
    return f"published {_length(abs(gap))} {'later' if gap > 0 else 'earlier'}"


def _length(seconds: float) -> str:
    if seconds < 5400:
        return f"{max(1, round(seconds / 60))} min"
    return f"{round(seconds / 3600)} h" if seconds < 48 * 3600 else f"{round(seconds / 86400)} days"


def credit_words_for(parent: Article, child: Article, agency: str | None) -> str:
    """What the credits of both say: the child names the parent's newsroom, or has lost the parent's agency credit.
    ``agency`` is the one whose own dispatch the parent is."""
    credit = next((c for c in child.credits if c.agency == agency and c.place in WHOLE_REPORT), None)
    if credit:
        return f"{quoted_credit(child, credit)} names the agency whose dispatch the parent is"
    if parent.publisher:
        named = _naming(newsroom_key(parent.publisher), parent, child)
        if named:
            return named
    lost = [c for c in whole_credits(parent) if not any(d.agency == c.agency for d in whole_credits(child))]
    if lost and not whole_credits(child):
        return f"lacks the parent's {quoted_credit(parent, lost[0])}"
    new = [c for c in whole_credits(child) if not any(d.agency == c.agency for d in whole_credits(parent))]
    if new:
        return f"{quoted_credit(child, new[0])} is not in the parent"
    both = next((c for c in whole_credits(child) if any(d.agency == c.agency for d in whole_credits(parent))), None)
    return f"{quoted_credit(child, both)} is in the parent too" if both else ""


def _naming(key: str, parent: Article, child: Article) -> str:
    for credit in whole_credits(child):
        if newsroom_key(credit.agency) == key:
            return f"{quoted_credit(child, credit)} names the parent's newsroom"
    own = newsroom_key(child.publisher) if child.publisher else None
    if own == key:
        return _at_home(key, parent, child)
    for block in child.blocks:
        words = child.text[slice(*block.span)]
        if block.kind in WHOLE_REPORT and len(key) > 3 and key in newsroom_key(words):
            return f"'{squeeze(words)[:60]}' at [{block.span[0]}, {block.span[1]}] names the parent's newsroom"
    name = (parent.publisher or "").removeprefix("The ")
    begin = child.text.find(name) if len(name) > 3 else -1
    return f"names {name} at [{begin}, {begin + len(name)}], the parent's newsroom" if begin >= 0 else ""


def _at_home(key: str, parent: Article, child: Article) -> str:
    """Both are one newsroom's text: the one at the newsroom's own address is the parent."""
    homes = [any(newsroom_key(u) == key for u in (a.canonical_url, a.url) if u) for a in (parent, child)]
    if homes == [True, False]:
        return f"names {child.publisher}, at whose address the parent stands and it does not"
    return ""
