"""What refers to itself is collected when it is much, and only when it is asked for."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from kiosk.tidying import DUE, Tidying


class Ring:
    """Garbage that only the collector frees."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def tidying() -> Iterator[Tidying]:
    one = Tidying()
    one.begin()
    yield one
    one.end()


def rings(count: int) -> weakref.ref[Ring]:
    """That many, and a word of the first."""
    first = Ring()
    word = weakref.ref(first)
    del first
    for _ in range(count):
        Ring()
    return word


def test_much_garbage_is_collected_and_only_by_tending(tidying: Tidying) -> None:
    word = rings(DUE)
    assert word() is not None, "the collector came by itself"
    assert tidying.tend()
    assert word() is None
    assert not tidying.tend(), "twice for nothing"


def test_little_garbage_waits(tidying: Tidying) -> None:
    word = rings(10)
    assert not tidying.tend()
    assert word() is not None


def test_what_a_collection_has_freed_is_given_back_once_at_the_next_look_without_one() -> None:
    given: list[str] = []
    one = Tidying(lambda: given.append("back"))
    one.begin()
    try:
        assert not one.tend()
        assert given == [], "nothing was freed"
        for _ in range(2):
            rings(DUE)
            assert one.tend()
        assert given == [], "the graphics have not let go yet"
        assert not one.tend()
        assert not one.tend()
        assert given == ["back"]
    finally:
        one.end()


def test_the_end_leaves_the_collector_as_it_was(tidying: Tidying) -> None:
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0
    tidying.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
