"""An item on a screen: when it holds, for how long it stands, and whether it is required."""

import pytest

from signage.core.programme import Asset, ItemClass, SignedContent
from signage.core.slots import FOREVER_MS, Slot, Turn, slot
from tests.unit.core.branches import NOON, later
from tests.unit.core.programmes import item, published, slots_of


def one(cls: ItemClass = "advertisement", asset: Asset | None = None, **more: object) -> Slot:
    content = SignedContent(version=1, expires=later(100), assets=(), items=())
    return slot(0, item("x", cls, **more), asset or Asset(ref="x", kind="picture"), content)


@pytest.mark.parametrize(
    ("seconds", "dwell"),
    [(-5, 3_000), (0, 3_000), (3, 3_000), (4, 4_000), (600, 600_000), (601, 600_000)],
)
def test_nobody_reads_in_less_than_three_seconds_or_waits_for_ten_minutes(seconds: int, dwell: int) -> None:
    assert one(seconds=seconds).dwell == dwell


def test_it_holds_from_its_start_up_to_its_end() -> None:
    held = one("house", start=NOON, until=later(1))
    assert [held.valid(NOON.ms + ms) for ms in (-1, 0, 999, 1_000)] == [False, True, True, False]
    endless = one("house")
    assert (endless.start, endless.until) == (0, FOREVER_MS)
    assert endless.valid(0)


def test_an_item_narrows_its_asset_and_never_widens_it() -> None:
    asset = Asset(ref="x", kind="picture", start=later(10), until=later(20))
    for start, until, held in ((5, 25, (10, 20)), (12, 18, (12, 18)), (None, None, (10, 20))):
        found = one("house", asset, start=start and later(start), until=until and later(until))
        assert (found.start, found.until) == tuple(later(at).ms for at in held)


@pytest.mark.parametrize("cls", ["advertisement", "campaign"])
def test_a_promotion_ends_with_the_publication(cls: ItemClass) -> None:
    assert one(cls).until == later(100).ms
    assert one(cls, until=later(99)).until == later(99).ms


@pytest.mark.parametrize("cls", ["house", "notice", "emergency"])
def test_what_serves_the_customer_outlasts_the_publication(cls: ItemClass) -> None:
    assert one(cls).until == FOREVER_MS


def test_required_is_what_must_come_so_often_but_no_emergency() -> None:
    assert [one("house", every_s=every).required for every in (0, 1, 60)] == [False, True, True]
    assert not one("emergency", every_s=60).required


def test_a_slot_is_itself_alone() -> None:
    first, second = slots_of(item("a"), item("a"))
    assert first != second
    assert (first.number, second.number, first.asset.ref) == (0, 1, "a.png")
    assert Turn(first, 0, 1) != Turn(first, 0, 1)
    assert published(item("a")).items == (first.item,)
