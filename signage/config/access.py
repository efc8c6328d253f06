"""Who may publish and read what on a broker (contract: topics and messages, Who may)."""

from collections.abc import Iterable
from dataclasses import dataclass

from signage.config.branch_file import BranchConfig
from signage.config.office_file import HeadOfficeConfig
from signage.core.exits import Exit, Refusal
from signage.wire.topics import Topics


@dataclass(frozen=True)
class Grant:
    """One user's topic filters."""

    user: str
    write: tuple[str, ...]
    read: tuple[str, ...]

    def may_write(self, topic: str) -> bool:
        return any(covers(granted, topic) for granted in self.write)

    def may_read(self, topic_or_filter: str) -> bool:
        """Whether everything that `topic_or_filter` matches may be read."""
        return any(covers(granted, topic_or_filter) for granted in self.read)


def covers(granted: str, asked: str) -> bool:
    """Whether every topic that `asked` (a topic or a filter) matches is matched by the filter `granted`."""
    levels, wanted = granted.split("/"), asked.split("/")
    for index, level in enumerate(levels):
        if level == "#":
            return True
        if index >= len(wanted) or wanted[index] == "#" or level not in ("+", wanted[index]):
            return False
    return len(levels) == len(wanted)


def branch_access(config: BranchConfig) -> tuple[Grant, ...]:
    """The users of a branch's broker: the controller, called as the branch, and every device."""
    topics = Topics(config.broker.root)
    controller = Grant(
        config.branch.id,
        write=(topics.down("+", "#"), topics.up(config.branch.id, "#")),
        read=(topics.up("+", "#"), f"{topics.root}/all/#", topics.down(config.branch.id, "#")),
    )
    touch = {screen.name for screen in config.screen if screen.kind == "touch"}
    return (
        controller,
        *(node_grant(topics, name, config.branch.groups, local=name in touch) for name in config.nodes),
    )


def office_access(
    config: HeadOfficeConfig, branches: Iterable[tuple[str, tuple[str, ...]]], shards: int = 1
) -> tuple[Grant, ...]:
    """The users of head office's broker: collectors, publishers, and every branch, given as (id, groups)."""
    topics = Topics(config.broker.root)
    receipts = (topics.down("+", "receipt"),)
    everything = (topics.up("+", "#"),)
    parents = [Grant(user, receipts, everything) for user in shard_users("collect", shards)]
    parents += [Grant(user, (topics.down("+", "#"),), everything) for user in shard_users("publisher", shards)]
    grants = (*parents, *(node_grant(topics, name, groups, local=False) for name, groups in branches))
    taken: set[str] = set()
    for grant in grants:
        if grant.user in taken:
            raise Refusal(Exit.BAD_DATA, f"roster: {grant.user!r} is a program's user, a branch needs another id")
        taken.add(grant.user)
    return grants


def shard_users(program: str, shards: int) -> tuple[str, ...]:
    """The users of a program that runs once or several times; each connection has its own, so none ousts another."""
    return (program,) if shards == 1 else tuple(f"{program}-{index}" for index in range(shards))


def node_grant(topics: Topics, name: str, groups: Iterable[str], *, local: bool) -> Grant:
    """A node: below its own name, and what is said to its groups and to all. `local`: a touch screen."""
    return Grant(
        name,
        write=(topics.up(name, "#"), topics.local) if local else (topics.up(name, "#"),),
        read=(
            topics.down(name, "#"),
            *(topics.down(f"group-{tag}", "#") for tag in groups),
            f"{topics.root}/all/#",
            topics.up("+", "status"),
        ),
    )
