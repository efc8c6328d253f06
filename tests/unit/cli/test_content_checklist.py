"""A checklist is agreed by two, and reaches everybody who verifies the publication, whatever its programme plays."""

from pathlib import Path

import pytest

from signage.cli.content_checklist import add_checklist, read_checklist, remove_checklist
from signage.cli.content_keys import declare
from signage.content.draft import approve, pending
from signage.content.policy import checked_lists
from signage.content.refusal import RefusedError
from signage.content.review import differences
from signage.core.checklists import Checklist, CheckStep
from signage.core.exits import Exit, Refusal
from signage.link.clock import now
from tests.system.office_box import OfficeBox

DAILY = """
id = "daily-opening"
version = {version}
title = {{ zh = "营业前检查", en = "Before opening" }}
due = "08:50"
[[step]]
id = "door"
text = {{ zh = "大门开关正常", en = "The doors work" }}
[[step]]
id = "lights"
text = {{ zh = "照明全部点亮", en = "All lights are on" }}
[step.phrases]
dark = {{ zh = "有灯不亮", en = "A light is out" }}
"""


@pytest.fixture
def office(tmp_path: Path) -> OfficeBox:
    box = OfficeBox(tmp_path, 1, (("hz-1", "city"),))
    box.publish(b"one")
    return box


def test_a_checklist_is_signed_raised_and_taken_back(office: OfficeBox, capsys: pytest.CaptureFixture[str]) -> None:
    config, file = office.folder / "office.toml", office.folder / "daily.toml"
    file.write_text(DAILY.format(version=1))
    add_checklist(config, file, by="alice")
    assert "second signature" in capsys.readouterr().out
    draft = pending(office.repository)
    assert draft is not None
    assert draft.flags == ("checklist daily-opening, version 1: 2 steps",)
    before = office.repository.catalogue()
    version = approve(office.repository, office.keys, "bob", now())
    (found,) = office.repository.catalogue(version).declarations.checklists
    assert [step.id for step in found.steps] == ["door", "lights"]
    lines = list(differences(before, office.repository.catalogue(version)))
    assert "~ checklist daily-opening 营业前检查: version 1, 2 steps, by 08:50, everywhere" in lines
    assert "    2. 照明全部点亮" in lines
    with pytest.raises(Refusal, match="wanted 2"):
        add_checklist(config, file, by="alice")
    (office.folder / "days.toml").write_text('[[day]]\ndate = "2027-02-06"\ntype = "holiday"\n')
    declare(office.folder / "days.toml", config, by="alice")  # replaces templates and calendar, and nothing else
    version = approve(office.repository, office.keys, "bob", now())
    assert office.repository.catalogue(version).declarations.checklists == (found,)
    file.write_text(DAILY.format(version=2))
    add_checklist(config, file, by="alice")
    approve(office.repository, office.keys, "bob", now())
    remove_checklist(config, "daily-opening", by="alice")
    approve(office.repository, office.keys, "bob", now())
    with pytest.raises(Refusal, match="wanted one of none"):
        remove_checklist(config, "daily-opening", by="alice")


STEP = '\n[[step]]\nid = "a"\ntext = { zh = "甲" }'
HEAD = 'id = "x"\nversion = 1\ntitle = { zh = "乙" }'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = ", "mend that"),
        ('id = "x"', "version"),
        (HEAD, "0 steps"),
        (HEAD + STEP + STEP, "2 steps, wanted 1 to 60, each of its own name"),
        (HEAD + '\ndue = "8:50"' + STEP, "'8:50' is no time of day"),
        (HEAD + '\ndew = "08:50"' + STEP, "dew: no such key"),
        (HEAD + STEP + '\nphrase = "x"', "step 1: phrase: no such key"),
        (HEAD.replace('"x"', '"X y"') + STEP, "id: 'X y'"),
        (HEAD + STEP.replace('"a"', '""'), "step 1: id: ''"),
        (HEAD.replace("zh", "en") + STEP, "title: found nothing in zh"),
        (HEAD + STEP.replace("zh", "en"), "step 1: text: found nothing in zh"),
        (HEAD + '\nroles = ["king"]' + STEP, "'king' is no role"),
    ],
)
def test_a_file_that_is_wrong_says_where_and_what_is_wanted(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "list.toml"
    file.write_text(text)
    with pytest.raises(Refusal) as caught:
        read_checklist(file)
    assert caught.value.code is Exit.BAD_DATA
    assert str(file) in str(caught.value)
    assert says in str(caught.value)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        read_checklist(tmp_path / "none.toml")


def test_no_screen_believes_two_lists_of_one_name() -> None:
    one = Checklist(id="x", version=1, title={}, steps=(CheckStep(id="a", text={}),))
    assert checked_lists((one,)) == (one,)
    with pytest.raises(RefusedError):
        checked_lists((one, one))


@pytest.mark.parametrize("file", sorted(Path("config/checklists").glob("*.toml")), ids=lambda file: file.stem)
def test_the_lists_that_come_along_can_be_signed_as_they_are(file: Path) -> None:
    found = read_checklist(file)
    assert found.id == file.stem
    assert all(step.text.get("en") for step in found.steps)
