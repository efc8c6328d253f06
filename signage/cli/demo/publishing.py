"""Head office's side of the demo: an author, an approver, what they push, and somebody who tampers with it."""

import base64
import hashlib
import queue
import re
import subprocess
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sys import prefix
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from signage.cli.demo.cast import program
from signage.cli.demo.house import ROOT, House
from signage.cli.demo.pages import PAGES, STEPS
from signage.link.client import Address, Arrived, Client
from signage.wire.codec import decode, encode
from signage.wire.messages import Content
from signage.wire.topics import Topics

AUTHOR: Final = "alice"
APPROVER: Final = "bob"
_ART: Final = Path("assets") / "demo"
_CHECKOUT: Final = Path(__file__).resolve().parents[3] / _ART
_INSTALLED: Final = Path(prefix) / "share" / "branch-signage" / _ART
_LIMIT_S: Final = 180  # a busy machine takes its time
_TRIES: Final = 8
_HEARD_S: Final = 5.0
_TOPICS: Final = Topics(ROOT)


def content(house: House, *words: str) -> str:
    """`signage content …` as head office types it; what it said. Raises RuntimeError with that if it refused."""
    run = subprocess.run(  # noqa: S603 - our own command
        [program("signage"), "content", *words, "--config", str(house.office_file)],
        capture_output=True,
        check=False,
        timeout=_LIMIT_S,
        cwd=house.directory,
        text=True,
    )
    if run.returncode:
        raise RuntimeError(f"signage content {words[0]} ended with {run.returncode}: {run.stderr.strip()}")
    return run.stdout.strip()


def found(house: House) -> None:
    """The repository, the root that the branch pins, two people's keys, and what the pages' demonstration is made of."""
    content(house, "init", "--publisher", AUTHOR, "--publisher", APPROVER)
    for ref, title, english in STEPS:
        content(house, "add", _art(ref), "--by", AUTHOR, "--title", title, "--title-en", english, "--use", "house")


def advertise(house: House, picture: str, title: str, english: str) -> int:
    """The author adds a picture and a programme in which it alone plays, and the kiosk's pages; it is signed and pushed; the version."""
    content(
        house, "add", _art(picture), "--by", AUTHOR, "--title", title, "--title-en", english, "--until", "2099-01-01"
    )
    programme = house.directory / "programme.toml"
    programme.write_text(
        f'[[item]]\nasset = "{picture}"\nscreens = ["wall"]\ngroups = ["all"]\nclass = "advertisement"\nseconds = 10\n'
        + PAGES,
        encoding="utf-8",
    )
    content(house, "programme", str(programme), "--by", AUTHOR)
    content(house, "approve", "--by", APPROVER)
    return _pushed(house)


def _art(name: str) -> str:
    return str((_CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED) / name)


def roll_back(house: House) -> int:
    """The former programme, signed anew with a higher version, and pushed."""
    content(house, "rollback")
    return _pushed(house)


def _pushed(house: House) -> int:
    said = content(house, "push")
    number = re.search(r"content (\d+)", said)
    if number is None:
        raise RuntimeError(f"signage content push names no version: {said}")
    return int(number[1])


@dataclass(frozen=True)
class Rung:
    """How far content has come at one node, as head office sees it. `refused`: why it refused the newest; else empty."""

    node: str
    line: str
    refused: str


def ladder(house: House) -> list[Rung]:
    """Received, verified, staged, on the glass: the branch, then its screens."""
    rows = msgspec.json.decode(content(house, "status", "--format", "json"))["rows"]
    return [_rung(row) for row in rows]


def _rung(row: dict[str, Any]) -> Rung:
    node = row.get("screen") or row["branch"]
    steps = [f"{word} {row[word] or '–'}" for word in ("received", "verified", "staged")]
    glass = [] if row.get("glass") is None else [f"on the glass {row['glass'] or '–'}"]
    return Rung(node, f"{node:<12} " + "  ".join(steps + glass), row.get("refused") or "")


def tamper(house: House) -> int:
    """Change one byte of what is published and send it as something newer; the version it claims.

    Raises RuntimeError if nothing is published.
    """
    arrived: queue.Queue[object] = queue.Queue()
    topic = _TOPICS.down("all", "content")
    client = Client("tamperer", Address("127.0.0.1", house.office_port), "tamperer", ((topic, 1),), arrived.put)
    client.start()
    try:
        genuine = _published(arrived, topic)
        bundle = _with_another_byte(base64.b64decode(genuine.inline or ""))
        forged = replace(
            genuine,
            version=genuine.version + 1,
            inline=base64.b64encode(bundle).decode(),
            sha256=hashlib.sha256(bundle).hexdigest(),
            size=len(bundle),
        )
        for _ in range(_TRIES):  # until it has been at the broker, which may tell what it retains more than once
            client.publish(topic, encode(forged))
            with suppress(RuntimeError):
                while _published(arrived, topic, _HEARD_S).version != forged.version:
                    pass
                return forged.version
        raise RuntimeError("head office's broker does not pass on what is published")
    finally:
        client.stop()


def _published(arrived: "queue.Queue[object]", topic: str, limit_s: float = 40) -> Content:
    while True:
        try:
            event = arrived.get(timeout=limit_s)
        except queue.Empty as error:
            raise RuntimeError("head office's broker holds no content") from error
        if isinstance(event, Arrived) and event.topic == topic:  # the embedded broker retains too much
            return decode(event.payload, Content, event.topic)


def _with_another_byte(packed: bytes) -> bytes:
    """The bundle with one digit of a version changed inside a signed file, packed again as it was."""
    bundle = msgspec.json.decode(zlib.decompress(packed))
    signed = base64.b64decode(bundle["files"]["timestamp.json"])
    other = re.sub(rb'"version":\s*(\d)', lambda found: found[0][:-1] + bytes([found[0][-1] ^ 1]), signed, count=1)
    bundle["files"]["timestamp.json"] = base64.b64encode(other).decode()
    return zlib.compress(msgspec.json.encode(bundle))
