"""Which files begin: what waits longest begins first, so that nothing is waited for at the end. And what a first try met."""

from pathlib import Path
from typing import Final

import pytest

# In this order; the others follow by name.
FIRST: Final = (
    "test_demo",
    "test_glass_expiry",
    "test_local",
    "test_attacks",
    "test_recount",
    "test_access",
    "test_power_cut",
    "test_lockdown",
    "test_glass_memory",
    "test_bridge_kills",
    "test_power_cut_content",
    "test_emergency",
    "test_head_office_commands",
    "test_attacks_media",
    "test_delivery",
    "test_publisher",
    "test_guard",
    "test_bridge",
    "test_ports",
    "test_glass",
)
_here: Final = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    stem = item.path.stem if item.path.parent == _here else ""
    return FIRST.index(stem) if stem in FIRST else len(FIRST)


# ---- a test that needed two tries ------------------------------------------------------------------------------------

_LINES: Final = 25  # of each: the end of what it said
_first_tries: Final[list[tuple[str, str]]] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if str(report.outcome) == "rerun":  # a word of pytest-rerunfailures
        _first_tries.append((report.nodeid, report.longreprtext))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A second try that passes would hide what was wrong with the first."""
    for name, said in _first_tries:
        terminalreporter.section(f"the first try of {name}", sep="-")
        terminalreporter.write_line("\n".join(said.splitlines()[-_LINES:]))
