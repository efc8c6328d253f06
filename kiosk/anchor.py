"""What a screen trusts begins with the branch's file as it is now, whatever was remembered of it."""

import tomllib
from pathlib import Path

from signage.content.keeper import Recollected, recollect
from signage.content.trust import Held


def recollected(file: Path | None, root: Path | None, held: Held) -> Recollected:
    """What was kept, verified by the root that is named now."""
    return recollect(named(file, root), held)


def named(file: Path | None, root: Path | None) -> Path | None:
    """The root's file. `root`: what a screen was told, which stands where there is no branch's file to ask.

    A file that cannot be read now names none: nothing signed is then believed until it can.
    """
    if file is None:
        return root
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8")).get("content", {})
    except (OSError, ValueError):
        return None
    name = content.get("trusted_root")
    return Path(name) if isinstance(name, str) else None
