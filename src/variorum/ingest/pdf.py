"""PDF with a text layer. It is read in a process of its own with bounds on time and memory: a PDF is a program, and
some never end."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from variorum.errors import InputError, MissingDependencyError
from variorum.ingest.article import Hints
from variorum.ingest.records import Found, Record, problem

_SECONDS: Final = 10
_WORKER: Final = Path(__file__).with_name("pdfworker.py")


def read_pdf(data: bytes, name: str) -> Found:
    """One record with the words of all pages; raises `InputError` where there are none, and `MissingDependencyError`
    where the extra is not installed."""
    if importlib.util.find_spec("pypdf") is None:
        raise MissingDependencyError("PDF needs pypdf: pip install 'variorum[pdf]'")
    command = [sys.executable, str(_WORKER), str(_SECONDS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * _SECONDS, check=False)
    except subprocess.TimeoutExpired as exc:
        raise InputError(name, f"a PDF that takes over {_SECONDS} s to read; save its text as .txt") from exc
    try:
        answer = json.loads(done.stdout)
    except ValueError as exc:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise InputError(name, f"a PDF that cannot be read ({last[:200] or 'its reader died'})") from exc
    text = "\n\n".join(page.strip() for page in answer["pages"] if page.strip())
    if not text:
        reason = answer["stopped"] or "no text layer (scanned pages?); run a text recogniser over it first"
        raise InputError(name, f"a PDF with {reason}" if not answer["stopped"] else reason)
    yield Record(data, Hints(name), "text", text=text)
    if answer["stopped"]:
        yield problem(name, answer["stopped"])
