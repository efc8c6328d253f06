"""Why something that claims to be head office's was not believed."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Stable words: they stand in a node's Status as the fault's code, after ``content-``."""

    MALFORMED = "malformed"  # not what a bundle or a signed document looks like
    TRUNCATED = "truncated"  # something that is needed is missing from it
    TOO_LARGE = "too-large"
    NAME = "name"  # a name that no publication of ours has
    UNSIGNED_ROOT = "unsigned-root"  # a root that the one before it, or it itself, did not sign
    ROOT_CHAIN = "root-chain"  # more new roots at once than one bundle may bring
    SIGNATURE = "signature"  # fewer valid signatures than that role takes
    ROLLBACK = "rollback"  # older than what was already trusted here
    MIX_AND_MATCH = "mix-and-match"  # parts of different publications
    EXPIRED = "expired"
    POLICY = "policy"  # properly signed, and against the rules that every screen holds: two people, distinct keys, …
    PROGRAMME = "programme"  # it names what the publishers did not sign, or widens what they did
    TORN = "torn"  # what was kept here can no longer be verified
    BLOB = "blob"  # bytes that are not the ones that were signed
    PICTURE = "picture"  # signed bytes that cannot be shown: too many pixels, or no picture at all


@dataclass(frozen=True)
class Refused:
    """A typed no. `text` is one line for a person."""

    code: Code
    text: str


class RefusedError(Exception):
    """Carries a refusal out of a nested step; it never leaves this package's public functions."""

    def __init__(self, code: Code, text: str) -> None:
        super().__init__(text)
        self.refused = Refused(code, text)
