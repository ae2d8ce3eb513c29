"""The commands for archives; `cli` takes them in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from variorum import cli, cli_library
from variorum.errors import UsageError


class EngineName(StrEnum):
    """Who does the work."""

    local = "local"
    spark = "spark"


@cli.app.command(
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
    plain: cli.Plain = None,
    max_bytes: cli.MaxBytes = None,
    keep_short: cli.KeepShort = None,
    columns: cli.Columns = None,
    spacy_model: cli.Model = None,
    attribution: cli.Reader = None,
    aliases: cli.AliasFile = None,
    embedder: cli.Vectors = None,
    processes: cli.Processes = None,
    owners: Annotated[
        str | None,
        typer.Option("--owners", help="Houses and their titles: a TOML file (see the guide).", metavar="FILE"),
    ] = None,
) -> None:
    """Collate an archive into Parquet tables, one folder a table, phase by phase.

    The answer is that of collate. Given again, a run that was stopped goes on where it was, and other settings redo
    only what depends on them. What was left out stands in report.html with its reason.
    """
    from variorum.batch import batch as run
    from variorum.batch.report import summary

    if master and engine is not EngineName.spark:
        raise UsageError("--master says where Spark is: add --engine spark")
    config = cli._config(
        plain=plain,
        max_bytes=max_bytes,
        keep_short=keep_short,
        columns=cli._joined(columns),
        spacy_model=spacy_model,
        attribution=attribution,
        aliases=aliases,
        embedder=embedder,
        processes=processes,
        owners=owners,
    )
    with cli._progress() as progress:
        report = run(
            inputs,
            output,
            config,
            engine=engine.value,
            master=master,
            processes=config.annotate.processes,
            progress=progress,
        )
    if not cli.options.quiet:
        cli._emit(f"{summary(report)}\n\nWritten: {output}/report.html, report.json, and {len(report.counts)} tables\n")
    raise typer.Exit(cli.WITH_PROBLEMS if report.problems else cli.DONE)


@cli.app.command(
    name="import",
    epilog="Examples:  variorum import out -c archive   ·   "
    "variorum import out -c archive --library postgresql://desk@db/variorum",
)
def import_(
    folder: Annotated[Path, typer.Argument(help="The folder of a finished batch.")],
    collection: cli_library.In = cli_library.DEFAULT,
    where: cli_library.Where = None,
) -> None:
    """Load what a batch found into a library, as a new collection: all or nothing."""
    from variorum.batch import needs_arrow
    from variorum.batch.load import load

    needs_arrow()
    with cli_library.opened(where) as store, cli._progress() as progress:
        count = load(folder, store, collection, progress)
    if not cli.options.quiet:
        cli._emit(f"{count:,} articles are in the collection {collection!r}.\n")
