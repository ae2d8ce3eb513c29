"""The phases of lineage on their own: each held to an oracle or to what it promises."""

import itertools
import math
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_trace import article, pairs, prose, with_blocks

from variorum.lineage import LineageConfig, trace
from variorum.lineage.branching import branching
from variorum.lineage.candidates import candidates
from variorum.lineage.fingerprint import Shelf, fingerprint, worded
from variorum.lineage.forest import forests
from variorum.lineage.trace import prepare
from variorum.model import Ruling
from variorum.text.components import components


@given(st.integers(1, 5), st.integers(0, 10_000))
@settings(max_examples=80, deadline=None)
def test_the_branching_is_the_heaviest(count: int, seed: int) -> None:
    """Beside all trees there are."""
    pick = np.random.default_rng(seed)
    weights = np.where(pick.random((count, count)) < 0.3, -np.inf, pick.normal(size=(count, count)) * 2)
    roots = pick.normal(size=count)

    def worth(parents: tuple[int, ...]) -> float:
        for start in range(count):
            node, steps = start, 0
            while node >= 0:
                node, steps = parents[node], steps + 1
                if steps > count:
                    return -math.inf
        return float(sum(roots[c] if p < 0 else weights[p, c] if p != c else -np.inf for c, p in enumerate(parents)))

    best = max(worth(parents) for parents in itertools.product(range(-1, count), repeat=count))
    assert worth(tuple(branching(weights, roots))) == pytest.approx(best)


@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_components_are_those_of_networkx(count: int, drawn: list[tuple[int, int]]) -> None:
    """Numbers that hang together have the lowest of them for a label."""
    inside = [(a, b) for a, b in drawn if a < count and b < count]
    graph = nx.Graph(inside)
    graph.add_nodes_from(range(count))
    wanted = np.arange(count)
    for members in nx.connected_components(graph):
        wanted[list(members)] = min(members)
    found = components(count, np.array(inside, np.int64).reshape(-1, 2))
    assert found.tolist() == wanted.tolist()


def test_a_forest_walks_as_its_trees_say_and_its_reasons_add_up() -> None:
    """Two small trees by hand: a question on column 0, one on column 1 that sends what is missing low."""
    given = {
        "x.column": np.array([[0, 0, 0], [1, 0, 0]], np.int16),
        "x.limit": np.array([[0.5, 0, 0], [2.0, 0, 0]], np.float32),
        "x.missing": np.array([[False] * 3, [True] * 3]),
        "x.low": np.array([[1, 1, 2], [1, 1, 2]], np.int16),
        "x.high": np.array([[2, 1, 2], [2, 1, 2]], np.int16),
        "x.value": np.array([[0.0, -1.0, 1.0], [0.2, -0.3, 0.7]], np.float32),
        "x.base": np.array([0.1], np.float32),
        "x.depth": np.array([1], np.int16),
    }
    forest = forests(given)["x"]
    rows = np.array([[0.0, 3.0], [1.0, np.nan]], np.float32)
    assert forest.odds(rows).tolist() == pytest.approx([0.1 - 1.0 + 0.7, 0.1 + 1.0 - 0.3])
    reasons = forest.reasons(rows)
    assert np.allclose(reasons, [[-1.0, 0.5], [1.0, -0.5]])
    assert (forest.base + 0.2 + reasons.sum(1)).tolist() == pytest.approx(forest.odds(rows).tolist())


def test_fingerprints_do_not_depend_on_the_lot() -> None:
    """Done one by one or all at once, with and without blocks, empty ones between: the same."""
    some = [
        article("a", prose(1)),
        article("b", ""),
        with_blocks("c", ("body", prose(2)), ("boilerplate", prose(3)), ("body", '"' + prose(4, 40) + '" he said.')),
        article("d", "Two words"),
        article("e", prose(5, 20)),
    ] * 5
    config = LineageConfig()
    together = fingerprint(some, config)
    for number, one in enumerate(some):
        alone = fingerprint([one], config)
        assert together.twins[number] == alone.twins[0]
        assert [part.tolist() for part in alone.of(0)] == [part.tolist() for part in together.of(number)]


