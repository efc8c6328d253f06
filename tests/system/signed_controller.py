"""`signage controller`, told what is verified by head office's repository itself: for tests of what commands then do.

python -m tests.system.signed_controller CONFIG REPOSITORY
"""

import sys
from pathlib import Path

from signage.branch import program
from signage.branch.controller import Controller
from signage.cli.main import run
from signage.content.repository import Repository
from signage.content.trust import Held, Verified, verify
from signage.core.programme import SignedContent
from signage.link.clock import now


class Informed(Controller):
    """Verifies what is live at this branch, from the first root on."""

    def _signed_content(self) -> SignedContent | None:
        repository = Repository(Path(sys.argv[2]))
        live = repository.line_of(self._settings.branch.id)
        if live is None:
            return None
        verdict = verify(repository.root(1), Held(), repository.files_since(None, live), now())
        return verdict.content if isinstance(verdict, Verified) else None


if __name__ == "__main__":
    program.Controller = Informed  # type: ignore[attr-defined]  # the program makes this one instead
    sys.exit(run(["controller", "--config", sys.argv[1]]))
