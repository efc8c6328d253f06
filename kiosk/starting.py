"""A screen's start: what it is told, its display, its program. Nothing is imported that a screen does not run by."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from kiosk.clerk import ClerkError, sent
from kiosk.driver import check_display, choose_driver
from kiosk.program import run
from kiosk.reload import Source
from kiosk.remembered import Start, keep, recall
from kiosk.settings import KioskSettings
from signage.core.exits import Exit, Refusal
from signage.link.log import configure


class Words(NamedTuple):
    """What the command line says. `config`: the branch's file."""

    config: Path
    screen: str
    log_json: bool = False


def plain(arguments: Sequence[str]) -> Words | None:
    """The words of one screen's start; None: they ask for something else, or are wrong."""
    named: dict[str, str] = {}
    flags: set[str] = set()
    rest = iter(arguments)
    for word in rest:
        key, given, value = word.partition("=")
        if key in {"--config", "--screen"}:
            found = value if given else next(rest, "")
            if not found or found.startswith("-") or key in named:
                return None
            named[key] = found
        elif word in {"--log-json", "--bare"}:
            flags.add(word)
        else:
            return None
    if len(named) < 2:
        return None
    return Words(Path(named["--config"]), named["--screen"], "--log-json" in flags)


def start(words: Words) -> int:
    """Until the screen ends; its exit code. Raises Refusal."""
    configure("kiosk", words.log_json)
    told = recall(words.config, words.screen) or learn(words)
    driver = choose_driver(os.environ)
    check_display(driver, os.environ)
    source = Source(words.config, lambda: _settings(words))
    return run(told.settings, told.catalogues, driver, source)


def learn(words: Words) -> Start:
    """The branch's file as it is now, kept for the next start. Raises Refusal."""
    try:
        told: Start = sent("learn", words.config, words.screen)
    except ClerkError as error:
        raise Refusal(Exit.CONFIGURATION, f"{words.config}: could not be read: {error}") from error
    keep(words.config, words.screen, told)
    return told


def _settings(words: Words) -> KioskSettings:
    return learn(words).settings


def ended(work: Callable[[], int]) -> NoReturn:
    """Leave with its exit code, or with a refusal's lines and code."""
    try:
        code = work()
    except Refusal as refusal:
        for line in refusal.lines:
            sys.stderr.write(f"kiosk: {line}\n")
        code = refusal.code
    sys.exit(code)
