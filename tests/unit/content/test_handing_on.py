"""What a node holds is handed on whole: whoever has nothing but the pinned root can start from it, after any update."""

from pathlib import Path

from signage.content.trust import Held, Verified, recall, verify
from signage.link.clock import now
from tests.system.office_box import OfficeBox

PUBLICATIONS = 12  # of one picture each, over four bins: what was needed is not, and is again


def test_what_was_updated_again_and_again_is_a_whole_for_somebody_new(tmp_path: Path) -> None:
    office = OfficeBox(tmp_path, 1, [])
    pinned = (tmp_path / "root.json").read_bytes()
    held, before = Held(), None
    for number in range(PUBLICATIONS):
        version = office.publish(b"picture %d" % number, alone=True)
        updated = verify(pinned, held, office.repository.files_since(before, version), now())
        assert isinstance(updated, Verified), updated
        held, before = updated.held, version
        handed_on = verify(pinned, Held(), held.files, now())
        assert isinstance(handed_on, Verified), handed_on
        assert handed_on.content == updated.content
        assert isinstance(recall(pinned, held, now()), Verified)


def test_bins_that_the_programme_does_not_need_are_verified_and_not_kept(tmp_path: Path) -> None:
    office = OfficeBox(tmp_path, 1, [])
    version = office.publish(b"picture", alone=True)
    everything = office.repository.everything(version)
    verdict = verify((tmp_path / "root.json").read_bytes(), Held(), everything, now())
    assert isinstance(verdict, Verified)
    assert set(verdict.held.files) == set(office.repository.files_since(None, version)) - {"1.root.json"}
    assert len(everything) == len(verdict.held.files) + 3
