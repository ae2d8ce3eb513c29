"""Everything that an edition can be written as: a table of formats, each a pure function to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from typing import Final

from variorum.edition.codec import to_json
from variorum.edition.exports.annotation import to_annotations
from variorum.edition.exports.copytree import to_graphml
from variorum.edition.exports.provenance import to_prov
from variorum.edition.exports.schemaorg import to_schema_org
from variorum.edition.exports.sharing import without_texts
from variorum.edition.exports.stix import to_stix
from variorum.edition.exports.tables import LINEAGE_TABLES, to_csv, to_parquet
from variorum.edition.exports.timelinejs import to_timelinejs
from variorum.edition.exports.writing import library
from variorum.edition.markdown import to_markdown
from variorum.edition.page import to_html
from variorum.model import Edition

__all__ = ["FORMATS", "LINEAGE_FORMATS", "Format", "without_texts"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, what it is for, and ``files``, which gives the content of each of its
    files by name; ``several`` says that they are more than one. ``needs`` is the package that it cannot do without and
    the extra that installs it."""

    name: str
    help: str
    files: Callable[[Edition], Mapping[str, bytes]]
    needs: tuple[str, str] | None = None
    several: bool = False

    def check(self) -> None:
        """Raise `MissingDependencyError` if what it needs is not installed; better before the work than after it."""
        if self.needs and find_spec(self.needs[0]) is None:
            library(self.needs[0], f"The format {self.name}", self.needs[1])


def _text(name: str, render: Callable[[Edition], str]) -> Callable[[Edition], Mapping[str, bytes]]:
    return lambda edition: {name: render(edition).encode("utf-8", "replace")}


def _file(name: str, render: Callable[[Edition], bytes]) -> Callable[[Edition], Mapping[str, bytes]]:
    return lambda edition: {name: render(edition)}


_ALL: Final = (
    Format("html", "a page to read, with every mark in place", _text("edition.html", to_html)),
    Format("json", "the edition itself, for programs", _text("edition.json", to_json)),
    Format("md", "Markdown, for the terminal", _text("edition.md", to_markdown)),
    Format("csv", "tables for a spreadsheet, one file a table", to_csv, several=True),
    Format("parquet", "the same tables for query engines", to_parquet, ("pyarrow", "parquet"), several=True),
    Format("annotation", "W3C Web Annotations (JSON-LD)", _file("edition.annotations.jsonld", to_annotations)),
    Format(
        "prov", "W3C PROV-JSON: what was taken from where", _file("edition.prov.json", to_prov), ("prov", "exports")
    ),
    Format(
        "schema-org", "NewsArticle, Claim, ClaimReview to fill in", _file("edition.schema-org.jsonld", to_schema_org)
    ),
    Format(
        "stix",
        "STIX 2.1 bundle for threat-intelligence platforms",
        _file("edition.stix.json", to_stix),
        ("stix2", "exports"),
    ),
    Format("timelinejs", "TimelineJS JSON", _file("edition.timelinejs.json", to_timelinejs)),
    Format("graphml", "the copy tree for Gephi, yEd, NetworkX", _file("edition.graphml", to_graphml)),
)
#: Every format by its name.
FORMATS: Final = {form.name: form for form in _ALL}
#: What articles and their lineage alone can be written as.
LINEAGE_FORMATS: Final = {
    "csv": replace(FORMATS["csv"], files=partial(to_csv, tables=LINEAGE_TABLES)),
    "parquet": replace(FORMATS["parquet"], files=partial(to_parquet, tables=LINEAGE_TABLES)),
    "prov": FORMATS["prov"],
    "graphml": FORMATS["graphml"],
}
