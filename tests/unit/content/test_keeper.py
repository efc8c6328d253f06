"""What is believed, and kept before it is used: bundles in, content or a reason out, over a life that ends and begins."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from signage.content import minting
from signage.content.bundle import pack, unpack
from signage.content.keeper import Keeper
from signage.content.pinned import NO_ROOT, Pinned, read_pinned
from signage.content.refusal import Code, Refused
from signage.core.instants import Instant
from signage.core.programme import SignedContent
from signage.link.database import Database, StorageError, open_database
from signage.link.floors import FLOORS, Vault
from signage.link.schema import LINK
from tests.attacks.small_office import LIFE, NOW, SmallOffice, key

PINNED = Pinned(SmallOffice().root())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "a.db", LINK, FLOORS)
    yield opened
    opened.close()


def publication(version: int) -> bytes:
    return pack(SmallOffice(version=version).publish())


def test_what_was_adopted_is_there_in_the_next_life(database: Database) -> None:
    keeper = Keeper(PINNED, Vault(database))
    keeper.recall(NOW)
    assert keeper.version == 0
    adopted = keeper.offer(publication(2), NOW)
    assert isinstance(adopted, SignedContent)
    again = Keeper(PINNED, Vault(database))
    again.recall(NOW)
    assert again.content == adopted
    assert again.refused is None
    assert again.offer(keeper.bundle(), NOW) is None  # nothing new in what it holds itself


def test_a_renewed_timestamp_is_adopted_though_the_version_is_the_same(database: Database) -> None:
    keeper = Keeper(PINNED, Vault(database))
    keeper.offer(publication(2), NOW)
    before = keeper.content
    tomorrow = Instant.of(NOW + timedelta(days=1))
    renewed = minting.sign(minting.timestamp(3, Instant.of(NOW + LIFE), 2, tomorrow), [key("timestamp")])
    found = keeper.offer(pack(SmallOffice(version=2).publish() | {"timestamp.json": renewed}), NOW)
    assert isinstance(found, SignedContent)
    assert found == before
    assert keeper.held.time_floor == tomorrow


def test_what_is_refused_changes_nothing_and_is_told_until_something_is_believed(database: Database) -> None:
    keeper = Keeper(PINNED, Vault(database))
    keeper.offer(publication(2), NOW)
    held = keeper.held
    assert isinstance(keeper.offer(b"nonsense", NOW), Refused)
    assert isinstance(keeper.offer(publication(1), NOW), Refused)
    assert keeper.refused is not None
    assert keeper.refused.code in {Code.ROLLBACK, Code.MIX_AND_MATCH}
    assert keeper.held is held
    keeper.offer(publication(3), NOW)
    assert keeper.refused is None


def test_torn_files_are_dropped_and_the_floors_are_not(database: Database) -> None:
    Keeper(PINNED, Vault(database)).offer(publication(5), NOW)
    database.execute("UPDATE content_files SET data = x'7b' WHERE name = 'snapshot.json'")
    keeper = Keeper(PINNED, Vault(database))
    keeper.recall(NOW)
    assert keeper.content is None
    assert keeper.refused is not None
    assert keeper.refused.code is Code.TORN
    refused = keeper.offer(publication(4), NOW)
    assert isinstance(refused, Refused)
    assert refused.code is Code.ROLLBACK
    assert isinstance(keeper.offer(publication(5), NOW), SignedContent)


def test_nothing_is_believed_that_could_not_be_kept(database: Database) -> None:
    class Full(Vault):
        def keep(self, *_: object) -> None:
            raise StorageError(Path("a.db"), "the disk is full")

    keeper = Keeper(PINNED, Full(database))
    with pytest.raises(StorageError):
        keeper.offer(publication(2), NOW)
    assert keeper.content is None
    assert Vault(database).load().floors == {}


def test_without_a_pinned_root_nothing_is_believed(database: Database) -> None:
    Keeper(PINNED, Vault(database)).offer(publication(2), NOW)
    keeper = Keeper(NO_ROOT, Vault(database))
    keeper.recall(NOW)
    assert keeper.content is None
    assert keeper.trouble is None  # nobody wanted content here
    refused = keeper.offer(publication(2), NOW)
    assert isinstance(refused, Refused)
    assert "trusted_root" in refused.text


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN", b'{"signed": {}}'])
def test_a_root_that_cannot_be_read_is_none_and_is_trouble(
    tmp_path: Path, database: Database, content: bytes | None
) -> None:
    file = tmp_path / "root.json"
    if content is not None:
        file.write_bytes(content)
    found = read_pinned(file)
    assert found.root is None
    assert found.trouble is not None
    assert str(file) in found.trouble
    assert "head office handed out" in found.trouble
    keeper = Keeper(found, Vault(database))
    keeper.recall(NOW)
    refused = keeper.offer(publication(2), NOW)
    assert isinstance(refused, Refused)
    assert refused.text == found.trouble


def test_a_root_is_read_as_it_lies_there(tmp_path: Path) -> None:
    (tmp_path / "root.json").write_bytes(SmallOffice().root())
    assert read_pinned(tmp_path / "root.json") == Pinned((tmp_path / "root.json").read_bytes())
    assert read_pinned(None) is NO_ROOT


def test_a_bundle_of_what_is_held_is_enough_for_somebody_new(database: Database) -> None:
    keeper = Keeper(PINNED, Vault(database))
    keeper.offer(publication(2), NOW)
    assert unpack(keeper.bundle()) == dict(keeper.held.files)
