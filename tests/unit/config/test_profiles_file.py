"""What head office knows of its branches: tables laid one over another, and mistakes named at their place."""

from datetime import date
from pathlib import Path

import pytest

from signage.config.load import BadConfiguration
from signage.config.profiles_file import load_profiles
from signage.core.counting import RatingRules
from signage.office.measures import Profiles
from signage.office.roster import RosterBranch

ROSTER = (
    RosterBranch("hz-1", "", "", ("city",)), RosterBranch("hz-2", "", "", ()), RosterBranch("nb-1", "", "", ()),
)  # fmt: skip
SINCE = date(2026, 1, 1)


def read(folder: Path, text: str) -> Profiles:
    file = folder / "profiles.toml"
    file.write_text(text)
    return load_profiles(file, ROSTER, SINCE, "Asia/Shanghai")


def test_later_tables_say_what_is_different(tmp_path: Path) -> None:
    known = read(
        tmp_path,
        """
        profile = [
          { branches = ["*"], hours = { personal = "Mo-Fr 09:00-17:00; PH off", country = "CN" }, counter = [{ number = "1" }] },
          { branches = ["city"], timezone = "Asia/Urumqi", ratings = { require_prompt = true, min_gap_s = 2.5 }, counter = [{ number = "1", hours = "corporate" }, { number = "2", hours = "Sa 10:00-12:00" }] },
          { branches = ["group-city", "nb-*"], screen = [{ name = "wall", kind = "wall" }] },
        ]
        required = [{ item = "hours", refs = ["hours"], seconds = 5, every_s = 60 }]
        """,
    )
    assert list(known) == ["hz-1", "hz-2", "nb-1"]
    city, plain, other = known["hz-1"], known["hz-2"], known["nb-1"]
    assert city.ratings == RatingRules(require_prompt=True, min_gap_ms=2500)
    assert (city.counters, city.screens) == ({"1": "corporate", "2": "counter:2"}, {"wall": "wall"})
    assert city.hours is not None
    assert plain.hours is not None
    assert (city.hours.plan.timezone, plain.hours.plan.timezone) == ("Asia/Urumqi", "Asia/Shanghai")
    assert len(city.hours.spans("counter:2", date(2026, 11, 28))) == 1
    assert plain.hours.spans("personal", date(2026, 10, 1)) == ()  # National Day
    assert (plain.counters, plain.screens, plain.ratings) == ({"1": "personal"}, {}, RatingRules())
    assert other.screens == {"wall": "wall"}
    assert known["who-knows"].hours is plain.hours
    assert [(one.item, one.screens, one.seconds, one.every_s) for one in known.required] == [
        ("hours", ("wall",), 5, 60)
    ]


def test_an_empty_file_knows_nothing(tmp_path: Path) -> None:
    known = read(tmp_path, "")
    assert list(known) == ["hz-1", "hz-2", "nb-1"]
    assert known["hz-1"].hours is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[profile]]", "branches"),
        ("[[profile]]\nbranches = []", "ids or groups"),
        ('[[profile]]\nbranches = ["*"]\nhours = { personal = "Mo-Fr 9-17" }', "opening_hours"),
        ('[[profile]]\nbranches = ["*"]\ntimezone = "Mars"', "time zone"),
        ('[[profile]]\nbranches = ["*"]\ncounter = [{ number = "1", hours = "9 to 5" }]', "opening_hours"),
        ('[[profile]]\nbranches = ["*"]\nopen = true', "not known"),
        ('[[required]]\nitem = "hours"\nrefs = ["a"]\nseconds = 90\nevery_s = 60', "at most 60"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadConfiguration) as refused:
        read(tmp_path, text)
    assert len(refused.value.lines) == 1
    assert said in refused.value.lines[0]
    assert "profiles.toml" in refused.value.lines[0]


def test_the_example_is_sound() -> None:
    known = load_profiles(Path("config/profiles.toml"), ROSTER, SINCE, "Asia/Shanghai")
    assert known["nb-1"].counters == {"1": "personal", "2": "personal"}
    assert len(known.required) == 3
