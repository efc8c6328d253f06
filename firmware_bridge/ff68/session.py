"""The host's side of one ff68 line: several pads, told apart by address, with their tellers' keypads (contract: ff68)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from firmware_bridge.ff68 import codec
from firmware_bridge.ff68.codec import Discard, Frame, Reader, encode
from firmware_bridge.ff68.echoes import Echoes
from firmware_bridge.plain import PlainSession
from firmware_bridge.repeats import Heard, Repeats
from firmware_bridge.sessions import Deed, Key, Keypad, Note, Outcome, PadFault, PadId, Press, Turn, View
from signage.core.instants import Instant

REPEAT_WITHIN: Final = timedelta(seconds=1.5)  # contract
STRANGER_FOR: Final = timedelta(hours=1)  # unheard so long, a set that is not configured is gone
STRANGE_CODE: Final = "pad-address"
STARS: Final = {"0": 2, "1": 3, "2": 4, "3": 5}  # GB/T 39735-2020's names of five levels
KEYS: Final = {
    0x0B: Key.PLEASE_RATE,
    0x0C: Key.CALL,
    0x0D: Key.CALL_AGAIN,
    0x0E: Key.CANCEL,
    0x0F: Key.CONFIRM,
    0x11: Key.ONE_METRE,
    0x12: Key.PAUSE,
    0x13: Key.TRANSFER,
}


@dataclass(frozen=True)
class Set:
    """One call-and-rate set: its address, its counter, and its stars where the usual table does not hold."""

    counter: str
    address: int
    stars: Mapping[str, int] | None = None


class Ff68Session(PlainSession):
    """One port. `notes`: what this driver wrote down before a restart. `baud` is needed to know when an echo is due."""

    def __init__(
        self,
        bridge: str,
        sets: tuple[Set, ...],
        baud: int = 9600,
        notes: Mapping[str, str] | None = None,
        faults: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        super().__init__({one.counter: PadId(f"{bridge}/{one.address}") for one in sets}, faults)
        self._set = {one.address: one for one in sets}
        self._address = {one.counter: one.address for one in sets}
        known = notes or {}
        self._repeats = Repeats(
            REPEAT_WITHIN, {address: text for address, text in known.items() if address.isdigit()}, alone=True
        )
        self._told = {key[5:]: text for key, text in known.items() if key.startswith("told:")}
        self._reader = Reader()
        self._echoes = Echoes(baud)
        self._others: Counter[str] = Counter()
        self._levels: dict[int, int] = {}  # by address
        self._stranger_until: Instant | None = None  # while `pad-address` lasts
        self._first = sets[0].counter  # where what belongs to no set is told
        self._asking: set[int] = set()  # addresses whose own 0B opens what is shown next

    @property
    def discarded(self) -> Mapping[str, int]:
        """Bytes thrown away by reason, and `address`: frames of sets that are not configured."""
        return {str(reason): count for reason, count in sorted((self._reader.discarded + self._others).items())}

    def opened(self, now: Instant) -> Turn:
        """A set says nothing of itself: it is told its stars at once."""
        self._reader.restart()
        self._echoes.clear()
        self._repeats.opened(now)
        there = super().opened(now)
        if self._strange in self._faults and self._stranger_until is None:
            self._stranger_until = Instant.of(now + STRANGER_FOR)
        levels = [codec.stars(address, level) for address, level in self._levels.items()]
        return Turn(self._send(now, *levels), there.outcomes)

    def received(self, data: bytes, now: Instant) -> Turn:
        return self._take_all(self._reader.feed(data, now), now) if self._open else Turn()

    def tick(self, now: Instant) -> Turn:
        turn = self._take_all(self._reader.tick(now), now)
        if self._stranger_until is None or now < self._stranger_until:
            return turn
        self._stranger_until = None
        self._faults.discard(self._strange)
        gone = PadFault(self._first, STRANGE_CODE, on=False, text="no such set was heard for an hour")
        return Turn(turn.send, (*turn.outcomes, gone))

    def deadline(self) -> Instant | None:
        ends = (self._reader.deadline(), self._stranger_until)
        return min((at for at in ends if at is not None), default=None)

    def show(self, counter: str, view: View, now: Instant) -> Turn:
        """Stars when they change; a prompt that is new opens the rating."""
        address = self._address[counter]
        frames: list[Frame] = []
        if self._levels.get(address) != view.level:
            self._levels[address] = view.level
            frames.append(codec.stars(address, view.level))
        outcomes: list[Outcome] = []
        if view.prompt is not None and self._told.get(str(address)) != str(view.prompt.number) and self._open:
            self._told[str(address)] = str(view.prompt.number)
            outcomes.append(Note(f"told:{address}", str(view.prompt.number)))
            if address not in self._asking:  # the echo of its 0B has opened it, and 0B stays the last frame
                frames.append(Frame(address, codec.OPEN, bytes((codec.PLEASE_RATE,))))
                forgotten = self._repeats.forget(str(address))
                outcomes += [Note(str(address), forgotten)] if forgotten is not None else []
        return Turn(self._send(now, *frames) if self._open else b"", tuple(outcomes))

    def stored(self, deed: Deed, now: Instant) -> Turn:
        where = self._repeats.stored(deed)
        if where is None:
            return Turn()
        if isinstance(deed, Keypad):
            self._asking.discard(int(where[0]))
        return Turn(self._send(now, _answer(int(where[0]), bytes.fromhex(where[1])))) if self._open else Turn()

    def unstored(self, deed: Deed) -> None:
        self._asking.discard(self._address[deed.counter])
        self._repeats.unstored(deed)

    def _take_all(self, frames: list[Frame], now: Instant) -> Turn:
        send = b""
        outcomes: list[Outcome] = []
        for frame in frames:
            if self._echoes.is_echo(frame, now):
                self._others[Discard.ECHO] += len(encode(frame))
            elif frame.address not in self._set:
                self._others["address"] += 1
                outcomes += self._stranger(frame.address, now)
            else:
                turn = self._take(frame, self._set[frame.address], now)
                send += turn.send
                outcomes += turn.outcomes
        return Turn(send, tuple(outcomes))

    @property
    def _strange(self) -> tuple[str, str]:
        return self._first, STRANGE_CODE

    def _stranger(self, address: int, now: Instant) -> tuple[Outcome, ...]:
        """A set speaks here that nobody configured: told once, over when it was not heard for long."""
        self._stranger_until = Instant.of(now + STRANGER_FOR)
        if self._strange in self._faults:
            return ()
        self._faults.add(self._strange)
        text = f"set {address} speaks on this line and stands in no [[bridge.pad]]; what it says is not kept"
        return (PadFault(self._first, STRANGE_CODE, on=True, text=text),)

    def _take(self, frame: Frame, one: Set, now: Instant) -> Turn:
        self._heard[one.counter] = now
        address, text = str(frame.address), (bytes((frame.function,)) + frame.data).hex()
        standing, deed = self._repeats.hear(address, text, now)
        match standing:
            case Heard.ANSWERED:
                return Turn(self._send(now, *_answers(frame)))
            case Heard.WAITING:
                return Turn()
            case Heard.FAILED if deed is not None:
                return Turn(outcomes=(self._asked(deed, frame.address),))
            case _:
                return self._act(frame, one, Note(address, self._repeats.note(address, text, now)), now)

    def _act(self, frame: Frame, one: Set, note: Note, now: Instant) -> Turn:
        deed: Deed
        pad = self._pads[one.counter]
        faults: tuple[Outcome, ...] = ()
        if frame.function == codec.RATING and len(frame.data) == 1:
            key = str(frame.data[0])
            stars = (one.stars or STARS).get(key)
            if stars is None:
                text = f"set {frame.address} sent the rating {key}, for which there are no stars; it is not kept"
                faults = self._key_fault(one.counter, text)
                return Turn(self._send(now, *_answers(frame)), (*faults, note))
            faults = self._key_fault(one.counter, None)
            deed = Press(one.counter, pad, self._next(), None, stars, now, note)
        elif frame.function in codec.KEYPAD and frame.data:
            deed = Keypad(one.counter, pad, self._next(), KEYS.get(frame.data[-1]), now, note)
        else:
            return Turn(outcomes=(note,))
        self._repeats.wait(note.key, (bytes((frame.function,)) + frame.data).hex(), deed)
        return Turn(outcomes=(*faults, self._asked(deed, frame.address)))

    def _asked(self, deed: Deed, address: int) -> Deed:
        if isinstance(deed, Keypad) and deed.key is Key.PLEASE_RATE:
            self._asking.add(address)
        return deed

    def _send(self, now: Instant, *frames: Frame) -> bytes:
        for frame in frames:
            self._echoes.sent(frame, now)
        return b"".join(map(encode, frames))


def _answer(address: int, heard: bytes) -> Frame:
    """A keypad's frame comes back as it is; a rating's data comes back as FUNC 01."""
    return Frame(address, codec.OPEN if heard[0] == codec.RATING else heard[0], heard[1:])


def _answers(frame: Frame) -> tuple[Frame, ...]:
    """What a frame gets that is known and stored; nothing for what has no meaning."""
    known = frame.data and (frame.function in codec.KEYPAD or (frame.function == codec.RATING and len(frame.data) == 1))
    return (_answer(frame.address, bytes((frame.function,)) + frame.data),) if known else ()
