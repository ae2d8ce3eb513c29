"""A user's own file of names goes before all that is read of names, and says what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.annotate import AnnotateConfig, Annotator, link_entities, read_aliases
from variorum.annotate.entities.aliases import Aliases
from variorum.errors import UsageError
from variorum.model import Annotation, Article, Entity

FILE = """
[[entity]]
name = "Harbour Recovery Group"
kind = "organisation"
aliases = ["HRG", "the Dredgers"]
not = ["Harbour Rescue Group"]

[[entity]]
name = "Ansa Weir"
kind = "person"
aliases = ["the Weir of the North"]
role = "mayor of Velda"

[[entity]]
name = "Khaled Mansour"
kind = "person"
not = ["Khalid Mansur"]

[[entity]]
name = "Blue Lark"
kind = "product"
"""


@pytest.fixture
def aliases(tmp_path: Path) -> Aliases:
    """The file above, read."""
    path = tmp_path / "names.toml"
    path.write_text(FILE, "utf-8")
    return read_aliases(path)


def linked(annotator: Annotator, *texts: str) -> dict[str, Entity]:
    """The entities of several articles by every name they go by."""
    articles = [Article(f"a{i}", f"a{i}", text, language="en") for i, text in enumerate(texts)]
    notes = [n for n in annotator.annotate(articles) if isinstance(n, Annotation)]
    entities, _ = link_entities(notes, articles, annotator.config.aliases)
    return {name: e for e in entities for name in (e.name, *e.aliases)}


def test_other_names_are_one_thing(aliases: Aliases) -> None:
    """In one article and across two: under the name, the kind and the role that the file gives."""
    found = linked(
        Annotator(AnnotateConfig(aliases=aliases)),
        "The Dredgers closed the port on Monday, and the Dredgers said why. The Weir of the North was not asked.",
        "HRG closed the port on Monday. The Harbour Recovery Group did not say why. Ansa Weir left.",
    )
    group, person = found["HRG"], found["Ansa Weir"]
    assert (group.name, group.kind, len({m.article for m in group.mentions})) == (
        "Harbour Recovery Group",
        "organisation",
        2,
    )
    assert found["the Dredgers"] is group
    assert (person.kind, person.role) == ("person", "mayor of Velda")


def test_names_stay_apart(aliases: Aliases, annotator: Annotator) -> None:
    """What the file keeps apart is not joined, though it would be without the file."""
    texts = ("Khaled Mansour spoke in Velda.", "Khalid Mansur spoke in Velda. The Harbour Rescue Group was there.")
    without = linked(annotator, *texts)
    assert without["Khaled Mansour"].id == without["Khalid Mansur"].id
    found = linked(Annotator(AnnotateConfig(aliases=aliases)), *texts)
    assert found["Khaled Mansour"].id != found["Khalid Mansur"].id


def test_a_listed_name_is_found_where_nothing_else_shows_one(aliases: Aliases) -> None:
    """Of its kind, and not inside a longer name."""
    found = linked(Annotator(AnnotateConfig(aliases=aliases)), "Blue Lark sank. Nobody at Blue Lark Shipping spoke.")
    assert found["Blue Lark"].kind == "product"
    assert len(found["Blue Lark"].mentions) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[entity]\n", "no file of aliases"),
        ('[[entity]]\nname = "A"\n', "kind"),
        ('[[entity]]\nname = "Ab"\nkind = "firm"\n', "kind"),
        ('[[entity]]\nname = "Ab"\nkind = "place"\nalias = ["B"]\n', "alias"),
        ('[[entity]]\nname = " - "\nkind = "place"\n', "is no name"),
        ('[[entity]]\nname = "Ab"\nkind = "place"\nrole = "mayor"\n', "only persons"),
        ('[[entity]]\nname = "Ab"\nkind = "place"\n[[entity]]\nname = "B"\nkind = "law"\naliases = ["ab"]\n', "'Ab'"),
        ('[[entity]]\nname = "Ab"\nkind = "place"\nnot = ["Ab"]\n', "kept apart"),
        ("names = 3\n", "names"), ("", "entity"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused(tmp_path: Path, content: str, words: str) -> None:
    """The message names the file and what is wrong."""
    path = tmp_path / "names.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=r"names\.toml") as caught:
        read_aliases(path)
    assert words in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """Also when nothing is there."""
    with pytest.raises(UsageError, match="cannot read the aliases"):
        read_aliases(tmp_path / "none.toml")
