"""The decoder is confined, and its screen believes nothing that it says: every attack beside its accepted twin."""

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import time
import zlib
from io import BytesIO
from pathlib import Path
from queue import Queue
from struct import pack

import pytest
from PIL import Image

from kiosk.media.album import Album, PictureKey, Pixels
from kiosk.media.darkroom import Blame, Darkroom, Developed, Order, Spoilt, read_blob
from kiosk.media.jobs import (
    ENCODED_LIMIT,
    MEDIA,
    BrokenFrameError,
    Job,
    Kind,
    PictureMedia,
    pack_answer,
    pack_job,
    plain,
    read_answer,
    read_job,
)
from kiosk.media.sandbox import MEMORY_BYTES
from kiosk.media.workshop import DecoderDiedError, PictureRefusedError, Workshop

BLUE = (30, 60, 200)


def encoded(media: PictureMedia = "image/png", size: tuple[int, int] = (60, 40), colour: object = BLUE) -> bytes:
    held = BytesIO()
    mode = "RGBA" if isinstance(colour, tuple) and len(colour) == 4 else "RGB"
    Image.new(mode, size, colour).save(held, media.removeprefix("image/"), lossless=True)  # type: ignore[arg-type]  # a colour
    return held.getvalue()


def job(blob: bytes, media: PictureMedia = "image/png", size: tuple[int, int] = (60, 40), target: tuple[int, int] = (30, 20)) -> Job:  # fmt: skip
    return Job(media, size, target, (1, 2, 3), len(blob))


@pytest.fixture
def workshop() -> object:
    made = Workshop()
    yield made
    made.close()


@pytest.mark.parametrize("media", ["image/png", "image/jpeg", "image/webp"])
def test_three_formats_become_bgra_of_exactly_that_size(workshop: Workshop, media: PictureMedia) -> None:
    blob = encoded(media)
    pixels = workshop.decode(job(blob, media), blob)
    assert len(pixels) == 30 * 20 * 4
    blue, green, red, alpha = pixels[:4]
    assert all(abs(a - b) < 6 for a, b in zip((red, green, blue), BLUE, strict=True))
    assert alpha == 255


def test_what_is_transparent_stands_on_the_ground(workshop: Workshop) -> None:
    blob = encoded(colour=(0, 0, 0, 0))
    assert workshop.decode(job(blob), blob)[:4] == bytes((3, 2, 1, 255))


def liar(width: int, height: int) -> bytes:
    """A PNG whose header promises another size than its bytes have."""
    blob = encoded()
    body = b"IHDR" + pack(">II", width, height) + blob[24:29]
    return blob[:12] + body + pack(">I", zlib.crc32(body)) + blob[33:]


