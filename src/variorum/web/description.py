"""The description of the API (OpenAPI): every answer with an example, and one shape for all that goes wrong."""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from variorum.model import (
    ArticleCard,
    Collection,
    Decision,
    Hit,
    Job,
    Outcome,
    StoryCard,
)
from variorum.web.answers import encoded
from variorum.web.faults import MEDIA, Fault

_CARD: Final = ArticleCard(
    "art-1a2b3c", "desk", "Fire at Harwick silo", "Harwick Herald", ("Ana Ruiz",), "2031-05-03T08:00",
    "https://herald.example/fire", "fire.html", "2031-05-03T09:12:00.000Z", "story-4d5e6f",
)  # fmt: skip
_DECISION: Final = Decision(
    "dec-1", "desk", "claim_status", ("stm-1",), (), "disputed", "Ana", "the chief says thirty",
    "2031-05-03T10:00:00.000Z", "single_origin",
)  # fmt: skip
_RECORDS: Final[dict[str, Any]] = {
    "Collection": Collection("desk", "2031-05-03T09:00:00.000Z", 3, 1, 4, 4),
    "ArticleCard": _CARD,
    "StoryCard": StoryCard(
        "story-4d5e6f", "desk", "Fire at Harwick silo", "2031-05-03", "2031-05-04", ("Harwick",), ("Edda Rosling",),
        3, 2, 10, 1, 1, "2031-05-04T08:00:00.000Z",
    ),
    "Hit": Hit(_CARD, "fire swept through the grain silo", (34, 67), ((22, 32),), ((56, 66),)),
    "Decision": _DECISION,
    "Ruled": {"decision": _DECISION, "outcome": Outcome("dec-1", "overrides", "single_origin")},
    "Job": Job("job-1", "desk", "add", "running", "annotate", 12, 40, "2031-05-03T09:00:00.000Z",
               "2031-05-03T09:00:07.000Z"),
}  # fmt: skip


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
    for operation in (o for path in found["paths"].values() for o in path.values()):
        operation["responses"].pop("422", None)
        operation["responses"]["default"] = {
            "description": "What went wrong (RFC 9457).",
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Fault"}}},
        }
        for response in operation["responses"].values():
            _exemplify(response.get("content", {}).get("application/json"))
    app.openapi_schema = found
    return found


def _exemplify(content: dict[str, Any] | None) -> None:
    name = (content or {}).get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
    many = name.startswith("Rows_")
    record = _RECORDS.get(name.removeprefix("Rows_").removesuffix("_"))
    if content is not None and record is not None:
        content["example"] = json.loads(encoded({"rows": [record], "next": None} if many else record))
