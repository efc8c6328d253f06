"""What of a window's widgets is no longer as it was drawn, and what must be drawn to mend it.

Kivy marks a canvas, and all above it, when something in it changes. What was marked since the last look is followed from the
window down; where a widget has changed, the place it was drawn at and the place it is at now are damaged. What overlaps a
damaged place is drawn again, and nothing else: to walk through a whole wall costs more than the pixels of its ticker.

A widget paints within its box, or says where it paints (`painted`); it sets its own colour; and says whether what it
paints is without a gap (`opaque`). A canvas that only holds other widgets' is never drawn by itself here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kiosk.glass.areas import NOTHING, Area, joined
from kiosk.glass.canvas import look_at


@dataclass(slots=True)
class _Drawn:
    """A widget as it was drawn. `holder`: it paints nothing itself; `area`: of its own, `extent`: with all inside it."""

    holder: bool
    area: Area
    extent: Area
    opaque: bool
    opacity: float
    parent: Any
    children: list[Any]
    own: tuple[int, ...]


class Damage:
    """Of one window: `root` has `children` and a `canvas`."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._drawn: dict[Any, _Drawn] = {}
        self._children: list[Any] = []

    def learn(self) -> None:
        """Everything stands as it is now: a whole frame has been drawn."""
        self._drawn.clear()
        self._children = list(self._root.children)
        for child in self._children:
            self._enter(child, self._root)

    def found(self) -> list[Area] | None:
        """What is damaged, in the window's own pixels; it counts as drawn from now on. None: all of it."""
        if not _holds_only(self._root):
            return None
        out: list[Area] = []
        self._children, _ = self._among(self._root, self._children, out)
        return out

    def mending(self, area: Area) -> tuple[list[Any], bool]:
        """The canvases that make up that place, undermost first; and whether they leave nothing of what stood there."""
        out: list[Any] = []
        covered = False
        for widget, drawn in self._over(self._children, area):
            if drawn.opaque and drawn.opacity == 1 and drawn.area.holds(area):
                out = [canvas for canvas in out if canvas.needs_redraw]  # or their marks would stay for ever
                covered = True
            out.append(widget.canvas)
        return out, covered

    def areas(self) -> list[Area]:
        """Where each widget paints that paints something."""
        return [drawn.area for drawn in self._drawn.values() if drawn.area.size]

    def _over(self, children: list[Any], area: Area) -> Iterator[tuple[Any, _Drawn]]:
        for child in reversed(children):
            drawn = self._drawn[child]
            if not drawn.extent.meets(area):
                continue
            if drawn.holder:
                yield from self._over(drawn.children, area)
            else:
                yield child, drawn

    # ---- following the marks -----------------------------------------------------------------------------------------

    def _among(self, parent: Any, before: list[Any], out: list[Area]) -> tuple[list[Any], bool]:
        """Look at a widget's children; who they are now, and whether they take up another place than before."""
        now = list(parent.children)
        moved = now != before
        if moved:
            stayed = set(now) & set(before)
            out.extend([self._leave(child, parent) for child in before if child not in stayed])
            out.extend([self._come(child, parent) for child in now if child not in stayed])
            if [one for one in before if one in stayed] != [one for one in now if one in stayed]:
                out.extend(self._drawn[one].extent for one in stayed)
        for child in now:
            if look_at(child.canvas) and self._look(child, out):
                moved = True
        return now, moved

    def _look(self, widget: Any, out: list[Area]) -> bool:
        """What of a widget and all inside it has changed; whether it takes up another place than before."""
        drawn = self._drawn[widget]
        if not (drawn.holder and _holds_only(widget)):
            own, opacity = _own(widget), widget.canvas.opacity
            if own != drawn.own or opacity != drawn.opacity or _is_marked(widget):
                return self._changed(widget, drawn, own, out)
        drawn.children, moved = self._among(widget, drawn.children, out)
        if not moved:
            return False
        before = drawn.extent
        drawn.extent = joined((drawn.area, *(self._drawn[child].extent for child in drawn.children)))
        return drawn.extent != before

    def _changed(self, widget: Any, drawn: _Drawn, own: tuple[int, ...], out: list[Area]) -> bool:
        """What a widget paints itself is another. Whether it takes up another place."""
        before = drawn.extent
        alone = not drawn.children and not widget.children
        if own and alone and not drawn.holder:  # what moves most, without the walk through an inside
            drawn.area = drawn.extent = _area(widget)
            drawn.own, drawn.opacity = own, widget.canvas.opacity
            drawn.opaque = bool(getattr(widget, "opaque", False))
            out.append(before)
            if drawn.area != before:
                out.append(drawn.area)
        else:
            out.append(self._leave(widget, drawn.parent))
            out.append(self._come(widget, drawn.parent))
        return self._drawn[widget].extent != before

    def _come(self, widget: Any, parent: Any) -> Area:
        """A new child, or one that was another's. Where it is, and was."""
        before = self._drawn.get(widget)
        was = NOTHING if before is None else self._leave(widget, before.parent)
        return was.joined(self._enter(widget, parent).extent)

    def _enter(self, widget: Any, parent: Any) -> _Drawn:
        children = list(widget.children)
        holder = _holds_only(widget)
        area = NOTHING if holder else _area(widget)
        extent = joined((area, *(self._enter(child, widget).extent for child in children)))
        opaque = not holder and bool(getattr(widget, "opaque", False))
        own = () if holder else _own(widget)
        drawn = _Drawn(holder, area, extent, opaque, widget.canvas.opacity, parent, children, own)
        self._drawn[widget] = drawn
        look_at(widget.canvas)  # it is to be drawn as it is now
        return drawn

    def _leave(self, widget: Any, parent: Any) -> Area:
        """Forget a child, unless it has become another's already. Where it was."""
        drawn = self._drawn.get(widget)
        if drawn is None or drawn.parent is not parent:
            return NOTHING
        del self._drawn[widget]
        for child in drawn.children:
            self._leave(child, widget)
        return drawn.extent


def _holds_only(widget: Any) -> bool:
    """Whether a widget's canvas has nothing but its children's canvases."""
    canvas = widget.canvas
    empty = 0
    for there, name in ((canvas.has_before, "before"), (canvas.has_after, "after")):
        if there:
            if getattr(canvas, name).children:
                return False
            empty += 1
    return bool(canvas.opacity == 1 and len(canvas.children) - empty == len(widget.children))


def _own(widget: Any) -> tuple[int, ...]:
    """The instructions that are a widget's own."""
    others = {id(child.canvas) for child in widget.children}
    return tuple(id(one) for one in widget.canvas.children if id(one) not in others)


def _is_marked(widget: Any) -> bool:
    """Whether something of a marked canvas' own has changed: an instruction, or, where none is marked, the canvas itself."""
    canvases = {id(child.canvas) for child in widget.children}
    inside = False
    for one in widget.canvas.children:
        if one.needs_redraw:
            if id(one) not in canvases:
                return True
            inside = True
    return not inside


def _area(widget: Any) -> Area:
    painted = getattr(widget, "painted", None)
    if painted is not None:
        return Area.around(painted.x, painted.y, painted.w, painted.h)
    return Area.around(*widget.to_window(*widget.pos), *widget.size)
