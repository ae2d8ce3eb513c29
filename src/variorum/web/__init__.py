"""The reading room and the API over a library: `create_app` makes the server of both."""

from __future__ import annotations

from variorum.web.answers import Room
from variorum.web.app import create_app
from variorum.web.safety import Access, Limits, Tokens, is_loopback
from variorum.web.work import Worker

__all__ = ["Access", "Limits", "Room", "Tokens", "Worker", "create_app", "is_loopback"]
