"""`signage content operations-key …` and `signage content template …`: what may be done in a hurry, agreed by two beforehand.

Both change what two people sign: here the author signs, and nothing holds before `signage content approve`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import msgspec
import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import replace
from securesystemslib.signer import SSlibKey

from signage.cli.options import ConfigFile, read_end
from signage.config.load import load_head_office
from signage.content.draft import author, working
from signage.content.keys import OPERATIONS, Keys, public_hex
from signage.content.repository import Repository
from signage.content.signed import Declarations
from signage.core.exits import Exit, Refusal
from signage.core.programme import NoticeTemplate, OperationsKey
from signage.link.clock import now
from signage.wire.topics import check_node

COMMANDS: Final = ("suspend", "resume", "notice.post", "notice.withdraw")
_BLANK: Final = re.compile(r"\{([^{}]*)\}")
operations = typer.Typer(help="Keys that may command branches alone.", no_args_is_help=True)
templates = typer.Typer(help="Notices whose words are signed beforehand.", no_args_is_help=True)
By = Annotated[str, typer.Option("--by", help="The author; somebody else approves.", metavar="PUBLISHER")]


@operations.command("add")
def add_key(
    config: ConfigFile,
    name: Annotated[str, typer.Argument(help="What the key is called here, such as night-desk.")],
    *,
    by: By,
    commands: Annotated[str, typer.Option("--commands", help="What it may, with commas.")] = ",".join(COMMANDS),
    branches: Annotated[str, typer.Option("--branches", help="Ids, group-TAG or all, with commas.")],
    until: Annotated[str | None, typer.Option("--until", help="Its last day, or its end.")] = None,
    public: Annotated[
        str | None, typer.Option("--public", help="The public half of a key that is kept elsewhere.", metavar="HEX")
    ] = None,
) -> None:
    """Let a key command branches, within limits. Made here, unless --public names it."""
    repository, keys = _office(config)
    may, where = _listed(commands, "--commands", _command), _listed(branches, "--branches", _branch)
    zone = ZoneInfo(repository.office().timezone)
    end = read_end(until, "--until", zone) if until is not None else None
    keyid, half = _of_public(public) if public is not None else _made(keys, name)
    key = OperationsKey(keyid=keyid, public=half, commands=may, branches=where, until=end)
    note = f"operations key {name} ({keyid[:12]}) may {', '.join(may)} at {', '.join(where)}" + (
        f" until {end}" if end is not None else ""
    )

    def change(declared: Declarations) -> Declarations:
        return replace(declared, operations=(*(one for one in declared.operations if one.keyid != keyid), key))

    _author(repository, keys, by, change, note)


@operations.command("remove")
def remove_key(
    config: ConfigFile,
    key: Annotated[str, typer.Argument(help="Its name here, or the beginning of its key id.")],
    *,
    by: By,
) -> None:
    """Revoke a key: branches refuse it as soon as they have the publication."""
    repository, keys = _office(config)
    known = working(repository).declarations.operations
    path = keys.path(key if key.startswith(OPERATIONS) else f"{OPERATIONS}{key}")
    wanted = keys.signer(path.stem).public_key.keyid if path.exists() else key
    gone = [one for one in known if one.keyid.startswith(wanted)]
    if len(gone) != 1:
        there = ", ".join(one.keyid[:12] for one in known) or "none"
        raise Refusal(Exit.BAD_DATA, f"{key!r}: wanted the name or the beginning of one signed key: {there}")

    def change(declared: Declarations) -> Declarations:
        return replace(declared, operations=tuple(one for one in declared.operations if one not in gone))

    _author(repository, keys, by, change, f"operations key {gone[0].keyid[:12]} is revoked")


@operations.command("list")
def list_keys(config: ConfigFile) -> None:
    """The keys that are signed, or wait for their second signature."""
    repository, _ = _office(config)
    for one in working(repository).declarations.operations:
        end = f" until {one.until}" if one.until is not None else ""
        print(f"{one.keyid[:12]}  {', '.join(one.commands)}  at {', '.join(one.branches)}{end}")


@templates.command("add")
def add_template(
    config: ConfigFile, file: Annotated[Path, typer.Argument(help="TOML: id, text, blanks, emergency.")], *, by: By
) -> None:
    """Sign a notice's words, and what may fill their blanks."""
    repository, keys = _office(config)
    template = read_template(file)
    note = f"template {template.id}" + (" FOR EMERGENCIES" if template.emergency else "") + f": {template.text}"

    def change(declared: Declarations) -> Declarations:
        others = tuple(one for one in declared.templates if one.id != template.id)
        return replace(declared, templates=(*others, template))

    _author(repository, keys, by, change, note)


