"""A part of the back buffer put on the glass, the rest left as it is: GLX_MESA_copy_sub_buffer.

It exists where Mesa draws into an X window, with the processor above all. The back buffer stays as it is, which swapping
does not promise.
"""

import ctypes
from collections.abc import Sequence
from typing import Final

import structlog
from kivy.graphics.opengl import glFlush

from kiosk.glass.areas import Area

_EXTENSION: Final = b"GLX_MESA_copy_sub_buffer"
_HANDLER: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class _XError(ctypes.Structure):
    """Xlib's XErrorEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("resource", ctypes.c_ulong),
        ("serial", ctypes.c_ulong),
        ("error", ctypes.c_ubyte),
        ("request", ctypes.c_ubyte),
        ("minor", ctypes.c_ubyte),
    )


class Copier:
    """Of the context that is current. `errors`: what the X server refused since the start."""

    def __init__(self, gl: ctypes.CDLL, display: int) -> None:
        self._gl, self._display = gl, ctypes.c_void_p(display)
        gl.glXGetProcAddressARB.restype = ctypes.c_void_p
        gl.glXGetProcAddressARB.argtypes = [ctypes.c_char_p]
        address = gl.glXGetProcAddressARB(b"glXCopySubBufferMESA")
        self._copy = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_ulong, *[ctypes.c_int] * 4)(address)
        self.errors = 0
        self._handler = _HANDLER(self._refused)
        ctypes.CDLL("libX11.so.6").XSetErrorHandler(self._handler)

    @classmethod
    def of_window(cls) -> "Copier | None":
        """None: this window is not drawn through a GLX that can do it."""
        try:
            gl = ctypes.CDLL("libGL.so.1")
        except OSError:
            return None
        gl.glXGetCurrentDisplay.restype = ctypes.c_void_p
        gl.glXGetCurrentDrawable.restype = ctypes.c_ulong
        gl.glXQueryExtensionsString.restype = ctypes.c_char_p
        gl.glXQueryExtensionsString.argtypes = [ctypes.c_void_p, ctypes.c_int]
        display = gl.glXGetCurrentDisplay()
        if not display or _EXTENSION not in (gl.glXQueryExtensionsString(display, 0) or b"").split():
            return None
        return cls(gl, display)

    def show(self, areas: Sequence[Area]) -> None:
        """`areas`: on the window; outside it, the X server refuses."""
        glFlush()
        drawable = self._gl.glXGetCurrentDrawable()
        for left, bottom, right, top in areas:
            self._copy(self._display, drawable, left, bottom, right - left, top - bottom)

    def _refused(self, _display: int, event: int) -> int:
        """Xlib would end the program: a copy may overtake a window that becomes smaller, and that is no reason to."""
        error = ctypes.cast(event, ctypes.POINTER(_XError)).contents
        self.errors += 1
        structlog.get_logger().warning("the X server refused a request", error=error.error, request=error.request)
        return 0
