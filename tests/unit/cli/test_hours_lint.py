"""`signage hours` and `signage lint` as a technician calls them."""

import json
from pathlib import Path

import pytest

from signage.cli.main import run
from signage.core.instants import Instant
from signage.core.programme import Asset, ProgrammeItem, SignedContent
from signage.wire.codec import encode
from tests.unit.config.samples import BRANCH, changed

CHANGE = '[[hours.change]]\nfrom = "2026-12-01"\npersonal = "Mo-Fr 08:30-17:30"\nnote = { zh = "冬令" }\n\n[broker]'


SEALED = '\n[privacy]\nhead_office = "office.pub"\ndesk = "desk.pub"\ndesk_key = "desk.key"\n'


def branch(folder: Path, *changes: tuple[str, str]) -> Path:
    text = BRANCH + SEALED
    for old, new in changes:
        text = changed(text, old, new)
    file = folder / "branch.toml"
    file.write_text(text, encoding="utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run([str(word) for word in words])
    return code, *capsys.readouterr()


def test_announcements_counters_and_a_year(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = branch(tmp_path, ("\n[broker]", "\n" + CHANGE), ('hours = "corporate"', 'hours = "Mo-Fr 10:00-11:00"'))
    asked = ("hours", "--config", file, "--at", "2026-11-24T10:30", "--days", 1, "--year", 2026)
    code, out, _ = said(capsys, *asked)
    assert code == 0
    assert "3 号窗口: 营业至 11:00" in out
    assert "自12月1日起（冬令）：个人业务 周一至周五 08:30–17:30、周六至周日 休息" in out
    assert "2026-10-01–10-07  国庆节  个人业务 09:30–16:00  对公业务 休息" in out
    assert "2026年12月28日以后的节假日安排尚未公布" in out
    told = json.loads(said(capsys, *asked, "--format", "json")[1])
    assert [one["from"] for one in told["announced"]] == ["2026-12-01"]
    assert told["counter:3"]["until"] == "2026-11-24T03:00:00.000Z"
    assert [one["from"] for one in told["year"]["usual"]] == ["2026-01-01", "2026-12-01"]
    assert told["year"]["special"][0]["to"] == "2026-01-03"
    assert told["year"]["known_until"] == "2026-12-28"


def test_a_long_closure_says_why_and_how_long(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = ("hours", "--config", branch(tmp_path), "--at", "2027-02-05T10:00")
    assert "春节休业至2月7日，2月8日 09:00 开门" in said(capsys, *asked)[1]
    english = said(capsys, *asked, "--locale", "en")[1]
    assert "Closed for Spring Festival until 7 February, open again 8 February, 09:00" in english


@pytest.mark.parametrize(
    ("country", "day", "words"),
    [
        ('country = "DE"\nsubdivision = "BY"', "2026-11-01", "All Saints' Day"),
        ('country = "DE"', "2026-12-25", "Christmas Day"),
        ('country = "HU"', "2026-08-08", "调休补班"),  # a Saturday worked for the 21st
        ('country = "SG"', "2026-02-17", "Chinese New Year"),
    ],
)
def test_other_countries(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, country: str, day: str, words: str
) -> None:
    file = branch(tmp_path, ('country = "CN"', country))
    code, out, _ = said(capsys, "hours", "--config", file, "--at", day, "--days", 1)
    assert (code, words in out) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('country = "CN"', 'country = "XX"', "a country whose calendar is known"),
        ('country = "CN"', 'country = "CN"\nsubdivision = "ZJ"', "no subdivision: none is known"),
        ('country = "CN"', 'country = "DE"\nsubdivision = "BX"', 'key subdivision: found "BX"'),
        ('country = "CN"', 'subdivision = "BY"', "no subdivision"),
        ('hours = "corporate"', 'hours = "cooperate"', '"personal", "corporate" or opening_hours syntax'),
        ("\n[broker]", '\n[[hours.change]]\nfrom = "2026-12-01"\n\n[broker]', "personal, corporate or both"),
        ("\n[broker]", '\n[[hours.change]]\nfrom = "2026-02-30"\npersonal = "off"\n\n[broker]', "a date that exists"),
        (
            "\n[broker]",
            '\n[[hours.change]]\nfrom = "2026-12-01"\ncounters = { "1" = "off" }\n\n[broker]',
            "a counter whose hours are a rule of its own",
        ),
        (
            "\n[broker]",
            '\n[[hours.change]]\nfrom = "2026-12-01"\ncounters = { "1" = "nine" }\n\n[broker]',
            "key counters.1: found",
        ),
        ('name = "atm-1"', 'name = "lobby-wall"', "a name of its own"),
    ],
)
def test_a_mistake_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, old: str, new: str, words: str) -> None:
    code, _, error = said(capsys, "hours", "--config", branch(tmp_path, (old, new)))
    assert (code, words in error) == (78, True), error


def test_lint_ends_with_0_without_errors_and_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = branch(tmp_path)
    code, out, _ = said(capsys, "lint", "--config", file, "--at", "2026-05-01")
    assert (code, out) == (0, f"{file}: nothing to mend\n")
    code, out, _ = said(capsys, "lint", "--config", file, "--at", "2026-11-24")
    assert (code, "the holidays of 2027 are not known" in out) == (0, True)


def test_lint_ends_with_1_for_an_error_of_the_programme(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    signed = SignedContent(
        version=1,
        expires=Instant.parse("2027-01-01T00:00:00Z"),
        assets=(Asset(ref="a", kind="picture", title={"zh": "最好的存款"}),),
        items=(ProgrammeItem(id="ad", asset="a", cls="advertisement"),),
    )
    (tmp_path / "content.json").write_bytes(encode(signed))
    asked = ("lint", "--config", branch(tmp_path), "--content", tmp_path / "content.json", "--at", "2026-05-01")
    code, out, _ = said(capsys, *asked, "--format", "json")
    assert code == 1
    assert json.loads(out)[0] == {
        "severity": "error",
        "place": 'item "ad", asset "a"',
        "what": "its words say 最好, which advertisements may not",
        "cure": "change the words and sign again",
    }


def test_lint_names_a_machine_that_no_customer_is_sent_to(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = branch(
        tmp_path,
        (
            '[[self_service]]\nname = "stm-1"',
            (
                '[[self_service]]\nname = "queue"\nbusiness = { zh = "取号" }\nplace = { zh = "门口" }\n\n'
                '[[self_service]]\nname = "stm-1"'
            ),
        ),
    )
    assert "no counter does this business" in said(capsys, "lint", "--config", file)[1]


@pytest.mark.parametrize("content", [None, b"{}", b"x"])
def test_content_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "c.json").write_bytes(content)
    code, _, error = said(capsys, "lint", "--config", branch(tmp_path), "--content", tmp_path / "c.json")
    assert (code, len(error.splitlines()), "c.json" in error) == (65, 1, True)
