"""Write the JSON Schema of the edition: ``python -m variorum.edition.schema docs/edition.schema.json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from variorum.edition.codec import schema

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(schema(), indent=1) + "\n", "utf-8")
