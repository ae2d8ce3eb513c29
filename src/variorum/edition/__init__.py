"""A compared story told: its timeline and brief, and the edition written as JSON, a page, Markdown or a summary."""

from __future__ import annotations

from variorum.edition.answers import answered
from variorum.edition.beside import to_side_by_side
from variorum.edition.codec import from_json, schema, to_json
from variorum.edition.difference import difference
from variorum.edition.difference import told as told_difference
from variorum.edition.edit import EditConfig, edit
from variorum.edition.markdown import summary, to_markdown
from variorum.edition.page import to_html
from variorum.edition.reword import reworded
from variorum.edition.tolls import told_tolls

__all__ = [
    "EditConfig",
    "answered",
    "difference",
    "edit",
    "from_json",
    "reworded",
    "schema",
    "summary",
    "to_html",
    "to_json",
    "to_markdown",
    "to_side_by_side",
    "told_difference",
    "told_tolls",
]
