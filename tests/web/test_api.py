"""The API: every record that it gives is the library's own, and its description holds."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

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
    listed = found["paths"][f"{V1}/stories"]["get"]["responses"]["200"]["content"]["application/json"]
    assert listed["example"]["rows"][0]["origins"] == 2


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
