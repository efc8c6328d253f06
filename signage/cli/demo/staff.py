"""The demo's one member of staff."""

import subprocess
from typing import Final

from signage.cli.demo.cast import program
from signage.cli.demo.house import House

IDENTITY: Final = "0007"


def engage(house: House) -> None:
    """Give the lobby manager the PIN, the way an installer does. Raises RuntimeError with what the command said."""
    run = subprocess.run(  # noqa: S603 - our own command
        [
            *(program("signage"), "pin", "--config", str(house.branch_file)),
            *("--id", IDENTITY, "--name", "演示大堂经理", "--role", "branch-manager"),
        ],
        input=f"{house.pin}\n".encode(),
        capture_output=True,
        check=False,
        timeout=90,
    )
    if run.returncode:
        raise RuntimeError(f"signage pin ended with {run.returncode}: {run.stderr.decode().strip()}")
