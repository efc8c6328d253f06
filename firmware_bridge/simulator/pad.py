"""The pad itself: keys in, frames out, nothing forgotten until it is acknowledged (contract: padlink, Life).

It reads no clock: `now` is milliseconds since any fixed moment. It shares no code with the host's side.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from firmware_bridge.simulator.device import Notable
from firmware_bridge.simulator.memory import Flash, Kept, Memory
from firmware_bridge.simulator.wire import Ears, Received, frame

QUEUE: Final = 16
HELP: Final = 0xF0
HELLO_EVERY_MS: Final = 1000
BEAT_EVERY_MS: Final = 5000
RESEND_MS: Final = (200, 400, 800, 1600, 3200)  # then every
RESEND_LATER_MS: Final = 5000
UNKNOWN_AGE: Final = 0xFFFF_FFFF
STATES: Final = ("closed", "open", "suspended", "paused")
CLIPS: Final = ("", "welcome", "please-rate", "thank-you", "beep")


@dataclass(frozen=True)
class Model:
    """Which pad this is."""

    serial: bytes
    keys: int = 5
    caps: int = 0b01111
    firmware: tuple[int, int, int] = (1, 0, 0)


@dataclass
class _Waiting:
    """A press that is not acknowledged; `since` None: it was pressed before the last power cut."""

    kept: Kept
    since: int | None
    sent: int = 0
    next_at: int = 0


class Pad:
    """One powered pad. A power cut is a new Pad on the same memory."""

    def __init__(self, model: Model, memory: Memory, now: int) -> None:
        flash = memory.read()
        self.boot = flash.boot + 1
        self.notables: list[Notable] = []
        self.stuck = False
        self.on_battery = False
        self.state = "closed"
        self.level = 0
        self.lines: dict[int, str] = {}
        self._model = model
        self._memory = memory
        self._ears = Ears()
        self._out = bytearray()
        self._seq = 0
        self._n = 0
        self._started = now
        self._welcomed = False
        self._overflowed = False
        self._next_hello = now
        self._next_beat = now + BEAT_EVERY_MS
        self._prompt: tuple[int, int] | None = None  # number, end
        self._done_prompt = 0
        self._queue = [_Waiting(kept, None) for kept in flash.presses]
        self._save()

    @property
    def welcomed(self) -> bool:
        return self._welcomed

    @property
    def pending(self) -> int:
        return len(self._queue)

    def prompt(self, now: int) -> int | None:
        """The number of the open prompt."""
        return self._prompt[0] if self._prompt and now < self._prompt[1] else None

    def press(self, key: int, now: int, address: int | None = None) -> bool:
        """A customer presses. False: the queue is full, and the pad says so with a red lamp instead of thanks."""
        del address  # one pad, one line
        self.tick(now)
        if len(self._queue) >= QUEUE:
            self._overflowed = True
            self._note("refused", key=key)
            return False
        number = (self.prompt(now) or 0) if key != HELP else 0
        self._n += 1
        self._queue.append(_Waiting(Kept(self.boot, self._n, number, key), now, next_at=now))
        self._save()
        self._note("pressed", boot=self.boot, n=self._n, key=key, prompt=number)
        if number:
            self._done_prompt = number
            self._prompt = None
        self.tick(now)
        return True

    def keypad(self, key: str, now: int, address: int | None = None) -> bool:
        """It has none."""
        del now, address
        self._note("refused", keypad=key)
        return False

    def picture(self, now: int) -> Sequence[tuple[str, str]]:
        lamp = {"open": "green", "closed": "dim", "suspended": "red", "paused": "yellow"}[self.state]
        return [
            ("lamp", f"[{lamp}]{self.state}[/] {'★' * self.level}"),
            ("display", "\n".join(text for _, text in sorted(self.lines.items()) if text)),
            ("prompt", "please rate" if self.prompt(now) else ""),
            ("host", "welcomed" if self.welcomed else "calling"),
        ]

    def received(self, data: bytes, now: int) -> None:
        for one in self._ears.feed(data):
            self._take(one, now)

    def tick(self, now: int) -> None:
        """Send what is due."""
        if not self._welcomed and now >= self._next_hello:
            self._hello(now)
        if self._prompt and now >= self._prompt[1]:
            number = self._prompt[0]
            self._prompt, self._done_prompt = None, number
            self._send(0x04, struct.pack("<H", number))
            self._note("lapsed", prompt=number)
        if self._welcomed:
            for waiting in self._queue:
                if now >= waiting.next_at:
                    self._send_press(waiting, now)
        if now >= self._next_beat:
            self._beat(now)

    def deadline(self) -> int:
        """When `tick` has something to do next."""
        moments = [self._next_beat]
        if self._prompt:
            moments.append(self._prompt[1])
        if self._welcomed:
            moments += [waiting.next_at for waiting in self._queue]
        else:
            moments.append(self._next_hello)
        return min(moments)

    def take_out(self) -> bytes:
        """Everything to put on the line now."""
        out = bytes(self._out)
        self._out.clear()
        return out

    def _take(self, one: Received, now: int) -> None:
        actions = {
            0x81: self._on_welcome,
            0x82: self._on_ack,
            0x83: self._on_state,
            0x84: self._on_prompt,
            0x85: self._on_cancel,
            0x86: self._on_show,
            0x87: self._on_sound,
            0x88: self._on_identify,
        }
        action = actions.get(one.kind)
        if action is not None:
            try:
                action(one.payload, now)
            except (struct.error, IndexError, UnicodeDecodeError):
                self._note("unreadable", kind=one.kind)

    def _on_welcome(self, payload: bytes, now: int) -> None:
        serial, boot = struct.unpack_from("<8sI", payload)
        if serial == self._model.serial and boot == self.boot:
            if not self._welcomed:
                self._note("welcome", boot=self.boot)
            self._welcomed = True
            for waiting in self._queue:
                waiting.sent, waiting.next_at = 0, now
            self.tick(now)

    def _on_ack(self, payload: bytes, _now: int) -> None:
        boot, n = struct.unpack_from("<II", payload)
        rest = [waiting for waiting in self._queue if (waiting.kept.boot, waiting.kept.n) != (boot, n)]
        if len(rest) < len(self._queue):
            self._queue = rest
            self._save()
            self._note("acked", boot=boot, n=n)

    def _on_state(self, payload: bytes, _now: int) -> None:
        state, self.level = struct.unpack_from("<BB", payload)
        self.state = STATES[state]
        self._note("state", state=self.state, level=self.level)

    def _on_prompt(self, payload: bytes, now: int) -> None:
        number, timeout_s = struct.unpack_from("<HB", payload)
        if number in (0, self._done_prompt):
            return
        self._prompt = (number, now + timeout_s * 1000)
        self._note("prompt", prompt=number, timeout=timeout_s)

    def _on_cancel(self, payload: bytes, _now: int) -> None:
        (number,) = struct.unpack_from("<H", payload)
        if self._prompt and self._prompt[0] == number:
            self._prompt = None
            self._note("cancelled", prompt=number)

    def _on_show(self, payload: bytes, _now: int) -> None:
        line, text = payload[0], payload[1:65].decode()
        self.lines[line] = text
        self._note("show", line=line, text=text)

    def _on_sound(self, payload: bytes, _now: int) -> None:
        self._note("sound", clip=CLIPS[payload[0]])

    def _on_identify(self, _payload: bytes, now: int) -> None:
        self._welcomed = False
        self._hello(now)

    def _hello(self, now: int) -> None:
        model = self._model
        fixed = (1, model.serial, self.boot, *model.firmware, model.keys, model.caps)
        self._send(0x01, struct.pack("<B8sI3BBH", *fixed))
        self._next_hello = now + HELLO_EVERY_MS

    def _beat(self, now: int) -> None:
        flags = self.on_battery | self.stuck << 1 | self._overflowed << 3
        self._overflowed = False
        self._send(0x03, struct.pack("<IHB", (now - self._started) // 1000, flags, min(len(self._queue), 255)))
        self._next_beat = now + BEAT_EVERY_MS

    def _send_press(self, waiting: _Waiting, now: int) -> None:
        kept = waiting.kept
        age = UNKNOWN_AGE if waiting.since is None else now - waiting.since
        self._send(0x02, struct.pack("<IIHBI", kept.boot, kept.n, kept.prompt, kept.key, age))
        later = RESEND_MS[waiting.sent] if waiting.sent < len(RESEND_MS) else RESEND_LATER_MS
        waiting.sent += 1
        waiting.next_at = now + later

    def _send(self, kind: int, payload: bytes) -> None:
        self._out += frame(kind, self._seq, payload)
        self._seq = (self._seq + 1) & 0xFF

    def _save(self) -> None:
        self._memory.write(Flash(self.boot, tuple(waiting.kept for waiting in self._queue)))

    def _note(self, what: str, **facts: int | str) -> None:
        self.notables.append(Notable(what, facts))
