"""The links as they are published: kinds, shares, passages as offsets, reasons; and links to what is not at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from variorum.lineage.agencies import agency_origin
from variorum.lineage.align import Match, align
from variorum.lineage.ancestors import Orphan
from variorum.lineage.evidence import (
    WHOLE_REPORT,
    credit_words_for,
    lead_credit,
    newsroom_key,
    points_on,
    quoted_credit,
    time_words,
    whole_credits,
)
from variorum.lineage.fingerprint import Sheet
from variorum.lineage.forest import load_forests
from variorum.lineage.kinship import TIMES
from variorum.lineage.reasons import reasons, share_words
from variorum.lineage.relations import descent, first_table
from variorum.lineage.relays import Relays
from variorum.lineage.revision import revision, same_address
from variorum.lineage.tree import Choice
from variorum.model import Alternative, Article, Link, LinkKind, Passage
from variorum.text.agencies import line_of
from variorum.text.background import background
from variorum.text.normalise import squeeze
from variorum.text.shingle import Hashes, Mask, among

MOSTLY = 0.6  # of a body: from here on the article is that text, below it takes an excerpt
_PIECE = 0.3  # of the parent's body: less is an excerpt even if it is all that the child has
_SHORT, _STREWN, _REACH = 25, 4, 0.5  # a rewrite keeps runs of so few words, so many at least, over that much of both
_RARE = 0.05  # words in fewer of all texts are rare
_COMMON, _COMMON_SHARE = 5, 0.2  # rare words, and part of those of either, that two articles on one matter share
_TOLD = 20  # alternatives
_EQUALS = 4  # of the articles with the very words of a parent so many are told
# How sure a credit makes its link: for the whole report; in the lead or for part of it;
# throughout; of one sentence.
_WHOLE, _LEAD, _RELAY, _SENTENCE = 0.95, 0.7, 0.6, 0.5
_TWIN = 0.5  # that the first of many with the same words is the parent of another
_FROM_SIBLING, _CHANGES = 0.6, 6  # chance, and runs of words, from which one client of an agency copies another


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An article that is the only dispatch of its agency in the collection: its id and its words."""

    id: str
    words: Hashes


@dataclass(frozen=True, slots=True)
class Agencies:
    """Those whose dispatches the collection has, and the ``only`` dispatch of those that have one and are credited in
    the body of an article."""

    here: frozenset[str]
    only: Mapping[str, Dispatch]


