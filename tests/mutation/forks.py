"""Collect the tests once, then meet each mutant in a fork: a plugin of pytest, `-p tests.mutation.forks`.

MUTANTS names a JSON file, a list of mutants' names; their fates are written there. The tests first run without a mutant: that
tells which functions each reaches and how long it takes. A fork runs those that reach its mutant, the quickest first, up to
the first that fails. It may use a processor for some times as long as they took, so a busy machine makes no timeout.
"""

import json
import os
import resource
from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from time import process_time
from typing import Final, NoReturn

import pytest
from hypothesis import Phase, settings
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name

_TIMES: Final = 5  # as long as the tests take without a mutant
_SECONDS: Final = 1  # besides
_MEMORY: Final = 4 << 30  # a mutant that heaps up without end
_FATES: Final = {0: "survived", 1: "killed"}  # by the exit status; a signal ends the others


class Forks:
    """`failed`: the test that a report has said so of."""

    def __init__(self, names: Path) -> None:
        self._names = names
        self._failed = ""
        self._reached: dict[str, list[pytest.Item]] = defaultdict(list)
        self._took: dict[pytest.Item, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed = report.nodeid

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        for item in session.items:
            self._explore(item)
        names = json.loads(self._names.read_text("utf-8"))
        self._names.write_text(json.dumps({name: self._fate(name) for name in names}), encoding="utf-8")
        return True

    def _explore(self, item: pytest.Item) -> None:
        state()._stats.clear()  # mutmut's own record of what was reached
        set_mutant_under_test("stats")
        began = process_time()
        self._run(item)
        if self._failed:
            pytest.exit(f"{self._failed} fails without a mutant", returncode=2)
        self._took[item] = process_time() - began
        set_mutant_under_test("")
        for function in state()._stats:
            self._reached[function].append(item)

    def _run(self, item: pytest.Item) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)

    def _fate(self, name: str) -> str:
        items = sorted(self._reached[mangled_name_from_mutant_name(name)], key=self._took.__getitem__)
        if not items:
            return "no tests"
        child = os.fork()
        if not child:
            self._meet(name, items)
        return _FATES.get(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "timeout")

    def _meet(self, name: str, items: Sequence[pytest.Item]) -> NoReturn:
        limit = ceil(_TIMES * sum(self._took[item] for item in items) + _SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        set_mutant_under_test(name)
        try:
            for item in items:
                self._run(item)
                if self._failed:
                    break
        except BaseException:  # noqa: BLE001 # a mutant may raise anything, also what ends pytest
            os._exit(1)
        os._exit(1 if self._failed else 0)


def pytest_configure(config: pytest.Config) -> None:
    """Random tests draw little, and what failed is not asked to be small."""
    settings.register_profile("mutants", deadline=None, max_examples=5, database=None, phases=(Phase.generate,))
    settings.load_profile("mutants")
    config.pluginmanager.register(Forks(Path(os.environ["MUTANTS"])))
