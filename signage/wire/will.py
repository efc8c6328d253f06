"""The Last Will of a connection (contract: Status)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Will:
    """Published retained, QoS 1, by the broker when the connection ends without a goodbye."""

    topic: str
    payload: bytes
