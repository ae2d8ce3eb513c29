"""Raw records kept: the bytes that articles were read from, compressed, each under the digest of its content."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from variorum.errors import InputError, UsageError

MARK: Final = ".variorum-raw"  # a folder with this in it is proof, not input
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LEVEL: Final = 3  # a third of the time of level 6, for a tenth more bytes


class RawStore:
    """A folder of gzip files, ``ab/cdef….gz`` for the record whose SHA-256 is ``abcdef…``. Records of the same content
    are one file; a file that is there is never written again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep ``data``; its digest. Raises `UsageError` where the folder cannot be written."""
        digest = sha256(data).hexdigest()
        path = self._path(digest)
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                (self.folder / MARK).touch()
                partial = path.with_suffix(".part")
                partial.write_bytes(gzip.compress(data, _LEVEL, mtime=0))
                partial.replace(path)  # a run that is stopped leaves no half of a record under its name
        except OSError as exc:
            raise UsageError(f"{path}: cannot keep the raw record ({exc.strerror}); --no-raw leaves it out") from exc
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a record. Raises `InputError` where it is not there, or is not what its name says."""
        if not _DIGEST.fullmatch(digest):
            raise InputError(digest[:80], "no digest of a raw record: it needs 64 hexadecimal digits")
        path = self._path(digest)
        try:
            data = gzip.decompress(path.read_bytes())
        except (OSError, EOFError) as exc:
            reason = f"a raw record that cannot be read ({exc}); was it left out with --no-raw?"
            raise InputError(str(path), reason) from exc
        if sha256(data).hexdigest() != digest:
            raise InputError(str(path), "a raw record that was changed: its content is not what its name says")
        return data

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest[2:]}.gz"
