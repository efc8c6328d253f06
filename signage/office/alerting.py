"""Alerts in the collector's log: who serves there and how many stars, never a customer's words."""

from datetime import timedelta
from typing import Final

from structlog.typing import FilteringBoundLogger

from signage.office.alerts import SINGLE, Alert

_LATE: Final = timedelta(minutes=1)  # a branch was away: it alarms all the same, and says how old it is


def tell_alerts(raised: list[Alert], log: FilteringBoundLogger) -> None:
    """Tell of each, and empty the list."""
    for alert in raised:
        late = alert.raised_at - alert.at
        told = {"branch": alert.branch, "counter": alert.counter, "teller": alert.teller, "at": str(alert.at)}
        if late > _LATE:
            told |= {"late_s": str(late // timedelta(seconds=1))}
        if alert.kind == SINGLE:
            log.warning("a low rating", stars=alert.stars, **told)
        else:
            log.warning("low ratings in a cluster", since=str(alert.since), ratings=alert.n, low=alert.low, **told)
    raised.clear()
