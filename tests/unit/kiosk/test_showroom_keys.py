"""What a key makes of what is looked at in the gallery's window: everything goes round, and nothing else changes with it."""

from dataclasses import replace
from typing import Final, get_args

import pytest

from kiosk.showroom import CLOSING, KEYS, Choosing
from signage.core.model import Brand

SHEETS: Final = 3
LOCALES: Final = ("zh", "zh-HK", "en")
BRANDS: Final[tuple[Brand, ...]] = get_args(Brand)
FIRST: Final = Choosing()


def after(choosing: Choosing, *orders: str) -> Choosing:
    for order in orders:
        choosing = choosing.after(order, SHEETS, LOCALES, BRANDS)
    return choosing


def test_sheets_go_round_in_both_directions() -> None:
    assert [after(FIRST, *["next"] * times).sheet for times in range(5)] == [0, 1, 2, 0, 1]
    assert [after(FIRST, *["before"] * times).sheet for times in range(5)] == [0, 2, 1, 0, 2]


def test_languages_and_brands_go_round() -> None:
    assert [after(FIRST, *["locale"] * times).locale for times in range(4)] == ["zh", "zh-HK", "en", "zh"]
    assert [after(FIRST, *["brand"] * times).brand for times in range(3)] == ["green", "blue", "green"]


def test_large_type_and_night_are_switched_on_and_off() -> None:
    assert [after(FIRST, *["elder"] * times).elder for times in range(3)] == [False, True, False]
    assert [after(FIRST, *["night"] * times).night for times in range(3)] == [False, True, False]


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ("before", "sheet"),
        ("next", "sheet"),
        ("locale", "locale"),
        ("elder", "elder"),
        ("night", "night"),
        ("brand", "brand"),
    ],
)
def test_an_order_changes_one_thing_wherever_it_comes(order: str, field: str) -> None:
    for choosing in (FIRST, Choosing(2, "en", elder=True, night=True, brand="blue")):
        changed = after(choosing, order)
        assert changed != choosing
        assert replace(changed, **{field: getattr(choosing, field)}) == choosing


def test_a_window_with_one_sheet_stays_there() -> None:
    assert FIRST.after("before", 1, LOCALES, BRANDS) == FIRST.after("next", 1, LOCALES, BRANDS) == FIRST


def test_every_key_gives_an_order_of_its_own_and_none_of_them_closes() -> None:
    assert sorted(KEYS.values()) == ["before", "brand", "elder", "locale", "next", "night"]
    assert not CLOSING & set(KEYS)
