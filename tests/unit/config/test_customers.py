"""The business guide and the amenities of a branch's file: read whole, or refused with place and cure."""

from pathlib import Path

import pytest

from signage.config.branch_file import BranchConfig
from signage.config.load import BadConfiguration, load_branch
from tests.unit.config.samples import BRANCH, changed

URL = 'url = "https://m.bank.example/transfer"'
CASH = 'self_service = ["atm-1"]\ncounters = ["1", "2"]\nbring = { zh = "银行卡；5'
NO_WAY = 'bring = { zh = "银行卡；5'


def load(folder: Path, text: str) -> BranchConfig:
    path = folder / "branch.toml"
    path.write_text(text, encoding="utf-8")
    return load_branch(path)


def mistakes(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(BadConfiguration) as caught:
        load(folder, text)
    return caught.value.lines


def test_the_example_guides_and_tells_its_amenities(tmp_path: Path) -> None:
    config = load(tmp_path, BRANCH)
    transfer = next(entry for entry in config.guide.entry if entry.name == "transfer")
    assert (transfer.url, transfer.self_service, transfer.counters) == (
        "https://m.bank.example/transfer",
        ("atm-1",),
        ("1", "2"),
    )
    assert len(config.guide.entry) == 8
    assert [one.available for one in config.amenity] == [True] * 8


@pytest.mark.parametrize(
    "url",
    [
        "http://m.bank.example/transfer",  # not encrypted
        "https://bank.example@stranger.example/",  # a user that looks like the bank
        "https://bank.example:8443/",
        "https://BANK.example/",
        "https://银行.example/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_a_customer_cannot_read_is_none(tmp_path: Path, url: str) -> None:
    (line,) = mistakes(tmp_path, changed(BRANCH, URL, f'url = "{url}"'))
    assert '[[guide.entry]] 4 "transfer" of guide' in line or '[[guide.entry]] 4 "transfer"' in line
    assert "key url: found" in line
    assert "https://domain/" in line


@pytest.mark.parametrize(
    "host", ["stranger.example", "bank.example.stranger.example", "mybank.example", "m.bank.exampl"]
)
def test_a_qr_code_leads_only_where_the_file_allows(tmp_path: Path, host: str) -> None:
    (line,) = mistakes(tmp_path, changed(BRANCH, URL, f'url = "https://{host}/x"'))
    assert line.endswith('wanted an address within "bank.example"')


@pytest.mark.parametrize("host", ["bank.example", "m.bank.example", "a.b.bank.example"])
def test_a_domain_and_what_lies_beneath_it_are_allowed(tmp_path: Path, host: str) -> None:
    load(tmp_path, changed(BRANCH, URL, f'url = "https://{host}/x?y=1"'))
    load(tmp_path, changed(BRANCH, URL, f'url = "https://{host}"'))


def test_without_a_domain_no_address_is_allowed(tmp_path: Path) -> None:
    lines = mistakes(tmp_path, changed(BRANCH, 'domains = ["bank.example"]', ""))
    assert len(lines) == 5
    assert all(line.endswith("wanted its domain in [guide] domains") for line in lines)


@pytest.mark.parametrize("domain", ["bank", "*.bank.example", "https://bank.example", "Bank.example", ".example"])
def test_a_domain_is_named_in_full(tmp_path: Path, domain: str) -> None:
    lines = mistakes(tmp_path, changed(BRANCH, 'domains = ["bank.example"]', f'domains = ["{domain}"]'))
    assert "[guide], key domains" in lines[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (CASH, CASH.replace('"atm-1"', '"atm-2"'), 'key self_service: found "atm-2", wanted a machine of [[self_service]], "atm-1"'),
        (CASH, CASH.replace('["1", "2"]', '["9"]'), 'key counters: found "9", wanted a counter of [[counter]]'),
        (CASH, NO_WAY, "found no way to do it, wanted counters, self_service or phone"),
        ('topic = "cash"', 'topic = "money"', '[[guide.entry]] 3 "cash", key topic: found "money", wanted "cards"'),
        ('name = "transfer"', 'name = "cash"', "a name of its own"),
        ('icon = "wheelchair"', 'icon = "chair"', '[[amenity]] 2 "wheelchair", key icon'),
        ('name = "umbrella"', 'name = "glasses"', "which [[amenity]] 1"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    (line,) = mistakes(tmp_path, changed(BRANCH, old, new))
    assert said in line


def test_more_than_one_page_holds_is_refused(tmp_path: Path) -> None:
    entry = '[[guide.entry]]\nname = "e{0}"\ntopic = "other"\ntitle = {{ zh = "事{0}" }}\ncounters = ["1"]\n'
    amenity = '[[amenity]]\nname = "a{0}"\ntitle = {{ zh = "物" }}\nplace = {{ zh = "处" }}\nicon = "other"\n'
    twelve = BRANCH + "".join(entry.format(n) + amenity.format(n) for n in range(4))
    load(tmp_path, twelve)
    lines = mistakes(tmp_path, twelve + entry.format(9) + amenity.format(9))
    assert "[guide], key entry: found 13 entries, wanted at most 12" in lines[0]
    assert '[[amenity]] 13 "a9": found 13 amenities, wanted at most 12' in lines[1]
