"""`signage cases` and `signage privacy erase` on a database that branches' events have filled."""

import json
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from signage.cli.case_settings import case_settings
from signage.cli.main import run
from signage.config.load import BadConfiguration, load_head_office
from signage.link.clock import now
from signage.link.sealer import Sealer
from signage.link.sealing import read_public
from signage.office.cases.handwriting import svg
from signage.office.database import Store
from tests.unit.office.case_desk import Branches, local

TUESDAY = local("2026-11-24T10:00")
WORD, NUMBER = "等了四十分钟", "13800138000"
STROKES = {"width": 1000, "height": 600, "lines": [[10, 20, 5, 10], [7, 7], ["x", 1], [1]]}
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Its file; beside it a roster, the key pair, and a low rating with a number at counter 2."""
    private, public = tmp_path / "privacy.key", tmp_path / "privacy.pub"
    assert run(["privacy", "key", str(private), str(public)]) == 0
    (tmp_path / "branches.csv").write_text("id,name,region,groups\nhz-1,杭州高新支行,zhejiang,city\n", encoding="utf-8")
    file = tmp_path / "office.toml"
    file.write_text(
        f'[database]\nurl = "sqlite:///{tmp_path}/office.db"\n[content]\nkeys = "{tmp_path}/keys"\n'
        f'[roster]\nfile = "{tmp_path}/branches.csv"\n[privacy]\npublic = "{public}"\n',
        encoding="utf-8",
    )
    store = Store(f"sqlite:///{tmp_path}/office.db")
    store.prepare()
    branches = Branches(store)
    data = {
        "counter": "2",
        "stars": 1,
        "teller": "8807",
        "comment": WORD,
        "contact": NUMBER,
        "consent": str(TUESDAY),
        "strokes": STROKES,
        "locale": "en",
    }
    sealed = Sealer((read_public(public),)).sealed("rating", "low", data | {"phrases": ["long-wait"]})
    branches.event("rating", TUESDAY, sealed, id="low")
    branches.event(
        "suspension",
        local("2026-11-24T09:30"),
        {
            "scope": "counter:1",
            "reason": "break",
            "source": "teller",
            "actor": "bridge-1",
            "on": True,
            "suspension": "s",
        },
    )
    branches.event(
        "play",
        local("2026-11-24T10:02"),
        {
            "screen": "wall",
            "items": [{"ref": "loan", "count": 1, "seconds": 30}],
            "from": "2026-11-24T01:58:00.000Z",
            "to": "2026-11-24T02:02:00.000Z",
        },
    )
    branches.arrive()
    store.close()
    return file


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], office: Path) -> Said:
    def command(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(word) for word in (*words, "--config", office)])
        return (code, *capsys.readouterr())

    return command


def shown(said: Said, *words: object) -> dict[str, Any]:
    code, out, error = said("cases", "show", "low", "--format", "json", *words)
    assert code == 0, error
    return dict(json.loads(out))


def number(said: Said) -> str:
    return str(shown(said)["number"])


def test_the_list_says_what_falls_due_and_no_word_of_the_customers(said: Said) -> None:
    code, out, error = said("cases", "list")
    assert (code, error) == (0, "")
    assert "杭州高新支行 hz-1" in out
    assert "评价 1 星" in out
    assert "待跟进" in out
    assert WORD not in out
    (row,) = json.loads(said("cases", "list", "--format", "json")[1])
    assert (row["counter"], row["rule"], [clock["what"] for clock in row["clocks"]]) == (
        "2",
        "low-rating",
        ["investigated", "handled", "whole"],
    )
    assert "Rating, 1 of 5 stars" in said("cases", "list", "--locale", "en")[1]
    assert "没有未结工单" in said("cases", "list", "--owner", "nobody")[1]
    late = json.loads(said("cases", "list", "--late", "--format", "json")[1])
    assert len(late) == (now() >= local("2026-11-26T00:00"))


def test_a_case_shows_where_when_who_and_what_was_around(said: Said) -> None:
    code, out, _ = said("cases", "show", number(said))
    assert code == 0
    for words in (
        "2 号窗口",
        "2026-11-24 10:00:00",
        "柜员：8807",
        "语言：英文",
        "1 号窗口 柜员暂时离开",
        "wall loan 30 s",
        "客户同意回电",
        "调查期限 2026-11-25，",
    ):
        assert words in out, words
    assert WORD not in out + said("cases", "show", "low", "--format", "json")[1]
    case = shown(said)
    assert (case["suspended"][0]["scope"], case["played"][0]["ref"], case["locale"]) == ("counter:1", "loan", "en")


def test_words_are_shown_to_who_asks_and_has_the_key(said: Said, office: Path) -> None:
    key = office.parent / "privacy.key"
    code, out, _ = said("cases", "show", "low", "--unsealed", "--key", key)
    assert code == 0
    assert f"客户原话：{WORD}" in out
    assert f"联系电话：{NUMBER}" in out
    assert "等候时间太长" in out
    (one,) = shown(said, "--unsealed", "--key", key)["said"]
    assert (one["comment"], one["contact"], one["phrases"]) == (WORD, NUMBER, ["long-wait"])
    assert "sealed; name the private key" in said("cases", "show", "low", "--unsealed")[1]
    assert said("cases", "show", "low", "--key", key)[0] == 2
    assert said("cases", "show", "low", "--unsealed", "--key", office)[0] == 78


def test_handwriting_becomes_a_picture_for_who_has_the_key(said: Said, office: Path, tmp_path: Path) -> None:
    key, file = office.parent / "privacy.key", tmp_path / "ink.svg"
    show = ("cases", "show", "low", "--unsealed", "--key", key, "--ink", file)
    assert said(*show)[0] == 0
    picture = ET.parse(file).getroot()
    lines = [line.get("points") for line in picture.iter("{http://www.w3.org/2000/svg}polyline")]
    assert lines == ["10,20 15,30", "7,7 8,7"]
    assert picture.get("viewBox") == "-20 -20 55 70"
    assert file.stat().st_mode & 0o077 == 0
    assert said("cases", "show", "low", "--ink", file)[0] == 2
    said("privacy", "erase", "--case", "low")
    assert "nothing was written by hand" in said(*show)[2]
    assert [svg(one) for one in (None, {}, {"lines": [[1], ["a", "b"], []]})] == [None] * 3


def test_it_is_followed_up_step_by_step(said: Said, office: Path) -> None:
    who = ("--by", "zhao")
    assert "assigned, owner wang; next: investigated" in said("cases", "assign", "low", "wang", *who)[1]
    code, out, _ = said("cases", "step", number(said), "investigated", *who, "--note", "客户姓张")
    assert (code, "investigated, owner wang; next: handled" in out) == (0, True)
    assert "next: handled" in said("cases", "complex", "low", "--because", "records", *who)[1]
    assert "owner li" in said("cases", "assign", "low", "li", *who)[1]
    assert "next: fed-back" in said("cases", "step", "low", "handled", *who)[1]
    assert "fed-back, owner li\n" in said("cases", "step", "low", "fed-back", "--answer", "apology", *who)[1]
    assert "closed" in said("cases", "step", "low", "closed", *who)[1]
    case = shown(said, "--unsealed", "--key", office.parent / "privacy.key")
    assert (case["action"], case["complicated"], case["owner"]) == ("closed", "records", "li")
    assert {clock["stands"] for clock in case["clocks"]} <= {"in-time", "late"}
    notes = [one.get("text") for one in case["said"] if one["action"] == "investigated"]
    assert "客户姓张" in notes
    assert "客户姓张".encode() not in b"".join(one.read_bytes() for one in office.parent.glob("office.db*"))
    assert "没有未结工单" in said("cases", "list")[1]
    assert "1 cases" in said("cases", "rebuild")[1]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("show", "1234"), "'1234': no such case; see `signage cases list --all`"),
        (("show", "low", "--branch", "nb-1"), "'low': no such case at nb-1"),
        (("assign", "low", "", "--by", "zhao"), "PERSON: wanted 1 to 64 characters"),
        (("assign", "low", "wang", "--by", " "), "--by: wanted 1 to 64 characters"),
        (
            ("step", "low", "handled", "--by", "x", "--answer", "thanks"),
            "--answer: an answer is released with the step",
        ),
        (("step", "low", "fed-back", "--by", "x", "--answer", "no"), "--answer: 'no' is none; wanted one of thanks"),
        (("step", "low", "handled", "--by", "x", "--note", "x" * 501), "--note: wanted 1 to 500 characters"),
        (("step", "low", "sworn", "--by", "x"), "sworn"),
        (("complex", "low", "--because", "lazy", "--by", "x"), "lazy"),
        (("list", "--locale", "xx"), "--locale"),
    ],
)
def test_a_mistake_gets_one_line(said: Said, words: tuple[str, ...], line: str) -> None:
    code, _, error = said("cases", *words)
    assert code == 2
    assert line in error
    assert len(error.splitlines()) == 1


def test_a_step_is_done_once_and_nothing_after_the_end(said: Said) -> None:
    assert said("cases", "step", "low", "handled", "--by", "x")[0] == 0
    assert "it is handled already" in said("cases", "step", "low", "investigated", "--by", "x")[2]
    assert said("cases", "complex", "low", "--because", "legal", "--by", "x")[0] == 0
    assert "complex already, because of legal" in said("cases", "complex", "low", "--because", "other", "--by", "x")[2]
    assert said("cases", "step", "low", "closed", "--by", "x")[0] == 0
    assert "it is closed since" in said("cases", "assign", "low", "wang", "--by", "x")[2]


def test_without_a_key_no_note_is_taken_and_without_a_database_nothing(said: Said, office: Path) -> None:
    text = office.read_text(encoding="utf-8")
    office.write_text(text.partition("[privacy]")[0], encoding="utf-8")
    code, _, error = said("cases", "step", "low", "handled", "--by", "x", "--note", "y")
    assert (code, "[privacy] public" in error) == (78, True)
    office.write_text(text.replace("office.db", "absent.db"), encoding="utf-8")
    code, _, error = said("cases", "list")
    assert (code, len(error.splitlines())) == (69, 1)


def test_a_customers_words_are_erased_on_request(said: Said, office: Path) -> None:
    erase = ("privacy", "erase")
    assert said(*erase, "--case", "low", "--dry-run")[1] == "1 events would be erased\n"
    assert said(*erase, "--case", "low")[1] == "1 events erased\n"
    assert "erased at" in said("cases", "show", "low", "--unsealed", "--key", office.parent / "privacy.key")[1]
    assert said(*erase, "--before", "2026-12-01", "--dry-run")[1] == "0 events would be erased\n"
    assert said(*erase)[0] == 2
    assert said(*erase, "--before", "soon")[0] == 2
    assert said(*erase, "--case", "none")[0] == 2
    assert said(*erase, "--before", "2026-12-01", "--timezone", "Mars")[0] == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[cases.rule]]\nname = "a"\non = "call"\nstars_at_most = 2', 'no such key for on "call"'),
        ('[[cases.rule]]\nname = "a"\non = "opinion"\nsubjects = ["gossip"]', "some of service, waiting"),
        ('[[cases.rule]]\nname = "a"\non = "call"\n[[cases.rule]]\nname = "a"\non = "rating"', "a name of its own"),
        ('[cases]\nremind_at = "25:00"', 'a time of day, such as "09:00"'),
        ('[[cases.recipient]]\nto = ["a@b.example"]', "a [mail] table"),
        ('[[cases.recipient]]\nto = ["nobody"]\n[mail]\nhost = "h"\nfrom = "a@b.example"', "a list of addresses"),
        (
            '[mail]\nhost = "h"\nfrom = "a@b.example"\nusername = "u"\npassword_file = "p"\ntls = "none"',
            "must not travel open",
        ),
        ('[mail]\nhost = "h"\nfrom = "a@b.example"\nusername = "u"', "username and password_file together"),
        ("[privacy]\nkeep_days = 0", "days, 1 to 3650"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, line: str) -> None:
    file = tmp_path / "office.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadConfiguration) as refused:
        load_head_office(file)
    assert any(line in one for one in refused.value.lines), refused.value.lines


def test_working_days_are_those_of_the_branchs_profile(tmp_path: Path, office: Path) -> None:
    """Where a branch's hours are not known, weekdays count, and nothing is known of holidays."""
    (tmp_path / "profiles.toml").write_text(
        '[[profile]]\nbranches = ["hz-*"]\n[profile.hours]\ncountry = "CN"\npersonal = "Mo-Fr 09:00-17:00"\n'
        "[profile.ratings]\nrequire_prompt = true\n"
    )
    text = office.read_text(encoding="utf-8")
    roster = f'file = "{tmp_path}/branches.csv"'
    office.write_text(text.replace(roster, f'{roster}\nprofiles = "{tmp_path}/profiles.toml"'), encoding="utf-8")
    settings = case_settings(load_head_office(office))
    known, other = settings.calendars("hz-1"), settings.calendars("nb-1")
    worked, holiday = date(2026, 2, 14), date(2026, 2, 17)  # a Saturday worked in exchange; the new year's first day
    assert (known.works(worked), known.works(holiday)) == (True, False)
    assert (other.works(worked), other.works(holiday)) == (False, True)
    assert (settings.prompted_only("hz-1"), settings.prompted_only("nb-1")) == (True, False)
    assert settings.terms.remind_at == time(9)