class Desk:
    """Publishes what the other phases found of the same articles. ``own`` names the agency whose dispatch an article
    is, ``masks`` tell which words of each count; ``agencies`` are those of the whole collection."""

    def __init__(
        self,
        articles: Sequence[Article],
        sheets: Sequence[Sheet],
        masks: Sequence[Mask],
        own: Sequence[str | None],
        relays: Relays,
        agencies: Agencies,
    ) -> None:
        self._articles, self._sheets, self._masks, self._own = articles, sheets, masks, own
        self._relays, self._agencies = relays, agencies

    def publish(
        self, choices: Sequence[Choice], orphans: Sequence[Orphan], followers: Sequence[tuple[int, int]]
    ) -> tuple[Link, ...]:
        """All links, by child: copies before credits, the parent that gave most before further ones."""
        why = reasons(load_forests()["edge"], choices, self._articles, self._own)
        behind: dict[int, list[int]] = defaultdict(list)
        for child, first in followers:
            behind[first].append(child)
        links = [self._sibling_link(c) or self._link(c, w, behind) for c, w in zip(choices, why, strict=True)]
        above = {c.child: c for c in reversed(choices)}
        links += [self._follower_link(child, first, above.get(first), behind[first]) for child, first in followers]
        links += [self._orphan_link(o) for o in orphans]
        copies = {link.child for link in links if link.kind == "copy"}
        copies |= {self._articles[c.child].id for c in choices if self._own[c.parent]}
        links += self._credits(copies, {(link.parent, link.child) for link in links})
        return tuple(sorted(links, key=link_order))

    def _credits(self, copies: set[str], drawn: set[tuple[str, str]]) -> Iterator[Link]:
        for i, (article, agency) in enumerate(zip(self._articles, self._own, strict=True)):
            if article.id in copies or agency is not None:
                continue
            found = list(self._credit_links(i)) or self._relay_links(i)
            yield from (link for link in found if (link.parent, link.child) not in drawn)

    def _credit_links(self, number: int) -> Iterator[Link]:
        """A link to the agency that is credited for the report, for part of it or in the lead; to its dispatch where
        only a sentence credits the agency and the collection has but one of its dispatches, on the same matter."""
        article, whole = self._articles[number], whole_credits(self._articles[number])
        credit = next(iter(whole), None) or next((c for c in article.credits if c.place in WHOLE_REPORT), None)
        credit = credit or lead_credit(article)
        if credit:
            sheet = self._sheets[number]
            helped = credit.place != "lead" and not whole
            part = slice(0, 0) if helped else slice(0, len(sheet))
            words, sent = quoted_credit(article, credit), self._agencies.only.get(credit.agency) if helped else None
            near = sent is not None and _same_matter(sheet.ids, sent.words)
            parent = sent.id if sent is not None and near else agency_origin(credit.agency).id
            yield _credit_link(article, sheet, words, parent, part, _WHOLE if whole else _LEAD)
            return
        only = self._agencies.only
        for agency in dict.fromkeys(c.agency for c in article.credits if c.place == "body" and c.agency in only):
            sheet, dispatch = self._sheets[number], only[agency]
            if _same_matter(sheet.ids, dispatch.words):
                credit = next(c for c in article.credits if c.place == "body" and c.agency == agency)
                part = sheet.words_in(line_of(article, credit.span))
                words = quoted_credit(article, credit)
                yield _credit_link(article, sheet, words, dispatch.id, part, _SENTENCE)

    def _relay_links(self, number: int) -> Iterator[Link]:
        """A link to the report of an outlet that is not in the collection and that the article relays throughout."""
        article = self._articles[number]
        relay = self._relays.of(article)
        if relay:
            begin, end = relay.span
            words = f"names '{squeeze(article.text[begin:end])}' at [{begin}, {end}], and again"
            sheet = self._sheets[number]
            yield _credit_link(article, sheet, words, relay.origin.id, slice(0, len(sheet)), _RELAY)

    def _match(self, parent: int, child: int) -> Match:
        return align(self._sheets[parent], self._sheets[child], self._masks[parent], self._masks[child])

    def _passages(self, match: Match, parent: int, child: int) -> tuple[Passage, ...]:
        old, new = self._sheets[parent], self._sheets[child]
        return tuple(Passage(old.span(*s.a), new.span(*s.b), round(s.similarity, 4)) for s in match.shared)

    def _link(self, choice: Choice, why: tuple[str, ...], behind: Mapping[int, Sequence[int]]) -> Link:
        """``behind`` are the followers of each article. One of them may as well be the parent: the confidence is that
        of the words, whichever of the equal articles they were taken from."""
        p, c = choice.parent, choice.child
        parent, child = self._articles[p], self._articles[c]
        match = self._match(p, c)
        again = same_address(parent, child)
        return Link(
            parent=parent.id,
            child=child.id,
            kind="revision" if again else self._kind(match, p, c),
            share_of_child=round(match.share_of_child, 4),
            share_of_parent=round(match.share_of_parent, 4),
            confidence=choice.chance,
            passages=self._passages(match, p, c),
            evidence=(share_words(match.share_of_child), *why),
            alternatives=self._alternatives([*_equals(p, c, choice.chance, behind), *choice.others]),
            revision=revision(self._sheets[p], self._sheets[c], match.shared) if again else None,
        )

    def _alternatives(self, others: Sequence[tuple[int, float]]) -> tuple[Alternative, ...]:
        best = sorted(others, key=lambda other: -other[1])[:_TOLD]
        return tuple(Alternative(self._articles[i].id, chance) for i, chance in best)

    def _kind(self, match: Match, parent: int, child: int) -> LinkKind:
        """A copy is mostly the parent, and no small part of it; a rewrite follows it from end to end with few of its
        words; what is left is an excerpt."""
        if match.share_of_child >= MOSTLY and match.share_of_parent >= _PIECE:
            on = match.share_of_parent < MOSTLY and points_on(self._articles[child])
            return "excerpt" if on else "copy"
        return "rewrite" if _follows(match, len(self._sheets[parent]), len(self._sheets[child])) else "excerpt"

    def _sibling_link(self, choice: Choice) -> Link | None:
        """When both ends credit one agency for the whole report in different newsrooms, both took its dispatch and
        neither took it from the other: a link to the dispatch, unless the collection has dispatches of the agency, or
        the two share changes that its other clients do not have, or what they have of the text makes it likelier than
        not that one copied the other. That one came later says nothing. A page of nobody knows whom may be the
        dispatch itself, or a copy with the credit copied: there the scorer is believed."""
        sibling, child = self._articles[choice.parent], self._articles[choice.child]
        both = {c.agency for c in whole_credits(sibling)} & {c.agency for c in whole_credits(child)}
        common = frozenset(both - self._agencies.here)
        one_newsroom = newsroom_key(sibling.publisher or "") == newsroom_key(child.publisher or "")
        clients = sibling.publisher and child.publisher and not one_newsroom
        if not common or not clients or choice.ruled or same_address(sibling, child):
            return None
        if choice.chance >= _FROM_SIBLING and (_shares_changes(choice, common) or _likely_without_times(choice)):
            return None
        credit = next(c for c in whole_credits(child) if c.agency in common)
        match = self._match(choice.parent, choice.child)
        return Link(
            parent=agency_origin(credit.agency).id,
            child=child.id,
            kind=self._kind(match, choice.parent, choice.child),
            share_of_child=round(match.share_of_child, 4),
            share_of_parent=0.0,
            confidence=_WHOLE,
            passages=self._one_sided(match, choice.child),
            evidence=(
                quoted_credit(child, credit),
                f"{share_words(match.share_of_child, [sibling.id])} too, which credits {credit.agency} as well",
            ),
            alternatives=(Alternative(sibling.id, round(choice.chance / 2, 3)),),
        )

    def _one_sided(self, match: Match, child: int) -> tuple[Passage, ...]:
        sheet = self._sheets[child]
        return tuple(Passage((0, 0), sheet.span(*s.b), round(s.similarity, 4)) for s in match.shared)

    def _follower_link(self, child: int, first: int, above: Choice | None, equals: Sequence[int]) -> Link:
        """One more article with the very words of another: of the first, or of the dispatch that both credit; if not
        of another of its ``equals``, or of what the first has them from."""
        source = above.parent if above else first
        sent = self._own[source] is not None and any(
            credit.agency == self._own[source] for credit in whole_credits(self._articles[child])
        )
        parent = source if sent else first
        others = [(i, round(_TWIN / len(equals), 3)) for i in equals[: _EQUALS + 1] if i != child][:_EQUALS]
        if above and not sent:
            others.append((source, round(_TWIN * above.chance, 3)))
        match = self._match(parent, child)
        one, other = self._articles[parent], self._articles[child]
        said = (time_words(one, other), credit_words_for(one, other, self._own[parent]))
        return Link(
            parent=one.id,
            child=other.id,
            kind="revision" if same_address(one, other) else self._kind(match, parent, child),
            share_of_child=round(match.share_of_child, 4),
            share_of_parent=round(match.share_of_parent, 4),
            confidence=_TWIN,
            passages=self._passages(match, parent, child),
            evidence=(
                share_words(match.share_of_child),
                "one of many with the same words, of which the parent comes first",
                *filter(None, said),
            ),
            alternatives=self._alternatives(others),
        )

    def _orphan_link(self, orphan: Orphan) -> Link:
        """To an original that is not at hand."""
        child, sibling = self._articles[orphan.child], self._articles[orphan.sibling]
        match = self._match(orphan.sibling, orphan.child)
        return Link(
            parent=orphan.origin.id,
            child=child.id,
            kind="copy" if match.share_of_child >= MOSTLY else "excerpt",
            share_of_child=round(match.share_of_child, 4),
            share_of_parent=0.0,
            confidence=orphan.chance,
            passages=self._one_sided(match, orphan.child),
            evidence=(
                f"{share_words(match.share_of_child, [sibling.id])} too",
                "neither has the look of the other's copy: both have it from an original that is not in the collection",
            ),
            alternatives=(Alternative(sibling.id, round(1 - orphan.chance, 3)),),
        )


