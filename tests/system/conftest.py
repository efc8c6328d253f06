"""Which files begin: what waits longest begins first, so that nothing is waited for at the end."""

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
