"""The same stages over an archive: part by part, with tables between them, on this machine or on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import MissingDependencyError, UsageError

if TYPE_CHECKING:
    from variorum.batch.run import Report
    from variorum.pipeline import Config
    from variorum.ports import Progress

__all__ = ["ENGINES", "batch", "needs_arrow"]

ENGINES = ("local", "spark")


def needs_arrow() -> None:
    """Raises `MissingDependencyError` where the tables can be neither written nor read."""
    if find_spec("pyarrow") is None:
        raise MissingDependencyError("batch needs pyarrow: pip install 'variorum[parquet]'")


def batch(
    inputs: Sequence[str | Path],
    folder: Path,
    config: Config | None = None,
    *,
    engine: str = "local",
    master: str = "",
    processes: int = 0,
    progress: Progress | None = None,
) -> Report:
    """What `collate` finds about all articles of ``inputs`` (files and folders), as Parquet tables in ``folder``.

    ``engine`` is "local" (``processes`` of this machine; 0: one for each processor) or "spark" (at ``master``, by
    default all processors of this machine). Given again with the same folder it goes on where it was, and with other
    settings it does again only what depends on them. Raises `NothingReadableError`, `UsageError`,
    `MissingDependencyError` for what is not installed, and `VariorumError` where the disk is full.
    """
    needs_arrow()
    from variorum.batch.engines import Engine, LocalEngine
    from variorum.batch.report import write_report
    from variorum.batch.run import Run
    from variorum.pipeline import Config

    config = config or Config()
    if config.as_of is not None:
        raise UsageError("batch leaves nothing out by date: take --as-of away, or cut the input")
    if engine not in ENGINES:
        raise UsageError(f"--engine: {engine!r} is unknown; known are {', '.join(ENGINES)}")
    runner: Engine
    if engine == "spark":
        from variorum.batch.spark import SparkEngine

        runner = SparkEngine(master, processes)
    else:
        runner = LocalEngine(processes)
    try:
        report = Run(folder, config, runner, progress).batch(inputs)
    finally:
        runner.close()
    write_report(report, folder)
    return report
