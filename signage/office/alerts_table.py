"""Alerts as a table for a terminal, in the words of the catalogues."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from signage.core.phrases import Catalogue, Phrase
from signage.office.alerts import SINGLE, Alert

_HEADINGS: Final = ("time", "branch", "counter", "teller", "what")
_LATE_MS: Final = 60_000


def alerts_table(alerts: Sequence[Alert], catalogue: Catalogue, zone: ZoneInfo) -> Table:
    """One row for each, in the order given. A cluster is told in words as well as in colour."""
    heading = Phrase("alerts.title", {"n": len(alerts)})
    table = Table(title=catalogue.render(heading), title_justify="left", expand=True)
    for name in _HEADINGS:
        table.add_column(catalogue.render(Phrase(f"alerts.heading.{name}")), overflow="fold")
    for alert in alerts:
        style = "bold red" if alert.kind != SINGLE else ""
        table.add_row(
            Text(f"{alert.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"),
            Text(alert.branch),
            Text(alert.counter or catalogue.render(Phrase("alerts.kiosk"))),
            Text(alert.teller or "–"),
            Text(catalogue.render(what(alert, zone)), style=style),
        )
    return table


def what(alert: Alert, zone: ZoneInfo) -> Phrase:
    """What happened, in one line."""
    if alert.kind == SINGLE:
        late = (alert.raised_at.ms - alert.at.ms) // _LATE_MS
        key = "alerts.single_late" if late else "alerts.single"
        return Phrase(key, {"stars": alert.stars, "minutes": late})
    since = f"{alert.since.astimezone(zone):%H:%M}"
    return Phrase("alerts.cluster", {"since": since, "n": alert.n, "low": alert.low})
