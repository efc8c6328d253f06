"""Pages and files of a month: whole, alone, and the same bytes for the same document."""

import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PIL import Image

from kiosk.design import tokens
from signage.core.exits import Exit, Refusal
from signage.office.report import palette
from signage.office.report.document import Document, Own, Reason, of_branch
from signage.office.report.pages import Closing, Page, Press
from signage.office.report.printing import check_type, pdf, png
from signage.office.report.sheets import sheets
from signage.office.report.slides import SIZES, decks
from signage.office.report.writing import SUMS, write_report
from tests.unit.office.report.sample import document

ROOT = Path(__file__).resolve().parents[4]
CLOSED = Closing("王敏", date(2026, 11, 3))
SMALL = document(branches=3, tellers=2)
OWN = Own(days=SMALL.days, praise=(Reason("clear", 7),))


def words_of(pdf_bytes: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf_bytes)
    return [page.get_textpage().get_text_range() for page in opened]


def test_colours_are_the_screens() -> None:
    for mine, theirs in ((palette.DAY, tokens.DAY), (palette.NIGHT, tokens.NIGHT)):
        assert mine._asdict() == {name: getattr(theirs, name) for name in mine._fields}


@pytest.mark.parametrize("page", [Page.BULLETIN, Page.BRIEF, Page.TELLERS, Page.BRANCH])
def test_a_page_asks_for_nothing_else(press: Press, page: Page) -> None:
    shown = SMALL if page is not Page.BRANCH else of_branch(SMALL, "b-0001", OWN)
    text = press.page(page, shown, CLOSED, screen=True)
    assert not re.findall(r"""(?:src|href)\s*=|url\((?!#)|@import|<script|https?://(?!www\.w3\.org/)""", text)
    assert 'lang="zh-CN"' in text
    assert "None" not in text
    assert not re.search(r"\breport\.[a-z]", text)


def test_every_rate_stands_beside_what_it_is_of(press: Press) -> None:
    text = press.page(Page.BULLETIN, SMALL, CLOSED, screen=True)
    figures = SMALL.whole
    assert f"{figures.tally.satisfied:,} / {figures.tally.n:,} 次，未评价 {figures.prompts.unrated:,} 次" in text
    for one in SMALL.branches:
        assert f"<td>{one.rated.tally.n:,}</td><td>{one.rated.unrated:,}</td>" in text


def test_who_is_too_few_to_rank_stands_apart_with_n(press: Press) -> None:
    few = [one for one in document(60).branches if one.rated.place is None]
    assert few
    text = press.page(Page.BULLETIN, document(60), CLOSED, screen=True)
    for one in few:
        assert f'<span>{one.name}</span><span class="n">n = {one.rated.tally.n}</span>' in text


def test_an_empty_month_is_a_page_too(press: Press) -> None:
    empty = Document(month="2026-10", bank=SMALL.bank, rules=SMALL.rules, branches=(), tellers=())
    for page in (Page.BULLETIN, Page.BRIEF):
        text = press.page(page, empty, None, screen=False)
        assert "0 次" in text
        assert "nan" not in text
    assert list(decks(press, empty, None)) == []
    assert sheets(empty)["branches.csv"].startswith("\ufeffbranch,name".encode())


def test_names_are_no_markup(press: Press) -> None:
    bold = msgspec.structs.replace(SMALL.branches[0], name="<b>&支行")
    shown = msgspec.structs.replace(SMALL, branches=(bold, *SMALL.branches[1:]), bank={"zh": 'a"<i>', "en": "b"})
    text = press.page(Page.BULLETIN, shown, CLOSED, screen=False)
    assert "<b>&" not in text
    assert "<i>" not in text
    assert pdf(text).startswith(b"%PDF")


def test_tables_repeat_their_heads_and_pages_are_numbered(press: Press) -> None:
    pages = words_of(pdf(press.page(Page.TELLERS, document(20, tellers=4), CLOSED, screen=False)))
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "满意率" in text
        assert f"第 {number} / {len(pages)}" in text


def test_a_name_of_a_spreadsheet_is_no_formula() -> None:
    one = msgspec.structs.replace(SMALL.tellers[0], name="=cmd()")
    text = sheets(msgspec.structs.replace(SMALL, tellers=(one,)))["tellers.csv"].decode("utf-8-sig")
    assert "'=cmd()" in text
    assert len(text.splitlines()) == 2


def test_slides_are_exactly_as_large_as_the_walls(press: Press) -> None:
    made = list(decks(press, SMALL, CLOSED))
    assert len(made) == len(SIZES)
    for deck, size in zip(made, SIZES, strict=True):
        width, height = size
        assert deck.names[-1] == f"figures-{width}x{height}.png"
        assert len(deck.names) == 4
        set_once = pdf(deck.page)
        assert len(pypdfium2.PdfDocument(set_once)) == len(deck.names)
        with Image.open(io.BytesIO(png(set_once, 1))) as picture:
            assert picture.size == size


def test_the_same_document_is_the_same_bytes_in_another_process(press: Press, tmp_path: Path) -> None:
    alone = of_branch(SMALL, "b-0001", OWN)
    files = write_report(press, alone, CLOSED, tmp_path / "here")
    script = (
        "import sys, datetime, pathlib, msgspec;"
        "from signage.link.catalogues import load_catalogues;"
        "from signage.office.report.document import Document;"
        "from signage.office.report.pages import Closing, Press;"
        "from signage.office.report.words import Words;"
        "from signage.office.report.writing import write_report;"
        "told = msgspec.json.decode(sys.stdin.buffer.read(), type=Document);"
        "words = load_catalogues();"
        "closing = Closing('王敏', datetime.date(2026, 11, 3));"
        "write_report(Press(Words(words['zh'], words['en'])), told, closing, pathlib.Path(sys.argv[1]))"
    )
    environment = {"PYTHONHASHSEED": "5", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "there")],
        input=msgspec.json.encode(alone),
        check=True,
        cwd=ROOT,
        env=environment,
        timeout=120,
    )
    assert {path.name for path in files} >= {"branch.pdf", "branch.html", "score.csv", SUMS}
    for path in files:
        name = path.relative_to(tmp_path / "here")
        assert (tmp_path / "there" / name).read_bytes() == path.read_bytes(), name


def test_a_pdf_names_its_type_and_carries_no_clock(press: Press) -> None:
    opened = pypdfium2.PdfDocument(pdf(press.page(Page.BRIEF, SMALL, CLOSED, screen=False)))
    texts = opened[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
    fonts = {one.get_font().get_base_name().partition("+")[2] for one in texts}
    assert fonts
    assert all(name.startswith("Noto-Sans-CJK-SC") for name in fonts), fonts
    assert opened.get_metadata_dict()["CreationDate"] == "D:20261103"
    assert opened.get_metadata_dict()["Author"] == "示范银行总行"


def test_a_card_keeps_its_words_on_a_line(press: Press) -> None:
    (first, *_) = words_of(pdf(press.page(Page.BRIEF, SMALL, CLOSED, screen=False)))
    figures = SMALL.whole
    wanted = f"{figures.tally.satisfied:,} / {figures.tally.n:,} 次，未评价 {figures.prompts.unrated:,} 次"
    assert wanted in first.splitlines()


def test_a_machine_without_chinese_type_prints_nothing() -> None:
    check_type()
    with pytest.raises(Refusal) as refused:
        check_type("No Such Sans")
    assert refused.value.code is Exit.CONFIGURATION
    assert refused.value.lines == ("fonts: No Such Sans is not installed; install fonts-noto-cjk",)
