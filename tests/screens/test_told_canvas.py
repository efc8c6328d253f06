"""A canvas tells all above it of a change, once until somebody looks, however often Kivy leaves its own mark standing."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.stage import Stage


class Tree:
    """Four canvases, each in the one before, and a rectangle in the last; `plain`: Kivy's own, amid them."""

    def __init__(self) -> None:
        graphics = importlib.import_module("kivy.graphics")
        told = importlib.import_module("kiosk.glass.canvas")
        self.look_at = told.look_at
        self.context = graphics.RenderContext()
        self.outer, self.plain, self.inner = told.ToldCanvas(), graphics.Canvas(), told.ToldCanvas()
        self.context.add(self.outer)
        self.outer.add(self.plain)
        self.plain.add(self.inner)
        with self.inner:
            self.box = graphics.Rectangle(size=(5, 5))
        self.context.draw()

    def looked(self) -> list[bool]:
        return [self.look_at(one) for one in (self.outer, self.plain, self.inner)]


@pytest.fixture
def tree(stage: Callable[[int, int], Stage]) -> Tree:
    stage(60, 40)
    return Tree()


def move(tree: Any) -> None:
    tree.box.pos = (tree.box.pos[0] + 1, 0)


def test_what_is_drawn_as_it_is_has_nothing_to_tell(tree: Tree) -> None:
    assert tree.looked() == [False, False, False]


def test_a_change_is_told_to_all_above_and_seen_once(tree: Tree) -> None:
    move(tree)
    assert tree.looked() == [True, True, True]
    assert tree.looked() == [False, True, False]  # Kivy's own knows nothing of looks
    assert tree.outer.needs_redraw  # for nobody has drawn it


def test_what_is_seen_and_never_drawn_tells_of_the_next_change(tree: Tree) -> None:
    move(tree)
    tree.looked()
    move(tree)
    assert tree.looked() == [True, True, True]


def test_changes_that_nobody_has_looked_at_are_one(tree: Tree) -> None:
    move(tree)
    move(tree)
    assert tree.looked() == [True, True, True]
    assert tree.looked()[0] is False


def test_what_was_drawn_meanwhile_needs_no_look_and_tells_again(tree: Tree) -> None:
    move(tree)
    tree.context.draw()
    assert tree.looked() == [False, False, False]
    move(tree)
    assert tree.looked() == [True, True, True]


def test_what_is_taken_out_and_put_in_elsewhere_tells_of_itself_there(tree: Tree) -> None:
    tree.plain.remove(tree.inner)
    tree.context.draw()
    move(tree)
    assert not tree.look_at(tree.outer)
    tree.outer.add(tree.inner)
    assert tree.looked() == [True, False, True]


def test_a_mark_for_itself_alone_is_not_told_above(tree: Tree) -> None:
    tree.inner.flag_update(0)
    assert not tree.outer.needs_redraw
    move(tree)
    assert tree.outer.needs_redraw
