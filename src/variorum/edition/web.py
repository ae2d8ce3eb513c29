"""What the pages have in common: templates that escape everything, and a policy that names its code by hash."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from variorum.edition import wording as words

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = files("variorum.edition").joinpath("templates")


@cache
def environment() -> Environment:
    """The templates, with everything escaped and the filters they use."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("variorum.edition"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )  # fmt: skip
    shown = (
        *(words.line, words.clause, words.shortened, words.count, words.span_of, words.ranged, words.support),
        *(words.percent, words.day, words.period, words.dated, words.flags, words.by_words, words.headline),
        *(words.basename, words.ledger, words.ranked, words.spellings, words.known_of),
    )
    environment.filters |= {function.__name__: function for function in shown}
    environment.filters |= {"web": _web, "number": _number}
    environment.tests["minor"] = words.is_minor
    environment.tests["single"] = lambda items: len(items) == 1
    return environment


def _shown(value: object) -> object:
    """No control character or change of direction reaches the page, wherever it comes from."""
    return words.visible(value) if type(value) is str else value  # and not Markup, which is ours


def _number(value: float) -> str:
    return f"{value:.4g}"


def _web(url: str | None) -> str | None:
    """``url`` if it leads to the web and nowhere else."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


@cache
def template(name: str) -> str:
    """A file of ours that a page holds."""
    return _TEMPLATES.joinpath(name).read_text("utf-8")


def code_hash(code: str) -> str:
    """What the policy of a page names ``code`` by."""
    return "sha256-" + b64encode(sha256(code.encode()).digest()).decode()
