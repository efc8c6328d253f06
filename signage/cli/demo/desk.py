"""A teller's own system, as a bank's counters have one: it tells the branch that business begins and ends, and with whom."""

from contextlib import suppress
from datetime import timedelta
from queue import Empty, Queue
from typing import Final
from uuid import uuid4

from signage.cli.demo.house import BRANCH, ROOT, House
from signage.core.instants import Instant
from signage.link.client import Address, Client
from signage.link.clock import monotonic, now
from signage.wire.codec import encode
from signage.wire.messages import Command
from signage.wire.topics import Topics

_TOPICS: Final = Topics(ROOT)
_EXPIRES: Final = timedelta(seconds=30)
_NODE: Final = "teller-system"
_LOOK_S: Final = 0.2
_CONNECTS_S: Final = 15.0


def tell(house: House, counter: str, teller: str, phase: str) -> None:
    """`phase`: start, or end, after which the customer is asked to rate. Raises RuntimeError without the branch's broker."""
    at = now()
    command = Command(
        v=1,
        id=str(uuid4()),
        issuer=_NODE,
        target=BRANCH,
        issued_at=at,
        expires_at=Instant.of(at + _EXPIRES),
        name="transaction",
        args={"counter": counter, "teller": teller, "phase": phase},
    )
    heard: Queue[object] = Queue()
    replies = ((_TOPICS.down(_NODE, "reply"), 1),)
    client = Client(_NODE, Address("127.0.0.1", house.branch_port), _NODE, replies, heard.put)
    client.start()
    try:
        until = monotonic() + _CONNECTS_S
        while not client.publish(_TOPICS.up(_NODE, "command"), encode(command)):
            if monotonic() > until:
                raise RuntimeError("the branch's broker does not let the teller's system in")
            with suppress(Empty):
                heard.get(timeout=_LOOK_S)
    finally:
        client.stop()
