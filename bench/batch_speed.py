"""batch_speed.py DATA [ARTICLES]: how long the batch takes for a large archive, its memory, and scikit-learn beside it.

The archive is that of `stream_speed.recombined`: reports of ever new events in the same words. The peer is average
linkage over tf-idf brought to 100 dimensions, as its whole table of distances does not fit into memory otherwise; it is
run on as many articles as ``--peer`` says (its time and memory grow with the square).
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from stream_speed import recombined

from variorum.stories import gather


def main() -> None:
    """Print seconds and megabytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=30_000)
    parser.add_argument("--peer", type=int, default=0)
    options = parser.parse_args()
    articles = list(islice(recombined(options.data), options.articles))
    before = _memory()
    begin, spent = time.perf_counter(), time.process_time()
    stories = gather(articles)
    sizes = Counter(len(story.articles) for story in stories)
    print(
        f"batch of {len(articles)}: {time.perf_counter() - begin:.0f} s, {time.process_time() - spent:.0f} CPU s, "
        f"{_memory():.0f} MB at most ({before:.0f} before), {len(stories)} stories, {sizes[1]} of one article",
        flush=True,
    )
    if options.peer:
        _peer([article.text for article in articles[: options.peer]])


def _peer(texts: list[str]) -> None:
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    begin, spent = time.perf_counter(), time.process_time()
    table = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    vectors = TruncatedSVD(100, random_state=0).fit_transform(table)
    model = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=0.5)
    groups = len(set(model.fit_predict(vectors).tolist()))
    print(
        f"scikit-learn, {len(texts)} articles: {time.perf_counter() - begin:.0f} s, {time.process_time() - spent:.0f} "
        f"CPU s, {_memory():.0f} MB at most, {groups} groups",
        flush=True,
    )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
