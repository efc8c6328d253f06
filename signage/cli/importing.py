"""`signage import`: what head office is told from outside, checked line by line before anything is stored."""

import getpass
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from signage.cli.options import ConfigFile
from signage.cli.roster import roster_of
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.config.score_file import load_rules
from signage.content.files import read_file
from signage.core.exits import Exit, Refusal
from signage.core.phrases import pick
from signage.link.clock import now
from signage.office.database import DatabaseAway, Store
from signage.office.imports.columns import Checked, check
from signage.office.imports.findings import Finding
from signage.office.imports.sheet import SIZE_LIMIT, Encoding, Sheet, Unreadable, read_sheet
from signage.office.imports.storing import Brought, Change, store_branches, store_rows
from signage.office.imports.subjects import KEYS, Subject, columns_of, mixed_grains, stored_rows
from signage.office.roster import RosterBranch


@dataclass(frozen=True)
class _Read:
    """A file as it was read and checked."""

    content: bytes
    sheet: Sheet
    checked: Checked

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.findings


def import_file(
    subject: Annotated[Subject, typer.Argument(help="What the file holds.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8 or GB18030.", show_default=False)],
    config: ConfigFile,
    *,
    by: Annotated[
        str | None, typer.Option("--by", help="Who brings it; else who is logged in.", metavar="NAME")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, tell what would change, store nothing.")] = False,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="Store the lines that are right.")] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="The file is the whole list: what it does not name goes.")
    ] = False,
    encoding: Annotated[Encoding, typer.Option("--encoding", help="How the file is written.")] = Encoding.AUTO,
) -> None:
    """The tellers' roster, the branch list, transactions, or outside columns of the branch score."""
    office = load_head_office(config)
    if whole and keep_good:
        raise Refusal(Exit.WRONG_USE, "--whole: a list with lines left out is not whole; mend them, or leave it out")
    if whole and subject in {Subject.TRANSACTIONS, Subject.COLUMNS}:
        raise Refusal(Exit.WRONG_USE, f"--whole: {subject.value} are added month by month; leave it out")
    roster = _roster(office, subject)
    read = _read(office, subject, file, roster, encoding)
    for finding in read.findings:
        print(finding.told(str(file)), file=sys.stderr)
    if read.findings and (read.checked.fatal or not keep_good) and not dry_run:
        raise Refusal(Exit.BAD_DATA, f"{file}: {_many(read.findings)}; nothing was stored")
    actor = by or getpass.getuser()
    change = _store(office, subject, read, roster, actor, str(file), whole=whole, dry=dry_run)
    print(_told(subject, read, change, actor, dry=dry_run))
    if read.findings:
        raise typer.Exit(Exit.BAD_DATA if dry_run else Exit.FINDINGS)


def _roster(office: HeadOfficeConfig, subject: Subject) -> tuple[RosterBranch, ...]:
    if office.roster is None:
        raise Refusal(Exit.CONFIGURATION, "import: branches are known by the roster; name it under [roster] file")
    if subject is Subject.BRANCHES and not Path(office.roster.file).exists():
        return ()
    return roster_of(office)


def _read(
    office: HeadOfficeConfig, subject: Subject, file: Path, roster: tuple[RosterBranch, ...], encoding: Encoding
) -> _Read:
    content = read_file(file, "name a CSV file")
    if len(content) > SIZE_LIMIT:
        raise Refusal(Exit.BAD_DATA, f"{file}: larger than {SIZE_LIMIT // 1024 // 1024} MiB; import it in parts")
    try:
        sheet = read_sheet(content, encoding)
    except Unreadable as unreadable:
        raise Refusal(Exit.BAD_DATA, unreadable.finding.told(str(file))) from None
    outside = {}
    if subject is Subject.COLUMNS:
        parts = load_rules(Path(office.report.rules)).parts
        outside = {part.figure: pick(part.title, "zh") for part in parts if part.imported}
    checked = check(sheet, columns_of(subject, {branch.id for branch in roster}, outside), KEYS[subject])
    if subject is Subject.TRANSACTIONS:
        mixed = list(mixed_grains(checked.rows))
        wrong = {row.line for row, _ in mixed}
        findings = sorted([*checked.findings, *(finding for _, finding in mixed)])
        rows = tuple(row for row in checked.rows if row.line not in wrong)
        checked = Checked(rows, tuple(findings), checked.fatal)
    return _Read(content, sheet, checked)


def _store(
    office: HeadOfficeConfig,
    subject: Subject,
    read: _Read,
    roster: tuple[RosterBranch, ...],
    actor: str,
    file: str,
    *,
    whole: bool,
    dry: bool,
) -> Change:
    brought = Brought(actor, now(), file, read.content, read.sheet.encoding.value, len(read.findings))
    rows: list[Mapping[str, Any]] = list(stored_rows(subject, read.checked.rows))
    store = Store(office.database.url)
    try:
        store.prepare()
        if subject is Subject.BRANCHES:
            assert office.roster is not None
            return store_branches(store, Path(office.roster.file), roster, rows, brought, whole=whole, dry=dry)
        return store_rows(store, subject, rows, brought, whole=whole, dry=dry)
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{store}: {error}; start the database and import again") from None
    finally:
        store.close()


def _told(subject: Subject, read: _Read, change: Change, actor: str, *, dry: bool) -> str:
    counts = f"{change.added} new, {change.changed} changed, {change.same} as before, {change.removed} gone"
    lines = f"{subject.value}: {len(read.sheet.lines)} lines in {read.sheet.encoding.value.upper()}"
    wrong = f"; {_many(read.findings)}" if read.findings else ""
    return f"{lines}: {counts}{wrong}; " + ("nothing stored, a dry run" if dry else f"stored, brought by {actor}")


def _many(findings: tuple[Finding, ...]) -> str:
    lines = len({finding.line for finding in findings})
    return f"{lines} line{'s' if lines > 1 else ''} with something wrong"
