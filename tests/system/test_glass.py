"""Signed content on a real wall: received, verified by the wall itself, decoded apart, on the glass; and every attack."""

import os
import signal
from collections.abc import Iterator
from functools import partial

import pytest

from tests.system.glass_box import GlassBox, painted

pytestmark = pytest.mark.system
RED, BLUE, GOLD, TEAL = (200, 30, 40), (30, 60, 200), (220, 180, 20), (10, 140, 140)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GlassBox]:
    made = GlassBox(tmp_path_factory.mktemp("glass"))
    try:
        made.open()
        yield made
    finally:
        made.close()


def test_a_signed_picture_comes_onto_the_glass_and_the_status_says_so(box: GlassBox) -> None:
    assert box.screen["content"] == 0
    version = box.publish(painted(RED))
    box.until("red", lambda: box.pixel() == RED)
    box.until("told", lambda: box.screen["content"] == version)
    delivery = box.status["delivery"]
    assert (delivery["received"], delivery["verified"], delivery["staged"]) == (version, version, version)
    assert box.status["faults"] == []
    box.until("shown", lambda: any(one["kind"] == "shown" and one["data"]["what"] == "content" for one in box.events))


def refused_for(box: GlassBox, file: str) -> bool:
    """Whether the newest bundle is refused because of that file."""
    return f": {file}: " in (box.status["delivery"].get("refused") or "")


def test_a_tampered_bundle_is_refused_with_the_reason_and_the_last_good_content_stays(box: GlassBox) -> None:
    good = box.screen["content"]
    version = box.office.publish(painted(BLUE))
    files = box.office.repository.files_since(None, version)
    for name in ("targets.json", "programme.json", "snapshot.json", "timestamp.json"):
        bad = bytearray(files[name])
        at = bad.index(b'"version":') + 10
        bad[at] ^= 1
        box.hand_on({**files, name: bytes(bad)}, version)
        box.until(f"{name} refused", partial(refused_for, box, name))
        assert box.fault("content-refused") == box.status["delivery"]["refused"]
        assert box.pixel() == RED
        assert box.screen["content"] == good
    box.hand_on(files, version)  # the twin that nobody touched
    box.until("taken", lambda: box.screen["content"] == version)
    box.until("no fault", lambda: box.fault("content-refused") is None)
    box.until("both in turn", lambda: box.pixel() == BLUE, 25)


def test_a_blob_of_other_bytes_is_not_shown_but_fetched_again(box: GlassBox) -> None:
    box.spoil = lambda content: content[:-1] + bytes([content[-1] ^ 1])
    box.publish(painted(GOLD))
    turns: list[tuple[int, ...]] = []  # of the others, until it would have had one of its own

    def looked() -> bool:
        found = box.pixel()
        assert found != GOLD
        if found in {RED, BLUE} and turns[-1:] != [found]:
            turns.append(found)
        return len(turns) > 2 and box.fault("content-blob") is not None

    box.until("told, and the others in turn", looked, 60)
    box.spoil = lambda content: content
    box.until("whole", lambda: box.pixel() == GOLD, 60)
    box.until("no fault", lambda: box.fault("content-blob") is None)


def test_a_signed_bomb_falls_to_a_house_slide_and_the_others_go_on(box: GlassBox) -> None:
    version = box.publish(painted(TEAL, (9000, 9000)))
    box.until("named", lambda: "4-0.png" in (box.fault("content-decode") or ""), 60)
    box.until("taken", lambda: box.screen["content"] == version)
    seen: set[tuple[int, ...]] = set()

    def all_three() -> bool:
        seen.add(box.pixel())
        return {RED, BLUE, GOLD} <= seen

    box.until("the others", all_three, 60)
    assert TEAL not in seen
    assert box.memory_mb() < 400


def test_a_decoder_that_is_killed_is_started_again(box: GlassBox) -> None:
    box.publish(painted((20, 90, 120)))  # what an earlier one ended stands up with the next picture
    box.until("blue", lambda: box.pixel() == (20, 90, 120), 60)
    pid = box.decoder()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    version = box.publish(painted((90, 20, 120)))
    box.until("violet", lambda: box.pixel() == (90, 20, 120), 60)
    box.until("told", lambda: box.screen["content"] == version)
    assert box.decoder() not in {None, pid}


def test_after_a_restart_without_a_parent_the_same_content_is_drawn_again(box: GlassBox) -> None:
    version = box.screen["content"]
    box.serving = False
    box.cast.end("wall")
    box.until("offline", lambda: not box.status["online"])
    box.start_wall()
    box.until("drawn again", lambda: box.status["online"] and box.screen["content"] == version, 60)
    box.place()
    box.until("red", lambda: box.pixel() == RED, 60)


def test_a_broken_content_folder_leaves_house_slides_and_says_so(box: GlassBox) -> None:
    box.cast.end("wall")
    box.until("offline", lambda: not box.status["online"])
    folder = next(path for path in box.folder.rglob("content") if path.is_dir() and "repository" not in path.parts)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("no folder")
    box.start_wall()
    box.until("drawn", lambda: box.status["online"] and bool(box.screen.get("revision")), 60)
    box.place()
    box.until("told", lambda: box.fault("content-store") is not None)
    box.until("a house slide", lambda: box.pixel() not in {(0, 0, 0), RED, BLUE, GOLD})
