"""What a run did, for people (HTML) and for programs (JSON)."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.batch.folders import full

if TYPE_CHECKING:
    from variorum.batch.run import Report

_SHOWN: Final = 1000  # problems on the page; all are in the table

_PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Variorum batch</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;margin:1rem 0}}th,td{{padding:.2rem .8rem;border-bottom:1px solid #ccc;text-align:left}}
td.n{{text-align:right;font-variant-numeric:tabular-nums}}</style>
<h1>Variorum batch</h1>
<p>{summary}</p>
<h2>Tables</h2>
<table><tr><th>table</th><th>rows</th></tr>{counts}</table>
<h2>Phases</h2>
<table><tr><th>phase</th><th>parts</th><th>there before</th><th>seconds</th><th>processor seconds</th>
<th>most memory, MB</th><th>slowest part ÷ median</th></tr>{phases}</table>
<h2>Left out</h2>
<p>{left}</p>
<table><tr><th>source</th><th>stage</th><th>reason</th></tr>{problems}</table>
</html>
"""


def summary(report: Report) -> str:
    """In one paragraph."""
    counts = report.counts
    told = (
        f"{counts['articles']:,} articles, {counts['stories']:,} stories, {counts['links']:,} links, "
        f"{counts['statements']:,} statements, {counts['claims']:,} claims in {report.seconds:,.1f} s "
        f"({report.engine}). "
    )
    told += f"Of {report.asked:,} characters of paragraphs {report.parsed:,} were parsed: {report.saved:.0%} saved. "
    told += f"{len(report.problems):,} left out or partly read. " if report.problems else "Nothing was left out. "
    return (told + report.advice).strip()


def write_report(report: Report, folder: Path) -> None:
    """``report.json``, ``report.html`` and the table ``problems``."""
    record = asdict(report) | {"saved": round(report.saved, 4)}
    table = pa.Table.from_pylist(
        [asdict(problem) for problem in report.problems],
        schema=pa.schema([(name, pa.string()) for name in ("source", "stage", "reason")]),
    )
    try:
        (folder / "report.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
        (folder / "report.html").write_text(_page(report), "utf-8")
        (folder / "problems").mkdir(exist_ok=True)
        pq.write_table(table, folder / "problems" / "part-000000.parquet", compression="zstd")
    except OSError as exc:
        raise full(folder, exc) from exc


def _page(report: Report) -> str:
    counts = "".join(_row(name, f"{rows:,}") for name, rows in report.counts.items())
    phases = "".join(
        _row(
            p.name, f"{p.parts:,}", f"{p.kept:,}", f"{p.seconds:,.1f}", f"{p.cpu:,.1f}", f"{p.memory / 1e6:,.0f}",
            f"{p.slowest / p.median:.1f}" if p.median else "",
        )
        for p in report.phases
    )  # fmt: skip
    more = len(report.problems) - _SHOWN
    left = "" if report.problems else "Nothing."
    left = f"The first {_SHOWN:,}; all {len(report.problems):,} are in the table “problems”." if more > 0 else left
    problems = "".join(_row(p.source, p.stage, p.reason, numbers=False) for p in report.problems[:_SHOWN])
    return _PAGE.format(summary=escape(summary(report)), counts=counts, phases=phases, left=left, problems=problems)


def _row(name: str, *cells: str, numbers: bool = True) -> str:
    kind = ' class="n"' if numbers else ""
    return f"<tr><td>{escape(name)}</td>" + "".join(f"<td{kind}>{escape(cell)}</td>" for cell in cells) + "</tr>"
