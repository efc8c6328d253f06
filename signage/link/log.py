"""The log: one line per event on standard error, for people or (``--log-json``) for machines."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

from signage.link.clock import Moment, now

AGAIN_AFTER_S: Final = 60.0


def configure(program: str, as_json: bool) -> None:
    """Call once, first thing in a program. Afterwards: structlog.get_logger() anywhere."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _Stamp(program),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str) if as_json else _line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


class _Stamp:
    def __init__(self, program: str) -> None:
        self._program = program

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {"at": str(now()), "program": self._program, **event}


def _line(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
    """2026-11-24T08:00:00.000Z warning controller: the broker is away (link=devices)."""
    values = dict(event)
    head = [str(values.pop(key, "")) for key in ("at", "level", "program", "event")]
    rest = " ".join(f"{key}={_word(value)}" for key, value in values.items())
    text = f"{head[0]} {head[1]} {head[2]}: {head[3]}" + (f" ({rest})" if rest else "")
    return " ".join(text.splitlines())


def _word(value: object) -> str:
    text = str(value)
    return repr(text) if not text or any(letter.isspace() for letter in text) else text


class Trouble:
    """Something that may go on for long, such as a broker that is away: said once, then once a minute, and when it is over."""

    def __init__(self, what: str, over: str, **context: object) -> None:
        """`what` and `over` are the log's lines; `context` goes with both."""
        self._what = what
        self._over = over
        self._context = context
        self._log = structlog.get_logger()
        self._since: float | None = None
        self._said = 0.0
        self._times = 0

    @property
    def since(self) -> float | None:
        """Monotonic; None while all is well."""
        return self._since

    def on(self, reason: str, moment: Moment) -> None:
        """It is so (again)."""
        self._times += 1
        if self._since is None:
            self._since = moment.mono
        elif moment.mono - self._said < AGAIN_AFTER_S:
            return
        self._said = moment.mono
        self._log.warning(self._what, reason=reason, times=self._times, **self._context)

    def over(self, moment: Moment) -> None:
        """It is not so any more; says so if it was."""
        if self._since is not None:
            self._log.info(self._over, after_s=round(moment.mono - self._since, 1), **self._context)
        self._since = None
        self._times = 0


class Refusals:
    """Messages that changed nothing: counted by topic and reason, told once a minute (contract: Topics and messages)."""

    _KEPT: Final = 100  # topics and reasons come from outside

    def __init__(self) -> None:
        self.total = 0
        self._counts: dict[tuple[str, str], int] = {}
        self._say_at: float | None = None
        self._log = structlog.get_logger()

    def note(self, topic: str, reason: str, moment: Moment) -> None:
        """The first of a minute is told at the next `tell`."""
        self.total += 1
        key = (topic[:200], reason[:200])
        if key not in self._counts and len(self._counts) >= self._KEPT:
            key = ("other topics", "various")
        self._counts[key] = self._counts.get(key, 0) + 1
        if self._say_at is None:
            self._say_at = moment.mono

    def tell(self, moment: Moment) -> float | None:
        """Write what is due; the monotonic time of the next look, None if there is nothing."""
        if self._say_at is None or moment.mono < self._say_at:
            return self._say_at
        for (topic, reason), times in self._counts.items():
            self._log.warning("a message was refused and changed nothing", topic=topic, reason=reason, times=times)
        self._say_at = moment.mono + AGAIN_AFTER_S if self._counts else None
        self._counts.clear()
        return self._say_at