REFUSED = {
    "not a picture": (b"GIF89a, or not even that", "image/png", (60, 40)),
    "another format than signed": (encoded("image/jpeg"), "image/png", (60, 40)),
    "a format that is none of three": (b"BM" + encoded()[2:], "image/png", (60, 40)),
    "truncated": (encoded(size=(600, 400))[:400], "image/png", (600, 400)),
    "of another size than signed": (encoded(), "image/png", (61, 40)),
    "a bomb": (encoded(size=(9000, 9000)), "image/png", (7680, 4320)),
    "a header that lies": (liar(7680, 4320), "image/png", (7680, 4320)),
    "a hostile container": (b"RIFF\xff\xff\xff\xffWEBPVP8X\xff\xff\xff\xff" + b"\xff" * 400, "image/webp", (60, 40)),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run", "image/png", (60, 40)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_no_picture_is_refused_and_the_decoder_lives_on(workshop: Workshop, case: str) -> None:
    blob, media, size = REFUSED[case]
    good = encoded()
    workshop.decode(job(good), good)
    before = workshop.pid
    with pytest.raises(PictureRefusedError):
        workshop.decode(job(blob, media, size), blob)  # type: ignore[arg-type]  # one of three
    assert workshop.decode(job(good), good)
    assert workshop.pid == before, case


def test_a_decoder_that_is_killed_is_told_of_and_started_again(workshop: Workshop) -> None:
    blob = encoded()
    workshop.decode(job(blob), blob)
    first = workshop.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(DecoderDiedError, match=r"too long.*SIGKILL"):
        workshop.decode(job(blob), blob, 0.3)
    assert workshop.pid is None
    assert workshop.decode(job(blob), blob)
    assert workshop.pid not in {None, first}


HOSTILE = {
    "nothing": "",
    "noise": "sys.stdout.buffer.write(bytes(range(200)))",
    "an answer before it is asked": "say(1, 30, 20, 2400); sys.stdout.buffer.write(bytes(2400))",
    "more pixels than asked": "say(0, 0, 0, 0); ask(); say(1, 3000, 2000, 24000000); sys.stdout.buffer.write(bytes(9000))",
    "fewer bytes than it says": "say(0, 0, 0, 0); ask(); say(1, 30, 20, 2400); sys.stdout.buffer.write(bytes(2000))",
    "a length that is none": "say(0, 0, 0, 0); ask(); say(1, 30, 20, 2399); sys.stdout.buffer.write(bytes(2399))",
    "an endless reason": "say(0, 0, 0, 0); ask(); say(2, 0, 0, 4000000000)",
    "ready twice": "say(0, 0, 0, 0); ask(); say(0, 0, 0, 0)",
    "silence": "say(0, 0, 0, 0); ask(); import time; time.sleep(60)",
}
_CHILD = """
import sys, struct
def say(kind, w, h, n):
    sys.stdout.buffer.write(struct.pack("<4sB3xIII", b"ANS1", kind, w, h, n)); sys.stdout.buffer.flush()
def ask():
    sys.stdin.buffer.read(10)
"""


@pytest.mark.parametrize("case", HOSTILE)
def test_what_a_hostile_decoder_says_is_not_believed(case: str) -> None:
    workshop = Workshop((sys.executable, "-c", f"{_CHILD}\n{HOSTILE[case]}\nsys.stdout.buffer.flush()"))
    blob = encoded()
    with pytest.raises(DecoderDiedError):
        workshop.decode(job(blob), blob, 2.0)
    assert workshop.pid is None


def test_the_confined_have_no_files_no_network_no_programs_and_little_memory() -> None:
    script = f"""
        import os, socket
        from kiosk.media import sandbox
        missing = sandbox.enter()
        def tried(what):
            try:
                what()
            except (OSError, MemoryError) as error:
                return type(error).__name__
            return "done"
        found = [
            tried(lambda: open("/etc/passwd")),
            tried(lambda: open("/tmp/x", "w")),
            tried(lambda: socket.socket()),
            tried(os.fork),
            tried(lambda: os.execv("/bin/true", ["true"])),
            tried(lambda: os.kill(os.getppid(), 0)),
            tried(lambda: bytearray({MEMORY_BYTES})),
        ]
        os.write(1, repr((missing, found)).encode())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False)
    missing, found = eval(done.stdout)  # our own child's words
    if "a filter of system calls" not in missing:
        assert "done" not in found, found
    assert found[-1] == "MemoryError"
    assert found[0] != "done"


# ---- frames ----------------------------------------------------------------------------------------------------------


def test_jobs_and_answers_come_back_as_they_were() -> None:
    one = Job("image/webp", (1920, 1080), (640, 360), (9, 8, 7), 12345)
    assert read_job(pack_job(one)) == one
    answer = read_answer(pack_answer(Kind.PIXELS, (4, 3), 48), (4, 3))
    assert (answer.kind, answer.width, answer.height, answer.length) == (Kind.PIXELS, 4, 3, 48)
    assert plain("a\n b\tc" + "x" * 400) == b"a b c" + b"x" * 195


@pytest.mark.parametrize(
    "header",
    [
        pack_job(Job("image/png", (0, 5), (1, 1), (0, 0, 0), 1)),
        pack_job(Job("image/png", (7681, 4320), (1, 1), (0, 0, 0), 1)),
        pack_job(Job("image/png", (5, 5), (1, 0), (0, 0, 0), 1)),
        pack_job(Job("image/png", (5, 5), (1, 1), (0, 0, 0), ENCODED_LIMIT + 1)),
        b"JOB2" + pack_job(Job("image/png", (5, 5), (1, 1), (0, 0, 0), 1))[4:],
        b"JOB1\x07" + pack_job(Job("image/png", (5, 5), (1, 1), (0, 0, 0), 1))[5:],
    ],
)
def test_a_job_out_of_bounds_is_none(header: bytes) -> None:
    with pytest.raises(BrokenFrameError):
        read_job(header)


@pytest.mark.parametrize("media", MEDIA)
def test_an_unsigned_photo_is_turned_and_cut_to_its_place(workshop: Workshop, media: PictureMedia) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright: what it saw as its left is up
    seen = Image.new("RGB", (80, 40), "white")
    seen.paste((200, 0, 0), (0, 0, 40, 40))
    held = BytesIO()
    seen.save(held, media.removeprefix("image/"), exif=turned, quality=95)
    blob = held.getvalue()
    one = Job(media, None, (30, 40), (0, 0, 0), len(blob))
    assert read_job(pack_job(one)) == one
    pixels = Image.frombytes("RGB", (30, 40), workshop.decode(one, blob), "raw", "BGRX")
    up, down = pixels.getpixel((15, 5)), pixels.getpixel((15, 35))
    assert isinstance(up, tuple)
    assert isinstance(down, tuple)
    assert up[0] > 180
    assert up[1] < 40
    assert min(down) > 230


def test_a_photo_that_is_none_or_too_large_is_refused(workshop: Workshop) -> None:
    for blob in (b"no picture", encoded(size=(7681, 4321))):
        with pytest.raises(PictureRefusedError):
            workshop.decode(Job("image/png", None, (30, 40), (0, 0, 0), len(blob)), blob)


# ---- darkroom and album ----------------------------------------------------------------------------------------------


def order(folder: Path, blob: bytes, name: str | None = None) -> Order:
    sha256 = name or hashlib.sha256(blob).hexdigest()
    (folder / sha256).write_bytes(blob)
    return Order("a.png", PictureKey(sha256, 30, 20), folder / sha256, "image/png", (60, 40))


def test_a_blob_is_hashed_before_the_decoder_sees_it(tmp_path: Path) -> None:
    blob = encoded()
    one = order(tmp_path, blob)
    assert read_blob(one.path, one.key.sha256) == blob
    one.path.write_bytes(blob + b"x")
    with pytest.raises(OSError, match="not what its name says"):
        read_blob(one.path, one.key.sha256)


def test_every_order_has_one_answer_and_the_queue_is_bounded(tmp_path: Path) -> None:
    answers: Queue[object] = Queue()
    room = Darkroom(answers.put)
    good, bad = order(tmp_path, encoded()), order(tmp_path, b"no picture")
    rotten = order(tmp_path, encoded(), "ab" * 32)
    gone = Order("g", PictureKey("cd" * 32, 1, 1), tmp_path / ("cd" * 32), "image/png", (1, 1))
    for one in (good, bad, rotten, gone):
        assert room.order(one)
    first, second, third, fourth = (answers.get(timeout=30) for _ in range(4))
    assert isinstance(first, Developed)
    assert len(first.pixels.content) == 2400
    for answer, blame in ((second, Blame.PICTURE), (third, Blame.BLOB), (fourth, Blame.BLOB)):
        assert isinstance(answer, Spoilt)
        assert answer.blame is blame
    assert not all(room.order(good) for _ in range(30)), "bounded"
    room.close()


@pytest.mark.parametrize("command", [("/no/such/decoder",), (sys.executable, "-c", "raise SystemExit")])
def test_a_decoder_that_cannot_start_says_nothing_of_the_picture(tmp_path: Path, command: tuple[str, ...]) -> None:
    answers: Queue[object] = Queue()
    room = Darkroom(answers.put, Workshop(command))
    assert room.order(order(tmp_path, encoded()))
    answer = answers.get(timeout=30)
    assert isinstance(answer, Spoilt)
    assert answer.blame is Blame.DECODER
    room.close()


def test_a_decoder_without_work_ends_and_the_next_order_starts_another(tmp_path: Path) -> None:
    answers: Queue[object] = Queue()
    room = Darkroom(answers.put, rest_s=0.01, often_s=0.0)
    for _ in range(2):
        assert room.order(order(tmp_path, encoded()))
        assert isinstance(answers.get(timeout=30), Developed)
        ended(room)
    room.close()


def test_a_decoder_whose_work_soon_came_again_stays(tmp_path: Path) -> None:
    answers: Queue[object] = Queue()
    room = Darkroom(answers.put, rest_s=0.01)
    time.sleep(0.1)  # a screen that starts with nothing to decode: that is no work which came again
    for once_more in (True, False):
        assert room.order(order(tmp_path, encoded()))
        assert isinstance(answers.get(timeout=30), Developed)
        if once_more:
            ended(room)
    time.sleep(0.1)
    assert room.workshop.pid is not None
    room.close()


def ended(room: Darkroom) -> None:
    """Wait until there is no decoder."""
    deadline = time.monotonic() + 30
    while room.workshop.pid is not None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_decoder_keeps_nothing_of_a_picture(workshop: Workshop) -> None:
    def resident_kb() -> int:
        workshop.decode(job(encoded()), encoded())  # its answer says that what came before has been given back
        lines = Path(f"/proc/{workshop.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    before = resident_kb()
    large = encoded(size=(2000, 2000))
    pixels = workshop.decode(job(large, size=(2000, 2000), target=(2000, 1900)), large)
    assert resident_kb() - before < len(pixels) // 1024 // 4


def test_a_picture_counts_the_same_once_its_bytes_are_handed_over() -> None:
    one = Pixels(PictureKey("a", 2, 3), bytes(24))
    assert one.size == 24
    one.hand_over("texture")
    assert (one.drawn, one.content, one.size) == ("texture", b"", 24)


def test_an_album_drops_the_longest_unasked_but_never_what_is_needed() -> None:
    keys = [PictureKey(str(number), 1, 1) for number in range(4)]
    album = Album(limit_bytes=10)
    for key in keys[:2]:
        album.put(Pixels(key, bytes(5)))
    assert album.get(keys[0]) is not None
    album.put(Pixels(keys[2], bytes(5)))
    assert [key in album for key in keys[:3]] == [True, False, True]
    album.put(Pixels(keys[3], bytes(8)), needed=(keys[0], keys[2]))
    assert all(key in album for key in (keys[0], keys[2], keys[3]))
    assert album.size == 18
    assert album.get(keys[1]) is None
