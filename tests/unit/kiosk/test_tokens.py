from collections.abc import Iterator
from typing import Final

import pytest

from kiosk.design.tokens import (
    BLUE_BRAND,
    BRANDS,
    DAY,
    LEAST_PX,
    NIGHT,
    Look,
    Palette,
    Step,
    contrast,
    in_high_contrast,
    palette,
    rgba,
)

EVERY: Final = [palette(night=night, brand=brand) for night in (False, True) for brand in BRANDS]


@pytest.mark.parametrize(
    ("ground", "ink", "ratio"),
    [
        (DAY.paper, DAY.ink, 15.2),
        (NIGHT.paper, NIGHT.ink, 15.7),
        (DAY.paper, DAY.muted, 5.6),
        (NIGHT.paper, NIGHT.muted, 8.3),
        (DAY.brand, DAY.on_brand, 6.4),
        (DAY.attention, DAY.on_attention, 5.8),
        (NIGHT.attention, "#0F1C2B", 9.6),
        (DAY.suspended, DAY.on_suspended, 7.4),
    ],
)
def test_the_house_style_has_the_contrasts_it_was_chosen_for(ground: str, ink: str, ratio: float) -> None:
    assert contrast(ground, ink) == pytest.approx(ratio, abs=0.15)


def written(colours: Palette) -> Iterator[tuple[str, str]]:
    """Every ground with each ink that words stand in upon it."""
    for ground in (colours.paper, colours.surface):
        for ink in (colours.ink, colours.muted, colours.open, colours.closed, colours.accent, colours.attention):
            yield ground, ink
    for ground, *inks in (
        (colours.brand, colours.on_brand, colours.brand_muted),
        (colours.brand_pressed, colours.on_brand, colours.brand_muted),
        (colours.attention, colours.on_attention),
        (colours.suspended, colours.on_suspended, colours.suspended_muted),
        (colours.suspended_pressed, colours.on_suspended, colours.suspended_muted),
        (colours.pressed, colours.ink, colours.muted),
        (colours.idle, colours.ink),
    ):
        for ink in inks:
            yield ground, ink


@pytest.mark.parametrize("colours", EVERY)
def test_every_word_can_be_read_by_weak_eyes(colours: Palette) -> None:
    for ground, ink in written(colours):
        assert contrast(ground, ink) >= 4.5, (ground, ink)
    assert contrast(colours.paper, colours.star_line) >= 3


@pytest.mark.parametrize("colours", EVERY)
def test_elder_mode_is_in_high_contrast_and_is_left_with_it(colours: Palette) -> None:
    look = Look.fit(colours, 1080, 1920, elder=True)
    high = look.palette
    assert high == in_high_contrast(colours)
    for ground, ink in written(high):
        assert contrast(ground, ink) >= 7, (ground, ink)
    for ground in (high.paper, high.surface, high.pressed):
        for edge in (high.line, high.accent, high.star_line):
            assert contrast(ground, edge) >= 3, (ground, edge)
    assert len({high.brand, high.brand_pressed}) == len({high.suspended, high.suspended_pressed}) == 2
    plain = Look.fit(colours, 1080, 1920)
    assert plain.palette == colours
    assert (plain.edge, look.edge) == (1, 3)


def test_by_day_a_suspension_is_written_in_its_own_colour_too() -> None:
    for brand in BRANDS:
        high = in_high_contrast(palette(night=False, brand=brand))
        assert min(contrast(ground, high.suspended) for ground in (high.paper, high.surface)) >= 7


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")
    assert contrast("#0A0A0A", "#0A0A0A") == 1


def test_another_brand_changes_nothing_but_the_brand() -> None:
    blue = palette(night=False, brand="blue")
    assert blue.brand == blue.accent == BLUE_BRAND
    assert palette(night=True, brand="blue").accent not in {BLUE_BRAND, NIGHT.accent}
    for name in ("paper", "ink", "open", "attention", "suspended", "closed", "star"):
        assert getattr(blue, name) == getattr(DAY, name)
    with pytest.raises(KeyError):
        palette(night=True, brand="red")  # type: ignore[arg-type]  # no brand


def test_kivy_is_given_shares() -> None:
    assert rgba("#FF8000", 0.5) == (1.0, 128 / 255, 0.0, 0.5)


def test_a_length_is_a_share_of_the_short_side_and_never_vanishes() -> None:
    wide, small = Look.fit(DAY, 1920, 1080), Look.fit(DAY, 480, 800)
    assert wide.u(48) == Look.fit(DAY, 1080, 1920).u(48) == 48
    assert small.u(1) == 1
    assert small.u(0) == 0
    assert small.u(90) == 40


def test_elder_mode_stands_two_steps_higher_and_steps_end_at_the_ladders_ends() -> None:
    assert Look.fit(DAY, 1080, 1920, elder=True).px(Step.BODY) == 58
    assert Look.fit(DAY, 1080, 1920).px(Step.BODY) == 34
    assert Step.SHOUT.up(1) is Step.SHOUT
    assert Step.CAPTION.up(-3) is Step.CAPTION
    assert Step.TITLE.up(-2) is Step.NOTE


def test_the_smallest_type_can_be_read_on_the_smallest_display() -> None:
    panel = Look.fit(DAY, 800, 480)
    assert [panel.px(step) for step in (Step.CAPTION, Step.NOTE, Step.BODY)] == [LEAST_PX, LEAST_PX, 15]
    mm = 152.4 / 800  # a panel of 7 inches is 152.4 mm wide
    assert LEAST_PX * mm >= 2.4
