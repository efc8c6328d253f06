"""Signed films on the glass: over their still picture, through their turns, and tried again after whatever kept them from playing."""

import os
import subprocess
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kiosk.media.film import Film
from kiosk.screens import films
from kiosk.stage import Stage
from signage.core.programme import Asset, Rendition
from tests.screens.hall import GOLD, RED, Hall, painted

OpenStage = Callable[[int, int], Stage]
OpenHall = Callable[..., Hall]
MIDDLE = (720, 552)  # of a wall's main zone


def plays(wall: Hall) -> bool:
    return bool(wall.face.playing)


def bears(wall: Hall) -> bool:
    """Whether frames of the film stand over its still picture."""
    part = wall.face.widget.picture.film
    return part is not None and bool(part.opaque)


def watch(wall: Hall, until: Callable[[], bool], seconds: float = 15) -> None:
    """Draw as a screen does until something is so."""
    ends = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < ends, "it never comes to that"
        wall.face.advance(0.05)
        wall.stage.step(1)
        time.sleep(0.05)


def film(wall: Hall, folder: Path, *, broken: bool = False, here: bool = True) -> Asset:
    """Three seconds that change their colour, and a still picture. `here`: its blob is on the disk."""
    path = folder / "film.mp4"
    source = "testsrc=size=640x384:rate=25:duration=3"
    words = ["-f", "lavfi", "-i", source, "-c:v", "libx264", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *words], check=True)
    content = b"no film at all" if broken else path.read_bytes()
    moving = wall.disk.put(content) if here else sha256(content).hexdigest()
    still = wall.disk.put(painted(GOLD, (640, 384)))
    parts = (
        Rendition(sha256=moving, size=9, width=640, height=384, media="video/mp4"),
        Rendition(sha256=still, size=9, width=640, height=384, media="image/png"),
    )
    return Asset(ref="film.mp4", kind="video", renditions=parts, duration_ms=3000)


def test_a_film_plays_over_its_still_picture_and_goes_on_through_its_turns(hall: OpenHall, tmp_path: Path) -> None:
    wall = hall()
    wall.disk.publish(1, film(wall, tmp_path))
    wall.develop()
    assert plays(wall)
    first = wall.pixel(*MIDDLE)
    assert first == GOLD, "its still picture, until the first frame is there"
    slide = wall.face.widget.picture
    seen = set()
    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        wall.face.advance(0.05)
        wall.wait(0.05)
        seen.add(wall.stage.pixels().crop((200, 200, 1200, 900)).resize((8, 8)).tobytes())
        time.sleep(0.02)
    assert len(seen) > 4, "it moves, however busy the machine is"
    assert wall.face.widget.picture is slide
    assert wall.status()["screen"]["decoder"] == "processor"
    wall.disk.publish(2, wall.disk.picture("a.png", painted(RED)))
    wall.develop()
    assert not plays(wall)
    assert wall.pixel(*MIDDLE) == RED


def test_a_film_that_does_not_play_leaves_its_still_picture_and_is_told(hall: OpenHall, tmp_path: Path) -> None:
    wall = hall()
    wall.disk.publish(1, film(wall, tmp_path, broken=True))
    wall.develop()
    ends = time.monotonic() + 8
    while plays(wall) and time.monotonic() < ends:
        wall.face.advance(0.05)
        time.sleep(0.05)
    assert not plays(wall)
    assert wall.pixel(*MIDDLE) == GOLD
    wall.wait(1)
    assert [one["code"] for one in wall.status()["faults"]] == ["content-film"]


def test_a_film_whose_blob_comes_late_plays_as_soon_as_it_is_here(hall: OpenHall, tmp_path: Path) -> None:
    wall = hall()
    wall.disk.publish(1, film(wall, tmp_path, here=False))
    wall.develop()
    for _ in range(10):
        wall.wait(1)
        wall.face.advance(1)
        assert not plays(wall)
    assert wall.pixel(*MIDDLE) == GOLD
    assert wall.disk.lost == [], "nothing is known against its blob"
    assert wall.status()["faults"] == [], "that something is on its way is no fault"
    wall.disk.put((tmp_path / "film.mp4").read_bytes())
    wall.face.advance(1)
    assert plays(wall)
    watch(wall, lambda: bears(wall))


