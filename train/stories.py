"""stories.py DATA [--check SCORERS]: what signs weigh when two articles are asked whether they tell of one event.

Writes the numbers of ``src/variorum/data/stories.toml``, keeping what each sign says. DATA is the folder with
``stories_{fnc,ecbplus}_train.jsonl``. Learned from the pairs of both sets and of samples of them (few events, or three
reports of each: most collections are no benchmark). Each report of a story weighs about the same, however many pairs
it is in. ``--check`` learns from one set and groups the other, then learns without each of five parts of the stories
and groups the reports of that part among all others.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from variorum.model import Article
from variorum.stories.config import StoriesConfig
from variorum.stories.copies import distinct_texts
from variorum.stories.linkage import Outline, groups_of, outline
from variorum.stories.profile import Weights, profile
from variorum.stories.resemblance import Pairs, resembling
from variorum.stories.scorer import Scorer, Sign, scorer, sureness, usual_of
from variorum.stories.spelling import chosen_spellings, respelt
from variorum.text import vocabulary

SETS = ("fnc", "ecbplus")
#: Samples: of so many stories at most so many reports, drawn so often. Together as heavy as one whole set.
SAMPLES = ((60, 3, 3), (8, 6, 12))
#: What is typical in a few articles, as a share of what reports of large collections reach: less, so that an affair
#: told from several sides stays one. Set so that the open collections of golden/ fall as their gold says.
TYPICAL = 0.6
WEIGHT = 20_000.0  # of one set
FOLDS = 5
OUT = Path(__file__).parent.parent / "src/variorum/data/stories.toml"


@dataclass(frozen=True)
class Sample:
    """Articles with their stories, the texts among them with their copies, and the pairs that may be of one event."""

    articles: list[Article]
    stories: list[str]
    texts: dict[int, list[int]]
    pairs: Pairs
    outlines: list[Outline]
    weight: float


def main() -> None:
    """Learn and write, or learn and look."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", type=Path)
    options = parser.parse_args()
    digest = sha256()
    held = {name: _read(options.data / f"stories_{name}_train.jsonl", digest.update) for name in SETS}
    whole = {name: _sample(*part, WEIGHT) for name, part in held.items()}
    parts = {name: [whole[name], *_drawn(*held[name])] for name in SETS}
    shape = vocabulary.load("stories", Scorer)
    if options.check:
        _check(whole, parts, shape, options.check / "stories.py")
        return
    learned = learn([part for name in SETS for part in parts[name]], shape)
    made = f"from {' and '.join(f'stories_{name}_train.jsonl' for name in SETS)}, sha256 of both {digest.hexdigest()}"
    _write(replace(learned, made=made))


def learn(samples: Sequence[Sample], shape: Scorer, without: Collection[str] = ()) -> Scorer:
    """The scorer that fits the pairs of ``samples`` best, pairs with a report of the stories ``without`` left out."""
    whole = [sample for sample in samples if sample.weight == WEIGHT]
    signs, bias = _fitted(samples, tuple(replace(sign, typical=np.inf) for sign in shape.signs), without)
    signs = tuple(replace(sign, typical=round(TYPICAL * _reached(whole, sign), 3)) for sign in signs)
    first, first_bias = _fitted(samples, shape.first, without)
    return Scorer("", bias, first_bias, signs, first)


def _reached(samples: Sequence[Sample], sign: Sign) -> float:
    """What reports reach on average with those nearest to them."""
    free = replace(sign, typical=np.inf, floor=0.0)
    pairs = [sample.pairs for sample in samples]
    (means,) = zip(*(usual_of(p.seen, p.ones, p.others, len(p.heads), (free,)) for p in pairs), strict=True)
    return float(np.mean([mean.mean() for mean in means])) if sign.nearest else 0.0


def _fitted(
    samples: Sequence[Sample], signs: tuple[Sign, ...], without: Collection[str]
) -> tuple[tuple[Sign, ...], float]:
    rows: list[Weights] = []
    same: list[Weights] = []
    weights: list[Weights] = []
    for sample in samples:
        pairs = sample.pairs
        found = pairs.signals(pairs.usual(signs), signs)
        story = [sample.stories[i] for i in pairs.heads]
        size = Counter(story)
        number = {name: i for i, name in enumerate(size)}
        of = np.array([number[name] for name in story])
        alone = 1 / np.sqrt(np.array([size[name] for name in story]))
        kept = np.array([name not in without for name in story])
        kept_pairs = kept[pairs.ones] & kept[pairs.others]
        weight = alone[pairs.ones] * alone[pairs.others]
        rows.append(found[kept_pairs])
        same.append((of[pairs.ones] == of[pairs.others])[kept_pairs])
        weights.append((weight * sample.weight / max(weight.sum(), 1e-9))[kept_pairs])
    table, answers, heavy = np.concatenate(rows), np.concatenate(same), np.concatenate(weights)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=1000).fit((table - mean) / spread, answers, sample_weight=heavy)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - slopes @ mean)
    found_signs = tuple(replace(s, weight=round(float(w), 3)) for s, w in zip(signs, slopes, strict=True))
    return found_signs, round(bias, 3)