@given(st.text(max_size=120))
def test_the_worded_part_is_that_of_the_words(text: str) -> None:
    """From the first word to the last, as a sheet has it."""
    one = article("a", text)
    sheet = Shelf([one])[0]
    assert worded(text, (0, len(text))) == (sheet.span(0, len(sheet)) if len(sheet) else None)


def test_ten_articles_with_one_passage_cost_pairs_in_line_with_their_number() -> None:
    """A hot bucket makes a few pairs for each article, and leaves nobody out."""
    config = LineageConfig()
    for count in (200, 800):
        changed = [prose(1).replace(prose(1).split()[20 + i % 80], f"w{i}") for i in range(count)]
        found = candidates(fingerprint([article(f"a{i}", t) for i, t in enumerate(changed)], config), config)
        assert len(found.pairs) <= 2 * 2 * config.parents * count
        assert set(found.pairs.ravel().tolist()) | set(np.flatnonzero(found.leader < np.arange(count)).tolist()) == set(
            range(count)
        )


# --- rulings ------------------------------------------------------------------------------------------------------


def family() -> list:
    """An original and two copies, each with an edit of its own."""
    words = prose(1).split()
    first, second = list(words), list(words)
    first[30], second[80] = "elsewhere", "otherwise"
    return [
        article("source", prose(1), "12T08:00"),
        article("first", " ".join(first), "12T10:00"),
        article("second", " ".join(second), "12T12:00"),
    ]


def test_a_veto_holds() -> None:
    """The vetoed link is not drawn again, whatever speaks for it."""
    drawn = pairs(trace(family()))
    assert drawn
    for parent, child in drawn:
        assert (parent, child) not in pairs(trace(family(), rulings=[Ruling(parent, child, holds=False)]))


def test_an_assertion_holds_and_says_so() -> None:
    """A link that no text shows is drawn when a human says so, beside those that are found."""
    strange = article("strange", prose(9), "14")
    found = trace([*family(), strange], rulings=[Ruling("source", "strange")])
    (link,) = (link for link in found.links if link.child == "strange")
    assert link.parent == "source"
    assert "a human has ruled so" in link.evidence
    assert pairs(found) - {("source", "strange")} == pairs(trace(family()))


def test_rulings_on_strangers_are_passed_over() -> None:
    """Names that are not in this collection do no harm: the same file serves every run."""
    assert trace(family(), rulings=[Ruling("x", "y"), Ruling("source", "source")]) == trace(family())


# --- bad input ----------------------------------------------------------------------------------------------------


def test_dates_in_the_future_decide_nothing_alone() -> None:
    """A page that claims to be of next century is linked like any other."""
    future = replace(family()[1], published=replace(family()[1].published, value="2231-04-12T10:00"))
    found = trace([family()[0], future, family()[2]])
    assert len(pairs(found)) == 2
    assert all(0 <= link.confidence <= 1 for link in found.links)


def test_an_article_that_credits_itself_has_no_parent_for_it() -> None:
    """ "First published by the Ledger" in the Ledger."""
    own = article("a", prose(1) + " This article was first published by the Norvik Ledger.", publisher="Norvik Ledger")
    other = article("b", prose(1), publisher="Courier")
    found = trace([own, other])
    assert all(link.parent != link.child for link in found.links)
    assert {link.parent for link in found.links if link.child == "a"} <= {"b"}


def test_a_view_beside_some_is_what_it_is_when_made_anew() -> None:
    """What holds of the view beside all others is kept, the rest is counted again."""
    texts = [prose(1, 300), prose(1, 200), prose(1, 240) + " " + prose(2, 60), prose(2, 120) + " " + prose(1, 90)]
    (one,) = prepare([article(f"n{i}", text) for i, text in enumerate(texts)], LineageConfig()).families
    pick = np.random.default_rng(3)
    for _ in range(20):
        allowed = (pick.random((4, 4)) < 0.5) & ~np.eye(4, dtype=np.bool_)
        allowed[pick.random(4) < 0.4] = False
        kept, anew = one.family.views(allowed, one.full), one.family.views(allowed)
        for view in ("runs", "joints", "breaks"):
            assert np.array_equal(getattr(kept, view), getattr(anew, view))
