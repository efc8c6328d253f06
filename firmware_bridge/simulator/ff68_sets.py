"""Call-and-rate sets on one ff68 line: keypad, four rating keys, stars, waiting digits, beep (contract: ff68).

Written from the contract, apart from the host's side. Such a set has no memory and no identity: it sends a frame three
times, 400 ms apart, until the host answers, and then gives it up.
"""

from collections.abc import Sequence
from typing import Final

from firmware_bridge.simulator.device import Notable
from firmware_bridge.simulator.waiting import Waiting

KEYPAD: Final = {
    "please-rate": 0x0B,
    "call": 0x0C,
    "call-again": 0x0D,
    "cancel": 0x0E,
    "confirm": 0x0F,
    "line": 0x11,
    "pause": 0x12,
    "transfer": 0x13,
}
RATING: Final = 0x11
OPEN_S: Final = 15_000


def frame(address: int, function: int, data: bytes) -> bytes:
    length = 2 + len(data)
    total = address + function
    for byte in data:
        total += byte
    return bytes((0xFF, 0x68, length, length, 0x68, address, function, *data, total % 256, 0x16))


def cut_out(held: bytearray) -> bytes | None:
    """The first good frame's ADDR, FUNC and DATA, taken out of `held` with all before it; None: nothing whole yet."""
    while len(held) >= 9:
        length = held[2]
        end = 5 + length
        if held[0] == 0xFF and held[1] == 0x68 and held[3] == length and held[4] == 0x68 and 2 <= length <= 32:
            if len(held) < end + 2:
                return None
            body = bytes(held[5:end])
            if held[end] == sum(body) % 256 and held[end + 1] == 0x16:
                del held[: end + 2]
                return body
        del held[0]
    return None


class Sets:
    """All sets of one line, by address."""

    def __init__(self, addresses: Sequence[int]) -> None:
        self.notables: list[Notable] = []
        self.stuck = False
        self.on_battery = False
        self.boot = 1
        self.stars = dict.fromkeys(addresses, 0)
        self.digits = dict.fromkeys(addresses, "")
        self.open_until = dict.fromkeys(addresses, -1)
        self._waiting = Waiting()
        self._held = bytearray()
        self._out = bytearray()

    @property
    def pending(self) -> int:
        return len(self._waiting)

    def press(self, key: int, now: int, address: int | None = None) -> bool:
        """Keys 1 to 4 are dissatisfied, fair, satisfied, very satisfied."""
        place = self._place(address)
        data = bytes((key - 1,))
        return self._begin(
            place, RATING, data, frame(place, 0x01, data), now, {"address": place, "key": key}, 1 <= key <= 4
        )

    def keypad(self, key: str, now: int, address: int | None = None) -> bool:
        """The host echoes the frame byte for byte."""
        place = self._place(address)
        data = bytes((KEYPAD[key],))
        if key == "please-rate":
            self.open_until[place] = now + OPEN_S
        return self._begin(place, 0x01, data, frame(place, 0x01, data), now, {"address": place, "keypad": key}, True)

    def received(self, data: bytes, now: int) -> None:
        self._held += data
        while (body := cut_out(self._held)) is not None:
            if body[0] in self.stars:
                self._take(body[0], body[1], body[2:], now)

    def tick(self, now: int) -> None:
        out, given_up = self._waiting.due(now)
        self._out += out
        self.notables += given_up

    def deadline(self) -> int | None:
        return self._waiting.deadline()

    def take_out(self) -> bytes:
        out = bytes(self._out)
        self._out.clear()
        return out

    def picture(self, now: int) -> Sequence[tuple[str, str]]:
        return [
            (
                f"set {place}",
                f"{'★' * stars} {self.digits[place]} {'please rate' if now < self.open_until[place] else ''}",
            )
            for place, stars in self.stars.items()
        ]

    def _place(self, address: int | None) -> int:
        return next(iter(self.stars)) if address is None else address

    def _begin(
        self, place: int, function: int, data: bytes, answer: bytes, now: int, facts: dict[str, int | str], known: bool
    ) -> bool:
        taken = (
            known
            and place in self.stars
            and self._waiting.begin(place, frame(place, function, data), answer, facts, now)
        )
        self.notables.append(Notable("pressed" if taken else "refused", facts))
        self.tick(now)
        return taken

    def _take(self, place: int, function: int, data: bytes, now: int) -> None:
        acked = self._waiting.answered(place, frame(place, function, data))
        if acked is not None:
            self.notables.append(acked)
        elif function == 0x01 and data == b"\x0b":
            self.open_until[place] = now + OPEN_S
            self.notables.append(Notable("prompt", {"address": place}))
        elif function == 0x02 and len(data) == 1:
            self.stars[place] = data[0]
            self.notables.append(Notable("stars", {"address": place, "stars": data[0]}))
        elif function == 0x02 and len(data) == 6:
            self.digits[place] = "".join(" " if digit == 0x0A else str(digit) for digit in data)
            self.notables.append(Notable("waiting", {"address": place, "digits": self.digits[place]}))
        elif function == 0x03 and not data:
            self.notables.append(Notable("sound", {"address": place, "clip": "beep"}))
        else:
            self.notables.append(Notable("unasked", {"address": place, "function": function, "data": data.hex()}))
