"""What was heard is forgotten after its time, however much is heard; what is written down has an end."""

import json
from datetime import timedelta

from firmware_bridge.repeats import NOTED_LIMIT, Heard, Repeats
from signage.core.instants import Instant

START = Instant.parse("2026-11-24T04:00:00Z")


def after(seconds: float) -> Instant:
    return Instant.of(START + timedelta(seconds=seconds))


def heard(repeats: Repeats, frame: str, at: float) -> Heard:
    standing, _ = repeats.hear("1", frame, after(at))
    if standing is Heard.NEW:
        repeats.note("1", frame, after(at))
    return standing


def test_many_frames_within_the_time_are_all_known() -> None:
    repeats = Repeats(timedelta(seconds=1.5), {}, alone=False)
    assert {heard(repeats, str(number), number / 1000) for number in range(1000)} == {Heard.NEW}
    assert heard(repeats, "0", 1.4) is Heard.ANSWERED
    assert heard(repeats, "999", 1.4) is Heard.ANSWERED


def test_what_is_repeated_lasts_longer_than_what_came_after_it() -> None:
    repeats = Repeats(timedelta(seconds=1.5), {}, alone=False)
    assert [heard(repeats, frame, at) for frame, at in (("a", 0), ("b", 1), ("a", 1.4), ("c", 2.6))][-1] is Heard.NEW
    assert heard(repeats, "a", 2.8) is Heard.ANSWERED
    assert heard(repeats, "b", 2.8) is Heard.NEW


def test_the_last_ones_are_written_down() -> None:
    repeats = Repeats(timedelta(seconds=1.5), {}, alone=False)
    texts = [repeats.note("1", str(number), after(number / 1000)) for number in range(200)]
    assert json.loads(texts[1]) == ["0", "1"]
    assert json.loads(texts[-1]) == [str(number) for number in range(200 - NOTED_LIMIT, 200)]


def test_only_the_last_frame_of_a_set_counts() -> None:
    repeats = Repeats(timedelta(seconds=1.5), {}, alone=True)
    assert [heard(repeats, frame, at) for frame, at in (("a", 0), ("b", 0.1), ("a", 0.2))] == [Heard.NEW] * 3
