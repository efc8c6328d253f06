"""The hours of the next seven days as a table: today is marked by a ground, unusual days by a triangle and a word."""

from kiosk.design.bilingual import Bilingual, even_out
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Fill, IconView
from kiosk.design.part import Part
from kiosk.design.state_shape import Mood, mood_colour
from kiosk.design.text import Text
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.slide_parts import MARGIN
from kiosk.view.wall_parts import HoursRow, HoursSlide


class _Row(Part):
    """One date."""

    def __init__(self, look: Look, row: HoursRow, columns: "_Columns") -> None:
        super().__init__(look)
        palette = look.palette
        self._columns = columns
        self._ground = Fill(look, palette.brand if row.today else palette.line, corner=12 if row.today else 0)
        self._row = row
        ink = palette.on_brand if row.today else palette.ink
        muted = palette.brand_muted if row.today else palette.muted
        warn = ink if row.today else mood_colour(palette, Mood.ATTENTION)
        self.day = Bilingual(look, Step.BODY, ink, muted, bold=row.today, second_step=Step.CAPTION, second_lines=2)
        self.day.show(row.day)
        self.hours = [Text(look, Step.BODY, ink, bold=row.today, lines=2, even=True) for _ in row.hours]
        for text, words in zip(self.hours, row.hours, strict=True):
            text.show(words)
        self._mark = IconView(look, Icon.ATTENTION, warn)
        self.note = Bilingual(
            look, Step.NOTE, warn, muted, bold=True, second_step=Step.CAPTION, lines=2, second_lines=2
        )
        self.note.show(row.note)
        for part in (self._ground, self.day, *self.hours):
            self.add_widget(part)
        if row.different:
            self.add_widget(self._mark)
        self.add_widget(self.note)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box if self._row.today else box.cut_bottom(look.u(1))[0])
        day, hours, note = self._columns.cut(box)
        self.day.place(day)
        for text, cell in zip(self.hours, hours, strict=True):
            text.place(cell.inset(0, look.u(Space.XS)))
        mark, words = self._marked(note)
        self._mark.place(mark.centred(mark.w, mark.w))
        self.note.place(words)

    def note_in(self, box: Box) -> Box:
        """Where the note stands in the row's box."""
        return self._marked(self._columns.cut(box)[2])[1]

    def _marked(self, note: Box) -> tuple[Box, Box]:
        """The triangle and the words beside it, which have it all where there is none."""
        mark, words = note.cut_left(self.look.u(30), self.look.u(12))
        return mark, words if self._row.different else note


class _Columns:
    """Where the columns stand; the same for the head and every row."""

    def __init__(self, look: Look, services: int) -> None:
        self._look, self._services = look, services

    def cut(self, box: Box) -> tuple[Box, tuple[Box, ...], Box]:
        look = self._look
        inner = box.inset(look.u(Space.M), 0)
        day, rest = inner.cut_left(inner.w * 0.28, look.u(Space.S))
        note, middle = rest.cut_right(inner.w * 0.23, look.u(Space.S))
        return day, middle.columns(max(1, self._services), look.u(Space.S)), note


class HoursTable(Part):
    """The slide."""

    def __init__(self, look: Look, view: HoursSlide) -> None:
        super().__init__(look)
        palette = look.palette
        self._columns = _Columns(look, len(view.services))
        self._ground = Fill(look, palette.surface)
        self._title = Text(look, Step.DISPLAY, palette.ink, bold=True)
        self._title.show(view.title.first)
        self._second = Text(look, Step.TITLE, palette.muted)
        self._second.show(view.title.second)
        self._today = Bilingual(look, Step.BODY, palette.ink, palette.muted, align="right", bold=True)
        self._today.show(view.today)
        self._services = [
            Bilingual(
                look,
                Step.BODY,
                palette.ink,
                palette.muted,
                bold=True,
                second_step=Step.CAPTION,
                lines=2,
                second_lines=2,
            )
            for _ in view.services
        ]
        for part, words in zip(self._services, view.services, strict=True):
            part.show(words)
        self._rows = [_Row(look, row, self._columns) for row in view.rows]
        for part in (self._ground, self._title, self._second, self._today, *self._services, *self._rows):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        inner = box.inset(look.u(MARGIN), look.u(Space.XL))
        heading, rest = inner.cut_top(look.u(112), look.u(Space.S))
        title = self._title.fit(heading.w * 0.6, heading.h).width
        left, right = heading.cut_left(title, look.u(Space.L))
        self._title.place(left)
        second, today = right.cut_left(right.w * 0.45, look.u(Space.M))
        self._second.place(Box(second.x, second.y - look.u(10), second.w, second.h))
        self._today.place(today)
        head, rest = rest.cut_top(look.u(80))
        for part, cell in zip(self._services, self._columns.cut(head)[1], strict=True):
            part.place(cell)
        height = min(rest.h / len(self._rows), look.u(96))
        boxes = []
        for index in range(len(self._rows)):
            top = round(rest.top - height * index)
            bottom = round(rest.top - height * (index + 1))
            boxes.append(Box(rest.x, bottom, rest.w, top - bottom))
        self._even_out(boxes)
        for row, place in zip(self._rows, boxes, strict=True):
            row.place(place)

    def _even_out(self, boxes: list[Box]) -> None:
        """One size for all days, one for all notes, and one for each service's hours."""
        days = [self._columns.cut(box)[0] for box in boxes]
        even_out([row.day for row in self._rows], days)
        noted = [(row, box) for row, box in zip(self._rows, boxes, strict=True) if row.note.first.text]
        even_out([row.note for row, _ in noted], [row.note_in(box) for row, box in noted])
        for column in range(len(self._services)):
            texts = [row.hours[column] for row in self._rows]
            cells = [self._columns.cut(box)[1][column].inset(0, self.look.u(Space.XS)) for box in boxes]
            for text in texts:
                text.only = None
            px = min(text.fit(cell.w, cell.h).px for text, cell in zip(texts, cells, strict=True))
            for text in texts:
                text.only = px
