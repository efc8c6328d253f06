"""The `signage` program: its commands, and how it ends (contract: programs, Exits)."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from signage import __version__
from signage.core.exits import Exit, Refusal

# Every command and where it stands: a command brings only what it needs, for starting takes time in every branch.
_COMMANDS: Final[Mapping[str, str]] = {
    "controller": "signage.cli.controller:controller",
    "broker": "signage.cli.broker:broker",
    "collect": "signage.cli.collect:collect",
    "publisher": "signage.cli.publisher:publisher",
    "command": "signage.cli.command:command",
    "emergency": "signage.cli.emergency:emergency",
    "export": "signage.cli.export:export",
    "import": "signage.cli.importing:import_file",
    "alerts": "signage.cli.alerts:alerts",
    "distrust": "signage.cli.distrust:distrust",
    "fleet": "signage.cli.fleet:app",
    "report": "signage.cli.report:report",
    "talks": "signage.cli.talks:talks",
    "hours": "signage.cli.hours:hours",
    "lint": "signage.cli.lint:lint",
    "explain": "signage.cli.explain:explain",
    "acl": "signage.cli.acl:acl",
    "pin": "signage.cli.pin:pin",
    "cases": "signage.cli.cases:app",
    "privacy": "signage.cli.privacy:app",
    "completions": "signage.cli.completions:completions",
    "content": "signage.cli.content:app",
    "demo": "signage.cli.demo.command:demo",
}
# What runs for months and prints no tables: structlog loads the terminal's colours if it finds them, 4 MB in every branch.
_PLAIN: Final = frozenset({"controller", "broker", "collect", "publisher"})


def _version(wanted: bool) -> None:
    if wanted:
        print(f"signage {__version__}")
        raise typer.Exit


def _signage(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version, and nothing else.")
    ] = False,
) -> None:
    """Branch kiosk and display signage controller."""


def program(arguments: Sequence[str]) -> typer.Typer:
    """The program with the one command that is asked for; with all of them where a list is."""
    app = typer.Typer(name="signage", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(_signage)
    asked = arguments[0] if arguments else ""
    for name in [asked] if asked in _COMMANDS else [] if asked == "--version" else _COMMANDS:
        module, _, attribute = _COMMANDS[name].partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Whatever goes wrong is said in single lines on standard error."""
    try:
        if "_SIGNAGE_COMPLETE" in os.environ:
            get_command(program([]))(prog_name="signage", complete_var="_SIGNAGE_COMPLETE")
        result = get_command(program(arguments)).main(list(arguments), prog_name="signage", standalone_mode=False)
    except Refusal as refusal:
        for line in refusal.lines:
            _say(line)
        return refusal.code
    except TyperException as error:
        return _wrong_use(error)
    except typer.Abort:
        return Exit.WRONG_USE
    except BrokenPipeError:
        _silence_standard_output()
        return Exit.CANNOT_WRITE
    except OSError as error:
        _say(f"{error.filename or 'input or output'}: {error.strerror or error}; make it readable or writable")
        return Exit.CANNOT_WRITE
    return result if isinstance(result, int) else Exit.DONE


def _wrong_use(error: TyperException) -> int:
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    lines = text.strip().splitlines()
    if len(lines) > 1:  # the help, because no command was named
        print(text, file=sys.stderr)
    else:
        _say(f"{' '.join(lines).rstrip('.')}; see `signage --help`")
    return Exit.WRONG_USE


def _say(line: str) -> None:
    print(f"signage: {line}", file=sys.stderr)


def _silence_standard_output() -> None:
    """Whoever read our output has gone; Python must not complain about it while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> NoReturn:
    """The console script."""
    if _PLAIN.intersection(sys.argv[1:2]):
        modules: dict[str, Any] = sys.modules  # None in it is Python's own word for: not to be found
        modules.setdefault("rich", None)
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # noqa: BLE001 - the composition root: a customer's terminal shows no traceback
        _say(
            f"{_place(error)}: {type(error).__name__}: {' '.join(str(error).split())}; this is a mistake of the program"
        )
        code = Exit.SOFTWARE
    sys.exit(code)


def _place(error: BaseException) -> str:
    """Where in the program it happened: the innermost file and line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "somewhere"
