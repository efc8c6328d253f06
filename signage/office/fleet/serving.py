"""`signage fleet --serve`: the whole fleet's figures for Prometheus, out of the database, in a process of its own.

The collector stores; what it costs to count a hundred thousand nodes every few seconds must not be its burden.
"""

from collections.abc import Callable, Iterator
from typing import Final

from signage.link.clock import Moment
from signage.link.exporter import Exporter, Listen
from signage.link.figures import Figure
from signage.link.log import Trouble
from signage.link.loop import MainLoop
from signage.office.database import DatabaseAway
from signage.office.figures import DATABASE_UP, fleet_figures
from signage.office.fleet.reading import FleetReader

_EVERY_S: Final = 5.0


class FleetFigures:
    """`wanted`: gives the content that each branch is to have, as it is published now."""

    def __init__(self, reader: FleetReader, wanted: Callable[[], Callable[[str], int]]) -> None:
        self._reader = reader
        self._wanted = wanted
        self._away = Trouble("the database is away; the figures grow old", "the database is back")

    def take(self, moment: Moment) -> Iterator[Figure]:
        """Of what was last read, should the database be away."""
        try:
            self._reader.refresh(moment.at)
        except DatabaseAway as error:
            self._away.on(str(error), moment)
        else:
            self._away.over(moment)
        yield DATABASE_UP.of(self._away.since is None)
        yield from fleet_figures(self._reader.board.lines(moment.at, self._wanted()), self._reader.board.newest)


def serve(listen: Listen, version: str, figures: FleetFigures) -> int:
    """Until SIGTERM or SIGINT; the exit code."""
    exporter = Exporter(listen, "fleet", version, figures.take, _EVERY_S)
    loop = MainLoop(lambda _event, _moment: None, exporter.tick)
    exporter.start()
    try:
        return loop.run()
    finally:
        exporter.stop()
