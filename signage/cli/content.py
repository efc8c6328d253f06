"""`signage content …`: head office's content, from a publisher's file to what two people signed."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
import typer

from signage.cli import content_approve, content_checklist, content_keys, content_push, content_status, content_template
from signage.cli.content_media import asset_of
from signage.cli.options import ConfigFile
from signage.config.load import load_head_office
from signage.content import draft, founding
from signage.content.claims import let_through
from signage.content.keys import Keys
from signage.content.programme_file import moment, read_programme
from signage.content.repository import Repository
from signage.core.exits import Exit, Refusal
from signage.core.programme import Asset, ItemClass, ProgrammeItem
from signage.link.catalogues import load_catalogues
from signage.link.clock import now

app = typer.Typer(help="Head office's content, signed by two.", no_args_is_help=True, rich_markup_mode=None)
By = Annotated[str, typer.Option("--by", help="Who signs.", metavar="PERSON")]


def opened(config: Path) -> tuple[Repository, Keys]:
    """The repository and the keys that head office's file names."""
    table = load_head_office(config).content
    return Repository(Path(table.repository)), Keys(Path(table.keys))


@app.command()
def init(
    config: ConfigFile,
    *,
    publisher: Annotated[list[str], typer.Option("--publisher", help="A person who signs; two or more.")],
    bits: Annotated[int, typer.Option("--bits", help="2 to the power of this hash bins.", min=1, max=10)] = 8,
) -> None:
    """A new repository: root, trial keys, and an empty first version."""
    repository, keys = opened(config)
    founding.found(repository, keys, tuple(publisher), bits, now())
    print(f"{repository.folder}: made; {', '.join(publisher)} sign, two for everything; keys in {keys.folder}")
    print(
        f"give each branch {repository.folder / 'root.json'} as [content] trusted_root, by hand, not over the network"
    )


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A picture or a film.")],
    config: ConfigFile,
    *,
    by: By,
    title: Annotated[str, typer.Option("--title", help="What it is about.")],
    title_en: Annotated[str, typer.Option("--title-en", help="The title in English.")] = "",
    until: Annotated[str | None, typer.Option("--until", help="The last date or time it may be shown.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="From when on it may be shown.")] = None,
    risk_text: Annotated[str, typer.Option("--risk-text", help="Stands beside it.")] = "",
    wealth: Annotated[bool, typer.Option("--wealth", help="A wealth product: its risk text is mandatory.")] = False,
    locale: Annotated[str, typer.Option("--locale", help="Only on screens of this language.")] = "",
    alt: Annotated[str, typer.Option("--alt", help="What is to be seen, for who cannot see it.")] = "",
    alt_en: Annotated[str, typer.Option("--alt-en", help="That in English.")] = "",
    use: Annotated[list[str] | None, typer.Option("--use", help="A class it may play as.", metavar="CLASS")] = None,
    ref: Annotated[str | None, typer.Option("--as", help="The name the programme calls it by.")] = None,
    allow_word: Annotated[list[str] | None, typer.Option("--allow-word", help="A forbidden word, let through.")] = None,
) -> None:
    """Check a picture or film, bring it into shape, and sign it as its author."""
    repository, keys = opened(config)
    office, at = repository.office(), now()
    zone = ZoneInfo(office.timezone)
    texts = {"title": (title, title_en), "alt": (alt, alt_en), "risk": (risk_text, "")}
    words = {name: {k: v for k, v in zip(("zh", "en"), pair, strict=True) if v} for name, pair in texts.items()}
    found = asset_of(
        repository, file, ref or file.name, words, _uses(use), _language(locale),
        moment(start, zone, "--from", end=False), moment(until, zone, "--until", end=True), at, wealth=wealth,
    )  # fmt: skip
    flags = let_through(str(file), found.ref, (found.title, found.alt, found.risk), allow_word or [], by)
    with repository.lock.held():
        catalogue = draft.working(repository)
        wanted = msgspec.structs.replace(catalogue, assets={**catalogue.assets, found.ref: found})
        draft.author(repository, keys, by, wanted, f"{by} added {found.ref}", at, flags=flags)
    print(f"{found.ref}: {len(found.renditions)} renditions, signed by {by}; it waits for somebody else's approval")


@app.command()
def remove(ref: str, config: ConfigFile, *, by: By) -> None:
    """Take an asset out of what may be shown; it takes two signatures too."""
    repository, keys = opened(config)
    with repository.lock.held():
        catalogue = draft.working(repository)
        if ref not in catalogue.assets:
            raise Refusal(Exit.BAD_DATA, f"{ref}: not among the signed media; see `signage content diff`")
        if any(item.asset == ref for item in catalogue.timetable.items):
            raise Refusal(Exit.BAD_DATA, f"{ref}: the programme plays it; give a programme without it first")
        rest = {name: asset for name, asset in catalogue.assets.items() if name != ref}
        draft.author(
            repository, keys, by, msgspec.structs.replace(catalogue, assets=rest), f"{by} removed {ref}", now()
        )
    print(f"{ref}: removed by {by}; it waits for somebody else's approval")


@app.command()
def programme(
    file: Annotated[Path, typer.Argument(help="programme.toml")],
    config: ConfigFile,
    *,
    by: By,
    allow_word: Annotated[list[str] | None, typer.Option("--allow-word", help="A forbidden word, let through.")] = None,
) -> None:
    """Say what plays where and when. Free texts in it take two signatures; the rest only names what is signed."""
    repository, keys = opened(config)
    timetable, texts = read_programme(file, ZoneInfo(repository.office().timezone))
    with repository.lock.held():
        catalogue = draft.working(repository)
        assets = {**catalogue.assets, **texts}
        flags: dict[str, None] = {}
        for number, item in enumerate(timetable.items, 1):
            _check_item(f"{file}: item {number}", item, assets.get(item.asset))
            if item.asset in texts:
                said = (texts[item.asset].text, texts[item.asset].title, texts[item.asset].risk)
                flags |= dict.fromkeys(let_through(f"{file}: item {number}", item.id, said, allow_word or [], by))
        wanted = msgspec.structs.replace(catalogue, assets=assets, timetable=timetable)
        version = draft.author(repository, keys, by, wanted, f"{by} gave a programme", now(), flags=tuple(flags))
    if version is None:
        print(f"{len(timetable.items)} items, signed by {by}; they wait for somebody else's approval")
    else:
        print(
            f"content {version}: {len(timetable.items)} items of media that are signed; `signage content push` makes it live"
        )


@app.command()
def discard(config: ConfigFile) -> None:
    """Forget what waits for its second signature."""
    print("discarded" if draft.discard(opened(config)[0]) else "nothing was waiting")


@app.command()
def rollback(
    config: ConfigFile,
    *,
    to: Annotated[
        int | None, typer.Option("--to", help="A content version; else the last with another programme.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who signs, where media changed since.")] = None,
) -> None:
    """The former programme, signed anew with a higher version."""
    repository, keys = opened(config)
    versions = repository.versions()
    wanted = to if to is not None else founding.former(repository)
    if wanted is None or wanted not in versions[:-1]:
        raise Refusal(Exit.WRONG_USE, f"--to {wanted or ''}: no former content version; there are {versions[:-1]}")
    version = founding.restore(repository, keys, wanted, by, now())
    if version is None:
        print(f"back to content {wanted}: signed by {by}; it waits for somebody else's approval")
    else:
        print(f"content {version}: says what {wanted} said; `signage content push` makes it live")


def _uses(use: list[str] | None) -> tuple[ItemClass, ...]:
    if not use:
        return ("house", "advertisement", "campaign")
    try:
        return msgspec.convert(tuple(use), tuple[ItemClass, ...])
    except msgspec.ValidationError as error:
        raise Refusal(
            Exit.WRONG_USE, f"--use: {error}; wanted house, advertisement, campaign, notice, emergency"
        ) from None


def _check_item(place: str, item: ProgrammeItem, asset: Asset | None) -> None:
    if asset is None:
        raise Refusal(Exit.BAD_DATA, f"{place}: {item.asset!r} is not added; `signage content add` it first")
    if item.cls not in asset.uses:
        raise Refusal(Exit.BAD_DATA, f"{place}: {item.asset} may play as {' '.join(asset.uses)} only")


def _language(locale: str) -> str:
    """One that screens speak, as their `locale` names it: another would stand on none of them."""
    known = load_catalogues()
    if locale and locale.partition("-")[0] not in known:
        raise Refusal(Exit.WRONG_USE, f"--locale: {locale!r} is no language of our screens; wanted {', '.join(known)}")
    return locale


app.command()(content_approve.diff)
app.command()(content_approve.sheet)
app.command()(content_approve.approve)
app.command()(content_push.push)
app.command()(content_status.status)
app.command()(content_keys.rotate)
app.command()(content_keys.revoke)
app.command("renew-root")(content_keys.renew_root)
app.command("renew-media")(content_keys.renew_media)
app.command("declare")(content_keys.declare)
app.add_typer(content_keys.operations, name="operations-key")
app.add_typer(content_template.templates, name="template")
app.add_typer(content_checklist.checklists, name="checklist")
