"""Templates for a hurry are agreed by two, and taken back by two."""

from pathlib import Path

import pytest

from signage.cli.content_template import add_template, read_template, remove_template
from signage.content.draft import approve
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
