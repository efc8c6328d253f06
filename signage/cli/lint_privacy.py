"""Whether what customers leave behind is sealed, as a linter says it."""

from collections.abc import Iterator

from signage.config.branch_file import BranchConfig
from signage.core.lint import Finding


def lint_privacy(config: BranchConfig) -> Iterator[Finding]:
    """Only touch screens take words and numbers, and only a desk key lets the lobby manager read them."""
    if not any(screen.kind == "touch" for screen in config.screen):
        return
    if config.privacy.head_office is None:
        yield Finding(
            "warning",
            "[privacy] head_office",
            "what customers write and their numbers are stored as they are",
            "name head office's public key, made there by `signage privacy key`",
        )
    elif config.privacy.desk is None:
        yield Finding(
            "note",
            "[privacy] desk",
            "nobody in the branch can read what customers wrote",
            "make the controller's keys with `signage privacy key` and name them as desk and desk_key",
        )
