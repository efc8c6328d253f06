"""`signage command`: one command from head office, signed by an operations key, queued for the publisher, and its replies."""

import json
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Annotated, Any, Final

import typer

from signage.cli.options import ConfigFile
from signage.cli.roster import roster_of
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.content.keys import OPERATIONS, Keys
from signage.core.exits import Exit, Refusal
from signage.link import clock
from signage.office.awaiting import Outcome
from signage.office.commanding import Aim, CommandQueue, new_command, signed
from signage.office.database import DatabaseAway, Store
from signage.wire.codec import plain
from signage.wire.messages import Command, Reply
from signage.wire.topics import check_node

_LOOK_EVERY_S: Final = 0.1
Branch = Annotated[str | None, typer.Option("--branch", help="To this branch.", metavar="ID")]
Group = Annotated[str | None, typer.Option("--group", help="To every branch of this group.", metavar="TAG")]
Everybody = Annotated[bool, typer.Option("--all", help="To every branch.")]
Wait = Annotated[float, typer.Option("--wait", help="Seconds to wait for replies; 0: do not wait.", min=0)]
KeyName = Annotated[str | None, typer.Option("--key", help="The operations key, if there are several.", metavar="NAME")]
By = Annotated[str | None, typer.Option("--by", help="Who asks for it, for the branch's records.", metavar="PERSON")]


def command(
    config: ConfigFile,
    name: Annotated[str, typer.Argument(help="suspend, resume, notice.post or notice.withdraw", metavar="NAME")],
    *,
    branch: Branch = None,
    group: Group = None,
    everybody: Everybody = False,
    arg: Annotated[list[str] | None, typer.Option("--arg", help="k=text or k:=JSON.", metavar="K=V")] = None,
    wait: Wait = 10.0,
    life: Annotated[float, typer.Option("--life", help="Minutes until it is void.", min=1, max=1440)] = 60,
    key: KeyName = None,
    by: By = None,
) -> None:
    """One command to branches, signed; prints the replies."""
    aim = aim_of(branch, group, everybody=everybody)
    raise typer.Exit(
        give(load_head_office(config), aim, name, arguments(arg or ()), key, by, timedelta(minutes=life), wait)
    )


def give(
    config: HeadOfficeConfig,
    aim: Aim,
    name: str,
    args: dict[str, Any],
    key: str | None,
    by: str | None,
    life: timedelta,
    wait_s: float,
) -> Exit:
    """Sign, queue, wait, print. Raises Refusal."""
    keys = Keys(Path(config.content.keys))
    chosen = key_name(keys, key)
    made = new_command(aim, name, args, chosen.removeprefix(OPERATIONS), by, clock.now(), life)
    made = signed(made, keys.signer(chosen))
    expected = aim.among(roster_of(config))
    if not expected and aim.group is not None and config.roster is not None:
        raise Refusal(Exit.WRONG_USE, f"--group: no branch of the roster is in {aim.group!r}; see {config.roster.file}")
    store = Store(config.database.url)
    try:
        store.prepare()
        queue = CommandQueue(store)
        queue.put(made)
        if wait_s == 0:
            print(f"{name}: queued for {aim.target} until {made.expires_at}")
            return Exit.DONE
        return _told(made, _awaited(queue, made, expected, wait_s), expected)
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database") from None
    finally:
        store.close()


def aim_of(branch: str | None, group: str | None, *, everybody: bool) -> Aim:
    """Exactly one of the three. Raises Refusal (2)."""
    if (branch is not None) + (group is not None) + everybody != 1:
        raise Refusal(Exit.WRONG_USE, "to whom? wanted one of --branch ID, --group TAG and --all")
    try:
        check_node(branch if branch is not None else group if group is not None else "every")
    except ValueError as error:
        raise Refusal(Exit.WRONG_USE, f"--{'branch' if branch is not None else 'group'}: {error}") from None
    return Aim(branch, group)


def arguments(given: list[str] | tuple[str, ...]) -> dict[str, Any]:
    """``k=text`` and ``k:=JSON``. Raises Refusal (2)."""
    args: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.rstrip(":"):
            raise Refusal(Exit.WRONG_USE, f"--arg: {one!r}; wanted name=text, or name:=JSON such as priority:=3")
        try:
            args[name.removesuffix(":")] = json.loads(value) if name.endswith(":") else value
        except ValueError:
            raise Refusal(Exit.WRONG_USE, f"--arg: {value!r} is not JSON; wanted such as priority:=3") from None
    return args


def key_name(keys: Keys, wanted: str | None) -> str:
    """The key file's name: the one that is asked for, or the only one there is. Raises Refusal (77)."""
    there = sorted(path.stem for path in keys.folder.glob(f"{OPERATIONS}*.pem") if ".old-" not in path.name)
    if wanted is not None:
        return wanted if wanted.startswith(OPERATIONS) else f"{OPERATIONS}{wanted}"
    if len(there) == 1:
        return there[0]
    if not there:
        line = f"{keys.folder}: no operations key here; make one with `signage content operations-key add`"
        raise Refusal(Exit.NOT_PERMITTED, line)
    names = ", ".join(one.removeprefix(OPERATIONS) for one in there)
    raise Refusal(Exit.WRONG_USE, f"--key: several keys are here; wanted one of {names}")


def _awaited(queue: CommandQueue, command: Command, expected: tuple[str, ...], wait_s: float) -> dict[str, Reply]:
    """The replies, as soon as everybody expected has replied, or when the time is over."""
    never, until = Event(), clock.monotonic() + wait_s
    replies = queue.replies(command.id)
    while not (expected and set(expected) <= set(replies)) and clock.monotonic() < until:
        never.wait(_LOOK_EVERY_S)
        replies = queue.replies(command.id)
    return replies


def _told(command: Command, replies: dict[str, Reply], expected: tuple[str, ...]) -> Exit:
    outcome = Outcome.of(replies, expected)
    if command.target in replies:  # a single branch: its reply as it is, for scripts
        print(json.dumps(plain(replies[command.target]), ensure_ascii=False))
    for line in outcome.lines(command):
        typer.echo(line, err=True)
    return outcome.code
