"""A pad, a bad line, a host on a real disk: both started again at any moment; each press is one event.

The model knows nothing of queues, numbers or acknowledgements: a press that the pad accepted must be there once.
"""

import itertools
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from firmware_bridge.admission import Admitted
from firmware_bridge.padlink.session import PadlinkSession
from firmware_bridge.prompts import Wanted
from firmware_bridge.recorder import Happened, Recorder
from firmware_bridge.sessions import Knock, Lapse, OpenPrompt, Press, Turn, View
from firmware_bridge.simulator.memory import InMemory
from firmware_bridge.simulator.noise import Noise
from firmware_bridge.simulator.pad import Model, Pad
from firmware_bridge.standings import Standings
from firmware_bridge.store import BRIDGE, Store
from signage.core.instants import Instant
from signage.link.database import open_database
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from tests.unit.firmware_bridge.pads import START

SERIAL = bytes.fromhex("a1b2c3d4e5f60718")


class Host:
    """One run of the bridge's inside: session, recorder, store."""

    def __init__(self, path: Path) -> None:
        self.database = open_database(path, LINK, BRIDGE)
        self.store = Store(self.database)
        self.recorder = Recorder("b", self.database, Outbox(self.database, "b"), self.store, Standings())
        self.admission = self.store.admission()
        self.book = self.store.prompts()
        self.session = PadlinkSession("1")

    def commit(self, *happened: Happened, now: Instant) -> None:
        self.book = self.recorder.record(self.book, happened, (), now)

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(raw) for (raw,) in self.database.execute("SELECT raw FROM outbox ORDER BY seq")]


class ExactlyOnce(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "bridge.db"
        self.now_ms = 0
        self.memory = InMemory()
        self.noise = Noise(seed)
        self.pad = Pad(Model(SERIAL), self.memory, 0)
        self.host = Host(self.path)
        self.to_pad = b""
        self.to_host = b""
        self.made: dict[tuple[int, int], tuple[int, int]] = {}  # (boot, n) → (key, prompt)
        self.names = itertools.count(1)
        self.say(self.host.session.opened(self.now))

    def teardown(self) -> None:
        if hasattr(self, "host"):
            self.heal()
            self.host.database.close()
            self.folder.cleanup()

    @property
    def now(self) -> Instant:
        return Instant.from_ms(START.ms + self.now_ms)

    def say(self, turn: Turn) -> None:
        self.to_pad += self.noise.over(turn.send)
        for one in turn.outcomes:
            match one:
                case Knock():
                    verdict = self.host.recorder.admit(self.host.admission, one, "port")
                    assert isinstance(verdict, Admitted)
                    self.say(self.host.session.admit(one, self.now))
                case Press():
                    self.host.commit(one, now=self.now)
                    self.say(self.host.session.stored(one, self.now))
                case Lapse():
                    self.host.commit(one, now=self.now)
                case _:
                    pass

    def pump(self) -> None:
        """Whatever stands on the line arrives."""
        self.pad.tick(self.now_ms)
        self.to_host += self.noise.over(self.pad.take_out())
        data, self.to_host = self.to_host, b""
        self.say(self.host.session.received(data, self.now))
        self.say(self.host.session.tick(self.now))
        data, self.to_pad = self.to_pad, b""
        self.pad.received(data, self.now_ms)
        for one in self.pad.notables:
            if one.what == "pressed":
                facts = one.facts
                self.made[int(facts["boot"]), int(facts["n"])] = (int(facts["key"]), int(facts["prompt"]))
        self.pad.notables.clear()

    @rule(key=st.integers(1, 5))
    def press(self, key: int) -> None:
        self.pad.press(key, self.now_ms)
        self.pump()

    @rule(ms=st.sampled_from([1, 50, 200, 1000, 5000, 13_000]))
    def wait(self, ms: int) -> None:
        self.now_ms += ms
        self.pump()

    @rule(rate=st.sampled_from([0.0, 0.01, 0.1, 1.0]))
    def noise_becomes(self, rate: float) -> None:
        self.noise.rate = rate

    @rule()
    def what_is_on_the_line_is_lost(self) -> None:
        self.to_pad = self.to_host = b""
        self.pad.take_out()

    @rule()
    def the_line_says_it_twice(self) -> None:
        self.to_host += self.to_host[:4096]  # said twice again and again it would fill the machine
        self.to_pad += self.to_pad[:4096]

    @rule()
    def pad_loses_power(self) -> None:
        self.pump()
        self.pad = Pad(Model(SERIAL), self.memory, self.now_ms)

    @rule()
    def host_is_killed(self) -> None:
        """Whatever was committed is there, nothing else."""
        self.host.database.close()
        self.host = Host(self.path)
        self.to_pad = self.to_host = b""
        self.say(self.host.session.opened(self.now))

    @rule(seconds=st.integers(1, 15))
    def a_prompt_opens(self, seconds: int) -> None:
        until = Instant.from_ms(self.now.ms + seconds * 1000)
        self.host.commit(Wanted("1", f"prompt-{next(self.names)}", until), now=self.now)
        asked = self.host.book.open_at("1", self.now)
        assert asked is not None
        self.say(self.host.session.show("1", View(prompt=OpenPrompt(asked.number, asked.until)), self.now))

    def heal(self) -> None:
        """With a good line and time enough everything arrives."""
        self.noise.rate = 0.0
        for _ in range(40):
            self.now_ms += 500
            self.pump()
        told = {(row["press"]["boot"], row["press"]["n"]): row["stars"] for row in self.rows()}
        assert told == {identity: key for identity, (key, _) in self.made.items()}
        assert self.pad.pending == 0

    def rows(self) -> list[dict[str, Any]]:
        return [event["data"] for event in self.host.events() if event["kind"] == "rating"]

    @invariant()
    def nothing_is_there_twice_or_never_pressed(self) -> None:
        if not hasattr(self, "host"):
            return
        rows = self.rows()
        identities = [(row["press"]["boot"], row["press"]["n"]) for row in rows]
        assert len(set(identities)) == len(identities)
        assert set(identities) <= set(self.made)
        acknowledged = set(self.made) - {(kept.boot, kept.n) for kept in self.memory.read().presses}
        assert acknowledged <= set(identities)

    @invariant()
    def a_prompt_has_one_answer(self) -> None:
        if not hasattr(self, "host"):
            return
        counted = [row["prompt"] for row in self.rows() if "prompt" in row and "repeat" not in row["flags"]]
        assert len(set(counted)) == len(counted)
        for row in self.rows():
            _, number = self.made[row["press"]["boot"], row["press"]["n"]]
            assert ("unprompted" in row["flags"]) == ("prompt" not in row)
            if number == 0:
                assert row["flags"] == ["unprompted"]


TestExactlyOnce = ExactlyOnce.TestCase
TestExactlyOnce.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
