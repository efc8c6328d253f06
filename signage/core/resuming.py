"""When customers are told to come back: a suspension may end while nobody serves."""

from functools import lru_cache
from typing import Final

from signage.core.hours import Hours
from signage.core.instants import Instant

_KEPT: Final = 64  # ends of a branch's suspensions; a plan is immutable, and a scene asks at every edge of its day


@lru_cache(maxsize=_KEPT)
def service_back(hours: Hours, service: str | None, resumes: Instant | None) -> Instant | None:
    """The first instant from `resumes` on at which the place serves; None: it is not known.

    `service`: the counter's; None: the place is the branch or a device, which serves while any service is open. Where no
    hours are known it serves from `resumes` itself.
    """
    services = hours.services if service is None else (service,)
    known = [one for one in services if hours.knows(one)]
    if resumes is None or not known:
        return resumes
    openings = (hours.opening(one, resumes) for one in known)
    return min((opening for opening in openings if opening is not None), default=None)
