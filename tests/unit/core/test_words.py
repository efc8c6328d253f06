"""Hours, dates and reasons in words, in both languages, from the catalogues that ship."""

import string
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from signage.config.catalogues import load_catalogues
from signage.core.hours import read_hours
from signage.core.hours_words import condition, day_hours, day_words, describe, week
from signage.core.instants import Instant
from signage.core.model import HoursPlan, Prompt, Reason, Thanks
from signage.core.phrases import Phrase
from signage.core.scene import scene
from signage.core.schedule import HOUSE_SLIDES
from signage.core.templates import TEMPLATES, BlankKind, fill
from signage.core.wording import moment_from, reason_phrase
from tests.unit.core.branches import HOURS, NOON, SCREENS, branch, counter, later, notice, suspension
from tests.unit.core.plans import SHANGHAI, plan

CATALOGUES = load_catalogues()


def words(phrase: Phrase) -> tuple[str, str]:
    return CATALOGUES["zh"].render(phrase), CATALOGUES["en"].render(phrase)


def wall(text: str) -> Instant:
    """A wall time in Shanghai."""
    return Instant.parse(f"{text}:00+08:00")


GOLDEN_WEEK = (
    "法定节假日放假至10月7日，10月8日 09:00 开门",
    "Closed for 法定节假日 until 7 October, open again 8 October, 09:00",
)


@pytest.mark.parametrize(
    ("now", "state", "what"),
    [
        ("2026-11-24T08:59", ("尚未营业", "Not yet open"), ("09:00 开门", "Opens at 09:00")),
        ("2026-11-24T09:00", ("营业中", "Open"), ("营业至 17:00", "Open until 17:00")),
        ("2026-11-24T17:00", ("已结束营业", "Closed"), ("明日 09:00 开门", "Opens at 09:00 tomorrow")),
        ("2026-11-27T17:00", ("已结束营业", "Closed"), ("周一 09:00 开门", "Opens at 09:00 on Monday")),
        ("2026-11-28T12:00", ("今日休息", "Closed today"), ("周一 09:00 开门", "Opens at 09:00 on Monday")),
        ("2026-09-30T17:00", ("已结束营业", "Closed"), GOLDEN_WEEK),
        ("2026-10-01T12:00", ("今日休息", "Closed today"), GOLDEN_WEEK),
        ("2026-10-06T12:00", ("今日休息", "Closed today"), GOLDEN_WEEK),
        ("2026-10-07T12:00", ("今日休息", "Closed today"), ("明日 09:00 开门", "Opens at 09:00 tomorrow")),
    ],
)
def test_corporate_hours_in_words(now: str, state: tuple[str, str], what: tuple[str, str]) -> None:
    assert words(condition(HOURS, "corporate", wall(now))) == state
    assert words(describe(HOURS, "corporate", wall(now))) == what


@pytest.mark.parametrize(
    ("rule", "now", "state", "what", "today"),
    [
        ("24/7", "2026-11-24T12:00", "营业中", "全天营业", "全天"),
        ("off", "2026-11-24T12:00", "今日休息", "开门时间另行公告", "休息"),
        ("09:00-12:00,13:30-17:00", "2026-11-24T12:30", "休息中", "13:30 开门", "09:00–12:00、13:30–17:00"),
        ("09:00-24:00", "2026-11-24T12:00", "营业中", "营业至 24:00", "09:00–24:00"),
        ("20:00-02:00", "2026-11-24T21:00", "营业中", "营业至 明日 02:00", "20:00–次日 02:00"),
    ],
)
def test_other_hours_in_words(rule: str, now: str, state: str, what: str, today: str) -> None:
    hours = read_hours(plan(rule))
    assert words(condition(hours, "personal", wall(now)))[0] == state
    assert words(describe(hours, "personal", wall(now)))[0] == what
    assert words(day_words(hours, "personal", date(2026, 11, 24)))[0] == today


def test_a_week_has_its_holidays_and_makeup_days() -> None:
    table = week(HOURS, "corporate", wall("2026-10-05T12:00"))
    assert [(day.kind, words(day.weekday)[0], words(day.words)[1]) for day in table] == [
        ("holiday", "周一", "Closed"),
        ("holiday", "周二", "Closed"),
        ("holiday", "周三", "Closed"),
        ("workday", "周四", "09:00–17:00"),
        ("workday", "周五", "09:00–17:00"),
        ("makeup", "周六", "09:00–17:00"),
        ("rest", "周日", "Closed"),
    ]
    saturday = day_hours(HOURS, "corporate", date(2026, 10, 10))
    assert (words(saturday.day), saturday.note) == (("10月10日", "10 October"), {"zh": "调休补班"})


