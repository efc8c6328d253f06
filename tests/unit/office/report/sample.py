"""A month of a bank that does not exist, drawn by chance from a seed: for looking at pages and for holding their bytes."""

import random
from pathlib import Path

import msgspec

from signage.config.score_file import load_rules
from signage.core.measures import Tally, ranking
from signage.core.score import score
from signage.office.report.document import (
    BranchMonth,
    Complaints,
    Day,
    Document,
    ManagerMonth,
    Part,
    Rated,
    Reason,
    RulePart,
    RuleSheet,
    Support,
    TellerMonth,
)

RULES = load_rules(Path(__file__).resolve().parents[4] / "config" / "branch-score.toml")
CITIES = (("浙江", "杭州"), ("浙江", "宁波"), ("江苏", "南京"), ("江苏", "苏州"), ("福建", "厦门"), ("四川", "成都"))
PLACES = "高新 滨江 鄞州 鼓楼 湖滨 城西 开发区 人民路 解放路 火车站 大学城 中山路 新街口 观前 思明 锦江".split()  # noqa: SIM905  # names read better so
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "敏静丽强磊洋艳勇杰娟涛明超秀霞平刚桂英华"
REASONS = ("power", "network", "fault", "training", "break", "cash-handover", "other")


def name(draw: random.Random) -> str:
    return draw.choice(SURNAMES) + "".join(draw.choice(GIVEN) for _ in range(draw.choice((1, 2, 2))))


def stars(draw: random.Random, n: int, quality: float) -> tuple[int, int, int, int, int]:
    counts = [0, 0, 0, 0, 0]
    for _ in range(n):
        counts[draw.choices(range(5), (1 - quality, 1 - quality, 2 - 2 * quality, 1.6, 5 * quality))[0]] += 1
    one, two, three, four, five = counts
    return one, two, three, four, five


def rated(draw: random.Random, n: int, quality: float) -> Rated:
    unrated = round(n * draw.uniform(0.1, 0.6))
    return Rated(stars=stars(draw, n, quality), kept=draw.randrange(0, 9), rated=n, unrated=unrated, transactions=0)


def placed(parts: list[tuple[str, Rated]]) -> dict[str, Rated]:
    found = ranking(parts, lambda one: Tally(one[1].stars))
    order = {place.who[0]: msgspec.structs.replace(place.who[1], place=place.place) for place in found.places}
    return order | {who[0]: who[1] for who, _ in found.too_few}


