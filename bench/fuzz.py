"""fuzz.py [--seconds N] [READER …]: random files, led by what code they reach, for every reader of ingest.

Each reader is fuzzed in a process of its own (atheris, on libFuzzer) for N seconds, beginning with the hostile files
of its kind in ``tests/ingest/hostile_files.py``. A reader fails when it raises, gives nothing at all, makes an article
that cannot be written, takes more than 10 s for a file or more than 2 GB. What made it fail is kept in ``.bench/fuzz``;
``fuzz.py --again FILE READER`` shows it fail. Where there is no atheris (it has no build for every platform and Python)
this says so, and hypothesis in ``tests/ingest/test_hostile.py`` is all the fuzzing there is.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / ".bench/fuzz"
_DONE = re.compile(rb"Done (\d+) runs")
_REACHED = re.compile(rb"\bcov: (\d+)")
#: Readers with the endings of their files.
READERS = {
    "text": ("txt", "md"),
    "page": ("html",),
    "feed": ("xml",),
    "jsonl": ("jsonl",),
    "json": ("json",),
    "csv": ("csv",),
    "mail": ("eml",),
    "warc": ("warc", "warc.gz"),
    "zip": ("zip", "wacz"),
    "pdf": ("pdf",),
    "parquet": ("parquet",),
}
_LONGEST = 20_000  # bytes of a file


def main() -> int:
    """Fuzz the readers named, or all; 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", choices=[*READERS, []], metavar="READER")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--again", type=Path, help="a file that failed")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.again:
        check(args.again.read_bytes(), READERS[args.readers[0]][0])
        return 0
    if args.inside:
        return inside(args.readers[0], args.inside, args.seconds)
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("fuzz      no atheris for this Python or platform: tests/ingest/test_hostile.py (hypothesis) is all")
        return 0
    return max(outside(reader, args.seconds) for reader in args.readers or READERS)


def outside(reader: str, seconds: int) -> int:
    """Fuzz one reader in a process of its own; print what came of it."""
    FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        count = seed(Path(folder), READERS[reader])
        command = [sys.executable, __file__, reader, "--inside", folder, "--seconds", str(seconds)]
        done = subprocess.run(command, capture_output=True, check=False)
    runs, reached = _DONE.search(done.stderr), _REACHED.findall(done.stderr)
    if done.returncode:
        (FOUND / f"{reader}.log").write_bytes(done.stderr[-20_000:])
    said = f"FAILED, see {FOUND / reader}.log" if done.returncode else "nothing found"
    print(
        f"fuzz      {reader:8} {count:3} seeds   {int(runs[1]) if runs else 0:8} files in {seconds} s"
        f"   {int(reached[-1]) if reached else 0:6} branches   {said}",
        flush=True,
    )
    return int(done.returncode != 0)


def seed(folder: Path, endings: tuple[str, ...]) -> int:
    """Write the hostile files of one kind that are small; how many there are."""
    sys.path.insert(0, str(ROOT / "tests/ingest"))
    from hostile_files import CASES

    count = 0
    for case in CASES:
        if case.name.endswith(tuple(f".{e}" for e in endings)) and "bomb" not in case.name:
            data = case.make()
            if len(data) <= _LONGEST:
                (folder / case.name).write_bytes(data)
                count += 1
    return count


def inside(reader: str, folder: Path, seconds: int) -> int:
    """The process that fuzzes; libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["variorum.ingest", "variorum.text"]):
        import variorum.ingest  # noqa: F401
    ending = READERS[reader][0]
    limits = ["-timeout=10", "-rss_limit_mb=2000", f"-max_len={_LONGEST}", f"-max_total_time={seconds}"]
    atheris.Setup(
        [sys.argv[0], str(folder), f"-artifact_prefix={FOUND}/{reader}-", *limits], lambda d: check(d, ending)
    )
    atheris.Fuzz()
    return 0


def check(data: bytes, ending: str) -> None:
    """Raise for a file that a reader does not bear."""
    from variorum.ingest import Ingest
    from variorum.model import Article

    opened = io.BytesIO(data)
    opened.name = f"fuzz.{ending}"
    found = list(Ingest().read([opened]))
    assert found, "neither an article nor a problem"
    for item in found:
        if isinstance(item, Article):
            item.text.encode()
            assert all(0 <= b.span[0] <= b.span[1] <= len(item.text) for b in item.blocks), "a block beyond the text"


if __name__ == "__main__":
    sys.exit(main())
