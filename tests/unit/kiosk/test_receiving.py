"""Signatures verified by the clerk's process: the same is believed, and the same refused, as in this one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import receiving
from kiosk.clerk import ClerkError
from kiosk.receiving import _examined, _kept, _recollected
from signage.content.bundle import pack
from signage.content.keeper import Keeper, Recollected
from signage.content.pinned import NO_ROOT, Pinned
from signage.content.refusal import Code, Refused
from signage.core.programme import SignedContent
from signage.link.database import Database, StorageError, open_database
from signage.link.floors import FLOORS, Vault
from signage.link.schema import LINK
from tests.attacks.small_office import NOW, SmallOffice

PUBLISHED = pack(SmallOffice(version=2).publish())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "a.db", LINK, FLOORS)
    yield opened
    opened.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "root.json"
    path.write_bytes(SmallOffice().root())
    return path


def here(database: Database) -> SignedContent:
    """What this process believes and keeps."""
    content = Keeper(Pinned(SmallOffice().root()), Vault(database)).offer(PUBLISHED, NOW)
    assert isinstance(content, SignedContent)
    return content


def test_what_was_kept_is_taken_up_again(database: Database, root: Path) -> None:
    content = here(database)
    keeper = Keeper(NO_ROOT, Vault(database), _examined)
    outcome = _recollected(None, root, _kept(keeper))
    assert isinstance(outcome, Recollected)
    keeper.recollected(outcome)
    assert keeper.content == content
    assert (keeper.trouble, keeper.refused) == (None, None)


def test_what_was_kept_and_does_not_verify_is_dropped_and_its_floors_stay(database: Database, root: Path) -> None:
    here(database)
    keeper = Keeper(NO_ROOT, Vault(database), _examined)
    kept = keeper.kept()
    files = {name: data[:-9] for name, data in kept.files.items()}
    outcome = _recollected(None, root, type(kept)(files, kept.floors, kept.time_floor))
    assert isinstance(outcome, Recollected)
    keeper.recollected(outcome)
    assert keeper.content is None
    assert keeper.refused is not None
    assert keeper.refused.code is Code.TORN
    assert (dict(keeper.held.files), keeper.held.floors) == ({}, kept.floors)


def test_a_bundle_is_examined_and_kept_or_refused(database: Database, root: Path) -> None:
    keeper = Keeper(NO_ROOT, Vault(database), _examined)
    assert not keeper.heavy(PUBLISHED)
    outcome = _recollected(None, root, _kept(keeper))
    assert isinstance(outcome, Recollected)
    keeper.recollected(outcome)
    assert keeper.heavy(PUBLISHED)
    found = keeper.settle(keeper.examination(PUBLISHED, NOW)())
    assert isinstance(found, SignedContent)
    again = Keeper(Pinned(SmallOffice().root()), Vault(database))
    again.recall(NOW)
    assert again.content == found
    refused = keeper.settle(keeper.examination(PUBLISHED[:-20], NOW)())
    assert isinstance(refused, Refused)
    assert keeper.content == found


@pytest.mark.parametrize("content", [None, b"{}"])
def test_a_root_that_is_none_is_said(database: Database, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "another.json"
    if content is not None:
        path.write_bytes(content)
    keeper = Keeper(NO_ROOT, Vault(database), _examined)
    outcome = _recollected(None, path, _kept(keeper))
    assert isinstance(outcome, Recollected)
    keeper.recollected(outcome)
    assert keeper.trouble is not None
    assert "another.json" in keeper.trouble
    assert isinstance(keeper.offer(PUBLISHED, NOW), Refused)


def test_the_root_is_the_one_that_the_branch_s_file_names_now(database: Database, root: Path, tmp_path: Path) -> None:
    """Whoever could write what a screen remembers would else choose whom it believes."""
    here(database)
    file, another = tmp_path / "branch.toml", tmp_path / "another.json"
    another.write_bytes(b"{}")
    file.write_text(f'[content]\ntrusted_root = "{root}"\n')
    keeper = Keeper(NO_ROOT, Vault(database), _examined)
    outcome = _recollected(file, another, _kept(keeper))
    assert isinstance(outcome, Recollected)
    keeper.recollected(outcome)
    assert keeper.content is not None
    for text in ("[content]\n", "[branch]\n", "[content\n", f'[content]\ntrusted_root = "{another}"\n'):
        file.write_text(text)
        outcome = _recollected(file, root, _kept(keeper))
        assert isinstance(outcome, Recollected)
        assert outcome.found is None


def test_a_disk_that_fails_is_handed_on(root: Path) -> None:
    broken = StorageError(root, "the disk fails")

    class Broken:
        def kept(self) -> object:
            raise broken

    assert _recollected(None, root, _kept(Broken())) is broken  # type: ignore[arg-type]  # a keeper's one method


def test_without_its_clerk_nothing_is_believed_and_everything_asked_for(
    database: Database, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here(database)
    keeper = Keeper(NO_ROOT, Vault(database), _examined)

    def fails(*_: object, **__: object) -> object:
        raise ClerkError("its process ended with -9")

    monkeypatch.setattr(receiving, "sent", fails)
    outcome = _recollected(None, root, _kept(keeper))
    assert isinstance(outcome, Recollected)
    keeper.recollected(outcome)
    assert keeper.content is None
    assert keeper.refused is not None
    assert keeper.refused.code is Code.TORN
    assert isinstance(keeper.settle(keeper.examination(PUBLISHED, NOW)()), Refused)
