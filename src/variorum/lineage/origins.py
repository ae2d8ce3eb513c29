"""Phase 6: where the words of each article come from in the end.

Every word has one origin: the agency that the article credits for the whole report (byline, dateline, credit line);
else, in a passage taken from a parent, the origin that the words have there; else the agency that the lead credits;
else the article's own newsroom. An agency that is not in the collection is inferred from its credits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from variorum.lineage.agencies import agency_origin, named_once, names_credited, own_agencies, own_origin
from variorum.lineage.ancestors import missing_original
from variorum.lineage.evidence import lead_credit, newsroom_key, whole_credits
from variorum.lineage.fingerprint import Sheet, Shelf, body_spans, worded
from variorum.lineage.publish import MOSTLY
from variorum.lineage.relays import Relays
from variorum.model import Article, Link, Location, Origin, Span

_OWN_WORDS = 12  # fewer words of its own than this make no report of its own

Owners = npt.NDArray[np.int64]


def find_origins(articles: Sequence[Article], links: Sequence[Link]) -> tuple[Origin, ...]:
    """Every origin with its articles and passages, sorted by id; an article is in one at least.

    ``links`` are those that `trace` finds, or such links as a human has mended.
    """
    articles = named_once(articles, names_credited(articles))
    relays = Relays(frozenset(newsroom_key(article.publisher) for article in articles if article.publisher))
    found = Tracer(articles, Shelf(articles), own_agencies(articles), relays).parts(links)
    return gathered([article.id for article in articles], found)


@dataclass(frozen=True, slots=True)
class Stem:
    """An origin, by the number of the article that names it so, and what stems from it: article numbers with spans."""

    origin: Origin
    named_by: int
    holders: tuple[tuple[int, tuple[Span, ...]], ...]

    @property
    def rank(self) -> tuple[bool, int]:
        """Of several wordings of one origin the highest holds: in the collection, of its last article; else of the
        first that names it."""
        here = self.origin.in_collection
        return here, self.named_by if here else -self.named_by


def gathered(ids: Sequence[str], stems: Iterable[Stem]) -> tuple[Origin, ...]:
    """The origins of parts of a collection put together, whatever the parts; the stems number its articles, which
    have these ``ids``."""
    found: dict[str, list[Stem]] = defaultdict(list)
    for stem in stems:
        found[stem.origin.id].append(stem)
    out = []
    for _, same in sorted(found.items()):
        holders = sorted(chain.from_iterable(stem.holders for stem in same), key=lambda holder: holder[0])
        named = [(ids[number], spans) for number, spans in holders]
        places = tuple(Location(name, span) for name, spans in named for span in spans)
        origin = max(same, key=lambda stem: stem.rank).origin
        out.append(replace(origin, articles=tuple(name for name, _ in named), passages=places))
    return tuple(out)


class Tracer:
    """Finds origins with what is at hand of the articles: sheets, whose dispatches they are, what they relay. The
    articles may be some of a collection, in which they have these ``numbers``."""

    def __init__(
        self,
        articles: Sequence[Article],
        sheets: Sequence[Sheet],
        own: Sequence[str | None],
        relays: Relays,
        numbers: Sequence[int] | None = None,
    ) -> None:
        self._articles, self._sheets, self._own, self._relays = articles, sheets, own, relays
        self._numbers = numbers or range(len(articles))

    def parts(self, links: Sequence[Link]) -> list[Stem]:
        """What stems from whom, of every origin."""
        articles = self._articles
        number = {article.id: i for i, article in enumerate(articles)}
        taken = [link for link in links if link.parent in number and link.child in number and link.kind != "credit"]
        absent = _absent(articles, links, number)
        whole = _whole_agencies(articles, taken, number, self._own)
        parts: dict[int, list[Link]] = defaultdict(list)
        for link in taken:
            parts[number[link.child]].append(link)
        table = _Table(self._numbers)
        owners: list[Owners | int] = [-1] * len(articles)
        for i in _parents_first(len(articles), [(number[x.parent], number[x.child]) for x in taken]):
            base = table.number(_base(articles[i], whole[i], self._own[i], self._relays), i)
            alone = whole_credits(articles[i]) or not (i in absent or i in parts)
            owners[i] = base if alone else self._mixed(i, base, absent.get(i, []), parts[i], owners, number, table)
        return self._collected(owners, table)

    def _mixed(
        self,
        i: int,
        base: int,
        absent: list[tuple[Link, Origin]],
        parts: list[Link],
        owners: Sequence[Owners | int],
        number: dict[str, int],
        table: _Table,
    ) -> Owners:
        """The owner of each word of an article that has words from elsewhere."""
        sheet = self._sheets[i]
        words = np.full(len(sheet), base)
        for link, origin in absent:
            for passage in link.passages:
                words[sheet.words_in(passage.child)] = table.number(origin, i)
        for link in reversed(parts):
            parent = number[link.parent]
            source = owners[parent]
            for passage in link.passages:
                part = words[sheet.words_in(passage.child)]
                if isinstance(source, int):
                    if source >= 0:  # not of an article further down a circle
                        part[:] = source
                else:
                    _inherit(part, source[self._sheets[parent].words_in(passage.parent)])
        return words

    def _collected(self, owners: Sequence[Owners | int], table: _Table) -> list[Stem]:
        """The origins with what stems from them, leaving out those that an article has a few words of."""
        holders: dict[int, list[tuple[int, tuple[Span, ...]]]] = defaultdict(list)
        for i, (article, words) in enumerate(zip(self._articles, owners, strict=True)):
            spans = _body(article, words) if isinstance(words, int) else _parts(self._sheets[i], words)
            for number in spans or [table.number(own_origin(article, self._own[i]), i)]:
                holders[number].append((self._numbers[i], tuple(spans.get(number, ()))))
        return [replace(stem, holders=tuple(holders[n])) for n, stem in enumerate(table.stems) if holders[n]]


def _body(article: Article, owner: int) -> dict[int, list[Span]]:
    """All body text of an article as its one owner's."""
    spans = [span for stretch in body_spans(article) if (span := worded(article.text, stretch))]
    return {owner: spans} if spans else {}