def _check(whole: dict[str, Sample], parts: dict[str, list[Sample]], shape: Scorer, path: Path) -> None:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    bcubed = module.bcubed
    for learned_from in (*[(name,) for name in SETS], SETS):
        by = learn([part for name in learned_from for part in parts[name]], shape)
        for name in SETS:
            gold = dict(enumerate(whole[name].stories))
            print(f"learned from {' and '.join(learned_from)}, {name}: {bcubed(gold, _groups(whole[name], by))[2]:.4f}")
    for name in SETS:
        stories = sorted(set(whole[name].stories))
        random.Random(0).shuffle(stories)
        scores = []
        for fold in range(FOLDS):
            held = set(stories[fold::FOLDS])
            by = learn([part for each in SETS for part in parts[each]], shape, held)
            scores += _scored(whole[name].stories, _groups(whole[name], by), held)
        precision, recall = np.mean(scores, axis=0).tolist()
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{FOLDS} folds over stories, {name}: P {precision:.4f} R {recall:.4f} F1 {f1:.4f}")


def _scored(stories: Sequence[str], groups: dict[int, int], held: Collection[str]) -> list[tuple[float, float]]:
    """BCubed precision and recall of each report of the stories ``held``, among all reports."""
    both = Counter((groups[i], story) for i, story in enumerate(stories))
    group, gold = Counter(groups.values()), Counter(stories)
    places = [(groups[i], story) for i, story in enumerate(stories) if story in held]
    return [(both[place] / group[place[0]], both[place] / gold[place[1]]) for place in places]


def _groups(sample: Sample, by: Scorer) -> dict[int, int]:
    pairs = sample.pairs
    sure = sureness(pairs.signals(pairs.usual(by.signs), by.signs), by.signs, by.bias)
    groups = groups_of(sample.outlines, pairs.ones, pairs.others, sure, StoriesConfig())
    return {i: n for n, group in enumerate(groups) for one in group for i in sample.texts[pairs.heads[one]]}


def _read(path: Path, digest: Callable[[bytes], None]) -> tuple[list[Article], list[str]]:
    content = path.read_bytes()
    digest(content)
    rows = [json.loads(line) for line in content.decode("utf-8").splitlines()]
    rows = [row for row in rows if row["cluster"] is not None]
    return [Article(r["id"], "bench", r["text"], title=r["title"] or None) for r in rows], [r["cluster"] for r in rows]


def _sample(articles: list[Article], stories: list[str], weight: float) -> Sample:
    bare = [profile(article) for article in articles]
    spelling = chosen_spellings(bare)
    profiles = [respelt(one, spelling) for one in bare]
    texts = distinct_texts(profiles)
    pairs = resembling(profiles, texts, StoriesConfig())
    outlines = [outline(profiles[i]) for i in pairs.heads]
    return Sample(articles, stories, texts, pairs, outlines, weight)


def _drawn(articles: list[Article], stories: list[str]) -> list[Sample]:
    held: defaultdict[str, list[int]] = defaultdict(list)
    for i, story in enumerate(stories):
        held[story].append(i)
    samples = []
    for count, reports, times in SAMPLES:
        for seed in range(times):
            dice = random.Random(seed)
            chosen = dice.sample(sorted(held), min(count, len(held)))
            of = [i for story in chosen for i in dice.sample(held[story], min(reports, len(held[story])))]
            samples.append(_sample([articles[i] for i in of], [stories[i] for i in of], WEIGHT / times))
    return samples


def _write(found: Scorer) -> None:
    lines = [
        "# What signs weigh when two articles are asked whether they tell of one event: weights of two logistic",
        "# regressions on the square roots of likenesses. Made by train/stories.py, which keeps all but the numbers",
        "# `bias` and `weight`. `nearest` and `floor` are explained in stories/scorer.py.",
        f'made = "{found.made}"',
        f"bias = {found.bias}",
        f"first_bias = {found.first_bias}",
    ]
    for table, signs in (("signs", found.signs), ("first", found.first)):
        for sign in signs:
            lines += [
                "",
                f"[[{table}]]",
                f'says = "{sign.says}"',
                f'view = "{sign.view}"',
                f"nearest = {sign.nearest}",
                f"floor = {sign.floor}",
                f"typical = {sign.typical}",
                f"weight = {sign.weight}",
            ]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    scorer.cache_clear()


if __name__ == "__main__":
    main()
