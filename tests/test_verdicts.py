"""The verdicts of readers on real stories are of their form; they are held to editions by `bench/real.py`."""

import json
from pathlib import Path

import pytest
from verdicts import FILE, read_verdicts


def test_every_line_is_valid() -> None:
    """Of every kind there are some that stand and some that do not, and no line is there twice."""
    lines = FILE.read_text("utf-8").splitlines()
    found = {(v.kind, v.stands) for v in read_verdicts()}
    assert len(found) == 8
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cause", "because it says “fire”"),
        ("verdict", "good"),
        ("text", "A bridge fell."),
        ("sha", ["bridge"]),
        ("spans", [["fncother-0", 0, 9]]),
        ("shown", 1),
        ("support", []),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, field: str, value: object) -> None:
    """Causes and verdicts are of closed lists, spans of their story, and no text gets in."""
    line: dict[str, object] = {
        "corpus": "fnc",
        "story": "one",
        "batch": "a",
        "kind": "corroborated",
        "verdict": "wrong",
    }
    line |= {
        "reader": "A",
        "spans": [["fncone-0", 0, 9]],
        "sha": ["0123456789ab"],
        "shown": 0,
        "support": [2, 2, 2, 2, 2],
    }
    path = tmp_path / "verdicts.jsonl"
    path.write_text(json.dumps(line))
    assert len(read_verdicts(path)) == 1
    path.write_text(json.dumps(line | {field: value}))
    with pytest.raises(ValueError, match="line 1"):
        read_verdicts(path)
