"""The description of the API (OpenAPI): every body, answer and record with an example, one shape for all that goes
wrong. The examples are what Variorum found in three short reports (``example.json``), and beside them the few records
that such reports have none of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from variorum.edition import from_json
from variorum.edition.exports import FORMATS
from variorum.model import (
    Affair,
    Alternative,
    Anchor,
    Answer,
    ArticleCard,
    Check,
    Collection,
    Credit,
    Decision,
    Edition,
    Hit,
    Job,
    Metadatum,
    Outcome,
    Part,
    Problem,
    RawRecord,
    Revision,
    Role,
    StoryCard,
    Witness,
)
from variorum.web import feeds
from variorum.web.answers import encoded
from variorum.web.faults import MEDIA, Fault

_HOME: Final = "#/components/schemas/"


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    found = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = found["components"]["schemas"]
    schemas["Fault"] = Fault.model_json_schema()
    for gone in ("HTTPValidationError", "ValidationError"):
        schemas.pop(gone, None)
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{}, {"token": []}]
    examples = _examples(schemas)
    for name, schema in schemas.items():
        schema.pop("example", None)
        schema["examples"] = [examples[name]]
    for operation in (o for path in found["paths"].values() for o in path.values()):
        operation["responses"].pop("422", None)
        operation["responses"]["default"] = {
            "description": "What went wrong (RFC 9457).",
            "content": {MEDIA: {"schema": {"$ref": f"{_HOME}Fault"}}},
        }
        contents = [response.get("content", {}) for response in operation["responses"].values()]
        for content in (*contents, operation.get("requestBody", {}).get("content", {})):
            for media, shown in content.items():
                name = shown["schema"].get("$ref", "").removeprefix(_HOME)
                shown["example"] = examples[name or media]
    app.openapi_schema = found
    return found


def _examples(schemas: dict[str, Any]) -> dict[str, Any]:
    """What stands for each record, by its name, and for what is no record, by its media type."""
    edition = from_json(files("variorum.web").joinpath("example.json").read_bytes(), "example.json")
    records: dict[str, Any] = {}
    for record in (edition, *_more(edition)):
        for part in _parts(record):
            records.setdefault(type(part).__name__, part)
    found: dict[str, Any] = {name: json.loads(encoded(record)) for name, record in records.items()}
    found |= {name: schema["example"] for name, schema in schemas.items() if "example" in schema}
    found["Ruled"] = {"decision": found["Decision"], "outcome": found["Outcome"]}
    found |= {n: {"rows": [found[n[5:-1]]], "next": None} for n in schemas if n.startswith("Rows_")}
    story, base = edition.stories[0], "https://desk.example"
    cards = {card.id: card for card in records.values() if isinstance(card, ArticleCard)}
    here = f"{base}/api/v1/collections/desk/stories/{story.id}/feed"
    found[feeds.MEDIA] = feeds.story_feed(edition, cards, base, here, "desk").decode()
    uploads = next(name for name in schemas if name.startswith("Body_upload"))
    found[uploads] = {"files": ["Fire at Harwick grain silo\n\nTwo workers were killed, the port authority said.\n"]}
    found["text/plain"] = edition.articles[0].text
    found["text/event-stream"] = f"event: progress\ndata: {json.dumps(found['Job'])}\n\n"
    found["application/octet-stream"] = FORMATS["md"].files(edition)["edition.md"].decode()
    return found


def _parts(record: Any) -> Iterator[Any]:
    """A record and all that it is made of."""
    if is_dataclass(record):
        yield record
        for field in fields(record):
            yield from _parts(getattr(record, field.name))
    elif isinstance(record, tuple):
        for part in record:
            yield from _parts(part)


def _more(edition: Edition) -> tuple[Any, ...]:
    """Records of the library, of answers, and of what the three reports have none of."""
    story, first, said = edition.stories[0], edition.articles[0], edition.statements[0]
    claim = story.claims[0]
    card = ArticleCard(
        first.id, "desk", first.title, first.publisher, ("Ana Ruiz",), "2031-05-03T08:00", first.url, first.source,
        "2031-05-03T09:12:00.000Z", story.id,
    )  # fmt: skip
    witness = Witness(
        said.id, first.id, said.span, said.text, "Harwick Herald", "port authority", "2031-05-03", "same words", 1.0
    )
    return (
        Collection("desk", "2031-05-03T09:00:00.000Z", 3, 1, 4, 4),
        card,
        StoryCard(
            story.id, "desk", story.title, "2031-05-03", "2031-05-04", ("Harwick",), ("Edda Rosling",), 3, 2, 10, 1, 1,
            "2031-05-04T08:00:00.000Z",
        ),
        Hit(card, said.text, said.span, ((0, 3),), ((0, 3),)),
        Decision(
            "dec-1", "desk", "claim_status", (said.id,), (), "disputed", "Ana", "the chief says thirty",
            "2031-05-03T10:00:00.000Z", claim.status,
        ),
        Outcome("dec-1", "overrides", claim.status),
        Job(
            "job-1", "desk", "add", "running", "annotate", 12, 40, "2031-05-03T09:00:00.000Z",
            "2031-05-03T09:00:07.000Z", (Problem("upload:notes.xyz", "ingest", "no kind of file that can be read"),),
        ),
        Answer(
            "Two workers were killed.", "supported",
            (Part("Two workers were killed.", "supported", claim.support, (witness,), (), (), (), "two say so"),),
        ),
        Credit("Reuters", (0, 7), "dateline"),
        Revision(((0, 12),), ((20, 31),), ()),
        Anchor("/html/body/p[1]", (0, 12), (410, 422)),
        Role("mayor", "VL", "current", "2031-05-03", "2031-05-04"),
        Metadatum("title", "Fire at Harwick grain silo kills two", "json-ld", True),
        Check("sum", True, "both parts add up to the whole", (said.id,)),
        Alternative(first.id, 0.31),
        Affair((story.id, "story-1c2d3e"), ("Harwick", "Rosling"), 0.4),
        RawRecord("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", None, "utf-8"),
    )  # fmt: skip
