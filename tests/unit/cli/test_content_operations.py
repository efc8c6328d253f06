"""Keys and templates for a hurry are agreed by two, narrow, and taken back by two."""

from pathlib import Path

import pytest

from signage.cli.content_operations import add_key, add_template, list_keys, read_template, remove_key, remove_template
from signage.content.draft import approve
from signage.content.keys import public_hex
from signage.content.signed import Declarations
from signage.core.exits import Exit, Refusal
from signage.link.clock import now
from tests.system.office_box import OfficeBox

STORM = """
id = "quake"
emergency = true
text = { zh = "地震{what}", en = "Earthquake: {what}" }
[blanks.what]
out = { zh = "请撤离", en = "leave" }
"""


@pytest.fixture
def office(tmp_path: Path) -> OfficeBox:
    box = OfficeBox(tmp_path, 1, (("hz-1", "city"),))
    box.publish(b"one")
    return box


def signed(office: OfficeBox) -> Declarations:
    """After the second signature."""
    version = approve(office.repository, office.keys, "bob", now())
    return office.repository.catalogue(version).declarations


def test_a_key_holds_after_the_second_signature_and_within_its_limits(
    office: OfficeBox, capsys: pytest.CaptureFixture[str]
) -> None:
    config = office.folder / "office.toml"
    add_key(config, "night", by="alice", commands="suspend,resume", branches="hz-1,group-coast", until="2027-01-01")
    assert "waits for its second signature" in capsys.readouterr().out
    assert office.repository.catalogue().declarations.operations == ()
    (key,) = signed(office).operations
    assert (key.commands, key.branches, str(key.until)) == (
        ("suspend", "resume"), ("hz-1", "group-coast"), "2027-01-01T16:00:00.000Z",
    )  # fmt: skip
    assert key.public == public_hex(office.keys.signer("operations-night"))
    list_keys(config)
    assert "suspend, resume  at hz-1, group-coast until" in capsys.readouterr().out
    remove_key(config, "night", by="alice")
    assert signed(office).operations == ()


def test_a_key_that_lies_elsewhere_is_named_by_its_public_half(office: OfficeBox) -> None:
    config = office.folder / "office.toml"
    elsewhere = office.keys.make("operations-elsewhere")
    add_key(config, "far", by="alice", branches="all", public=public_hex(elsewhere), until=None)
    (key,) = signed(office).operations
    assert key.keyid == elsewhere.public_key.keyid
    assert not office.keys.has("operations-far")
    remove_key(config, key.keyid[:8], by="alice")
    assert signed(office).operations == ()


@pytest.mark.parametrize(
    ("commands", "branches", "public"),
    [("prompt", "all", None), ("", "all", None), ("suspend", "", None), ("suspend", "HZ", None),
     ("suspend", "group-", None), ("suspend", "all", "zz"), ("suspend", "all", "00")],
)  # fmt: skip
def test_limits_that_are_none(office: OfficeBox, commands: str, branches: str, public: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        add_key(
            office.folder / "office.toml", "n", by="alice", commands=commands, branches=branches, public=public,
            until=None,
        )  # fmt: skip
    assert refused.value.code is Exit.WRONG_USE


def test_a_key_that_nobody_knows_cannot_be_revoked(office: OfficeBox) -> None:
    with pytest.raises(Refusal, match="none"):
        remove_key(office.folder / "office.toml", "night", by="alice")


def test_a_template_is_signed_and_taken_back(office: OfficeBox, capsys: pytest.CaptureFixture[str]) -> None:
    config, file = office.folder / "office.toml", office.folder / "quake.toml"
    file.write_text(STORM)
    add_template(config, file, by="alice")
    assert "FOR EMERGENCIES" in capsys.readouterr().out
    assert {one.id for one in signed(office).templates} == {"leave", "storm", "quake"}
    remove_template(config, "quake", by="alice")
    assert {one.id for one in signed(office).templates} == {"leave", "storm"}
    with pytest.raises(Refusal, match="leave, storm"):
        remove_template(config, "quake", by="alice")


@pytest.mark.parametrize(
    "text",
    [
        "id = 3",
        "id = ",
        'id = "x"\ntext = {}',
        'id = "x"\ntext = { zh = "{a}" }',
        'id = "x"\ntext = { zh = "甲" }\n[blanks.a]\nk = { zh = "乙" }',
        'id = "x"\ntext = { zh = "{a}", en = "{a}" }\n[blanks.a]\nk = { zh = "乙" }',
        'id = "x"\ntext = { zh = "{a}" }\nblanks = { a = {} }',
        'id = "x"\nemergancy = true\ntext = { zh = "甲" }',
    ],
)
def test_a_template_with_a_mistake_is_refused_by_its_place(tmp_path: Path, text: str) -> None:
    file = tmp_path / "t.toml"
    file.write_text(text)
    with pytest.raises(Refusal, match=r"t\.toml") as refused:
        read_template(file)
    assert refused.value.code is Exit.BAD_DATA
