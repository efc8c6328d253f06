"""`signage completions`: the shell's completion script."""

from enum import StrEnum
from typing import Annotated

import typer
from typer.completion import get_completion_script  # type: ignore[attr-defined]  # used there, defined elsewhere


class Shell(StrEnum):
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completions(shell: Annotated[Shell, typer.Argument(help="The shell.")] = Shell.BASH) -> None:
    """Print a completion script: source <(signage completions bash)."""
    print(get_completion_script(prog_name="signage", complete_var="_SIGNAGE_COMPLETE", shell=shell.value))
