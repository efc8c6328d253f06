"""Keys and what is declared beside media: rotation, revocation, renewal, operations keys, templates, the calendar."""

import tomllib
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import msgspec
import typer

from signage.cli.options import ConfigFile
from signage.cli.roster import roster_of
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.content import draft, founding
from signage.content.keys import ONLINE_KEYS, OPERATIONS, ROOT_KEYS, Keys, public_hex
from signage.content.programme_file import moment
from signage.content.repository import Repository
from signage.content.signed import Declarations
from signage.core.exits import Exit, Refusal
from signage.core.programme import OperationsKey
from signage.link.clock import now
from signage.wire.codec import Malformed, convert

COMMANDS: Final = ("suspend", "resume", "notice.post", "notice.withdraw", "case.update")
By = Annotated[str, typer.Option("--by", help="Who signs.", metavar="PERSON")]
MaybeBy = Annotated[str | None, typer.Option("--by", help="Who signs.", metavar="PERSON")]
operations = typer.Typer(help="Keys that may command branches.", no_args_is_help=True, rich_markup_mode=None)


def rotate(
    name: Annotated[str, typer.Argument(help="A person, or snapshot, timestamp, scheduler, root-1, root-2, root-3.")],
    config: ConfigFile,
    *,
    by: MaybeBy = None,
    successor: Annotated[str | None, typer.Option("--successor", help="Somebody else takes the place.")] = None,
) -> None:
    """A new key in place of one that is lost, stolen or old."""
    repository, keys = _opened(config)
    if name in {*ONLINE_KEYS, *ROOT_KEYS}:
        version = founding.replace_machine(repository, keys, name, by, now())
        print(_waiting(name, by) if version is None else f"content {version}: {name} has a new key; push it")
        return
    if by is None:
        raise Refusal(Exit.WRONG_USE, f"{name}: a person's key is replaced by two others' signatures; say --by")
    founding.replace_person(repository, keys, name, successor or name, by, now())
    print(_waiting(name, by))


def revoke(name: str, config: ConfigFile, *, by: By) -> None:
    """A publisher's key no longer counts, and nobody takes the place."""
    repository, keys = _opened(config)
    founding.revoke_person(repository, keys, name, by, now())
    print(_waiting(name, by))


def renew_root(config: ConfigFile) -> None:
    """The same root for another three years, by two root keys."""
    repository, keys = _opened(config)
    print(f"content {founding.renew_root(repository, keys, now())}: root renewed; push it")


def renew_media(config: ConfigFile, *, by: By) -> None:
    """All that people sign, signed anew before it expires."""
    repository, keys = _opened(config)
    founding.renew_media(repository, keys, by, now())
    print(_waiting("all media", by))


def declare(
    file: Annotated[Path, typer.Argument(help="TOML: [[template]], [[day]], [[exception]].")],
    config: ConfigFile,
    *,
    by: By,
) -> None:
    """Notices' templates, the calendar's days and exceptions: they replace the former ones, and take two signatures."""
    repository, keys = _opened(config)
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
        table = {
            "templates": raw.pop("template", []),
            "days": raw.pop("day", []),
            "exceptions": raw.pop("exception", []),
        }
        if raw:
            raise Refusal(Exit.BAD_DATA, f"{file}: {min(raw)!r} is unknown; wanted template, day, exception")
        found = convert(table, Declarations, str(file))
    except OSError as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: cannot be read: {error.strerror}; name the file") from None
    except (Malformed, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: {error}; mend that place") from None
    with repository.lock.held():
        kept = draft.working(repository).declarations
        wanted = msgspec.structs.replace(found, operations=kept.operations, checklists=kept.checklists)
        _declared(repository, keys, by, wanted, f"{by} declared {file.name}")
    print(_waiting(file.name, by))


@operations.command("add")
def operations_add(
    name: str,
    config: ConfigFile,
    *,
    by: By,
    command: Annotated[list[str], typer.Option("--command", help="A command it may give.")],
    branches: Annotated[list[str], typer.Option("--branches", help="An id, group-<tag>, or all.")],
    until: Annotated[str | None, typer.Option("--until", help="The last date or time.")] = None,
) -> None:
    """A new key that may command branches, within what is said here. It takes two signatures."""
    _check_reach(load_head_office(config), command, branches)
    repository, keys = _opened(config)
    end = moment(until, ZoneInfo(repository.office().timezone), "--until", end=True)
    with repository.lock.held():
        signer = keys.make(f"{OPERATIONS}{name}")
        key = OperationsKey(
            keyid=signer.public_key.keyid,
            public=public_hex(signer),
            commands=tuple(command),
            branches=tuple(branches),
            until=end,
        )
        now_declared = draft.working(repository).declarations
        wanted = msgspec.structs.replace(now_declared, operations=(*now_declared.operations, key))
        _declared(repository, keys, by, wanted, f"{by} added the operations key {name}")
    print(_waiting(f"operations key {name}", by))


@operations.command("remove")
def operations_remove(name: str, config: ConfigFile, *, by: By) -> None:
    """An operations key no longer counts."""
    repository, keys = _opened(config)
    keyid = keys.signer(f"{OPERATIONS}{name}").public_key.keyid
    with repository.lock.held():
        declared = draft.working(repository).declarations
        rest = tuple(key for key in declared.operations if key.keyid != keyid)
        _declared(
            repository, keys, by, msgspec.structs.replace(declared, operations=rest), f"{by} removed the key {name}"
        )
    print(_waiting(f"operations key {name}", by))


def _check_reach(config: HeadOfficeConfig, commands: list[str], branches: list[str]) -> None:
    """A key for what does not exist would be found out in the night that it is needed. Raises Refusal (2)."""
    if unknown := [name for name in commands if name not in COMMANDS]:
        raise Refusal(Exit.WRONG_USE, f"--command: {unknown[0]!r} is no command; wanted {', '.join(COMMANDS)}")
    roster = roster_of(config)
    there = {"all", *(one.id for one in roster), *(f"group-{tag}" for one in roster for tag in one.groups)}
    if (config.roster is not None) and (strange := [name for name in branches if name not in there]):
        line = f"--branches: the roster {config.roster.file} has no {strange[0]!r}; wanted an id, group-<tag>, or all"
        raise Refusal(Exit.WRONG_USE, line)


def _opened(config: Path) -> tuple[Repository, Keys]:
    table = load_head_office(config).content
    return Repository(Path(table.repository)), Keys(Path(table.keys))


def _declared(repository: Repository, keys: Keys, by: str, wanted: Declarations, note: str) -> None:
    catalogue = draft.working(repository)
    draft.author(repository, keys, by, msgspec.structs.replace(catalogue, declarations=wanted), note, now())


def _waiting(what: str, by: str | None) -> str:
    return f"{what}: signed by {by}; it waits for somebody else's approval"