@templates.command("remove")
def remove_template(
    config: ConfigFile, name: Annotated[str, typer.Argument(help="Its id.", metavar="ID")], *, by: By
) -> None:
    """Take a template back."""
    repository, keys = _office(config)
    known = working(repository).declarations.templates
    if all(one.id != name for one in known):
        there = ", ".join(one.id for one in known) or "none"
        raise Refusal(Exit.BAD_DATA, f"there is no template {name!r}; wanted one of {there}")

    def change(declared: Declarations) -> Declarations:
        return replace(declared, templates=tuple(one for one in declared.templates if one.id != name))

    _author(repository, keys, by, change, f"template {name} is taken back")


def read_template(file: Path) -> NoticeTemplate:
    """Raises Refusal (65) naming what is wrong."""
    try:
        raw = msgspec.toml.decode(file.read_bytes(), type=dict[str, Any])
        template = msgspec.convert(raw, NoticeTemplate)
    except OSError as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: cannot be read: {error.strerror}; name a TOML file") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: {error}; mend that") from None
    if surplus := sorted(set(raw) - set(NoticeTemplate.__struct_fields__)):
        raise Refusal(Exit.BAD_DATA, f"{file}: {surplus[0]}: no such key; wanted id, text, blanks or emergency")
    if not template.text:
        raise Refusal(Exit.BAD_DATA, f"{file}: text: found nothing, wanted words by locale")
    for locale, words in template.text.items():
        unknown = set(_BLANK.findall(words)) ^ set(template.blanks)
        if unknown:
            line = (
                f"{file}: text.{locale}: {', '.join(sorted(unknown))}: each blank stands in every text and in [blanks]"
            )
            raise Refusal(Exit.BAD_DATA, line)
    for name, choices in template.blanks.items():
        lacking = [choice for choice, words in choices.items() if set(template.text) - set(words)]
        if lacking or not choices:
            what = ", ".join(lacking) or "choices"
            raise Refusal(Exit.BAD_DATA, f"{file}: blanks.{name}: {what}: wanted words for every locale of the text")
    return template


def _author(
    repository: Repository, keys: Keys, by: str, change: Callable[[Declarations], Declarations], note: str
) -> None:
    before = working(repository)
    wanted = msgspec.structs.replace(before, declarations=change(before.declarations))
    version = author(repository, keys, by, wanted, note, now(), flags=(note,))
    print(note if version is None else f"{note}: content {version}")
    if version is None:
        print("it waits for its second signature: `signage content approve --by` somebody else, then push")


def _office(config: Path) -> tuple[Repository, Keys]:
    table = load_head_office(config).content
    return Repository(Path(table.repository)), Keys(Path(table.keys))


def _made(keys: Keys, name: str) -> tuple[str, str]:
    signer = keys.make(f"{OPERATIONS}{name}")
    return str(signer.public_key.keyid), public_hex(signer)


def _of_public(public: str) -> tuple[str, str]:
    try:
        key = SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    except ValueError:
        raise Refusal(Exit.WRONG_USE, "--public: no Ed25519 key; wanted 64 hex digits") from None
    return str(key.keyid), public.lower()


def _listed(text: str, option: str, check: Callable[[str], str]) -> tuple[str, ...]:
    try:
        found = tuple(check(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise Refusal(Exit.WRONG_USE, f"{option}: {error}") from None
    if not found:
        raise Refusal(Exit.WRONG_USE, f"{option}: found nothing, wanted at least one")
    return found


def _command(name: str) -> str:
    if name not in COMMANDS:
        raise ValueError(f"{name!r} cannot be commanded from afar; wanted one of {', '.join(COMMANDS)}")
    return name


def _branch(name: str) -> str:
    if name != "all":
        check_node(name.removeprefix("group-"))
    return name
