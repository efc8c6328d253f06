import os
import socket
import threading
from pathlib import Path

from signage.branch.probes import Probed, blocking, check, watch
from signage.branch.settings import FileProbe, PadProbe, TcpProbe
from signage.core.instants import Instant
from tests.unit.branch.ground import NINE, after


def test_a_port_that_answers_and_one_that_does_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        probe = TcpProbe("net", "127.0.0.1", server.getsockname()[1], timeout_s=1)
        assert not check(probe, NINE).failed
    seen = check(probe, NINE)
    assert seen.failed
    assert "refused" in seen.text


def test_a_file_that_is_absent_old_or_fresh(tmp_path: Path) -> None:
    path = tmp_path / "mains"
    assert check(FileProbe("mains", path), NINE).failed
    path.touch()
    os.utime(path, (NINE.timestamp(), NINE.timestamp()))
    assert not check(FileProbe("mains", path), after(10_000)).failed
    assert not check(FileProbe("mains", path, max_age_s=5), after(5)).failed
    old = check(FileProbe("mains", path, max_age_s=5), after(5.001))
    assert (old.failed, "older than 5 s" in old.text) == (True, True)


def test_only_probes_that_block_have_a_thread() -> None:
    mains = FileProbe("mains", Path("x"))
    assert blocking((PadProbe("pad", "1"), mains)) == (mains,)


def test_a_probe_tells_only_what_is_new(tmp_path: Path) -> None:
    path, stop, said = tmp_path / "mains", threading.Event(), list[Probed]()
    looks = iter(range(100))

    def clock() -> Instant:
        look = next(looks)
        if look == 2:
            path.touch()
        if look == 4:
            stop.set()
        return NINE

    watch(FileProbe("mains", path, every_s=0.001), said.append, stop, clock)
    assert [probed.failed for probed in said] == [True, False]
