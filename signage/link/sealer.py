"""Who seals and who reads in a program. Cryptography is loaded with the first use: a wall never seals anything."""

import os
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_RANDOM_BYTES: Final = 64  # signage.wire.sealing.ENTROPY_BYTES
_KEY_BYTES: Final = 32


@dataclass(frozen=True)
class Sealer:
    """Seals for `recipients`, public keys of 32 bytes; without any, everything stays as it is."""

    recipients: tuple[bytes, ...] = ()

    def sealed(self, kind: str, event_id: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """An event's data, ready for the outbox."""
        if not self.recipients:
            return dict(data)
        from signage.wire.sealing import sealed_data  # noqa: PLC0415 - see above

        return sealed_data(kind, event_id, data, self.recipients, os.urandom(_RANDOM_BYTES))


UNSEALED: Final = Sealer()  # nobody has a key: everything stays as it is


@dataclass(frozen=True)
class Reader:
    """Who asks for what a customer wrote: a key of this very process, so that nobody on the way reads the answer."""

    private: bytes = field(default_factory=lambda: os.urandom(_KEY_BYTES), repr=False)

    @property
    def public(self) -> str:
        from signage.wire.sealing import public_of  # noqa: PLC0415 - see above

        return b64encode(public_of(self.private)).decode()

    def read(self, result: Mapping[str, Any]) -> dict[str, Any] | None:
        """A reply's result with what was sealed for this reader opened; None: it was sealed for somebody else."""
        if "sealed" not in result:
            return dict(result)
        from signage.wire.sealing import SEALED, Unopened, unseal  # noqa: PLC0415 - see above

        try:
            return unseal(result[SEALED], self.private, str(result.get("case")))
        except Unopened:
            return None
