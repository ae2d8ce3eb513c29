"""What speaks for one direction of copying: each signal as log-odds and as a sentence a reader can check.

Time, credits, what either text has of its own. Never an outlet's standing.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from variorum.model import Article, Credit, Span
from variorum.text import vocabulary
from variorum.text.normalise import fold, squeeze
from variorum.text.stamps import earlier, interval

WHOLE_REPORT = frozenset({"byline", "dateline", "credit"})
_PLACES = {"byline": "byline", "dateline": "dateline", "credit": "credit line", "lead": "lead", "body": "body"}
_NONE, _FURNITURE = 2, 45  # words
_STAMP_TRUST = 0.92  # page times are overwritten, rounded or set by the crawler about one time in ten
_HOST = re.compile(r"(?:https?://)?(?:www\d?\.|m\.|amp\.)?([\w.-]+\.[a-z]{2,})(?:[/:].*)?", re.I)
_SUFFIX = re.compile(r"(?:\.(?:com?|org|net|gov|edu|ac|info|news))?\.[a-z]{2,}$")


@dataclass(frozen=True, slots=True)
class Signal:
    """``weight`` are log-odds in favour of the direction asked about, ``words`` say why."""

    weight: float
    words: str


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
    """``partial`` words beside a name make it a helper's, ``pointers`` say where the whole stands; ``media`` are kinds
    of medium, ``reports`` what they do."""

    partial: tuple[str, ...]
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
    return tuple(c for c in article.credits if c.place in WHOLE_REPORT and not _partial(article, c))


def _partial(article: Article, credit: Credit) -> bool:
    begin, end = line_of(article, credit.span)
    line = fold(article.text[begin : min(end, begin + 300)])
    return any(words in line for words in credit_words().partial)


def lead_credit(article: Article) -> Credit | None:
    """The credit in the lead, if there is one."""
    return next((c for c in article.credits if c.place == "lead"), None)


def line_of(article: Article, span: Span) -> Span:
    """The line in which ``span`` stands."""
    end = article.text.find("\n", span[1])
    return article.text.rfind("\n", 0, span[0]) + 1, len(article.text) if end < 0 else end


def time_signal(parent: Article, child: Article) -> Signal | None:
    """How far the times of publication say that ``parent`` came first."""
    one, other = interval(parent.published), interval(child.published)
    if one is None or other is None:
        return None
    chance = _STAMP_TRUST * earlier(one, other) + (1 - _STAMP_TRUST) / 2
    weight = math.log(chance / (1 - chance))
    gap = sum(other) / 2 - sum(one) / 2
    if abs(gap) < 600:
        weight *= abs(gap) / 600
    if abs(weight) < 0.2:
        return Signal(weight, "the times of publication do not tell which came first")
    return Signal(weight, f"published {_length(abs(gap))} {'later' if gap > 0 else 'earlier, which speaks against it'}")


def _length(seconds: float) -> str:
    if seconds < 5400:
        return f"{max(1, round(seconds / 60))} min"
    return f"{round(seconds / 3600)} h" if seconds < 48 * 3600 else f"{round(seconds / 86400)} days"


def credit_signals(parent: Article, child: Article, agency: str | None) -> list[Signal]:
    """What the credits of both say: the child names the parent's newsroom, or has lost the parent's agency credit.
    ``agency`` is the one whose own dispatch the parent is."""
    signals = []
    credit = next((c for c in child.credits if c.agency == agency and c.place in WHOLE_REPORT), None)
    if credit:
        signals.append(Signal(3.0, f"{quoted_credit(child, credit)} names the agency whose dispatch the parent is"))
    elif parent.publisher:
        key = newsroom_key(parent.publisher)
        signals += _naming(key, parent, child)
    lost = [c for c in whole_credits(parent) if not any(d.agency == c.agency for d in whole_credits(child))]
    if lost and not whole_credits(child):
        signals.append(Signal(1.0, f"lacks the parent's {quoted_credit(parent, lost[0])}"))
    return signals


def _naming(key: str, parent: Article, child: Article) -> list[Signal]:
    for credit in whole_credits(child):
        if newsroom_key(credit.agency) == key:
            return [Signal(3.0, f"{quoted_credit(child, credit)} names the parent's newsroom")]
    own = newsroom_key(child.publisher) if child.publisher else None
    if own == key:
        return _at_home(key, parent, child)
    for block in child.blocks:
        words = child.text[slice(*block.span)]
        if block.kind in WHOLE_REPORT and len(key) > 3 and key in newsroom_key(words):
            where = f"'{squeeze(words)[:60]}' at [{block.span[0]}, {block.span[1]}]"
            return [Signal(3.0, f"{where} names the parent's newsroom")]
    return []


def _at_home(key: str, parent: Article, child: Article) -> list[Signal]:
    """Both are one newsroom's text: the one at the newsroom's own address is the parent."""
    homes = [any(newsroom_key(u) == key for u in (a.canonical_url, a.url) if u) for a in (parent, child)]
    if homes == [True, False]:
        return [Signal(1.5, f"names {child.publisher}, at whose address the parent stands and it does not")]
    return []


def text_signal(parent_own: int, child_own: int) -> Signal:
    """Copies lose text more often than they gain it: words that only one of the two has speak for it as parent. But a
    few words more and none less are furniture, a headline or a site's own line: they speak for it as child."""
    few, more = sorted((parent_own, child_own))
    if few <= _NONE and few < more <= _FURNITURE:
        gained = child_own > parent_own
        words = f"{'adds' if gained else 'lacks'} only {more} words, as a site {'adds' if gained else 'would add'}"
        return Signal(0.5 if gained else -0.5, words)
    weight = 0.5 * math.log((parent_own + 15) / (child_own + 15))
    weight = max(-1.5, min(1.5, weight))
    if parent_own > child_own:
        return Signal(weight, f"lacks {parent_own} words of the parent and adds {child_own}")
    return Signal(weight, f"adds {child_own} words and lacks {parent_own} of the parent")


def novelty_signal(parent_novel: int, child_novel: int) -> Signal:
    """Words that stand in one of the two and in no other article of their family came with it: copies bring such
    words, sources have few, as others kept them."""
    weight = 0.5 * math.log((child_novel + 4) / (parent_novel + 4))
    weight = max(-1.5, min(1.5, weight))
    return Signal(weight, f"has {child_novel} words that no other copy has, the parent {parent_novel}")
