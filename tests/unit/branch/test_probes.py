import http.server
import os
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from signage.branch.probes import Probed, blocking, looker, watch
from signage.branch.settings import FileProbe, HttpProbe, NutProbe, PadProbe, TcpProbe
from signage.branch.ups import UpsLine, read_answer
from signage.branch.verdicts import Verdict
from signage.core.instants import Instant
from tests.unit.branch.ground import NINE, after


def test_a_port_that_answers_and_one_that_does_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        probe = TcpProbe("net", "127.0.0.1", server.getsockname()[1], timeout_s=1)
        assert looker(probe)(NINE).verdict is Verdict.HOLDS
    seen = looker(probe)(NINE)
    assert seen.verdict is Verdict.FAILED
    assert "refused" in seen.text


def test_a_file_that_is_absent_old_or_fresh(tmp_path: Path) -> None:
    path = tmp_path / "mains"
    assert looker(FileProbe("mains", path))(NINE).verdict is Verdict.FAILED
    path.touch()
    os.utime(path, (NINE.timestamp(), NINE.timestamp()))
    assert looker(FileProbe("mains", path))(after(10_000)).verdict is Verdict.HOLDS
    five = looker(FileProbe("mains", path, max_age_s=5))
    assert five(after(5)).verdict is Verdict.HOLDS
    old = five(after(5.001))
    assert (old.verdict, "older than 5 s" in old.text) == (Verdict.FAILED, True)


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/up" else 503)
        self.end_headers()
        self.wfile.write("核心系统 ready".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_that_is_there_says_what_it_should_or_is_not_there(site: str) -> None:
    assert looker(HttpProbe("core", f"{site}/up"))(NINE).verdict is Verdict.HOLDS
    assert looker(HttpProbe("core", f"{site}/up", contains="ready"))(NINE).verdict is Verdict.HOLDS
    assert "without 'closed'" in looker(HttpProbe("core", f"{site}/up", contains="closed"))(NINE).text
    assert "answers 503" in looker(HttpProbe("core", f"{site}/down"))(NINE).text
    gone = looker(HttpProbe("core", "http://127.0.0.1:9/up", timeout_s=1))(NINE)
    assert (gone.verdict, "refused" in gone.text) == (Verdict.FAILED, True)


@pytest.mark.parametrize(
    ("answer", "verdict", "condition"),
    [
        ('VAR branch ups.status "OL"', Verdict.HOLDS, ""),
        ('VAR branch ups.status "OL CHRG LB"', Verdict.HOLDS, ""),
        ('VAR branch ups.status "OL RB"', Verdict.HOLDS, "replace-battery"),
        ('VAR branch ups.status "OL BYPASS"', Verdict.HOLDS, "bypass"),
        ('VAR branch ups.status "OB DISCHRG"', Verdict.FAILED, "on-battery"),
        ('VAR branch ups.status "OB LB"', Verdict.FAILED, "low-battery"),
        ('VAR branch ups.status "OL OB LB"', Verdict.FAILED, "low-battery"),  # a driver in two minds: the worse counts
        ('VAR branch ups.status "LB"', Verdict.FAILED, "low-battery"),
        ('VAR branch ups.status "FSD OL"', Verdict.FAILED, "shutdown"),
        ('VAR branch ups.status "OFF"', Verdict.FAILED, "off"),
        ('VAR branch ups.status "WAIT"', Verdict.UNKNOWN, "no-status"),
        ('VAR branch ups.status ""', Verdict.UNKNOWN, "no-status"),
        ("ERR DATA-STALE", Verdict.UNKNOWN, "stale"),
        ("ERR DRIVER-NOT-CONNECTED", Verdict.UNKNOWN, "driver-gone"),
        ("ERR UNKNOWN-UPS", Verdict.UNKNOWN, "unknown-ups"),
        ("ERR ACCESS-DENIED", Verdict.UNKNOWN, "denied"),
        ("ERR SOMETHING-NEW", Verdict.UNKNOWN, "error"),
        ("ERR ", Verdict.UNKNOWN, "error"),
        ("SSH-2.0-OpenSSH", Verdict.UNKNOWN, "nonsense"),
        ("", Verdict.UNKNOWN, "nonsense"),
    ],
)
def test_every_state_of_a_ups_is_its_own(answer: str, verdict: Verdict, condition: str) -> None:
    seen = read_answer(answer)
    assert (seen.verdict, seen.condition) == (verdict, condition)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ('VAR branch ups.status "OB"', "mains is lost, the UPS runs on battery"),
        (f'VAR branch ups.status "{"X" * 50}"', f"the UPS says {'X' * 40!r}"),
        ("ERR DATA-STALE", "the UPS driver hangs or has lost its UPS"),
        ("ERR " + "X" * 90, "ERR " + "X" * 76),
        ("SSH-2.0-OpenSSH", "what answers there is no UPS daemon"),
    ],
)
def test_what_operators_read_of_a_ups(answer: str, text: str) -> None:
    assert read_answer(answer).text == text


def test_a_daemon_that_is_gone_and_back_is_asked_again() -> None:
    def serve(server: socket.socket, answer: bytes) -> None:
        connection, _ = server.accept()
        with connection:
            assert connection.recv(100) == b"GET VAR branch ups.status\n"
            connection.sendall(answer[:5])
            connection.sendall(answer[5:])

    with socket.create_server(("127.0.0.1", 0)) as server:
        line = UpsLine("127.0.0.1", server.getsockname()[1], "branch", timeout_s=2)
        for answer, condition in ((b'VAR branch ups.status "OB"\n', "on-battery"), (b"ERR DATA-STALE\r\n", "stale")):
            thread = threading.Thread(target=serve, args=(server, answer))
            thread.start()
            assert line.look().condition == condition  # the second look finds the first's connection dead
            thread.join()
    assert line.look().condition == "unreachable"
    assert line.look().condition == "unreachable"


def _hang_up(server: socket.socket) -> None:
    server.accept()[0].close()


def test_a_daemon_that_hangs_up_without_a_word_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        look = looker(NutProbe("mains", "127.0.0.1", server.getsockname()[1], "branch", timeout_s=2))
        thread = threading.Thread(target=partial(_hang_up, server))
        thread.start()
        assert look(NINE).condition == "unreachable"
        thread.join()


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
    assert [probed.seen.verdict for probed in said] == [Verdict.FAILED, Verdict.HOLDS]
