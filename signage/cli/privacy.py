"""`signage privacy`: the keys that customers' words and numbers are sealed for, and their erasure at head office."""

from pathlib import Path
from typing import Annotated

import typer

from signage.cli.case_office import desk
from signage.cli.options import ConfigFile, read_time, zone_of
from signage.config.addresses import write_private
from signage.core.exits import Exit, Refusal
from signage.link.clock import now
from signage.link.sealing import new_pair, read_public
from signage.office.erasing import Erasure, count, erase
from signage.wire.sealing import recipient_name

app = typer.Typer(help="Keys for customers' words and numbers, and their erasure.", no_args_is_help=True)


@app.command()
def key(
    private: Annotated[Path, typer.Argument(help="The private key's new file; it opens everything.", metavar="FILE")],
    public: Annotated[Path, typer.Argument(help="The public key's new file, for branches.", metavar="PUBLIC")],
) -> None:
    """A new pair of keys. Who loses the private one reads nothing that was sealed for it; keep a copy apart."""
    for path in (private, public):
        if path.exists():
            raise Refusal(Exit.CANNOT_WRITE, f"{path}: is there already; name a new file, a key is never replaced")
    secret, shown = new_pair()
    write_private(private, secret)
    try:
        public.parent.mkdir(parents=True, exist_ok=True)
        public.write_text(shown)
    except OSError as error:
        private.unlink(missing_ok=True)
        raise Refusal(
            Exit.CANNOT_WRITE, f"{public}: cannot be written: {error.strerror}; make its directory writable"
        ) from None
    print(f"{private}: private, for who may read; {public}: public, key {recipient_name(read_public(public))}")


@app.command("erase")
def erase_words(
    config: ConfigFile,
    *,
    before: Annotated[
        str | None, typer.Option("--before", help="Everything before this date or time.", metavar="TIME")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help="Everything of this case.", metavar="NUMBER")] = None,
    branch: Annotated[str | None, typer.Option("--branch", help="Only of this branch.", metavar="ID")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
    timezone: Annotated[str, typer.Option("--timezone", help="Whose date --before is.")] = "Asia/Shanghai",
) -> None:
    """Erase customers' words and numbers at head office, for good; that they were there stays on record."""
    if (before is None) == (case is None):
        raise Refusal(Exit.WRONG_USE, "what? wanted one of --before TIME and --case NUMBER")
    with desk(config) as here:
        if case is not None:
            found = here.find(case, branch, now())
            wanted = Erasure(case=found.id, branch=found.branch)
        else:
            wanted = Erasure(before=read_time(before or "", "--before", zone_of(timezone)), branch=branch)
        if dry_run:
            print(f"{count(here.store, wanted)} events would be erased")
        else:
            print(f"{erase(here.store, wanted, now())} events erased")
