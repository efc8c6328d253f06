"""Errands that need large libraries, done by a process that ends with them and takes their memory along.

`python -m kiosk.clerk`: one errand on standard input, what came of it on standard output. Both ends are this program, so they
speak in pickles; an errand is one of the functions named here, never one that somebody sends.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

import kiosk
from signage.core.exits import Exit, Refusal

Errand = Literal["learn", "recollect", "examine"]
_DOES: Final[dict[Errand, tuple[str, str]]] = {
    "learn": ("kiosk.composing", "learn"),
    "recollect": ("kiosk.anchor", "recollected"),
    "examine": ("signage.content.keeper", "examine"),
}
_ROOT: Final = Path(kiosk.__file__).resolve().parents[1]
WITHIN_S: Final = 60.0  # on the slowest board, with everything else starting


class ClerkError(Exception):
    """It ended without an answer. `str()`: which errand, and how."""


def sent(errand: Errand, *given: object, within_s: float = WITHIN_S) -> Any:
    """What came of it; waits for that. Raises Refusal as the errand did, ClerkError."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    try:
        ended = subprocess.run(
            (sys.executable, "-P", "-m", "kiosk.clerk"),
            input=pickle.dumps((errand, given)),
            stdout=subprocess.PIPE,
            timeout=within_s,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClerkError(f"{errand}: {error}") from error
    if ended.returncode or not ended.stdout:
        raise ClerkError(f"{errand}: its process ended with {ended.returncode}")
    code, came = pickle.loads(ended.stdout)  # noqa: S301  # from this program's own process
    if code is not None:
        raise Refusal(Exit(code), *came)
    return came


def main() -> None:
    """What it says itself goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    errand, given = pickle.load(sys.stdin.buffer)  # noqa: S301  # from this program's own process
    module, name = _DOES[errand]
    work: Callable[..., Any] = getattr(import_module(module), name)
    came: tuple[int | None, Any]
    try:
        came = None, work(*given)
    except Refusal as refusal:
        came = int(refusal.code), refusal.lines
    with answers:
        pickle.dump(came, answers)


if __name__ == "__main__":
    main()
