"""Many reports, one story: what was copied, who said it, what agrees, what does not, and what changed since.

>>> import variorum
>>> edition = variorum.collate(["reports/"])
>>> for claim in edition.stories[0].claims: ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from variorum.errors import VariorumError
from variorum.model import Article, Claim, Conflict, Edition, Link, Problem, Statement, Story

if TYPE_CHECKING:
    from variorum.client import Client
    from variorum.pipeline import check, collate

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Claim",
    "Client",
    "Conflict",
    "Edition",
    "Link",
    "Problem",
    "Statement",
    "Story",
    "VariorumError",
    "check",
    "collate",
]


def __getattr__(name: str) -> Any:
    """Load the pipeline and the client only when they are first asked for, so that ``import variorum`` stays fast."""
    if name == "Client":
        from variorum.client import Client

        return Client
    if name in ("check", "collate"):
        from variorum import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
