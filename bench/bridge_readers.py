"""How fast frames are read: padlink, ff68 and lines beside two public readers of serial protocols, frames of about 23 bytes.

    python -m bench.bridge_readers [SECONDS]

pymodbus' RTU framer takes one frame a call, and bellows cuts a long piece, so everybody is fed frame by frame; ours are fed
4 KiB at a time too. Rounds go in turn, so that a busy machine slows everybody; each figure is the best of three rounds.
"""

import logging
import sys
import time
from collections.abc import Callable
from unittest.mock import Mock

from bellows.ash import AshProtocol, DataFrame, Reserved
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.register_message import WriteMultipleRegistersRequest

from bench import rig
from firmware_bridge.ff68 import codec as ff68
from firmware_bridge.lines.codec import Reader as LinesReader
from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.codec import Reader, encode
from signage.core.instants import Instant

COUNT = 2000
ROUNDS = 3
CHUNK_BYTES = 4096
NOON = Instant.parse("2026-11-24T04:00:00Z")
Feed = Callable[[bytes], int]  # bytes in, frames found


def padlink() -> tuple[list[bytes], Feed]:
    reader = Reader(f.Sender.PAD)
    wires = [encode(f.PressFrame(7, 0x01020304 + n, 258, 1 + n % 5, 12), n % 256) for n in range(COUNT)]
    return wires, lambda data: len(reader.feed(data))


def ff68_sets() -> tuple[list[bytes], Feed]:
    reader = ff68.Reader()
    wires = [ff68.encode(ff68.Frame(n % 16, 1, bytes(range(14)))) for n in range(COUNT)]
    return wires, lambda data: len(reader.feed(data, NOON))


def text_lines() -> tuple[list[bytes], Feed]:
    reader = LinesReader()
    return [f"KEY {1 + n % 5} COUNT {n:08d}\r\n".encode() for n in range(COUNT)], lambda data: len(reader.feed(data))


def modbus() -> tuple[list[bytes], Feed]:
    framer = FramerRTU(DecodePDU(is_server=True))
    wires = []
    for n in range(COUNT):
        request = WriteMultipleRegistersRequest(address=n, registers=[n, 1, 2, 3, 4, 5, 6], dev_id=1)
        wires.append(framer.buildFrame(request))
    return wires, lambda data: framer.handleFrame(data, 0, 0)[1] is not None


def ash() -> tuple[list[bytes], Feed]:
    """Its frames go to a counter instead of the protocol above."""
    reader = AshProtocol(Mock())
    found: list[object] = []
    reader.frame_received = found.append
    flag = bytes((Reserved.FLAG,))
    wires = [
        AshProtocol._stuff_bytes(DataFrame(n % 8, re_tx=False, ack_num=0, ezsp_frame=bytes(19)).to_bytes()) + flag  # noqa: SLF001 - its only way to write
        for n in range(COUNT)
    ]

    def feed(data: bytes) -> int:
        found.clear()
        reader.data_received(data)
        return len(found)

    return wires, feed


def rate(pieces: list[bytes], feed: Feed, seconds: float) -> tuple[float, float]:
    """MB/s and frames/s; every frame must have been found."""
    frames = passes = 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for piece in pieces:
            frames += feed(piece)
        passes += 1
    took = time.perf_counter() - began
    if frames != passes * COUNT:
        raise SystemExit(f"bench: {frames} frames found of {passes * COUNT}")
    return passes * sum(map(len, pieces)) / took / 1e6, frames / took


def main(seconds: float) -> dict[str, float]:
    """Print every reader's figures; the ratios of frames/s, frame by frame."""
    logging.disable(logging.CRITICAL)
    rows: dict[str, tuple[list[bytes], Feed]] = {}
    for name, make, streams in (
        ("padlink", padlink, True),
        ("ff68", ff68_sets, True),
        ("lines", text_lines, True),
        ("pymodbus RTU", modbus, False),
        ("bellows ASH", ash, False),
    ):
        wires, feed = make()
        rows[f"{name}, frame by frame"] = (wires, feed)
        if streams:
            whole = b"".join(wires)
            chunks = [whole[at : at + CHUNK_BYTES] for at in range(0, len(whole), CHUNK_BYTES)]
            rows[f"{name}, 4 KiB at a time"] = (chunks, feed)
    best = dict.fromkeys(rows, (0.0, 0.0))
    for _ in range(ROUNDS):
        for name, (pieces, feed) in rows.items():
            best[name] = max(best[name], rate(pieces, feed, seconds))
    for name, (megabytes, frames) in best.items():
        size = sum(map(len, rows[name][0])) / COUNT
        print(f"{name:<32} {size:4.0f} bytes  {megabytes:7.2f} MB/s  {frames:10.0f} frames/s")
    ratios = {
        f"{ours}_to_{peer.split()[0]}": best[f"{ours}, frame by frame"][1] / best[f"{peer}, frame by frame"][1]
        for ours in ("padlink", "ff68", "lines")
        for peer in ("pymodbus RTU", "bellows ASH")
    }
    print("ratios of frames/s, frame by frame: " + ", ".join(f"{name} {value:.2f}" for name, value in ratios.items()))
    return ratios


if __name__ == "__main__":
    print(rig.machine())
    rig.report("bridge_readers", main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0))
