"""The driver's compiler of shaders, dismissed until there is one to compile: its tables take 6 MB with Mesa.

It comes back by itself (glReleaseShaderCompiler says no more than that no shader is expected soon).
"""

import ctypes
from collections.abc import Callable
from typing import Final

_WAYS: Final = (
    ("libGL.so.1", "glXGetCurrentContext", "glXGetProcAddressARB"),
    ("libEGL.so.1", "eglGetCurrentContext", "eglGetProcAddress"),
)


def dismiss_compiler() -> None:
    """Of the context that is current in this thread."""
    release = _release()
    if release is not None:
        release()


def _release() -> Callable[[], None] | None:
    for name, current, address in _WAYS:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        context, find = getattr(library, current), getattr(library, address)
        context.restype = find.restype = ctypes.c_void_p
        if context():
            found = find(b"glReleaseShaderCompiler")
            return ctypes.CFUNCTYPE(None)(found) if found else None
    return None
