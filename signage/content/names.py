"""The names of signed files and of assets. A name is data from outside until it matched one of these."""

import re
import unicodedata
from typing import Final

ROOT: Final = "root"
TIMESTAMP: Final = "timestamp"
SNAPSHOT: Final = "snapshot"
TARGETS: Final = "targets"
PROGRAMME: Final = "programme"
MEDIA: Final = "media"
MEDIA_PATH: Final = "media/"  # the signed path of an asset is this and its ref
PROGRAMME_PATH: Final = "programme/"

_ROOT_FILE: Final = re.compile(r"([1-9][0-9]{0,8})\.root\.json")
_ROLE_FILE: Final = re.compile(r"(timestamp|snapshot|targets|programme|media|media-[0-9a-f]{1,3})\.json")
_REF: Final = re.compile(r"\w[\w .,()+&@=~-]{0,99}")


def root_file(version: int) -> str:
    """The file of one root version: "3.root.json"."""
    return f"{version}.root.json"


def role_file(role: str) -> str:
    """The file of any other role: "media-0f.json"."""
    return f"{role}.json"


def root_version(name: str) -> int | None:
    """The version that a root file's name says; None for any other name."""
    match = _ROOT_FILE.fullmatch(name)
    return int(match.group(1)) if match else None


def is_file_name(name: str) -> bool:
    """Whether a publication may hold a file of that name."""
    return bool(_ROOT_FILE.fullmatch(name) or _ROLE_FILE.fullmatch(name))


def is_ref(ref: str) -> bool:
    """Whether an asset may be called so: letters and digits of any script, a little punctuation, no path."""
    return bool(_REF.fullmatch(ref)) and ".." not in ref and ref == unicodedata.normalize("NFC", ref)
