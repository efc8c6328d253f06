"""A pad that prints a text line for each key (contract: lines), and a window strip that only listens (strip-at)."""

import re
from collections.abc import Sequence
from typing import Final

from firmware_bridge.simulator.device import Notable
from firmware_bridge.simulator.waiting import Waiting

LINE_LIMIT: Final = 256


class Printer:
    """`form` is the line for a key, its end included; `reply` what the host answers, empty: nothing."""

    def __init__(self, form: str, reply: str) -> None:
        self.notables: list[Notable] = []
        self.stuck = False
        self.on_battery = False
        self.boot = 1
        self._form = form
        self._reply = reply
        self._waiting = Waiting()
        self._held = bytearray()
        self._out = bytearray()
        self._last = ""

    @property
    def pending(self) -> int:
        return len(self._waiting)

    def press(self, key: int, now: int, address: int | None = None) -> bool:
        line = self._form.replace("{key}", str(key)).replace("{address}", str(address or 0)).encode()
        facts: dict[str, int | str] = {"key": key}
        taken = True
        if self._reply:
            taken = self._waiting.begin(0, line, self._reply.replace("{key}", str(key)).encode().strip(), facts, now)
        else:
            self._out += line
        self.notables.append(Notable("pressed" if taken else "refused", facts))
        self.tick(now)
        return taken

    def keypad(self, key: str, now: int, address: int | None = None) -> bool:
        """It has none."""
        del now, address
        self.notables.append(Notable("refused", {"keypad": key}))
        return False

    def received(self, data: bytes, now: int) -> None:
        del now
        self._held += data
        *lines, rest = re.split(rb"[\r\n]", bytes(self._held))
        self._held = bytearray(rest[-LINE_LIMIT:])
        for line in filter(None, lines):
            self._last = line.decode(errors="replace")
            self.notables.append(self._waiting.answered(0, line) or Notable("unasked", {"line": self._last}))

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
        del now
        return [("host said", self._last)]


class Strip:
    """`addresses` are those that light up; another's text is told as `elsewhere`."""

    def __init__(self, addresses: Sequence[int]) -> None:
        self.notables: list[Notable] = []
        self.stuck = False
        self.on_battery = False
        self.boot = 1
        self.texts = dict.fromkeys(addresses, "")
        self._held = bytearray()

    @property
    def pending(self) -> int:
        return 0

    def press(self, key: int, now: int, address: int | None = None) -> bool:
        """A strip has no keys."""
        del now, address
        self.notables.append(Notable("refused", {"key": key}))
        return False

    def keypad(self, key: str, now: int, address: int | None = None) -> bool:
        del now, address
        self.notables.append(Notable("refused", {"keypad": key}))
        return False

    def received(self, data: bytes, now: int) -> None:
        del now
        self._held += data
        *lines, rest = bytes(self._held).split(b"\r")
        self._held = bytearray(rest[-LINE_LIMIT:])
        for line in lines:
            self._take(line)

    def tick(self, now: int) -> None:
        """It says nothing."""

    def deadline(self) -> int | None:
        return None

    def take_out(self) -> bytes:
        return b""

    def picture(self, now: int) -> Sequence[tuple[str, str]]:
        del now
        return [(f"strip {address:02d}", text) for address, text in self.texts.items()]

    def _take(self, line: bytes) -> None:
        if not re.fullmatch(rb"@[0-9]{2}.{0,64}", line, re.DOTALL):
            self.notables.append(Notable("unreadable", {"hex": line.hex()}))
            return
        address, text = int(line[1:3]), line[3:].decode("gbk", errors="replace")
        if address in self.texts:
            self.texts[address] = text
        self.notables.append(
            Notable("show" if address in self.texts else "elsewhere", {"address": address, "text": text})
        )
