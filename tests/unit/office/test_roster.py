from hashlib import sha256
from pathlib import Path

import pytest

from signage.core.exits import Exit, Refusal
from signage.office.roster import Shard, read_roster


def test_the_roster_is_read(tmp_path: Path) -> None:
    file = tmp_path / "branches.csv"
    file.write_text('\ufeffid,name,region,groups\nhz-1,一,浙江,a b\n\nhz-2,"二,支",,\n', encoding="utf-8")
    first, second = read_roster(file)
    assert (first.id, first.groups, second.name, second.groups) == ("hz-1", ("a", "b"), "二,支", ())


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "branches.csv"
    file.write_text("id,name,region,groups\nHZ,x,y,\nhz-1,x\nhz-1,x,y,\nhz-1,x,y,\n", encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        read_roster(file)
    assert caught.value.code is Exit.BAD_DATA
    assert [line.split(": ")[1] for line in caught.value.lines] == ["line 2", "line 3", "line 5"]


@pytest.mark.parametrize("content", [b"", b"name,id\n", b"\xff\xfe"])
def test_no_roster(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "branches.csv"
    file.write_bytes(content)
    with pytest.raises(Refusal):
        read_roster(file)
    with pytest.raises(Refusal, match="no such file"):
        read_roster(tmp_path / "none.csv")


def test_shards_divide_the_branches() -> None:
    shards = [Shard.parse(f"{index}/4") for index in range(4)]
    for number in range(200):
        branch = f"hz-{number}"
        holders = [shard.index for shard in shards if shard.holds(branch)]
        assert holders == [int(sha256(branch.encode()).hexdigest()[:8], 16) % 4]
    for wrong in ("4/4", "-1/2", "1", "a/b", "0/0", "0/5000", "²/4"):
        with pytest.raises(ValueError, match="shard"):
            Shard.parse(wrong)
