"""Topic names under one root, and reading them back (contract: topics and messages)."""

import re
from dataclasses import dataclass
from typing import Final

NODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_LEVEL: Final = re.compile(r"[^.\s+#$/]+")


def check_node(name: str) -> str:
    """Return `name` if a node may be called so. Raises ValueError saying what is wrong."""
    if not NODE.fullmatch(name):
        raise ValueError(f"{name!r} is no node name: a-z, 0-9 and '-', at most 32, not starting with '-'")
    if name == "all" or name.startswith("group-"):
        raise ValueError(f"{name!r} is a reserved name")
    return name


@dataclass(frozen=True)
class Topics:
    """All topics of one tree. `root` may have several levels, such as ``bank/v1``."""

    root: str

    def __post_init__(self) -> None:
        if not all(_LEVEL.fullmatch(level) for level in self.root.split("/")):
            raise ValueError(f"{self.root!r} is no topic root: levels without '.', space, '+', '#', '$'")

    def up(self, node: str, leaf: str) -> str:
        """`leaf`: status, events, reply, sync, blob; on a branch's broker also command."""
        return f"{self.root}/{node}/up/{leaf}"

    def down(self, target: str, leaf: str) -> str:
        """`target`: a node, ``all`` or ``group-<tag>``; `leaf`: receipt, command, reply, alive, state, content."""
        return f"{self.root}/{target}/down/{leaf}"

    def device_status(self, branch: str, device: str) -> str:
        return f"{self.root}/{branch}/up/device/{device}/status"

    @property
    def local(self) -> str:
        return f"{self.root}/all/local"

    def read(self, topic: str) -> "TopicName | None":
        """Take a topic of this tree apart; None if it is not of this tree."""
        prefix = f"{self.root}/"
        if not topic.startswith(prefix):
            return None
        node, _, rest = topic[len(prefix) :].partition("/")
        direction, _, leaf = rest.partition("/")
        if not node or not direction:
            return None
        return TopicName(node, direction, leaf)


@dataclass(frozen=True)
class TopicName:
    """`direction` is up, down or local; `leaf` the rest, such as ``status`` or ``device/lobby/status``."""

    node: str
    direction: str
    leaf: str
