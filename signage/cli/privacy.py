"""`signage privacy`: the keys that customers' words and numbers are sealed for, and their erasure at head office."""

from pathlib import Path
from typing import Annotated

import typer

from signage.config.addresses import write_private
from signage.core.exits import Exit, Refusal
from signage.link.sealing import new_pair, read_public
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
