"""A month closed, against a real PostgreSQL: a list of steps that head office could read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from signage.cli.main import run
from signage.core.exits import Exit
from signage.core.instants import Instant
from signage.link.clock import now
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from tests.unit.config.samples import HEAD_OFFICE, changed
from tests.unit.office.outboxes import OutboxByHand
from tests.unit.office.postgres import programs, server

pytestmark = pytest.mark.system

LAST_MONTH = (now().replace(day=1) - timedelta(days=5)).replace(day=12, hour=2, minute=0, second=0, microsecond=0)
MONTH = f"{LAST_MONTH:%Y-%m}"


@dataclass(frozen=True)
class Step:
    says: str
    do: Callable[[], object]


def walk(*steps: Step) -> None:
    for number, step in enumerate(steps, 1):
        try:
            step.do()
        except AssertionError as failed:
            raise AssertionError(f"step {number}, {step.says}: {failed}") from failed


class HeadOffice:
    """Its database, its file and its desk; branches whose lines bring what they wrote down."""

    def __init__(self, folder: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.store = Store(url)
        self.store.prepare()
        text = changed(HEAD_OFFICE, "sqlite:///var/head-office.db", url)
        self.config = folder / "head-office.toml"
        self.config.write_text(changed(text, "config/branches.csv", f"{folder}/branches.csv"), encoding="utf-8")
        (folder / "branches.csv").write_text(
            "id,name,region,groups\nhz-1,高新支行,浙江,\nhz-2,滨江支行,浙江,\n", encoding="utf-8"
        )
        self.outboxes = {branch: OutboxByHand(node=branch) for branch in ("hz-1", "hz-2")}
        self.said = ""

    def arrives(self, branch: str, kind: str, *some: dict[str, Any]) -> None:
        """Events of that branch, a minute apart, through custody as the collector stores them."""
        outbox = self.outboxes[branch]
        first = len(outbox.events) + 1
        for data in some:
            number = len(outbox.events) + 1
            at = Instant.of(LAST_MONTH + timedelta(minutes=number))
            outbox.add(kind, data, id=f"{branch}-{number}", at=str(at))
        OfficeCustody(self.store).accept(outbox.batch(first), Instant.of(now()))

    def rated(self, branch: str, times: int, stars: int, teller: str) -> None:
        rating = {"counter": "1", "stars": stars, "channel": "pad", "teller": teller, "reasons": [], "flags": []}
        self.arrives(branch, "rating", *([rating] * times))

    def command(self, *arguments: str, ends: int = Exit.DONE) -> None:
        code = run([*arguments, "--config", str(self.config)])
        captured = self.capsys.readouterr()
        self.said = captured.out + captured.err
        assert code == ends, self.said

    def brings(self, subject: str, text: str) -> None:
        file = self.folder / f"{subject}.csv"
        file.write_bytes(text.encode("gb18030"))
        self.command("import", subject, str(file), "--by", "王敏")

    def prints(self, out: str, *options: str, ends: int = Exit.DONE) -> None:
        self.command("report", "--month", MONTH, "--out", str(self.folder / out), *options, ends=ends)

    def page(self, name: str) -> str:
        """The words of a page, without its markup."""
        text = (self.folder / name).read_text(encoding="utf-8")
        inline = re.sub(r"</?(?:span|b)\b[^>]*>", "", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))
        return " ".join(re.sub(r"<[^>]*>", " ", inline).split())

    def tells(self, *words: str) -> None:
        for word in words:
            assert word in self.said, f"{word!r} is not in {self.said!r}"

    def shows(self, name: str, *words: str) -> None:
        text = self.page(name)
        for word in words:
            assert word in text, f"{word!r} is not on {name}: {text[:600]}"

    def same(self, one: str, other: str, *but: str) -> None:
        """Every file of a folder is in another one, byte by byte."""
        names = {path.relative_to(self.folder / one) for path in (self.folder / one).rglob("*") if path.is_file()}
        assert len(names) > 20
        for name in sorted(names):
            if name.name not in but:
                assert (self.folder / one / name).read_bytes() == (self.folder / other / name).read_bytes(), name


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[HeadOffice]:
    assert programs() is not None, "PostgreSQL is installed by scripts/setup"
    with server(tmp_path) as running:
        built = HeadOffice(tmp_path, running.url, capsys)
        yield built
        built.store.close()


def test_a_month_is_closed_and_what_comes_late_changes_only_a_supplement(office: HeadOffice) -> None:
    opened = [
        {"case": f"c{number}", "action": "opened", "source": "opinion", "phrases": ["long-wait"]} for number in (1, 2)
    ]
    first = str(LAST_MONTH.date().replace(day=2))
    beside = ("SHA256SUMS", "supplement.html", "supplement.pdf")
    walk(
        Step("the month's ratings arrive from 高新支行", lambda: office.rated("hz-1", 40, 5, "0007")),
        Step("and from 滨江支行, before its line goes down", lambda: office.rated("hz-2", 31, 4, "0008")),
        Step("two of its customers complain", lambda: office.arrives("hz-2", "case", *opened)),
        Step(
            "the tellers' roster is brought in, in GB18030",
            lambda: office.brings("tellers", "网点,工号,姓名\nhz-1,0007,王芳\nhz-2,0008,李雷\n"),
        ),
        Step(
            "and how many transactions there were",
            lambda: office.brings("transactions", f"网点,日期,笔数\nhz-1,{first},9000\nhz-2,{first},4000\n"),
        ),
        Step("a branch's sheet is printed before the closing", lambda: office.prints("early", "--branch", "hz-2")),
        Step("it says that the month is not closed", lambda: office.shows("early/branch.html", "未结账", "李雷")),
        Step(
            "nobody can be talked to about a month that is open",
            lambda: office.command("talks", "--month", MONTH, ends=2),
        ),
        Step("王敏 closes the month", lambda: office.prints("closed", "--close", "--by", "王敏")),
        Step(
            "the bulletin ranks both and names the star",
            lambda: office.shows("closed/bulletin.html", "已结账 · 王敏", "王芳 高新支行 · 0007", "有效评价 71 次"),
        ),
        Step(
            "滨江支行 is over the threshold and asked for a talk",
            lambda: office.shows("closed/bulletin.html", "诫勉约谈", "滨江支行 2 4,000 5.00"),
        ),
        Step("nothing is late yet", lambda: office.shows("closed/supplement.html", "结账后没有新的事件到达")),
        Step("a second closing is refused", lambda: office.prints("again", "--close", "--by", "李雷", ends=77)),
        Step("and says who closed it", lambda: office.tells("was closed by 王敏")),
        Step("the line comes back: ten more ratings of that month", lambda: office.rated("hz-2", 10, 1, "0008")),
        Step("the talk waits for a name", lambda: office.command("talks", "--month", MONTH)),
        Step("as the list says", lambda: office.tells("hz-2\t滨江支行\t5.00\twaits")),
        Step(
            "its manager puts her name under it",
            lambda: office.command(
                "talks", "--month", MONTH, "--acknowledge", "hz-2", "--by", "韩梅", "--note", "已增开窗口"
            ),
        ),
        Step(
            "nobody can put another in its place",
            lambda: office.command("talks", "--month", MONTH, "--acknowledge", "hz-2", "--by", "x", ends=77),
        ),
        Step("the month is printed again", lambda: office.prints("again")),
        Step(
            "everything that was published is the same, byte by byte", lambda: office.same("closed", "again", *beside)
        ),
        Step(
            "the supplement tells what is late, and what it would make",
            lambda: office.shows("again/supplement.html", "1 家网点的 10 条事件", "滨江支行 10 31 41 100.0% 75.6%"),
        ),
        Step("and who acknowledged the talk", lambda: office.shows("again/supplement.html", "韩梅", "已增开窗口")),
    )
