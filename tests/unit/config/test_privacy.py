"""[privacy]: keys that belong together, files that must be keys, and what a linter says where there are none."""

from pathlib import Path

import pytest

from signage.cli.lint_privacy import lint_privacy
from signage.cli.main import run
from signage.config.branch_file import BranchConfig
from signage.config.load import BadConfiguration, load_branch
from signage.config.privacy_keys import desk_key_of, sealer_of
from signage.config.privacy_tables import PrivacyTable
from signage.link.sealing import read_private, read_public
from signage.wire.sealing import public_of

EXAMPLE = Path("config/branch.toml").read_text(encoding="utf-8")


def loaded(folder: Path, privacy: str) -> BranchConfig:
    file = folder / "branch.toml"
    file.write_text(EXAMPLE + f"\n[privacy]\n{privacy}\n", encoding="utf-8")
    return load_branch(file)


@pytest.mark.parametrize(
    ("privacy", "line"),
    [
        ('desk = "d"\ndesk_key = "k"', "[privacy], key head_office: found nothing, wanted head office's public key"),
        ('head_office = "h"\ndesk = "d"', "[privacy], key desk_key: found nothing, wanted desk and desk_key together"),
        ('head_office = "h"\ndesk_key = "k"', "[privacy], key desk: found nothing, wanted desk and desk_key together"),
        ('head_ofice = "h"', "head_ofice"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, privacy: str, line: str) -> None:
    with pytest.raises(BadConfiguration) as refused:
        loaded(tmp_path, privacy)
    assert any(line in one for one in refused.value.lines), refused.value.lines


def test_a_pair_is_made_once_and_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    private, public = tmp_path / "k" / "desk.key", tmp_path / "trust" / "desk.pub"
    assert run(["privacy", "key", str(private), str(public)]) == 0
    assert private.stat().st_mode & 0o777 == 0o600
    assert read_public(public) == public_of(read_private(private))
    assert private.read_text() not in capsys.readouterr().out
    private.chmod(0o640)
    with pytest.raises(BadConfiguration, match="chmod 600"):
        desk_key_of(PrivacyTable(desk_key=str(private)))
    assert run(["privacy", "key", str(private), str(public)]) == 73
    assert "is there already" in capsys.readouterr().err


def test_a_public_key_that_cannot_be_written_leaves_no_private_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert run(["privacy", "key", str(tmp_path / "a.key"), str(tmp_path / "file" / "a.pub")]) == 73
    assert not (tmp_path / "a.key").exists()


def test_programs_get_the_keys_and_a_file_that_is_none_stops_them(tmp_path: Path) -> None:
    for name in ("office", "desk"):
        assert run(["privacy", "key", str(tmp_path / f"{name}.key"), str(tmp_path / f"{name}.pub")]) == 0
    table = PrivacyTable(
        head_office=str(tmp_path / "office.pub"), desk=str(tmp_path / "desk.pub"), desk_key=str(tmp_path / "desk.key")
    )
    assert sealer_of(table).recipients == (read_public(tmp_path / "office.pub"), read_public(tmp_path / "desk.pub"))
    assert desk_key_of(table) == read_private(tmp_path / "desk.key")
    assert sealer_of(PrivacyTable()).recipients == ()
    assert desk_key_of(PrivacyTable()) is None
    wrong = (str(tmp_path / "absent"), str(tmp_path / "office.key"), str(tmp_path), __file__)
    for path in wrong:
        with pytest.raises(BadConfiguration) as refused:
            sealer_of(PrivacyTable(head_office=path))
        assert path in refused.value.lines[0]
    for path in (str(tmp_path / "absent"), str(tmp_path / "office.pub")):
        with pytest.raises(BadConfiguration):
            desk_key_of(PrivacyTable(desk_key=path))


def test_a_linter_says_what_is_not_sealed_or_not_read(tmp_path: Path) -> None:
    said = [
        [one.severity for one in lint_privacy(loaded(tmp_path, text))]
        for text in ("", 'head_office = "h"', 'head_office = "h"\ndesk = "d"\ndesk_key = "k"')
    ]
    assert said == [["warning"], ["note"], []]
