"""What HTML elements are called and what they say: words in their order, and the names of classes read as words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from variorum.model import BlockKind
from variorum.text import vocabulary
from variorum.text.normalise import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "textarea", "select", "iframe", "object"})
_NAME_PARTS: Final = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class _Words:
    chrome: tuple[str, ...]
    related: tuple[str, ...]
    standfirst: tuple[str, ...]
    byline: tuple[str, ...]
    date: tuple[str, ...]
    caption: tuple[str, ...]
    correction: tuple[str, ...]
    credit: tuple[str, ...]
    headline: tuple[str, ...]
    kicker: tuple[str, ...]
    appeal_links: tuple[str, ...]
    asks: tuple[str, ...]
    by: tuple[str, ...]
    between: tuple[str, ...]
    surnames: frozenset[str]
    nobody: tuple[str, ...]
    modified: tuple[str, ...]
    published: tuple[str, ...]
    written_by: tuple[str, ...]
    filed_under: tuple[str, ...]
    title_noise: tuple[str, ...]
    consent: tuple[str, ...]
    consent_urls: tuple[str, ...]
    paywall: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageWords:
    """`data/pages.toml`, compiled. The first ten are searched in the words of class names (`names`), the rest in folded
    text; ``consent`` are several patterns of which a page of consent has all."""

    chrome: re.Pattern[str]
    related: re.Pattern[str]
    standfirst: re.Pattern[str]
    byline: re.Pattern[str]
    date: re.Pattern[str]
    caption: re.Pattern[str]
    correction: re.Pattern[str]
    credit: re.Pattern[str]
    headline: re.Pattern[str]
    kicker: re.Pattern[str]
    appeal_links: re.Pattern[str]
    asks: re.Pattern[str]
    by: re.Pattern[str]
    between: re.Pattern[str]
    surnames: frozenset[str]
    nobody: re.Pattern[str]
    modified: re.Pattern[str]
    published: re.Pattern[str]
    label_at_end: re.Pattern[str]
    written_by: re.Pattern[str]
    filed_under: re.Pattern[str]
    title_noise: re.Pattern[str]
    consent: tuple[re.Pattern[str], ...]
    consent_urls: re.Pattern[str]
    paywall: re.Pattern[str]


@cache
def page_words() -> PageWords:
    """The words of pages."""
    words = vocabulary.load("pages", _Words)

    def named(patterns: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(rf"(?:\A| )(?:{'|'.join(patterns)})(?= |\Z)")

    def whole(patterns: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(patterns)})", re.I)

    def within(patterns: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.I)

    openers = "|".join(re.escape(w) for w in sorted(words.by, key=len, reverse=True))
    labels = "|".join((*words.published, *words.modified))
    return PageWords(
        chrome=named(words.chrome),
        related=named(words.related),
        standfirst=named(words.standfirst),
        byline=named(words.byline),
        date=named(words.date),
        caption=named(words.caption),
        correction=named(words.correction),
        credit=named(words.credit),
        headline=named(words.headline),
        kicker=named(words.kicker),
        appeal_links=re.compile(rf"[/#?.](?:{'|'.join(words.appeal_links)})(?:[/?#]|\Z)", re.I),
        asks=re.compile(rf"[\W_]*(?:{'|'.join(words.asks)})", re.I),
        by=re.compile(rf"\W*(?:{openers})(?:\s*[:.]\s*|\s+)(?=\S)", re.I),
        between=re.compile(rf"\s+(?:{'|'.join(words.between)})\s+", re.I),
        surnames=words.surnames,
        nobody=whole(words.nobody),
        modified=within(words.modified),
        published=within(words.published),
        label_at_end=re.compile(rf"(?:[\W_]*(?<!\w)(?:{labels})(?!\w))+\W*\Z", re.I),
        written_by=whole(words.written_by),
        filed_under=whole(words.filed_under),
        title_noise=whole(words.title_noise),
        consent=tuple(within((p,)) for p in words.consent),
        consent_urls=whole(words.consent_urls),
        paywall=within(words.paywall),
    )


def names(element: HtmlElement) -> str:
    """The class, id and role of an element as words in lower case: "Story_meta__y4" gives "story meta y"."""
    get = element.get
    given, identity, test = get("class"), get("id"), get("data-testid") or get("data-component")
    if identity or test:
        given = f"{given or ''} {identity or ''} {test or ''}"
    return _name_words(given) if given else ""


_FILED: Final = re.compile(r"(?<!\S)(?:tag|category|tax|author)-\S+")  # what WordPress and Ghost write on every post


@lru_cache(20_000)  # names come again on every page of a site; an archive has no end of them
def _name_words(given: str) -> str:
    if "post" in given or "hentry" in given:
        given = _FILED.sub(" ", given)
    return " ".join(part.lower() for part in _NAME_PARTS.findall(given[:300]))


@lru_cache(20_000)
def other_part(called: str) -> BlockKind | None:
    """The kind of the part of a page that is ``called`` so (`names`), if that is none of the article's."""
    words = page_words()
    if words.related.search(called):
        return "related"
    return "boilerplate" if words.chrome.search(called) else None


def text_of(element: HtmlElement, *, apart: bool = False) -> str:
    """The words that a reader sees in ``element``, in order, white space squeezed. ``apart`` puts a space between
    neighbouring elements that have none: "<b>Kicker</b><b>Headline</b>"."""
    if not len(element):
        return squeeze(element.text or "")
    pieces: list[str] = []
    _gather(element, pieces, " " if apart else "", 0)
    return squeeze("".join(pieces))


_SCREEN: Final = re.compile(r"\b(?:sr-only|screen-reader|visually-?hidden)", re.I)


def _spoken_only(element: HtmlElement) -> bool:
    return bool(_SCREEN.search(element.get("class") or ""))


def _gather(element: HtmlElement, pieces: list[str], between: str, depth: int) -> None:
    if element.text:
        pieces.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN and depth < 200 and not _spoken_only(child):
            if child.tag == "br" or (between and child.getprevious() is not None and not child.getprevious().tail):
                pieces.append(" ")
            _gather(child, pieces, between, depth + 1)
        if child.tail:
            pieces.append(child.tail)
