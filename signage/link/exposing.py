"""The thread that answers Prometheus: `GET /metrics` and nothing else, a few at a time, each for seconds at most.

Imported only where a program is told to listen (`signage.link.exporter`).
"""

from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET
from threading import BoundedSemaphore, Event, Thread
from typing import Any, Final

import structlog
from cryptography import x509
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from signage.link.clock import monotonic
from signage.link.exporter import Listen
from signage.link.figures import BUILD, CERTIFICATE, Figure
from signage.link.threads import describe

PATH: Final = "/metrics"
_AT_ONCE: Final = 4
_PATIENCE_S: Final = 5.0  # for who connects and says nothing
_AGAIN_S: Final = 10.0  # while the address is taken
_SAY_AGAIN_S: Final = 60.0
_CERTIFICATES_EVERY_S: Final = 3600.0


def expose(
    listen: Listen, program: str, version: str, figures: Callable[[], Iterable[Figure]], ending: Event
) -> Thread:
    """Answer at that address until `ending`, in a thread that takes its troubles to itself."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Laid(figures, BUILD.of(1, program, version), listen.certificates))
    ProcessCollector(registry=registry)
    thread = Thread(target=_listen, args=(listen, registry, ending), name="metrics", daemon=True)
    thread.start()
    return thread


def _listen(listen: Listen, registry: CollectorRegistry, ending: Event) -> None:
    """An address that is taken is tried again; whatever else befalls this thread, the program goes on without it."""
    log, said = structlog.get_logger(), -_SAY_AGAIN_S
    address = f"{listen.host}:{listen.port}"
    while not ending.is_set():
        try:
            with _Server(listen, registry) as server:
                log.info("figures for Prometheus", address=f"http://{address}{PATH}")
                said = -_SAY_AGAIN_S
                server.serve_until(ending)
        except Exception as error:  # noqa: BLE001 - see above
            if monotonic() - said >= _SAY_AGAIN_S:
                said = monotonic()
                log.warning("no figures for Prometheus; trying on", address=address, reason=describe(error))
            ending.wait(_AGAIN_S)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 8

    def __init__(self, listen: Listen, registry: CollectorRegistry) -> None:
        self.address_family = AF_INET6 if ":" in listen.host else AF_INET
        self.registry = registry
        self._room = BoundedSemaphore(_AT_ONCE)
        self.timeout = 0.5
        super().__init__((listen.host, listen.port), _Answer)

    def serve_until(self, ending: Event) -> None:
        while not ending.is_set():
            self.handle_request()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Beyond a few at once, who comes is turned away: a scrape is repeated anyway."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up in the middle is no news."""

    def server_bind(self) -> None:
        """Without asking a name server for this machine's name, as the base class does: it may not answer."""
        self.socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])


class _Answer(BaseHTTPRequestHandler):
    timeout = _PATIENCE_S
    server_version = "signage"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != PATH:
            self.send_error(404, f"{PATH} is here")
            return
        encoder, kind = choose_encoder(self.headers.get("Accept", ""))
        body = encoder(self.server.registry)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """A scrape every few seconds is no news."""


class _Laid(Collector):
    """What lies there, as Prometheus' library wants it."""

    def __init__(self, figures: Callable[[], Iterable[Figure]], build: Figure, certificates: tuple[Path, ...]) -> None:
        self._figures = figures
        self._build = build
        self._certificates = certificates
        self._expiries: tuple[Figure, ...] = ()
        self._read_at = -_CERTIFICATES_EVERY_S

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for figure in (self._build, *self._figures(), *self._expiry()):
            metric = figure.metric
            family = families.get(metric.name)
            if family is None:
                make = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
                family = families[metric.name] = make(metric.name, metric.text, labels=metric.labels)
            family.add_metric(figure.labels, figure.value)  # type: ignore[attr-defined]  # both sorts have it
        yield from families.values()

    def _expiry(self) -> tuple[Figure, ...]:
        """A certificate may be renewed while the program runs."""
        if self._certificates and monotonic() - self._read_at >= _CERTIFICATES_EVERY_S:
            self._read_at = monotonic()
            self._expiries = tuple(one for path in self._certificates for one in _expires(path))
        return self._expiries


def _expires(path: Path) -> Iterator[Figure]:
    """The first of a file's certificates to expire."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        structlog.get_logger().warning("a certificate cannot be read", file=str(path), reason=str(error))
        return
    if found:
        yield CERTIFICATE.of(min(one.not_valid_after_utc for one in found).timestamp(), str(path))
