"""All benches, one after the other: ``python -m bench [NAME …]``. Those that need the development data say so where it
is absent (``$VARIORUM_SHARED``, default ``../shared``) and are passed over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("VARIORUM_SHARED", HERE.parents[1] / "shared"))
DATA, SCORE = SHARED / "bench/data", SHARED / "bench/score"
#: What each bench is called with; None marks those that need no development data.
BENCHES: dict[str, list[str] | None] = {
    "collate": None,
    "compare_speed": None,
    "gold": None,
    "attribution_gold": None,
    "quantity_gold": None,
    "incidents": None,
    "trials": None,
    "ingest": None,
    "fuzz": None,
    "spelling": None,
    "pages": None,
    "annotate": [],
    "attribution": [],
    "times": ["--peer", "20"],
    "quantities": [],
    "lineage": [str(DATA), str(SCORE / "lineage.py")],
    "lineage_speed": [str(DATA)],
    "trees": None,
    "stories": [str(DATA), str(SCORE)],
    "pairs": [],
    "real": [],
    "library": None,
    "room": None,
}


def main() -> int:
    """Run the benches named, or all; the worst exit code."""
    worst = 0
    for name in sys.argv[1:] or BENCHES:
        if name not in BENCHES:
            print(f"no bench {name!r}; there are {', '.join(BENCHES)}", file=sys.stderr)
            return 2
        arguments = BENCHES[name]
        if arguments is not None and not DATA.is_dir():
            print(f"## {name}: passed over, the development data is not at {DATA}")
            continue
        print(f"## {name}", flush=True)
        script = HERE.parent / "golden/judge.py" if name == "gold" else HERE / f"{name}.py"
        worst = max(
            worst,
            subprocess.run(
                [sys.executable, str(script), *(arguments or ["--all"] * (name == "gold"))], check=False
            ).returncode,
        )
    return worst


if __name__ == "__main__":
    sys.exit(main())
