"""Head office, asked the way anybody asks it: by `signage export`."""

import subprocess
import sys
from collections import Counter
from typing import Any

import msgspec

from signage.cli.demo.cast import program
from signage.cli.demo.house import House
from signage.cli.demo.tell import Tally


def export(house: House, what: str) -> list[dict[str, Any]]:
    """Rows at head office. Raises RuntimeError with what the command said if it failed."""
    run = subprocess.run(  # noqa: S603 - our own command
        [program("signage"), "export", what, "--config", str(house.office_file), "--format", "jsonl"],
        capture_output=True,
        check=False,
        timeout=90,
    )
    if run.returncode:
        raise RuntimeError(f"signage export {what} ended with {run.returncode}: {run.stderr.decode().strip()}")
    return [msgspec.json.decode(line) for line in run.stdout.splitlines()]


def show_fleet(house: House) -> None:
    """The branch as head office sees it, on this very terminal."""
    sys.stdout.flush()
    subprocess.run(  # noqa: S603 - our own command
        [program("signage"), "fleet", "--config", str(house.office_file), "--locale", "en"], check=False, timeout=90
    )


def ratings(house: House) -> Tally:
    """How many rows there are for each counter and number of stars."""
    return Counter((str(row["data"].get("counter")), int(row["data"]["stars"])) for row in export(house, "ratings"))


def glass_times(house: House, what: str) -> list[int]:
    """`after_ms` of every `shown` event of one kind: what the screens themselves have measured."""
    rows = export(house, "events")
    return [int(row["data"]["after_ms"]) for row in rows if row["kind"] == "shown" and row["data"].get("what") == what]
