"""The step lists of docs/content-night.md, each ending in content that a branch of long ago accepts."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from signage.content import draft, founding
from signage.content.keys import Keys
from signage.content.refusal import Code, Refused
from signage.content.renewing import renew
from signage.content.repository import Repository
from signage.content.signed import Timetable
from signage.content.trust import Held, Verified, verify
from signage.core.exits import Refusal
from signage.core.instants import Instant
from signage.core.programme import Asset, ProgrammeItem

NOW = Instant.parse("2026-12-01T09:00:00Z")


class Night:
    """A repository with one text on the wall, and a branch that has it."""

    def __init__(self, folder: Path, people: tuple[str, ...] = ("alice", "bob", "carol")) -> None:
        self.repository, self.keys = Repository(folder / "repository"), Keys(folder / "keys")
        founding.found(self.repository, self.keys, people, 1, NOW)
        self.says("t", "alice", "bob")
        self.version = 2
        self.held = Held()
        self.hears(NOW)

    def says(self, ref: str, by: str, approver: str) -> int:
        asset = Asset(ref=ref, kind="text", text={"zh": ref})
        item = ProgrammeItem(id="1", asset=ref, cls="house")
        before = draft.working(self.repository)
        wanted = replace(before, assets={**before.assets, ref: asset}, timetable=Timetable(items=(item,)))
        assert draft.author(self.repository, self.keys, by, wanted, ref, NOW) is None
        return draft.approve(self.repository, self.keys, approver, NOW)

    def hears(self, now: Instant) -> Verified:
        """The branch asks for what it lacks."""
        files = self.repository.files_since(self.version if self.held.files else None)
        verdict = verify(self.repository.root(1), self.held, files, now)
        assert isinstance(verdict, Verified), verdict
        self.held, self.version = verdict.held, verdict.content.version
        return verdict


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


@pytest.mark.parametrize("successor", ["bob", "dora"])
def test_a_publishers_key_is_lost(night: Night, successor: str) -> None:
    founding.replace_person(night.repository, night.keys, "bob", successor, "alice", NOW)
    draft.approve(night.repository, night.keys, successor, NOW)
    assert night.hears(NOW).content.items[0].asset == "t"
    night.says("next", successor, "alice")
    assert night.hears(NOW).content.items[0].asset == "next"


def test_a_publisher_leaves(night: Night) -> None:
    founding.revoke_person(night.repository, night.keys, "bob", "alice", NOW)
    draft.approve(night.repository, night.keys, "carol", NOW)
    night.hears(NOW)
    with pytest.raises(Refusal, match="no publisher"):
        night.says("next", "bob", "alice")


def test_two_must_stay(tmp_path: Path) -> None:
    two = Night(tmp_path, ("alice", "bob"))
    with pytest.raises(Refusal, match="successor"):
        founding.revoke_person(two.repository, two.keys, "bob", "alice", NOW)


@pytest.mark.parametrize("name", ["snapshot", "timestamp", "root-2"])
def test_a_machines_or_a_root_key(night: Night, name: str) -> None:
    assert founding.replace_machine(night.repository, night.keys, name, None, NOW) == 3
    assert night.hears(NOW).content.version == 3


def test_the_schedulers_key(night: Night) -> None:
    assert founding.replace_machine(night.repository, night.keys, "scheduler", "alice", NOW) is None
    draft.approve(night.repository, night.keys, "bob", NOW)
    assert night.hears(NOW).content.version == 3


def _renewed_media(night: Night, now: Instant) -> None:
    founding.renew_media(night.repository, night.keys, "alice", now)
    draft.approve(night.repository, night.keys, "bob", now)


def _renewed_root(night: Night, now: Instant) -> None:
    _renewed_media(night, now)
    founding.renew_root(night.repository, night.keys, now)


@pytest.mark.parametrize(("days", "mend"), [(10, None), (45, None), (390, _renewed_media), (1080, _renewed_root)])
def test_something_expires(night: Night, days: int, mend: Callable[[Night, Instant], None] | None) -> None:
    later = Instant.of(NOW + timedelta(days=days))
    if mend is None:
        assert renew(night.repository, night.keys, later)
    else:
        mend(night, later)
    assert night.hears(Instant.of(later + timedelta(days=12))).content.expires > later


def test_the_wrong_thing_is_on_the_wall(night: Night) -> None:
    night.says("wrong", "bob", "carol")
    night.hears(NOW)
    back = founding.former(night.repository)
    assert back == 2
    assert founding.restore(night.repository, night.keys, back, None, NOW) == 4
    assert night.hears(NOW).content.items[0].asset == "t"


def test_author_is_not_approver(night: Night) -> None:
    with pytest.raises(Refusal, match="two people"):
        night.says("mine", "alice", "alice")
    assert night.repository.published() == 2


def test_an_older_line_is_kept_fresh_while_a_part_has_the_next(night: Night) -> None:
    night.says("next", "alice", "bob")
    later = Instant.of(NOW + timedelta(days=5))
    assert renew(night.repository, night.keys, later, 2)
    files = night.repository.files_since(2, 2)
    assert list(files) == ["timestamp.json"]
    old = verify(night.repository.root(1), night.held, files, later)
    assert isinstance(old, Verified)
    ahead = night.hears(NOW).held
    back = verify(night.repository.root(1), ahead, night.repository.files_since(None, 2), later)
    assert isinstance(back, Refused)
    assert back.code is Code.ROLLBACK
