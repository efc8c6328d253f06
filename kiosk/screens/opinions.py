"""The opinion book on the glass: answers to read, a form to write on, thanks with the case's number."""

from functools import partial
from typing import Any

from kiosk.design.box import Box
from kiosk.design.button import Button, Tone
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.tokens import CARD_CORNER, Look, Space, Step
from kiosk.screens.rate import DrawnTick
from kiosk.screens.touch_base import ChoiceChip, MainButton, OnTap, Page, landscape, words
from kiosk.screens.writing import KeyCard, place_evenly
from kiosk.view.happenings import Submit
from kiosk.view.letter_taps import TurnAnswers, WriteOpinion
from kiosk.view.opinion_views import ANSWERS, ANSWERS_ELDER, AnswerView, BookView, OpinionSentView, OpinionView


class AnswerCard(Page):
    """What a customer said and what the bank has answered."""

    def __init__(self, look: Look, view: AnswerView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._card = self.put(Card(look))
        self._subject = self.text(Step.BODY, palette.accent, view.subject, bold=True)
        self._day = self.text(Step.NOTE, palette.muted, view.day, align="right")
        self._said = self.text(Step.BODY, palette.muted, view.said, valign="top", lines=2) if view.said else None
        self._title = self.text(Step.NOTE, palette.accent, view.answer_title, bold=True)
        self._bar = self.put(Fill(look, palette.brand))
        self._answer = self.text(Step.BODY, palette.ink, view.answer, valign="top", lines=4)

    def layout(self, box: Box) -> None:
        look = self.look
        self._card.place(box)
        inner = box.inset(look.u(Space.L), look.u(Space.M))
        head, rest = inner.cut_top(look.px(Step.BODY) * 1.4, look.u(Space.XS))
        day, subject = head.cut_right(head.w * 0.36, look.u(Space.S))
        self._subject.place(subject)
        self._day.place(day)
        if self._said is not None:
            said, rest = rest.cut_top(min(look.px(Step.BODY) * 2.8, rest.h * 0.34), look.u(Space.S))
            self._said.place(said)
        bar, rest = rest.cut_left(look.u(8), look.u(Space.M))
        self._bar.place(bar)
        title, answer = rest.cut_top(look.px(Step.NOTE) * 1.4, look.u(4))
        self._title.place(title)
        self._answer.place(answer)


class BookPage(Page):
    """Answers above, the key to write beneath them, where hands are."""

    def __init__(self, look: Look, view: BookView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._view = view
        self._heading = self.pair(Step.TITLE, view.heading, bold=True)
        self.answers = tuple(self.put(AnswerCard(look, answer, tap)) for answer in view.answers)
        self._none = None if view.answers else self.put(Card(look))
        self._icon = None if view.answers else self.icon(Icon.BOOK, palette.muted)
        self._empty = self.text(Step.BODY, palette.muted, view.empty, align="centre", lines=2, even=True)
        self._pager = self.text(Step.BODY, palette.muted, view.pager, align="centre")
        self.newer = self._turn(view, newer=True)
        self.older = self._turn(view, newer=False)
        self.write = self.put(
            Button(look, words(view.write), lambda: tap(WriteOpinion()), tone=Tone.MAIN, icon=Icon.PENCIL)
        )

    def _turn(self, view: BookView, *, newer: bool) -> Button | None:
        page = view.newer if newer else view.older
        if not view.pager:
            return None
        label = view.newer_label if newer else view.older_label
        button = self.put(Button(self.look, words(label), partial(self.tap, TurnAnswers(page or 0)), step=Step.BODY))
        button.enable(page is not None)
        return button

    def layout(self, box: Box) -> None:
        inner = box.inset(self.look.u(Space.XL), self.look.u(Space.L))
        wide = landscape(box)
        rest = self._keys_beside(inner) if wide else self._keys_below(inner)
        rest = self._headed(rest, wide=wide)
        if self._none is not None and self._icon is not None:
            self._nothing(rest, self._none, self._icon)
            return
        look = self.look
        each = ANSWERS_ELDER if look.elder else ANSWERS
        cells = rest.columns(each, look.u(Space.M)) if wide else rest.rows(each, look.u(Space.M))
        for card, cell in zip(self.answers, cells, strict=False):
            card.place(cell)

    def _headed(self, box: Box, *, wide: bool) -> Box:
        """Large letters on a low page leave no room for a heading that says little."""
        look = self.look
        shown = not (wide and look.elder)
        self.have(self._heading, shown)
        if not shown:
            return box
        heading, rest = box.cut_top(look.px(Step.TITLE) * 2.2, look.u(Space.M))
        self._heading.place(heading)
        return rest

    def _keys_below(self, box: Box) -> Box:
        look = self.look
        write, rest = box.cut_bottom(look.u(160), look.u(Space.L))
        self.write.place(write)
        if self.newer is None:
            return rest
        pager, rest = rest.cut_bottom(look.u(120), look.u(Space.M))
        self._turning(pager)
        return rest

    def _keys_beside(self, box: Box) -> Box:
        look = self.look
        keys, rest = box.cut_bottom(look.u(136), look.u(Space.L))
        write, pager = keys.cut_right(look.u(640), look.u(Space.XXL))
        self.write.place(write)
        self._turning(pager)
        return rest

    def _turning(self, box: Box) -> None:
        look = self.look
        if self.newer is None or self.older is None:
            return
        newer, middle = box.cut_left(look.u(264), look.u(Space.M))
        older, middle = middle.cut_right(look.u(264), look.u(Space.M))
        self.newer.place(newer)
        self.older.place(older)
        self._pager.place(middle)

    def _nothing(self, box: Box, card: Card, icon: IconView) -> None:
        look = self.look
        here = box.cut_top(min(box.h, look.u(520)))[0]
        card.place(here)
        middle = here.centred(here.w - 2 * look.u(Space.XL), min(here.h, look.u(340)))
        mark, line = middle.cut_top(look.u(140), look.u(Space.M))
        icon.place(mark.centred(look.u(140), look.u(140)))
        self._empty.place(line)


class OpinionPage(Page):
    """What it is about, sentences to pick, handwriting and a number if wanted, and one key."""

    def __init__(self, look: Look, view: OpinionView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._view = view
        self._lead = self.pair(Step.HEAD, view.lead, bold=True, lines=2, second_lines=2, valign="bottom")
        self._lead_line = self.text(Step.BODY, palette.muted, view.lead_line, lines=2, valign="top")
        self._subjects_title = self.text(Step.BODY, palette.muted, view.subjects_title, bold=True)
        self.subjects = tuple(self.put(ChoiceChip(look, choice, tap)) for choice in view.subjects)
        self._phrases_title = self.text(Step.BODY, palette.muted, view.phrases_title, bold=True)
        self._say_title()
        self.phrases = tuple(self.put(ChoiceChip(look, choice, tap)) for choice in view.phrases)
        self.keys = tuple(
            self.put(KeyCard(look, key, icon, tap))
            for key, icon in zip(view.keys, (Icon.PENCIL, Icon.PHONE), strict=True)
        )
        self._trouble = self.text(Step.NOTE, palette.suspended, view.trouble, bold=True, align="centre", lines=2)
        self.submit = self.put(MainButton(look, view.submit, lambda: tap(Submit()), ready=view.ready))

    def _say_title(self) -> None:
        """Louder once it says that no more can be chosen."""
        full = any(not choice.open for choice in self._view.phrases)
        palette = self.look.palette
        self._phrases_title.show(self._view.phrases_title, palette.attention if full else palette.muted)

    def update(self, view: Any) -> bool:
        before = self._view
        if not isinstance(view, OpinionView):
            return False
        if (view.ready, view.trouble, _offered(view)) != (before.ready, before.trouble, _offered(before)):
            return False
        self._view = view
        self._say_title()
        for chip, choice in zip(self.subjects + self.phrases, view.subjects + view.phrases, strict=True):
            chip.show(choice)
        for card, key in zip(self.keys, view.keys, strict=True):
            card.update(key)
        return True

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        keys, submit = self._wide(inner) if landscape(box) else self._tall(inner)
        self.submit.place(submit.centred(min(submit.w, look.u(984)), submit.h))
        place_evenly(self.keys, keys.columns(2, look.u(Space.M)))

    def _wide(self, box: Box) -> tuple[Box, Box]:
        """What it is about at the left, the sentences at the right; where the two keys stand, and the way on."""
        look = self.look
        left, right = box.cut_left(box.w * 0.46, look.u(Space.XXL))
        keys, left = left.cut_bottom(look.u(128), look.u(Space.L))
        self._grid(left, self.subjects, 2, 3)
        submit, right = right.cut_bottom(look.u(128), look.u(Space.M))
        self._about(self._instead(right), 1 if look.elder else 2)
        self._led(None)
        return keys, submit

    def _tall(self, box: Box) -> tuple[Box, Box]:
        """All of it from the foot upwards, what it is for where room is left; where the two keys stand, and the way on."""
        look = self.look
        head, gap = look.px(Step.BODY) * 1.5, look.u(Space.S)
        columns, lines = (2, 4) if look.elder else (3, 2)
        rows = -(-len(self.subjects) // columns)
        tight = look.elder and bool(self._view.trouble)
        submit, rest = box.cut_bottom(look.u(112 if tight else 136), look.u(Space.M if tight else Space.L))
        rest = self._troubled(rest)
        keys, rest = rest.cut_bottom(look.u(112 if tight else 136 if look.elder else 128), look.u(Space.L))
        free = rest.h - 2 * (head + gap + look.u(Space.L)) - (rows + lines - 2) * gap
        low = min(look.u(112 if look.elder else 128), free / (rows + lines))  # where it is tight, all are alike
        about, rest = rest.cut_bottom(head + gap + lines * low + (lines - 1) * gap, look.u(Space.L))
        self._about(about, 1 if look.elder else 2)
        deep = head + gap + rows * look.u(128) + (rows - 1) * gap
        subjects, rest = rest.cut_bottom(min(deep, rest.h), look.u(Space.L))
        self._grid(subjects, self.subjects, columns, rows)
        self._led(rest if rest.h >= look.u(240) else None)
        return keys, submit

    def _led(self, box: Box | None) -> None:
        """What it is for, where hands do not reach."""
        for part in (self._lead, self._lead_line):
            self.have(part, box is not None)
        if box is not None:
            lead, line = box.cut_top(box.h * 0.62, self.look.u(Space.M))
            self._lead.place(lead)
            self._lead_line.place(line)

    def _troubled(self, box: Box) -> Box:
        """What went wrong stands over the key that tries again."""
        if not self._view.trouble:
            self._trouble.place(Box(box.x, box.y, box.w, 0))
            return box
        line, rest = box.cut_bottom(self.look.px(Step.NOTE) * 2.8, self.look.u(Space.S))
        self._trouble.place(line)
        return rest

    def _instead(self, box: Box) -> Box:
        """On a low page it stands where the sentences' title was."""
        self.have(self._phrases_title, not self._view.trouble)
        if self._view.trouble:
            self._trouble.place(box.cut_top(self.look.px(Step.BODY) * 1.5)[0])
        return box

    def _grid(self, box: Box, chips: tuple[ChoiceChip, ...], columns: int, rows: int) -> None:
        look = self.look
        title, rest = box.cut_top(look.px(Step.BODY) * 1.5, look.u(Space.S))
        self._subjects_title.place(title)
        cells = [cell for row in rest.rows(rows, look.u(Space.S)) for cell in row.columns(columns, look.u(Space.S))]
        place_evenly(chips, cells)

    def _about(self, box: Box, columns: int) -> None:
        look = self.look
        title, rest = box.cut_top(look.px(Step.BODY) * 1.5, look.u(Space.S))
        self._phrases_title.place(title)
        rows = 4 // columns
        grid = rest.cut_top(min(rest.h, look.u(168) * rows))[0]
        cells = [cell for row in grid.rows(rows, look.u(Space.S)) for cell in row.columns(columns, look.u(Space.S))]
        place_evenly(self.phrases, cells)


def _offered(view: OpinionView) -> tuple[object, ...]:
    return tuple(choice.tap for choice in view.phrases)


class OpinionSentPage(Page):
    """Thanks, and the number to ask by."""

    def __init__(self, look: Look, view: OpinionSentView, tap: OnTap) -> None:
        super().__init__(look, tap)
        palette = look.palette
        self._sign = self.put(
            DrawnTick(look, palette.open) if view.number else IconView(look, Icon.BOOK, palette.muted)
        )
        self._words = self.pair(
            Step.DISPLAY, view.message, bold=True, align="centre", lines=2, second_lines=2, even=True
        )
        self._card = self.put(Fill(look, palette.brand, corner=CARD_CORNER)) if view.number else None
        self._title = self.text(
            Step.TITLE, palette.brand_muted, view.number_title if view.number else "", align="centre"
        )
        self._number = self.text(Step.HERO, palette.on_brand, view.number, bold=True, align="centre")
        self._line = self.text(Step.TITLE, palette.muted, view.line, align="centre", lines=2, even=True)

    def layout(self, box: Box) -> None:
        look = self.look
        inner = box.inset(look.u(Space.XL), look.u(Space.L))
        if landscape(box):
            said, right = inner.cut_left(inner.w * 0.46, look.u(Space.XXL))
            said = said.centred(said.w, min(said.h, look.u(480)))
            told = right.centred(right.w, min(right.h, look.u(480)))
        else:
            inner = inner.centred(inner.w, min(inner.h, look.u(1080)))
            said, told = inner.cut_top(inner.h * 0.46, look.u(Space.L))
        sign, spoken = said.cut_top(said.h * 0.46, look.u(Space.M))
        self._sign.place(sign)
        self._words.place(spoken)
        line, card = told.cut_bottom(look.px(Step.TITLE) * 2.8, look.u(Space.M))
        self._line.place(line)
        if self._card is not None:
            self._card.place(card)
        inside = card.inset(look.u(Space.L), look.u(Space.M))
        title, number = inside.cut_top(inside.h * 0.36)
        self._title.place(title)
        self._number.place(number)
