"""What head office tells a branch about a case: `case.update`, signed by an operations key, queued for the publisher."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from securesystemslib.signer import CryptoSigner

from signage.core.instants import Instant
from signage.office.commanding import Aim, CommandQueue, new_command, signed
from signage.office.database import Store

UPDATE: Final = "case.update"
_LIFE: Final = timedelta(hours=24)  # the longest there is: a branch may be closed until tomorrow


@dataclass(frozen=True)
class BranchTeller:
    """`issuer`: the operations key's name."""

    store: Store
    signer: CryptoSigner
    issuer: str

    def tell(self, branch: str, args: dict[str, Any], actor: str | None, now: Instant) -> str:
        """The command's id. Whether the branch may be told so, it decides itself. Raises DatabaseAway, Refusal."""
        made = new_command(Aim(branch), UPDATE, args, self.issuer, actor, now, _LIFE)
        CommandQueue(self.store).put(signed(made, self.signer))
        return made.id