def test_a_counters_film_that_comes_late_plays_from_its_next_turn_at_the_latest(hall: OpenHall, tmp_path: Path) -> None:
    counter = hall("counter", (1280, 800))
    counter.disk.publish(1, film(counter, tmp_path, here=False), screens=("counter",))
    counter.develop()
    assert not plays(counter)
    counter.disk.put((tmp_path / "film.mp4").read_bytes())
    counter.wait(11)
    assert plays(counter)


def test_a_film_that_stalls_leaves_its_still_picture_and_is_tried_again(
    hall: OpenHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    players: list[Any] = []
    really = Film._open

    def opened(one: Film) -> Any:
        players.append(really(one))
        return players[-1]

    monkeypatch.setattr(Film, "_open", opened)
    wall = hall()
    wall.disk.publish(1, film(wall, tmp_path))
    wall.develop()
    watch(wall, lambda: bears(wall))
    part = wall.face.widget.picture.film
    watched = part._film
    players[0].set_pause(True)
    watch(wall, lambda: not plays(wall))
    assert wall.pixel(*MIDDLE) == GOLD
    assert part._texture is None, "no frame is held any more"
    assert watched.frame() is None
    wall.wait(1)
    assert [(one["code"], one["text"]) for one in wall.status()["faults"]] == [
        ("content-film", "film.mp4: no frame for 4 s")
    ]
    wall.wait(290)
    wall.face.advance(1)
    assert not plays(wall), "not yet"
    wall.wait(10)
    wall.face.advance(1)
    assert plays(wall)
    watch(wall, lambda: bears(wall))
    wall.wait(1)
    assert wall.status()["faults"] == []
    assert len(players) == 2


def test_a_new_publication_forgives_a_film(hall: OpenHall, tmp_path: Path) -> None:
    wall = hall()
    wall.disk.publish(1, one := film(wall, tmp_path, broken=True))
    wall.develop()
    watch(wall, lambda: not plays(wall))
    wall.wait(1)
    wall.face.advance(1)
    assert not plays(wall)
    wall.disk.publish(2, one)
    assert wall.wait(1).content == 2
    wall.face.advance(1)
    assert plays(wall)


def test_a_film_that_rotted_on_the_disk_is_fetched_again(hall: OpenHall, tmp_path: Path) -> None:
    wall = hall()
    one = film(wall, tmp_path)
    name = one.renditions[0].sha256
    (wall.disk.folder / name).write_bytes(b"something else")
    wall.disk.publish(1, one)
    wall.develop()
    watch(wall, lambda: not plays(wall))
    assert wall.disk.lost == [name]
    wall.wait(1)
    assert wall.status()["faults"] == [], "its delivery tells of it"
    wall.face.advance(1)
    assert not plays(wall)
    wall.disk.put((tmp_path / "film.mp4").read_bytes())
    watch(wall, lambda: bears(wall))


def test_films_that_do_not_close_are_told_and_hold_the_others_up_only_so_long(
    hall: OpenHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "CLOSING_S", 0.3)
    wall = hall()
    ends = []
    for number in range(films.CLOSING_AT_MOST):
        path = tmp_path / f"hangs-{number}"
        os.mkfifo(path)
        hanging = Film(path, "ab" * 32, (640, 384))
        ends.append(path.open("wb"))
        wall.films.close(hanging)
    wall.disk.publish(1, film(wall, tmp_path))
    wall.develop()
    assert not plays(wall)
    time.sleep(0.4)
    wall.face.advance(1)
    wall.wait(1)
    assert [one["code"] for one in wall.status()["faults"]] == ["content-film"]
    for end in ends:
        end.close()
    watch(wall, lambda: bears(wall))
    wall.wait(1)
    assert wall.status()["faults"] == []


def test_a_film_plays_in_the_counters_place_and_is_mute(hall: OpenHall, tmp_path: Path) -> None:
    wall = hall()
    wall.disk.publish(1, film(wall, tmp_path), zone="side")
    wall.develop()
    part = wall.face.widget.side.picture.film
    assert plays(wall)
    assert (part._key.width, part._key.height, part._key.mute) == (480, 288, True)
    watch(wall, lambda: bool(part.opaque))
