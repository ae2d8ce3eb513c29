"""The main job, cold: wall time and peak memory of `collate` as a whole process, and how much of annotating is spaCy.

    python bench/collate.py [PATH …] [--runs N]

PATH defaults to the five real reports under ``$VARIORUM_SHARED`` (default ``../shared``), else to the bundled sample.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDS = Path(os.environ.get("VARIORUM_SHARED", ROOT.parent / "shared")) / "seeds"
SAMPLE = ROOT / "src/variorum/data/sample"


def main() -> None:
    """Time whole processes, then one annotation from inside."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SEEDS if SEEDS.is_dir() else SAMPLE])
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    walls = [cold(arguments.paths) for _ in range(arguments.runs)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"collate {' '.join(map(str, arguments.paths))}: median {statistics.median(walls):.1f} s ", end="")
    print(f"(min {min(walls):.1f}, max {max(walls):.1f}, {len(walls)} runs), peak {peak:.0f} MB")
    print(share(arguments.paths))


def cold(paths: list[Path]) -> float:
    """Seconds of one fresh process, from its start to its end."""
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        command = [sys.executable, "-m", "variorum", "--quiet", "collate", *map(str, paths), "-o", out]
        done = subprocess.run(command, check=False)
        if done.returncode not in {0, 1}:
            sys.exit(f"collate ended with {done.returncode}")
        return time.perf_counter() - start


def share(paths: list[Path]) -> str:
    """How much of annotating is the bare pipeline on the same paragraphs, both warm, in one process."""
    import spacy

    from variorum.annotate import AnnotateConfig, Annotator
    from variorum.ingest import Ingest, IngestConfig
    from variorum.model import ASSERTIVE_BLOCKS, Article
    from variorum.text.normalise import flat_markup, flat_quotes

    articles = [a for a in Ingest(IngestConfig()).read(paths) if isinstance(a, Article)]
    config = AnnotateConfig()
    nlp = spacy.load(config.model)
    texts = [a.text[slice(*b.span)] for a in articles for b in a.blocks if b.kind in ASSERTIVE_BLOCKS]
    flat = list(dict.fromkeys(flat_markup(flat_quotes(text)) for text in texts))
    annotator = Annotator(replace(config, cache_megabytes=0))  # every round parses again
    list(annotator.annotate(articles))  # warm: models and word lists are loaded
    bare, whole = [], []
    for _ in range(7):
        start = time.perf_counter()
        list(nlp.pipe(flat, batch_size=config.batch))
        bare.append(time.perf_counter() - start)
        start = time.perf_counter()
        list(annotator.annotate(articles))
        whole.append(time.perf_counter() - start)
    ratios = [w / b for w, b in zip(whole, bare, strict=True)]
    return (
        f"annotate {len(articles)} articles, warm: {statistics.median(whole):.2f} s, of which bare nlp.pipe "
        f"{statistics.median(bare):.2f} s ({statistics.median(1 / r for r in ratios):.0%}; median ratio "
        f"{statistics.median(ratios):.2f}) on {len(flat)} distinct paragraphs of {len(texts)}"
    )


if __name__ == "__main__":
    main()
