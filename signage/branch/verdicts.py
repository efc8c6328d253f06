"""What a probe can say. Three answers, not two: who cannot look has not seen that anything failed."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """HOLDS: what it watches works. FAILED: it does not. UNKNOWN: nobody can tell, and no rule may act as if."""

    HOLDS = "holds"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Seen:
    """One look. `condition`: a short code where there is more to say than the verdict; `text`: for operators."""

    verdict: Verdict
    condition: str
    text: str
