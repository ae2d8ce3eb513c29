"""The command line. It reads the settings, builds what the stages need, and says how it went: 0 done, 1 finished with
problems listed, 2 wrong usage, 3 nothing readable. What can be piped goes to standard output, all else to standard
error."""

from __future__ import annotations

import sys
import traceback

from variorum.cli import archives, editions, library, serve, stages
from variorum.cli.app import BROKEN, DONE, NOTHING_READABLE, WITH_PROBLEMS, WRONG_USAGE, app
from variorum.errors import MissingDependencyError, NothingReadableError, UsageError, VariorumError

for _part in (editions, stages, library, archives, serve):  # the order of --help
    app.add_typer(_part.commands)


def main() -> None:
    """Entry point: errors raised on purpose become a line on standard error and an exit code."""
    try:
        app()
    except NothingReadableError as exc:
        _fail(str(exc), NOTHING_READABLE)
    except (UsageError, MissingDependencyError) as exc:
        _fail(str(exc), WRONG_USAGE)
    except VariorumError as exc:
        _fail(str(exc), WITH_PROBLEMS)
    except BrokenPipeError:  # the reader of the pipe has seen enough
        sys.stderr.close()
        sys.exit(DONE)
    except KeyboardInterrupt:
        _fail("stopped", 130)
    except Exception:
        traceback.print_exc()
        _fail("this is a fault of ours, not of your input; please report it with the lines above", BROKEN)


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"variorum: {message}\n")
    sys.exit(code)
