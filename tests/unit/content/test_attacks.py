"""The attack corpus against the pure verifier: every twin accepted, every attack refused for its own reason."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.content.bundle import pack, unpack
from signage.content.refusal import Code, Refused
from signage.content.trust import Held, Verified, recall, verify
from tests.attacks.blobs import BLOBS, BlobAttack
from tests.attacks.corpus import ATTACKS, Attack, Delivery, taken
from tests.attacks.small_office import NOW, SmallOffice

PINNED = SmallOffice().root()
BUNDLE = pack(SmallOffice(version=2).publish())
HELD = taken(SmallOffice(version=1).publish())


def verdict(pinned: bytes, delivery: Delivery) -> Verified | Refused:
    files = unpack(delivery.bundle)
    return files if isinstance(files, Refused) else verify(pinned, delivery.held, files, delivery.now)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_twin_is_accepted_and_attack_refused(attack: Attack) -> None:
    pair = attack.build()
    twin = verdict(pair.pinned, pair.twin)
    assert isinstance(twin, Verified), twin
    refused = verdict(pair.pinned, pair.attack)
    assert isinstance(refused, Refused)
    assert refused.code is attack.refusal, refused


def test_names_are_unique() -> None:
    every = [attack.name for attack in ATTACKS] + [blob.name for blob in BLOBS]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("blob", BLOBS, ids=lambda blob: blob.name)
def test_a_blob_is_its_hash_or_is_signed_as_it_is(blob: BlobAttack) -> None:
    same = hashlib.sha256(blob.bad).hexdigest() == blob.signed.sha256 and len(blob.bad) == blob.signed.size
    assert same is (blob.refusal is Code.PICTURE)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(BUNDLE) - 1), st.integers(0, 255), st.booleans())
def test_any_byte_of_a_bundle(where: int, mask: int, dropped: bool) -> None:
    bent = BUNDLE[:where] + (b"" if dropped else bytes([BUNDLE[where] ^ mask])) + BUNDLE[where + 1 :]
    _only_signed(verdict(PINNED, Delivery(bent, HELD)))


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_any_byte_of_any_file(data: st.DataObject) -> None:
    files = SmallOffice(version=2).publish()
    name = data.draw(st.sampled_from(sorted(files)))
    where = data.draw(st.integers(0, len(files[name]) - 1))
    mask = data.draw(st.integers(0, 255))
    middle = b"" if data.draw(st.booleans()) else bytes([files[name][where] ^ mask])
    _only_signed(verify(PINNED, HELD, {**files, name: files[name][:where] + middle + files[name][where + 1 :]}, NOW))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_byte_of_what_is_held(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(HELD.files)))
    cut = data.draw(st.integers(0, len(HELD.files[name]) - 1))
    torn = Held({**HELD.files, name: HELD.files[name][:cut]}, HELD.floors, HELD.time_floor)
    answer = recall(PINNED, torn, NOW)
    assert isinstance(answer, Refused)
    assert answer.code is Code.TORN
    whole = verify(PINNED, torn, SmallOffice(version=2).publish(), NOW)
    assert isinstance(whole, Verified)
    assert whole.content.version == 2


def _only_signed(answer: Verified | Refused) -> None:
    """Either nothing, or exactly what was signed."""
    if isinstance(answer, Verified):
        honest = verify(PINNED, HELD, SmallOffice(version=2).publish(), NOW)
        assert isinstance(honest, Verified)
        assert answer.content == honest.content
