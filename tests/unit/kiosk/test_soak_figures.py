"""What a soak's samples are made to say."""

import random
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest

from bench.soak_figures import BLOCK_S, Held, Sample, Samples, findings, plot, read, slope, warm_from


def sample(at: float, rss_mb: float, process: str = "wall") -> Sample:
    return Sample(at, at / 180, process, rss_mb, rss_mb / 2, 9, 31, 40.0, at / 50, 77)


def run(minutes: float, per_hour: float, noise: list[float]) -> list[Sample]:
    times = [5.0 * number for number in range(int(minutes * 12))]
    return [sample(at, 200 + per_hour * at / 3600 + noise[number % len(noise)]) for number, at in enumerate(times)]


def test_a_straight_line_is_found_exactly() -> None:
    found = slope(run(45, 7.5, [0.0]))
    assert found is not None
    assert found.per_hour == pytest.approx(7.5)
    assert found.within == pytest.approx(0, abs=1e-6)
    assert found.blocks == 45 * 60 / BLOCK_S


def test_films_that_come_and_go_are_a_level_of_their_own_and_neither_growth_nor_chance() -> None:
    played = [
        replace(one, rss_mb=one.rss_mb + 40, threads=one.threads + 10)
        if one.at % 48 >= 36 or one.at > 2400  # ever more of them towards the end
        else one
        for one in run(45, 7.5, [0.0])
    ]
    found = slope(played)
    assert found is not None
    assert found.per_hour == pytest.approx(7.5)
    assert found.within == pytest.approx(0, abs=1e-6)
    assert found.blocks > 45 * 60 / BLOCK_S


def test_what_was_seen_for_a_moment_weighs_as_little_as_it_lasted() -> None:
    """A film of two seconds has blocks of one or two samples, and its memory is anywhere between none and all of it."""
    calm = [sample(float(at), 200 + 0.1 * (at % 2)) for at in range(2700)]
    films = [
        replace(one, rss_mb=one.rss_mb + dice, threads=19) if one.at % 45 < 2 else one
        for one, dice in ((one, random.Random(int(one.at)).uniform(20, 60)) for one in calm)
    ]
    found = slope(films)
    assert found is not None
    assert abs(found.per_hour) < found.within < 2


def judged(samples: list[Sample]) -> dict[str, Held]:
    return {one.aim: one.held for one in findings(samples)}


def test_a_calm_run_holds_every_aim() -> None:
    calm = judged(run(45, 0.5, [0.1, -0.1]))
    assert len(calm) == 6
    assert set(calm.values()) == {Held.YES}


@pytest.mark.parametrize(
    ("per_hour", "noise", "held"),
    [(0.5, [0.0], Held.YES), (2.0, [0.1, -0.1], Held.NO), (0.5, [9.0] * 60 + [-9.0] * 60, Held.UNKNOWN)],
)
def test_memory_is_judged_by_its_whole_interval(per_hour: float, noise: list[float], held: Held) -> None:
    assert judged(run(45, per_hour, noise))["memory, resident < 1 MB/h"] is held


def test_memory_of_its_own_is_judged_besides_where_the_system_takes_pages_of_files_away() -> None:
    leaking = [replace(one, own_mb=90 + 2 * one.at / 3600) for one in run(45, -3.0, [0.0])]
    found = judged(leaking)
    assert (found["memory, resident < 1 MB/h"], found["memory, its own < 1 MB/h"]) == (Held.YES, Held.NO)


def test_what_is_never_given_back_is_not_constant_and_what_a_film_brings_is() -> None:
    calm = run(45, 0.0, [0.0])
    leaking = [replace(one, threads=9 + int(one.at // 1200), files=31 + int(one.at // 900)) for one in calm]
    assert {aim for aim, held in judged(leaking).items() if held is Held.NO} == {"threads constant", "files constant"}
    films = [replace(one, threads=19, files=35) if one.at % 48 >= 36 else one for one in calm]
    assert judged(films)["threads constant"] is judged(films)["files constant"] is Held.YES
    night = [replace(one, files=29) if 1300 <= one.at < 1400 else one for one in calm]
    assert judged(night)["files constant"] is Held.YES


def test_a_screen_that_began_anew_or_went_away_and_one_that_stood_still_are_missed_aims() -> None:
    calm = run(45, 0.0, [0.0])
    assert judged([replace(one, pid=78 if one.at > 1500 else 77) for one in calm])["one life"] is Held.NO
    gone = [one for one in calm if one.at < 2600] + [sample(one.at, 14, "wall-guard") for one in calm]
    assert {one.process for one in findings(gone) if one.held is Held.NO} == {"wall"}
    stuck = [replace(one, stall_ms=600.0) if one.at == 1800 else one for one in calm]
    assert judged(stuck)["longest gap < 500 ms"] is Held.NO


def test_too_short_a_run_says_nothing() -> None:
    assert slope(run(1.4, 7.5, [0.0])) is None
    assert slope(run(2, 7.5, [0.0])) is not None


def test_the_interval_holds_the_true_slope_nineteen_times_in_twenty_or_more() -> None:
    """Of noise that is independent, and of noise that wanders: there, points taken one by one would promise too much."""
    dice = random.Random(4)
    held = 0
    for _ in range(200):
        noise = [dice.gauss(0, 1.0) for _ in range(540)]
        found = slope(run(45, 2.0, noise))
        assert found is not None
        held += abs(found.per_hour - 2.0) <= found.within
    assert held >= 180
    wander = list(accumulate((dice.gauss(0, 0.1) for _ in range(540)), lambda before, new: 0.9 * before + new))
    calm, restless = slope(run(45, 2.0, [0.1, -0.1])), slope(run(45, 2.0, wander))
    assert calm is not None
    assert restless is not None
    assert restless.within > calm.within


def test_a_run_that_was_cut_short_still_gives_its_samples(tmp_path: Path) -> None:
    path = tmp_path / "out" / "samples.csv"
    kept = Samples(path)
    taken = run(2, 3.0, [0.0])
    for one in taken:
        kept.put(one)
    assert read(path) == taken  # written as they come
    with path.open("a") as file:
        file.write("125.0,0.69,wall,20")
    assert read(path) == taken


def test_warm_up_is_a_third_and_at_most_a_quarter_of_an_hour() -> None:
    assert warm_from(run(3, 0, [0.0])) == pytest.approx(175 / 3)
    assert warm_from(run(75, 0, [0.0])) == 900


def test_the_plot_draws_each_process_and_escapes_its_title() -> None:
    drawn = plot([*run(3, 2, [0.0]), *[sample(at, 15, "wall-guard") for at in (0, 60, 120)]], "a < b")
    assert drawn.count("<polyline") == 4  # all of it, and what is not of files
    assert "a &lt; b" in drawn
    assert "wall-guard" in drawn
