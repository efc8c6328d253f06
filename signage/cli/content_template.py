"""`signage content template …`: notices whose words two people agree on beforehand, for one operations key to post.

Here the author signs, and nothing holds before `signage content approve`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer
from msgspec.structs import replace

from signage.cli.options import ConfigFile
from signage.config.load import load_head_office
from signage.content.draft import author, working
from signage.content.keys import Keys
from signage.content.repository import Repository
from signage.content.signed import Declarations
from signage.core.exits import Exit, Refusal
from signage.core.programme import NoticeTemplate
from signage.link.clock import now

_BLANK: Final = re.compile(r"\{([^{}]*)\}")
templates = typer.Typer(help="Notices whose words are signed beforehand.", no_args_is_help=True)
By = Annotated[str, typer.Option("--by", help="The author; somebody else approves.", metavar="PUBLISHER")]


@templates.command("add")
def add_template(
    config: ConfigFile, file: Annotated[Path, typer.Argument(help="TOML: id, text, blanks, emergency.")], *, by: By
) -> None:
    """Sign a notice's words, and what may fill their blanks."""
    template = read_template(file)
    note = f"template {template.id}" + (" FOR EMERGENCIES" if template.emergency else "") + f": {template.text}"

    def change(declared: Declarations) -> Declarations:
        others = tuple(one for one in declared.templates if one.id != template.id)
        return replace(declared, templates=(*others, template))

    declare(config, by, change, note)


@templates.command("remove")
def remove_template(
    config: ConfigFile, name: Annotated[str, typer.Argument(help="Its id.", metavar="ID")], *, by: By
) -> None:
    """Take a template back."""
    known = working(_office(config)[0]).declarations.templates
    if all(one.id != name for one in known):
        there = ", ".join(one.id for one in known) or "none"
        raise Refusal(Exit.BAD_DATA, f"there is no template {name!r}; wanted one of {there}")

    def change(declared: Declarations) -> Declarations:
        return replace(declared, templates=tuple(one for one in declared.templates if one.id != name))

    declare(config, by, change, f"template {name} is taken back")


def read_template(file: Path) -> NoticeTemplate:
    """Raises Refusal (65) naming what is wrong."""
    try:
        raw = msgspec.toml.decode(file.read_bytes(), type=dict[str, Any])
        template = msgspec.convert(raw, NoticeTemplate)
    except OSError as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: cannot be read: {error.strerror}; name a TOML file") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: {error}; mend that") from None
    if surplus := sorted(set(raw) - set(NoticeTemplate.__struct_fields__)):
        raise Refusal(Exit.BAD_DATA, f"{file}: {surplus[0]}: no such key; wanted id, text, blanks or emergency")
    if not template.text:
        raise Refusal(Exit.BAD_DATA, f"{file}: text: found nothing, wanted words by locale")
    for locale, words in template.text.items():
        unknown = set(_BLANK.findall(words)) ^ set(template.blanks)
        if unknown:
            line = (
                f"{file}: text.{locale}: {', '.join(sorted(unknown))}: each blank stands in every text and in [blanks]"
            )
            raise Refusal(Exit.BAD_DATA, line)
    for name, choices in template.blanks.items():
        lacking = [choice for choice, words in choices.items() if set(template.text) - set(words)]
        if lacking or not choices:
            what = ", ".join(lacking) or "choices"
            raise Refusal(Exit.BAD_DATA, f"{file}: blanks.{name}: {what}: wanted words for every locale of the text")
    return template


def declare(config: Path, by: str, change: Callable[[Declarations], Declarations], note: str) -> None:
    """Sign changed declarations as their author, and say what is wanted next. Raises Refusal."""
    repository, keys = _office(config)
    with repository.lock.held():
        before = working(repository)
        wanted = msgspec.structs.replace(before, declarations=change(before.declarations))
        version = author(repository, keys, by, wanted, note, now(), flags=(note,))
    print(note if version is None else f"{note}: content {version}")
    if version is None:
        print("it waits for its second signature: `signage content approve --by` somebody else, then push")


def _office(config: Path) -> tuple[Repository, Keys]:
    table = load_head_office(config).content
    return Repository(Path(table.repository)), Keys(Path(table.keys))
