"""What a screen is told to be from afar: dark, dim, low."""

from kiosk.view.dimming import Dimming, dimmed


def test_dimming_is_read_strictly() -> None:
    bright = Dimming()
    assert dimmed(bright, {"screen": "w", "on": False}) == Dimming(on=False)
    assert dimmed(bright, {"brightness": 0, "volume": 7}) == Dimming(brightness=0, volume=7)
    for wrong in ({"on": 1}, {"brightness": 101}, {"brightness": -1}, {"volume": True}, {"volume": "5"}, {"colour": 1}):
        assert isinstance(dimmed(bright, wrong), str), wrong


def test_a_dark_screen_is_black_and_mute_and_a_dim_one_neither() -> None:
    dark, dim = Dimming(on=False, brightness=100, volume=70), Dimming(brightness=0, volume=70)
    assert (dark.shade, dark.loudness) == (1.0, 0)
    assert dim.shade < 1
    assert dim.loudness == 70


def test_only_off_is_black() -> None:
    assert Dimming(on=False).shade == 1.0
    assert Dimming().shade == 0.0
    assert 0.5 < Dimming(brightness=0).shade < 1.0
