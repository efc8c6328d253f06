"""Messages to bytes and back. Every reader is bounded, typed and total: it returns a message or raises Malformed."""

from typing import Any, Final, TypeVar

import msgspec

from signage.core.instants import Instant

MESSAGE_LIMIT_BYTES: Final = 256 * 1024  # contract: everything but blobs
T = TypeVar("T")


class Malformed(Exception):  # noqa: N818 - a description of the message, not a failure of the program
    """A message that changes nothing. `topic` says where it came from, `reason` what is wrong with it."""

    def __init__(self, topic: str, reason: str) -> None:
        super().__init__(f"{topic}: {reason}")
        self.topic = topic
        self.reason = reason


def _encode_hook(value: Any) -> Any:
    if isinstance(value, Instant):
        return str(value)
    raise NotImplementedError(f"no wire form for {type(value).__name__}")


def _decode_hook(kind: type, value: Any) -> Any:
    if kind is Instant and isinstance(value, str):
        return Instant.parse(value)
    raise TypeError(f"Expected `{kind.__name__}`, got `{type(value).__name__}`")


_encoder: Final = msgspec.json.Encoder(enc_hook=_encode_hook)
_decoders: Final[dict[Any, msgspec.json.Decoder[Any]]] = {}


def prepare(*kinds: Any) -> None:
    """Make ready to read these kinds now, while one thread runs.

    What is read in several threads is made ready at import: a type that two threads meet for the first time at once has been
    seen to take the process down inside msgspec 0.22.
    """
    for kind in kinds:
        _decoders[kind] = msgspec.json.Decoder(kind, dec_hook=_decode_hook)


def encode(message: msgspec.Struct) -> bytes:
    """UTF-8 JSON of a message or model part."""
    return _encoder.encode(message)


def decode(payload: bytes, kind: type[T], topic: str = "message") -> T:
    """Read one message of type `kind`. Raises Malformed for anything too large, unreadable, of another version or type."""
    if len(payload) > MESSAGE_LIMIT_BYTES:
        raise Malformed(topic, f"{len(payload)} bytes, at most {MESSAGE_LIMIT_BYTES} are read")
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind, dec_hook=_decode_hook)
    try:
        message: T = decoder.decode(payload)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Malformed(topic, str(error)) from error
    return message


def convert(value: Any, kind: type[T], topic: str = "message") -> T:
    """Read a message part that is already plain JSON data, such as a command's `args`. Raises Malformed."""
    try:
        part: T = msgspec.convert(value, kind, dec_hook=_decode_hook)
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise Malformed(topic, str(error)) from error
    return part


def plain(message: Any) -> Any:
    """A message, or data with Instants in it, as plain JSON data (dicts, lists, strings)."""
    return msgspec.to_builtins(message, enc_hook=_encode_hook)
