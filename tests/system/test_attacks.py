"""The attack corpus over the wire: into a real controller and a real wall, each attack beside its accepted twin.

The last good content stands on the glass. An attack arrives, at the controller from head office's broker and at the wall
straight from the branch's: both refuse it and say why, and the same pixels stay. Then its twin, which differs only in the
attack, arrives in the same way at the same programs in the same state: it is taken, and drawn. Attacks that share one
twin come one after the other before it.

The table is written when the module ends (`pytest -s` shows it).
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta

import pytest

from signage.content.bundle import pack, unpack
from signage.core.instants import Instant
from tests.attacks.corpus import ATTACKS, Attack, Delivery
from tests.attacks.small_office import NOW, SmallOffice
from tests.system.siege import Siege
from tests.system.siege_moves import LINKS, refuse, show
from tests.system.siege_parts import TABLE, Row, colour, repacked, tell_table, version_of

pytestmark = pytest.mark.system
EVERY = os.environ.get("ATTACKS") == "all"  # otherwise, where each case takes programs to be started anew, some of them
logging.getLogger("tuf").setLevel(logging.WARNING)  # it tells every step, of every case
DAY = timedelta(days=1)
MEMORY_MB = 150  # of a controller, whatever it is sent


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    with ExitStack() as stack:
        made = Siege(tmp_path_factory.mktemp("siege"), stack)
        made.open()
        yield made
    tell_table()


# ---- groups ----------------------------------------------------------------------------------------------------------


def unpacked(bundle: bytes) -> dict[str, bytes]:
    files = unpack(bundle)
    assert isinstance(files, dict)
    return files


def _kind(attack: Attack) -> str:
    """By what has to be laid out beforehand."""
    pair = attack.build()
    if pair.attack.now != NOW:
        return "clock"
    if ", " in attack.name and attack.name.startswith("old bundle"):
        return "torn"
    if attack.name == "a revoked key":
        return "revoked"
    return "roots" if any(".root." in name for name in unpacked(pair.twin.bundle)) else "one root"


KINDS = {attack.name: _kind(attack) for attack in ATTACKS}


def of(kind: str) -> list[Attack]:
    return [attack for attack in ATTACKS if KINDS[attack.name] == kind]


def families(attacks: Sequence[Attack]) -> list[list[Attack]]:
    """Those that share a twin, and what is held before it, together."""
    found: dict[object, list[Attack]] = {}
    for attack in attacks:
        twin = attack.build().twin
        found.setdefault((twin.bundle, tuple(twin.held.files.items()), twin.now), []).append(attack)
    return list(found.values())


# ---- what is done ----------------------------------------------------------------------------------------------------


def attack_both(siege: Siege, attack: Attack, delivery: Delivery, said: int, kept: int, twin: str) -> None:
    """One attack on both, in the state they are in; what is on the glass stays."""
    told = {who: refuse(siege, delivery.bundle, said, attack.refusal, who) for who in LINKS}
    assert siege.controller["delivery"]["verified"] == siege.wall["delivery"]["verified"] == kept
    assert siege.drawn(kept)
    TABLE.append(Row(attack.name, told["controller"], told["wall"], f"version {kept}, its pixels", twin))


def besiege(siege: Siege, family: Sequence[Attack]) -> None:
    """The attacks of one family, one after the other, then their twin."""
    with siege.era():
        pairs = [attack.build() for attack in family]
        held = pairs[0].twin.held
        good = pack(held.files) if held.files else pack(SmallOffice(version=0).publish())
    kept = show(siege, good)
    twin = pairs[0].twin.bundle
    for number, (attack, pair) in enumerate(zip(family, pairs, strict=True)):
        assert pair.twin.bundle == twin
        attack_both(siege, attack, pair.attack, siege.base + 20 + number, kept, f"version {version_of(twin)}, drawn")
    assert show(siege, twin) > kept


# ---- the corpus ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", families(of("one root")), ids=lambda family: f"{len(family)} like {family[0].name}")
def test_bundles(siege: Siege, family: list[Attack]) -> None:
    besiege(siege, family)
    assert siege.memory_mb("controller") < MEMORY_MB


@pytest.mark.parametrize("attack", of("clock") if EVERY else of("clock")[:2], ids=lambda attack: attack.name)
def test_clocks(siege: Siege, attack: Attack) -> None:
    """Nodes take over their parent's time: what a verified timestamp told is a floor that no clock gets below."""
    with siege.era():
        pair = attack.build()
        good = pack(pair.twin.held.files or SmallOffice(version=0).publish())
    kept = show(siege, good)
    siege.set_clock(pair.attack.now)
    told = {who: refuse(siege, pair.attack.bundle, siege.base + 20, attack.refusal, who) for who in LINKS}
    stands = f"version {kept}, its pixels"
    if pair.attack.now < Instant.of(NOW + DAY):
        assert siege.drawn(kept)
    else:  # its own time has passed, says that clock
        siege.until("no advertisement", lambda: siege.pixel() != colour(kept))
        stands = "a house slide, until the clock is right again"
    siege.set_clock(pair.twin.now)
    siege.until("drawn again", lambda: siege.drawn(kept))
    taken = show(siege, repacked(pair.twin.bundle))
    assert taken > kept
    TABLE.append(Row(attack.name, told["controller"], told["wall"], stands, f"version {taken}, drawn"))
    siege.set_clock(NOW)


@pytest.mark.parametrize("attack", of("torn") if EVERY else of("torn")[-1:], ids=lambda attack: attack.name)
def test_replays_over_torn_metadata(siege: Siege, attack: Attack) -> None:
    """First the controller's, while the wall has its own; then the wall's, with no controller to mend it."""
    with siege.era():
        pair = attack.build()
        full = pack(SmallOffice(version=5).publish())
        torn = [name for name, data in unpacked(full).items() if pair.attack.held.files.get(name) != data]
    kept = show(siege, full)
    wanted = ["*"] if not pair.attack.held.files else torn
    siege.end("controller")
    siege.syncs.clear()
    siege.tear("controller", wanted)
    siege.start_controller()
    siege.until("asked for everything", lambda: bool(siege.syncs) and "content" not in siege.syncs[-1])
    told = {"controller": refuse(siege, pair.attack.bundle, siege.base + 20, attack.refusal, "controller")}
    assert siege.drawn(kept)
    siege.end("wall", "controller")
    siege.tear("wall", wanted)
    siege.forget_retained()
    siege.start_wall()
    told["wall"] = refuse(siege, pair.attack.bundle, siege.base + 20, attack.refusal, "wall")
    assert siege.wall["screen"]["content"] == 0
    assert siege.pixel() != colour(version_of(pair.attack.bundle))
    siege.start_controller()
    taken = show(siege, pair.twin.bundle)
    stands = f"version {kept}; house slides once its own is torn"
    TABLE.append(Row(attack.name, told["controller"], told["wall"], stands, f"version {taken}, drawn"))


@pytest.mark.parametrize("family", families(of("roots")), ids=lambda family: f"{len(family)} like {family[0].name}")
def test_roots(siege: Siege, family: list[Attack]) -> None:
    besiege(siege, family)


def test_a_revoked_key(siege: Siege) -> None:
    """Another future of the same first root."""
    siege.anew()
    besiege(siege, of("revoked"))
