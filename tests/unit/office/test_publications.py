"""Which content is for whom: a line for all, lines apart, what a branch lacks, and a newer timestamp once."""

from datetime import timedelta
from pathlib import Path

import pytest

from signage.content.bundle import unpack
from signage.content.renewing import renew_lines
from signage.core.instants import Instant
from signage.link.clock import now
from signage.link.serving import as_content
from signage.office.publications import Publications
from signage.wire.messages import Sync
from tests.system.office_box import OfficeBox


@pytest.fixture
def office(tmp_path: Path) -> OfficeBox:
    return OfficeBox(tmp_path, 1, (("hz-1", "city"), ("hz-2", "city")))


def sync(content: int | None, session: str = "s") -> Sync:
    return Sync(session=session, content=content, v=1)


def files(publications: Publications, branch: str, since: int | None) -> set[str]:
    content = publications.for_branch(branch, since)
    assert content is not None
    packed = publications.blob(content.sha256)
    assert isinstance(packed, bytes)
    found = unpack(packed)
    assert isinstance(found, dict)
    return set(found)


def test_before_the_first_push_there_is_nothing(office: OfficeBox) -> None:
    publications = Publications(office.repository)
    publications.look()
    assert publications.for_all() is None
    assert publications.answer("hz-1", sync(None)) is None
    office.publish(b"one", live=False)
    publications.look()
    assert publications.for_all() is None


def test_a_push_is_noticed_and_told_from_what_a_branch_has(office: OfficeBox) -> None:
    publications = Publications(office.repository)
    office.publish(b"one")
    assert publications.look()
    assert not publications.look()
    office.publish(b"two")
    assert publications.look()
    whole, rest = files(publications, "hz-1", None), files(publications, "hz-1", 1)
    assert rest < whole
    assert "timestamp.json" in rest
    assert files(publications, "hz-1", 0) == whole
    content = publications.answer("hz-1", sync(1))
    assert content is not None
    assert (content.version, publications.base) == (2, 2)


def test_who_has_more_than_it_should_gets_nothing(office: OfficeBox) -> None:
    office.publish(b"one")
    publications = Publications(office.repository)
    publications.look()
    assert publications.answer("hz-1", sync(2)) is None


def test_a_branch_of_its_own_line(office: OfficeBox) -> None:
    office.publish(b"one")
    office.repository.make_live(office.publish(b"two", live=False), ("hz-1",))
    publications = Publications(office.repository)
    publications.look()
    assert (publications.version_of("hz-1"), publications.version_of("hz-2")) == (2, 1)
    assert publications.apart == {"hz-1": 2}
    content = publications.for_all()
    assert content is not None
    assert content.version == 1


def test_a_renewed_timestamp_is_told_once_in_a_session(office: OfficeBox) -> None:
    office.publish(b"one")
    publications = Publications(office.repository)
    publications.look()
    first = publications.answer("hz-1", sync(1))
    assert first is not None
    assert first.version == 1
    assert publications.answer("hz-1", sync(1)) is None
    assert publications.answer("hz-1", sync(1, "another")) == first
    assert renew_lines(office.repository, office.keys, Instant.of(now() + timedelta(days=2))) == (1,)
    assert publications.look()
    renewed = publications.answer("hz-1", sync(1, "another"))
    assert renewed is not None
    assert renewed.sha256 != first.sha256
    assert files(publications, "hz-1", 1) == {"timestamp.json"}


def test_media_are_files_and_what_nobody_knows_is_nothing(office: OfficeBox) -> None:
    office.publish(b"picture")
    publications = Publications(office.repository)
    (path,) = [path for path in (office.folder / "repository" / "blobs").rglob("*") if path.is_file()]
    assert publications.blob(path.name) == path
    assert publications.blob("0" * 64) is None
    assert publications.blob("../office.json") is None


@pytest.mark.parametrize(("size", "inline"), [(135 * 1024, True), (135 * 1024 + 1, False)])
def test_180_kib_go_inline(size: int, inline: bool) -> None:
    content = as_content(3, bytes(size))
    assert (content.inline is not None) is inline
    assert (content.version, content.size) == (3, size)
