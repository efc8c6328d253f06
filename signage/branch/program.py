"""The controller as a program: its directory locked, its database opened, its loop run, its exit code."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from signage.branch.controller import Controller
from signage.branch.settings import ControllerSettings
from signage.branch.staff import PinsUnreadable, read_pins
from signage.branch.store import FILE, FactsUnreadable, open_store
from signage.core.exits import Exit, Refusal
from signage.link import clock
from signage.link.database import Database, NewerDatabase, StorageError
from signage.link.exporter import Exporter, measured
from signage.link.loop import MainLoop


def run_controller(settings: ControllerSettings, software: str) -> int:
    """Until SIGTERM or SIGINT; returns the exit code. Raises Refusal where it cannot even begin."""
    _check_staff(settings.pins_file)
    with locked(settings.directory):
        moment = clock.moment()
        controller = _made(settings, _opened(settings.directory), software)
        exporter = Exporter(settings.metrics, "controller", software, controller.figures)
        loop = MainLoop(controller.handle, measured(controller.tick, exporter))
        controller.start(loop, moment)
        exporter.start()
        code = loop.run()
        exporter.stop()
        controller.stop(clock.moment())
        return code


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """One controller per state directory. Raises Refusal (73)."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        line = (
            f"{directory}: cannot write there: {error.strerror}; give this user the directory, or set [state] directory"
        )
        raise Refusal(Exit.CANNOT_WRITE, line) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            line = f"{directory}: another controller of this branch runs on it; end that one first"
            raise Refusal(Exit.CANNOT_WRITE, line) from error
        yield
    finally:
        os.close(handle)


def _check_staff(pins_file: Path | None) -> None:
    if pins_file is None:
        return
    try:
        read_pins(pins_file)
    except PinsUnreadable as error:
        line = f"{error.path}: {error.reason}; mend it, give people PINs with `signage pin`, or take [staff] out of the configuration"
        raise Refusal(Exit.CONFIGURATION, line) from error


def _opened(directory: Path) -> Database:
    try:
        return open_store(directory)
    except NewerDatabase as error:
        raise Refusal(Exit.CONFIGURATION, str(error)) from error
    except StorageError as error:
        raise Refusal(Exit.CANNOT_WRITE, str(error)) from error


def _made(settings: ControllerSettings, database: Database, software: str) -> Controller:
    try:
        return Controller(settings, database, software, clock.moment())
    except FactsUnreadable as error:
        line = f"{settings.directory / FILE}: {error}; move the file away: the screens' last state is taken over"
        raise Refusal(Exit.BAD_DATA, line) from error
    except ValueError as error:
        raise Refusal(Exit.CONFIGURATION, f"[hours]: {error}") from error
