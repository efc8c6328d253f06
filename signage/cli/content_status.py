"""`signage content status`: the command alone; what it reads with and draws takes longer to load than the other commands run."""

from enum import StrEnum
from typing import Annotated

import typer

from signage.cli.options import ConfigFile


class Form(StrEnum):
    TABLE = "table"
    JSON = "json"


def status(
    config: ConfigFile,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and show every change.")] = False,
    form: Annotated[Form, typer.Option("--format", help="For people or for scripts.")] = Form.TABLE,
) -> None:
    """How far content has come, per branch and per screen."""
    from signage.cli.content_progress import show  # noqa: PLC0415  # the database's and the tables' libraries

    show(config, watch=watch, as_json=form is Form.JSON)
