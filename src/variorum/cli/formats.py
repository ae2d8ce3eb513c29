"""The formats that are named, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli.app import options
from variorum.cli.told import emit
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.edition.exports import Format
    from variorum.model import Edition


def chosen_formats(text: str | None, output: Path | None) -> list[Format]:
    """The formats of ``--format``, fit for where they go."""
    from variorum.edition.exports import FORMATS

    named = ("html,json,md" if output else "md") if text is None else text
    chosen = named_formats(named, FORMATS, "--format")
    if output is None and len(chosen) > 1:
        raise UsageError("--format names several; give -o DIR to write them, or name one to print it")
    if output is None and chosen[0].several:
        raise UsageError(f"--format {chosen[0].name} is several files; give -o DIR to write them")
    return chosen


def named_formats(text: str, known: Mapping[str, Format], option: str) -> list[Format]:
    """The formats named, each once, none of them lacking a package."""
    names = [name.strip() for name in text.split(",")]
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"{option}: {unknown[0]!r} is no format; known are {', '.join(known)}")
    chosen = [known[name] for name in dict.fromkeys(names)]
    for form in chosen:
        form.check()
    return chosen


def write_files(edition: Edition, formats: Iterable[Format], folder: Path, *, told: bool) -> None:
    """Write all files of ``formats``; say which, and with ``told`` what is in the edition."""
    from variorum.edition import summary

    files = {folder / name: content for form in formats for name, content in form.files(edition).items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)
    except OSError as exc:
        raise UsageError(f"{folder}: cannot write the edition: {exc.strerror}") from exc
    if not options.quiet:
        emit((f"{summary(edition)}\n\n" if told else "") + "Written: " + ", ".join(map(str, files)) + "\n")


def shareable(edition: Edition, no_text: bool) -> Edition:
    """The edition, with ``no_text`` without full texts."""
    from variorum.edition.exports import without_texts

    return without_texts(edition) if no_text else edition


def single_file(edition: Edition, form: Format) -> bytes:
    """The one file of a format."""
    (content,) = form.files(edition).values()
    return content
