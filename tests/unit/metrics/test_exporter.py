"""Figures laid down by a loop and served by a thread: nobody who asks, and nothing that fails, holds the loop up."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection, create_server
from threading import Event

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from signage.core.instants import Instant
from signage.link.clock import Moment, monotonic
from signage.link.exporter import EVERY_S, Exporter, Listen, measured
from signage.link.figures import APPENDED, BACKLOG, FAULT, TROUBLE, Figure, fault_code, status_figures
from signage.wire.messages import DeliveryStatus
from tests.system.brokers import free_port
from tests.unit.office.fleets import BRANCH, BRIDGE, GLASS, fault, status
from tests.unit.office.outboxes import NOW


def at(mono: float) -> Moment:
    return Moment(NOW, mono)


def values(figures: Iterator[Figure] | tuple[Figure, ...]) -> dict[str, float]:
    return {" ".join((one.metric.name.removeprefix("signage_"), *one.labels)): one.value for one in figures}


@pytest.fixture
def exporter() -> Iterator[Exporter]:
    made = Exporter(Listen("127.0.0.1", free_port()), "test", "1", lambda _: [BACKLOG.of(7), FAULT.of(1, 'a\n"b')])
    yield made
    made.stop()


def ask(exporter: Exporter, path: str = "/metrics", method: str = "GET") -> tuple[int, str]:
    """As soon as it listens."""
    assert exporter._listen is not None
    request = urllib.request.Request(f"http://127.0.0.1:{exporter._listen.port}{path}", method=method)
    until, pause = monotonic() + 15, Event()
    while True:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, ""
        except OSError:
            assert monotonic() < until
            pause.wait(0.05)


def test_who_is_not_told_to_listen_does_nothing_and_imports_nothing() -> None:
    code = (
        "import sys\n"
        "from signage.link.clock import moment\n"
        "from signage.link.exporter import Exporter\n"
        "one = Exporter(None, 'x', '1', lambda _: 1 / 0)\n"
        "one.start(); assert one.tick(moment()) == float('inf'); one.stop()\n"
        "assert 'prometheus_client' not in sys.modules and 'http.server' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_figures_are_laid_down_in_their_time(exporter: Exporter) -> None:
    assert exporter.tick(at(10)) == 10 + EVERY_S
    assert exporter.tick(at(11)) == 10 + EVERY_S
    assert exporter.tick(at(12)) == 12 + EVERY_S
    assert values(exporter.figures)["figures_timestamp_seconds"] == NOW.ms / 1000
    assert measured(lambda _: 5.0, exporter)(at(13)) == 5.0
    assert measured(lambda _: 99.0, exporter)(at(13)) == 12 + EVERY_S


def test_figures_that_cannot_be_taken_cost_nothing_but_their_age() -> None:
    taken = iter([[BACKLOG.of(1)], None, [BACKLOG.of(3)]])
    one = Exporter(Listen("127.0.0.1", 1), "test", "1", lambda _: next(taken))  # type: ignore[arg-type]  # figures made for this test
    one.tick(at(0))
    one.tick(Moment(Instant.of(NOW + timedelta(seconds=2)), 2))
    kept = values(one.figures)
    assert (kept["outbox_backlog_events"], kept["figures_failed_total"]) == (1, 1)
    assert kept["figures_timestamp_seconds"] == NOW.ms / 1000
    one.tick(at(4))
    assert (values(one.figures)["outbox_backlog_events"], values(one.figures)["figures_failed_total"]) == (3, 1)
    assert sum(figure.metric is TROUBLE for figure in one.figures) == 1


def test_prometheus_gets_metrics_and_nothing_else(exporter: Exporter) -> None:
    exporter.start()
    exporter.tick(at(0))
    code, text = ask(exporter)
    assert code == 200
    assert "signage_outbox_backlog_events 7.0" in text
    assert 'signage_fault_active{code="a\\n\\"b"} 1.0' in text
    assert 'signage_build_info{program="test",version="1"} 1.0' in text
    assert "process_resident_memory_bytes" in text
    assert "python_info" not in text
    assert ask(exporter, "/metrics?name[]=x")[0] == 200
    assert ask(exporter, "/")[0] == 404
    assert ask(exporter, "/metrics", "POST")[0] == 501


def test_who_connects_and_says_nothing_is_one_of_a_few(exporter: Exporter) -> None:
    exporter.start()
    exporter.tick(at(0))
    ask(exporter)
    assert exporter._listen is not None
    silent = [create_connection(("127.0.0.1", exporter._listen.port)) for _ in range(4)]
    turned_away = create_connection(("127.0.0.1", exporter._listen.port), timeout=10)
    turned_away.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
    with suppress(ConnectionResetError):
        assert turned_away.recv(1) == b""
    for one in (*silent, turned_away):
        one.close()
    assert ask(exporter)[0] == 200


def test_an_address_that_is_taken_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signage.link.exposing._AGAIN_S", 0.1)
    with create_server(("127.0.0.1", 0)) as other:
        one = Exporter(Listen("127.0.0.1", other.getsockname()[1]), "test", "1", lambda _: [BACKLOG.of(1)])
        one.start()
    one.tick(at(0))
    try:
        assert ask(one)[0] == 200
    finally:
        one.stop()


def test_a_certificates_expiry_is_told(tmp_path: Path) -> None:
    until = datetime(2031, 1, 2, tzinfo=UTC)
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hz-1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, until - timedelta(days=900), until).sign(key, None)
    (tmp_path / "hz-1.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (tmp_path / "bad.pem").write_text("nothing of the kind")
    files = (tmp_path / "hz-1.pem", tmp_path / "bad.pem", tmp_path / "absent.pem")
    one = Exporter(Listen("127.0.0.1", free_port(), files), "test", "1", lambda _: [])
    one.start()
    try:
        _, text = ask(one)
    finally:
        one.stop()
    told = [line for line in text.splitlines() if line.startswith("signage_certificate")]
    assert [float(line.rpartition(" ")[2]) for line in told] == [until.timestamp()]


def test_a_status_as_figures() -> None:
    screen = status(
        "wall",
        role="screen",
        screen=GLASS,
        faults=(fault("clock"), fault("probe-mains"), fault("probe-core"), fault("flapping-mains")),
        delivery=DeliveryStatus(received=3, verified=2, staged=1, bytes_here=30, bytes_all=50, refused="x: y"),
    )
    assert values(status_figures(screen)) == {
        "disk_free_bytes": 9000 * 1024 * 1024,
        "fault_active clock": 1,
        "fault_active flapping": 1,
        "fault_active probe": 1,
        "screen_frame_age_seconds": 0.009,
        "screen_frame_rate_hertz": 30.0,
        "screen_stall_seconds": 0.0,
        "screen_scene ad": 1,
        "screen_revision_timestamp_seconds": 0.007,
        "screen_content_version": 2,
        "content_received_version": 3,
        "content_verified_version": 2,
        "content_staged_version": 1,
        "content_missing_bytes": 20,
        "content_refused": 1,
    }
    assert values(status_figures(BRIDGE)) == {
        "disk_free_bytes": 9000 * 1024 * 1024,
        "pad_online 1 padlink": 1,
        "pad_online 2 padlink": 0,
        "pad_discarded_frames_total 2 crc": 4,
    }
    branch = values(status_figures(BRANCH))
    assert (branch["branch_state open"], branch["branch_counters 2 lost"]) == (1, 1)
    assert fault_code("pad-lost") == "pad-lost"


def test_a_figure_needs_its_labels() -> None:
    with pytest.raises(AssertionError):
        APPENDED.of(1, "surplus")
