"""The loop is woken by what comes on a connection, and only while it rests."""

import queue
import socket
from collections.abc import Iterator

import pytest

from kiosk.doorbell import Doorbell
from signage.link.threads import spawn


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, other = socket.socketpair()
    with ours, other:
        yield ours, other


def test_it_rings_while_something_waits_to_be_fetched(ends: tuple[socket.socket, socket.socket]) -> None:
    rung: queue.Queue[bytes] = queue.Queue()
    ours, other = ends

    def fetch() -> None:
        rung.put(ours.recv(16))

    bell = Doorbell(ours.fileno(), fetch)
    spawn("doorbell", bell.work, lambda _: None)
    other.send(b"before")
    with pytest.raises(queue.Empty):
        rung.get(timeout=0.2)
    bell.listen(on=True)
    assert rung.get(timeout=10) == b"before"
    other.send(b"a touch")
    assert rung.get(timeout=10) == b"a touch"
    bell.listen(on=False)
    with pytest.raises(queue.Empty):
        rung.get(timeout=1.3)  # a watch that had begun is over
    other.send(b"while awake")
    with pytest.raises(queue.Empty):
        rung.get(timeout=0.2)
    bell.listen(on=True)
    assert rung.get(timeout=10) == b"while awake"
    bell.listen(on=False)
