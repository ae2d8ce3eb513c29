"""The links as they are published: kinds, shares, passages as offsets, reasons; and links to credited agencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from variorum.lineage.agencies import agency_origin
from variorum.lineage.evidence import (
    WHOLE_REPORT,
    credit_words,
    lead_credit,
    line_of,
    newsroom_key,
    quoted_credit,
    whole_credits,
)
from variorum.lineage.fingerprint import Sheet
from variorum.lineage.relays import relay_of
from variorum.lineage.revision import revision, same_address
from variorum.lineage.tree import Choice
from variorum.model import Alternative, Article, Link, LinkKind, Passage
from variorum.text.normalise import fold, squeeze

MOSTLY = 0.6  # of a body: from here on the article is that text, below it takes an excerpt
_PIECE = 0.3  # of the parent's body: less is an excerpt even if it is all that the child has
# How sure a credit makes its link: for the whole report; in the lead or for part of it;
# throughout; of one sentence.
_WHOLE, _LEAD, _RELAY, _SENTENCE = 0.95, 0.7, 0.6, 0.5


def publish(
    articles: Sequence[Article], sheets: Sequence[Sheet], choices: Sequence[Choice], own: Sequence[str | None]
) -> tuple[Link, ...]:
    """All links, by child: copies before credits, the main parent before further ones. ``own`` names the agency whose
    dispatch an article is."""
    here = frozenset(agency for agency in own if agency)
    links = [_sibling_link(c, articles, sheets, here) or _link(c, articles, sheets) for c in choices]
    sent = {articles[c.edge.child].id for c in choices if own[c.edge.parent]}
    copies = {link.child for link in links if link.kind == "copy"} | sent
    counts = Counter(own)
    dispatches = {agency: articles[i].id for i, agency in enumerate(own) if agency and counts[agency] == 1}
    newsrooms = frozenset(newsroom_key(article.publisher) for article in articles if article.publisher)
    for article, sheet, agency in zip(articles, sheets, own, strict=True):
        if article.id not in copies and agency is None:
            found = list(_credit_links(article, sheet, dispatches))
            links += found or _relay_links(article, sheet, newsrooms)
    return tuple(sorted(links, key=lambda link: (link.child, link.kind == "credit")))


def _kind(share_of_child: float, share_of_parent: float = 1.0) -> LinkKind:
    """A copy is mostly the parent, and no small part of it."""
    return "copy" if share_of_child >= MOSTLY and share_of_parent >= _PIECE else "excerpt"


def _link(choice: Choice, articles: Sequence[Article], sheets: Sequence[Sheet]) -> Link:
    edge = choice.edge
    parent, child = articles[edge.parent], articles[edge.child]
    again = same_address(parent, child)
    kind = _kind(edge.share_of_child, edge.share_of_parent)
    if edge.share_of_parent < MOSTLY and _points_on(child):
        kind = "excerpt"
    signals = sorted(edge.signals, key=lambda s: -abs(s.weight))
    return Link(
        parent=parent.id,
        child=child.id,
        kind="revision" if again else kind,
        share_of_child=round(edge.share_of_child, 4),
        share_of_parent=round(edge.share_of_parent, 4),
        confidence=choice.confidence,
        passages=_passages(choice, sheets),
        evidence=(f"{edge.share_of_child:.0%} of its body stands in the parent", *(s.words for s in signals)),
        alternatives=tuple(Alternative(articles[i].id, chance) for i, chance in choice.others),
        revision=revision(sheets[edge.parent], sheets[edge.child], edge.shared) if again else None,
    )


def _points_on(article: Article) -> bool:
    """Whether the article itself says that the whole stands elsewhere."""
    text = fold(article.text)
    return any(words in text for words in credit_words().pointers)


def _passages(choice: Choice, sheets: Sequence[Sheet]) -> tuple[Passage, ...]:
    old, new = sheets[choice.edge.parent], sheets[choice.edge.child]
    return tuple(
        Passage(old.span(*s.a), new.span(*s.b), round(s.similarity, 4))
        for s in sorted(choice.edge.shared, key=lambda s: s.b)
    )


def _sibling_link(
    choice: Choice, articles: Sequence[Article], sheets: Sequence[Sheet], here: frozenset[str]
) -> Link | None:
    """When both ends credit one agency for the whole report in different newsrooms, both took its dispatch and neither
    took it from the other: a link to the dispatch, unless dispatches of the agency are ``here``, in the collection."""
    edge = choice.edge
    sibling, child = articles[edge.parent], articles[edge.child]
    common = ({c.agency for c in whole_credits(sibling)} & {c.agency for c in whole_credits(child)}) - here
    one_newsroom = newsroom_key(sibling.publisher or sibling.id) == newsroom_key(child.publisher or child.id)
    if not common or one_newsroom or same_address(sibling, child):
        return None
    credit = next(c for c in whole_credits(child) if c.agency in common)
    return Link(
        parent=agency_origin(credit.agency).id,
        child=child.id,
        kind=_kind(edge.share_of_child),
        share_of_child=round(edge.share_of_child, 4),
        share_of_parent=0.0,
        confidence=_WHOLE,
        passages=tuple(Passage((0, 0), p.child, p.similarity) for p in _passages(choice, sheets)),
        evidence=(
            quoted_credit(child, credit),
            f"{edge.share_of_child:.0%} of its body stands in {sibling.id} too, which credits {credit.agency} as well",
        ),
        alternatives=(Alternative(sibling.id, round(choice.confidence / 2, 3)),),
    )


def _credit_links(article: Article, sheet: Sheet, dispatches: dict[str, str]) -> Iterator[Link]:
    """A link to the agency that is credited for the report, for part of it or in the lead; to its dispatch where only
    a sentence credits the agency and the collection has but one of its dispatches."""
    whole = whole_credits(article)
    credit = next(iter(whole), None) or next((c for c in article.credits if c.place in WHOLE_REPORT), None)
    credit = credit or lead_credit(article)
    if credit:
        part = slice(0, 0) if credit.place != "lead" and not whole else slice(0, len(sheet))
        words, origin = quoted_credit(article, credit), agency_origin(credit.agency)
        yield _credit_link(article, sheet, words, origin.id, part, _WHOLE if whole else _LEAD)
        return
    for agency in dict.fromkeys(c.agency for c in article.credits if c.place == "body" and c.agency in dispatches):
        credit = next(c for c in article.credits if c.place == "body" and c.agency == agency)
        part = sheet.words_in(line_of(article, credit.span))
        yield _credit_link(article, sheet, quoted_credit(article, credit), dispatches[agency], part, _SENTENCE)


def _relay_links(article: Article, sheet: Sheet, here: frozenset[str]) -> Iterator[Link]:
    """A link to the report of an outlet that is not in the collection and that the article relays throughout."""
    relay = relay_of(article, here)
    if relay:
        words = f"names '{squeeze(article.text[slice(*relay.span)])}' at [{relay.span[0]}, {relay.span[1]}], and again"
        yield _credit_link(article, sheet, words, relay.origin.id, slice(0, len(sheet)), _RELAY)


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
