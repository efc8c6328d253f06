"""Faults taken on by name: kept in a table of their own, beside the `fault` events that began and will end them.

Support response (measures) is counted from both: raised and cleared by the events, acknowledged by the first row here
between the two.
"""

from collections.abc import Sequence

from sqlalchemy import insert

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.fleet.faults import OpenFault
from signage.office.tables_fleet import acknowledgements


def acknowledge(
    store: Store, faults: Sequence[tuple[str, OpenFault]], actor: str, at: Instant, note: str | None = None
) -> int:
    """Note that `actor` takes on these (branch, fault); how many. One that somebody has is left. Raises DatabaseAway."""
    rows = [
        {
            "branch": branch,
            "device": fault.device,
            "code": fault.code,
            "raised_at": fault.since,
            "at": str(at),
            "actor": actor,
            "note": note,
        }
        for branch, fault in faults
        if fault.by is None
    ]
    if rows:
        with store.begin() as connection:
            connection.execute(insert(acknowledgements), rows)
    return len(rows)
