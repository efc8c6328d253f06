"""A month's files: pages for browsers and printers, tables, slides. Long PDFs are set side by side, in processes of their own."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from signage.content.files import write_file
from signage.office.report.document import Document
from signage.office.report.pages import HERE_AT_MOST, Closing, Page, Press
from signage.office.report.printing import check_type, pdf, png
from signage.office.report.sheets import sheets
from signage.office.report.slides import decks

SUMS: Final = "SHA256SUMS"
_ALONE_BELOW: Final = 150  # rows of tables that are set sooner than a second process has started


@dataclass(frozen=True)
class Job:
    """A page to be set as the file of that name; `pictures`: each of its pages as a picture, under these names."""

    file: str
    page: str
    pictures: tuple[str, ...] = ()


def set_page(job: Job) -> dict[str, bytes]:
    """In whatever process."""
    made = pdf(job.page)
    return {name: png(made, number) for number, name in enumerate(job.pictures)} or {job.file: made}


def write_report(
    press: Press,
    document: Document,
    closing: Closing | None,
    folder: Path,
    supplement: dict[str, Any] | None = None,
    processes: int | None = None,
) -> tuple[Path, ...]:
    """The files, in order, and `SHA256SUMS` of them. The same document, the same bytes. Raises Refusal (73, 78)."""
    check_type()
    rows = len(document.branches) + len(document.tellers)
    jobs = list(_jobs(press, document, closing, supplement))
    files = dict(_pages(press, document, closing, supplement)) | _tables(document)
    for some in _set(jobs, 1 if rows < _ALONE_BELOW else processes or len(os.sched_getaffinity(0))):
        files |= some
    sums = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    for name in sorted(files):
        write_file(folder / name, files[name])
    write_file(folder / SUMS, sums.encode())
    return tuple(folder / name for name in (*sorted(files), SUMS))


def _kinds(document: Document) -> tuple[Page, ...]:
    return (Page.BRANCH,) if document.branch is not None else (Page.BULLETIN, Page.BRIEF)


def _pages(
    press: Press, document: Document, closing: Closing | None, supplement: dict[str, Any] | None
) -> Iterator[tuple[str, bytes]]:
    for kind in _kinds(document):
        yield f"{kind.value}.html", press.page(kind, document, closing, screen=True).encode()
    if supplement is not None:
        page = press.page(Page.SUPPLEMENT, document, closing, screen=True, more=supplement)
        yield f"{Page.SUPPLEMENT.value}.html", page.encode()


def _jobs(
    press: Press, document: Document, closing: Closing | None, supplement: dict[str, Any] | None
) -> Iterator[Job]:
    """The longest first."""
    if document.branch is None and len(document.tellers) > HERE_AT_MOST:
        yield Job("tellers.pdf", press.page(Page.TELLERS, document, closing, screen=False))
    for kind in _kinds(document):
        yield Job(f"{kind.value}.pdf", press.page(kind, document, closing, screen=False))
    if supplement is not None:
        yield Job("supplement.pdf", press.page(Page.SUPPLEMENT, document, closing, screen=False, more=supplement))
    if document.branch is None:
        for deck in decks(press, document, closing):
            yield Job("slides", deck.page, tuple(f"slides/{name}" for name in deck.names))


def _tables(document: Document) -> dict[str, bytes]:
    return {f"tables/{name}": content for name, content in sheets(document).items()}


def _set(jobs: Iterable[Job], processes: int) -> Iterator[dict[str, bytes]]:
    if processes < 2:
        yield from map(set_page, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(set_page, jobs)
