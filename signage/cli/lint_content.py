"""Which programme `signage lint` checks: an author's file, head office's repository, or what was verified."""

from pathlib import Path
from zoneinfo import ZoneInfo

from signage.branch.store import FILE
from signage.cli.explain_content import verified_content
from signage.config.branch_file import BranchConfig
from signage.content import draft
from signage.content.catalogue import Catalogue
from signage.content.programme_file import read_programme
from signage.content.publishing import MEDIA_LIFE
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.lint import Finding
from signage.core.programme import CLASSES, Asset, ProgrammeItem, SignedContent
from signage.wire.codec import Malformed, decode

Checked = tuple[SignedContent | None, tuple[Finding, ...]]


def programme_of(loaded: BranchConfig, chosen: Path | None, repository: Path | None, now: Instant) -> Checked:
    """The programme, and what cannot be told about it here. None if nothing is named and the controller keeps nothing.

    `chosen`: a programme.toml, signed content as JSON, a bundle or a database; `repository`: whose media a programme.toml
    names, and alone its draft. Raises Refusal.
    """
    office = Repository(repository) if repository is not None else None
    if chosen is not None and chosen.suffix == ".toml":
        return _written(chosen, office, loaded, now)
    if chosen is not None and (chosen.suffix == ".json" or not chosen.exists()):
        return _read(chosen), ()
    if chosen is None and office is not None:
        office.office()  # says it best where there is none
        catalogue = draft.working(office)
        return _unsigned(catalogue.timetable.items, catalogue.assets, catalogue, now), ()
    return verified_content(loaded, chosen, _kept(loaded), now), ()


def _kept(loaded: BranchConfig) -> Path:
    return Path(loaded.state.directory) / FILE


def _written(path: Path, office: Repository | None, loaded: BranchConfig, now: Instant) -> Checked:
    """An author's file beside the media it names: all of head office's, or those that this branch has by now."""
    if office is not None:
        timetable, texts = read_programme(path, ZoneInfo(office.office().timezone))
        catalogue = draft.working(office)
        return _unsigned(timetable.items, {**catalogue.assets, **texts}, catalogue, now), ()
    timetable, texts = read_programme(path, ZoneInfo(loaded.branch.timezone))
    kept = verified_content(loaded, None, _kept(loaded), now)
    known = {asset.ref: asset for asset in kept.assets} if kept is not None else {}
    known.update(texts)
    unknown = sorted({item.asset for item in timetable.items} - set(known))
    known.update((ref, Asset(ref=ref, kind="picture", uses=CLASSES)) for ref in unknown)
    return _unsigned(timetable.items, known, None, now), _untold(path, unknown)


def _untold(path: Path, unknown: list[str]) -> tuple[Finding, ...]:
    if not unknown:
        return ()
    what = f"whether {', '.join(unknown)} may be shown, and until when, cannot be told here"
    return (Finding("note", path.name, what, "name head office's repository with --repository"),)


def _unsigned(
    items: tuple[ProgrammeItem, ...], assets: dict[str, Asset], catalogue: Catalogue | None, now: Instant
) -> SignedContent:
    """What a publication would say, if it were signed now."""
    told = catalogue.declarations if catalogue is not None else None
    return SignedContent(
        version=0,
        expires=Instant.of(now + MEDIA_LIFE),
        assets=tuple(assets.values()),
        items=items,
        days=told.days if told is not None else (),
        exceptions=told.exceptions if told is not None else (),
    )


def _read(path: Path) -> SignedContent:
    try:
        return decode(path.read_bytes(), SignedContent, "content")
    except OSError as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: cannot be read: {error.strerror}; name a programme.toml") from None
    except Malformed as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: {error.reason}; wanted signed content as JSON") from None
