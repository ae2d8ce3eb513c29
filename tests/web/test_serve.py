"""The commands that serve: what they say, whom they let in, how they end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
from typer.testing import CliRunner

import variorum
from variorum.cli import app


def test_serve_starts_on_an_empty_library_on_this_machine_only(tmp_path: Path) -> None:
    """With nothing set up; it takes a report in, and Ctrl-C ends it."""
    command = [sys.executable, "-m", "variorum", "serve", "--port", "0", "--library", str(tmp_path / "l.db")]
    process = subprocess.Popen(
        [*command, "--embedder", "none"], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        home = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert home is not None, said
        page = httpx.get(home[0], timeout=30)
        assert page.status_code == 200
        assert "No story fits" in page.text
        with variorum.Client(home[0]) as client:
            text = "The grain silo of Velm burned on Monday, the fire service said. Nobody was hurt."
            job = client.add("desk", [{"title": "Silo burns", "text": text, "published": "2031-05-03"}])
            assert (job.state, client.collection("desk").stories) == ("done", 1)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert process.returncode in (0, 130, -signal.SIGINT)


def test_beyond_this_machine_nobody_is_let_in_without_tokens(tmp_path: Path) -> None:
    """It does not even start."""
    arguments = ["serve", "--host", "0.0.0.0", "--port", "0", "--tokens", str(tmp_path / "t.json")]
    result = CliRunner().invoke(app, [*arguments, "--library", str(tmp_path / "l.db")])
    assert result.exit_code != 0
    assert "variorum token add" in str(result.exception)


def test_tokens_are_made_listed_and_taken_back(tmp_path: Path) -> None:
    """A token is told once."""

    def said(*arguments: str) -> str:
        return CliRunner().invoke(app, ["token", *arguments, "--tokens", str(tmp_path / "t.json")]).stdout

    secret = said("add", "ana", "--right", "decide")
    assert secret.startswith("vrm_")
    assert "ana  decide" in said("list")
    assert secret.strip() not in said("list")
    said("remove", "ana")
    assert said("list") == "No tokens.\n"
