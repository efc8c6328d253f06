"""What a pad has been told, and the frames that bring it to what it should show (contract: STATE, PROMPT, SHOW, SOUND)."""

from typing import Final

from firmware_bridge.padlink import frames as f
from firmware_bridge.sessions import Look, OpenPrompt, View
from signage.core.instants import Instant

_STATES: Final = {
    Look.CLOSED: f.PadState.CLOSED,
    Look.OPEN: f.PadState.OPEN,
    Look.SUSPENDED: f.PadState.SUSPENDED,
    Look.PAUSED: f.PadState.PAUSED,
}


class Display:
    """One pad's lamps, text and sound. Nothing is sent for what its capabilities lack."""

    def __init__(self) -> None:
        self._caps = f.Caps(0)
        self._view = View()
        self._told_state: f.State | None = None
        self._told_lines: tuple[str, ...] = ()
        self._told_prompt: int | None = None
        self._closed_prompt: int | None = None  # the pad has closed it by itself: answered or lapsed

    def pad_started(self, caps: f.Caps) -> None:
        """A pad introduced itself: it may know nothing."""
        self._caps = caps
        self._told_state = None
        self._told_lines = ()
        self._told_prompt = None

    def show(self, view: View) -> None:
        self._view = view

    def closed(self, prompt: int) -> None:
        """The pad has ended that prompt: it is neither cancelled nor sent again."""
        if prompt:
            self._closed_prompt = prompt
        if prompt == self._told_prompt:
            self._told_prompt = None

    def differences(self, now: Instant) -> list[f.Frame]:
        """What the pad must still be told; everything, when it has just started."""
        return [*self._state(), *self._lines(), *self._prompt(now)]

    def thanks(self) -> list[f.Frame]:
        return [f.Sound(f.Clip.THANK_YOU)] if f.Caps.SOUND & self._caps else []

    def _state(self) -> list[f.Frame]:
        state = f.State(_STATES[self._view.look], self._view.level)
        if state == self._told_state:
            return []
        self._told_state = state
        return [state]

    def _lines(self) -> list[f.Frame]:
        if not f.Caps.TEXT & self._caps:
            return []
        wanted, told = self._view.lines, self._told_lines
        self._told_lines = wanted
        shows: list[f.Frame] = []
        for index in range(max(len(wanted), len(told))):
            text = wanted[index] if index < len(wanted) else ""
            if index >= len(told) or told[index] != text:
                shows.append(f.Show(index + 1, text))
        return shows

    def _prompt(self, now: Instant) -> list[f.Frame]:
        wanted = self._view.prompt
        if wanted is not None and (wanted.number == self._closed_prompt or wanted.until <= now):
            wanted = None
        if wanted is None:
            return self._cancel()
        if wanted.number == self._told_prompt:
            return []
        return [*self._cancel(), *self._ask(wanted, now)]

    def _cancel(self) -> list[f.Frame]:
        told, self._told_prompt = self._told_prompt, None
        return [] if told is None else [f.Cancel(told)]

    def _ask(self, wanted: OpenPrompt, now: Instant) -> list[f.Frame]:
        self._told_prompt = wanted.number
        seconds = -(-(wanted.until.ms - now.ms) // 1000)
        frames: list[f.Frame] = [f.PromptFrame(wanted.number, min(seconds, 255))]
        if f.Caps.SOUND & self._caps:
            frames.append(f.Sound(f.Clip.PLEASE_RATE))
        return frames
