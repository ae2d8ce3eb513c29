"""What several tests share."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("VARIORUM_SHARED", Path(__file__).parent.parent.parent / "shared"))


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five real reports; their text stays outside the project."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the five real reports are not at {folder} (set VARIORUM_SHARED)")
    return folder