def _shares_changes(choice: Choice, agencies: frozenset[str]) -> bool:
    """Whether the two agree in more than one edit against every other client of the ``agencies`` that has not its text
    from the parent: these would have the words too if they were the dispatch's."""
    one = choice.kin
    p, c = one.pairs[choice.row].tolist()
    keys, below = {newsroom_key(agency) for agency in agencies}, descent(one.parents)
    edited = one.full.runs[c, :, 9]
    others = [
        edited[i]
        for i, member in enumerate(one.family.members)
        if i not in (p, c) and member.credited & keys and not below[p, i]
    ]
    return bool(others) and float(min(others) - edited[p]) >= _CHANGES


def _likely_without_times(choice: Choice) -> bool:
    """Whether the scorer, were no times known, would take the one for the parent of the other. Where no third article
    shows what the dispatch had, it cannot know."""
    if len(choice.kin.numbers) == 2:
        return False
    row = first_table(choice.kin)[[choice.row]].copy()
    row[:, TIMES] = np.nan
    return bool(load_forests()["edge"].odds(row)[0] > 0)


def link_order(link: Link) -> tuple[str, bool, float, float, str]:
    """By child: copies before credits, the parent that gave most before further ones."""
    return link.child, link.kind == "credit", -link.share_of_child, -link.confidence, link.parent


