"""The independent recount: the same month out of the generator's events by DuckDB, written from how service is measured alone.

It shares no code and no query with `signage.office.measures`, and reads no database of head office: what happened comes
from the plan of the traffic. `compare` names every figure in which the two differ.

`python -m tests.recount` does it for a million events.
"""

from tests.recount.compare import differences
from tests.recount.ground import Ground
from tests.recount.town import PERIOD_ZONE, period, profiles

__all__ = ["PERIOD_ZONE", "Ground", "differences", "period", "profiles"]
