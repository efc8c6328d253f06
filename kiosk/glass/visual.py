"""A visual without depth and stencil: with them Mesa's drawing by processor takes its slow way for every pixel.

Asked for before Kivy is imported, which lets SDL choose one otherwise. What follows: nothing here may clip by stencil.
"""

import ctypes
from typing import Final

_USE_GL, _DOUBLEBUFFER, _RED, _DEPTH, _STENCIL, _ACCUM_RED, _SAMPLES = 1, 5, 8, 12, 13, 14, 100001  # GLX attributes
_TRUE_COLOR: Final = 4
_COLOUR_BITS: Final = 24


class _VisualInfo(ctypes.Structure):
    """Xlib's XVisualInfo."""

    _fields_ = (
        ("visual", ctypes.c_void_p),
        ("visualid", ctypes.c_ulong),
        ("screen", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("masks", ctypes.c_ulong * 3),
        ("colormap_size", ctypes.c_int),
        ("bits_per_rgb", ctypes.c_int),
    )


def plain_visual() -> int | None:
    """Its number on the display of the environment; None: there is none, or no GLX."""
    try:
        xlib, gl = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libGL.so.1")
    except OSError:
        return None
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    display = xlib.XOpenDisplay(None)
    if not display:
        return None
    try:
        return _found(xlib, gl, ctypes.c_void_p(display))
    finally:
        xlib.XCloseDisplay(ctypes.c_void_p(display))


def _found(xlib: ctypes.CDLL, gl: ctypes.CDLL, display: ctypes.c_void_p) -> int | None:
    count = ctypes.c_int()
    xlib.XGetVisualInfo.restype = ctypes.POINTER(_VisualInfo)
    visuals = xlib.XGetVisualInfo(display, ctypes.c_long(0), None, ctypes.byref(count))
    try:
        for index in range(count.value):
            info = visuals[index]
            if info.depth == _COLOUR_BITS and info.kind == _TRUE_COLOR and _is_plain(gl, display, info):
                return int(info.visualid)
    finally:
        xlib.XFree(visuals)
    return None


def _is_plain(gl: ctypes.CDLL, display: ctypes.c_void_p, info: _VisualInfo) -> bool:
    def value(attribute: int) -> int:
        found = ctypes.c_int()
        gl.glXGetConfig(display, ctypes.byref(info), attribute, ctypes.byref(found))
        return found.value

    draws = value(_USE_GL) and value(_DOUBLEBUFFER) and value(_RED) == 8
    return bool(draws) and not any(value(one) for one in (_DEPTH, _STENCIL, _ACCUM_RED, _SAMPLES))
