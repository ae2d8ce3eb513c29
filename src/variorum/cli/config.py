"""What the settings and a command's options make of the stages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli.app import options
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.model import Stamp
    from variorum.pipeline import Config
    from variorum.ports import Fetcher, Rewriter


def configured(**arguments: str | int | bool | None) -> Config:
    """The configuration of all stages: the options that are given, else the settings."""
    from variorum import settings
    from variorum.annotate import Aliases, AnnotateConfig, read_aliases
    from variorum.compare import CompareConfig, read_owners
    from variorum.ingest import IngestConfig, read_profiles
    from variorum.lineage import LineageConfig
    from variorum.pipeline import Config

    values = settings.resolve(arguments, options.config)
    listed = read_aliases(Path(str(values["aliases"]))) if values["aliases"] else Aliases()
    return Config(
        ingest=IngestConfig(
            plain=bool(values["plain"]),
            max_bytes=int(values["max_bytes"]),
            keep_short=bool(values["keep_short"]),
            publishers=read_profiles(Path(str(values["publishers"]))) if values["publishers"] else (),
            columns=_columns(str(values["columns"])),
        ),
        annotate=AnnotateConfig(
            model=str(values["spacy_model"]),
            attribution=str(values["attribution"]),
            aliases=listed,
            processes=int(values["processes"]),
        ),
        lineage=LineageConfig(processes=int(values["processes"])),
        compare=CompareConfig(
            min_confidence=float(values["min_confidence"]),
            owners=read_owners(Path(str(values["owners"]))) if values["owners"] else (),
        ),
        embedder=str(values["embedder"]),
        as_of=_time(str(values["as_of"])),
        settings=tuple(sorted((s.name, values[s.name]) for s in settings.SETTINGS if s.tells)),
    )


def _time(value: str) -> Stamp | None:
    """The time of ``--as-of``; None where none is given."""
    from variorum.ingest import given_stamp
    from variorum.text.stamps import interval

    stamp = given_stamp(value)
    if value and interval(stamp) is None:
        raise UsageError(f"--as-of: {value!r} is no date or time; write 2031-05-03 or 2031-05-03T14:00")
    return stamp


def joined(columns: list[str] | None) -> str | None:
    """``--column``, given once or more, as the settings write it."""
    return ",".join(columns) if columns else None


def _columns(value: str) -> tuple[tuple[str, str], ...]:
    """The pairs of ``text=Body, title=Hed``."""
    from variorum.ingest.columns import FIELDS

    pairs = [tuple(p.strip() for p in pair.partition("=")[::2]) for pair in value.split(",") if pair.strip()]
    for field, name in pairs:
        if field not in FIELDS or not name:
            raise UsageError(f"--column: {field}={name} names no field of ours; fields are {', '.join(FIELDS)}")
    return tuple((field, name) for field, name in pairs)


def keeps_raw(given: bool | None) -> bool:
    """Whether raw records are to be kept."""
    from variorum import settings

    return bool(settings.resolve({"raw": given}, options.config)["raw"])


def rewriter_of(config: Config) -> Rewriter | None:
    """The endpoint that the settings name, if they name one."""
    from variorum.text.endpoint import ChatEndpoint

    named = dict(config.settings)
    if not named["llm_url"]:
        return None
    return ChatEndpoint(str(named["llm_url"]), str(named["llm_model"]), os.environ.get("VARIORUM_LLM_KEY"))


def fetcher_of(config: Config) -> Fetcher:
    """What fetches addresses, as the settings have it."""
    from variorum import settings
    from variorum.ingest.addresses import Guard
    from variorum.ingest.web import WebConfig, WebFetcher

    named = settings.resolve({}, options.config)
    web = WebConfig(
        timeout=float(str(named["fetch_timeout"])),
        delay=float(str(named["fetch_delay"])),
        max_bytes=config.ingest.max_bytes,
        cache=Path(str(named["fetch_cache"])) if named["fetch_cache"] else None,
    )
    return WebFetcher(web, Guard.naming(str(named["fetch_allow"])))
