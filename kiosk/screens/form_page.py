"""A form of the staff's: groups of answers and one button that sends them."""

from typing import Any

from kiosk.design.box import Box
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.touch_base import ChoiceChip, MainButton, OnTap, Page, landscape
from kiosk.view.forms import FormView, Group
from kiosk.view.staff_taps import Confirm


class FormPage(Page):
    """Groups of answers and one button that sends them."""

    def __init__(self, look: Look, view: FormView, tap: OnTap) -> None:
        super().__init__(look, tap)
        self._view = view
        self._note = self.text(Step.BODY, look.palette.attention, view.note, lines=2)
        self._titles = tuple(self.text(Step.BODY, look.palette.muted, group.title, bold=True) for group in view.groups)
        self.groups = tuple(
            tuple(self.put(ChoiceChip(look, choice, tap)) for choice in group.choices) for group in view.groups
        )
        self.confirm = self.put(
            MainButton(look, view.confirm, lambda: tap(Confirm()), ready=view.ready, grave=view.grave)
        )

    @property
    def _noted(self) -> bool:
        return bool(self._view.note)

    def update(self, view: Any) -> bool:
        if (
            not isinstance(view, FormView)
            or bool(view.note) is not self._noted
            or view.ready is not self._view.ready
            or _shape(view) != _shape(self._view)
        ):
            return False
        self._view = view
        self._note.show(view.note)
        for chips, group in zip(self.groups, view.groups, strict=True):
            for chip, choice in zip(chips, group.choices, strict=True):
                chip.show(choice)
        return True

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        confirm, rest = inner.cut_bottom(look.u(128), look.u(Space.L))
        self.confirm.place(confirm.centred(min(confirm.w, look.u(720)), confirm.h))
        if self._noted:
            note, rest = rest.cut_top(look.u(96), look.u(Space.M))
            self._note.place(note)
        wide = landscape(box)
        deep = [_rows(group, wide=wide) for group in self._view.groups]
        head = look.px(Step.BODY) * 1.5
        between = look.u(Space.M)
        room = rest.h - len(deep) * (head + look.u(Space.S)) - between * (len(deep) - 1)
        height = min(look.u(136), (room - look.u(Space.S) * (sum(deep) - len(deep))) / max(1, sum(deep)))
        if not wide:  # hands reach the lower part of a tall screen
            taken = len(deep) * (head + look.u(Space.S)) + between * (len(deep) - 1) + height * sum(deep)
            rest = rest.cut_bottom(taken + look.u(Space.S) * (sum(deep) - len(deep)))[0]
        for title, chips, group, rows in zip(self._titles, self.groups, self._view.groups, deep, strict=True):
            line, rest = rest.cut_top(head, look.u(Space.S))
            title.place(line)
            grid, rest = rest.cut_top(height * rows + look.u(Space.S) * (rows - 1), between)
            columns = _columns(group, wide=wide)
            cells = [cell for row in grid.rows(rows, look.u(Space.S)) for cell in row.columns(columns, look.u(Space.S))]
            for chip, cell in zip(chips, cells, strict=False):
                chip.place(cell)


def _columns(group: Group, *, wide: bool) -> int:
    return (
        max(group.columns, min(5, len(group.choices)))
        if wide and len(group.choices) <= 5
        else group.columns * (2 if wide else 1)
    )


def _rows(group: Group, *, wide: bool) -> int:
    return -(-len(group.choices) // _columns(group, wide=wide))


def _shape(view: FormView) -> tuple[int, ...]:
    return tuple(len(group.choices) for group in view.groups)