def _parts(sheet: Sheet, words: Owners) -> dict[int, list[Span]]:
    found, counts = np.unique(words, return_counts=True)
    kept = found[counts >= min(_OWN_WORDS, counts.max(initial=0))].tolist()
    return {number: _runs(sheet, words == number) for number in kept}


def _absent(
    articles: Sequence[Article], links: Sequence[Link], number: dict[str, int]
) -> dict[int, list[tuple[Link, Origin]]]:
    """For each article the links to originals that are not in the collection, and those originals."""
    named = {o.id: o for a in articles for c in a.credits for o in (agency_origin(c.agency),)}
    found: dict[int, list[tuple[Link, Origin]]] = defaultdict(list)
    for link in links:
        if link.child in number and link.parent.startswith("origin-") and link.kind != "credit":
            origin = named.get(link.parent) or missing_original(link.parent)
            found[number[link.child]].append((link, origin))
    return found


class _Table:
    """Origins by number; ``numbers`` are those of the articles that name them."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.stems: list[Stem] = []
        self._of_articles = numbers
        self._numbers: dict[str, int] = {}

    def number(self, origin: Origin, named_by: int) -> int:
        """The number of ``origin``, which article ``named_by`` names."""
        found = self._numbers.setdefault(origin.id, len(self.stems))
        stem = Stem(origin, self._of_articles[named_by], ())
        if found == len(self.stems):
            self.stems.append(stem)
        elif stem.rank > self.stems[found].rank:
            self.stems[found] = stem
        return found


def _whole_agencies(
    articles: Sequence[Article], links: Sequence[Link], number: dict[str, int], own: Sequence[str | None]
) -> list[str | None]:
    """The agency whose text each article as a whole is. A copy that credits one says it of its parent too."""
    whole = [mine or next((c.agency for c in whole_credits(a)), None) for a, mine in zip(articles, own, strict=True)]
    children = _parents_first(len(articles), [(number[x.parent], number[x.child]) for x in links])[::-1]
    above: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        above[number[link.child]].append(link)
    for child in children:
        for link in above[child]:
            parent = number[link.parent]
            if link.share_of_parent >= MOSTLY and link.share_of_child >= MOSTLY and not whole[parent]:
                whole[parent] = whole[child]
    return whole


def _parents_first(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """All article numbers, parents before children; links in a circle, which only a human can have drawn, leave the
    order of input."""
    below: dict[int, list[int]] = defaultdict(list)
    waiting = [0] * count
    for parent, child in pairs:
        below[parent].append(child)
        waiting[child] += 1
    order = [i for i in range(count) if not waiting[i]]
    for one in order:  # grows while it is read
        for child in below[one]:
            waiting[child] -= 1
            if not waiting[child]:
                order.append(child)
    return order if len(order) == count else list(range(count))


def _base(article: Article, whole: str | None, own: str | None, relays: Relays) -> Origin:
    """The origin of an article's words before anything is inherited: an agency in the lead is the newsroom of all that
    the article does not attribute to others, and so is an outlet that it relays."""
    if own:
        return own_origin(article, own)
    lead = lead_credit(article)
    if whole or lead:
        return agency_origin(whole or (lead.agency if lead else ""))
    relay = relays.of(article)
    return relay.origin if relay else own_origin(article, None)


def _inherit(words: Owners, source: Owners) -> None:
    """Give ``words`` the origins of ``source``, a passage of nearly the same length, place by place."""
    if len(source):
        words[:] = source[np.arange(len(words)) * len(source) // max(1, len(words))]


def _runs(sheet: Sheet, mask: npt.NDArray[np.bool_]) -> list[Span]:
    """The runs of words in ``mask`` as spans."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [span for begin, end in edges.reshape(-1, 2).tolist() for span in sheet.runs(slice(begin, end))]
