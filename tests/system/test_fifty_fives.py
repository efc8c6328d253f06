"""A journey: a teller presses fifty fives for himself, over a real broker into a real database, and head office sees it."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from signage.core.instants import Instant
from signage.wire.codec import encode
from tests.system.brokers import Broker, mosquitto
from tests.system.test_collect import BranchByHand, collecting, signage
from tests.unit.office.outboxes import OutboxByHand

pytestmark = pytest.mark.system
NINE = Instant.parse("2026-11-24T01:00:00Z")
PROFILES = """
[[profile]]
branches = ["*"]
hours = { personal = "Mo-Su 09:00-17:00" }
counter = [{ number = "1" }, { number = "2" }]
"""


@dataclass
class Story:
    """The branch's line, and what head office says."""

    folder: Path
    broker: Broker
    outbox: OutboxByHand = field(default_factory=OutboxByHand)
    branch: BranchByHand | None = None

    @property
    def config(self) -> Path:
        return self.folder / "head-office.toml"

    def tell(self, kind: str, second: float, **data: Any) -> None:
        self.outbox.add(kind, data, at=str(Instant.from_ms(NINE.ms + round(second * 1000))))

    def ask(self, *arguments: str) -> list[dict[str, Any]]:
        said = self.say(*arguments, "--format", "jsonl")
        return [json.loads(line) for line in said.stdout.splitlines()]

    def say(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        said = signage(*arguments, "--config", self.config)
        assert said.returncode == 0, said.stderr
        return said


def head_office_knows_the_branch(story: Story) -> None:
    (story.folder / "branches.csv").write_text("id,name,region,groups\nhz-1,高新支行,hz,\n", encoding="utf-8")
    (story.folder / "profiles.toml").write_text(PROFILES, encoding="utf-8")
    story.config.write_text(
        f'[broker]\nport = {story.broker.port}\n[database]\nurl = "sqlite:///{story.folder}/office.db"\n'
        f'[roster]\nfile = "{story.folder}/branches.csv"\nprofiles = "{story.folder}/profiles.toml"\n'
    )


def in_the_morning_two_tellers_serve_six_customers_each(story: Story) -> None:
    for customer in range(6):
        for counter, teller in (("1", "0018"), ("2", "0017")):
            begins = customer * 600
            of = {"counter": counter, "teller": teller}
            story.tell("transaction", begins, phase="start", **of)
            story.tell("transaction", begins + 300, phase="end", seconds=300, **of)
            prompt = f"{counter}-{customer}"
            story.tell("rating", begins + 310, stars=4 + customer % 2, channel="pad", prompt=prompt, flags=[], **of)
            story.tell("prompt", begins + 310, prompt=prompt, outcome="rated", **of)


def over_lunch_one_of_them_presses_five_stars_fifty_times(story: Story) -> None:
    for press in range(50):
        second = 3 * 3600 + press * 8 + press * press % 5  # by hand: not quite evenly
        story.tell("rating", second, counter="2", teller="0017", stars=5, channel="pad", flags=["unprompted"])


def the_branch_sends_it_twice_because_the_line_was_down(story: Story) -> None:
    story.branch = BranchByHand(story.broker.port)
    story.branch.until(40, encode(story.outbox.batch(1, 40)))
    story.branch.until(len(story.outbox.events), encode(story.outbox.batch()))
    story.branch.say("events", encode(story.outbox.batch()))
    receipt = story.branch.receipt()
    assert receipt is not None
    assert receipt.upto == len(story.outbox.events)


def every_press_is_one_row_and_no_press_alarmed(story: Story) -> None:
    rows = story.ask("export", "ratings")
    assert sum(row["data"].get("teller") == "0017" for row in rows) == 56
    assert story.ask("alerts") == []


def head_office_is_told_what_was_seen_and_of_whom(story: Story) -> None:
    told = story.ask("distrust", "--month", "2026-11")
    assert [(one["kind"], one["branch"], one["counter"], one["teller"], one["n"]) for one in told] == [
        ("fives", "hz-1", "2", "0017", 50), ("self-rating", "hz-1", "2", "0017", 50),
    ]  # fmt: skip
    assert (told[0]["prompted"], told[0]["served"]) == (0, 0)
    assert "连续 50 条五星评价" in told[0]["evidence"]
    assert "当日 56 条有效评价中，50 条" in told[1]["evidence"]
    assert "0018" not in json.dumps(told)


def a_person_reads_it_as_a_table(story: Story) -> None:
    table = story.say("distrust", "--month", "2026-11").stdout
    assert "2026-11 可疑评价 2 项" in table
    assert "自评" in table
    assert "fives in a row" in story.say("distrust", "--month", "2026-11", "--locale", "en").stdout
    assert "未发现" in story.say("distrust", "--month", "2026-10").stdout


STEPS: list[Callable[[Story], None]] = [
    in_the_morning_two_tellers_serve_six_customers_each,
    over_lunch_one_of_them_presses_five_stars_fifty_times,
    the_branch_sends_it_twice_because_the_line_was_down,
    every_press_is_one_row_and_no_press_alarmed,
    head_office_is_told_what_was_seen_and_of_whom,
    a_person_reads_it_as_a_table,
]


def test_a_tellers_fifty_fives(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker:
        story = Story(tmp_path, broker)
        head_office_knows_the_branch(story)
        with collecting(story.config, tmp_path / "collect.log"):
            for number, step in enumerate(STEPS, start=1):
                print(f"{number}. {step.__name__.replace('_', ' ')}")
                step(story)
            assert story.branch is not None
            story.branch.client.stop()
