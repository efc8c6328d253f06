"""docs/metrics.md out of the definitions: which program exports what, with its unit, its labels, and what it says."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from signage.link import figures
from signage.link.figures import Metric
from signage.office import figures as office

PAGE: Final = Path(__file__).parents[2] / "docs" / "metrics.md"
PROGRAMS: Final[Mapping[str, Sequence[Metric]]] = {
    "collect": (figures.LINK_UP, figures.REFUSED, *office.COLLECT),
    "publisher": (figures.LINK_UP, figures.REFUSED, *office.PUBLISHER),
    "cases": office.CASES,
    "fleet": office.FLEET,
    "controller": (*figures.NODE, *figures.BRANCH, *figures.DELIVERY),
    "firmware-bridge": (*figures.NODE, *figures.PADS),
    "kiosk": (*figures.NODE, *figures.SCREEN, *figures.DELIVERY),
}
_COMMANDS: Final = {
    "collect": ("`signage collect`", "`[metrics] listen` of head office's file; `--shard I/N` answers I ports further"),
    "publisher": ("`signage publisher`", "`[metrics] publisher` of head office's file; `--shard I/N` likewise"),
    "cases": ("`signage cases run`", "`[metrics] cases` of head office's file"),
    "fleet": (
        "`signage fleet --serve`",
        "`[metrics] fleet` of head office's file; all branches, by region",
    ),
    "controller": ("`signage controller`", "`[metrics] listen` of the branch's file"),
    "firmware-bridge": ("`firmware-bridge`", "`[metrics] devices` of the branch's file, under the bridge's name"),
    "kiosk": ("`kiosk`", "`[metrics] devices` of the branch's file, under the screen's name"),
}
_HEAD: Final = """\
# Figures for Prometheus

Every program answers `GET /metrics` where it is told to listen, and nowhere else: off without a key, on loopback unless an
address is named, without a password and without TLS, so that other machines reach it only on a network that is the bank's own.
The main loop lays its figures down every two seconds (the publisher every 10, the fleet every 5) and a thread serves what
lies there: who asks can hold nothing up, and `signage_figures_timestamp_seconds` grows old where a loop hangs. Beside what
stands below, each program tells `process_cpu_seconds_total`, `process_resident_memory_bytes`, `process_open_fds`,
`process_start_time_seconds` and their like.

```yaml
rule_files: [alerts.yml]                 # config/alerts.yml, with what to do in each case
scrape_configs:
  - job_name: signage                    # the name that the rules know
    static_configs:
      - targets: ["127.0.0.1:9461", "127.0.0.1:9471", "127.0.0.1:9463", "127.0.0.1:9464"]    # collect, publisher, fleet, cases
```

Head office watches its branches by `signage fleet --serve`, which needs no way into them; controllers, bridges and screens are for
whoever looks after one branch. Written from the programs by `python -m tests.metrics`.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD, _table("Every program", "", figures.EVERYWHERE)]
    for name, metrics in PROGRAMS.items():
        command, where = _COMMANDS[name]
        parts.append(_table(command, f"{where}.\n\n", metrics))
    return "\n".join(parts)


def _table(title: str, words: str, metrics: Sequence[Metric]) -> str:
    rows = [
        f"| `{one.name}` | {one.kind} | {' '.join(f'`{label}`' for label in one.labels)} | {one.text} |"
        for one in metrics
    ]
    return "\n".join(
        [f"## {title}", "", f"{words}| name | kind | labels | says |", "| --- | --- | --- | --- |", *rows, ""]
    )
