"""What the user sees: answers on standard output or in a file, progress and problems on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from variorum.cli.app import DONE, WITH_PROBLEMS, log, options
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.model import Problem
    from variorum.ports import Progress


def emit(content: str | bytes) -> None:
    """Write an answer to standard output."""
    sys.stdout.buffer.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    sys.stdout.buffer.flush()


def write_lines(rows: Iterable[object], output: Path | None) -> int:
    """Write each row as a line of JSON; how many there were."""
    import msgspec

    encode = msgspec.json.Encoder().encode
    count = 0
    with sink_at(output) as sink:
        for row in rows:
            sink.write(encode(row) + b"\n")
            count += 1
    return count


@contextmanager
def sink_at(output: Path | None) -> Iterator[BinaryIO]:
    """The file to write to, or standard output."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("wb") as sink:
            yield sink
    except OSError as exc:
        raise UsageError(f"{output}: {exc.strerror}") from exc


def list_problems(problems: Iterable[Problem], file: Path | None) -> int:
    """List the problems; the exit code they make."""
    listed = list(problems)
    for problem in listed:
        log.error("%s: %s: %s", problem.source, problem.stage, problem.reason, extra={"fields": asdict(problem)})
    if file is not None:
        write_lines(listed, file)
    return WITH_PROBLEMS if listed else DONE


def counted(rows: Iterable[object], stage: str, progress: Progress | None) -> Iterator[object]:
    """The rows, while a stage's progress is told."""
    for done, row in enumerate(rows, 1):
        if progress is not None:
            progress(stage, done, 0)
        yield row


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A bar on a terminal, log lines where asked for, nothing in a pipe."""
    if options.quiet or not sys.stderr.isatty():
        with nullcontext():
            yield _logged
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(stage: str, done: int, total: int) -> None:
            _logged(stage, done, total)
            if stage != "stages":
                bar.update(task, description=stage, completed=done, total=total or None)

        yield show


def _logged(stage: str, done: int, total: int) -> None:
    log.info("%s %d/%d", stage, done, total, extra={"fields": {"stage": stage, "done": done, "total": total}})
