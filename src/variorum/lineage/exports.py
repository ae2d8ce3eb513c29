"""A lineage in the forms that other tools read: a table, a graph, a record of provenance."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from typing import Any, Final
from xml.etree import ElementTree as ET

from variorum.model import Article, Lineage, Link

_COLUMNS: Final = (
    "parent", "child", "kind", "share_of_child", "share_of_parent", "confidence", "passages", "evidence",
    "alternatives",
)  # fmt: skip
#: What each kind of link is in W3C PROV-DM, by the type that narrows a derivation; None: a derivation and no more.
_PROV: Final = {
    "copy": "prov:Quotation",
    "excerpt": "prov:Quotation",
    "rewrite": None,
    "credit": "prov:PrimarySource",
    "revision": "prov:Revision",
}
_NOT_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE: Final = "urn:variorum:"


def to_csv(articles: Sequence[Article], lineage: Lineage) -> str:
    """The links as a table, RFC 4180; what has several values has them separated by "; "."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for link in lineage.links:
        writer.writerow(
            [
                link.parent,
                link.child,
                link.kind,
                link.share_of_child,
                link.share_of_parent,
                link.confidence,
                "; ".join(f"{a}-{b} {c}-{d}" for p in link.passages for (a, b), (c, d) in [(p.parent, p.child)]),
                "; ".join(link.evidence),
                "; ".join(f"{a.parent} {a.confidence}" for a in link.alternatives),
            ]
        )
    return out.getvalue()


def to_graphml(articles: Sequence[Article], lineage: Lineage) -> str:
    """Articles and origins as nodes, links as edges from parent to child."""
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    numbers = ("share_of_child", "share_of_parent", "confidence")
    for name, target in (
        *((n, "node") for n in ("label", "kind", "publisher", "published")),
        *((n, "edge") for n in ("link", "evidence", *numbers)),
    ):
        kind = "double" if name in numbers else "string"
        ET.SubElement(root, "key", {"id": name, "for": target, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", edgedefault="directed")
    for name, data in _nodes(articles, lineage):
        _data(ET.SubElement(graph, "node", id=name), data)
    for link in lineage.links:
        edge = ET.SubElement(graph, "edge", source=link.parent, target=link.child)
        shares = {n: getattr(link, n) for n in numbers}
        _data(edge, {"link": link.kind, "evidence": "; ".join(link.evidence), **shares})
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _nodes(articles: Sequence[Article], lineage: Lineage) -> Iterator[tuple[str, dict[str, Any]]]:
    for a in articles:
        published = a.published.value if a.published else None
        yield a.id, {"label": a.title or a.id, "kind": "article", "publisher": a.publisher, "published": published}
    for origin in lineage.origins:
        yield origin.id, {"label": origin.label, "kind": origin.kind}


def _data(element: ET.Element, values: dict[str, Any]) -> None:
    for key, value in values.items():
        if value is not None:
            ET.SubElement(element, "data", key=key).text = _printable(str(value))


def _printable(text: str) -> str:
    """Without what XML has no place for."""
    return _NOT_XML.sub("", text)


def to_prov(articles: Sequence[Article], lineage: Lineage) -> str:
    """PROV-JSON: copies and excerpts are quotations, later versions revisions, credited originals primary sources."""
    entities: dict[str, dict[str, Any]] = {}
    for name, data in _nodes(articles, lineage):
        kept = {"prov:label": data["label"], "v:publisher": data.get("publisher"), "v:published": data.get("published")}
        entities[f"v:{name}"] = {key: value for key, value in kept.items() if value is not None}
    derived = {f"_:l{number}": _derivation(link) for number, link in enumerate(lineage.links)}
    record = {"prefix": {"v": _SPACE}, "entity": entities, "wasDerivedFrom": derived}
    return json.dumps(record, ensure_ascii=True, indent=1) + "\n"


def _derivation(link: Link) -> dict[str, Any]:
    absent = link.parent.startswith("origin-")
    kind = "prov:PrimarySource" if absent else _PROV[link.kind]
    out: dict[str, Any] = {"prov:generatedEntity": f"v:{link.child}", "prov:usedEntity": f"v:{link.parent}"}
    if kind:
        out["prov:type"] = {"$": kind, "type": "prov:QUALIFIED_NAME"}
    return out | {"v:kind": link.kind, "v:confidence": link.confidence, "v:evidence": list(link.evidence)}


#: By the name that the command line knows them by.
FORMS: Final[dict[str, Callable[[Sequence[Article], Lineage], str]]] = {
    "csv": to_csv,
    "graphml": to_graphml,
    "prov": to_prov,
}
