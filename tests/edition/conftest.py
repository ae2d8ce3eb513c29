"""A real browser for the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def open_html(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page from disk; afterwards no dialog, error, breach of policy or request may have been seen."""
    seen: list[str] = []
    contexts = []

    def opened(html: str, width: int = 1400, height: int = 900, **more: Any) -> Any:
        path = tmp_path / "page.html"
        path.write_text(html, "utf-8")
        settings: dict[str, Any] = {"reduced_motion": "reduce"} | more  # so that a test need not wait for motion
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda d: (seen.append(f"dialog {d.message}"), d.dismiss()))
        page.on("pageerror", lambda e: seen.append(f"error {e}"))
        page.on("console", lambda m: seen.append(f"console {m.text}") if m.type in {"error", "warning"} else None)
        page.on("request", lambda r: seen.append(f"request {r.url}") if r.url != path.as_uri() else None)
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen == []
