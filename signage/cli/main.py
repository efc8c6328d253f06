"""The `signage` program: its commands, and how it ends (contract: programs, Exits)."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from signage import __version__
from signage.cli import (
    acl,
    broker,
    collect,
    command,
    completions,
    content,
    controller,
    emergency,
    explain,
    export,
    fleet,
    hours,
    importing,
    lint,
    pin,
    publisher,
)
from signage.core.exits import Exit, Refusal

_SOFTWARE = 70  # a mistake of the program itself, as sysexits.h calls it

app = typer.Typer(name="signage", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"signage {__version__}")
        raise typer.Exit


@app.callback()
def _signage(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version, and nothing else.")
    ] = False,
) -> None:
    """Branch kiosk and display signage controller."""


app.command()(controller.controller)
app.command()(broker.broker)
app.command()(collect.collect)
app.command()(publisher.publisher)
app.command()(command.command)
app.command()(emergency.emergency)
app.command()(export.export)
app.command("import")(importing.import_file)
app.command()(fleet.fleet)
app.command()(hours.hours)
app.command()(lint.lint)
app.command()(explain.explain)
app.command()(acl.acl)
app.command()(pin.pin)
app.command()(completions.completions)
app.add_typer(content.app, name="content")


def _add_demo(arguments: Sequence[str]) -> None:
    """The demo brings much that the other commands never need: it is read only when it, or the list, is asked for."""
    if not arguments or arguments[0].startswith("-") or arguments[0] == "demo":
        from signage.cli.demo.command import demo  # noqa: PLC0415 - see above

        app.command()(demo)


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Whatever goes wrong is said in single lines on standard error."""
    try:
        if "_SIGNAGE_COMPLETE" in os.environ:
            _add_demo([])
            get_command(app)(prog_name="signage", complete_var="_SIGNAGE_COMPLETE")
        _add_demo(arguments)
        result = get_command(app).main(list(arguments), prog_name="signage", standalone_mode=False)
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
        _say(f"{' '.join(lines)}; see `signage --help`")
    return Exit.WRONG_USE


def _say(line: str) -> None:
    print(f"signage: {line}", file=sys.stderr)


def _silence_standard_output() -> None:
    """Whoever read our output has gone; Python must not complain about it while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> NoReturn:
    """The console script."""
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # noqa: BLE001 - the composition root: a customer's terminal shows no traceback
        _say(
            f"{_place(error)}: {type(error).__name__}: {' '.join(str(error).split())}; this is a mistake of the program"
        )
        code = _SOFTWARE
    sys.exit(code)


def _place(error: BaseException) -> str:
    """Where in the program it happened: the innermost file and line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "somewhere"
