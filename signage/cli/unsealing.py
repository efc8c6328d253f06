"""The options by which a command tells what customers wrote: never unasked, and sealed words only with the key."""

from pathlib import Path
from typing import Annotated

import typer

from signage.core.exits import Exit, Refusal
from signage.link.sealing import KeyUnreadable, read_private

Unsealed = Annotated[bool, typer.Option("--unsealed", help="With customers' words and numbers.")]
KeyFile = Annotated[
    Path | None, typer.Option("--key", help="The private key that opens what is sealed.", metavar="FILE")
]


def private_key(path: Path | None, *, unsealed: bool) -> bytes | None:
    """The key of `--key`, which goes with `--unsealed`. Raises Refusal."""
    if path is None:
        return None
    if not unsealed:
        raise Refusal(Exit.WRONG_USE, "--key: goes with --unsealed")
    try:
        return read_private(path)
    except KeyUnreadable as error:
        raise Refusal(Exit.CONFIGURATION, f"--key: {error}") from None
