"""Every format, read back by the library or checked by the schema of its standard."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import prov.model
import pyarrow.parquet
import pytest
import stix2
from hypothesis import given
from hypothesis import strategies as st
from invented_edition import edition
from lxml import html as lxml_html
from pyld import jsonld

from variorum.edition import from_json, to_json
from variorum.edition.exports import FORMATS, without_texts
from variorum.edition.exports.annotation import selectors
from variorum.edition.exports.writing import date_parts, urn, writable
from variorum.edition.wording import Wording
from variorum.errors import MissingDependencyError
from variorum.model import Alternative, Article, Edition, Lineage, Link, Passage, Producer, Stamp

SCHEMAS = Path(__file__).parent / "schemas"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1")
HOSTILE = '</script><img src=x onerror=alert(1)>\x00\x0b\x1b\ud800\ufffe\u202e]]>&"\'; =HYPERLINK("x")\r\n,'


def hostile() -> Edition:
    """The invented edition with every free text turned hostile; the texts of articles too, at the same length."""
    made = edition()

    def spoilt(text: str) -> str:
        return (HOSTILE * (len(text) // len(HOSTILE) + 1))[: len(text)]

    texts = {a.id: spoilt(a.text) for a in made.articles}
    url = "https://news.example/<script>\x00"
    (story,) = made.stories
    claims = tuple(replace(c, text=f"={HOSTILE}", first_reported="31 June") for c in story.claims)
    conflicts = tuple(
        replace(c, about=HOSTILE, explanation=HOSTILE, readings=tuple(replace(r, value=HOSTILE) for r in c.readings))
        for c in story.conflicts
    )
    timeline = tuple(replace(e, text=HOSTILE) for e in story.timeline)
    brief = tuple(replace(b, text=HOSTILE) for b in story.brief)
    links = tuple(replace(link, evidence=(f"@{HOSTILE}",)) for link in made.lineage.links)
    origins = tuple(replace(o, label=HOSTILE) for o in made.lineage.origins)
    return replace(
        made,
        articles=tuple(
            replace(a, text=texts[a.id], title=HOSTILE, publisher=HOSTILE, authors=(HOSTILE,), url=url, source=HOSTILE)
            for a in made.articles
        ),
        statements=tuple(
            replace(s, text=texts[s.article][slice(*s.span)], root=replace(s.root, name=HOSTILE))
            for s in made.statements
        ),
        lineage=replace(made.lineage, links=links, origins=origins),
        stories=(
            replace(story, title=HOSTILE, claims=claims, conflicts=conflicts, timeline=timeline, brief=brief),
        ),
    )  # fmt: skip


def renamed() -> Edition:
    """The invented edition with ids as users give them: anything."""
    text = to_json(edition())
    for number, article in enumerate(edition().articles):
        text = text.replace(article.id, f"news/{number}: Bäcker <&> 1")
    return from_json(text)


EDITIONS: dict[str, Callable[[], Edition]] = {
    "full": edition,
    "without texts": lambda: without_texts(edition()),
    "hostile": hostile,
    "odd ids": renamed,
    "empty": lambda: Edition(Producer("0", {}, {})),
    "undated": lambda: replace(edition(), articles=tuple(replace(a, published=None) for a in edition().articles)),
}


@pytest.fixture(params=EDITIONS)
def made(request: pytest.FixtureRequest) -> Edition:
    """Each edition in turn."""
    return EDITIONS[request.param]()


def written(name: str, made: Edition) -> bytes:
    """The one file of a format."""
    (content,) = FORMATS[name].files(made).values()
    return content


def read(name: str, made: Edition) -> Any:
    """The one file of a JSON format, decoded."""
    return json.loads(written(name, made))


def schema(name: str) -> Any:
    """A schema that is kept beside the tests."""
    return json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))


def valid(name: str, value: object) -> None:
    """``value`` fits the schema ``name``, and the schema is one."""
    shape = schema(f"{name}.schema")
    jsonschema.Draft202012Validator.check_schema(shape)
    jsonschema.Draft202012Validator(shape).validate(value)


# --- all formats --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_every_edition(name: str, made: Edition) -> None:
    """No edition breaks a format; texts are UTF-8; what is said of the number of files holds."""
    files = FORMATS[name].files(made)
    assert (len(files) > 1) == FORMATS[name].several
    for file, content in files.items():
        if not file.endswith(".parquet"):
            content.decode()


def test_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Whatever the hash seed, and whatever was written before."""
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); from invented_edition import edition\n"
        "from variorum.edition.exports import FORMATS, without_texts\n"
        "for made in (edition(), without_texts(edition())):\n"
        " for form in FORMATS.values():\n"
        "  for name, content in form.files(made).items(): print(name, hashlib.sha256(content).hexdigest())\n"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            capture_output=True, check=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]  # fmt: skip
    assert found[0] == found[1]
    here = {n: c for form in FORMATS.values() for n, c in form.files(edition()).items()}
    assert len(found[0].splitlines()) == 2 * len(here)


