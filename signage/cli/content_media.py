"""A publisher's file made into a signed asset's words and renditions, with a progress bar where it takes long."""

from pathlib import Path

from signage.content.claims import WEALTH_RISK, has_wealth_risk
from signage.content.films import FILM_SUFFIXES, film_blobs
from signage.content.names import is_ref
from signage.content.pictures import Blob, picture_blobs
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.model import Text
from signage.core.programme import Asset, ItemClass


def asset_of(
    repository: Repository,
    file: Path,
    ref: str,
    words: dict[str, Text],
    uses: tuple[ItemClass, ...],
    locale: str,
    start: Instant | None,
    until: Instant | None,
    now: Instant,
    *,
    wealth: bool,
) -> Asset:
    """Checked, brought into shape, its blobs stored. Raises Refusal (65)."""
    if not file.is_file():
        raise Refusal(Exit.BAD_DATA, f"{file}: there is no such file; name a picture or a film")
    if not is_ref(ref):
        raise Refusal(Exit.BAD_DATA, f"{ref!r} is no name for an asset; --as a name of letters, digits, - and .")
    if until is not None and until <= now:
        raise Refusal(Exit.BAD_DATA, f"--until: {until} is over; wanted a time to come")
    if start is not None and until is not None and start >= until:
        raise Refusal(Exit.BAD_DATA, f"--from: {start} is not before --until, {until}; wanted an earlier one")
    if until is None and "advertisement" in uses:
        raise Refusal(Exit.BAD_DATA, f"{file}: an advertisement has an end; say --until, or --use house")
    if wealth and not has_wealth_risk(words["risk"]):
        raise Refusal(Exit.BAD_DATA, f"{file}: a wealth product needs its risk text; --risk-text {WEALTH_RISK}")
    film = file.suffix.lower() in FILM_SUFFIXES
    blobs, duration = _film(file) if film else (picture_blobs(file), 0)
    for blob in blobs:
        repository.put_blob(blob.content)
    return Asset(
        ref=ref,
        kind="video" if film else "picture",
        uses=uses,
        renditions=tuple(blob.rendition for blob in blobs),
        duration_ms=duration,
        title=words["title"],
        alt=words["alt"],
        risk=words["risk"],
        locale=locale,
        start=start,
        until=until,
    )


def _film(file: Path) -> tuple[tuple[Blob, ...], int]:
    from rich.progress import Progress  # noqa: PLC0415  # only a film takes long

    with Progress(transient=True) as progress:
        task = progress.add_task(file.name, total=1.0)
        return film_blobs(file, lambda share: progress.update(task, completed=share))
