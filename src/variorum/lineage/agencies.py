"""Which origin an article's words have when nothing else is known: its agency's or its newsroom's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from variorum.lineage.evidence import WHOLE_REPORT, newsroom_key, whole_credits
from variorum.model import Article, Origin
from variorum.text.agencies import known_agencies
from variorum.text.ids import content_id

#: Ends of names that are an agency's.
_AGENCY = re.compile(r"(?:agency|newswire|wire|press|presse|bureau|service)\Z", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:\u00a9|\(c\)|\bcopyright\b)[^\n]{0,80}", re.IGNORECASE)


@cache
def _agency_keys() -> dict[str, str]:
    """The short name of every agency, by the newsroom key of each of its names and of its domain."""
    named = ((name, a.name) for a in known_agencies() for name in (a.name, *a.also, a.domain) if name)
    return {newsroom_key(name): short for name, short in named}


def own_agencies(articles: Sequence[Article]) -> list[str | None]:
    """The agency whose own dispatch each article is; None for the reports of everybody else.

    An agency that no list knows is recognised by the names under which articles credit it, or by its initials. A
    dispatch without a publisher is one that credits the agency and bears its mark of copyright.
    """
    names = names_credited(articles)
    return [own_agency(article, names) for article in articles]


def names_credited(articles: Sequence[Article]) -> dict[str, str]:
    """The `agency_names` of a collection."""
    return agency_names(chain.from_iterable(map(credited, articles)))


def credited(article: Article) -> Iterator[tuple[str, str]]:
    """The agencies that an article credits for the whole report, each with the words that name it."""
    for credit in article.credits:
        if credit.place in WHOLE_REPORT:
            yield credit.agency, article.text[slice(*credit.span)]


def agency_names(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Agencies by the keys of their names: the known ones, and those `credited` by articles, in their order, each under
    one name."""
    names = dict(_agency_keys())
    for agency, words in found:
        for name in (agency, words):
            names.setdefault(newsroom_key(name), names.get(newsroom_key(agency), agency))
    short = _shortened(set(names.values()) - set(_agency_keys().values()))
    return {key: short.get(name, name) for key, name in names.items()}


def _shortened(unlisted: set[str]) -> dict[str, str]:
    """Long names of agencies that no list knows by the initials under which others credit them: "Coast Wire", "CW".
    Letters that two names have are neither's."""
    found: dict[str, list[str]] = {}
    for name in sorted(unlisted):
        letters = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
        if " " in name and letters in unlisted and (len(letters) > 2 or _AGENCY.search(name)):
            found.setdefault(letters, []).append(name)
    return {names[0]: letters for letters, names in found.items() if len(names) == 1}


def named_once(articles: Iterable[Article], names: Mapping[str, str]) -> list[Article]:
    """The articles with each agency that they credit under the one of its `agency_names`."""
    return [_named_once(article, names) for article in articles]


def _named_once(article: Article, names: Mapping[str, str]) -> Article:
    called = tuple(names.get(newsroom_key(credit.agency), credit.agency) for credit in article.credits)
    if all(name == credit.agency for name, credit in zip(called, article.credits, strict=True)):
        return article
    renamed = tuple(replace(c, agency=name) for name, c in zip(called, article.credits, strict=True))
    return replace(article, credits=renamed)


def own_agency(article: Article, names: Mapping[str, str]) -> str | None:
    """The agency whose own dispatch an article is, of those that have `agency_names`."""
    if article.publisher:
        initials = "".join(word[0] for word in re.findall(r"\w+", article.publisher) if word[0].isupper())
        known = names.get(initials.lower()) if len(initials) > 2 or _AGENCY.search(article.publisher) else None
        by_chance = known in _agency_keys().values() and not _AGENCY.search(article.publisher)  # "Quarry Post of Alm"
        return names.get(newsroom_key(article.publisher)) or (known if known == initials and not by_chance else None)
    credits_ = whole_credits(article)
    marks = " ".join(_COPYRIGHT.findall(article.text)) if credits_ else ""
    marked = next((c.agency for c in credits_ if re.search(rf"\b{re.escape(c.agency)}\b", marks)), None)
    return names.get(newsroom_key(marked), marked) if marked else None


def agency_origin(agency: str, *, in_collection: bool = False) -> Origin:
    """The one origin of everything the agency sent."""
    key = content_id("origin", "agency", newsroom_key(agency))
    return Origin(key, f"{agency} dispatch", "agency", in_collection, ())


def own_origin(article: Article, agency: str | None) -> Origin:
    """The origin of what the article's own newsroom wrote: that of ``agency`` if it is its dispatch; one for each
    publisher, and one for each article without."""
    if agency:
        origin = agency_origin(agency, in_collection=True)
        listed = newsroom_key(agency) in _agency_keys() or not article.publisher
        return origin if listed else replace(origin, label=f"{article.publisher} dispatch")
    if article.publisher:
        key = content_id("origin", "newsroom", newsroom_key(article.publisher) or article.publisher)
        return Origin(key, f"{article.publisher} report", "newsroom", True, ())
    return Origin(content_id("origin", "newsroom of", article.id), "report without a publisher", "newsroom", True, ())
