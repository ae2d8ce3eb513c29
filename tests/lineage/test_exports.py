"""The forms that other tools read: each read back by somebody else's reader."""

import csv
import json
from io import StringIO

import networkx as nx
from test_trace import article, prose

from variorum.lineage import trace
from variorum.lineage.exports import to_csv, to_graphml, to_prov


def family() -> list:
    """A report, a copy that adds, and one with marks that want escaping."""
    return [
        article("one", prose(1), "12", publisher="Ledger & Sons", title='He said: "<no>"\x01'),
        article("two", prose(1) + " " + prose(2, 30), "13", publisher="Courier"),
    ]


def test_the_table_has_a_row_for_each_link() -> None:
    """Read by the standard library."""
    found = trace(family())
    rows = list(csv.DictReader(StringIO(to_csv(family(), found))))
    assert [(r["parent"], r["child"], float(r["confidence"])) for r in rows] == [
        (x.parent, x.child, x.confidence) for x in found.links
    ]
    assert rows


def test_the_graph_is_read_by_networkx() -> None:
    """Nodes are articles and origins, edges are links with their numbers."""
    found = trace(family())
    graph = nx.parse_graphml(to_graphml(family(), found))
    assert set(graph) == {"one", "two"} | {o.id for o in found.origins}
    assert graph.nodes["one"]["publisher"] == "Ledger & Sons"
    assert {(a, b): d["confidence"] for a, b, d in graph.edges(data=True)} == {
        (x.parent, x.child): x.confidence for x in found.links
    }


def test_a_copy_is_a_quotation() -> None:
    """In the terms of W3C PROV."""
    record = json.loads(to_prov(family(), trace(family())))
    (derivation,) = record["wasDerivedFrom"].values()
    assert (derivation["prov:usedEntity"], derivation["prov:generatedEntity"]) == ("v:one", "v:two")
    assert derivation["prov:type"]["$"] == "prov:Quotation"
    assert {"v:one", "v:two"} <= record["entity"].keys()
