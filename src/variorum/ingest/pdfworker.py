"""Run as a script by `pdf.read_pdf`: a PDF on standard input, its pages' words as JSON on standard output."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import time
from typing import Any

_MEMORY = 1_500_000_000  # bytes of address space


def words(data: bytes, seconds: float) -> dict[str, Any]:
    """The words of each page, and why reading stopped before the last one, if it did."""
    from pypdf import PdfReader

    logging.disable(logging.CRITICAL)
    end = time.monotonic() + seconds
    pages: list[str] = []
    stopped = None
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"pages": [], "stopped": "a PDF with a password; save it without one"}
        for page in reader.pages:
            if time.monotonic() > end:
                stopped = f"reading stopped at page {len(pages) + 1} after {seconds:g} s; what came before it was kept"
                break
            pages.append(page.extract_text().encode("utf-8", "replace").decode("utf-8"))
    except Exception as exc:  # a damaged PDF raises whatever its damage leads to
        stopped = f"a damaged PDF, read up to page {len(pages)} ({type(exc).__name__}: {exc})"[:300]
    return {"pages": pages, "stopped": stopped}


if __name__ == "__main__":
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        seconds = int(float(sys.argv[1]))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    json.dump(words(sys.stdin.buffer.read(), 0.6 * float(sys.argv[1])), sys.stdout)
