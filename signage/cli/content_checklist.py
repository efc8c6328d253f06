"""`signage content checklist …`: the rounds that staff walk, whose words two people agree on.

Here the author signs, and nothing is walked before `signage content approve` and `push`.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer
from msgspec.structs import replace

from signage.cli.content_template import declare
from signage.cli.options import ConfigFile
from signage.config.load import load_head_office
from signage.content.draft import working
from signage.content.policy import checked_lists
from signage.content.refusal import RefusedError
from signage.content.repository import Repository
from signage.content.signed import Declarations
from signage.core.checklists import Checklist, CheckStep
from signage.core.exits import Exit, Refusal

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ROLES: Final = frozenset({"teller", "lobby-manager", "branch-manager"})
checklists = typer.Typer(help="Rounds that staff walk, step by step.", no_args_is_help=True)
By = Annotated[str, typer.Option("--by", help="The author; somebody else approves.", metavar="PUBLISHER")]


@checklists.command("add")
def add_checklist(
    config: ConfigFile,
    file: Annotated[Path, typer.Argument(help="TOML: id, version, title, due, [[step]].")],
    *,
    by: By,
) -> None:
    """Sign a checklist, in place of an earlier version of the same id."""
    checklist = read_checklist(file)
    known = next((one for one in _known(config) if one.id == checklist.id), None)
    if known is not None and known.version >= checklist.version:
        wanted = known.version + 1
        raise Refusal(
            Exit.BAD_DATA, f"{file}: version: {checklist.version} is not above {known.version}; wanted {wanted}"
        )

    def change(declared: Declarations) -> Declarations:
        others = tuple(one for one in declared.checklists if one.id != checklist.id)
        return replace(declared, checklists=(*others, checklist))

    declare(config, by, change, f"checklist {checklist.id}, version {checklist.version}: {len(checklist.steps)} steps")


@checklists.command("remove")
def remove_checklist(
    config: ConfigFile, name: Annotated[str, typer.Argument(help="Its id.", metavar="ID")], *, by: By
) -> None:
    """Take a checklist back."""
    known = _known(config)
    if all(one.id != name for one in known):
        there = ", ".join(one.id for one in known) or "none"
        raise Refusal(Exit.BAD_DATA, f"there is no checklist {name!r}; wanted one of {there}")

    def change(declared: Declarations) -> Declarations:
        return replace(declared, checklists=tuple(one for one in declared.checklists if one.id != name))

    declare(config, by, change, f"checklist {name} is taken back")


def _known(config: Path) -> tuple[Checklist, ...]:
    return working(Repository(Path(load_head_office(config).content.repository))).declarations.checklists


def read_checklist(file: Path) -> Checklist:
    """Raises Refusal (65) naming the place and what is wanted there."""
    try:
        raw = msgspec.toml.decode(file.read_bytes(), type=dict[str, Any])
        steps = raw.pop("step", [])
        checklist = msgspec.convert(raw | {"steps": steps}, Checklist)
    except OSError as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: cannot be read: {error.strerror}; name a TOML file") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: {error}; mend that") from None
    _only(file, "", raw, {*Checklist.__struct_fields__, "step"} - {"steps"})
    for number, step in enumerate(steps, 1):
        _only(file, f"step {number}: ", step, set(CheckStep.__struct_fields__))
    for place, name in (("id", checklist.id), *((f"step {n}: id", one.id) for n, one in enumerate(checklist.steps, 1))):
        if not _ID.fullmatch(name):
            raise Refusal(Exit.BAD_DATA, f"{file}: {place}: {name[:40]!r}; wanted small letters, digits and dashes")
    texts = [("title", checklist.title), *((f"step {n}: text", one.text) for n, one in enumerate(checklist.steps, 1))]
    for place, text in texts:
        if not text.get("zh"):
            raise Refusal(Exit.BAD_DATA, f"{file}: {place}: found nothing in zh; wanted words by locale")
    if strangers := sorted(set(checklist.roles) - _ROLES):
        raise Refusal(Exit.BAD_DATA, f"{file}: roles: {strangers[0]!r} is no role; wanted {', '.join(sorted(_ROLES))}")
    try:
        checked_lists((checklist,))
    except RefusedError as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: {error.refused.text}") from None
    return checklist


def _only(file: Path, place: str, found: dict[str, Any], wanted: set[str]) -> None:
    if surplus := sorted(set(found) - wanted):
        keys = ", ".join(sorted(wanted))
        raise Refusal(Exit.BAD_DATA, f"{file}: {place}{surplus[0]}: no such key; wanted one of {keys}")