def _equals(parent: int, child: int, chance: float, behind: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, float]]:
    """The followers of ``parent``, each with its part of the chance."""
    equals = behind.get(parent, ())
    for other in equals[:_EQUALS]:
        if other != child:
            yield other, round(chance / (1 + len(equals)), 3)


def _follows(match: Match, parent: int, child: int) -> bool:
    """Whether short runs of the parent's words stand strewn over the child in the parent's order."""
    runs = match.shared
    if len(runs) < _STREWN or sum(s.b[1] - s.b[0] for s in runs) > _SHORT * len(runs):
        return False
    inside = sum(one.a[0] < other.a[0] for one, other in pairwise(runs))
    reach_of_child = (runs[-1].b[1] - runs[0].b[0]) / max(1, child)
    reach_of_parent = (max(s.a[1] for s in runs) - min(s.a[0] for s in runs)) / max(1, parent)
    return inside >= 0.8 * (len(runs) - 1) and min(reach_of_child, reach_of_parent) >= _REACH


def _same_matter(one: Hashes, other: Hashes) -> bool:
    """Whether two articles have words in common that few articles have."""
    rare = [np.unique(ids[background().texts_with(ids) < _RARE * background().total]) for ids in (one, other)]
    both = int(among(rare[0], rare[1]).sum())
    return both >= _COMMON and both >= _COMMON_SHARE * min(map(len, rare))


def _credit_link(article: Article, sheet: Sheet, words: str, parent: str, part: slice, confidence: float) -> Link:
    count = max(0, part.stop - part.start)
    return Link(
        parent=parent,
        child=article.id,
        kind="credit",
        share_of_child=round(count / len(sheet), 4) if count else 0.0,
        share_of_parent=0.0,
        confidence=confidence,
        passages=tuple(Passage((0, 0), span, 1.0) for span in sheet.runs(part)),
        evidence=(words,),
    )
