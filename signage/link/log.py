"""The log: one line per event on standard error, for people or (``--log-json``) for machines."""

from signage.link.clock import Moment


def configure(program: str, as_json: bool) -> None:
    """Call once, first thing in a program. Afterwards: structlog.get_logger() anywhere."""
    raise NotImplementedError


class Trouble:
    """Something that may go on for long, such as a broker that is away: said once, then once a minute, and when it is over."""

    def __init__(self, name: str, cure: str = "") -> None:
        raise NotImplementedError

    def on(self, reason: str, moment: Moment) -> None:
        raise NotImplementedError

    def over(self, moment: Moment) -> None:
        raise NotImplementedError