def branch_months(draw: random.Random, count: int) -> list[BranchMonth]:
    made = []
    for number in range(count):
        region, city = CITIES[number % len(CITIES)]
        place = PLACES[number // len(CITIES) % len(PLACES)]
        again = number // len(CITIES) // len(PLACES)
        n = draw.choice((12, 28, 150, 300, 600, 900)) if count > 1 else 600
        made.append(
            BranchMonth(
                id=f"b-{number:04d}",
                name=f"{city}{place}{'' if not again else f'第{again + 1}'}支行",
                region=region,
                rated=rated(draw, n, draw.uniform(0.75, 0.99)),
                suspended={reason: draw.uniform(1, 400) for reason in draw.sample(REASONS, draw.randrange(0, 4))},
                scheduled=21 * 8 * 60.0 * 4,
                clocks={
                    clock: Part(due - draw.choice((0, 0, 0, 1)), due)
                    for clock in ("investigated", "handled", "fed-back", "whole")
                    if (due := draw.randrange(1, 9))
                },
                display={
                    item: Part(owed * draw.choice((1, 1, 1, 0.97, 0.6)), owed)
                    for item, owed in (("hours", 9000.0), ("hotline", 9000.0), ("complaint-process", 4500.0))
                },
                complaints=Complaints(cases=draw.choice((0, 0, 0, 1, 1, 2)), transactions=draw.randrange(4000, 9000)),
            )
        )
    return made


def scored(branch: BranchMonth, draw: random.Random) -> BranchMonth:
    tally = branch.rated.tally
    figures = {
        "satisfaction": tally.satisfaction,
        "response-rate": branch.rated.figures.response_rate,
        "complaints-per-10k": branch.complaints.per_10k,
        "whole-case-in-time": branch.clocks["whole"].rate,
        "opinions-answered": draw.choice((None, 1.0, 0.9)),
        "suspended-minutes": branch.suspended_minutes.rate,
        "display-compliance": branch.displayed.rate,
        "meetings-held": draw.choice((0.0, 1.0, 1.0, 1.0)),
        "off-counter-share": draw.choice((None, 0.82, 0.91)),
    }
    found = score(RULES, figures)
    return msgspec.structs.replace(
        branch,
        values=tuple(part.value for part in found.parts),
        points=tuple(part.points for part in found.parts),
        score=found.total,
        talk=found.talk,
    )


def document(branches: int = 60, tellers: int = 4, seed: int = 7) -> Document:
    draw = random.Random(seed)
    made = [scored(one, draw) for one in branch_months(draw, branches)]
    places = placed([(one.id, one.rated) for one in made])
    able = [one for one in made if places[one.id].place is not None]
    by_score = {one.id: place for place, one in enumerate(sorted(able, key=lambda one: -(one.score or 0)), 1)}
    made = [msgspec.structs.replace(one, rated=places[one.id], place=by_score.get(one.id)) for one in made]
    made.sort(key=lambda one: list(places).index(one.id))
    staff = [
        (branch, f"{number:04d}", name(draw), rated(draw, draw.choice((8, 25, 60, 120, 200)), draw.uniform(0.7, 0.99)))
        for branch in made
        for number in range(1, tellers + 1)
    ]
    ranked = placed([(f"{branch.id} {number}", one) for branch, number, _, one in staff])
    people = {f"{branch.id} {number}": (branch, number, who) for branch, number, who, _ in staff}
    return Document(
        month="2026-10",
        bank={"zh": "示范银行总行", "en": "Model Bank, Head Office"},
        rules=RuleSheet(
            version=RULES.version,
            talk_above=RULES.talk_above,
            parts=tuple(
                RulePart(figure=one.figure, title=one.title, weight=one.weight, percent=one.percent)
                for one in RULES.parts
            ),
        ),
        branches=tuple(made),
        tellers=tuple(
            TellerMonth(branch=branch.id, branch_name=branch.name, number=number, name=who, rated=ranked[key])
            for key in ranked
            for branch, number, who in (people[key],)
        ),
        managers=tuple(
            ManagerMonth(
                branch=one.id,
                branch_name=one.name,
                actor=f"m{place}",
                name=name(draw),
                calls=draw.randrange(30, 90),
                median_s=20.0 + 4 * place,
                slowest_s=200.0,
                place=place,
            )
            for place, one in enumerate(made[:5], 1)
        ),
        days=tuple(
            Day(
                f"2026-10-{day:02d}", stars(draw, draw.randrange(200, 900) if day > 8 else 60, draw.uniform(0.85, 0.97))
            )
            for day in range(1, 32)
        ),
        support=tuple(
            Support(
                code=code,
                faults=n,
                acknowledged=n - 2,
                cleared=n - 3,
                acknowledge_median=median,
                acknowledge_slow=median * 4,
                clear_median=median * 6,
                clear_slow=median * 22,
            )
            for code, n, median in (("pad-lost", 61, 6.5), ("offline", 23, 14.0), ("clock", 9, 41.0))
        ),
        praise=(
            Reason("friendly", 2811),
            Reason("fast", 2410),
            Reason("clear", 1202),
            Reason("tidy", 640),
            Reason("easy", 203),
        ),
        complaint=(
            Reason("slow", 911),
            Reason("complicated", 402),
            Reason("unclear", 150),
            Reason("faulty", 77),
            Reason("unfriendly", 31),
        ),
        unnamed_reasons=3,
        ranked=sum(one.rated.place is not None for one in made),
    )
