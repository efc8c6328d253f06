"""The guard's own window: beneath the screen's while that is well, above everything while it is not. Plain Xlib.

It lies ready all the time, filled by the X server in the picture's ground colour; so when the screen's window goes, what
comes to light is already the right colour, and the picture follows with the exposure.
"""

import ctypes
import zlib
from ctypes import c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from typing import Any, Final

from kiosk.guard.picture import Frame, KeptPicture

_OVERRIDE, _BACK, _EVENTS = 1 << 9, 1 << 1, 1 << 11  # CWOverrideRedirect, CWBackPixel, CWEventMask
_EXPOSURE, _VISIBILITY = 1 << 15, 1 << 16
_EXPOSE, _VISIBILITY_NOTIFY = 12, 15
_UNOBSCURED: Final = 0
_Z_PIXMAP: Final = 2
_VIEWABLE: Final = 2
_DATA_AT: Final = 16  # of an XImage: where its pixels are
_EVENT_BYTES: Final = 192


class _Attributes(ctypes.Structure):
    _fields_ = (
        ("border_pixmap", c_ulong),
        ("background_pixel", c_ulong),
        ("border", c_ulong),
        ("border_pixel", c_ulong),
        ("bit_gravity", c_int),
        ("win_gravity", c_int),
        ("backing_store", c_int),
        ("backing_planes", c_ulong),
        ("backing_pixel", c_ulong),
        ("save_under", c_int),
        ("event_mask", c_long),
        ("do_not_propagate_mask", c_long),
        ("override_redirect", c_int),
        ("colormap", c_ulong),
        ("cursor", c_ulong),
    )


