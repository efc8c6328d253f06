from pathlib import Path

import pytest

from signage.branch import staff
from signage.branch.staff import Badges, Person, PinsUnreadable, Right, Role
from tests.unit.branch.ground import MANAGER, NINE, TELLER, after


def pins(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pins.toml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(identity: str, role: str, pin: str) -> str:
    return f'[[person]]\nid = "{identity}"\nname = "某"\nrole = "{role}"\nhash = "{staff.hash_pin(pin)}"\n'


def test_a_pin_finds_its_person_and_no_other(tmp_path: Path) -> None:
    people = staff.read_pins(pins(tmp_path, entry("wang", "lobby-manager", "314159") + entry("li", "teller", "271828")))
    assert [person.role for person in people] == [Role.LOBBY_MANAGER, Role.TELLER]
    assert staff.whose("271828", people) == people[1]
    assert staff.whose("000000", people) is None
    assert staff.whose("1", (Person("x", "x", Role.TELLER, "$argon2broken"),)) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[person]]\nid = 3", "`str`"),
        ("[[person]]\nid = 'a'\nname = 'a'\nrole = 'king'\nhash = '$argon2'", "king"),
        ("[[person]]\nid = 'a'\nname = 'a'\nrole = 'teller'\nhash = '123456'", "no argon2"),
        ("[[person]]\nid = 'a'\nname = 'a'\nrole = 'teller'\nhash = '$argon2'\n" * 2, "twice"),
        ("[[people]]", "people"),
        ("person = {", "key"),
    ],
)
def test_a_pins_file_that_is_wrong_says_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PinsUnreadable, match=r"pins\.toml") as unreadable:
        staff.read_pins(pins(tmp_path, text))
    assert says.lower() in unreadable.value.reason.lower()


def test_a_missing_pins_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(PinsUnreadable, match="No such file"):
        staff.read_pins(tmp_path / "none.toml")


def test_a_token_holds_for_its_person_at_its_device_for_ten_minutes() -> None:
    badges = Badges()
    token, badge = badges.issue(MANAGER, "lobby", NINE)
    assert badge.until == after(600)
    assert badges.holder(token, "wang", "lobby", after(599)) == MANAGER
    assert badges.holder(token, "wang", "lobby", after(600)) is None
    assert badges.holder(token, "wang", "counter-1", NINE) is None
    assert badges.holder(token, "li", "lobby", NINE) is None
    assert badges.holder(None, "wang", "lobby", NINE) is None


def test_tokens_do_not_pile_up() -> None:
    badges = Badges()
    tokens = [badges.issue(TELLER, "lobby", NINE)[0] for _ in range(staff.TOKENS_KEPT + 1)]
    assert badges.holder(tokens[0], "li", "lobby", NINE) is None
    assert badges.holder(tokens[-1], "li", "lobby", NINE) == TELLER


def test_who_may_what() -> None:
    assert staff.RIGHTS[Role.TELLER] == {Right.SERVICE_PART, Right.CHECKLIST}
    assert staff.RIGHTS[Role.LOBBY_MANAGER] == set(Right) == staff.RIGHTS[Role.BRANCH_MANAGER]
    assert staff.RIGHTS.keys() == staff.SOURCES.keys() == set(Role)


def test_a_touch_screen_is_told_rights_by_short_names() -> None:
    assert [right.code for right in (Right.SERVICE_BRANCH, Right.CALL)] == ["service-branch", "call"]
    assert len({right.code for right in Right}) == len(Right)
