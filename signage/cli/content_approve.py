"""`signage content diff`, `sheet` and `approve`: what waits is shown, and then signed by somebody else than its author."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from signage.cli.options import ConfigFile
from signage.config.load import load_head_office
from signage.content import draft
from signage.content.keys import Keys
from signage.content.repository import Repository
from signage.content.review import differences
from signage.content.sheet import write_sheet
from signage.core.exits import Exit, Refusal
from signage.link.clock import now

By = Annotated[str, typer.Option("--by", help="Who signs.", metavar="PERSON")]


def diff(config: ConfigFile) -> None:
    """What the draft changes."""
    repository, _ = _opened(config)
    for line in differences(repository.catalogue(), draft.working(repository)):
        print(line)


def sheet(config: ConfigFile, *, out: Annotated[Path, typer.Option("--out", help="Into this directory.")]) -> None:
    """The contact sheet of every new asset, as PNG and HTML."""
    repository, _ = _opened(config)
    print(*_sheet(repository, out), sep="\n")


def approve(
    config: ConfigFile,
    *,
    by: By,
    out: Annotated[Path | None, typer.Option("--out", help="The contact sheet goes there.", metavar="DIR")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask. Without a terminal nobody is asked.")] = False,
) -> None:
    """Show what is signed, then give the second signature. Author and approver are two people."""
    repository, keys = _opened(config)
    with repository.lock.held():
        shown = _shown(repository, out)
    if shown is not None and not yes and sys.stdin.isatty():
        answer = typer.prompt("sign all of it? type yes", default="no")
        if answer != "yes":
            raise Refusal(Exit.NOT_PERMITTED, "not signed; it goes on waiting, or `signage content discard` forgets it")
    with repository.lock.held():
        if shown is not None and (draft.pending(repository), draft.documents(repository)) != shown:
            raise Refusal(Exit.BAD_DATA, "not signed: the draft has changed while you looked; approve it again")
        version = draft.approve(repository, keys, by, now())
    print(
        f"content {version}: signed by {' and '.join(repository.record(version).by)}; `signage content push` makes it live"
    )


def _shown(repository: Repository, out: Path | None) -> tuple[draft.Draft, dict[str, bytes]] | None:
    """What the approver is shown, and then signs. None: nothing waits."""
    waiting = draft.pending(repository)
    if waiting is None:
        return None
    print(f"by {waiting.author}: {'; '.join(waiting.notes)}")
    lines = differences(repository.catalogue(), draft.working(repository))
    for line in (*(f"! {flag}" for flag in waiting.flags), *lines):
        print(line)
    print(f"contact sheet: {_sheet(repository, out or repository.folder / 'sheets')[0]}")
    return waiting, draft.documents(repository)


def _sheet(repository: Repository, folder: Path) -> tuple[Path, Path]:
    old, new = repository.catalogue(), draft.working(repository)
    fresh = [asset for ref, asset in new.assets.items() if old.assets.get(ref) != asset]
    waiting = draft.pending(repository)
    flags = waiting.flags if waiting is not None else ()
    return write_sheet(repository, fresh, list(differences(old, new)), flags, folder)


def _opened(config: Path) -> tuple[Repository, Keys]:
    table = load_head_office(config).content
    return Repository(Path(table.repository)), Keys(Path(table.keys))