class _Seen(ctypes.Structure):
    """XWindowAttributes."""

    _fields_ = (
        *((name, c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", c_void_p),
        ("root", c_ulong),
        *((name, c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        ("backing_planes", c_ulong),
        ("backing_pixel", c_ulong),
        ("save_under", c_int),
        ("colormap", c_ulong),
        ("map_installed", c_int),
        ("map_state", c_int),
        ("all_event_masks", c_long),
        ("your_event_mask", c_long),
        ("do_not_propagate_mask", c_long),
        ("override_redirect", c_int),
        ("screen", c_void_p),
    )


class _Visibility(ctypes.Structure):
    """XVisibilityEvent."""

    _fields_ = (
        ("kind", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("state", c_int),
    )


class _Class(ctypes.Structure):
    _fields_ = (("name", c_char_p), ("kind", c_char_p))


_ON_ERROR = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)
_FUNCTIONS: Final = {
    "XOpenDisplay": (c_void_p, [c_char_p]),
    "XDefaultRootWindow": (c_ulong, [c_void_p]),
    "XDefaultScreen": (c_int, [c_void_p]),
    "XDefaultVisual": (c_void_p, [c_void_p, c_int]),
    "XDefaultDepth": (c_int, [c_void_p, c_int]),
    "XDefaultGC": (c_void_p, [c_void_p, c_int]),
    "XCreateWindow": (
        c_ulong,
        [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint, c_uint, c_int, c_uint, c_void_p, c_ulong, c_void_p],
    ),
    "XSetClassHint": (c_int, [c_void_p, c_ulong, c_void_p]),
    "XStoreName": (c_int, [c_void_p, c_ulong, c_char_p]),
    "XMapWindow": (c_int, [c_void_p, c_ulong]),
    "XRaiseWindow": (c_int, [c_void_p, c_ulong]),
    "XLowerWindow": (c_int, [c_void_p, c_ulong]),
    "XMoveResizeWindow": (c_int, [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint]),
    "XSetWindowBackground": (c_int, [c_void_p, c_ulong, c_ulong]),
    "XClearArea": (c_int, [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint, c_int]),
    "XGetGeometry": (c_int, [c_void_p, c_ulong, *([c_void_p] * 7)]),
    "XTranslateCoordinates": (c_int, [c_void_p, c_ulong, c_ulong, c_int, c_int, *([c_void_p] * 3)]),
    "XGetWindowAttributes": (c_int, [c_void_p, c_ulong, c_void_p]),
    "XCreateImage": (
        c_void_p,
        [c_void_p, c_void_p, c_uint, c_int, c_int, c_char_p, c_uint, c_uint, c_int, c_int],
    ),
    "XPutImage": (
        c_int,
        [c_void_p, c_ulong, c_void_p, c_void_p, c_int, c_int, c_int, c_int, c_uint, c_uint],
    ),
    "XFree": (c_int, [c_void_p]),
    "XPending": (c_int, [c_void_p]),
    "XNextEvent": (c_int, [c_void_p, c_void_p]),
    "XConnectionNumber": (c_int, [c_void_p]),
    "XFlush": (c_int, [c_void_p]),
    "XSetErrorHandler": (c_void_p, [_ON_ERROR]),
    "XDefineCursor": (c_int, [c_void_p, c_ulong, c_ulong]),
    "XCreateBitmapFromData": (c_ulong, [c_void_p, c_ulong, c_char_p, c_uint, c_uint]),
    "XCreatePixmapCursor": (c_ulong, [c_void_p, c_ulong, c_ulong, c_void_p, c_void_p, c_uint, c_uint]),
}


def _xlib() -> Any:
    """The library, its functions with their types. Raises OSError."""
    library = ctypes.CDLL("libX11.so.6")
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class Curtain:
    """One window on DISPLAY. Every method is quick; a window that has gone meanwhile is no failure."""

    def __init__(self, name: str, display: str) -> None:
        """Raises OSError: there is no Xlib, or no display."""
        self._x = x = _xlib()
        self._display = x.XOpenDisplay(display.encode())
        if not self._display:
            raise OSError(f"DISPLAY={display}: no X server lets this program in")
        self._on_error = _ON_ERROR(lambda _display, _event: 0)  # such as a window that has gone meanwhile
        x.XSetErrorHandler(self._on_error)
        self._screen = x.XDefaultScreen(self._display)
        self._root = x.XDefaultRootWindow(self._display)
        self._name = f"signage-guard-{name}".encode()
        self._window = 0
        self._frame: Frame | None = None
        self._picture: KeptPicture | None = None
        self.up = True
        self._painted = False

    @property
    def descriptor(self) -> int:
        """Readable when the X server has something to say."""
        number: int = self._x.XConnectionNumber(self._display)
        return number

    # ---- the screen's window -----------------------------------------------------------------------------------------

    def stands(self, window: int) -> bool:
        """Whether that window is mapped and all above it is mapped."""
        seen = _Seen()
        known = self._x.XGetWindowAttributes(self._display, window, ctypes.byref(seen))
        return bool(known) and seen.map_state == _VIEWABLE

    def place_of(self, window: int) -> tuple[int, int, int, int] | None:
        """Left, top, width, height on the display; None: it has gone."""
        x = self._x
        root, child = c_ulong(), c_ulong()
        left, top = c_int(), c_int()
        width, height, border, depth = c_uint(), c_uint(), c_uint(), c_uint()
        refs = [ctypes.byref(value) for value in (root, left, top, width, height, border, depth)]
        if not x.XGetGeometry(self._display, window, *refs):
            return None
        refs = [ctypes.byref(value) for value in (left, top, child)]
        if not x.XTranslateCoordinates(self._display, window, self._root, 0, 0, *refs):
            return None
        return left.value, top.value, width.value, height.value

    # ---- its own -----------------------------------------------------------------------------------------------------

    def prepare(self, frame: Frame, picture: KeptPicture | None) -> None:
        """What it shows from now on, and where; None: the ground alone."""
        x, display = self._x, self._display
        if not self._window:
            self._window = self._made(frame)
        elif frame != self._frame:
            x.XMoveResizeWindow(display, self._window, frame.x, frame.y, frame.width, frame.height)
            x.XSetWindowBackground(display, self._window, frame.ground)
        self._frame, self._picture = frame, picture
        self._painted = False
        x.XClearArea(display, self._window, 0, 0, 0, 0, 1)  # and tell of it by an exposure
        x.XFlush(display)

    def _made(self, frame: Frame) -> int:
        x, display = self._x, self._display
        wanted = _Attributes(background_pixel=frame.ground, override_redirect=1, event_mask=_EXPOSURE | _VISIBILITY)
        window: int = x.XCreateWindow(
            display, self._root, frame.x, frame.y, frame.width, frame.height,
            0, 0, 0, None, _OVERRIDE | _BACK | _EVENTS, ctypes.byref(wanted),
        )  # fmt: skip
        hint = _Class(self._name, self._name)
        x.XSetClassHint(display, window, ctypes.byref(hint))
        x.XStoreName(display, window, self._name)
        self._hide_cursor(window)
        if not self.up:
            x.XLowerWindow(display, window)
        x.XMapWindow(display, window)
        if not self.up:
            x.XLowerWindow(display, window)
        return window

    def _hide_cursor(self, window: int) -> None:
        x, display = self._x, self._display
        nothing = x.XCreateBitmapFromData(display, window, bytes(8), 8, 8)
        black = (c_ulong * 3)()
        cursor = x.XCreatePixmapCursor(display, nothing, nothing, ctypes.byref(black), ctypes.byref(black), 0, 0)
        x.XDefineCursor(display, window, cursor)

    def show(self) -> None:
        """Above everything."""
        self.up = True
        if self._window:
            self._x.XRaiseWindow(self._display, self._window)
            self._x.XFlush(self._display)

    def hide(self) -> None:
        """Beneath everything, ready."""
        self.up = False
        if self._window:
            self._x.XLowerWindow(self._display, self._window)
            self._x.XFlush(self._display)

    def attend(self) -> bool:
        """Take what the X server says; whether the picture has been painted."""
        x = self._x
        event = (ctypes.c_char * _EVENT_BYTES)()
        exposed = covered = False
        while x.XPending(self._display):
            x.XNextEvent(self._display, event)
            kind = ctypes.c_int.from_buffer(event).value
            exposed = exposed or kind == _EXPOSE
            if kind == _VISIBILITY_NOTIFY:
                covered = _Visibility.from_buffer(event).state != _UNOBSCURED
        if covered and self.up:
            self.show()
        if exposed:
            self._paint()
        return exposed

    def _paint(self) -> None:
        picture, frame = self._picture, self._frame
        x, display = self._x, self._display
        if picture is None or frame is None or x.XDefaultDepth(display, self._screen) < 24:
            return
        if (picture.frame.width, picture.frame.height) != (frame.width, frame.height):
            return  # of another window: its ground has to do
        try:
            for top, rows, pixels in picture.bands():
                self._put(top, rows, pixels, frame.width)
        except (OSError, ValueError, zlib.error):
            pass  # what is painted so far, on the ground
        x.XFlush(display)

    def _put(self, top: int, rows: int, pixels: bytes, width: int) -> None:
        x, display = self._x, self._display
        visual, depth = x.XDefaultVisual(display, self._screen), x.XDefaultDepth(display, self._screen)
        image = x.XCreateImage(display, visual, depth, _Z_PIXMAP, 0, pixels, width, rows, 32, width * 4)
        if not image:
            return
        graphics = x.XDefaultGC(display, self._screen)
        x.XPutImage(display, self._window, graphics, image, 0, 0, 0, top, width, rows)
        ctypes.c_void_p.from_address(image + _DATA_AT).value = None  # the pixels are not the image's to free
        x.XFree(image)
