"""What arrives at a node, read: topic and bytes in, one typed message out. Pure."""

from dataclasses import dataclass

from signage.core.model import BranchState
from signage.wire.codec import Malformed, decode, prepare
from signage.wire.messages import Alive, Command, Content, LocalState, Receipt, Reply, Status
from signage.wire.topics import Topics


@dataclass(frozen=True)
class BlobChunk:
    """`payload` None: the parent does not have the blob yet."""

    sha256: str
    offset: int
    payload: bytes | None


prepare(Receipt, Command, Reply, Alive, BranchState, Content, LocalState, Status)  # before there is a second thread

Downward = Receipt | Command | Reply | Alive | BranchState | Content | LocalState | Status | BlobChunk


def read_down(topics: Topics, name: str, topic: str, payload: bytes) -> Downward:
    """Raises Malformed, also for a topic that means nothing to the node `name`."""
    place = topics.read(topic)
    if place is None:
        raise Malformed(topic, "a topic of another tree")
    match (place.node, place.direction, place.leaf):
        case ("all", "local", ""):
            return decode(payload, LocalState, topic)
        case (node, "up", "status"):
            status = decode(payload, Status, topic)
            return _whose(status, status.node == node, topic, "node")
        case ("all", "down", "alive"):
            return decode(payload, Alive, topic)
        case (node, "down", "state") if node in {"all", name}:
            return decode(payload, BranchState, topic)
        case (node, "down", "content") if node in {"all", name}:
            return decode(payload, Content, topic)
        case (target, "down", "command"):
            command = decode(payload, Command, topic)
            return _whose(command, command.target == target, topic, "target")
        case (node, "down", "receipt") if node == name:
            return decode(payload, Receipt, topic)
        case (node, "down", "reply") if node == name:
            return decode(payload, Reply, topic)
        case (node, "down", leaf) if node == name and leaf.startswith("blob/"):
            return _chunk(topic, leaf, payload)
    raise Malformed(topic, "a topic that means nothing here")


def _whose(message: Downward, right: bool, topic: str, what: str) -> Downward:
    if not right:
        raise Malformed(topic, f"its {what} is not the topic's")
    return message


def _chunk(topic: str, leaf: str, payload: bytes) -> BlobChunk:
    _, sha256, place = (leaf + "/").split("/")[:3]
    if place == "absent":
        return BlobChunk(sha256, 0, None)
    if not (place.isascii() and place.isdigit() and len(place) <= 16):
        raise Malformed(topic, "no offset of a blob")
    return BlobChunk(sha256, int(place), payload)
