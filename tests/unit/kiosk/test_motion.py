"""How much moves on a screen."""

import pytest

from kiosk.view.motion import Drawing, Motion

PROCESSOR, CARD = "llvmpipe (LLVM 15.0.6, 256 bits)", "Mesa Intel(R) UHD Graphics 600"


@pytest.mark.parametrize(
    ("renderer", "motion", "moving"),
    [
        (CARD, "auto", True),
        (CARD, "full", True),
        (CARD, "calm", False),
        (PROCESSOR, "auto", False),
        (PROCESSOR, "full", True),
        (PROCESSOR, "calm", False),
        ("Software Rasterizer", "auto", False),
        ("softpipe", "auto", False),
        ("", "auto", True),
    ],
)
def test_a_processor_moves_only_what_it_is_told_to(renderer: str, motion: Motion, moving: bool) -> None:
    assert Drawing(renderer, motion=motion).moving is moving


def test_films_lose_frames_only_where_a_processor_draws_every_frame_whole() -> None:
    assert Drawing(PROCESSOR, "whole").film_fps(30) == 12
    assert Drawing(PROCESSOR, "whole").film_fps(10) == 10
    assert Drawing(PROCESSOR, "parts").film_fps(30) == 30
    assert Drawing(CARD, "whole").film_fps(60) == 60
