"""Head office's commands: whom one is for, and the durable queue between who gives it and the publisher that sends it.

`signage command` writes the signed command; `signage publisher` sends it, sends it again to who was away, and writes the
replies. The database is all they share.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from msgspec.structs import replace
from securesystemslib.signer import CryptoSigner
from sqlalchemy import insert, select

from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.roster import RosterBranch
from signage.office.tables import commands, replies
from signage.wire.chain import NotCanonical
from signage.wire.codec import Malformed, decode, encode
from signage.wire.messages import Command, Reply, Signature
from signage.wire.signing import signed_bytes

LONGEST_LIFE: Final = timedelta(hours=24)  # contract: Command


@dataclass(frozen=True)
class Aim:
    """Whom a command is for: one branch, the branches of a group, or all of them."""

    branch: str | None = None
    group: str | None = None

    @property
    def target(self) -> str:
        """The target's name in topics."""
        if self.branch is not None:
            return self.branch
        return f"group-{self.group}" if self.group is not None else "all"

    def meets(self, branch: RosterBranch) -> bool:
        return concerns(self.target, branch.id, branch.groups)

    def among(self, roster: Iterable[RosterBranch]) -> tuple[str, ...]:
        """Whose replies are expected. A single branch is, whether it stands on the roster or not."""
        return (self.branch,) if self.branch is not None else tuple(one.id for one in roster if self.meets(one))


def concerns(target: str, branch: str, groups: Iterable[str]) -> bool:
    """Whether a command for `target` is for this branch."""
    return target in ("all", branch) or target in {f"group-{tag}" for tag in groups}


def new_command(
    aim: Aim, name: str, args: dict[str, Any], issuer: str, actor: str | None, now: Instant, life: timedelta
) -> Command:
    """A command that is not signed yet. `issuer`: the key's name; `actor`: the person who asks."""
    return Command(
        v=1,
        id=str(uuid4()),
        issuer=issuer,
        target=aim.target,
        issued_at=now,
        expires_at=Instant.of(now + min(life, LONGEST_LIFE)),
        name=name,
        args=args,
        actor=actor,
    )


def signed(command: Command, signer: CryptoSigner) -> Command:
    """The command with that key's signature. Raises Refusal (2) for arguments that cannot be signed."""
    try:
        made = signer.sign(signed_bytes(command))
    except NotCanonical as error:
        raise Refusal(
            Exit.WRONG_USE, f"--arg: {error} cannot be signed; write it as a text or a whole number"
        ) from None
    return replace(command, signature=Signature(keyid=made.keyid, sig=made.signature))


class CommandQueue:
    """Every method may raise DatabaseAway."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, command: Command) -> None:
        """It will be sent as soon as a publisher runs, until it expires."""
        row = {
            "id": command.id,
            "target": command.target,
            "expires_at": str(command.expires_at),
            "document": encode(command).decode(),
        }
        with self._store.begin() as connection:
            connection.execute(insert(commands).values(row))

    def alive(self, now: Instant) -> list[str]:
        """The ids of what has not expired, in the order it was queued."""
        query = select(commands.c.id).where(commands.c.expires_at > str(now)).order_by(commands.c.key)
        with self._store.read() as connection:
            return list(connection.execute(query).scalars())

    def read(self, ids: Iterable[str]) -> list[Command]:
        """The commands of these ids. One that only a newer version can read is left to it."""
        found = []
        with self._store.read() as connection:
            for one in ids:
                document = connection.execute(select(commands.c.document).where(commands.c.id == one)).scalar_one()
                with suppress(Malformed):
                    found.append(decode(document.encode(), Command))
        return found

    def answered(self, ids: Iterable[str]) -> dict[str, set[str]]:
        """Command → the branches that have replied."""
        wanted = list(ids)
        done: dict[str, set[str]] = {one: set() for one in wanted}
        with self._store.read() as connection:
            for start in range(0, len(wanted), 500):
                query = select(replies.c.id, replies.c.branch).where(replies.c.id.in_(wanted[start : start + 500]))
                for row in connection.execute(query):
                    done[row.id].add(row.branch)
        return done

    def note(self, branch: str, reply: Reply, at: Instant) -> None:
        """Keep a reply to a command of this queue; a branch's first one stands."""
        key = {"id": reply.id, "branch": branch}
        with self._store.begin() as connection:
            if connection.execute(select(commands.c.id).where(commands.c.id == reply.id)).first() is None:
                return
            known = select(replies.c.id).where(replies.c.id == reply.id, replies.c.branch == branch)
            if connection.execute(known).first() is None:
                connection.execute(insert(replies).values(**key, received_at=str(at), document=encode(reply).decode()))

    def replies(self, command_id: str) -> dict[str, Reply]:
        """By branch."""
        query = select(replies.c.branch, replies.c.document).where(replies.c.id == command_id)
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(replies.c.branch)).all()
        return {row.branch: decode(row.document.encode(), Reply) for row in rows}
