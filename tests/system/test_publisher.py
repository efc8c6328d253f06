"""`signage publisher` on a real Mosquitto, with branches whose links are real: every trouble ends in the newest content."""

import base64
import hashlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from signage.cli.demo.cast import program
from signage.content.bundle import unpack
from signage.content.trust import Held, Verified, verify
from signage.link.client import Address
from signage.link.clock import moment, now
from signage.link.node import BlobChunk
from signage.office.roster import Shard
from signage.wire.messages import BlobRequest, Command, Content, Reply
from tests.system.brokers import Broker, mosquitto
from tests.system.link_box import NodeSide, run_for, until
from tests.system.office_box import OfficeBox

pytestmark = pytest.mark.system
BRANCHES = (("hz-1", "city"), ("hz-2", "city"), ("nb-1", "coast"))
_CHUNK = 64 * 1024


class Branch(NodeSide):
    """The link of a controller, and what it makes of content: verified from the pinned root on, or told why not."""

    def __init__(self, folder: Path, name: str, groups: tuple[str, ...], pinned: bytes) -> None:
        super().__init__(folder, name, role="controller", groups=groups, life_from_receipt=False, link="office")
        self._pinned = pinned
        self.held = Held()
        self.version = 0
        self.refusals: list[str] = []
        self.commands: list[Command] = []
        self.commands_seen = 0

    def step(self, wait_s: float = 0.02) -> None:
        super().step(wait_s)
        arrived, self.arrivals = self.arrivals, []
        for one in arrived:
            if isinstance(one, Content):
                self._content(one)
            elif isinstance(one, Command):
                self.commands.append(one)
                self.node.reply(Reply(id=one.id, ok=True, result={"branch": self.node._settings.name}, v=1))

    def _content(self, content: Content) -> None:
        assert content.inline is not None
        files = unpack(base64.b64decode(content.inline))
        assert isinstance(files, dict)
        verdict = verify(self._pinned, self.held, files, now())
        if isinstance(verdict, Verified):
            self.held, self.version = verdict.held, verdict.content.version
            self.node.have(content=self.version)
        else:
            self.refusals.append(verdict.text)

    def fetch(self, sha256: str, size: int) -> bytes:
        """A blob in windows of four chunks."""
        body = bytearray()
        chunks: dict[int, bytes] = {}
        handle, node = self.node.handle, self.node

        def tap(event: Any, at: Any) -> Any:
            arrivals = handle(event, at)
            chunks.update({one.offset: one.payload or b"" for one in arrivals if isinstance(one, BlobChunk)})
            return arrivals

        node.handle = tap  # type: ignore[assignment,method-assign]  # the test listens in
        try:
            for offset in range(0, size, 4 * _CHUNK):
                request = BlobRequest(sha256=sha256, size=size, offset=offset, count=4, chunk=_CHUNK, v=1)
                assert node.ask_for_blob(request)
                wanted = -(-min(size - offset, 4 * _CHUNK) // _CHUNK)
                until(lambda wanted=wanted: len(chunks) == wanted, self)  # type: ignore[misc]  # its default is bound on purpose
                body += b"".join(chunks.pop(there) for there in sorted(chunks))
        finally:
            node.handle = handle  # type: ignore[method-assign]  # replaced for this test
        return bytes(body)


class Town:
    """A broker, head office's repository, its publisher as a process, and three branches."""

    def __init__(self, folder: Path, broker: Broker, stack: ExitStack) -> None:
        self.folder = folder
        self.broker = broker
        self.office = OfficeBox(folder, broker.port, BRANCHES)
        self.office.operations_key("night")
        self.log = folder / "publisher.log"
        self.branches: dict[str, Branch] = {}
        self._stack = stack
        self.process: subprocess.Popen[bytes] | None = None

    def start_publisher(self, *options: str) -> None:
        command = [program("signage"), "publisher", "--config", str(self.folder / "office.toml"), *options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._stack.callback(self.end_publisher)

    def end_publisher(self, number: int = signal.SIGTERM) -> int:
        if self.process is None:
            return 0
        if self.process.poll() is None:
            os.kill(self.process.pid, number)
        code = self.process.wait(5)
        self.process = None
        return code

    def start_branch(self, name: str) -> Branch:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        groups = dict(BRANCHES)[name]
        branch = Branch(folder, name, (groups,), (self.folder / "root.json").read_bytes())
        if name in self.branches:
            branch.held, branch.version = self.branches[name].held, self.branches[name].version
            branch.node.have(content=branch.version)
        branch.start(Address("127.0.0.1", self.broker.port))
        self.branches[name] = branch
        self._stack.callback(branch.stop)
        return branch

    def signage(self, *words: str) -> subprocess.Popen[str]:
        first, rest = (words[:2], words[2:]) if words[0] == "content" else (words[:1], words[1:])
        command = [program("signage"), *first, "--config", str(self.folder / "office.toml"), *rest]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def asked(self, *words: str) -> tuple[int, str, str]:
        """Run a command while the branches' links go on."""
        running = self.signage(*words)
        until(lambda: running.poll() is not None, *self.branches.values(), timeout_s=40)
        out, err = running.communicate()
        return running.returncode, out, err


@contextmanager
def _town(folder: Path) -> Iterator[Town]:
    with ExitStack() as stack:
        broker = stack.enter_context(mosquitto(folder))
        yield Town(folder, broker, stack)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with _town(tmp_path) as made:
        yield made


def test_new_content_an_emptied_broker_and_a_killed_publisher_all_end_in_the_newest(town: Town) -> None:
    town.office.publish(b"first")
    town.start_publisher()
    one = town.start_branch("hz-1")
    until(lambda: one.version == 1, one)
    town.office.publish(b"second")  # noticed without a restart
    took = until(lambda: one.version == 2, one)
    print(f"live to verified at the branch: {took:.2f} s")
    town.broker.stop()
    town.broker.start()  # it has kept nothing
    two = town.start_branch("hz-2")
    until(lambda: two.version == 2, one, two)
    town.end_publisher(signal.SIGKILL)
    town.broker.stop()
    town.broker.start()
    town.office.publish(b"third")
    run_for(1.0, one, two)
    assert (one.version, two.version) == (2, 2)
    town.start_publisher()
    until(lambda: one.version == two.version == 3, one, two)
    assert one.refusals == two.refusals == []
    assert town.end_publisher() == 0


def test_a_branch_that_was_off_gets_only_what_it_lacks(town: Town) -> None:
    town.office.publish(b"first")
    town.start_publisher()
    one = town.start_branch("hz-1")
    until(lambda: one.version == 1, one)
    one.stop()
    for blob in (b"second", b"third"):
        town.office.publish(blob)
    again = town.start_branch("hz-1")
    until(lambda: again.version == 3, again)
    assert again.refusals == []


def test_media_come_by_windows(town: Town) -> None:
    blob = os.urandom(1_000_003)
    town.office.publish(blob)
    town.start_publisher()
    one = town.start_branch("hz-1")
    until(lambda: one.version == 1, one)
    began = moment().mono
    assert one.fetch(hashlib.sha256(blob).hexdigest(), len(blob)) == blob
    print(f"1 MB of media in windows of 256 KiB: {moment().mono - began:.3f} s")


def test_a_part_gets_it_first_and_all_follow(town: Town) -> None:
    town.office.publish(b"first")
    town.start_publisher()
    branches = [town.start_branch(name) for name, _ in BRANCHES]
    until(lambda: all(branch.version == 1 for branch in branches), *branches)
    town.office.publish(b"second", live=False)
    town.office.repository.make_live(2, ("hz-1",))
    until(lambda: branches[0].version == 2, *branches)
    run_for(2.0, *branches)
    assert [branch.version for branch in branches] == [2, 1, 1]
    # Its own line survives the publisher and its own absence.
    town.end_publisher(signal.SIGKILL)
    branches[0].stop()
    branches[0] = town.start_branch("hz-1")
    branches[0].held, branches[0].version = Held(), 0
    branches[0].node.have()
    town.start_publisher()
    until(lambda: branches[0].version == 2, *branches)
    assert [branch.version for branch in branches] == [2, 1, 1]
    assert town.branches["hz-2"].refusals == []


def test_signed_commands_reach_a_branch_and_its_reply_comes_back(town: Town) -> None:
    town.office.publish(b"first")
    town.start_publisher()
    one = town.start_branch("hz-1")
    until(lambda: one.version == 1, one)
    code, out, err = town.asked(
        "command", "--branch", "hz-1", "--arg", "scope=branch", "--arg", "reason=disaster", "suspend"
    )
    assert code == 0, err
    assert json.loads(out)["result"] == {"branch": "hz-1"}
    assert "done by hz-1" in err
    assert [command.name for command in one.commands] == ["suspend"]
    assert one.commands[0].issuer == "night"


def test_who_was_away_gets_commands_when_it_is_back_and_once(town: Town) -> None:
    town.office.publish(b"first")
    town.start_publisher()
    here = town.start_branch("nb-1")
    until(lambda: here.version == 1, here)
    for aim in (("--branch", "hz-1"), ("--group", "city"), ("--all",)):
        code, _, err = town.asked("command", *aim, "--arg", "scope=branch", "--wait", "1", "resume")
        assert code == 69, err
        assert "no answer from hz-1" in err
    assert len(here.commands) == 1
    late = town.start_branch("hz-1")
    until(lambda: len(late.commands) == 3, late, here, timeout_s=15)
    run_for(6.0, late, here)
    assert len(late.commands) == 3, "each is carried out once"
    assert len(here.commands) == 1
    town.end_publisher(signal.SIGKILL)
    town.start_publisher()
    run_for(4.0, late, here)
    assert len(late.commands) == 3


def test_two_publishers_share_the_branches(town: Town) -> None:
    town.office.publish(b"first")
    town.start_publisher("--shard", "0/2")
    leading, town.process = town.process, None
    town.start_publisher("--shard", "1/2")
    branches = [town.start_branch(name) for name, _ in BRANCHES]
    assert len({Shard(0, 2).holds(name) for name, _ in BRANCHES}) == 2
    until(lambda: all(branch.version == 1 for branch in branches), *branches)
    for _ in range(3):
        code, _, err = town.asked("command", "--all", "--arg", "scope=branch", "resume")
        assert code == 0, err
    assert [len(branch.commands) for branch in branches] == [3, 3, 3]
    town.office.publish(b"second")
    until(lambda: all(branch.version == 2 for branch in branches), *branches)
    assert leading is not None
    leading.terminate()
    assert leading.wait(5) == 0


def test_an_emergency_goes_to_all_and_says_who_has_it(town: Town) -> None:
    town.office.publish(b"first")
    town.start_publisher()
    branches = [town.start_branch(name) for name, _ in BRANCHES]
    until(lambda: all(branch.version == 1 for branch in branches), *branches)
    code, _, err = town.asked("emergency", "--all", "--template", "leave", "--until", "30m", "--by", "li")
    assert code == 0, err
    assert "done by hz-1, hz-2, nb-1" in err
    (command,) = branches[2].commands
    assert command.args["template"] == "leave"
    code, _, err = town.asked("emergency", "--all", "--template", "storm", "--until", "30m")
    assert code == 65
    assert "not signed for emergencies" in err


def test_it_starts_without_a_broker_a_repository_or_a_database_and_ends_at_once(tmp_path: Path) -> None:
    config = tmp_path / "office.toml"
    config.write_text(
        f'[broker]\nport = 9\n[database]\nurl = "postgresql+psycopg://office@127.0.0.1:9/x"\n'
        f'[content]\nrepository = "{tmp_path}/none"\nkeys = "{tmp_path}/none"\n'
    )
    log = tmp_path / "log"
    with log.open("wb") as out:
        running = subprocess.Popen([program("signage"), "publisher", "--config", str(config)], stdout=out, stderr=out)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(4)
    running.terminate()
    assert running.wait(5) == 0, log.read_text()
    text = log.read_text()
    assert text.count("the broker is away") == 1
    assert text.count("command queue's database is away") == 1
    assert "Traceback" not in text
