"""`signage pin`: gives a person a PIN, or another one; only its hash is kept."""

import json
import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated, Final

import typer

from signage.branch.staff import Person, PinsUnreadable, Role, hash_pin, read_pins, whose
from signage.cli.options import ConfigFile
from signage.config.addresses import write_private
from signage.config.branch_file import StaffTable
from signage.config.load import load_branch
from signage.core.exits import Exit, Refusal

_DIGITS: Final = 6


def pin(
    config: ConfigFile,
    identity: Annotated[str | None, typer.Option("--id", help="The staff number.", show_default=False)] = None,
    name: Annotated[str | None, typer.Option("--name", help="The name.", show_default=False)] = None,
    role: Annotated[Role | None, typer.Option("--role", help="What the person may do.", show_default=False)] = None,
    *,
    emergency: Annotated[
        bool, typer.Option("--emergency", help="The PIN of touch screens that have no controller.")
    ] = False,
) -> None:
    """Ask for a PIN (twice, or one line on standard input) and keep its hash in the pins file, or as the emergency PIN."""
    settings = load_branch(config).staff
    if settings is None:
        raise Refusal(Exit.CONFIGURATION, f'{config}: [staff], key pins_file: found nothing, wanted "config/pins.toml"')
    if emergency:
        _keep_emergency(config, settings)
        return
    if identity is None or name is None or role is None:
        raise Refusal(Exit.WRONG_USE, "wanted --id, --name and --role of a person, or --emergency")
    if not 1 <= len(identity) <= 64 or not 1 <= len(name) <= 64:
        raise Refusal(Exit.WRONG_USE, "--id and --name: wanted 1 to 64 characters each")
    path = Path(settings.pins_file)
    others = [person for person in _people(path) if person.id != identity]
    secret = _ask()
    if whose(secret, tuple(others)) is not None:
        raise Refusal(Exit.BAD_DATA, "PIN: somebody else has this one; choose another")
    write_private(path, _text([*others, Person(identity, name, role, hash_pin(secret))]))
    print(f"{path}: {identity} may sign in as {role}")


def _keep_emergency(config: Path, settings: StaffTable) -> None:
    """One line, the hash: for the machine of each touch screen."""
    if settings.emergency_pin_file is None:
        wanted = 'wanted a path such as "config/emergency-pin"'
        raise Refusal(Exit.CONFIGURATION, f"{config}: [staff], key emergency_pin_file: found nothing, {wanted}")
    path = Path(settings.emergency_pin_file)
    write_private(path, hash_pin(_ask()) + "\n")
    print(f"{path}: touch screens that have this file take the emergency PIN while their controller does not answer")


def _people(path: Path) -> tuple[Person, ...]:
    if not path.exists():
        return ()
    try:
        return read_pins(path)
    except PinsUnreadable as error:
        raise Refusal(Exit.CONFIGURATION, f"{path}: {error.reason}; mend it or put it away") from None


def _ask() -> str:
    """A PIN of at least six digits; it is repeated nowhere."""
    if sys.stdin.isatty():
        secret = getpass("PIN: ")
        if getpass("PIN again: ") != secret:
            raise Refusal(Exit.BAD_DATA, "PIN: the two differ; try again")
    else:
        secret = sys.stdin.readline().strip()
    if not (secret.isascii() and secret.isdigit() and len(secret) >= _DIGITS):
        raise Refusal(Exit.BAD_DATA, f"PIN: wanted digits only, at least {_DIGITS}")
    return secret


def _text(people: list[Person]) -> str:
    """The pins file as TOML."""
    return "".join(
        "[[person]]\n"
        + "".join(
            f"{key} = {_quoted(value)}\n"
            for key, value in (("id", person.id), ("name", person.name), ("role", person.role), ("hash", person.hash))
        )
        + "\n"
        for person in people
    )


def _quoted(text: str) -> str:
    """TOML's texts are written like JSON's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
