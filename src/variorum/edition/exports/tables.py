"""The edition as tables, one row a finding: each as CSV for a spreadsheet and as Parquet for a query engine.

Offsets are those of the edition: ``[begin, end)`` in code points of the article's text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from variorum.edition.exports.writing import library, value_of, writable
from variorum.edition.wording import Wording, elided
from variorum.model import Edition

Kind = Literal["text", "whole", "number", "truth", "texts"]
Cell = str | int | float | bool | None | tuple[str, ...]

# A spreadsheet takes a cell that begins so for a formula, whatever its quotation marks.
_FORMULA: Final = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with what they hold, and its rows, each as long as the columns."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Callable[[Wording], Iterator[tuple[Cell, ...]]]


def to_csv(edition: Edition, tables: Sequence[Table] | None = None) -> dict[str, bytes]:
    """Each of the ``tables`` (without: of all) as CSV (RFC 4180, UTF-8) by file name. Lists are joined by a semicolon;
    what a spreadsheet would take for a formula gets an apostrophe before it."""
    wording = Wording(edition)
    return {f"{table.name}.csv": _csv(table, wording) for table in tables or TABLES}


def _csv(table: Table, wording: Wording) -> bytes:
    sink = io.StringIO(newline="")
    rows = csv.writer(sink, quoting=csv.QUOTE_NONNUMERIC)  # quoted, no semicolon of a report parts a cell either
    rows.writerow(name for name, _ in table.columns)
    rows.writerows(map(_plain, row) for row in table.rows(wording))
    return sink.getvalue().encode()


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, tuple):
        return "; ".join(map(_inert, cell))
    return _inert(cell) if isinstance(cell, str) else cell


def _inert(text: str) -> str:
    text = writable(elided(text))
    return "'" + text if _FORMULA.match(text) else text


def to_parquet(edition: Edition, tables: Sequence[Table] | None = None) -> dict[str, bytes]:
    """The same as Parquet by file name; texts as in the edition. Raises `MissingDependencyError` without pyarrow."""
    arrow, parquet = (library(name, "Parquet", "parquet") for name in ("pyarrow", "pyarrow.parquet"))
    types = {
        "text": arrow.string(),
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "truth": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
    }
    wording = Wording(edition)
    files = {}
    for table in tables or TABLES:
        shape = arrow.schema([(name, types[kind]) for name, kind in table.columns])
        names = shape.names
        rows = [dict(zip(names, map(_storable, row), strict=True)) for row in table.rows(wording)]
        sink = io.BytesIO()
        parquet.write_table(arrow.Table.from_pylist(rows, schema=shape), sink, compression="zstd")
        files[f"{table.name}.parquet"] = sink.getvalue()
    return files


def _storable(cell: Cell) -> Any:
    if isinstance(cell, str):
        return writable(elided(cell))
    return list(map(writable, cell)) if isinstance(cell, tuple) else cell


# --- the tables ---------------------------------------------------------------------------------------------------


def _articles(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for a in wording.edition.articles:
        home = wording.home.get(a.id)
        yield (
            a.id, a.source, a.url, a.canonical_url, a.title, a.publisher, a.authors, a.agencies, a.language,
            value_of(a.published), a.published.basis if a.published else None, value_of(a.modified),
            home.id if home else None, home.label if home else None, len(a.text),
        )  # fmt: skip


def _claims(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for story in wording.edition.stories:
        for c in story.claims:
            said = wording.said(c.statements)
            roots = dict.fromkeys(s.root.name for s in said if s.root.name)
            yield (
                c.id, story.id, c.status, c.text, c.support.articles, *c.support.newsrooms, *c.support.roots,
                c.support.reasons, tuple(roots), tuple(dict.fromkeys(wording.outlet(s.article) for s in said)),
                c.first_reported, c.last_reported, c.statements, c.refines, c.denied_by,
            )  # fmt: skip


def _statements(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    claim_of = {s: c for c in wording.claims.values() for s in c.statements}
    for s in wording.edition.statements:
        claim, when = claim_of.get(s.id), s.event_time
        yield (
            s.id, s.article, wording.outlet(s.article), *s.span, s.text, claim.id if claim else None,
            tuple(wording.chain(s)), s.root.name, s.root.kind, s.root.entity,
            s.attribution[-1].stance if s.attribution else None, s.quote.kind, s.polarity, s.certainty, s.reality,
            when.begin if when else None, when.end if when else None, when.basis if when else None,
            tuple(dict.fromkeys(m.entity for m in s.mentions)),
        )  # fmt: skip


def _conflicts(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for story in wording.edition.stories:
        for c in story.conflicts:
            for number, reading in enumerate(c.readings, 1):
                said = wording.said(reading.statements)
                yield (
                    c.id, story.id, c.relation, c.kind, c.about, c.confidence, c.explanation, number, reading.value,
                    tuple(dict.fromkeys(s.root.name for s in said if s.root.name)),
                    tuple(dict.fromkeys(wording.outlet(s.article) for s in said)), reading.claims, reading.statements,
                )  # fmt: skip


def _quotes(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for s in wording.edition.statements:
        article = wording.articles[s.article]
        for begin, end in s.quote.spans:
            yield (
                s.id, s.article, wording.outlet(s.article), begin, end, article.text[begin:end], s.quote.kind,
                s.root.name, s.root.kind, s.root.entity, tuple(wording.chain(s)),
                value_of(article.published),
            )  # fmt: skip


def _links(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for link in wording.edition.lineage.links:
        in_collection = link.parent in wording.articles
        yield (
            link.parent, link.child, link.kind, wording.parent(link.parent), wording.parent(link.child), in_collection,
            link.share_of_child, link.share_of_parent, link.confidence, len(link.passages), link.evidence,
            tuple(a.parent for a in link.alternatives),
        )  # fmt: skip


def _passages(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for link in wording.edition.lineage.links:
        at_hand = link.parent in wording.articles
        for p in link.passages:
            yield (
                link.parent, link.child, link.kind, *(p.parent if at_hand else (None, None)), *p.child, p.similarity,
            )  # fmt: skip


def _alternatives(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for link in wording.edition.lineage.links:
        for other in link.alternatives:
            yield link.parent, link.child, link.confidence, other.parent, other.confidence


def _origins(wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for origin in wording.edition.lineage.origins:
        for article in origin.articles:
            stems = sum(p.span[1] - p.span[0] for p in origin.passages if p.article == article)
            yield origin.id, origin.label, origin.kind, origin.in_collection, article, stems


def _columns(text: str = "", **kinds: Kind) -> tuple[tuple[str, Kind], ...]:
    """Column names in order, those of text unless ``kinds`` says otherwise."""
    return tuple((name, kinds.get(name, "text")) for name in text.split())


TABLES: Final = (
    Table(
        "articles",
        _columns(
            "id source url canonical_url title publisher authors agencies language published published_basis modified "
            "origin origin_label characters",
            authors="texts", agencies="texts", characters="whole",
        ),
        _articles,
    ),
    Table(
        "claims",
        _columns(
            "id story status text articles newsrooms_low newsrooms_high roots_low roots_high reasons root_sources "
            "outlets first_reported last_reported statements refines denied_by",
            articles="whole", newsrooms_low="whole", newsrooms_high="whole", roots_low="whole", roots_high="whole",
            reasons="texts", root_sources="texts", outlets="texts", statements="texts", refines="texts",
            denied_by="texts",
        ),
        _claims,
    ),
    Table(
        "statements",
        _columns(
            "id article outlet begin end text claim chain root root_kind root_entity stance quote polarity certainty "
            "reality event_begin event_end event_basis entities",
            begin="whole", end="whole", chain="texts", entities="texts",
        ),
        _statements,
    ),
    Table(
        "conflicts",
        _columns(
            "id story relation kind about confidence explanation reading value root_sources outlets claims statements",
            confidence="number", reading="whole", root_sources="texts", outlets="texts", claims="texts",
            statements="texts",
        ),
        _conflicts,
    ),
    Table(
        "quotes",
        _columns(
            "statement article outlet begin end text kind speaker speaker_kind speaker_entity chain published",
            begin="whole", end="whole", chain="texts",
        ),
        _quotes,
    ),
    Table(
        "links",
        _columns(
            "parent child kind parent_label child_label parent_in_collection share_of_child share_of_parent confidence "
            "passages evidence alternatives",
            parent_in_collection="truth", share_of_child="number", share_of_parent="number", confidence="number",
            passages="whole", evidence="texts", alternatives="texts",
        ),
        _links,
    ),
    Table(
        "passages",
        _columns(
            "parent child kind parent_begin parent_end child_begin child_end similarity",
            parent_begin="whole", parent_end="whole", child_begin="whole", child_end="whole", similarity="number",
        ),
        _passages,
    ),
    Table(
        "alternatives",
        _columns("parent child confidence other other_confidence", confidence="number", other_confidence="number"),
        _alternatives,
    ),
    Table(
        "origins",
        _columns("id label kind in_collection article characters", in_collection="truth", characters="whole"),
        _origins,
    ),
)  # fmt: skip
#: What a lineage alone fills.
LINEAGE_TABLES: Final = tuple(
    t for t in TABLES if t.name in {"articles", "links", "passages", "alternatives", "origins"}
)
