"""ZIP: web archives (WACZ) and plain folders of files. Members are read where they are; nothing is ever unpacked to a
disk, so that no name in an archive can lead anywhere."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final

from variorum.errors import InputError
from variorum.ingest.records import problem, said
from variorum.model import Problem

_FREE, _RATIO = 1_000_000, 200  # bytes that any member may unpack to; beyond, no more than this many times its size
_OFFICE: Final = ("[Content_Types].xml", "META-INF/container.xml", "META-INF/manifest.xml")
_MEMBERS: Final = 200_000

#: What goes wrong inside a ZIP when it is damaged, whatever module notices it.
Damage = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def read_zip(stream: IO[bytes], name: str) -> Iterator[tuple[str, IO[bytes]] | Problem]:
    """The members worth reading in the order of their names, open, as ``name/member``. Of a WACZ only its WARCs.

    Raises `InputError` where the archive as a whole cannot be read.
    """
    if not stream.seekable():
        raise InputError(name, "a ZIP archive cannot be read from a pipe; save it as a file")
    try:
        with zipfile.ZipFile(stream) as archive:
            named = (m for m in archive.infolist() if m.filename)  # a name may be cut short to none
            members = {m.filename: m for m in named if not m.is_dir()}
            if any(n in members for n in _OFFICE):
                raise InputError(name, "an Office document or a book in a ZIP; save its text as .txt or .html")
            if len(members) > _MEMBERS:
                raise InputError(name, f"a ZIP archive of {len(members)} files; pack no more than {_MEMBERS} together")
            is_wacz = "datapackage.json" in members and any(_is_warc(n) for n in members)
            chosen = [members[n] for n in sorted(members) if _is_warc(n) or not is_wacz]
            chosen = [m for m in chosen if not _is_hidden(m.filename)]
            if not chosen:
                yield problem(name, "a ZIP archive without a file to read")
            for member in chosen:
                yield from _member(archive, member, name)
    except Damage as exc:
        raise InputError(name, f"a ZIP archive that cannot be read ({said(exc)})") from exc


def _is_hidden(name: str) -> bool:
    return any((p.startswith(".") and p != "..") or p == "__MACOSX" for p in PurePosixPath(name).parts)


def _is_warc(name: str) -> bool:
    return name.endswith((".warc", ".warc.gz"))


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[tuple[str, IO[bytes]] | Problem]:
    place = f"{name}/{member.filename}"
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or not path.parts or ".." in path.parts or ":" in path.parts[0]:
        yield problem(place, "its name leads out of the archive; left out")
    elif member.flag_bits & 1:
        yield problem(place, "it has a password; save it without one")
    elif member.file_size > _FREE and member.file_size > _RATIO * member.compress_size:
        yield problem(
            place, f"it would unpack to {member.file_size / 1e6:.0f} MB, over {_RATIO} times its size; left out"
        )
    elif (member.external_attr >> 16) & 0o170000 == 0o120000:
        yield problem(place, "a link, not a file; left out")
    else:
        try:
            with archive.open(member) as opened:
                yield place, opened
        except Damage as exc:
            yield problem(place, f"a file in a ZIP archive that cannot be read ({said(exc)})")
