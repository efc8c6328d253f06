"""The root that a branch was given by hand: read once, at the start. One that cannot be read is none, which is said.

A branch goes on without it: queue, hours and suspensions must not stop because a file of the advertisements is missing.
"""

from dataclasses import dataclass
from pathlib import Path

_CURE = "give the root that head office handed out, and start again"


@dataclass(frozen=True)
class Pinned:
    """`root` None: nothing that head office sends is accepted. `trouble`: one line, where a root was meant to be here."""

    root: bytes | None = None
    trouble: str | None = None


NO_ROOT = Pinned()  # none was meant to be here


def read_pinned(path: Path | None) -> Pinned:
    """`path` as [content] trusted_root names it; None: it names none."""
    if path is None:
        return NO_ROOT
    from tuf.api.exceptions import RepositoryError  # noqa: PLC0415  # only whoever reads a root needs it
    from tuf.api.metadata import Metadata, Root  # noqa: PLC0415  # as above

    try:
        root = path.read_bytes()
        Metadata[Root].from_bytes(root)
    except OSError as error:
        return Pinned(trouble=f"[content] trusted_root {path}: {error.strerror}; {_CURE}")
    except (RepositoryError, ValueError):
        return Pinned(trouble=f"[content] trusted_root {path}: it is no root; {_CURE}")
    return Pinned(root)