@pytest.mark.parametrize("name", ["annotation", "prov", "schema-org", "stix", "timelinejs"])
def test_json_can_stand_in_a_page(name: str) -> None:
    """In a script element of a page, no word of a report ends the script or begins another."""
    content = written(name, hostile())
    assert b"<" not in content
    page = lxml_html.document_fromstring(b"<script type='application/ld+json'>" + content + b"</script>")
    assert not page.xpath("//img")


@pytest.mark.parametrize(("name", "module"), [("parquet", "pyarrow"), ("prov", "prov"), ("stix", "stix2")])
def test_a_missing_package_is_named(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what is missing and how to install it, before the work and in it."""
    for held in [m for m in sys.modules if m == module or m.startswith(f"{module}.")]:
        monkeypatch.delitem(sys.modules, held)
    monkeypatch.setattr(sys, "meta_path", [f for f in sys.meta_path if not hasattr(f, "find_spec")])
    for act in (FORMATS[name].check, lambda: FORMATS[name].files(edition())):
        with pytest.raises(MissingDependencyError, match=rf"{module}.*pip install 'variorum\["):
            act()


# --- tables -------------------------------------------------------------------------------------------------------


def table(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """A CSV file as rows."""
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode(), newline=""), strict=True))


def test_csv_holds_every_record(made: Edition) -> None:
    """One row a record (a conflict's reading, a quoted span), with as many cells as the header names."""
    files = FORMATS["csv"].files(made)
    counts = {
        "articles": len(made.articles),
        "claims": sum(len(s.claims) for s in made.stories),
        "statements": len(made.statements),
        "conflicts": sum(len(c.readings) for s in made.stories for c in s.conflicts),
        "quotes": sum(len(s.quote.spans) for s in made.statements),
        "links": len(made.lineage.links),
        "passages": sum(len(k.passages) for k in made.lineage.links),
        "alternatives": sum(len(k.alternatives) for k in made.lineage.links),
        "origins": sum(len(o.articles) for o in made.lineage.origins),
    }
    for name, count in counts.items():
        rows = table(files, name)
        assert len(rows) == count
        assert all(None not in row and None not in row.values() for row in rows)


def test_passages_point_at_both_articles() -> None:
    """Offsets of either; none where the parent is not at hand."""
    made = edition()
    first, second = made.articles[:2]
    passage = Passage((3, 9), (1, 7), 0.9)
    at_hand = Link(first.id, second.id, "copy", 0.5, 0.5, 0.8, (passage,), alternatives=(Alternative("x", 0.1),))
    absent = replace(at_hand, parent="origin-1", passages=(replace(passage, parent=(0, 0)),))
    made = replace(made, lineage=Lineage((at_hand, absent)))
    files = FORMATS["csv"].files(made)
    columns = ("parent_begin", "parent_end", "child_begin", "child_end")
    found = [tuple(row[c] for c in columns) for row in table(files, "passages")]
    assert found == [("3", "9", "1", "7"), ("", "", "1", "7")]
    assert table(files, "alternatives")[0]["other"] == "x"


def test_csv_round_trip() -> None:
    """Ids, words, spans and counts come back."""
    made, files = edition(), FORMATS["csv"].files(edition())
    for said, row in zip(made.statements, table(files, "statements"), strict=True):
        assert (said.id, said.article, said.text) == (row["id"], row["article"], row["text"])
        assert said.span == (int(row["begin"]), int(row["end"]))
    for claim, row in zip(made.stories[0].claims, table(files, "claims"), strict=True):
        assert claim.support.roots == (int(row["roots_low"]), int(row["roots_high"]))
        assert claim.statements == tuple(row["statements"].split("; "))
    (quote,) = table(files, "quotes")
    assert (quote["speaker"], quote["kind"]) == ("Lisbet Orme", "direct")
    assert quote["text"] == "It was like a drum, and then the lights were gone,"


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_cells_are_no_formulas(formula: str) -> None:
    """What a spreadsheet would compute is only shown; numbers stay numbers."""
    made = edition()
    (story,) = made.stories
    claims = tuple(replace(c, text=formula) for c in story.claims)
    story = replace(story, claims=claims)
    articles = tuple(replace(a, authors=("A. Lind", formula), title=formula) for a in made.articles)
    files = FORMATS["csv"].files(replace(made, stories=(story,), articles=articles))
    assert {row["text"] for row in table(files, "claims")} == {"'" + formula}
    assert {row["title"] for row in table(files, "articles")} == {"'" + formula}
    assert {row["authors"] for row in table(files, "articles")} == {"A. Lind; '" + formula}


def test_no_csv_cell_is_a_formula(made: Edition) -> None:
    """None at all, in no table."""
    for content in FORMATS["csv"].files(made).values():
        for row in csv.reader(io.StringIO(content.decode(), newline=""), strict=True):
            assert not [cell for cell in row if cell.strip()[:1] in tuple("=+-@＝")]


def test_parquet_round_trip(made: Edition) -> None:
    """The tables of the CSV, with types: whole numbers, truth and lists come back as such."""
    parquet = FORMATS["parquet"].files(made)
    texts = FORMATS["csv"].files(made)
    for file, content in parquet.items():
        rows = pyarrow.parquet.read_table(io.BytesIO(content))
        name = file.removesuffix(".parquet")
        plain = table(texts, name)
        assert rows.num_rows == len(plain)
        header = texts[f"{name}.csv"].decode().split("\r\n")[0].replace('"', "").split(",")
        assert rows.column_names == header
    if made.statements:
        rows = pyarrow.parquet.read_table(io.BytesIO(parquet["statements.parquet"])).to_pylist()
        assert [(r["begin"], r["end"]) for r in rows] == [s.span for s in made.statements]
        claims = pyarrow.parquet.read_table(io.BytesIO(parquet["claims.parquet"])).to_pylist()
        assert [tuple(r["statements"]) for r in claims] == [c.statements for s in made.stories for c in s.claims]


# --- W3C Web Annotation -------------------------------------------------------------------------------------------


def test_annotations_fit_the_model(made: Edition) -> None:
    """The schema holds, ids are unique, and every term is one of the vocabulary's: none is lost when it is expanded."""
    found = read("annotation", made)
    valid("web-annotation", found)
    items = found["first"]["items"]
    assert len({item["id"] for item in items}) == found["total"] == len(items)

    def load(url: str, _: object) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": schema("web-annotation.context")}

    (expanded,) = jsonld.expand(found, {"documentLoader": load})
    assert keys(found) - {"@context"} <= set(schema("web-annotation.context")["@context"])
    assert all(key.startswith(("@", "http")) for key in keys(expanded))
    for key in ("@type", "http://www.w3.org/ns/oa#motivatedBy", "http://www.w3.org/ns/oa#hasPurpose"):
        assert all(name.startswith("http") for name in names(expanded, key))
    assert len(names(expanded, "http://www.w3.org/ns/oa#motivatedBy")) == len(items)


def keys(value: object) -> set[str]:
    """All keys below ``value``."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def names(value: object, key: str) -> list[str]:
    """All names that ``key`` gives below ``value``, an expanded document."""
    if isinstance(value, dict):
        held = value.get(key, [])
        given = [v["@id"] if isinstance(v, dict) else v for v in (held if isinstance(held, list) else [held])]
        return given + [name for v in value.values() for name in names(v, key)]
    return [name for v in value for name in names(v, key)] if isinstance(value, list) else []


def selected(text: str, selector: Mapping[str, Any]) -> list[tuple[int, int]]:
    """All places that a selector selects, as its standard says."""
    if selector["type"] == "TextPositionSelector":
        return [(selector["start"], selector["end"])]
    prefix, exact = selector.get("prefix", ""), selector["exact"]
    whole = prefix + exact + selector.get("suffix", "")
    starts = [i for i in range(len(text)) if text.startswith(whole, i)]
    return [(i + len(prefix), i + len(prefix) + len(exact)) for i in starts]


@given(st.data())
def test_selectors_select_exactly_the_words(data: st.DataObject) -> None:
    """Both kinds, in any text, also one that repeats itself: the words and no others."""
    alphabet = st.sampled_from("ab \n") | st.characters(exclude_categories=["Cs"])
    repeated = st.builds(lambda unit, times: unit * times, st.text("ab\n", min_size=1, max_size=5), st.integers(9, 60))
    text = data.draw(st.text(alphabet, min_size=1, max_size=200) | repeated)
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    found = json.loads(json.dumps(selectors(Article("a", "a.txt", text), (begin, end))))
    assert [s["type"] for s in found] == ["TextPositionSelector", "TextQuoteSelector"]
    for selector in found:
        assert selected(text, selector) == [(begin, end)]


def test_annotations_stand_on_their_words() -> None:
    """Each citation of a brief and each statement of a claim is there, and selects what the edition says it does."""
    made = edition()
    texts = {urn(a.id): a.text for a in made.articles}
    found = set()
    for item in read("annotation", made)["first"]["items"]:
        target = item["target"]
        text = texts[target["source"]["id"]]
        (place,) = {tuple(selected(text, s)) for s in target["selector"]}
        found.add((target["source"]["id"], *place))
    said = {(urn(s.article), s.span) for s in made.statements if s.id in claimed(made)}
    cited = {(urn(c.article), c.span) for s in made.stories for b in s.brief for c in b.citations}
    assert found == said | cited


def claimed(made: Edition) -> set[str]:
    """The statements of claims."""
    return {s for story in made.stories for c in story.claims for s in (*c.statements, *c.denied_by)}


# --- PROV ---------------------------------------------------------------------------------------------------------


def test_prov_is_read_by_its_library(made: Edition) -> None:
    """The library reads it, writes the same again, and finds whatever a relation names."""
    content = written("prov", made).decode()
    document = prov.model.ProvDocument.deserialize(content=content, format="json")
    assert json.loads(document.serialize(format="json")) == json.loads(content)
    held = {str(r.identifier) for r in document.get_records() if r.is_element()}
    for record in document.get_records(prov.model.ProvRelation):
        assert {str(value) for _, value in record.formal_attributes if value} <= held, record


def test_prov_says_what_was_taken_from_where() -> None:
    """Copies are quotations, rewrites derivations, revisions and credits what PROV calls them; newsrooms are agents."""
    made = edition()
    first, second, third, *_ = (a.id for a in made.articles)
    kinds = {"revision": (first, second), "credit": (first, third)}
    more = tuple(Link(p, c, kind, 1.0, 1.0, 1.0, evidence=("x",)) for kind, (p, c) in kinds.items())  # type: ignore[arg-type]
    lineage = replace(made.lineage, links=(*made.lineage.links, *more))
    found = read("prov", replace(made, lineage=lineage))
    kind_of = {
        row["vr:kind"]: row.get("prov:type", {}).get("$")
        for row in found["wasDerivedFrom"].values()
        if "vr:kind" in row
    }
    assert kind_of == {
        "copy": "prov:Quotation", "rewrite": None, "revision": "prov:Revision", "credit": "prov:PrimarySource",
    }  # fmt: skip
    agents = {row["prov:label"] for row in found["agent"].values()}
    assert {"Harbour Gazette", "Nordholm Post", "KNA", "coastguard", "Variorum"} <= agents
    claims = [row for row in found["entity"].values() if row["prov:type"]["$"] == "schema:Claim"]
    assert len(claims) == len(made.stories[0].claims)


# --- schema.org ---------------------------------------------------------------------------------------------------


def test_schema_org(made: Edition) -> None:
    """Types and properties are schema.org's, every reference leads into the graph, and each claim has its review."""
    found = read("schema-org", made)
    valid("schema-org", found)
    graph = found["@graph"]
    ids = [row["@id"] for row in graph]
    assert len(ids) == len(set(ids))
    assert references(graph) <= set(ids)
    kinds = [row["@type"] for row in graph]
    assert kinds.count("Claim") == kinds.count("ClaimReview") == sum(len(s.claims) for s in made.stories)
    assert kinds.count("NewsArticle") == len(made.articles)


def references(value: object) -> set[str]:
    """All ids that nothing but an id stands beside."""
    if isinstance(value, dict):
        alone = {value["@id"]} if set(value) == {"@id"} else set()
        return alone.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def test_schema_org_leaves_the_rating_open() -> None:
    """Variorum does not say what is true: nulls to be filled in, which JSON-LD reads as absent."""
    found = read("schema-org", edition())
    reviews = [row for row in found["@graph"] if row["@type"] == "ClaimReview"]
    assert all(row["author"] is row["url"] is row["reviewRating"]["ratingValue"] is None for row in reviews)
    expanded = jsonld.expand(found | {"@context": {"@vocab": "https://schema.org/"}})
    ratings = [r for row in expanded for r in row.get("https://schema.org/reviewRating", ())]
    assert ratings == [{"@type": ["https://schema.org/Rating"]}] * len(reviews)


# --- STIX ---------------------------------------------------------------------------------------------------------


def test_stix_is_read_by_its_library(made: Edition) -> None:
    """The library reads every object; ids are version 5, unique, and whatever is referred to is there."""
    content = written("stix", made).decode()
    bundle = stix2.parse(content, allow_custom=False)
    objects = bundle.get("objects", [])
    ids = [o.id for o in objects]
    assert len(ids) == len(set(ids))
    assert {i.split("--")[1][14] for i in [bundle.id, *ids]} == {"5"}
    for thing in objects:
        assert {*thing.get("object_refs", []), thing.get("created_by_ref", thing.id)} <= set(ids)
    kinds = [o.type for o in objects]
    assert kinds.count("report") == len(made.stories)
    assert kinds.count("grouping") <= sum(len(s.conflicts) for s in made.stories)


def test_stix_says_who_holds_what() -> None:
    """Sources agree with what they state and disagree with what they deny; times are those of the reports."""
    objects = stix2.parse(written("stix", edition()).decode()).objects
    by_id = {o.id: o for o in objects}
    held = {
        (by_id[o.object_refs[0]].content.split(" ")[0], o.opinion, by_id[o.object_refs[1]].name)
        for o in objects
        if o.type == "opinion"
    }
    assert ("Two", "agree", "Two officers on the bridge") in held
    assert ("Two", "strongly-disagree", "Norrsund") in held
    assert {o.created.date().isoformat() for o in objects} <= {"2031-03-05", "2031-03-06", "2031-03-13"}
    assert sum(o.type == "grouping" for o in objects) == 4


# --- TimelineJS ---------------------------------------------------------------------------------------------------


def test_timelinejs(made: Edition) -> None:
    """The documented shape, an event for each entry, and no mark-up but our paragraphs."""
    found = read("timelinejs", made)
    valid("timelinejs", found)
    entries = [e for story in made.stories for e in story.timeline]
    assert len(found["events"]) == len(entries)
    assert len({e["unique_id"] for e in found["events"]}) == len(entries)
    for event in found["events"]:
        for text in (*event["text"].values(), event["group"], event["display_date"]):
            assert "<" not in text.replace("<p>", "").replace("</p>", "")


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("2031", {"year": 2031}),
        ("2031-03", {"year": 2031, "month": 3}),
        ("2031-03-05T09:40+02:00", {"year": 2031, "month": 3, "day": 5, "hour": 9, "minute": 40}),
        ("2031-06-31", {}),
        ("next week", {}),
        (None, {}),
    ],
)
def test_dates_in_parts(value: str | None, parts: dict[str, int]) -> None:
    """As fine as given; what is no date gives nothing."""
    assert date_parts(value) == parts


# --- GraphML ------------------------------------------------------------------------------------------------------


def test_graphml_is_read_by_networkx(made: Edition) -> None:
    """Every article and origin is a node, every link an edge with its shares."""
    graph: Any = nx.read_graphml(io.BytesIO(written("graphml", made)), force_multigraph=True)
    assert graph.number_of_nodes() == len(made.articles) + len(made.lineage.origins)
    edges = {(p, c): data for p, c, data in graph.edges(data=True)}
    for link in made.lineage.links:
        data = edges[link.parent, link.child]
        assert (data["kind"], data["share_of_child"], data["confidence"]) == (
            link.kind, link.share_of_child, link.confidence,
        )  # fmt: skip
    labels = {data["label"] for _, data in graph.nodes(data=True) if data["type"] == "article"}
    assert labels == {writable(Wording(made).outlet(a.id)) for a in made.articles}


def test_a_date_that_is_none_is_not_written() -> None:
    """What a page gave for a date reaches no field that must be one."""
    made = edition()
    odd = replace(made.articles[0], published=Stamp("31 June", "day", "metadata"))
    found = read("schema-org", replace(made, articles=(odd, *made.articles[1:])))
    assert "datePublished" not in found["@graph"][0]
