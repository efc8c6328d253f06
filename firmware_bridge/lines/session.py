"""The host's side of a port with pads that print a text line for each key (contract: lines)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import re2

from firmware_bridge.lines.codec import Discard, Reader, reply
from firmware_bridge.plain import PlainSession
from firmware_bridge.repeats import Heard, Repeats
from firmware_bridge.sessions import Deed, Note, Outcome, PadId, Press, Turn
from signage.core.instants import Instant


@dataclass(frozen=True)
class Printer:
    """One such pad: `pattern` (RE2, of the whole line) has a group `key`, perhaps `address`, which then must be its own."""

    counter: str
    pattern: str
    stars: Mapping[str, int]
    reply: str = ""
    address: str | None = None


class LinesSession(PlainSession):
    """One port. `repeat_s`: within it the same line is the same press. `notes`: from before a restart."""

    def __init__(
        self,
        bridge: str,
        printers: tuple[Printer, ...],
        repeat_s: float = 1.5,
        notes: Mapping[str, str] | None = None,
        faults: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """Raises re2.error for a pattern that does not compile."""
        super().__init__({one.counter: PadId(f"{bridge}/{one.counter}") for one in printers}, faults)
        self._printers = tuple((one, re2.compile(one.pattern)) for one in printers)
        self._by_counter = {one.counter: one for one in printers}
        self._repeats = Repeats(timedelta(seconds=repeat_s), notes or {}, alone=False)
        self._reader = Reader()
        self._others: Counter[Discard] = Counter()

    @property
    def discarded(self) -> Mapping[str, int]:
        """Lines thrown away, by reason."""
        return {str(reason): count for reason, count in sorted((self._reader.discarded + self._others).items())}

    def opened(self, now: Instant) -> Turn:
        self._reader.restart()
        self._repeats.opened(now)
        return super().opened(now)

    def received(self, data: bytes, now: Instant) -> Turn:
        if not self._open:  # read before the port went
            return Turn()
        send = b""
        outcomes: list[Outcome] = []
        for line in self._reader.feed(data):
            turn = self._take(line, now)
            send += turn.send
            outcomes += turn.outcomes
        return Turn(send, tuple(outcomes))

    def stored(self, deed: Deed, now: Instant) -> Turn:  # noqa: ARG002 - the instant belongs to every session's interface
        where = self._repeats.stored(deed)
        if where is None or not self._open:
            return Turn()
        found = self._find(where[1])
        return Turn(reply(found[0].reply, found[1])) if found else Turn()

    def unstored(self, deed: Deed) -> None:
        self._repeats.unstored(deed)

    def _find(self, line: str) -> tuple[Printer, str] | None:
        """Whose line it is, and which key."""
        for printer, pattern in self._printers:
            match: Any = pattern.fullmatch(line)
            if match is None:
                continue
            groups = match.groupdict()
            if groups["key"] is not None and printer.address in (None, groups.get("address")):
                return printer, groups["key"]
        return None

    def _take(self, line: str, now: Instant) -> Turn:
        found = self._find(line)
        if found is None:
            self._others[Discard.PATTERN] += 1
            return Turn()
        printer, key = found
        self._heard[printer.counter] = now
        stars = printer.stars.get(key)
        if stars is None:
            self._others[Discard.KEY] += 1
            text = f"sent the key {key[:20]!r}, which `stars` does not name; the press is not kept"
            return Turn(reply(printer.reply, key), self._key_fault(printer.counter, text))
        standing, deed = self._repeats.hear(printer.counter, line, now)
        match standing:
            case Heard.ANSWERED:
                return Turn(reply(printer.reply, key))
            case Heard.WAITING:
                return Turn()
            case Heard.FAILED if deed is not None:
                return Turn(outcomes=(deed,))
            case _:
                faults = self._key_fault(printer.counter, None)
                return Turn(outcomes=(*faults, self._press(printer, line, stars, now)))

    def _press(self, printer: Printer, line: str, stars: int, now: Instant) -> Press:
        counter = printer.counter
        note = Note(counter, self._repeats.note(counter, line, now))
        press = Press(counter, self._pads[counter], self._next(), None, stars, now, note)
        self._repeats.wait(counter, line, press)
        return press
