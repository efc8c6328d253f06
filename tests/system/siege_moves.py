"""The two moves of a siege: honest content until it is on the glass, and an attack until it has been refused."""

from typing import Final

from signage.content.refusal import Code
from tests.system.siege import BRANCH_LINK, OFFICE, Siege
from tests.system.siege_parts import version_of

LINKS: Final = {"controller": OFFICE, "wall": BRANCH_LINK}  # where each hears its parent


def show(siege: Siege, bundle: bytes) -> int:
    """Honest content, until it is on the glass; its version."""
    version = version_of(bundle)
    siege.hand_on(bundle, version)
    siege.until(f"version {version} drawn", lambda: siege.drawn(version))
    for who in LINKS:
        siege.until(f"{who} without a complaint", lambda who=who: siege.fault(who, "content-refused") is None)  # type: ignore[misc]  # its default is bound on purpose
        assert "refused" not in getattr(siege, who)["delivery"]
    return version


def refuse(siege: Siege, bundle: bytes, said: int, code: Code, who: str) -> str:
    """Hand an attack to one of the two; its reason."""
    siege.hand_on(bundle, said, LINKS[who])

    def told() -> bool:
        delivery = getattr(siege, who).get("delivery", {})
        seen: int = delivery.get("received", 0)
        return seen >= said and delivery.get("refused", "").startswith(f"{code}: ")

    siege.until(f"{who} refuses it as {code}", told)
    delivery = getattr(siege, who)["delivery"]
    siege.until("the fault", lambda: siege.fault(who, "content-refused") == delivery["refused"])
    return str(code)
