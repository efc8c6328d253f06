"""After the last step: presses made beside rows at head office, and the branch as head office sees it."""

from typing import Final

from signage.cli.demo.office import glass_times, ratings, show_fleet
from signage.cli.demo.stage import Stage
from signage.cli.demo.tell import Tally

_PATIENCE: Final = 20  # looks at head office, with a second between them


def balance(stage: Stage) -> bool:
    """Print the table, the screens' own times and the fleet; whether every press is exactly one row."""
    rows: Tally = ratings(stage.house)
    for _ in range(_PATIENCE):
        if rows == stage.made:
            break
        stage.watch.pause(1.0)
        rows = ratings(stage.house)
    for what in ("suspension", "notice"):
        if times := sorted(glass_times(stage.house, what)):
            middle, last = times[len(times) // 2], times[-1]
            stage.teller.line(
                f"the screens' own measure, {what}: {len(times)} drawn, middle {middle} ms, longest {last} ms"
            )
    stage.teller.table(stage.made, rows)
    show_fleet(stage.house)
    return rows == stage.made
