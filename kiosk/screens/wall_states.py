"""The wall's pictures that are no slides: suspended, closed, a notice, and what may be said when nothing is known."""

from kiosk.design.bilingual import Bilingual
from kiosk.design.box import Box
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Emblem, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.tokens import Look, Space, Step
from kiosk.screens.slide_parts import MARGIN, FactLine
from kiosk.view.wall_parts import ClosedMain, NoticeMain, SafeMain, SuspendedMain


class Suspended(Part):
    """The one loud thing."""

    def __init__(self, look: Look, view: SuspendedMain) -> None:
        super().__init__(look)
        palette = look.palette
        ink, muted = palette.on_suspended, palette.suspended_muted
        self._ground = Fill(look, palette.suspended)
        self._sign = IconView(look, Icon.SUSPENDED, palette.suspended_pressed)
        self._sign.ornament = True
        self._title = Bilingual(
            look, Step.SHOUT, ink, muted, bold=True, second_step=Step.HEAD, valign="top", gap=Space.XS
        )
        self._title.show(view.title)
        self._rule = Fill(look, muted)
        self._facts = [FactLine(look, fact, Step.HEAD, ink, muted, lines=2) for fact in view.facts]
        for part in (self._ground, self._sign, self._title, self._rule, *self._facts):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        wide = box.w > box.h
        inner = box.inset(look.u(128 if wide else MARGIN), look.u(Space.XL if wide else Space.XXL))
        side = round(min(inner.h, inner.w * 0.34) if wide else inner.w * 0.5)
        if wide:
            sign, words = inner.cut_right(side, look.u(Space.XXL))
            self._sign.place(sign.centred(side, side))
        else:
            words = inner
            self._sign.place(Box(inner.right - side, inner.y, side, side))
        most = self._title.height_for(words.w, look.u(328 if wide else 620))
        title, rest = words.cut_top(most + look.u(Space.S), look.u(Space.M))
        self._title.place(title)
        rule, rest = rest.cut_top(look.u(4), look.u(Space.M))
        self._rule.place(Box(rule.x, rule.y, look.u(192), rule.h))
        count = max(1, len(self._facts))
        facts, _ = rest.cut_top(min(look.u(216) * count, rest.h))
        FactLine.place_all(self._facts, facts.rows(count, look.u(Space.S)))  # further apart than their two languages


class Closed(Part):
    """Quiet: the word, when it opens, the day's hours."""

    def __init__(self, look: Look, view: ClosedMain) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.paper)
        self._sign = IconView(look, Icon.CLOSED, palette.line)
        self._sign.ornament = True
        self._title = Bilingual(look, Step.GIANT, palette.ink, palette.muted, bold=True, second_step=Step.HEAD)
        self._title.show(view.title)
        self._opens = Bilingual(look, Step.DISPLAY, palette.accent, palette.muted, bold=True, lines=2)
        self._opens.show(view.opens)
        self._rule = Fill(look, palette.line)
        self._facts = [
            FactLine(look, fact, Step.BODY, palette.ink, palette.muted, icon_ink=palette.muted) for fact in view.facts
        ]
        for part in (self._ground, self._sign, self._title, self._opens, self._rule, *self._facts):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        wide = box.w > box.h
        inner = box.inset(look.u(128 if wide else MARGIN), look.u(Space.XXL))
        side = round(min(inner.h, inner.w * 0.34))
        if wide:
            sign, words = inner.cut_right(side, look.u(Space.XXL))
            self._sign.place(sign.centred(side, side))
        else:  # one column in the middle of the height, the sign above the word
            gap = look.u(Space.XL)
            words_high = look.u(264 + Space.M + 168 + Space.L + 1 + Space.M + 104 * len(self._facts))
            column = inner.centred(inner.w, min(inner.h, side + gap + words_high))
            sign, words = column.cut_top(side, gap)
            self._sign.place(Box(sign.x, sign.y, side, side))
        title, rest = words.cut_top(look.u(264), look.u(Space.M))
        self._title.place(title)
        opens, rest = rest.cut_top(look.u(168), look.u(Space.L))
        self._opens.place(opens)
        rule, rest = rest.cut_top(look.u(1), look.u(Space.M))
        self._rule.place(rule)
        height = min(look.u(104), rest.h / max(1, len(self._facts)))
        FactLine.place_all(self._facts, rest.cut_top(height * len(self._facts))[0].rows(max(1, len(self._facts))))