def test_times_before_today_have_their_date() -> None:
    assert words(moment_from(later(-86400), NOON, HOURS.zone)) == ("11月23日 12:00", "12:00 on 23 November")


@pytest.mark.parametrize("reason", [*Reason, "new-reason", ""])
def test_every_reason_has_words(reason: str) -> None:
    known = reason if reason in frozenset(Reason) else "other"
    assert reason_phrase(reason) == Phrase(f"reason.{known}")
    assert all(words(reason_phrase(reason)))
    assert reason_phrase(reason, {}) == Phrase(f"reason.{known}")


# --- the catalogues


def placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}


def test_both_languages_have_the_same_keys_and_fields() -> None:
    zh, en = CATALOGUES["zh"].messages, CATALOGUES["en"].messages
    assert set(zh) == set(en)
    assert {key: placeholders(form) for key, form in zh.items()} == {
        key: placeholders(form) for key, form in en.items()
    }


def test_every_message_has_words_and_nobody_shouts() -> None:
    for catalogue in CATALOGUES.values():
        for key, form in catalogue.messages.items():
            assert form.strip(), key
            assert not set(form) & {"!", "！"}, key


def test_every_template_can_be_filled_and_named() -> None:
    samples = {BlankKind.TIME: "16:00", BlankKind.COUNTER: "3", BlankKind.PHONE: "95599"}
    for template in TEMPLATES:
        blanks = {name: samples[kind] for name, kind in template.blanks.items()}
        text = fill(template, blanks, CATALOGUES.values())
        assert all(blank in text["zh"] and blank in text["en"] for blank in blanks.values())
        assert placeholders(CATALOGUES["zh"].messages[template.key]) == set(blanks)
        assert all(words(Phrase(template.title_key)))


def phrases_in(part: Any) -> list[Phrase]:
    if isinstance(part, Phrase):
        return [part]
    if is_dataclass(part):
        return [phrase for one in fields(part) for phrase in phrases_in(getattr(part, one.name))]
    if isinstance(part, tuple):
        return [phrase for one in part for phrase in phrases_in(one)]
    return []


@pytest.mark.untraced
def test_whatever_a_scene_says_it_can_say_in_both_languages() -> None:
    states = [
        branch(),
        branch(suspensions=(suspension(until=3600 * 30), suspension("counter:1"))),
        branch(suspensions=(suspension("counter:2"), suspension("device:lobby"), suspension("counter:1", since=-1))),
        branch(notices=(notice(priority=100),)),
        branch(notices=(notice(), notice("b", places=("strip", "counter")))),
        branch(counters=(counter("2", thanks=Thanks(until=later(6))),)),
        branch(counters=(counter("2", prompt=Prompt(id="p", until=later(6))),)),
        branch(plan=plan("?")),
        branch(plan=HoursPlan(timezone="Asia/Shanghai", rules={"safe": "24/7", "personal": "12:01-13:00"})),
        branch(plan=HoursPlan(timezone="Asia/Shanghai", rules=SHANGHAI.rules)),
    ]
    said = set()
    for state in states:
        for screen in SCREENS:
            for step in (*(10 * turn for turn in range(len(HOUSE_SLIDES))), 4.6 * 3600, 6 * 3600, 20 * 3600, 4 * 86400):
                for heard in (True, False):
                    shown = scene(state, None, None, screen, later(step), heard)
                    for phrase in phrases_in(shown.zones):
                        assert all(text.strip() for text in words(phrase)), phrase
                        said.add(phrase.key)
    for phrase in phrases_in(scene(None, None, None, SCREENS[0], NOON).zones):
        assert all(words(phrase))
    assert len(said) > 60


def test_a_week_of_telling_never_lacks_a_word() -> None:
    for quarter in range(7 * 24 * 4):
        now = Instant.of(wall("2026-02-12T00:00") + timedelta(minutes=15 * quarter))
        for service in HOURS.services:
            assert all(words(describe(HOURS, service, now)))
            assert all(words(condition(HOURS, service, now)))
