"""Every refusal that staff can meet at their panel is told in words, whoever refuses."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import kiosk.remote
import signage.branch
from kiosk.view.pages import Trouble
from kiosk.view.sign_in import NO_LINK
from kiosk.view.staff import NOT_SIGNED_IN
from signage.link.catalogues import load_catalogues

BRANCH: Final = Path(signage.branch.__file__).parent
NOT_OF_A_PANEL: Final = frozenset({"head_office.py", "office_desk.py", "local.py"})  # head office's, and nobody's order
AT_THE_KEYPAD: Final = frozenset({"doorkeeper.py"})  # a PIN's answers: kiosk.view.sign_in
NEVER_ASKED: Final = frozenset(
    {
        "suspended",  # a teller's system asks for a rating
        "two-signatures",  # head office's own words
        "known-case",  # opened by head office
        "unknown-answer",  # released at head office
        "staff-present",  # a picture of the glass
        "no-picture",
    }
)


def refusals(file: Path) -> Iterator[str]:
    """The codes with which the file refuses: the first text given to Refused, ReplyError or _refused."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = {"Refused": node.args[:1], "_refused": node.args[1:2]}.get(node.func.id, [])
            if node.func.id == "ReplyError":
                given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            yield from (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))


def met_at_the_panel() -> set[str]:
    files = [file for file in BRANCH.glob("*.py") if file.name not in NOT_OF_A_PANEL | AT_THE_KEYPAD]
    found = {code for file in (*files, Path(kiosk.remote.__file__)) for code in refusals(file)}
    return (found | {NO_LINK}) - NEVER_ASKED - {NOT_SIGNED_IN}


def test_the_codes_are_found_where_they_are_raised() -> None:
    found = met_at_the_panel()
    assert {"storage", "bad-args", "no-answer", "unknown-scope", "too-many", "not-permitted", "sealed"} <= found
    everywhere = {code for file in BRANCH.glob("*.py") for code in refusals(file)}
    assert NOT_SIGNED_IN in everywhere
    assert everywhere | set(refusals(Path(kiosk.remote.__file__))) >= NEVER_ASKED


@pytest.mark.parametrize("locale", ["zh", "zh-HK", "en"])
def test_every_refusal_has_words(locale: str) -> None:
    catalogue = load_catalogues()[locale]
    assert [code for code in sorted(met_at_the_panel()) if f"staff.refused.{code}" not in catalogue] == []
    assert f"staff.trouble.{Trouble.ENDED.value}" in catalogue  # where not-signed-in leads
