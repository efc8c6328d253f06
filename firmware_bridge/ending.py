"""How a program of this package ends: an exit code, and one line for each thing that is wrong (contract: Exits)."""

import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from signage.core.exits import Exit, Refusal


def ending(program: str, app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run `app`; its exit code. Mistakes of whoever started it are said on standard error."""
    try:
        code = get_command(app).main(list(arguments), prog_name=program, standalone_mode=False)
    except Refusal as refusal:
        _say(program, *refusal.lines)
        return refusal.code
    except TyperException as error:
        text = error.format_message() if hasattr(error, "format_message") else str(error)
        _say(program, f"{' '.join(text.split()).rstrip('.')}; see `{program} --help`")
        return Exit.WRONG_USE
    except typer.Abort:
        return Exit.WRONG_USE
    except OSError as error:
        _say(program, f"{error.filename or 'input or output'}: {error.strerror or error}; make it readable or writable")
        return Exit.CANNOT_WRITE
    return code if isinstance(code, int) else Exit.DONE


def _say(program: str, *lines: str) -> None:
    for line in lines:
        sys.stderr.write(f"{program}: {line}\n")
