"""The commands for archives."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from variorum.cli.app import (
    DEFAULT,
    DONE,
    WITH_PROBLEMS,
    AliasFile,
    Columns,
    In,
    KeepShort,
    MaxBytes,
    Model,
    Owners,
    Plain,
    Processes,
    Reader,
    Vectors,
    Where,
    options,
)
from variorum.cli.config import configured, joined
from variorum.cli.stores import opened
from variorum.cli.told import emit, progress_bar
from variorum.errors import UsageError

commands: typer.Typer = typer.Typer()


class EngineName(StrEnum):
    """Who does the work."""

    local = "local"
    spark = "spark"


@commands.command(
    epilog="Examples:  variorum batch archive/ -o out   ·   variorum batch news.parquet -o out --processes 8   ·   "
    "variorum batch warcs/ -o /shared/out --engine spark --master spark://host:7077"
)
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Parquet, JSONL, WARC(.gz), all else that collate reads; folders; @LIST for a file that lists them.",
            show_default=False,
            metavar="PATH…",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the tables; kept, the run can go on.")],
    engine: Annotated[EngineName, typer.Option("--engine", help="This machine's processes, or Spark.")] = (
        EngineName.local
    ),
    master: Annotated[
        str, typer.Option("--master", help="Spark's master: local[*] (default), spark://HOST:PORT, yarn, k8s://…")
    ] = "",
    plain: Plain = None,
    max_bytes: MaxBytes = None,
    keep_short: KeepShort = None,
    columns: Columns = None,
    spacy_model: Model = None,
    attribution: Reader = None,
    aliases: AliasFile = None,
    embedder: Vectors = None,
    processes: Processes = None,
    owners: Owners = None,
) -> None:
    """Collate an archive into Parquet tables, one folder a table, phase by phase.

    The answer is that of collate. Given again, a run that was stopped goes on where it was, and other settings redo
    only what depends on them. What was left out stands in report.html with its reason.
    """
    from variorum.batch import batch as run
    from variorum.batch.report import summary

    if master and engine is not EngineName.spark:
        raise UsageError("--master says where Spark is: add --engine spark")
    config = configured(
        plain=plain,
        max_bytes=max_bytes,
        keep_short=keep_short,
        columns=joined(columns),
        spacy_model=spacy_model,
        attribution=attribution,
        aliases=aliases,
        embedder=embedder,
        processes=processes,
        owners=owners,
    )
    with progress_bar() as progress:
        report = run(
            inputs,
            output,
            config,
            engine=engine.value,
            master=master,
            processes=config.annotate.processes,
            progress=progress,
        )
    if not options.quiet:
        emit(f"{summary(report)}\n\nWritten: {output}/report.html, report.json, and {len(report.counts)} tables\n")
    raise typer.Exit(WITH_PROBLEMS if report.problems else DONE)


@commands.command(
    name="import",
    epilog="Examples:  variorum import out -c archive   ·   "
    "variorum import out -c archive --library postgresql://desk@db/variorum",
)
def import_(
    folder: Annotated[Path, typer.Argument(help="The folder of a finished batch.")],
    collection: In = DEFAULT,
    where: Where = None,
) -> None:
    """Load what a batch found into a library, as a new collection: all or nothing."""
    from variorum.batch import needs_arrow
    from variorum.batch.load import load

    needs_arrow()
    with opened(where) as store, progress_bar() as progress:
        count = load(folder, store, collection, progress)
    if not options.quiet:
        emit(f"{count:,} articles are in the collection {collection!r}.\n")
