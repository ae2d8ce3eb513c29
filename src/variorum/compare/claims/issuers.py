"""Bodies that publish in their own name: what their release says is their own word, as where "the ministry said" so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from variorum.compare.facts.names import Names
from variorum.text.issuers import bare_name, is_body
from variorum.text.normalise import fold

_OFFICE: Final = "office"


def issuer_of(publisher: str | None) -> str | None:
    """The body that a publisher is, without its legal form; None for a newsroom."""
    return bare_name(publisher) if publisher and is_body(publisher) else None


def issuer_keys(issuer: str, names: Names) -> frozenset[str]:
    """Under which roots the word of an issuer goes: its own, and that of the government whose organ it is."""
    return frozenset(_keys(issuer, names))


def _keys(issuer: str, names: Names) -> Iterator[str]:
    yield f"source:{fold(issuer)}"
    state = names.state_of(None, issuer)
    if state is not None:
        yield f"government:{state}"


def may_be_his_office(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether "Mr Brod's office" may be the Office of the Mayor: whose the one is and who heads the other, two names
    do not tell."""
    return one[-1:] == (_OFFICE,) and "s" in one and two[:2] == (_OFFICE, "of")
