"""Two texts held to each other: the relations, by the whole path and by the command."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from test_cli import variorum
from variorum.compare import CompareConfig, judge, scorers
from variorum.compare.facts.fact import stem
from variorum.compare.facts.opposites import opposites_of, says_no
from variorum.compare.pairs import Scorer, Weighed
from variorum.model import Annotation, Article, Problem, Related, TextPair
from variorum.pipeline import gathered, relate

DATA = Path(__file__).parents[1] / "src/variorum/data"
#: Invented texts, and how the first stands to the second.
STATEMENTS = {
    ("Police arrested the driver.", "The driver was arrested by police."): "same",
    ("The mayor of Ostrel resigned on Monday after weeks of protest.", "The mayor of Ostrel resigned."): "entails",
    ("The mayor of Ostrel resigned.", "The mayor of Ostrel resigned on Monday after weeks of protest."): "refines",
    ("The council approved the new harbour tunnel.", "The council rejected the new harbour tunnel."): "contradicts",
    ("The council approved the new tunnel.", "The council did not approve the new tunnel."): "contradicts",
    ("The council did not approve the new tunnel.", "The council rejected the new tunnel."): "not contradicts",
    ("Seven people died when two trawlers collided.", "Five people died when two trawlers collided."): "contradicts",
    ("The fire was caused by arson.", "The fire was caused by an electrical fault."): "contradicts",
    ("The factory was hit by a drone.", "Shares in the airline fell by four percent."): "different",
    ("", "The bridge is closed."): "unknown",
    ("…", "?!"): "unknown",
}
QUESTION = "Who objected to the new port?"
ANSWERS = {
    ("Russia", "Moscow"): "same",
    ("Finland", "Hungary"): "different",
    ("the fishermen of Ostrel", "Ostrel's fishermen"): "same",
    ("the fishermen of Ostrel", "Hungary"): "different",
    ("Hungary", "Hungary"): "same",
}


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str], Related]:
    """Statements without a context and answers to one question, told in one go."""
    given = [(*texts, None) for texts in STATEMENTS] + [(*texts, QUESTION) for texts in ANSWERS]
    pairs = [TextPair(str(n), a, b, context) for n, (a, b, context) in enumerate(given)]
    related = [item for item in relate(pairs) if isinstance(item, Related)]
    assert [item.id for item in related] == [pair.id for pair in pairs]
    return {(a, b): item for (a, b, _), item in zip(given, related, strict=True)}


@pytest.mark.parametrize(("texts", "relation"), [*STATEMENTS.items(), *ANSWERS.items()])
def test_relations(told: dict[tuple[str, str], Related], texts: tuple[str, str], relation: str) -> None:
    """Plain cases of each relation come out, and nothing is surer than sure."""
    found = told[texts]
    if relation.startswith("not "):
        assert found.relation != relation.removeprefix("not ")
    else:
        assert found.relation == relation
    assert 0 <= found.confidence <= 1


def test_order_and_contexts_do_not_mix() -> None:
    """Pairs come back in order though contexts take turns, and the order of the lines changes nothing."""
    pairs = [
        TextPair("1", "the port", "the harbour", "Where?"),
        TextPair("2", "higher taxes", "lower taxes", "What was promised?"),
        TextPair("3", "on Monday", "the harbour", "Where?"),
    ]
    forwards, backwards = list(relate(pairs)), list(relate(pairs[::-1]))
    assert [item.id for item in forwards if isinstance(item, Related)] == ["1", "2", "3"]
    assert forwards == backwards[::-1]
    assert [i.relation for i in forwards if isinstance(i, Related)][1] == "contradicts"


def test_other_languages_are_unknown() -> None:
    """A long text in another language is listed, and how it stands is not guessed."""
    german = "Der Stadtrat hat am Montag beschlossen, dass die neue Brücke über den Fluss nicht gebaut wird. " * 4
    problem, related = relate([TextPair("x", german, "The council met on Monday.")])
    assert isinstance(problem, Problem)
    assert "pair x, a" in problem.source
    assert related == Related("x", "unknown", 0.0)


class Blind:
    """An embedder to whom all texts are alike."""

    name = "blind"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 4), dtype=np.float32) / 2


def test_vectors_without_difference_do_no_harm() -> None:
    """Where nothing is left after the common part is taken off, structure decides."""
    related = list(relate([TextPair("1", "Police arrested the driver.", "It rained.")], embedder=Blind()))
    assert isinstance(related[0], Related)
    assert related[0].relation in ("different", "unknown")


def test_reasons_are_told() -> None:
    """A judgement says what it rests on, in the words of the data file."""
    articles = [Article("a", "a", "A flood closed the old mill."), Article("b", "b", "Two men were fined.")]
    texts = gathered(articles, [Annotation("a"), Annotation("b")], None, "")
    judged = judge(texts, "a", "b", CompareConfig(), scorers(), answers=False)
    known = {weighed.says for weighed in scorers().bearing.signals.values()}
    assert judged.relation in ("different", "unknown")
    assert judged.reasons
    assert {reason.rsplit(": ", 1)[0] for reason in judged.reasons} <= known


def test_scorer_is_logistic_regression() -> None:
    """Chances sum to one, a weight moves its answer, and the strongest reason comes first."""
    scorer = Scorer(("no", "yes"), (0.0, 0.0), {"x": Weighed("ex", 0.5, (-1.0, 1.0)), "y": Weighed("why", 0, (0, 3.0))})
    even, leaning = scorer.chances({"x": 0.5, "y": 0.0}), scorer.chances({"x": 1.0, "y": 1.0})
    assert even["yes"] == pytest.approx(0.5)
    assert leaning["yes"] == pytest.approx(1 / (1 + np.exp(-4.0)))
    assert sum(leaning.values()) == pytest.approx(1)
    assert scorer.reasons({"x": 1.0, "y": 1.0}, "yes") == ("why: 1.00", "ex: 1.00")


def test_the_shipped_scorers_fit_the_signals() -> None:
    """Every signal that is read has a weight for each answer, and none is weighed that is not read."""
    articles = [Article("a", "a", "A flood closed the mill."), Article("b", "b", "Two men were fined.")]
    texts = gathered(articles, [Annotation("a"), Annotation("b")], None, "")
    for scorer, seen in ((scorers().answers, texts.likeness("a", "b")), (scorers().bearing, texts.bearing("a", "b"))):
        assert scorer.signals.keys() == seen.keys()
        assert len(scorer.bias) == len(scorer.answers)
        assert all(len(weighed.weights) == len(scorer.answers) for weighed in scorer.signals.values())


def test_opposites_go_both_ways() -> None:
    """Each word is the opposite of its opposites, and of itself never."""
    assert "accept" in opposites_of("reject")
    assert "reject" in opposites_of("accept")
    listed = (DATA / "opposites.toml").read_text("utf-8")
    assert not [word for word in map(stem, re.findall(r'"([\w-]+)"', listed)) if word in opposites_of(word)]
    assert says_no("It isn't so")
    assert not says_no("Nothingham is a town")


# --- the command ----------------------------------------------------------------------------------------------------


def test_command_lists_bad_lines(tmp_path: Path) -> None:
    """Good lines are told in order, bad ones are problems with their line, and the exit code says so."""
    lines = [
        b'\xef\xbb\xbf{"id": "1", "a": "Police arrested the driver.", "b": "The driver was arrested by police."}',
        b"",
        b"not json",
        b'{"id": "2", "a": "only one text"}',
        b'{"id": "3", "a": "\xff", "b": "x"}',
        b"[" * 5000,
        b'{"id": "4", "a": "", "b": "The bridge is closed.", "label": "ignored"}',
    ]
    file, bad, out = tmp_path / "pairs.jsonl", tmp_path / "bad.jsonl", tmp_path / "out.jsonl"
    file.write_bytes(b"\n".join(lines))
    done = variorum("compare", "--pairs", file, "--problems", bad, "-o", out)
    assert done.returncode == 1, done.stderr
    told = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert [(row["id"], row["relation"]) for row in told] == [("1", "same"), ("4", "unknown")]
    assert set(told[0]) == {"id", "relation", "confidence"}
    problems = [json.loads(line)["source"] for line in bad.read_bytes().splitlines()]
    assert problems == [f"{file}, line {n}" for n in (3, 4, 5, 6)]


def test_command_reads_standard_input() -> None:
    """A pipe in, a pipe out, nothing on standard error."""
    done = variorum(
        "compare", "--pairs", "-", stdin=b'{"id":"1","a":"higher taxes","b":"lower taxes","context":"What?"}'
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["relation"] == "contradicts"
    assert not done.stderr


def test_command_refuses_wrong_use(tmp_path: Path) -> None:
    """Nothing to compare is wrong usage, as are articles beside pairs; a file without pairs is nothing readable."""
    assert variorum("compare").returncode == 2
    assert variorum("compare", "articles.jsonl", "--pairs", "pairs.jsonl").returncode == 2
    assert variorum("compare", "--pairs", tmp_path / "missing.jsonl").returncode == 2
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n")
    assert variorum("compare", "--pairs", empty).returncode == 3
