"""How well pages are read: the invented layouts of ``tests/ingest/layouts`` against their gold.

A layout is a page (``NAME.html``) that imitates what a CMS theme makes, and what a careful reader takes from it
(``NAME.json``): metadata, and every paragraph of the article with its kind. Words beyond the gold are
chrome.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from variorum.ingest.article import Hints
from variorum.ingest.page import read_page
from variorum.ingest.profiles import Profile
from variorum.model import BODY_BLOCKS, Article, Problem

FOLDER: Final = Path(__file__).parents[1] / "tests/ingest/layouts"
FIELDS: Final = (
    "title",
    "authors",
    "published",
    "modified",
    "publisher",
    "canonical_url",
    "section",
    "language",
)
_WORD: Final = re.compile(r"\w+")
_LIKE: Final[dict[str, frozenset[str]]] = {  # kinds that may stand for one another: a dateline opens a body
    "body": frozenset({"body", "dateline", "credit"}),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One page and its gold."""

    name: str
    data: bytes
    gold: Mapping[str, Any]

    @property
    def main(self) -> str:
        """The words of the article that count as its own text."""
        return "\n".join(text for kind, text in self.gold.get("blocks", ()) if kind in BODY_BLOCKS)


def layouts(folder: Path = FOLDER) -> list[Layout]:
    """Every layout, by name."""
    return [
        Layout(path.stem, path.with_suffix(".html").read_bytes(), json.loads(path.read_text("utf-8")))
        for path in sorted(folder.glob("*.json"))
    ]


def read(layout: Layout, profiles: Sequence[Profile] = ()) -> tuple[Article | None, list[Problem]]:
    """The article of a layout as it is read from its address, and what was noticed."""
    hints = Hints(source=layout.gold["url"], url=layout.gold["url"])
    found = list(read_page(layout.data, hints, profiles=profiles))
    articles = [f for f in found if isinstance(f, Article)]
    return (articles[0] if articles else None), [f for f in found if isinstance(f, Problem)]


def main_text(article: Article) -> str:
    """What an article's blocks count as its own text."""
    return "\n".join(article.text[slice(*b.span)] for b in article.blocks if b.kind in BODY_BLOCKS)


def token_scores(gold: str, text: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over bags of words, letter case ignored."""
    wanted, found = (Counter(_WORD.findall(t.casefold())) for t in (gold, text))
    shared = sum((wanted & found).values())
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / sum(found.values()), shared / sum(wanted.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def same(field: str, wanted: Any, found: Any) -> bool:
    """Whether a value of ``field`` is that of the gold: times as moments, names without regard to order and case."""
    if field == "authors":
        return {a.casefold() for a in wanted} == {a.casefold() for a in found or ()}
    if field in ("published", "modified"):
        return wanted == found or (bool(wanted and found) and _moment(wanted) == _moment(found))
    return bool(wanted == found)


def _moment(value: str) -> tuple[datetime | str, int]:
    if "T" not in value:
        return value, len(value)
    moment = datetime.fromisoformat(value)
    return moment.replace(second=0, microsecond=0), int(moment.tzinfo is not None)


def values(article: Article) -> dict[str, Any]:
    """The fields of `FIELDS` as the gold writes them."""
    found = {name: getattr(article, name) for name in FIELDS}
    return {**found, **{n: found[n] and found[n].value for n in ("published", "modified")}}


def misses(layout: Layout, article: Article) -> Iterator[str]:
    """Every finding of the gold that the article does not have, one line each."""
    found = values(article)
    for field in FIELDS:
        if not same(field, layout.gold[field], found[field]):
            yield f"{field}: {found[field]!r} for {layout.gold[field]!r}"
    if missing := set(layout.gold["agencies"]) - set(article.agencies):
        yield f"agencies: without {', '.join(sorted(missing))}"
    yield from _block_misses(layout.gold["blocks"], article)


def _block_misses(wanted: Sequence[tuple[str, str]], article: Article) -> Iterator[str]:
    kinds = [
        (m[0], b.kind) for b in article.blocks for m in re.finditer(r"\S+", article.text[slice(*b.span)].casefold())
    ]
    words, place = [w for w, _ in kinds], 0
    for kind, text in wanted:
        sought = text.casefold().split()
        at = _find(words, sought, place)
        if at is None:
            yield f"{kind} lost: {text[:60]}"
            continue
        place = at + len(sought)
        given = Counter(k for _, k in kinds[at:place])
        if sum(given[k] for k in _LIKE.get(kind, {kind})) < 0.8 * len(sought):
            yield f"{kind} is {given.most_common(1)[0][0]}: {text[:60]}"
    chrome = _chrome(wanted, article)
    if chrome:
        yield f"chrome as text: {' | '.join(c[:60] for c in chrome)}"


def _find(words: list[str], sought: list[str], start: int) -> int | None:
    for at in (*range(start, len(words) - len(sought) + 1), *range(min(start, len(words)))):
        if words[at : at + len(sought)] == sought:
            return at
    return None


def _chrome(wanted: Sequence[tuple[str, str]], article: Article) -> list[str]:
    """Blocks that pass for the article's own text without a word of it in the gold."""
    known = re.sub(r"\s+", " ", " ".join(text for _, text in wanted)).casefold()
    blocks = (article.text[slice(*b.span)] for b in article.blocks if b.kind in BODY_BLOCKS)
    return [text for text in blocks if re.sub(r"\s+", " ", text).casefold() not in known]


__all__ = ["FIELDS", "Layout", "layouts", "main_text", "misses", "read", "same", "token_scores", "values"]
