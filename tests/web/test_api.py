"""The API: every record that it gives is the library's own, and its description holds."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT202012

V1 = "/api/v1"


def got(served: Any, path: str, expected: int = 200, /, **asked: Any) -> Any:
    """What a path gives."""
    answer = served.client.get(V1 + path, params=asked)
    assert answer.status_code == expected, answer.text
    return answer.json()


def test_lists_come_in_pages(served: Any) -> None:
    """Every row once, whatever the size of a page."""
    whole = [row["id"] for row in got(served, "/collections/desk/articles")["rows"]]
    assert len(whole) == 5
    met, cursor = [], None
    while True:
        page = got(served, "/collections/desk/articles", limit=2, **({"cursor": cursor} if cursor else {}))
        met += [row["id"] for row in page["rows"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert met == whole
    assert got(served, "/collections/desk/articles", 422, cursor="x")["status"] == 422
    assert got(served, "/collections/desk/articles", 422, limit=0)["status"] == 422


def test_a_story_and_all_its_parts(served: Any) -> None:
    """As the library has them; statements lead to the exact words."""
    story = served.stories["fire"]
    part = got(served, f"/collections/desk/stories/{story}")
    home = f"/collections/desk/stories/{story}"
    assert part["schema"] == "variorum.edition/1"
    claims = got(served, f"{home}/claims")["rows"]
    assert claims == part["stories"][0]["claims"]
    assert got(served, f"{home}/conflicts")["rows"] == part["stories"][0]["conflicts"]
    assert got(served, f"{home}/lineage") == part["lineage"]
    texts = {a["id"]: a["text"] for a in part["articles"]}
    said = got(served, f"{home}/claims/{claims[0]['id']}/statements")["rows"]
    assert {s["id"] for s in said} == set(claims[0]["statements"])
    assert all(texts[s["article"]][slice(*s["span"])] == s["text"] for s in said)
    one = claims[0]["status"]
    assert {c["status"] for c in got(served, f"{home}/claims", status=one)["rows"]} == {one}


def test_statements_by_span(served: Any) -> None:
    """Those that touch it, and no other."""
    card = got(served, "/collections/desk/articles")["rows"][0]
    home = f"/collections/desk/articles/{card['id']}"
    every = got(served, f"{home}/statements")["rows"]
    begin, end = every[-1]["span"]
    touched = got(served, f"{home}/statements", begin=begin, end=end)["rows"]
    assert [s["id"] for s in touched] == [s["id"] for s in every if s["span"][0] < end and s["span"][1] > begin]
    assert got(served, f"{home}/statements", begin=0)["rows"] == every
    assert got(served, f"{home}/statements", end=1)["rows"] == [s for s in every if s["span"][0] < 1]
    assert got(served, home)["id"] == card["id"]
    assert isinstance(got(served, f"{home}/links")["rows"], list)


def test_search_and_check(served: Any) -> None:
    """Spans of what was found; a verdict with its words."""
    hit = got(served, "/search", q='"Forty firefighters"')["rows"][0]
    text = got(served, f"/collections/desk/articles/{hit['card']['id']}")["text"]
    assert "firefighters" in " ".join(text[slice(*mark)] for mark in hit["marks"]).lower()
    asked = {"sentence": "The parliament of Velda rejected the tunnel bill.", "collection": "desk"}
    found = served.client.post(f"{V1}/check", json=asked).json()
    assert found["verdict"] == "supported"
    assert served.client.post(f"{V1}/check", json=asked | {"sentence": " "}).status_code == 422


@pytest.mark.parametrize("name", ["json", "md", "html", "csv", "parquet", "annotation", "prov", "stix", "graphml"])
def test_exports(served: Any, name: str) -> None:
    """In every format; several files as one archive; the same bytes each time."""
    path = f"{V1}/collections/desk/stories/{served.stories['fire']}/export"
    answer = served.client.get(path, params={"format": name})
    assert answer.status_code == 200
    assert len(answer.content) > 100
    assert answer.headers["content-disposition"].startswith("attachment")
    if name in ("csv", "parquet"):
        assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) > 1
    tag = {"if-none-match": answer.headers["etag"]}
    assert served.client.get(path, params={"format": name}, headers=tag).status_code == 304
    assert served.client.get(path, params={"format": "exe"}).status_code == 404


def test_a_decision_is_made_and_undone(served: Any) -> None:
    """With its outcome after the job."""
    claim = got(served, f"/collections/desk/stories/{served.stories['fire']}/claims")["rows"][0]
    ruling = {"kind": "claim_status", "subjects": [claim["id"]], "value": "denied", "author": "Ana", "reason": "no"}
    made = served.client.post(f"{V1}/collections/desk/decisions", json=ruling)
    assert made.status_code == 201
    served.settled()
    ruled = got(served, "/decisions", collection="desk")["rows"]
    assert [(r["decision"]["id"], r["outcome"]["state"]) for r in ruled] == [(made.json()["id"], "overrides")]
    undone = served.client.post(f"{V1}/decisions/{made.json()['id']}/undo", json={"author": "B", "reason": "yes"})
    assert undone.json()["undone_by"] == "B"
    assert served.client.post(f"{V1}/decisions/dec-0/undo", json={"reason": "x"}).status_code == 404


def test_adding_is_followed_to_its_end(served: Any) -> None:
    """By events; what is there already changes nothing."""
    given = {"articles": [{"title": "Ferry sinks", "text": "The ferry Alda sank off Osmund on Monday, police said."}]}
    job = served.client.post(f"{V1}/collections/sea/articles", json=given)
    assert job.status_code == 202
    with served.client.stream("GET", f"{V1}/jobs/{job.json()['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line]
    assert lines[-2] == "event: end"
    ended = json.loads(lines[-1].removeprefix("data: "))
    assert (ended["state"], ended["problems"]) == ("done", [])
    card = got(served, "/collections/sea/articles")["rows"][0]
    removed = served.client.delete(f"{V1}/collections/sea/articles/{card['id']}")
    served.ended(removed.json()["id"])
    assert got(served, "/collections/sea/articles")["rows"] == []
    files = [("files", ("a.txt", b"Bridge falls\n\nThe bridge at Orrin fell on Monday, police said."))]
    sent = served.client.post(f"{V1}/collections/sea/files", files=files)
    assert served.ended(sent.json()["id"]).state == "done"
    assert served.client.post(f"{V1}/collections/sea/articles", json={"articles": [{"title": "x"}]}).status_code == 422
    assert served.client.post(f"{V1}/collections/sea/articles", json={}).status_code == 422


def test_the_description_is_complete(served: Any) -> None:
    """Every operation says what it gives, says what it does, and shares one shape of fault."""
    found = served.client.get("/openapi.json").json()
    operations = [(p, o) for p, path in found["paths"].items() for o in path.values()]
    assert len(operations) > 20
    for path, operation in operations:
        assert path.startswith(V1)
        assert operation["description"]
        assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]
        good = next(v for k, v in operation["responses"].items() if k.startswith("2"))
        assert good["content"], path


def test_every_body_answer_and_record_has_an_example_that_holds(served: Any) -> None:
    """By its own schema, with no record empty of what it could show."""
    found = served.client.get("/openapi.json").json()
    registry = Registry().with_resource("urn:api", DRAFT202012.create_resource(found))

    def holds(schema: dict[str, Any], example: Any, where: str) -> None:
        check = Draft202012Validator({"$ref": f"urn:api#{schema['$ref'][1:]}"} if "$ref" in schema else schema,
                                     registry=registry)  # fmt: skip
        assert [e.message for e in check.iter_errors(example)] == [], where

    shown = 0
    for path, operation in ((p, o) for p, many in found["paths"].items() for o in many.values()):
        answers = [answer["content"] for answer in operation["responses"].values()]
        for content in (*answers, operation.get("requestBody", {}).get("content", {})):
            for media, one in content.items():
                assert one["example"], (path, media)
                holds(one["schema"], one["example"], f"{path} {media}")
                shown += 1
    assert shown > 60
    for name, schema in found["components"]["schemas"].items():
        (example,) = schema["examples"]
        assert example, name
        # References inside lead from the document, so it is held against the reference to itself.
        holds({"$ref": f"#/components/schemas/{name}"}, example, name)
        if name.startswith("Rows_"):
            assert example["rows"], name


def test_the_examples_are_of_reports_as_they_stand(served: Any) -> None:
    """The words of each statement are those at its span."""
    found = served.client.get("/openapi.json").json()
    (edition,) = found["components"]["schemas"]["Edition"]["examples"]
    texts = {a["id"]: a["text"] for a in edition["articles"]}
    assert edition["statements"]
    assert all(texts[s["article"]][slice(*s["span"])] == s["text"] for s in edition["statements"])
    assert edition["stories"][0]["conflicts"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404), ("GET", "/collections/none", 404), ("GET", "/collections/desk/stories/x", 404),
        ("PATCH", "/collections", 405), ("GET", "/search", 422), ("GET", "/search?q=from:x", 422),
        ("POST", "/check", 422), ("GET", "/collections/desk/stories/x/feed", 404), ("GET", "/jobs?limit=0", 422),
    ],
)  # fmt: skip
def test_one_shape_for_all_that_goes_wrong(served: Any, method: str, path: str, status: int) -> None:
    """Whatever it is."""
    answer = served.client.request(method, V1 + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    fault = answer.json()
    assert set(fault) == {"type", "title", "status", "detail"}
    assert (fault["status"], bool(fault["title"]), bool(fault["detail"])) == (status, True, True)


def test_every_list_comes_in_pages(served: Any) -> None:
    """Row by row it is what it is at once; a cursor of another list is refused."""
    (card, *_) = got(served, "/collections/desk/articles")["rows"]
    story = f"/collections/desk/stories/{served.stories['fire']}"
    claim = got(served, f"{story}/claims")["rows"][0]["id"]
    article = f"/collections/desk/articles/{card['id']}"
    ruling = {"kind": "claim_status", "subjects": [claim], "value": "denied", "author": "Ana", "reason": "no"}
    for _ in range(2):
        served.client.post(f"{V1}/collections/desk/decisions", json=ruling)
    served.settled()
    for path in (
        "/collections", "/stories", "/jobs", "/decisions", f"{story}/claims", f"{story}/claims/{claim}/statements",
        f"{story}/conflicts", f"{article}/statements", f"{article}/blocks", f"{article}/links",
        "/collections/desk/articles",
    ):  # fmt: skip
        whole = got(served, path, limit=500)
        assert whole["next"] is None
        met, cursor = [], None
        while True:
            page = got(served, path, limit=1, **({"cursor": cursor} if cursor else {}))
            met += page["rows"]
            cursor = page["next"]
            if cursor is None:
                break
        assert met == whole["rows"], path
        assert got(served, path, 422, cursor="bm9uZQ")["status"] == 422


def test_what_an_article_is_made_of(served: Any) -> None:
    """Its text alone, its blocks, one of a story's claims; each with an ETag that spares the next answer."""
    card = got(served, "/collections/desk/articles")["rows"][0]
    home = f"/collections/desk/articles/{card['id']}"
    whole = got(served, home)
    told = served.client.get(f"{V1}{home}/text")
    assert told.text == whole["text"]
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    assert got(served, f"{home}/blocks", limit=500)["rows"] == whole["blocks"]
    story = f"/collections/desk/stories/{served.stories['fire']}"
    claims = got(served, f"{story}/claims")["rows"]
    assert got(served, f"{story}/claims/{claims[0]['id']}") == claims[0]
    assert got(served, f"{story}/claims/claim-0", 404)["status"] == 404
    for path in ("/collections", "/stories", "/decisions", "/jobs", home, f"{home}/text", story, f"{story}/claims",
                 f"{story}/lineage", f"{story}/feed", "/search?q=fire", "/search/feed?q=fire"):  # fmt: skip
        tag = served.client.get(V1 + path).headers["etag"]
        again = served.client.get(V1 + path, headers={"if-none-match": f'"x", {tag}'})
        assert (again.status_code, again.content) == (304, b""), path


