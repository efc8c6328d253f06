"""What both sides are told of the branches: hours, counters, rating rules, walls. Told twice, each in its own form."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from signage.core.counting import RatingRules
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan
from signage.core.required_display import Required
from signage.office.measures import Period, Profile, Profiles
from tests.office_traffic import Plan

PERIOD_ZONE = ZoneInfo("Asia/Shanghai")
# (service, weekend, opens, closes) in minutes of the day, beside the same as opening_hours.
ANNOUNCED = (("personal", False, 540, 1020), ("personal", True, 600, 960), ("corporate", False, 570, 990))
_RULES = {"personal": "Mo-Fr 09:00-17:00; Sa,Su 10:00-16:00", "corporate": "Mo-Fr 09:30-16:30"}
COUNTERS = {"1": "personal", "2": "corporate"}
WALLS = ("lobby-wall", "screen-2")
REQUIRED = (("hours", 10, 300), ("hotline", 5, 120), ("complaints", 7, 600))


def requires_prompt(number: int) -> bool:
    """Every third branch's tellers have a system that prompts."""
    return number % 3 == 0


def period(plan: Plan) -> Period:
    return Period(Instant.from_ms(plan.midnight_ms(0)), Instant.from_ms(plan.midnight_ms(plan.days)), PERIOD_ZONE)


def profiles(plan: Plan) -> Profiles:
    hours = read_hours(HoursPlan(timezone="Asia/Shanghai", rules=_RULES))
    every = {
        branch: Profile(
            RatingRules(require_prompt=requires_prompt(number)), hours, COUNTERS, dict.fromkeys(WALLS, "wall")
        )
        for number, branch in enumerate(plan.branch_ids())
    }
    required = [Required(item, (item,), ("wall",), seconds, every_s) for item, seconds, every_s in REQUIRED]
    return Profiles(every, required)


def write_config(folder: Path, port: int, url: str, plan: Plan) -> Path:
    """Head office's file, with its roster and its profiles."""
    (folder / "branches.csv").write_text(plan.roster(), encoding="utf-8")
    strict = [branch for number, branch in enumerate(plan.branch_ids()) if requires_prompt(number)]
    (folder / "profiles.toml").write_text(
        f"[[profile]]\nbranches = {json.dumps(strict)}\nratings = {{ require_prompt = true }}\n", encoding="utf-8"
    )
    file = folder / "head-office.toml"
    file.write_text(
        f'[broker]\nport = {port}\n[database]\nurl = "{url}"\n[roster]\nfile = "{folder}/branches.csv"\n'
        f'profiles = "{folder}/profiles.toml"\n',
        encoding="utf-8",
    )
    return file