class Notice(Part):
    """A notice to be read from the far end of the hall. An emergency has the loudest colour and the largest letters."""

    def __init__(self, look: Look, view: NoticeMain) -> None:
        super().__init__(look)
        palette = look.palette
        self._loud = loud = view.emergency
        ink = palette.on_suspended if loud else palette.ink
        muted = palette.suspended_muted if loud else palette.muted
        self._ground = Fill(look, palette.suspended if loud else palette.surface)
        self._icon = IconView(
            look, view.icon or (Icon.ATTENTION if loud else Icon.MEGAPHONE), ink if loud else palette.accent
        )
        self._label = Bilingual(look, Step.DISPLAY if loud else Step.HEAD, ink, muted, bold=True)
        self._label.show(view.label)
        self._text = Bilingual(
            look,
            Step.SHOUT if loud else Step.HERO,
            ink,
            ink if loud else muted,
            bold=True,
            lines=8 if loud else 4,
            second_lines=6 if loud else 3,
            second_step=Step.DISPLAY if loud else Step.TITLE,
            even=True,
            gap=Space.L if loud else Space.M,
        )
        self._text.show(view.text)
        self._rule = Fill(look, muted if loud else palette.line)
        self._until = Bilingual(look, Step.HEAD if loud else Step.BODY, ink, muted)
        self._until.show(view.until)
        for part in (self._ground, self._icon, self._label, self._text):
            self.add_widget(part)
        self._ends = bool(view.until.first)
        self.have(self._rule, self._ends)
        self.have(self._until, self._ends)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        inner = box.inset(look.u(MARGIN), look.u(80))
        head, rest = inner.cut_top(look.u(176 if self._loud else 128), look.u(Space.L))
        icon, label = head.cut_left(min(head.h, look.u(160 if self._loud else 112)), look.u(Space.L))
        self._icon.place(icon)
        self._label.place(label)
        foot, text = rest.cut_bottom(look.u(136 if self._loud else 96), look.u(Space.L))
        rule, until = foot.cut_top(look.u(2 if self._loud else 1), look.u(Space.S))
        self._rule.place(rule)
        self._until.place(until)
        self._text.place(text)


class Safe(Part):
    """Nothing is known of the branch: the emblem and a sentence that is true at any time."""

    def __init__(self, look: Look, view: SafeMain) -> None:
        super().__init__(look)
        palette = look.palette
        self._ground = Fill(look, palette.paper)
        self._emblem = Emblem(look, palette.accent)
        self._title = Bilingual(look, Step.HERO, palette.ink, palette.muted, bold=True, align="centre")
        self._title.show(view.title)
        self._line = Bilingual(look, Step.HEAD, palette.ink, palette.muted, align="centre", lines=2, even=True)
        self._line.show(view.line)
        for part in (self._ground, self._emblem, self._title, self._line):
            self.add_widget(part)

    def layout(self, box: Box) -> None:
        look = self.look
        self._ground.place(box)
        column = box.inset(look.u(MARGIN), 0).centred(box.w - look.u(MARGIN) * 2, look.u(760))
        emblem, rest = column.cut_top(look.u(240), look.u(Space.XXL))
        self._emblem.place(emblem)
        title, rest = rest.cut_top(look.u(220), look.u(Space.L))
        self._title.place(title)
        self._line.place(rest.cut_top(look.u(180))[0])