def test_feeds_hold_to_the_rules_of_atom(served: Any) -> None:
    """Those of a story and of a search: by the grammar of RFC 4287, with ids that last."""
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
    atom = {"a": "http://www.w3.org/2005/Atom"}
    hostile = {
        "title": "Ferry <b>\x0bsinks</b> & drifts",
        "text": "The ferry Alda sank off Osmund \x07 on Monday & more.",
    }
    job = served.client.post(f"{V1}/collections/the sea/articles", json={"articles": [hostile]}).json()["id"]
    served.ended(job)
    story, disputed = (f"/collections/desk/stories/{served.stories[name]}/feed" for name in ("fire", "vote"))
    seen = {}
    for path, entries in (
        (story, 3),
        (disputed, 3),
        ("/search/feed?q=silo", 3),
        ("/search/feed?q=ferry", 1),
        ("/search/feed?q=zyx", 0),
    ):
        answer = served.client.get(V1 + path)
        assert answer.headers["content-type"] == "application/atom+xml"
        feed = etree.fromstring(answer.content)
        grammar.assertValid(feed.getroottree())
        ids = feed.xpath("a:entry/a:id/text()", namespaces=atom)
        assert len(ids) == len(set(ids)) >= entries
        updated = feed.xpath("a:entry/a:updated/text()", namespaces=atom)
        assert updated == sorted(updated, reverse=True)
        assert feed.xpath("a:updated/text()", namespaces=atom)[0] == max(updated, default="1970-01-01T00:00:00Z")
        (here,) = feed.xpath("a:link[@rel='self']/@href", namespaces=atom)
        assert here == f"http://127.0.0.1{V1}{path}"
        for page in feed.xpath(".//a:link[@rel='alternate']/@href", namespaces=atom):
            assert served.client.get(page.removeprefix("http://127.0.0.1")).status_code == 200, page
        seen[path] = feed
    titles = seen[disputed].xpath("a:entry/a:title/text()", namespaces=atom)
    assert any(title.startswith("Reports differ: ") for title in titles)
    again = etree.fromstring(served.client.get(V1 + story).content)
    assert etree.tostring(again) == etree.tostring(seen[story])


def test_the_api_holds_to_its_description(address: tuple[str, Any]) -> None:
    """Schemathesis asks every reading operation whatever its description allows: no fault of ours, no other shape."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings

    schema = schemathesis.openapi.from_url(f"{address[0]}/openapi.json")
    # What a query, a cursor or a date means no schema can say: that they may be refused is told by `default`.
    free = schemathesis.checks.CHECKS.get_by_names(["positive_data_acceptance"])
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.method.upper() != "GET" or operation.path.endswith("/events"):
            continue

        @settings(
            max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            answer = case.call()
            assert answer.status_code < 500, (case.path, answer.text)
            case.validate_response(answer, excluded_checks=free)

        holds()
